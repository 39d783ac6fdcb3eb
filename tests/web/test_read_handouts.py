"""What a campaign hands out is read as French: its names, days, numbers and questions are those of the campaign."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask

from questionnaires.local.questions import LocalQuestion
from restitution.documents.pdf import paper_form, poster
from storage.campaigns.campaigns import Campaign
from tests.restitution.reader.french import misnumbered, plain
from tests.restitution.reader.reading import Untrue
from tests.restitution.reader.territories import Territory, territory
from tests.web.rendered_team import expecting
from web.campaigns import handouts
from web.campaigns.views import paper

FEW = (0, 1, 3, 8, 12, 17)
MADE, END = date(2026, 4, 1), date(2026, 6, 30)
ADDRESS, ENTRANCE, CODE = "http://127.0.0.1:8000/repondre/AbCdEf", "http://127.0.0.1:8000/repondre", "K7Q-M4X"
# What every sentence may name besides the campaign's own words, whatever the grid.
DAYS = {"1er avril 2026", "30 juin 2026"}
_DAY = re.compile(
    r"\d{1,2}(?:er)? (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre) \d{4}"
)
# Colleges of the programme's own grid: no other grid may be said to ask them.
_OTHERS = re.compile(r"\b(élus|agents|habitants|associations|entreprises|partenaires)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Handed:
    """Everything that is handed out for one college, or for all: its words, by document."""

    place: Territory
    campaign: Campaign
    college: str | None
    words: dict[str, Any]


def handed(app: Flask, seed: int, college: str | None = None) -> Handed:
    """What the campaign of that territory hands out."""
    place, kept = territory(seed), {}

    def keep(template: str, content: dict[str, Any], _made: date) -> bytes:
        kept[template] = content
        return b"%PDF"

    campaign = replace(expecting(place, "open"), closes_on=END)
    codes = [college] if college else [one.code for one in campaign.colleges]
    with (
        app.test_request_context("/?copies=2"),
        patch.object(poster, "typst_pdf", keep),
        patch.object(paper_form, "typst_pdf", keep),
    ):
        one = handouts.poster_of(campaign, ADDRESS, college, CODE)
        one.pdf(MADE)
        one.letter(MADE)
        paper._printed(campaign, codes, 50)
        texts = {one.name: one.text for one in handouts.ready_texts(campaign, ADDRESS, college, CODE)}
        alone = {"alone": handouts.message_text(campaign, ADDRESS), "subject": handouts.message_subject(campaign)}
    return Handed(place, campaign, college, kept | texts | alone)


def said(content: Any) -> Iterator[str]:
    """Every text of a content, pictures left out."""
    if isinstance(content, dict):
        for inner in content.values():
            yield from said(inner)
    elif isinstance(content, list | tuple):
        for inner in content:
            yield from said(inner)
    elif isinstance(content, str) and content and not content.startswith(("<svg", "#")):
        yield plain(content)


def read(found: Handed) -> None:
    """Read everything; raise ``Untrue`` at the first text that is not so."""
    for document, content in found.words.items():
        for text in said(content):
            for problem in problems(found, text):
                raise Untrue(f"territory({found.place.seed}), {document}: « {text} »: {problem}")
    _of_documents(found)


def problems(found: Handed, text: str) -> Iterator[str]:
    """What is not so in a text: a day, a threshold, a time, an address, a college, a number."""
    if days := set(_DAY.findall(text)) - DAYS:
        yield f"on {days}"
    if misnumbered(text):
        yield misnumbered(text)
    if least := [n for n in re.findall(r"moins de (\d+) personnes", text) if int(n) != found.campaign.k]:
        yield f"fewer than {least}"
    if times := [n for n in re.findall(r"nviron (\d+) minute", text) if int(n) != minutes(found)]:
        yield f"{times} minutes"
    if addresses := set(re.findall(r"https?://\S+[^\s.]", text)) - {ADDRESS, ENTRANCE}:
        yield f"at {addresses}"
    if others := [one for one in _OTHERS.findall(text) if one.capitalize() not in found.place.colleges.values()]:
        yield f"{others} are not asked"


def minutes(found: Handed) -> int:
    """The time to read 180 words a minute, and to decide in 8 seconds (twice where hindsight is asked)."""
    words = [question_words(found, skill.title, skill) for skill in found.place.grid.skills]
    choices = len(words) * (2 if found.campaign.retrospective else 1)
    return max(1, math.ceil(sum(words) / 180 + choices * 8 / 60))


def question_words(found: Handed, stem: str, skill: Any) -> int:
    levels = [f"{level.label} {skill.levels[level.value]}" for level in found.place.grid.levels]
    return len(" ".join([stem, *levels]).split())


def _of_documents(found: Handed) -> None:
    """The names, the end and the code stand where they must; the paper asks every question, once, with each level."""
    labels = found.place.colleges
    codes = [found.college] if found.college else list(labels)
    sheet, form, letter = (found.words[name] for name in ("poster.typ", "paper.typ", "letter.typ"))
    expected = {"territory": "Ici", "campaign": "Bilan", "code": CODE, "address": ENTRANCE.removeprefix("http://")}
    _same({name: sheet[name] for name in expected}, expected)
    _same(plain(sheet["college"]), f"Pour : {labels[found.college]}" if found.college else "Pour tous")
    _same("Jusqu’au 30 juin 2026" in sheet["facts"], True)
    _same(plain(form["title"]), f"Questionnaire : {', '.join(labels[code] for code in codes)}")
    _same([one["college"] for one in form["forms"]], [labels[code] for code in codes])
    _same(len({number for one in form["forms"] for number in one["numbers"]}), 2 * len(codes))
    _same(plain(form["words"]["back"]), "À rendre avant le 30 juin 2026.")
    for one in form["forms"]:
        _same([family["title"] for family in one["families"]], [family.title for family in found.place.grid.families])
        asked = [question for family in one["families"] for question in family["questions"]]
        _same([question["stem"] for question in asked], [skill.title for skill in found.place.grid.skills])
        known = [[f"{level.value}".replace("-", "−"), level.label] for level in found.place.grid.levels]
        _same([[level[:2] for level in question["levels"]] for question in asked], [known] * len(asked))
    named = [label for label in labels.values() if label in letter["asking"]]
    _same(named, list(labels.values()) if 1 < len(labels) <= 7 else [])


def _same(printed: Any, true: Any) -> None:
    if printed != true:
        raise Untrue(f"{printed} is said, {true} is true")


@pytest.mark.parametrize("seed", FEW)
def test_every_text_that_is_handed_out_is_true(seed: int, pages: Flask) -> None:
    first = next(iter(territory(seed).colleges))
    read(handed(pages, seed))
    read(handed(pages, seed, first))


def test_the_subject_is_that_of_the_grid(pages: Flask) -> None:
    """Another grid's campaign never announces the programme's own subject."""
    for text in (one for content in handed(pages, 3).words.values() for one in said(content)):
        assert "ensemble" not in text, text


# Faults of what is handed out, each caught.
FAULTS = {
    "another threshold": ("Aucun résultat sur moins de %(k)s personnes", "Aucun résultat sur moins de 9 personnes"),
    "another end": ("Jusqu’au %(day)s", "Jusqu’au 1er mai 2026"),
    "other colleges": ("Chacun dit ce qu’il voit, de là où il est.", "Élus et partenaires disent ce qu’ils voient."),
    "another college": ("Pour : %(college)s", "Pour : Agents"),
    "another sheet": ("Questionnaire : %(colleges)s", "Questionnaire : Élus"),
    "a return without a day": ("À rendre avant le %(day)s.", "À rendre avant la fin."),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_caught(fault: str, pages: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    right, wrong = FAULTS[fault]
    for module in (poster, paper_form):
        gettext = module._

        def faulty(text: str, _gettext: Any = gettext, **values: Any) -> str:
            return wrong if plain(text) == right else str(_gettext(text, **values))

        monkeypatch.setattr(module, "_", faulty)
    with pytest.raises(Untrue):
        read_all(pages)


def read_all(pages: Flask) -> None:
    for seed in FEW:
        read(handed(pages, seed))
        read(handed(pages, seed, list(territory(seed).colleges)[-1]))


def test_the_time_that_is_announced_is_that_of_the_local_questions_too(pages: Flask) -> None:
    campaign = expecting(territory(1), "open")
    long = LocalQuestion("Cent mots " * 50, is_open=True)
    with pages.test_request_context("/"):
        alone, more = (
            handouts.poster_of(one, ADDRESS, None, CODE).minutes
            for one in (campaign, replace(campaign, local_questions=(long, long, long)))
        )
    assert more - alone in (2, 3)  # 300 words at 180 a minute, and three times 8 seconds
