"""The frame of every picture of a slide, and its words: as large as they fit, never under 36 px."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from restitution.charts.markup import ByClass, element, text_lines, text_width, titled_svg, wrapped_to

INK = ByClass()
WIDTH = 1728
SMALLEST = 36
# A number over the lines of a picture: the paper shows around its letters.
HALO = {"stroke_width": 9, "paint_order": "stroke", "class_": "stroke-card fill-ink halo"}
# How much larger the marks and the words of a picture are when it has one, two or three rows.
FEW = {1: 1.9, 2: 1.6, 3: 1.25}


def picture(title: str, layers: Iterable[Markup], height: float, *, ident: str, width: float = WIDTH) -> Markup:
    """Return the picture of a slide, which is read aloud by its title."""
    return titled_svg(title, layers, ident=ident, class_="chart", viewBox=f"0 0 {width} {height}")


def words(text: str, x: float, y: float, size: float = SMALLEST, colour: str = "ink", /, **style: object) -> Markup:
    """Return a text of a picture."""
    return element("text", text, x=x, y=y, font_size=size, **style, **INK.fill(colour))


def spread(*layers: Markup, top: int) -> Markup:
    """Return the part of a picture, below ``top``, that a screen higher than 16:9 draws higher (``screens.css``)."""
    return element("g", *layers, class_=f"spread from-{top}")


def still(*layers: Markup) -> Markup:
    """Return what keeps its shape in a part that is drawn higher: words, marks."""
    return element("g", *layers, class_="still")


def stacked(
    lines: Iterable[str],
    x: float,
    y: float,
    step: float,
    size: float = SMALLEST,
    colour: str = "ink",
    /,
    **style: object,
) -> Iterator[Markup]:
    """Yield the lines of a text, the baseline of the first at ``y``."""
    return text_lines(lines, x, y, step, font_size=size, **style, **INK.fill(colour))


def shortened(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return the text, cut at a letter with an ellipsis where it is wider than that.

    >>> shortened("Coopérer", 1000, 36), shortened("Faire travailler ensemble", 220, 36)
    ('Coopérer', 'Faire travail…')
    """
    if text_width(text, size, bold=bold) <= width:
        return text
    kept = len(text)
    while kept > 1 and text_width(f"{text[:kept].rstrip()}…", size, bold=bold) > width:
        kept -= 1
    return f"{text[:kept].rstrip()}…"


def named(text: str, width: float, *, lines: int = 2, sizes: Sequence[float] = (52, 44, 38)) -> tuple[float, list[str]]:
    """Return the size and the lines of a name: as large as it fits, at most so many lines, then an ellipsis."""
    for size in sizes:
        found = wrapped_to(text, width, size, "sans-700Bold")
        if len(found) <= (1 if size == sizes[0] else lines) and not any(line.endswith("…") for line in found):
            return size, found
    *before, _last = wrapped_to(text, width, sizes[-1], "sans-700Bold")[:lines]
    rest = text.removeprefix(" ".join(before)).strip()
    return sizes[-1], [*before, shortened(rest, width, sizes[-1], bold=True)]


def common_size(texts: Sequence[str], width: float, *, lines: int = 2, sizes: Sequence[float] = (52, 44, 38)) -> float:
    """Return the size at which all of these names stand in that width."""
    return min((named(text, width, lines=lines, sizes=sizes)[0] for text in texts), default=sizes[0])
