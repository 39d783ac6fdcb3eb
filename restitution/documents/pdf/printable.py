"""Text restricted to the characters of our typefaces; all text set by typst passes here.

A character that none of our faces has is shown as □ rather than left out, so that readers know that something stood
there; and no text that someone typed, however odd, prevents a document from being made.
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
    """The signs of each face."""
    runs = orjson.loads((FONTS / "coverage.json").read_bytes())
    return {face: frozenset(_numbers(signs)) for face, signs in runs.items()}


def _numbers(runs: Iterable[tuple[int, int]]) -> Iterator[int]:
    for first, last in runs:
        yield from range(first, last + 1)


def _shown(cluster: str) -> str:
    """A sign with what belongs to it as one face has them all; else the sign alone, and □ for what is lost."""
    seen = "".join(sign for sign in cluster if not _unseen(sign))
    if _in_one_face(seen):
        return seen
    first, rest = seen[:1], seen[1:].strip(_SELECTORS + _JOINERS)
    alone = first if _in_one_face(first) else UNKNOWN
    return alone if not rest or alone == UNKNOWN else alone + UNKNOWN


def _unseen(sign: str) -> bool:
    """Whether a sign draws nothing and means nothing on paper: controls, marks of direction, halves of a pair."""
    return sign not in f"\n\t{_JOINERS}" and unicodedata.category(sign) in {"Cc", "Cf", "Cs"} and sign not in _tags()


@cache
def _tags() -> frozenset[str]:
    """The letters of flags of regions, which are drawn as one picture."""
    return frozenset(map(chr, range(0xE0020, 0xE0080)))


def _in_one_face(signs: str) -> bool:
    """Whether one face has all those signs; blanks and joiners are everywhere."""
    return any(_drawn(signs) <= face for face in _faces().values())


def _drawn(signs: str) -> set[int]:
    return {ord(sign) for sign in signs if sign not in f"\n\t {_JOINERS}{_SELECTORS}"}
