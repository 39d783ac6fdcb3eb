"""The texts of a rendered page, each where it stands: headings above it, its list, its row and its column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

import lxml.html

from tests.restitution.reader.french import plain

BLOCKS = {
    *("p", "li", "h1", "h2", "h3", "h4", "td", "th", "caption", "figcaption", "summary", "dt", "dd", "legend", "label"),
    *("button", "title", "desc", "text", "small", "a", "option"),
}
# Told apart from the block that holds them; what is only drawn, or is no text of ours, is not read.
_CLASSES_APART = {"verdict", "score", "by", "numbers", "words", "hidden", "muted", "badge", "small"}
_SILENT = {"script", "style", "head", "template"}


@dataclass(frozen=True)
class Leaf:
    """One text, and where it stands."""

    tag: str
    words: str
    classes: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    headings: tuple[str, ...] = ()
    row: str = ""
    column: str = ""


@dataclass
class _Where:
    """What is above: names of tags, classes and ids; titles by rank; the header of the row and those of columns."""

    parents: frozenset[str] = frozenset()
    headings: dict[int, str] = field(default_factory=dict)
    row: str = ""
    column: str = ""


def parsed(html: str) -> Element:
    """A page as a tree; lxml is ten times quicker than what reads HTML as a browser does."""
    page: Element = lxml.html.document_fromstring(html)
    return page


def leaves(page: Element) -> Iterator[Leaf]:
    """Every text of the main part of a page, in order."""
    main = next(page.iter("main"))
    yield from _below(_plain_names(main), _Where())


def _plain_names(root: Element) -> Element:
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root


def _below(parent: Element, where: _Where) -> Iterator[Leaf]:
    if parent.tag == "table":
        yield from _table(parent, where)
    elif parent.tag == "svg":
        yield from _drawing(parent, where)
    else:
        for child in parent:
            yield from _element(child, where)


def _drawing(svg: Element, where: _Where) -> Iterator[Leaf]:
    """Its texts; those that follow a badge are about its family, and have it for their row."""
    badge = where.row
    for element in svg.iter():
        if element.tag in {"text", "title"} and (words := _own_words(element)):
            if element.get("class") == "fill-on-hue":
                badge = words
            headings = tuple(where.headings[rank] for rank in sorted(where.headings))
            yield Leaf(str(element.tag), words, _names(element), where.parents, headings, badge, where.column)


def badges(page: Element) -> dict[str, str]:
    """The families by their badges, as the page pairs them."""
    spans = [one for one in page.iter("span") if "family" in _names(one)]
    pairs = ((one.find("i"), one) for one in spans)
    return {(i.text or "").strip(): plain(i.tail or "").strip() for i, _span in pairs if i is not None and i.tail}


def _element(element: Element, where: _Where) -> Iterator[Leaf]:
    if not isinstance(element.tag, str) or element.tag in _SILENT or element.get("aria-hidden") == "true":
        return
    names = _names(element)
    if label := element.get("aria-label"):
        yield Leaf(
            "label", plain(label), names, where.parents, tuple(where.headings[one] for one in sorted(where.headings))
        )
    if element.tag in BLOCKS or names & _CLASSES_APART:
        words = _own_words(element)
        if re.fullmatch("h[1-6]", element.tag):
            rank = int(element.tag[1])
            for lower in [one for one in where.headings if one >= rank]:
                del where.headings[lower]
            where.headings[rank] = words
        if words.strip(" ·"):
            headings = tuple(where.headings[rank] for rank in sorted(where.headings))
            yield Leaf(element.tag, words, names, where.parents, headings, where.row, where.column)
    inside = replace(where, parents=where.parents | names | {element.tag})
    yield from _below(element, inside)


def _names(element: Element) -> frozenset[str]:
    names = (element.get("class") or "").split()
    return frozenset([*names, f"#{element.get('id')}"] if element.get("id") else names)


def _own_words(element: Element) -> str:
    """Its text without what is told apart inside it."""
    return re.sub(r"\s+", " ", plain("".join(_pieces(element)))).strip()


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        apart = child.tag in BLOCKS or child.tag in {"svg", "ul", "ol", "table", "form", "div"}
        apart = apart or bool(_names(child) & _CLASSES_APART) or child.get("aria-hidden") == "true"
        if not apart and isinstance(child.tag, str):
            yield from _pieces(child)
        yield child.tail or ""


def _name_of(header: Element) -> str:
    """What names a row: its own words or, where there are none, those of its link."""
    return _own_words(header) or " ".join(map(_own_words, header.iter("a")))


def _table(table: Element, where: _Where) -> Iterator[Leaf]:
    """Its cells, each with the header of its row and of its column."""
    columns: list[str] = []
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"th", "td"}]
        header = next((cell for cell in cells if cell.tag == "th" and cell.get("scope") == "row"), None)
        if header is None:
            columns = [_own_words(cell) for cell in cells]
            for cell in cells:
                yield from _element(cell, where)
            continue
        place = 0
        for cell in cells:
            column = columns[place] if place < len(columns) else ""
            yield from _element(cell, replace(where, row=_name_of(header), column=column))
            place += int(cell.get("colspan") or 1)
    for caption in table.iter("caption"):
        yield from _element(caption, where)
