"""The page for residents and the page of comparisons: what each of their texts is about."""

from collections.abc import Iterator
from itertools import groupby

from tests.restitution.reader.reading import Text
from tests.restitution.reader.rendered.leaves import Leaf
from tests.restitution.reader.rendered.results_page import (
    caption,
    change,
    drawn,
    hindsight,
    row_of_change,
    table_of_scores,
)


def texts_for_residents(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the page for residents with its subject."""
    for heading, some in groupby(found, key=_second):
        for leaf in some:
            yield from _for_residents(leaf, heading)


def _second(leaf: Leaf) -> str:
    """The title of the section, below that of the page."""
    return leaf.headings[1] if len(leaf.headings) > 1 else ""


def _for_residents(leaf: Leaf, heading: str) -> Iterator[Text]:
    if leaf.tag == "h1":
        yield Text("title", (), leaf.words)
    elif leaf.tag == "p" and not leaf.headings:
        yield Text("answered", (), leaf.words.split(" · ")[-1])
    elif leaf.tag == "h2" or leaf.tag == "label" or not heading:
        yield Text("compared" if _is_compared(leaf.words) else "said", leaf.headings, leaf.words)
    else:
        yield from _in_a_section(leaf, heading)


def _in_a_section(leaf: Leaf, heading: str) -> Iterator[Text]:
    """What stands under the title of a section."""
    if heading == "Les regards":
        yield Text("divergence", (), leaf.words.removesuffix("."))
    elif heading == "Que veut dire un niveau ?" and leaf.tag == "li":
        yield Text("name of a level", (), leaf.words)
    elif heading == "Comment lire":
        yield Text("how to read, or be warned", (), leaf.words)
    elif heading == "L’an dernier, vu d’aujourd’hui":
        yield from hindsight(leaf)
    elif "changes" in leaf.parents:
        yield from change(leaf)
    else:
        yield from _profile(leaf)


def _is_compared(words: str) -> bool:
    return ", comparée à " in words or words.endswith(", point de départ")


def _profile(leaf: Leaf) -> Iterator[Text]:
    """The radar, its table, and what is said below."""
    if leaf.tag in {"text", "title"}:
        yield from drawn(leaf)
    elif leaf.tag == "figcaption":
        yield from caption(leaf)
    elif "table" in leaf.parents:
        yield from table_of_scores(leaf)
    elif "legend" in leaf.parents:
        yield Text("series", (), leaf.words)
    else:
        before, space, after = leaf.words.partition(" Ce qui manque ")
        for words in filter(None, (before, space.lstrip() + after)):
            yield Text("said", leaf.headings, words)


def texts_of_comparison(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the page of comparisons with its subject; « against » says with which campaign."""
    for place, leaf in enumerate(found):
        if not leaf.headings:  # the name of the territory
            continue
        if leaf.tag == "h2" and leaf.words.startswith("De "):
            yield Text("against", (), leaf.words.split(" ")[1])
        if "table" in leaf.parents:
            yield from row_of_change(leaf, _who(found[: place + 1]))
        elif leaf.tag == "h2":
            yield Text("compared" if _is_compared(leaf.words) else "said", leaf.headings, leaf.words)
        else:
            yield from _profile(leaf)


def _who(before: list[Leaf]) -> str:
    return next((one.words for one in reversed(before) if one.column == "Qui" and one.row), "")
