"""The pages of the review: what each text of the desk, of a family and of a skill is about."""

from collections.abc import Iterator
from dataclasses import replace

from tests.restitution.reader.reading import Text
from tests.restitution.reader.rendered.leaves import Leaf
from tests.restitution.reader.rendered.results_page import NUMBER, WHOLE, of_skill, panel, why

CARDS = {"Les regards s’écartent": "desk apart", "On est d’accord": "desk alike", "On ne voit pas": "desk unseen"}
_AROUND = {"breadcrumbs", "tabs"}


def inside(found: list[Leaf]) -> list[Leaf]:
    """The texts of the page itself, without the ways to other pages."""
    return [leaf for leaf in found if not (leaf.parents | leaf.classes) & _AROUND]


def texts_of_desk(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the desk with its subject."""
    some = inside(found)
    reading = READINGS[next(leaf.words for leaf in some if "heat" in leaf.parents and leaf.words in READINGS)]
    for place, leaf in enumerate(some):
        heading = leaf.headings[-1] if leaf.headings else ""
        if "heat" in leaf.parents or heading == "À regarder d’abord":
            yield from _where_to_look(leaf, some[place - 2 : place], reading)
        elif leaf.headings[-2:-1] == ("Où en est la revue",) or heading == "Où en est la revue":
            yield from _step(leaf, some[place + 1 : place + 2])
        elif "table" in leaf.parents:
            yield from _cell(leaf)
        elif heading not in CARDS:
            yield from _head(leaf)
        elif leaf.tag != "li" and "findings" not in leaf.parents:
            yield Text("said", leaf.headings, leaf.words)
    for heading, kind in CARDS.items():
        yield Text(kind, ("",), _card([leaf for leaf in some if leaf.headings[-1:] == (heading,)]))


# A reading is known by the name of its column of all the colleges.
READINGS = {"Moyenne": "niveau", "Étendue": "ecart", "Le plus": "ne-sait-pas", "En moyenne": "changement"}


def _where_to_look(leaf: Leaf, before: list[Leaf], reading: str) -> Iterator[Text]:
    yield from _heat(leaf, reading) if "heat" in leaf.parents else _look(leaf, before)


def _heat(leaf: Leaf, reading: str) -> Iterator[Text]:
    """A skill as a college sees it, or all of them."""
    place = (leaf.row, leaf.column)
    if not leaf.row or leaf.tag == "a":
        yield Text("said", (), leaf.words)
    elif "whole" in leaf.classes:
        yield Text(f"all {reading}", place, leaf.words)
    else:
        yield Text("hidden mean" if "masked" in leaf.classes else f"heat {reading}", place, leaf.words)


def _look(leaf: Leaf, before: list[Leaf]) -> Iterator[Text]:
    """A skill to look at: its kind, its name, then why."""
    if leaf.tag == "span":
        kind, skill = (one.words for one in before)
        yield Text(f"look {kind}", (skill,), leaf.words)
    else:
        yield Text("said", leaf.headings, leaf.words)


def _card(some: list[Leaf]) -> str:
    """What a card lists: what is found, then the skill that it links to; « – » when it lists nothing."""
    found = [leaf for leaf in some if leaf.tag == "li"]
    skills = [leaf.words for leaf in some if leaf.tag == "a"]
    return "; ".join(f"{skill}: {leaf.words}" for skill, leaf in zip(skills, found, strict=True)) or "–"


def _step(leaf: Leaf, after: list[Leaf]) -> Iterator[Text]:
    """A step of the review: its progress, then its name."""
    if leaf.tag == "li":
        yield Text("step", (after[0].words,), leaf.words)
    else:
        yield Text("said", leaf.headings, leaf.words)


def _head(leaf: Leaf) -> Iterator[Text]:
    if leaf.tag == "h1":
        yield Text("title", (), leaf.words)
    elif "badge" in leaf.classes:
        yield from (Text("badge", (), part) for part in leaf.words.split(" · "))
    elif not leaf.headings and " · " in leaf.words:
        yield Text("answered", (), leaf.words.split(" · ")[-1])
    else:
        yield Text("said", leaf.headings, leaf.words)


def _cell(leaf: Leaf) -> Iterator[Text]:
    """A family as a college, or the territory, sees it."""
    place = (leaf.row, leaf.column)
    if not leaf.row or leaf.tag in {"th", "a"}:
        yield Text("said", place[:1], leaf.words)
    elif "masked" in leaf.classes:
        yield Text("hidden score", place, leaf.words)
    elif "verdict" in leaf.classes:
        yield Text("change at the desk", place, leaf.words)
    elif leaf.tag == "td":
        yield Text("level", place, leaf.words)
    else:
        yield Text("score" if NUMBER.fullmatch(leaf.words) else "answers", place, leaf.words)


def texts_of_family(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the page of a family: its score, and what is proposed."""
    family = next(leaf.words for leaf in found if leaf.tag == "h1")
    for leaf in (replace(one, headings=(family,)) for one in inside(found)):
        kind, _colon, listed = leaf.words.partition(" : ")
        if leaf.tag in {"text", "title"}:
            yield from panel(leaf)
        elif "why" in leaf.parents:
            yield from why(leaf)
        elif "big" in leaf.classes:
            yield from _score(leaf, family)
        elif leaf.tag == "p" and kind in PROPOSED:
            yield Text(PROPOSED[kind], (family,), "–" if listed == "aucune" else listed.replace(" ; ", " | "))
        elif leaf.tag == "p" and leaf.words.startswith("Est proposé"):
            yield Text("rule", (), leaf.words)
        else:
            yield Text("said", leaf.headings, leaf.words)


PROPOSED = {"Forces": "strengths", "Faiblesses": "weaknesses"}


def _score(leaf: Leaf, family: str) -> Iterator[Text]:
    if "masked" in leaf.classes:
        yield Text("hidden score", (family, WHOLE), leaf.words)
        return
    word, _space, score = leaf.words.rpartition(" ")
    yield Text("score", (family, WHOLE), score)
    yield Text("level", (family, WHOLE), word)


def texts_of_skill(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the page of a skill: its answers, its campaigns, how its means are made.

    Its means stand beside those of other campaigns, and have their decimals.
    """
    for text in _of_skill(found):
        alone = text.kind == "mean" and NUMBER.fullmatch(text.words)
        yield replace(text, kind="mean among campaigns") if alone else text


def _of_skill(found: list[Leaf]) -> Iterator[Text]:
    skill, mean = next(leaf.words for leaf in found if leaf.tag == "h1"), ""
    for leaf in inside(found):
        here, heading = replace(leaf, headings=(skill,)), leaf.headings[-1] if leaf.headings else ""
        if heading == "D’une année à l’autre" and leaf.row and leaf.tag != "th":
            mean = leaf.words if "number" in leaf.classes else mean
            yield from _in_a_campaign(leaf, skill, mean)
        elif leaf.tag == "title":
            yield Text("distribution", (skill, leaf.row), leaf.words)
        elif "remark" in leaf.classes:
            yield Text("remark", (skill,), leaf.words)
        elif leaf.tag == "text" or leaf.words == "…":
            continue
        elif heading == "Ce que dit chaque collège" and leaf.row:
            yield from _answers(here)
        else:
            yield from _outside_tables(here)


def _answers(leaf: Leaf) -> Iterator[Text]:
    """What a college answers."""
    if "masked" in leaf.classes:
        yield Text("hidden mean", (leaf.headings[-1], leaf.row), leaf.words)
    else:
        yield from of_skill(leaf)


def _outside_tables(leaf: Leaf) -> Iterator[Text]:
    """What stands outside tables and drawings."""
    if leaf.tag == "li" and "levels" in leaf.parents:
        yield Text("level described", (), leaf.words)
    elif leaf.tag == "li" and " : " in leaf.words:
        yield from _sum(leaf.words, leaf.headings[-1])
    else:
        yield Text("said", leaf.headings, leaf.words)


def _in_a_campaign(leaf: Leaf, skill: str, mean: str) -> Iterator[Text]:
    """A cell of the table of campaigns: a mean, then on how many levels."""
    place = (skill, leaf.column, leaf.row)
    if leaf.tag == "small":
        yield Text("past mean", place, f"{mean} {leaf.words}")
    elif "number" not in leaf.classes:
        yield Text("hidden past mean", place, leaf.words)


def _sum(words: str, skill: str) -> Iterator[Text]:
    """How the mean of a college is made; of a small one, why that is not told."""
    college, _colon, made = words.partition(" : ")
    terms, equals, mean = made.rpartition(" = ")
    if equals:
        yield Text("sum of a mean", (skill, college), terms)
        yield Text("mean", (skill, college), mean)
    else:
        yield Text("mean", (skill, college), made)
