"""The drawings of a report as SVG files to set in a page: colours written in, one face, no title of their own."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from restitution.colleges import PAGE as PANEL
from restitution.colleges import CollegesOnFamily, PanelDrawing
from restitution.documents.printable import drawable
from restitution.labels import PAGE as RADAR
from restitution.markup import ByValue, element
from restitution.radar import Radar
from restitution.slope import PAGE as SLOPE
from restitution.slope import Slope, SlopeDrawing
from restitution.svg import Drawing

_FACE = "Atkinson Hyperlegible Next"


def radar_picture(radar: Radar) -> str:
    """The radar, its words around it."""
    drawing = Drawing(radar, RADAR, ByValue())
    height = drawing.bottom - drawing.top
    return _svg(drawing.layers(), RADAR.width, height, left=-RADAR.width / 2, top=drawing.top)


def slope_picture(slope: Slope) -> str:
    """The families from wave to wave."""
    return _svg(SlopeDrawing(slope, SLOPE, ByValue()).layers(), SLOPE.width, SLOPE.height)


def panel_picture(panel: CollegesOnFamily) -> str:
    """The colleges on one family."""
    drawing = PanelDrawing(panel, PANEL, ByValue())
    return _svg(drawing.layers(), PANEL.width, drawing.height)


def _svg(layers: Iterable[Markup], width: float, height: float, *, left: float = 0, top: float = 0) -> str:
    frame = {"viewBox": f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}", "width": width, "height": height}
    return drawable(element("svg", *layers, xmlns="http://www.w3.org/2000/svg", **frame, font_family=_FACE))
