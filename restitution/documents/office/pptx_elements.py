"""The elements of a slide: boxes, words, tables, charts, and how each is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Inches, Length, Pt

from restitution.chart_data.colours import LIGHT
from restitution.charts.markup import xml_text

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.65
HEADINGS, BODY = "Georgia", "Arial"
THEME = {
    "ink": "dk1",
    "paper": "lt1",
    "soft": "dk2",
    "line": "lt2",
    **{f"hue-{position}": f"accent{position}" for position in range(1, 7)},
    "year-before": "hlink",
    "year-first": "folHlink",
}
"""The colours of the theme that Grille's stand in: who changes one there changes it on every slide."""
_SLOTS = {
    "dk1": MSO_THEME_COLOR.TEXT_1,
    "lt1": MSO_THEME_COLOR.BACKGROUND_1,
    "dk2": MSO_THEME_COLOR.TEXT_2,
    "lt2": MSO_THEME_COLOR.BACKGROUND_2,
    **{f"accent{position}": getattr(MSO_THEME_COLOR, f"ACCENT_{position}") for position in range(1, 7)},
    "hlink": MSO_THEME_COLOR.HYPERLINK,
    "folHlink": MSO_THEME_COLOR.FOLLOWED_HYPERLINK,
}
_SAME = {"year-now": "ink"}


@dataclass(frozen=True)
class SlideBox:
    """A rectangle on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        """The same in EMU, the unit of the file."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


BODY_BOX = SlideBox(MARGIN, 1.75, WIDTH - 2 * MARGIN, 4.95)


@dataclass(frozen=True)
class Words:
    """A paragraph, with its size in points and the name of its colour; ``numbered``: of a list that counts itself."""

    text: str
    size: float = 20
    colour: str = "ink"
    bold: bool = False
    bullet: bool = False
    numbered: bool = False


@dataclass(frozen=True)
class TableCell:
    """A table cell: its text, and the strength (0 to 1) of the colour behind it.

    ``points`` is its own size; 0: that of its table.
    """

    text: str
    bold: bool = False
    colour: str = "ink"
    tint: tuple[str, float] | None = None
    centred: bool = False
    small: bool = False
    points: float = 0

    def size_in(self, size: float) -> float:
        """Return the size of its text in a table of that size."""
        return self.points or (size * 0.8 if self.small else size)


