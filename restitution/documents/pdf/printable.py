"""Restricts texts to the characters of our typefaces; all text that typst prints passes here.

A character that no face has is shown as □ rather than left out, so that readers see that something is missing. No text
that someone typed can prevent a document from being made.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson

FONTS = Path(__file__).parent / "templates" / "fonts"
UNKNOWN = "□"

_WORDS = re.compile("(?<=>)[^<>]*[^\x00-\x7f<>][^<>]*(?=</t)")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d\u2060"
_SELECTORS = "\ufe0e\ufe0f"
# One sign, and what is drawn on it or joined to it: marks, skin tones, joined pictures, the tags of a region's flag.
_CLUSTER = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|.(?:[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d.)*",
    re.DOTALL,
)


def printable(value: Any) -> Any:
    """Return the same JSON value, with every text in it restricted to the characters of our faces.

    >>> printable({"note": ["Réussi", "\\U000e1234"]})
    {'note': ['Réussi', '□']}
    """
    if isinstance(value, str):
        return printable_text(value)
    if isinstance(value, Mapping):
        return {printable(key): printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [printable(inner) for inner in value]
    return value


def printable_text(text: str) -> str:
    """Return the text with □ in place of the characters that no face has, and without invisible ones.

    >>> printable_text("Bravo \\u202eà tous\\x01, 字")
    'Bravo à tous, □'
    """
    if text.isascii() and text.isprintable():
        return text
    plain = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    return "".join(_shown(cluster[0]) for cluster in _CLUSTER.finditer(plain))


def drawable(svg: str) -> str:
    """Return a drawing with □ in place of the characters missing in the sans-serif face.

    Inside drawings typst uses one face only: looking for another, it fails or stops altogether on some pictures. The
    text beside the drawing has these characters.
    """
    return _WORDS.sub(lambda found: "".join(map(_in_sans, _CLUSTER.findall(printable_text(found[0])))), svg)


def _in_sans(cluster: str) -> str:
    return cluster if len(cluster) == 1 and _drawn(cluster) <= _faces()["sans"] else UNKNOWN


@cache
def _faces() -> dict[str, frozenset[int]]:
    """Return the characters of each face."""
    runs = orjson.loads((FONTS / "coverage.json").read_bytes())
    return {face: frozenset(_numbers(signs)) for face, signs in runs.items()}


def _numbers(runs: Iterable[tuple[int, int]]) -> Iterator[int]:
    for first, last in runs:
        yield from range(first, last + 1)


def _shown(cluster: str) -> str:
    """Return a character and its combining marks if one face has them all; else it alone, and □ for each lost."""
    seen = "".join(sign for sign in cluster if not _unseen(sign))
    if _in_one_face(seen):
        return seen
    first, rest = seen[:1], seen[1:].strip(_SELECTORS + _JOINERS)
    alone = first if _in_one_face(first) else UNKNOWN
    return alone if not rest or alone == UNKNOWN else alone + UNKNOWN


def _unseen(sign: str) -> bool:
    """Return whether a character is invisible on paper: control, text direction, lone surrogate."""
    return sign not in f"\n\t{_JOINERS}" and unicodedata.category(sign) in {"Cc", "Cf", "Cs"} and sign not in _tags()


@cache
def _tags() -> frozenset[str]:
    """Return the tag letters of regional flags, which are drawn as one picture."""
    return frozenset(map(chr, range(0xE0020, 0xE0080)))


def _in_one_face(signs: str) -> bool:
    """Return whether one face has all these characters; blanks and joiners are in all of them."""
    return any(_drawn(signs) <= face for face in _faces().values())


def _drawn(signs: str) -> set[int]:
    return {ord(sign) for sign in signs if sign not in f"\n\t {_JOINERS}{_SELECTORS}"}
