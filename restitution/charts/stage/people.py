"""Pictograms of people, 40 × 100: they say « somebody », never who; the shapes are dealt at random, always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator

from markupsafe import Markup

from restitution.charts.markup import element

_HEAD = (20, 14)
_LOW_HEAD = (17, 14)
_UPRIGHT = "M5 45a15 15 0 0 1 30 0v22a3.5 3.5 0 0 1-7 0v31h-7V70h-2v28h-7V67a3.5 3.5 0 0 1-7 0z"
_SKIRT = "M9 42a11 11 0 0 1 22 0l6 24a3.3 3.3 0 0 1-6 2l4 14h-7v16h-7V82h-2v16h-7V82H5l4-14a3.3 3.3 0 0 1-6-2z"
_ROBE = "M6 44a14 14 0 0 1 28 0l3 40h-9v14h-7V84h-2v14h-7V84H3z"
_STICK = "M3 45a14 14 0 0 1 28 0v9l6 4.5V98h-4V62l-6-3v39h-8V71h-3v27h-8V68a3 3 0 0 1-5-1z"
_WHEELS = "M10 40h13l2 18h9l4 28h-6l-3-20H14a4 4 0 0 1-4-4zM19 60a19 19 0 1 0 .1 0zm0 6a13 13 0 1 1-.1 0z"
_SHAPES = ((_HEAD, _UPRIGHT), (_HEAD, _SKIRT), (_HEAD, _ROBE), (_LOW_HEAD, _STICK), ((17, 24), _WHEELS))
_SHARES = (6, 5, 4, 1, 1)
SHAPES = len(_SHAPES)


def definitions(ident: str, size: float = 1.0) -> Markup:
    """Return the shapes of a picture, to be placed with ``person``; ``ident`` tells them from those of another."""
    return element("defs", *(_shape(place, ident, size) for place in range(SHAPES)))


def _shape(place: int, ident: str, size: float) -> Markup:
    (x, y), path = _SHAPES[place]
    knot = (element("circle", cx=31, cy=7, r=5),) if place == SHAPES - 3 else ()
    body = element("path", d=path, fill_rule="evenodd")
    head = element("circle", cx=x, cy=y, r=11.5)
    return element("g", head, *knot, body, id=f"{ident}-{place}", transform=f"scale({size:g})")


def person(ident: str, shape: int, x: float = 0, y: float = 0) -> Markup:
    """Return one person, whose upper left corner is there."""
    return element("use", href=f"#{ident}-{shape}", x=x, y=y)


def dealt(seed: int) -> Iterator[int]:
    """Yield shapes without end, as chance deals them from that seed."""
    chance = random.Random(seed)  # noqa: S311  # a picture, no secret
    while True:
        yield chance.choices(range(SHAPES), _SHARES)[0]