@dataclass(frozen=True)
class ChartSeries:
    """A series of a chart, and the look of its line, points or bars."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    marker: Any = None
    dash: Any = MSO_LINE.SOLID
    width: float = 3
    hollow: bool = False
    line: bool = True


@dataclass(frozen=True)
class ChartLook:
    """The scale of a chart: its ends, the step between its lines, the format of its numbers."""

    low: float
    high: float
    step: float = 1
    numbers: str = "0"
    font: float = 16
    legend: bool = True
    labels: bool = False


def paint(target: Any, name: str, strength: float = 1) -> None:
    """Give a colour of Grille to a text, a line or a fill: that of the theme where it stands there.

    ``strength`` mixes it with what is behind: 0 is nothing of it, 1 is the colour.
    """
    if slot := THEME.get(_SAME.get(name, name)):
        target.theme_color = _SLOTS[slot]
        if strength < 1:  # seen through: what PowerPoint calls lighter is another colour
            etree.SubElement(target._color._xClr, qn("a:alpha")).set("val", str(round(strength * 100_000)))
    else:
        target.rgb = tinted(name, strength)


def tinted(name: str, strength: float) -> Any:
    """Return a colour mixed with white: 0 is white, 1 is the colour.

    >>> str(tinted("hue-1", 0)), str(tinted("hue-1", 1))
    ('FFFFFF', '1D4F91')
    """
    parts = (int(LIGHT[name][i : i + 2], 16) for i in (1, 3, 5))
    untyped: Any = RGBColor
    return untyped(*(round(255 - (255 - part) * strength) for part in parts))


def _new_data(numbers: str) -> Any:
    untyped: Any = CategoryChartData
    return untyped(number_format=numbers)


def _describe(shape: Any, alt: str) -> None:
    next(shape._element.iter(qn("p:cNvPr"))).set("descr", xml_text(alt))


def _write(paragraph: Any, words: Words) -> None:
    run = paragraph.add_run()
    text = xml_text(words.text)
    run.text = f"•\u00a0{text}" if words.bullet else text
    run.font.size, run.font.bold = Pt(words.size), words.bold
    paint(run.font.color, words.colour)
    paragraph.space_after = Pt(words.size * (0.8 if words.numbered else 0.4))
    if words.numbered:
        _number(paragraph, words.size)


def _number(paragraph: Any, size: float) -> None:
    """Have PowerPoint number the paragraph, in the colour of a first family."""
    style = paragraph._p.get_or_add_pPr()
    style.set("marL", str(Pt(size * 1.6)))
    style.set("indent", str(-Pt(size * 1.6)))
    colour = etree.SubElement(style, qn("a:buClr"))
    etree.SubElement(colour, qn("a:schemeClr")).set("val", "accent1")
    etree.SubElement(style, qn("a:buFont")).set("typeface", "+mj-lt")
    etree.SubElement(style, qn("a:buAutoNum")).set("type", "arabicPlain")


def _fill(cell: Any, content: TableCell, size: float, *, header: bool) -> None:
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left, cell.margin_right, cell.margin_top, cell.margin_bottom = (
        Inches(x) for x in (0.08, 0.08, 0.03, 0.03)
    )
    paragraph = cell.text_frame.paragraphs[0]
    points = content.size_in(size)
    _write(paragraph, Words(content.text, points, "soft" if header else content.colour, content.bold or header))
    paragraph.space_after = Pt(0)
    if content.centred:
        paragraph._p.get_or_add_pPr().set("algn", "ctr")
    if content.tint:
        cell.fill.solid()
        paint(cell.fill.fore_color, *content.tint)
    else:
        cell.fill.background()
    _underlined(cell)


def _underlined(cell: Any) -> None:
    """Add a thin line under the cell, before its fill as the schema requires."""
    properties = cell._tc.get_or_add_tcPr()
    line = etree.Element(qn("a:lnB"), w="9525")
    etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:schemeClr")).set("val", "bg2")
    properties.insert(0, line)


def _dress(chart: Any, look: ChartLook) -> None:
    chart.font.size = Pt(look.font)
    paint(chart.font.color, "ink")
    chart.has_title = False
    chart.has_legend = look.legend
    if look.legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size = Pt(look.font)
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = look.low, look.high, look.step
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = look.numbers, False
    axis.tick_labels.font.size = Pt(look.font * 0.85)
    paint(axis.tick_labels.font.color, "soft")
    paint(axis.major_gridlines.format.line.color, "line")
    paint(axis.format.line.color, "line")
    paint(chart.category_axis.format.line.color, "line")


def _draw(plotted: Any, one: ChartSeries, look: ChartLook) -> None:
    if one.marker is None:
        plotted.format.fill.solid()
        paint(plotted.format.fill.fore_color, one.colour)
    else:
        _draw_line(plotted, one)
    if look.labels:
        labels = plotted.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, look.numbers, False
        labels.font.size, labels.font.bold = Pt(look.font), True


def _draw_line(plotted: Any, one: ChartSeries) -> None:
    line = plotted.format.line
    if one.line:
        paint(line.color, one.colour)
        line.width, line.dash_style = Pt(one.width), one.dash
    else:
        line.fill.background()
    if hasattr(plotted, "smooth"):
        plotted.smooth = False
    marker = plotted.marker
    marker.style, marker.size = one.marker, 13
    marker.format.fill.solid()
    paint(marker.format.fill.fore_color, "paper" if one.hollow else one.colour)
    paint(marker.format.line.color, one.colour)
    marker.format.line.width = Pt(2.5 if one.hollow else 0.75)
