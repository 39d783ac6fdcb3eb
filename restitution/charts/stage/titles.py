"""The size of a slide's title: as large as one line allows, else two or three lines."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from restitution.chart_data.radar import Axis
from restitution.charts.markup import text_width, wrapped_to
from restitution.charts.stage.picture import WIDTH

# One line at these sizes, then two lines, then three: all stand in the same 130 pixels of height.
ONE_LINE, TWO_LINES, THREE_LINES = (90, 76, 64, 56), 52, 40


def title_size(title: str, width: float = WIDTH) -> int:
    """Return the size at which a title fits, in pixels of 1920 × 1080.

    >>> title_size("Bravo"), title_size("Connecter, Faciliter et S’ouvrir ont nettement progressé depuis 2025")
    (90, 52)
    """
    for size in ONE_LINE:
        if text_width(title, size, face="serif-600SemiBold") <= width * 0.94:
            return size
    lines = wrapped_to(title, width * 0.94, TWO_LINES, "serif-600SemiBold")
    return TWO_LINES if len(lines) <= 2 else THREE_LINES


def with_families(title: str, axes: Iterable[Axis]) -> Markup:
    """Return a title whose families have their own colour."""
    marked = str(escape(title))
    for axis in axes:
        name = str(escape(axis.title))
        marked = marked.replace(name, f'<em class="{axis.hue}">{name}</em>', 1)
    return Markup(marked)  # noqa: S704  # escaped above
