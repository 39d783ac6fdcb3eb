"""The report on a publication: what each of its texts is about."""

import re
from collections.abc import Iterator

from tests.restitution.reader.reading import Text
from tests.restitution.reader.rendered.leaves import Leaf
from tests.restitution.reader.rendered.review_pages import inside

HIDDEN, FOUND = "Ce qui est caché, et pourquoi", "Ce que l’on pourrait retrouver"
MEASURED, SAME = "Et en rapprochant toutes ses réponses, ou à deux ?", "Là où tout le monde dit pareil"
# What follows another sentence in one paragraph.
HINDSIGHT = "Les différences « avec le recul » en disent un peu plus : elles ne sont pas comptées ici."


def texts_of_publication(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the report with its subject, then what each table and list holds and leaves out."""
    some = inside(found)
    for leaf in some:
        heading = leaf.headings[-1] if leaf.headings else ""
        if leaf.row and leaf.tag != "th":
            yield from TABLES[heading](leaf)
        elif leaf.tag == "h1":
            yield Text("title of the report", (), leaf.words)
        elif heading == SAME and leaf.tag == "li":
            yield Text("same answers", (), leaf.words)
        else:
            yield from _said(leaf)
    yield from _whole(some)


def _said(leaf: Leaf) -> Iterator[Text]:
    before, told, _after = leaf.words.partition(f" {HINDSIGHT}")
    for words in (before, told.strip()):
        if words:
            yield Text("said", leaf.headings, words)


def _hidden(leaf: Leaf) -> Iterator[Text]:
    """How many figures are shown; then why the others are not."""
    place = (leaf.row, leaf.column)
    if leaf.tag == "small":
        yield from (Text("hidden figures", place, one) for one in re.split(r", (?=\d+ : )", leaf.words))
    elif leaf.words == "–":
        yield Text("no such figures", place, leaf.words)
    else:
        yield Text("shown figures", place, leaf.words)


def _found(leaf: Leaf) -> Iterator[Text]:
    kinds = {
        "Réponses par case": "answers of small cells",
        "Retrouvées par n’importe qui": "found again by anyone",
        "Par quelqu’un du collège": "found again by a member",
    }
    yield Text(kinds[leaf.column], (leaf.row,), leaf.words)


def _measured(leaf: Leaf) -> Iterator[Text]:
    yield Text("measured", (leaf.row, leaf.column), leaf.words)


TABLES = {HIDDEN: _hidden, FOUND: _found, MEASURED: _measured}


def _whole(some: list[Leaf]) -> Iterator[Text]:
    """What tables and lists hold in all: nobody is left out, and every hidden figure has its reason."""
    for heading, kind in ((HIDDEN, "who hides"), (FOUND, "who has small cells")):
        rows = dict.fromkeys(leaf.row for leaf in some if leaf.row and leaf.headings[-1:] == (heading,))
        yield Text(kind, (), " | ".join(rows) or "–")
    cells = [leaf for leaf in some if leaf.row and leaf.headings[-1:] == (HIDDEN,) and leaf.tag == "td"]
    for cell in cells:
        if cell.words != "–":
            beside = [one for one in some if (one.row, one.column, one.tag) == (cell.row, cell.column, "small")]
            told = [int(n) for one in beside for n in re.findall(r"(?:^|, )(\d+) : ", one.words)]
            yield Text("hidden in all", (cell.row, cell.column), f"{sum(told)} – {cell.words}")
    told_same = [leaf.words for leaf in some if leaf.tag == "li" and leaf.headings[-1:] == (SAME,)]
    yield Text("same answers in all", (), f"{len(told_same)}")
