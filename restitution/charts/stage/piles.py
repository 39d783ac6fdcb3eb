"""What a room chose: one dot, one choice or one point; two abreast when there are many, else a bar."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from restitution.charts.markup import element

MOST_ALONE, MOST_DOTS = 12, 60
LARGEST = 84


def pile(count: int, most: int) -> Markup:
    """Return that many dots, one over the other, as high as they need; ``most`` is the highest pile beside it."""
    return _picture(count, most, length=490, across=200, upright=True)


def row(count: int, most: int, *, length: int = 1000) -> Markup:
    """Return that many dots, one after the other, as long as they need; ``most`` is the longest row beside it."""
    return _picture(count, most, length=length, across=84, upright=False)


def _picture(count: int, most: int, *, length: int, across: int, upright: bool) -> Markup:
    if not count:
        return Markup("")
    abreast = 1 if most <= MOST_ALONE else 2
    step = min(LARGEST, across / abreast, length / -(-most // abreast))
    dotted = most <= MOST_DOTS
    used = round(-(-count // abreast) * step if dotted else max(length * count / most, 4))
    shapes = _dots(count, abreast, step, across) if dotted else _bar(used, across)
    width, height = (across, used) if upright else (used, across)
    turned = {"transform": f"translate(0 {used}) rotate(-90)"} if upright else {}
    drawn = element("g", *shapes, class_="fill-hue", **turned)
    sides = {"width": f"{width / 16:g}rem", "height": f"{height / 16:g}rem"}
    return element("svg", drawn, class_="dots", viewBox=f"0 0 {width} {height}", aria_hidden="true", **sides)


def _dots(count: int, abreast: int, step: float, across: int) -> Iterator[Markup]:
    """Along the x axis, from 0."""
    for number in range(count):
        along, beside = divmod(number, abreast)
        x, y = (along + 0.5) * step, across / 2 + (beside - (abreast - 1) / 2) * step
        yield element("circle", cx=round(x, 1), cy=round(y, 1), r=round(step * 0.46, 1))


def _bar(used: int, across: int) -> Iterator[Markup]:
    yield element("rect", y=round(across * 0.2), width=used, height=round(across * 0.6))
