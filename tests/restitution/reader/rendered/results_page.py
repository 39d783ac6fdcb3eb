"""The results page: what each of its texts is about, from the headings, rows and columns around it."""

import re
from collections.abc import Iterator

from tests.restitution.reader.reading import Text
from tests.restitution.reader.rendered.leaves import Leaf

WHOLE = "Territoire"
NUMBER = re.compile(r"[+−]?\d[\d ]*(?:,\d+)?")


def texts_of_page(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the page with its subject."""
    for section, some in _sections(found):
        yield from SECTIONS.get(section, _head)(some)


def _sections(found: list[Leaf]) -> Iterator[tuple[str, list[Leaf]]]:
    """The leaves by the section where they stand, in order; the head of the page and its table have none."""
    names = [next((name for name in SECTIONS if name in leaf.parents), "") for leaf in found]
    for section in dict.fromkeys(names):
        yield section, [leaf for leaf, name in zip(found, names, strict=True) if name == section]


def _head(some: list[Leaf]) -> Iterator[Text]:
    for leaf in some:
        if leaf.tag == "h1":
            yield Text("title", (), leaf.words)
        elif leaf.column or "table" in leaf.parents:
            yield from table_of_scores(leaf)
        elif "badge" in leaf.classes:
            yield from (Text("badge", (), part) for part in leaf.words.split(" · "))
        elif leaf.tag == "p" and leaf.headings == () and " · " in leaf.words:
            yield Text("answered", (), leaf.words.split(" · ")[-1])
        else:
            yield Text("said", leaf.headings, leaf.words)


def table_of_scores(leaf: Leaf) -> Iterator[Text]:
    """The twin of the radar: a score and its level by campaign, and what changed."""
    if not leaf.row:
        yield Text("said", (leaf.words,), leaf.words)
    elif leaf.tag == "th":
        yield Text("said", (), leaf.words)
    elif leaf.column.startswith("Depuis "):
        yield Text("word" if leaf.tag == "td" else "verdict's difference", (leaf.row, WHOLE), leaf.words)
    elif leaf.tag == "small":
        yield Text("level", (leaf.row, WHOLE), leaf.words)
    else:
        yield Text("cell of a campaign", (leaf.row, WHOLE, leaf.column), leaf.words)


def _profile(some: list[Leaf]) -> Iterator[Text]:
    for leaf in some:
        if leaf.tag in {"text", "title"}:
            yield from drawn(leaf)
        elif leaf.tag == "li":
            yield Text("series", (), leaf.words)
        elif leaf.tag == "h2" and "radar-block" in leaf.parents:
            yield Text("compared", (), leaf.words)
        elif leaf.tag == "figcaption":
            yield from caption(leaf)
        else:
            yield Text("said", leaf.headings, leaf.words)


def caption(leaf: Leaf) -> Iterator[Text]:
    """What stands under a radar: who answered, then how it was made."""
    first, *others = leaf.words.split(" · ")
    yield Text("answered", (), first)
    yield from (Text("caption", (), part) for part in others)


def drawn(leaf: Leaf) -> Iterator[Text]:
    """A text of a drawing: the scores of the last campaign and of others; names and graduations."""
    if leaf.tag == "title":
        yield Text("title of a drawing", leaf.headings, leaf.words)
    elif "fill-year-now" in leaf.classes or re.fullmatch(r"fill-hue-\d+", next(iter(leaf.classes), "")):
        score = leaf.words.rpartition(" ")[2]
        if NUMBER.fullmatch(score):
            yield Text("score by badge", (leaf.row,), score)
    elif any(name.startswith("fill-year") for name in leaf.classes) and NUMBER.fullmatch(leaf.words):
        yield Text("past score by badge", (leaf.row,), leaf.words)
    elif "non publiée" in leaf.words or leaf.words == "rien de publié":
        yield Text("gap of a slope", leaf.headings, leaf.words)


def _changes(some: list[Leaf]) -> Iterator[Text]:
    for leaf in some:
        if "table" in leaf.parents:
            yield from row_of_change(leaf, _who(leaf, some))
        elif "changes" in leaf.parents:
            yield from change(leaf)
        elif leaf.tag == "li":
            yield Text("apart", (), leaf.words)
        else:
            yield Text("said", leaf.headings, leaf.words)


def _who(leaf: Leaf, some: list[Leaf]) -> str:
    """Who a row of the table of changes is about: its second cell."""
    before = some[: some.index(leaf) + 1]
    return next((one.words for one in reversed(before) if one.column == "Qui" and one.row), "")


def change(leaf: Leaf) -> Iterator[Text]:
    """A family of the list of changes."""
    place = (leaf.headings[-1], WHOLE)
    if "verdict" in leaf.classes:
        yield Text("word", place, leaf.words)
    elif "muted" in leaf.classes:
        yield Text("caution", place, leaf.words)
    elif leaf.tag == "p":
        yield Text("change", place, leaf.words)


CHANGED = {"Écart": "difference", "Savoir-faire comparés": "skills compared", "Qui": "who", "Famille": "said"}


def row_of_change(leaf: Leaf, who: str) -> Iterator[Text]:
    """A cell of the table of changes."""
    place = (leaf.row, who)
    if not leaf.row:
        yield Text("said", (leaf.words,), leaf.words)
    elif leaf.column in CHANGED:
        yield Text(CHANGED[leaf.column], place, leaf.words)
    elif leaf.column == "Intervalle":
        yield Text("interval" if leaf.tag == "td" else "confidence", place, leaf.words)
    elif "verdict" in leaf.classes:
        yield Text("word", place, leaf.words)
    elif leaf.tag == "small":
        yield Text("caution", place, leaf.words)
    elif "hidden" in leaf.classes:
        yield Text("why not compared", place, leaf.words)
    else:
        yield Text("compared score", (*place, leaf.column), leaf.words)


def _hindsight(some: list[Leaf]) -> Iterator[Text]:
    for leaf in some:
        yield from hindsight(leaf)


def hindsight(leaf: Leaf) -> Iterator[Text]:
    """The table of what the same people say, and the radar beside it."""
    place = (leaf.row, WHOLE)
    if leaf.row and leaf.column == "En détail":
        yield Text("hindsight", place, leaf.words)
    elif leaf.row and leaf.tag in {"td", "small"}:
        words = leaf.tag == "td" and leaf.column != "En niveaux"
        yield Text("hindsight word" if words else "hindsight difference", place, leaf.words)
    elif leaf.tag not in {"text", "title", "li", "figcaption", "th"}:
        yield Text("said", leaf.headings, leaf.words)


def _colleges(some: list[Leaf]) -> Iterator[Text]:
    for leaf in some:
        if leaf.tag == "h2":
            yield Text("divergence", (), leaf.words)
        elif leaf.tag in {"text", "title"}:
            yield from panel(leaf)
        elif "workshop" in leaf.parents or leaf.headings[-1:] == ("En atelier",):
            yield from in_workshops(leaf)
        elif "table" in leaf.parents:
            yield from by_college(leaf)
        elif leaf.tag == "li":
            yield from margin_line(leaf)
        else:
            yield Text("said", leaf.headings, leaf.words)


def panel(leaf: Leaf) -> Iterator[Text]:
    """The dots of a family, said in words; then the numbers printed beside them."""
    family = leaf.headings[-1]
    if leaf.tag == "title":
        for part in leaf.words.split(" ; "):
            college, _colon, said = part.partition(" : ")
            yield Text("college in words", (family, college), said)
    elif leaf.words.startswith("territoire "):
        yield Text("score", (family, WHOLE), leaf.words.removeprefix("territoire "))


def by_college(leaf: Leaf) -> Iterator[Text]:
    """Scores and margins, of all families in one table or of one family in each."""
    if not leaf.row:
        yield Text("said", (leaf.words,), leaf.words)
    elif leaf.column == "Collège":
        yield Text("volunteer" if leaf.tag == "small" else "said", (leaf.row,), leaf.words)
    elif "by-college" not in leaf.parents:
        yield from _detail(leaf, (leaf.headings[-1], leaf.row))
    elif leaf.column == "Réponses":
        yield Text("answered in all" if leaf.row == WHOLE else "participation", (leaf.row,), leaf.words)
    elif leaf.tag == "small":
        yield Text("margin", (leaf.column, leaf.row), leaf.words)
    else:
        hidden = "hidden" in leaf.classes
        yield Text("hidden score" if hidden else "score", (leaf.column, leaf.row), leaf.words)


def _detail(leaf: Leaf, place: tuple[str, str]) -> Iterator[Text]:
    if leaf.column == "Réponses":
        yield Text("people or few", place, leaf.words)
    elif "hidden" in leaf.classes:
        yield Text("hidden score", place, leaf.words)
    elif leaf.tag == "small":
        yield Text("absent", place, leaf.words)
    else:
        kinds = {"Score": "score", "Intervalle": "margin", "Étalement": "spread", "Couverture": "coverage"}
        yield Text(kinds[leaf.column], place, leaf.words)


def margin_line(leaf: Leaf) -> Iterator[Text]:
    """How a margin is made."""
    who, _colon, line = leaf.words.partition(" : ")
    yield Text("margin line", (leaf.headings[-1], who), line)


def in_workshops(leaf: Leaf) -> Iterator[Text]:
    """What workshops noted."""
    count, _stop, caution = leaf.words.partition(". Les réponses")
    if leaf.tag == "p" and caution:
        yield Text("workshops", (), count)
        yield Text("said", leaf.headings, f"Les réponses{caution}")
    elif leaf.tag == "li" or ({"hidden", "muted"} & leaf.classes and leaf.tag == "span"):
        yield Text("noted in workshops", (), leaf.words)
    else:
        yield Text("said", leaf.headings, leaf.words)


def _skills(some: list[Leaf]) -> Iterator[Text]:
    for leaf in some:
        if leaf.tag == "title":
            yield from _in_a_title(leaf)
        elif leaf.tag == "text":
            continue
        elif "why" in leaf.parents:
            yield from why(leaf)
        elif "table" in leaf.parents:
            yield from of_skill(leaf)
        elif "remark" in leaf.classes:
            yield Text("remark", (leaf.headings[-1],), leaf.words)
        elif leaf.words != "…":
            yield Text("said", leaf.headings, leaf.words)


def _in_a_title(leaf: Leaf) -> Iterator[Text]:
    if leaf.row:
        yield Text("distribution", (leaf.headings[-1], leaf.row), leaf.words)
    else:
        yield Text("strip", (leaf.headings[-1],), leaf.words)


WHY = {"Son score": "exact score", "Sa part": "share of the territory", "D’après ces savoir-faire": "parts"}


def why(leaf: Leaf) -> Iterator[Text]:
    """How a score is made."""
    place = (leaf.headings[-1], leaf.row)
    if leaf.tag == "summary":
        yield Text("why", (leaf.headings[-1], WHOLE), leaf.words)
    elif leaf.tag == "p":
        yield Text("explained", (leaf.headings[-1],), leaf.words)
    elif not leaf.row or leaf.tag == "th":
        yield Text("said", leaf.headings, leaf.words)
    elif leaf.row == WHOLE:
        yield Text("total" if leaf.column == "Ce qu’il apporte" else "why", place, leaf.words)
    elif leaf.column == "Ce qu’il apporte":
        yield Text("brought", place, leaf.words)
    else:
        yield Text(WHY[leaf.column], place, leaf.words)


SHARES = {"Ne sait pas": "unknown", "Sans objet": "not_applicable", "Sans réponse": "unanswered"}


def of_skill(leaf: Leaf) -> Iterator[Text]:
    """A cell of the table of a skill."""
    place = (leaf.headings[-1], leaf.row)
    if not leaf.row or leaf.column == "Collège":
        yield Text("said", (), leaf.words)
    elif leaf.column == "Niveau moyen":
        kind = "hidden mean" if "hidden" in leaf.classes else "mean"
        yield from (Text(kind, place, part) for part in leaf.words.split(" · "))
    elif leaf.column in SHARES:
        yield Text("share of silence", (*place, SHARES[leaf.column]), leaf.words)
    elif leaf.column == "Accord":
        yield Text("agreement", place, leaf.words)
    else:
        yield from (Text("mean", place, part) for part in leaf.words.split(" · "))


def _method(some: list[Leaf]) -> Iterator[Text]:
    printed = sum(leaf.tag == "li" and leaf.headings[-1] == "Si l’on comptait autrement" for leaf in some)
    for leaf in some:
        heading = leaf.headings[-1]
        if leaf.tag in {"dt", "a"}:
            continue
        if leaf.tag == "dd":
            yield Text("value", (_meaning(leaf, some),), leaf.words)
        elif heading == "Si l’on comptait autrement":
            yield from otherwise(leaf, printed)
        elif "how-to-read" in leaf.parents:
            yield Text("how to read", (), leaf.words)
        elif leaf.tag == "li" and heading == "À savoir devant ces chiffres":
            yield Text("said", (), leaf.words)
        elif "levels" in leaf.parents:
            yield Text("name of a level", (), leaf.words)
        else:
            yield Text("said", leaf.headings, leaf.words)


def _meaning(leaf: Leaf, some: list[Leaf]) -> str:
    return some[some.index(leaf) - 1].words


WEIGHTINGS = (
    "Chaque collège compte autant",
    "Chaque personne compte autant",
    "Différence",
    "En laissant un collège de côté",
)


def otherwise(leaf: Leaf, printed: int) -> Iterator[Text]:
    """What another way of counting would say."""
    if leaf.row and leaf.column in WEIGHTINGS:
        yield Text("one weighting", (leaf.row, leaf.column), leaf.words)
    elif leaf.tag == "li":
        yield Text("sensitivity", (), leaf.words)
    elif leaf.tag == "summary":
        yield Text("counted", (str(printed),), leaf.words)
    elif leaf.tag == "p" and not leaf.words.startswith("Aucune conclusion"):
        yield Text("otherwise", (), leaf.words)
    else:
        yield Text("said", leaf.headings, leaf.words)


SECTIONS = {
    "#profil": _profile,
    "#evolution": _changes,
    "#recul": _hindsight,
    "#colleges": _colleges,
    "#savoir-faire": _skills,
    "#lire": _method,
}
