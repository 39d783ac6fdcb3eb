"""The slides of a session: what each of their texts is about, by the kind of its slide."""

import re
from collections.abc import Iterator

from tests.restitution.reader.reading import Text
from tests.restitution.reader.rendered.leaves import Leaf
from tests.restitution.reader.rendered.results_page import NUMBER, WHOLE

UNREAD = {"notes", "foot", "dialog", "#help"}


def texts_of_slides(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the slides with its subject; notes are for who presents, and claim nothing."""
    family, college, slide = "", "", ""
    for leaf in found:
        kind = next((name.removeprefix("slide-") for name in leaf.parents if name.startswith("slide-")), "")
        if leaf.tag == "label" and "slide" in leaf.classes:
            slide = leaf.words.partition(" – ")[2]
        if kind == "radar" and leaf.tag == "title":
            yield Text("name of a drawing", (slide,), leaf.words)
        if not kind or leaf.parents & UNREAD or leaf.tag == "label" or leaf.headings == ():
            continue
        if leaf.tag in {"li", "figcaption"} or (leaf.tag == "h2" and kind == "family"):
            family = leaf.words
        college = leaf.words if kind == "opening" and leaf.tag == "li" else college
        yield from KINDS.get(kind, _anything)(leaf, college if kind == "opening" else family)


def _anything(leaf: Leaf, _subject: str) -> Iterator[Text]:
    if leaf.tag not in {"text", "title"}:
        yield Text("said", leaf.headings, leaf.words)


def _opening(leaf: Leaf, subject: str) -> Iterator[Text]:
    if leaf.tag == "li" and (told := re.fullmatch(r"(.*?\D)(\d[\d ]*)", leaf.words)):
        yield Text("participation", (told[1],), told[2])
    elif "hidden" in leaf.classes:
        yield Text("few of a college", (subject,), leaf.words)
    elif "lead" in leaf.classes:
        yield Text("answered", (), leaf.words)


def _radar(leaf: Leaf, _subject: str) -> Iterator[Text]:
    if leaf.tag == "h2":
        yield Text("title of a radar", (), f"{leaf.words}.")
    elif leaf.tag == "li" and "unseen" in leaf.parents:
        yield from _figures_of_a_family(leaf.words)
    elif leaf.tag == "li" and "rings" not in leaf.parents:
        yield Text("series", (), leaf.words)
    elif leaf.tag == "p":
        yield Text("said", leaf.headings, leaf.words)


BEFORE = "l’an dernier, avec le recul"


def _figures_of_a_family(words: str) -> Iterator[Text]:
    """« Agir 2026 : 0,06, Peu ; 2025 : 1,22, Parfois », for those who do not see the drawing."""
    family, campaigns = re.split(r" (?=\d{4} : )", words, maxsplit=1)
    for one in campaigns.split(" ; "):
        label, _colon, figure = one.partition(" : ")
        score, _comma, level = figure.partition(", ") if re.match(r"[−\d]", figure) else (figure, "", "")
        if label == BEFORE:
            yield Text("score before the year", (family, WHOLE), score)
            continue
        yield Text("cell of a campaign", (family, WHOLE, label), score)
        if level:
            yield Text("level in a campaign", (family, WHOLE, label), level)


def _changes(leaf: Leaf, family: str) -> Iterator[Text]:
    place = (family, WHOLE)
    if "numbers" in leaf.classes:
        yield Text("from and to", place, leaf.words)
    elif "verdict" in leaf.classes:
        yield Text("word", place, leaf.words)
    elif "by" in leaf.classes:
        yield Text("difference", place, leaf.words)
    elif "words" in leaf.classes:
        yield Text("change in levels", place, leaf.words)
    elif leaf.tag == "h2":
        yield Text("what changed", (), leaf.words)
    elif leaf.tag == "title":
        yield Text("title of a drawing", leaf.headings, leaf.words)
    elif "small" in leaf.classes and leaf.tag == "span":
        kind = "change" if leaf.words.startswith(("Intervalle", "Sans intervalle")) else "caution"
        yield Text(kind, place, leaf.words)


def _family(leaf: Leaf, family: str) -> Iterator[Text]:
    if "score" in leaf.classes:
        score, _point, word = leaf.words.partition(" · ")
        yield Text("score", (family, WHOLE), score)
        yield Text("level", (family, WHOLE), word)
    elif leaf.tag == "title" and leaf.classes:
        yield Text("title of a drawing", leaf.headings, leaf.words)
    elif leaf.row and leaf.tag == "td":
        yield Text("mean" if NUMBER.fullmatch(leaf.words) else "hidden mean", (leaf.row, leaf.column), leaf.words)
    elif leaf.tag == "p":
        yield Text("said", leaf.headings, leaf.words)


def _colleges(leaf: Leaf, family: str) -> Iterator[Text]:
    if leaf.tag == "h2":
        yield Text("divergence", (), leaf.words)
    elif leaf.tag == "title":
        for part in leaf.words.split(" ; "):
            college, _colon, told = part.partition(" : ")
            yield Text("college in words", (family, college), told)


def _slope(leaf: Leaf, _family: str) -> Iterator[Text]:
    if leaf.tag == "h2":
        yield Text("said", leaf.headings, leaf.words)
    elif leaf.tag == "title":
        yield Text("title of a drawing", leaf.headings, leaf.words)


def _unknown(leaf: Leaf, _family: str) -> Iterator[Text]:
    if leaf.tag == "li":
        yield Text("many without level", (), leaf.words)
    elif leaf.tag not in {"text", "title"}:
        yield Text("said", leaf.headings, leaf.words)


def _names(leaf: Leaf, _family: str) -> Iterator[Text]:
    """Names and questions to the room, as they are."""
    if leaf.tag in {"p", "h2"}:
        yield Text("said", leaf.headings, leaf.words)


KINDS = {
    "opening": _opening,
    "radar": _radar,
    "changes": _changes,
    "family": _family,
    "colleges": _colleges,
    "slope": _slope,
    "unknown": _unknown,
    **dict.fromkeys(("question", "top-gains", "falls", "decide"), _names),
    "levels": lambda _leaf, _family: iter(()),
}
