"""A moment to celebrate: the levels as stairs, where people stood and where they stand now."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from grille import Level
from restitution.charts.markup import element, wrapped_to
from restitution.charts.stage import people
from restitution.charts.stage.picture import INK, picture, words
from restitution.text.language import gettext as _
from restitution.text.numbers import level_text

WIDTH, HEIGHT = 1280, 1080
FIRST, LAST, CEILING = 956, 596, 330
# The words of the slide that stand over the picture, on its left: nothing is thrown there.
SAID = (640, 600)
PENNANTS, SPANS, DIP = 7, 4, 64
HUES = 5
CHEERING = "fete"


@dataclass(frozen=True)
class Climb:
    """From which level to which, by their places among the levels, with the years and the scores as printed."""

    start: int
    end: int
    years: tuple[str, str]
    scores: tuple[str, str]
    hue: str


def stairs(climb: Climb, levels: Sequence[Level], *, ident: str) -> Markup:
    """Return the stairs, with people on the step of each year."""
    drawing = Stairs(climb, levels)
    ends = {"before": levels[climb.start].label, "after": levels[climb.end].label}
    title = _("De «\u00a0%(before)s\u00a0» à «\u00a0%(after)s\u00a0»", **ends)
    layers = (people.definitions(CHEERING), *drawing.layers())
    return picture(title, layers, HEIGHT, ident=ident, width=WIDTH)


def bunting(hues: Sequence[str], *, width: int = 1920) -> Markup:
    """Return pennants in the colours of the families, hung along the top of a slide."""
    shapes = [shape for span in range(SPANS) for shape in _garland(span, width / SPANS, hues)]
    view = {"class_": "bunting", "viewBox": f"0 0 {width} 160", "aria_hidden": "true"}
    return element("svg", *shapes, **view)


def _garland(span: int, width: float, hues: Sequence[str]) -> Iterator[Markup]:
    left, top = span * width, 16
    rope = f"M{left:.0f} {top}Q{left + width / 2:.0f} {top + 2 * DIP} {left + width:.0f} {top}"
    yield element("path", d=rope, stroke_width=3, **INK.stroke("ink"))
    for place in range(PENNANTS):
        (a, b), (c, d) = (_hung(left, width, (place + share) / PENNANTS) for share in (0.14, 0.86))
        hue = hues[(span * PENNANTS + place) % len(hues)]
        shape = f"M{a:.0f} {b:.0f}L{c:.0f} {d:.0f}L{(a + c) / 2:.0f} {(b + d) / 2 + 72:.0f}z"
        yield element("path", d=shape, **INK.fill(hue))


def _hung(left: float, width: float, share: float) -> tuple[float, float]:
    return left + width * share, 16 + 4 * DIP * share * (1 - share)


class Stairs:
    """The layout of the steps."""

    def __init__(self, climb: Climb, levels: Sequence[Level]) -> None:
        self.climb, self.levels = climb, levels
        weights = [self._weight(place) for place in range(len(levels))]
        self.widths = [WIDTH * one / sum(weights) for one in weights]
        self.left = [0.0, *accumulate(self.widths)]
        first, steps = self._first(), max(len(levels) - 1, 1)
        self.treads = [first - (first - LAST) * place / steps for place in range(len(levels))]

    def _first(self) -> float:
        """Return the height of the lowest step: such that the words of none leave the picture."""
        steps = max(len(self.levels) - 1, 1)
        heights = [HEIGHT - self._depth(place) for place in range(len(self.levels))]
        # A step at a share of the way up from the lowest to the last stands at first + share × (LAST − first).
        shares = [place / steps for place in range(len(self.levels))]
        lowest = [
            (height - share * LAST) / (1 - share) for height, share in zip(heights, shares, strict=True) if share < 1
        ]
        return min([FIRST, *lowest])

    def _depth(self, place: int) -> float:
        """Return how far under its step the words of a level go."""
        now, then = place == self.climb.end, place == self.climb.start
        size, above = (46, 94 + 62) if now else (36, 66 + 54) if then else (36, 58)
        lines = len(self._label(place, size)) - (not (now or then))
        return above + lines * size * 1.12 + (12 if now or then else 0) + 14

    def _weight(self, place: int) -> float:
        if place == self.climb.end:
            return 2.1
        return 1.45 if place == self.climb.start else 1.0

    def middle(self, place: int) -> float:
        """Return the middle of a step."""
        return self.left[place] + self.widths[place] / 2

    def layers(self) -> Iterator[Markup]:
        """Yield the steps, the people, and what is thrown in the air."""
        yield from (self._step(place) for place in range(len(self.levels)))
        if self.climb.start != self.climb.end:
            yield self._those_of_before()
        yield from self._thrown()
        yield from self._those_of_now()

    def _step(self, place: int) -> Markup:
        top, left, width = self.treads[place], self.left[place], self.widths[place]
        strength = {self.climb.end: "0.3", self.climb.start: "0.17"}.get(place, "0.09")
        body = {"x": left, "y": top, "width": width + 1, "height": HEIGHT - top, "fill_opacity": strength}
        edge = {"x": left, "y": top, "width": width + 1, "height": 8}
        hue = INK.fill(self.climb.hue)
        return element("g", element("rect", **body, **hue), element("rect", **edge, **hue), *self._said(place))

    def _said(self, place: int) -> Iterator[Markup]:
        now, then = place == self.climb.end, place == self.climb.start
        x, y = self.middle(place), self.treads[place] + 58
        middle: dict[str, object] = {"text_anchor": "middle"}
        if now or then:
            size = 92 if now else 56
            y = self.treads[place] + (94 if now else 66)
            yield words(self.climb.years[1 if now else 0], x, y, size, font_weight=700 if now else None, **middle)
            y += 62 if now else 54
        size, weight = (46, 700) if now else (36, None)
        for line in self._label(place, size):
            yield words(line, x, y, size, font_weight=weight, **middle)
            y += size * 1.12
        if now or then:
            yield words(self.climb.scores[1 if now else 0], x, y + 12, 46 if now else 38, **middle)

    def _label(self, place: int, size: float) -> list[str]:
        lines = wrapped_to(self.levels[place].label, self.widths[place] - 12, size)
        too_long = len(lines) > 3 or any(line.endswith("…") for line in lines)
        return [level_text(self.levels[place].value)] if too_long else lines

    def _those_of_before(self) -> Markup:
        x, y = self.middle(self.climb.start), self.treads[self.climb.start]
        shapes = [people.person(CHEERING, shape, dx / 1.58) for shape, dx in ((1, 0), (0, 76))]
        place = f"translate({x - 72:.0f} {y - 158:.0f}) scale(1.58)"
        outline = {"stroke_width": 3, "stroke_dasharray": "6 4"}
        return element("g", *shapes, transform=place, **outline, **INK.stroke(self.climb.hue, "paper"))

    def _those_of_now(self) -> Iterator[Markup]:
        x, y = self.middle(self.climb.end), self.treads[self.climb.end]
        for shape, arms, dx in ((0, 1, -204), (2, 2, -122), (4, 0, -38), (3, 0, 34), (1, 3, 122)):
            place = f"translate({x + dx:.0f} {y - 192:.0f}) scale(1.94)"
            raised = [element("path", d=_ARMS[side]) for side in (1, 2) if arms & side]
            line = {"stroke_width": 7.5, "stroke_linecap": "round"}
            up = element("g", *raised, **line, **INK.stroke(self.climb.hue))
            yield element("g", people.person(CHEERING, shape), up, transform=place, **INK.fill(self.climb.hue))

    def _thrown(self) -> Iterator[Markup]:
        """Yield paper dots in the air above the people, never on one another nor on a step."""
        chance, thrown = random.Random(21), list[tuple[float, float]]()  # noqa: S311  # a picture
        centre, floor = self.middle(self.climb.end), self.treads[self.climb.end] - 212
        for _try in range(420):
            x, y = chance.uniform(centre - 280, centre + 280), chance.uniform(floor - 170, floor)
            under = [self.treads[i] for i in range(len(self.levels)) if self.left[i] - 20 < x < self.left[i + 1] + 20]
            free = all((x - a) ** 2 + (y - b) ** 2 > 46**2 for a, b in thrown)
            over_words = x < SAID[0] and y < SAID[1]
            if free and not over_words and CEILING < y < min(under, default=0) - 30 and 12 < x < WIDTH - 12:
                thrown.append((x, y))
                yield element(
                    "circle", cx=x, cy=y, r=chance.uniform(8, 13), **INK.fill(f"hue-{len(thrown) % HUES + 1}")
                )


_ARMS = {1: "M9 46L-7 14", 2: "M31 46L47 14"}
