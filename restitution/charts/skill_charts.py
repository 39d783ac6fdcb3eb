"""Small charts of one skill as SVG: its distribution, its strip of colleges, its gauge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from grille import Level
from restitution.charts.markup import ByClass, element
from restitution.findings.profile.skills import SkillCell, SkillView
from restitution.text.numbers import level_text

_WIDTH, _HEIGHT = 100.0, 8.0


def gauge(value: float, levels: tuple[Level, ...], hue: str) -> Markup:
    """Return a short bar from the lowest level to the score, with a tick per level; decorative, beside the words."""
    ink, low, high = ByClass(), levels[0].value, levels[-1].value
    across = [(level.value - low) / (high - low) * _WIDTH for level in levels]
    ticks = (element("line", x1=x, x2=x, y1=0, y2=_HEIGHT, stroke_width=1, **ink.stroke("card")) for x in across[1:-1])
    size = {"y": 0, "height": _HEIGHT, "rx": 3}
    rail = element("rect", x=0, width=_WIDTH, **size, **ink.fill("line"))
    bar = element("rect", x=0, width=max((value - low) / (high - low) * _WIDTH, 2.0), **size, **ink.fill(hue))
    shown = {"class_": "gauge", "viewBox": f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}", "preserveAspectRatio": "none"}
    return element("svg", rail, bar, *ticks, **shown, aria_hidden="true")


_W, _H = 260.0, 20.0


def distribution_bar(cell: SkillCell, levels: tuple[Level, ...], colour: str) -> Markup:
    """Return how many people chose each level as a bar, lowest on the left; in full for screen readers.

    Empty for a small cell, whose distribution is not shown.
    """
    if not cell.distribution:
        return Markup()
    total = sum(cell.distribution)
    said = ", ".join(f"{level.label} {count}" for level, count in zip(levels, cell.distribution, strict=True))
    parts, left = [element("title", said)], 0.0
    for rank, count in enumerate(cell.distribution):
        if count:
            width = _W * count / total
            parts += _segment(left, width, rank / (len(levels) - 1), str(count), colour)
            left += width
    return element(
        "svg", *parts, class_="distribution", viewBox=f"0 0 {_W:.0f} {_H:.0f}", role="img", preserveAspectRatio="none"
    )


def _segment(left: float, width: float, rank: float, count: str, colour: str) -> Iterator[Markup]:
    ink = ByClass()
    box = {"x": left + 0.5, "y": 0, "width": max(width - 1, 0.5), "height": _H}
    yield element("rect", **box, fill_opacity=f"{0.12 + 0.88 * rank:.2f}", **ink.fill(colour))
    if width > 12:
        place = {"x": left + width / 2, "y": 14, "font_size": 12, "text_anchor": "middle", "font_weight": 600}
        yield element("text", count, **place, **ink.fill("on-hue" if rank > 0.5 else "ink"))


WIDTH, _BELOW, _DOT, _MARGIN = 320.0, 30.0, 11.0, 14.0


def strip(view: SkillView, colour: str) -> Markup:
    """Return the colleges of one skill as lettered dots along the levels; overlapping dots are stacked."""
    places = {level.value: _across(level.value, view.levels) for level in view.levels}
    spots = _stacked([_across(cell.mean, view.levels) for cell in view.published if cell.mean is not None])
    middle = _DOT + 3 + max((row for _x, row in spots), default=0) * _DOT * 2
    said = ", ".join(f"{cell.label} {cell.score}" for cell in view.published)
    dots = (
        _dot(cell, at, middle - row * _DOT * 2, colour) for cell, (at, row) in zip(view.published, spots, strict=True)
    )
    shown = {"class_": "strip", "viewBox": f"0 0 {WIDTH:.0f} {middle + _BELOW:.0f}", "role": "img"}
    return element("svg", element("title", said), *_track(places, middle), *dots, **shown)


def _across(value: float, levels: tuple[Level, ...]) -> float:
    low, high = levels[0].value, levels[-1].value
    return _MARGIN + (value - low) / (high - low) * (WIDTH - 2 * _MARGIN)


def _track(places: Mapping[int, float], y: float) -> Iterator[Markup]:
    ink, lefts = ByClass(), list(places.values())
    yield element("line", x1=lefts[0], x2=lefts[-1], y1=y, y2=y, stroke_width=2, **ink.stroke("line"))
    for value, x in places.items():
        yield element("line", x1=x, x2=x, y1=y - 6, y2=y + 6, stroke_width=2, **ink.stroke("line"))
        number = {"x": x, "y": y + _DOT + 15, "font_size": 12, "text_anchor": "middle"}
        yield element("text", level_text(value), **number, **ink.fill("soft"))


def _stacked(wanted: list[float]) -> list[tuple[float, int]]:
    """Return each dot's horizontal position and its row: the lowest (from 0) where it touches no other."""
    placed: dict[int, tuple[float, int]] = {}
    for index in sorted(range(len(wanted)), key=lambda i: wanted[i]):
        taken = {row for at, row in placed.values() if abs(at - wanted[index]) < _DOT * 2}
        placed[index] = (wanted[index], next(row for row in range(len(wanted)) if row not in taken))
    return [placed[index] for index in range(len(wanted))]


def _dot(cell: SkillCell, x: float, y: float, colour: str) -> Markup:
    ink = ByClass()
    circle = element("circle", cx=x, cy=y, r=_DOT, **ink.fill(colour))
    letters = {"x": x, "y": y + 4, "font_size": 11, "font_weight": 700, "text_anchor": "middle"}
    return element("g", circle, element("text", cell.badge, **letters, **ink.fill("on-hue")))
