"""The adopted diagnostic: scores beside retained levels, and what was written of each family."""

import re
from collections.abc import Iterator

from tests.restitution.reader import french
from tests.restitution.reader.reading import Place, Reader, Text, reads
from tests.restitution.reader.rendered.leaves import Leaf
from tests.restitution.reader.rendered.report_texts import STRENGTHS, WEAKNESSES, WHOLE, WHY
from tests.restitution.reader.rendered.results_page import NUMBER
from tests.restitution.reader.rendered.review_pages import inside

FAMILIES = "Famille par famille"


def texts_of_adopted(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the diagnostic with its subject; no change is shown there."""
    yield Text("alone", (), "")
    meaning = ""
    for leaf in inside(found):
        if "rules" in leaf.parents and leaf.tag in {"dt", "dd"}:
            meaning = leaf.words if leaf.tag == "dt" else meaning
            yield Text("rule printed" if leaf.tag == "dt" else "value", (meaning,), leaf.words)
        elif leaf.tag in {"text", "title"}:
            yield from _drawn(leaf)
        elif leaf.row and leaf.tag != "th":
            yield from _cell(leaf)
        elif FAMILIES in leaf.headings:
            yield from _of_family(leaf)
        elif leaf.tag not in {"code", "button"} and not leaf.words.startswith("Ici · Bilan"):
            yield from _around(leaf)


def _of_family(leaf: Leaf) -> Iterator[Text]:
    family = leaf.headings[leaf.headings.index(FAMILIES) + 1 :][:1]
    if leaf.parents & {"rules", "seal"}:
        yield Text("said", (), re.sub(r" [0-9a-f]{64}$", "", leaf.words))
    elif "written" in leaf.classes:
        yield Text("written", family, leaf.words)
    elif leaf.tag in {"h2", "h3", "h4"} or not family:
        yield Text("said", leaf.headings, leaf.words)
    else:
        yield Text("said of a family", family, leaf.words)


def _around(leaf: Leaf) -> Iterator[Text]:
    if leaf.words.endswith(" réponses") and leaf.tag == "p":
        yield from _people(leaf.words.removesuffix(" réponses"))
    elif re.search("attend(ent)? d’être relu", leaf.words):
        some, _stop, others = leaf.words.partition(". ")
        yield Text("comments that wait", (), f"{some}.")
        yield Text("said", (), others)
    elif "badge" in leaf.classes:
        yield Text("edition", (), leaf.words)
    elif leaf.tag == "li" and "legend" in leaf.parents:
        yield Text("series of a diagnostic", (), leaf.words)
    else:
        yield Text("said", leaf.headings, leaf.words)


def _drawn(leaf: Leaf) -> Iterator[Text]:
    """The numbers of the radar, each beside the badge of its family, which may be a number itself."""
    badge = "fill-on-hue" in leaf.classes
    if leaf.tag == "text" and leaf.row and not badge and NUMBER.fullmatch(leaf.words):
        yield Text("score by badge" if "," in leaf.words else "level drawn by badge", (leaf.row,), leaf.words)


def _cell(leaf: Leaf) -> Iterator[Text]:
    place = (leaf.row, WHOLE)
    if leaf.column == "Niveau retenu":
        yield Text("retained", (leaf.row,), leaf.words)
    elif leaf.tag == "small":
        yield Text("level", place, leaf.words)
    else:
        kind = "score" if NUMBER.fullmatch(leaf.words) else "hidden score"
        yield Text(kind, place, leaf.words)


def _people(words: str) -> Iterator[Text]:
    """« Élus 12, Agents moins de 5 »."""
    for one in words.split(", "):
        college, _space, n = one.partition(" moins de ") if " moins de " in one else one.rpartition(" ")
        yield Text("participation", (college,), f"moins de {n}" if " moins de " in one else n)


# The first family was judged: the lowest level was retained, for a reason, with strengths and weaknesses.


def judged(reader: Reader) -> str:
    return next(iter(reader.facts.families))


def retained_level(reader: Reader) -> str:
    return next(iter(reader.facts.level_names))


@reads("level drawn", "{number}")
def level_drawn(reader: Reader, place: Place, number: str) -> None:
    """A whole number of the radar: the level retained beside the score."""
    reader.same((place[0], french.number(number)), (judged(reader), reader.facts.last.lowest), "retained level")


@reads("retained", "{printed}")
def retained(reader: Reader, place: Place, printed: str) -> None:
    if place[0] == judged(reader):
        return reader.same(printed, retained_level(reader), "retained level")
    return reader.same(printed, "le score, tel quel" if place[0] in reader.facts.scores else "–", "level")


@reads("said of a family", "Niveau retenu : {level}")
def retained_in_words(reader: Reader, place: Place, level: str) -> None:
    reader.same((place[0], level), (judged(reader), retained_level(reader)), "retained level")


@reads("said of a family", "(score {score}, {level})")
def beside_its_score(reader: Reader, place: Place, score: str, level: str) -> None:
    reader.statement("score", (place[0], WHOLE), score)
    reader.statement("level", (place[0], WHOLE), level)


@reads("said of a family", "Rien d’écrit sur cette famille : le score parle seul.")
def nothing_written(reader: Reader, place: Place) -> None:
    reader.must(place[0] != judged(reader), "something was written")
    reader.must(place[0] in reader.facts.scores, "it has no score")


@reads("said of a family", "Rien d’écrit sur cette famille, qui n’a pas de score.")
def nothing_at_all(reader: Reader, place: Place) -> None:
    reader.must(place[0] != judged(reader), "something was written")
    reader.must(place[0] not in reader.facts.scores, "it has a score")


@reads("written", "{text}")
def written(reader: Reader, place: Place, text: str) -> None:
    reader.must(text in {WHY, STRENGTHS, WEAKNESSES}, "nobody wrote that")


@reads("rule printed", "{meaning}")
def rule_named(_reader: Reader, _place: Place, meaning: str) -> None:
    """Its value follows, and is read."""


@reads("edition", "édition 2 de la méthode")
def second_edition(_reader: Reader, _place: Place) -> None:
    """Every profile here is of the second edition."""


@reads("series of a diagnostic", "Scores", "Niveaux retenus")
def series(_reader: Reader, _place: Place) -> None:
    """Both are drawn: a level was retained."""


@reads("said", "Version {n}, adoptée le {day} par {who}.")
def adoption(reader: Reader, _place: Place, n: str, day: str, who: str) -> None:
    reader.same((n, day, who), ("1", "20 mai 2026", "Ada"), "adoption")


@reads("comments that wait", "Un commentaire attend d’être relu.", "{n} commentaires attendent d’être relus.")
def waiting(reader: Reader, _place: Place, n: str = "1") -> None:
    """One for each family, in the territories tried."""
    reader.same(int(n), len(reader.facts.families), "comments")


@reads("said", "C’est une campagne d’essai : son diagnostic ne s’adopte pas.")
@reads("said", "adoptée le {day} par {who}")
@reads("said", "Lire la version {n}")
@reads("said", "Cette version a été corrigée depuis.")
@reads(
    "said",
    "Ce diagnostic a été adopté avec l’édition 1 de la méthode : ses chiffres et ses mots sont ceux d’alors, et ne "
    "changent pas.",
)
@reads(
    "said",
    "Ce document ne correspond plus à son empreinte : il a été modifié hors de Grille. Remettez une sauvegarde.",
)
def not_so(reader: Reader, _place: Place, n: str = "1", day: str = "", who: str = "") -> None:
    reader.must(False, f"version {n} is the only one, of the second edition, and sound")
