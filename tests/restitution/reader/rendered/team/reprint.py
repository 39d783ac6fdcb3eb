"""A diagnostic adopted under the first edition, printed again: each figure held to the naive first edition."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.restitution.reader import french
from tests.restitution.reader.reading import Place, Reader, Text, reads
from tests.restitution.reader.rendered.drawn import NUMBER, by_family, texts_of_levels, words_of
from tests.restitution.reader.rendered.pdf_report import without_wide_spaces
from tests.restitution.reader.rendered.report_texts import STRENGTHS, WEAKNESSES, WHOLE, WHY
from tests.restitution.reader.rendered.team.adopted import judged, retained_level
from tests.restitution.reader.rendered.team.editions import first, first_score, near

Content = Mapping[str, Any]
SERIES = ("Scores", "Niveaux retenus")


def texts_of_reprint(content: Content) -> Iterator[Text]:
    """Every text that the page is given, with its subject."""
    content = without_wide_spaces(content)
    yield from (
        Text("said", (), words) for name, words in content["words"].items() if name not in ("fictional", "lead")
    )
    yield Text("lead of a reprint", (), content["words"]["lead"])
    if content["fictional"]:
        yield Text("said", (), content["words"]["fictional"])
    yield Text("fact", ("Territoire",), content["territory"])
    yield Text("fact", ("Campagne",), content["name"])
    yield Text("adoption of a reprint", (), content["adopted"])
    territory, label, edition = content["running"].split(" · ")
    yield from (Text("fact", ("Territoire",), territory), Text("latest campaign", (), label))
    yield Text("first edition", (), edition)
    yield from _key(content["key"])
    yield from _radar(content)
    for one in content["families"]:
        yield from _family(one)
    yield from (Text("written note", (title,), words) for title, words in content["note"])
    yield from (Text("first rule", (meaning,), value) for meaning, value in content["rules"])


def _key(key: Sequence[Sequence[str]]) -> Iterator[Text]:
    names, values = zip(*key, strict=True)
    yield Text("the same", ("Méthode, Grille, Collecte, Réponses, Empreinte SHA-256",), ", ".join(names))
    edition, grid, collected, answers, print_ = values
    yield Text("first edition", (), edition)
    yield Text("grid of a reprint", (), grid)
    yield Text("closing of a reprint", (), collected)
    yield Text("people of a reprint", (), answers)
    yield Text("fingerprint", (), print_)


def _radar(content: Content) -> Iterator[Text]:
    yield Text("radar of a reprint", (), content["alt"])
    titles = [one["title"] for one in content["families"]]
    found = dict(by_family(words_of(content["picture"]), titles))
    yield from texts_of_levels(found.pop("", []))
    yield Text("the same", (", ".join(titles),), ", ".join(found))
    for family, words in found.items():
        figures = [one for one in words if one == "–" or NUMBER.fullmatch(one)]
        reason = " ".join(one for one in words if one not in figures)
        yield Text("drawn in a reprint", (family, reason), " | ".join(figures) or "none")


def _family(one: Content) -> Iterator[Text]:
    place = (one["title"], WHOLE)
    yield Text("row of a reprint", place, " | ".join((one["score"], one["word"], one["interval"])))
    yield Text("retained in a reprint", (one["title"],), one["retained"] or one["kept"])
    written = " | ".join((one["justification"], one["strengths"], one["weaknesses"]))
    yield Text("written in a reprint", (one["title"],), written)


@reads(
    "lead of a reprint",
    "Réimprimé d’après ce qui a été adopté : aucun chiffre n’est recalculé. Les intervalles et les mots sont ceux de "
    "la méthode d’alors.",
)
def lead(_reader: Reader, _place: Place) -> None:
    """Each figure and word is held to that method."""


@reads(
    "adoption of a reprint",
    "Diagnostic adopté n° {n}, le {day}, par {who}, édition 1 de la méthode",
)
def adoption(reader: Reader, _place: Place, n: str, day: str, who: str) -> None:
    reader.same((n, day, who), ("1", "20 mai 2026", "Ada"), "adoption")


@reads("first edition", "édition 1 de la méthode")
@reads("grid of a reprint", "Grille d’essai 1")
def named(_reader: Reader, _place: Place) -> None:
    """So were they made."""


@reads("closing of a reprint", "close le {day}")
def closing(reader: Reader, _place: Place, day: str) -> None:
    reader.statement("caption", (), f"collecte close le {day}")


@reads("fingerprint", "{print}")
def fingerprint(reader: Reader, _place: Place, **said: str) -> None:
    """Whose: tests/web/results/test_read_adoption.py."""
    reader.must(bool(re.fullmatch("[0-9a-f]{64}", said["print"])), "it is no fingerprint")


@reads("people of a reprint", "{people}")
def people(reader: Reader, _place: Place, people: str) -> None:
    """« Élus : 12, Agents : moins de 5 »: each college once, in the order of the campaign."""
    named = [one.partition(" : ") for one in people.split(", ")]
    known = first(reader.facts.last).campaign
    labels = [label for label, code in reader.facts.colleges.items() if code in known]
    reader.same([label for label, _colon, _n in named], labels, "colleges")
    for label, _colon, n in named:
        reader.statement("participation", (label,), n)


@reads("row of a reprint", "{score} | {word} | {interval}")
def row_of_a_score(reader: Reader, place: Place, score: str, word: str, interval: str) -> None:
    ends = "sans intervalle" if interval == "un collège n’a pas d’intervalle" else interval.removeprefix("de ")
    reader.statement("levels Édition 1", place, f"{score} {word} | ({ends})")
    reader.claims_that(score, "score", place[0])


@reads("row of a reprint", " | moins de {n} collège publié | –", " | moins de {n} collèges publiés | –")
def row_of_a_hidden_score(reader: Reader, place: Place, n: str) -> None:
    own = first(reader.facts.last)
    reader.must(not first_score(reader, place)["published"], "it was published")
    few = len(own.campaign) < own.rules["small_campaign"]
    reader.same(int(n), own.rules["small_campaign_colleges" if few else "territory_colleges"], "colleges needed")
    reader.claims_that(f"moins de {n} collège{'s' * (int(n) > 1)} publié{'s' * (int(n) > 1)}", "score", place[0])


@reads("retained in a reprint", "{printed}")
def retained(reader: Reader, place: Place, printed: str) -> None:
    shown = first_score(reader, (place[0], WHOLE))["published"]
    true = retained_level(reader) if place[0] == judged(reader) else "le score, tel quel" if shown else "–"
    reader.same(printed, true, "retained level")


@reads("written in a reprint", "{words}")
def written(reader: Reader, place: Place, words: str) -> None:
    true = (WHY, STRENGTHS, WEAKNESSES) if place[0] == judged(reader) else ("", "", "")
    reader.same(words, " | ".join(true), "what was written")


@reads("radar of a reprint", "{series}")
def radar_in_words(reader: Reader, _place: Place, series: str) -> None:
    """« Scores : Agir 1,2, Lire 3,4. Niveaux retenus : … »: every family of each, in the order of the grid."""
    scores, kept = re.split(r"(?<=\.) (?=Niveaux retenus : )", series)
    for words, told in ((scores, score_in_words), (kept, level_in_words)):
        parts = re.split(f", (?=(?:{'|'.join(reader.facts.families)}) )", words.removesuffix(".").partition(" : ")[2])
        reader.same(len(parts), len(reader.facts.families), "families")
        for family, part in zip(reader.facts.families, parts, strict=True):
            reader.must(part.startswith(f"{family} "), f"{family} is not told")
            told(reader, family, part.removeprefix(f"{family} "))


def score_in_words(reader: Reader, family: str, words: str) -> None:
    row = first_score(reader, (family, WHOLE))
    if row["published"]:
        near(reader, words, row["score"], reader.facts.places, "score")
    reader.claims_that(words, "score", family)


def level_in_words(reader: Reader, family: str, words: str) -> None:
    if family == judged(reader):
        reader.same(words, str(reader.facts.last.lowest).replace("-", "−"), "retained level")
    elif first_score(reader, (family, WHOLE))["published"]:
        reader.same(words, "score gardé", "retained level")
    else:
        reader.claims_that(words, "score", family)


@reads("drawn in a reprint", "{figures}")
def drawn(reader: Reader, place: Place, figures: str) -> None:
    """The score or a reason, then the retained level, or a dash in rows that have room for one."""
    row, said = first_score(reader, (place[0], WHOLE)), [one for one in figures.split(" | ") if one not in "–none"]
    if row["published"]:
        near(reader, said[0], row["score"], reader.facts.places, "score drawn")
    reader.claims_that(said.pop(0) if row["published"] else place[1], "score", place[0])
    lowest = str(reader.facts.last.lowest).replace("-", "−")
    reader.same(said, [lowest] if place[0] == judged(reader) else [], "retained level drawn")


@reads("written note", "{words}")
def note(reader: Reader, place: Place, words: str) -> None:
    reader.same((place[0], words), ("Avancement", WHY), "note")


RULES = {
    "réponses nécessaires pour publier un chiffre": "k",
    "réponses nécessaires pour donner un intervalle": "interval_n",
    "collèges publiés nécessaires pour publier le territoire": "territory_colleges",
    "collèges publiés nécessaires pour publier le territoire d’une petite campagne": "small_campaign_colleges",
    "une campagne de moins de collèges que ce nombre est dite petite": "small_campaign",
    "niveau de confiance des intervalles": "confidence",
    "part du poids de la famille que ses savoir-faire publiés doivent porter": "coverage",
    "réponses nécessaires pour dire des avis convergents": "agreement_n",
    "avis opposés : nombre de niveaux comptés à chaque bout de l’échelle (au plus la moitié)": "opposed_levels",
    "avis opposés : au moins cette part des réponses à chaque bout de l’échelle": "opposed_share",
}


@reads("first rule", "{value}")
def first_rule(reader: Reader, place: Place, value: str) -> None:
    name = RULES.get(place[0])
    if name:
        true = str(first(reader.facts.last).rules[name])
        reader.same(french.number(value), french.number(true.replace(".", ",")), place[0])
    if place[0].startswith(("poids des collèges", "effectif déclaré")):
        reader.statement("value", place, value)
