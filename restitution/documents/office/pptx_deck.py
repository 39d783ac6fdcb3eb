"""A blank deck and its slides: words, tables and charts that stay editable, each with its alternative text.

Knows python-pptx, sizes and colours.
Ignores the content.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.serialized import PackageWriter, _PhysPkgWriter
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from restitution.charts.markup import xml_text
from restitution.documents.office.fitting import TABLE_BOTTOM, fitted_table, fitted_title, fitted_words
from restitution.documents.office.pptx_elements import (
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
    paint,
    tinted,
)
from restitution.documents.office.pptx_layouts import FOOTER_BOX, TITLE_HEIGHT, dress, foot_of_slide
from restitution.documents.open_data.repeatable_files import office_file
from restitution.documents.open_data.spreadsheet_safety import escaped_for_spreadsheets
from restitution.text.language import gettext as _

_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


class _Parts(_PhysPkgWriter):
    """Collects the parts of a file from the library."""

    def __init__(self) -> None:
        self.files: list[tuple[str, bytes]] = []

    def write(self, place: Any, content: bytes) -> None:
        """Add a part."""
        self.files.append((place.membername, content))


class Deck:
    """A 16:9 deck in the style of Grille; ``footer`` is written on every slide, ``hues`` are those of the families."""

    def __init__(self, title: str, footer: str, hues: Sequence[str] = ()) -> None:
        self._file, self._footer, self._count = Presentation(), footer, 0
        self._file.slide_width, self._file.slide_height = Inches(WIDTH), Inches(HEIGHT)
        self._file.core_properties.title = xml_text(title)[:255]
        self._file.core_properties.language = "fr-FR"
        self._file.core_properties.author = ""
        self._layouts = dress(self._file, hues)
        self._canvases: list[Canvas] = []

    def slide(self, title: str, notes: str, layout: str = "list") -> Canvas:
        """Add a slide on a layout (``LAYOUTS``). The title is a sentence; the notes say everything that it shows."""
        self._count += 1
        slide = self._file.slides.add_slide(self._layouts[layout])
        shown, size = fitted_title(title, WIDTH - 2 * MARGIN, TITLE_HEIGHT)
        slide.shapes.title.text = xml_text(shown)
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
        slide.notes_slide.notes_text_frame.text = xml_text(notes)
        canvas = Canvas(slide, [one for one in slide.placeholders if one.placeholder_format.idx])
        self._canvases.append(canvas)
        [foot] = fitted_words(FOOTER_BOX, [Words(self._footer, 12, "soft")])
        for part in foot_of_slide(xml_text(foot.text), foot.size, self._count):
            slide.shapes._spTree.append(part)
        return canvas

    def content(self, made: date) -> bytes:
        """Return the file, the same bytes for the same day."""
        moment = datetime(made.year, made.month, made.day)  # noqa: DTZ001  # the format knows no zone
        self._file.core_properties.created = self._file.core_properties.modified = moment
        for canvas in self._canvases:
            canvas.close()
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


class Canvas:
    """A slide to fill in: each part takes the next free place of its kind in the layout, and its own size there."""

    def __init__(self, slide: Any, free: Sequence[Any] = ()) -> None:
        self._shapes, self._free = slide.shapes, list(free)

    def close(self) -> None:
        """Take away the places that nothing fills: whoever opens the file would read their prompts."""
        for one in self._free:
            one._element.getparent().remove(one._element)
        self._free = []

    def _place(self, kind: Any, box: SlideBox) -> Any:
        """Return the next free place of that kind, put in that box; None when the layout has no more."""
        found = next((one for one in self._free if one.placeholder_format.type == kind), None)
        if found is not None:
            self._free.remove(found)
            found.left, found.top, found.width, found.height = box.emu
        return found

    def words(
        self, box: SlideBox, paragraphs: Sequence[Words], *, align_right: bool = False, middle: bool = False
    ) -> None:
        """Add paragraphs in a box with wrapped lines."""
        place = self._place(PP_PLACEHOLDER.BODY, box) or self._shapes.add_textbox(*box.emu)
        frame = place.text_frame
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
        place = self._place(PP_PLACEHOLDER.PICTURE, box)
        shape = (
            place.insert_picture(io.BytesIO(content)) if place else self._shapes.add_picture(io.BytesIO(content), 0, 0)
        )
        left, top, width, height = box.emu
        shape.crop_left = shape.crop_right = shape.crop_top = shape.crop_bottom = 0
        wide, high = shape.image.size
        share = min(width / wide, height / high)
        shape.width, shape.height = int(wide * share), int(high * share)
        shape.left, shape.top = left + (width - shape.width) // 2, top + (height - shape.height) // 2
        _describe(shape, alt)

    def frame(self, box: SlideBox, title: str, lines: Sequence[str] = ()) -> None:
        """Add a box with a title and lines, or without lines, to be filled in during the session."""
        shape = self._place(PP_PLACEHOLDER.BODY, box) or self._shapes.add_shape(1, *box.emu)
        shape.fill.solid()
        shape.fill.fore_color.rgb = tinted("card", 1)
        paint(shape.line.color, "line")
        shape.line.width = Pt(1.5)
        shape.text_frame.margin_left = shape.text_frame.margin_right = Inches(0.1)
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
        place = self._place(PP_PLACEHOLDER.CHART, box)
        graphic = place.insert_chart(kind, data) if place else self._shapes.add_chart(kind, *box.emu, data)
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
        place, counts = self._place(PP_PLACEHOLDER.TABLE, box), (len(rows), len(rows[0]))
        graphic = place.insert_table(*counts) if place else self._shapes.add_table(*counts, *box.emu)
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


def _in_french(element: Any) -> None:
    """Set the language of every run, for spell checkers and screen readers."""
    for run in element.iter(qn("a:r")):
        run.get_or_add_rPr().set("lang", "fr-FR")
    for end in element.iter(qn("a:endParaRPr")):
        end.set("lang", "fr-FR")
