"""A blank deck and its slides: words, tables and charts that stay editable, each with its alternative text.

Knows python-pptx, sizes and colours.
Ignores the content.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.serialized import PackageWriter, _PhysPkgWriter
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from restitution.chart_data.colours import HUES, LIGHT, hue
from restitution.charts.markup import xml_text
from restitution.documents.office.fitting import TABLE_BOTTOM, fitted_table, fitted_title, fitted_words
from restitution.documents.office.pptx_elements import (
    BODY,
    HEADINGS,
    HEIGHT,
    MARGIN,
    WIDTH,
    ChartLook,
    ChartSeries,
    SlideBox,
    TableCell,
    Words,
    _describe,
    _draw,
    _dress,
    _fill,
    _new_data,
    _write,
    colour,
)
from restitution.documents.open_data.repeatable_files import office_file
from restitution.documents.open_data.spreadsheet_safety import escaped_for_spreadsheets
from restitution.text.language import gettext as _

_TITLE_ONLY = 5
_TITLE_HEIGHT = 1.15
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class _Parts(_PhysPkgWriter):
    """Collects the parts of a file from the library."""

    def __init__(self) -> None:
        self.files: list[tuple[str, bytes]] = []

    def write(self, place: Any, content: bytes) -> None:
        """Add a part."""
        self.files.append((place.membername, content))


class Deck:
    """A 16:9 deck in the style of Grille; ``footer`` is written on every slide."""

    def __init__(self, title: str, footer: str) -> None:
        self._file, self._footer, self._count = Presentation(), footer, 0
        self._file.slide_width, self._file.slide_height = Inches(WIDTH), Inches(HEIGHT)
        self._file.core_properties.title = xml_text(title)[:255]
        self._file.core_properties.language = "fr-FR"
        self._file.core_properties.author = ""
        self._layout = self._file.slide_layouts[_TITLE_ONLY]
        self._theme()
        self._titles()

    def slide(self, title: str, notes: str) -> Canvas:
        """Add a slide. The title is a sentence; the notes say everything that the slide shows."""
        self._count += 1
        slide = self._file.slides.add_slide(self._layout)
        shown, size = fitted_title(title, WIDTH - 2 * MARGIN, _TITLE_HEIGHT)
        slide.shapes.title.text = xml_text(shown)
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
        slide.notes_slide.notes_text_frame.text = xml_text(notes)
        canvas = Canvas(slide)
        canvas.words(SlideBox(MARGIN, 6.92, WIDTH - 2 * MARGIN - 0.8, 0.4), [Words(self._footer, 12, "soft")])
        canvas.words(
            SlideBox(WIDTH - MARGIN - 0.8, 6.92, 0.8, 0.4), [Words(str(self._count), 12, "soft")], align_right=True
        )
        _number_field(slide.shapes[-1])
        return canvas

    def content(self, made: date) -> bytes:
        """Return the file, the same bytes for the same day."""
        moment = datetime(made.year, made.month, made.day)  # noqa: DTZ001  # the format knows no zone
        self._file.core_properties.created = self._file.core_properties.modified = moment
        for slide in self._file.slides:
            _in_french(slide._element)
            _in_french(slide.notes_slide._element)
        return office_file(self._parts(), made)

    def _parts(self) -> list[tuple[str, bytes]]:
        """Return the parts that the library would write; its own zip file would hold the current time."""
        package, parts = self._file.part.package, _Parts()
        writer = PackageWriter(io.BytesIO(), package._rels, tuple(package.iter_parts()))
        writer._write_content_types_stream(parts)
        writer._write_pkg_rels(parts)
        writer._write_parts(parts)
        return parts.files

    def _theme(self) -> None:
        """Set Grille's fonts and colours in the theme, so that later additions look the same."""
        part = self._file.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        theme = etree.fromstring(part.blob)  # the library's own template
        for family, face in (("majorFont", HEADINGS), ("minorFont", BODY)):
            theme.find(f".//{_DRAWING}{family}/{_DRAWING}latin").set("typeface", face)
        for position in range(min(6, HUES)):
            _set_theme_colour(theme, f"accent{position + 1}", LIGHT[hue(position)])
        _set_theme_colour(theme, "dk1", LIGHT["ink"])
        part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _titles(self) -> None:
        holders: tuple[Any, ...] = (self._file.slide_master, self._layout)
        for holder in holders:
            for shape in list(holder.placeholders):
                if shape.placeholder_format.type.name in {"DATE", "FOOTER", "SLIDE_NUMBER"}:
                    shape._element.getparent().remove(shape._element)
            title = next(shape for shape in holder.placeholders if "TITLE" in shape.placeholder_format.type.name)
            title.left, title.top, title.width, title.height = SlideBox(
                MARGIN, 0.4, WIDTH - 2 * MARGIN, _TITLE_HEIGHT
            ).emu
            title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            title.text_frame.margin_left = 0
        style = self._file.slide_master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
        style.set("algn", "l")
        style.find(qn("a:defRPr")).set("sz", "3000")
        style.find(qn("a:defRPr")).set("b", "1")


