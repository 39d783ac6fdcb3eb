"""Safe SVG markup: escaped text, short numbers, colours by CSS class or by value."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Final, Literal

import orjson
from markupsafe import Markup

from restitution.chart_data.colours import LIGHT

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Return the text without the characters that XML forbids, which would make the file unreadable.

    >>> xml_text("a\\x0bb\\ud800\\ufffe")
    'ab'
    """
    return _NOT_XML.sub("", text)


def element(name: str, *children: str, **attributes: object) -> Markup:
    """Return one element with escaped text; attributes that are ``None`` are left out, ``_`` becomes ``-``.

    >>> print(element("text", "Élus & agents", x=1.26, class_="label", font_size=16))
    <text x="1.3" class="label" font-size="16">Élus &amp; agents</text>
    """
    inside = "".join(
        [child if isinstance(child, Markup) else escape(xml_text(child), quote=False) for child in children]
    )
    written = "".join(
        [f' {_attribute(key)}="{_text(value)}"' for key, value in attributes.items() if value is not None]
    )
    return Markup(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")  # noqa: S704 escaped above


def titled_svg(title: str, layers: Iterable[str], *, ident: str, **attributes: object) -> Markup:
    """Return a picture that is read aloud by its title; ``ident`` tells that title from those of the same page."""
    name = element("title", title, id=f"{ident}-titre")
    return element("svg", name, *layers, **attributes, role="img", aria_labelledby=f"{ident}-titre")


def text_lines(lines: Iterable[str], x: float, y: float, step: float, **style: object) -> Iterator[Markup]:
    """Yield the lines of a text: the baseline of the first is at ``y``, each other one is ``step`` lower."""
    for place, line in enumerate(lines):
        yield element("text", line, x=x, y=y + step * place, **style)


def corners_text(corners: Iterable[tuple[float, float]]) -> str:
    """Return corners as the ``points`` of a polygon.

    >>> corners_text([(0, 1.25), (2, 3)])
    '0.0,1.2 2.0,3.0'
    """
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


@lru_cache(256)
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _text(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else escape(xml_text(str(value)))


class ByClass:
    """Colours as CSS classes (``fill-ink``), so that the style sheet decides (dark mode, contrast)."""

    def fill(self, name: str) -> dict[str, str]:
        """Return the attributes that fill a shape with that colour."""
        return {"class_": f"fill-{name}"}

    def stroke(self, name: str, fill: str = "none") -> dict[str, str]:
        """Return the attributes that outline a shape in one colour and fill it with another."""
        return {"class_": f"stroke-{name} fill-{fill}"}


class ByValue:
    """Colours as literal attributes, for files, which have no style sheet."""

    def __init__(self, palette: Mapping[str, str] = LIGHT) -> None:
        self._palette = {**palette, "none": "none"}

    def fill(self, name: str) -> dict[str, str]:
        """Return the attributes that fill a shape with that colour."""
        return {"fill": self._palette[name]}

    def stroke(self, name: str, fill: str = "none") -> dict[str, str]:
        """Return the attributes that outline a shape in one colour and fill it with another."""
        return {"stroke": self._palette[name], "fill": self._palette[fill]}


Ink = ByClass | ByValue

_WIDTHS: Final = Path(__file__).parents[1] / "documents" / "pdf" / "templates" / "fonts" / "widths.json"
_LETTER: Final = 0.8  # Arabic, Hebrew… in the widest of the usual faces
_WIDTHLESS: Final = ("Cf", "Mn", "Me")
_UNKNOWN: Final = 1.3  # an emoji; other signs that the face lacks come from narrower ones

Face = Literal["sans-400Regular", "sans-700Bold", "serif-600SemiBold"]


@cache
def _advances(face: Face) -> Mapping[str, float]:
    """Return the width of each character of a face, in em, as written by scripts/build_fonts.py."""
    return {
        sign: int(width) / 1000 for width, signs in orjson.loads(_WIDTHS.read_bytes())[face].items() for sign in signs
    }


@lru_cache(4096)
def text_width(text: str, size: float, *, bold: bool = False, face: Face | None = None) -> float:
    """Return the width of that text at that size, in Grille's sans-serif face or another of its faces.

    >>> text_width("il", 10) < text_width("mm", 10) < text_width("mm", 10, bold=True)
    True
    """
    advances = _advances(face or ("sans-700Bold" if bold else "sans-400Regular"))
    return sum(advances[sign] if sign in advances else _unknown_width(sign) for sign in text) * size


def _unknown_width(sign: str) -> float:
    """Return the width, in em, of a sign of another face; letters other than Chinese, Japanese… are narrower.

    What joins signs or is written over one has no width of its own.
    """
    if unicodedata.category(sign) in _WIDTHLESS:
        return 0
    is_letter = unicodedata.category(sign)[0] == "L" and unicodedata.east_asian_width(sign) not in "WF"
    return _LETTER if is_letter else _UNKNOWN


def fitted(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """Return the text if it fits in that width, else its first words, or letters, and an ellipsis.

    >>> fitted("Faire travailler ensemble", 10, 90)
    'Faire travailler…'
    """
    words = [_shortened(word, 24) for word in text.split(" ")]
    kept = len(words)
    while kept > 1 and text_width(_cut(words, kept), size, bold=bold) > width:
        kept -= 1
    cut = _cut(words, kept)
    while len(cut) > 2 and text_width(cut, size, bold=bold) > width:
        cut = f"{cut.rstrip('…')[:-1]}…"
    return cut


def _cut(words: list[str], kept: int) -> str:
    return " ".join(words[:kept]) + ("…" if kept < len(words) else "")


def wrapped(text: str, letters: int) -> list[str]:
    """Return the text cut at spaces into lines of about ``letters`` characters; at most ten more for one long word.

    >>> wrapped("Faire travailler ensemble", 12)
    ['Faire', 'travailler', 'ensemble']
    """
    words = [_shortened(word, letters + 10) for word in text.split(" ")]
    return list(_lines(words, lambda line: len(line) <= letters))


def wrapped_to(text: str, width: float, size: float, face: Face = "sans-400Regular") -> list[str]:
    """Return the text cut at spaces into lines that fit in that width; a word too long ends with an ellipsis.

    >>> wrapped_to("Faire travailler ensemble", 90, 10)
    ['Faire travailler', 'ensemble']
    """

    def fits(line: str) -> bool:
        return text_width(line, size, face=face) <= width

    return list(_lines([_cut_to(word, fits) for word in text.split(" ")], fits))


def _cut_to(word: str, fits: Callable[[str], bool]) -> str:
    kept = len(word)
    while kept > 1 and not fits(word[:kept] if kept == len(word) else f"{word[:kept]}…"):
        kept -= 1
    return word if kept == len(word) else f"{word[:kept]}…"


def _shortened(word: str, most: int) -> str:
    """Return the word, cut when it is too long, so that it is not drawn over its neighbours."""
    return word if len(word) <= most else f"{word[: most - 1]}…"


def _lines(words: list[str], fits: Callable[[str], bool]) -> Iterator[str]:
    line = words[0]
    for word in words[1:]:
        if fits(f"{line} {word}"):
            line = f"{line} {word}"
        else:
            yield line
            line = word
    yield line
