"""Checks that apply to every page: valid HTML, one title, one h1, headings in order, French typography."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

import html5lib

from tests.restitution.reader import french

# Text that is data or code, not words of ours.
_NOT_WORDS = {"script", "style", "textarea", "code", "pre"}

_MISTAKES = (
    (re.compile(r"\w'\w"), "a straight apostrophe"),
    (re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"), "a guillemet without its no-break space"),
    (
        re.compile(r"(?<=[^\W\d_])[;?!](?=\s|$)|(?<=[ \u00a0])[;?!](?=\s|$)"),
        "; ! or ? without its narrow no-break space",
    ),
    (re.compile(r"(?<=[^\W\d_]):(?=\s|$)|(?<= ):(?=\s|$)"), "a colon without its no-break space"),
    (re.compile(r"\.\.\."), "three dots for an ellipsis"),
)


def plain(page: str) -> str:
    """The page with ordinary characters and spaces, as one searches it."""
    return french.plain(unescape(page))


def problems_in(html: str) -> list[str]:
    """Everything that is wrong in a page, as sentences."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = parser.parse(html)
    errors = [f"HTML error {code} {data} at {place}" for place, code, data in parser.errors]
    return [*errors, *_outline(page), *_identifiers(page), *_typography(page)]


def _outline(page: Element) -> Iterator[str]:
    if page.get("lang") != "fr":
        yield "the page does not say that it is in French"
    if not (page.findtext("head/title") or "").strip():
        yield "the page has no title"
    levels = [int(element.tag[1]) for element in page.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    for before, after in zip([0, *levels], levels, strict=False):
        # What stands before the h1 (a summary of errors, a notice) may begin lower.
        if after > before + 1 and before and 1 in levels[: levels.index(after)]:
            yield f"h{after} right after h{before}"


def _identifiers(page: Element) -> Iterator[str]:
    counts = Counter(element.get("id") for element in page.iter() if element.get("id"))
    yield from (f"id {name} stands {times} times" for name, times in counts.items() if times > 1)
    for attribute in ("for", "aria-labelledby", "aria-describedby"):
        for element in page.iter():
            for name in (element.get(attribute) or "").split():
                if name not in counts:
                    yield f"{attribute} names {name}, which is not there"


def _typography(page: Element) -> Iterator[str]:
    for text in _texts(page.find("body")):
        for mistake, words in _MISTAKES:
            if mistake.search(text):
                yield f"{words}: {text.strip()[:90]!r}"


def _texts(element: Element | None) -> Iterator[str]:
    if element is None or element.tag in _NOT_WORDS:
        return
    if element.text:
        yield element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child.tail
