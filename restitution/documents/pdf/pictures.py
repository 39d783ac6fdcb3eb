"""The drawings of a report as SVG for typst: literal colours, one face, no title inside."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from restitution.chart_data.radar import Radar
from restitution.chart_data.slope import Slope
from restitution.charts.colleges_chart import PAGE as PANEL
from restitution.charts.colleges_chart import PanelDrawing
from restitution.charts.markup import ByValue, element
from restitution.charts.radar_chart import drawing_of
from restitution.charts.radar_labels import PAGE as RADAR
from restitution.charts.slope_chart import PAGE as SLOPE
from restitution.charts.slope_chart import SlopeDrawing
from restitution.documents.pdf.printable import drawable
from restitution.findings.profile.college_gaps import CollegesOnFamily

_FACE = "Atkinson Hyperlegible Next"


def radar_picture(radar: Radar) -> str:
    """Return the radar with its labels."""
    drawing = drawing_of(radar, RADAR, ByValue())
    height = drawing.bottom - drawing.top
    return _svg(drawing.layers(), RADAR.width, height, left=-RADAR.width / 2, top=drawing.top)


def slope_picture(slope: Slope) -> str:
    """Return the families from campaign to campaign."""
    return _svg(SlopeDrawing(slope, SLOPE, ByValue()).layers(), SLOPE.width, SLOPE.height)


def panel_picture(panel: CollegesOnFamily) -> str:
    """Return the colleges on one family."""
    drawing = PanelDrawing(panel, PANEL, ByValue())
    return _svg(drawing.layers(), PANEL.width, drawing.height)


def _svg(layers: Iterable[Markup], width: float, height: float, *, left: float = 0, top: float = 0) -> str:
    frame = {"viewBox": f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}", "width": width, "height": height}
    return drawable(element("svg", *layers, xmlns="http://www.w3.org/2000/svg", **frame, font_family=_FACE))