class Canvas:
    """A slide to fill in."""

    def __init__(self, slide: Any) -> None:
        self._shapes = slide.shapes

    def words(
        self, box: SlideBox, paragraphs: Sequence[Words], *, align_right: bool = False, middle: bool = False
    ) -> None:
        """Add paragraphs in a box with wrapped lines."""
        frame = self._shapes.add_textbox(*box.emu).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        if middle:
            frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        for number, words in enumerate(fitted_words(box, paragraphs)):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            _write(paragraph, words)
            if align_right:
                paragraph._p.get_or_add_pPr().set("algn", "r")

    def picture(self, box: SlideBox, content: bytes, alt: str) -> None:
        """Add a picture in the middle of a box, as large as it fits."""
        shape = self._shapes.add_picture(io.BytesIO(content), 0, 0)
        left, top, width, height = box.emu
        share = min(width / shape.width, height / shape.height)
        shape.width, shape.height = int(shape.width * share), int(shape.height * share)
        shape.left, shape.top = left + (width - shape.width) // 2, top + (height - shape.height) // 2
        _describe(shape, alt)

    def block(self, box: SlideBox, fill: str, alt: str = "") -> None:
        """Add a rectangle of one colour."""
        shape = self._shapes.add_shape(1, *box.emu)
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour(fill)
        shape.line.fill.background()
        shape.shadow.inherit = False
        _describe(shape, alt)

    def frame(self, box: SlideBox, title: str, lines: Sequence[str] = ()) -> None:
        """Add a box with a title and lines, or without lines, to be filled in during the session."""
        shape = self._shapes.add_shape(1, *box.emu)
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour("card")
        shape.line.color.rgb = colour("line")
        shape.line.width = Pt(1.5)
        shape.shadow.inherit = False
        shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        shape.text_frame.word_wrap = True
        inside = SlideBox(box.left, box.top, box.width - 0.2, box.height - 0.1)
        first, *others = fitted_words(
            inside, [Words(title, 20, "soft", bold=True), *(Words(line, 18) for line in lines)]
        )
        _write(shape.text_frame.paragraphs[0], first)
        for words in others:
            _write(shape.text_frame.add_paragraph(), words)
        for paragraph in shape.text_frame.paragraphs:
            paragraph._p.get_or_add_pPr().set("algn", "l")

    def chart(
        self,
        box: SlideBox,
        kind: Any,
        categories: Sequence[str],
        series: Sequence[ChartSeries],
        look: ChartLook,
        alt: str,
    ) -> Any:
        """Add a native chart, whose numbers can be edited. A hidden figure is a gap, never zero."""
        data: Any = _new_data(look.numbers)
        data.categories = [escaped_for_spreadsheets(category) for category in categories]
        for one in series:
            data.add_series(escaped_for_spreadsheets(one.name), one.values)
        graphic = self._shapes.add_chart(kind, *box.emu, data)
        _describe(graphic, alt)
        chart = graphic.chart
        _dress(chart, look)
        for plotted, one in zip(chart.plots[0].series, series, strict=True):
            _draw(plotted, one, look)
        return chart

    def table(
        self, box: SlideBox, rows: Sequence[Sequence[TableCell]], widths: Sequence[float], *, size: float = 16
    ) -> None:
        """Add a native table; its first row is marked as headers for screen readers."""
        room, names = TABLE_BOTTOM - box.top, [cell.text for cell in rows[0] if cell.text]
        rows, heights, size = fitted_table(rows, widths, size, room)
        spare = max(0, min(box.height, room) - sum(heights)) / len(rows)
        graphic = self._shapes.add_table(len(rows), len(rows[0]), *box.emu)
        graphic.height = Inches(sum(heights) + spare * len(rows))
        table = graphic.table
        table._tbl.tblPr.find(qn("a:tableStyleId")).text = _PLAIN_TABLE
        table.horz_banding = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Inches(width)
        for row, height in zip(table.rows, heights, strict=True):
            row.height = Inches(height + spare)
        for r, cells in enumerate(rows):
            for c, cell in enumerate(cells):
                _fill(table.cell(r, c), cell, size, header=r == 0)
        _describe(graphic, _("Tableau\u00a0: %(headers)s", headers=", ".join(names)))


def _set_theme_colour(theme: Any, name: str, value: str) -> None:
    slot = theme.find(f".//{_DRAWING}clrScheme/{_DRAWING}{name}")
    for child in list(slot):
        slot.remove(child)
    etree.SubElement(slot, f"{_DRAWING}srgbClr").set("val", value.lstrip("#").upper())


def _number_field(shape: Any) -> None:
    """Make a field of a slide's number: it follows when slides are moved."""
    run = shape._element.find(f".//{qn('a:r')}")
    run.get_or_add_rPr().set("lang", "fr-FR")
    field = etree.Element(qn("a:fld"), id="{7A4D2C61-5B1E-4C0B-9D55-2F3E6A9B8C10}", type="slidenum")
    field.extend(list(run))
    run.getparent().replace(run, field)


def _in_french(element: Any) -> None:
    """Set the language of every run, for spell checkers and screen readers."""
    for run in element.iter(qn("a:r")):
        run.get_or_add_rPr().set("lang", "fr-FR")
    for end in element.iter(qn("a:endParaRPr")):
        end.set("lang", "fr-FR")
