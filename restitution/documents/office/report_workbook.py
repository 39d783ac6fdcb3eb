"""A report as a workbook: the profile's sheets, then campaigns, colleges, changes (native charts), the review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from restitution.chart_data.colours import LIGHT
from restitution.chart_data.radar import ROLES, description_of, score_rows
from restitution.charts.markup import xml_text
from restitution.documents.office.workbook import Workbook, chart_kind
from restitution.documents.open_data.report_tables import report_tables
from restitution.documents.open_data.spreadsheet_safety import workbook_bytes
from restitution.documents.open_data.tables import Value
from restitution.documents.report import Report
from restitution.text.language import gettext as _
from restitution.text.numbers import number_or_none

_MARKERS = {"now": "circle", "before": "square", "first": "triangle"}
_DASHES = {"now": "solid", "before": "dash", "first": "round_dot"}
_SHAPES = ("circle", "square", "triangle", "diamond", "star", "x")


def report_xlsx(report: Report) -> bytes:
    """Return the workbook (numeric cells, native charts, dictionary); the same report gives the same bytes."""
    return workbook_bytes(lambda book: _ReportWorkbook(book, report).write(), report.title, report.made)


class _ReportWorkbook(Workbook):
    """The sheets of one report."""

    def __init__(self, book: Any, report: Report) -> None:
        self.report, self.compared = report, report.compared_scores
        super().__init__(book, report.profile)

    def write(self) -> None:
        """Write every sheet: about, findings, data, dictionary of columns."""
        self._about()
        self._campaigns()
        self._colleges()
        self._note()
        tables = report_tables(self.report)
        for table in tables:
            self._table(table)
        self._dictionary(tables)
        self._for_paper()

    def _presentation(self) -> Iterator[tuple[Value, ...]]:
        yield (self.report.headline,)
        yield ()
        yield from self.report.facts
        yield ()
        for number, caution in enumerate(self.report.cautions):
            yield _("Pour bien lire") if number == 0 else "", caution
        yield ()
        yield from self._counts_and_rules()

    def _campaigns(self) -> None:
        """Write the families by campaign, with their radar (three campaigns at most) and their lines."""
        report = self.report
        scores = {campaign.label: _territory(campaign.profile) for campaign in report.campaigns}
        sheet, rows = self._matrix(_("Radar et trajectoires"), scores)
        kind = chart_kind(len(report.axes))
        radar = self.book.add_chart(kind)
        for campaign, role in reversed(list(zip(report.shown, ROLES, strict=False))):
            look = _look(f"year-{role}", _MARKERS[role], dash=_DASHES[role], hollow=role == "before")
            if kind["type"] == "column":
                look["fill"] = look["marker"]["fill"]
            radar.add_series(self._column(sheet, rows, list(scores).index(campaign.label) + 1) | look)
        self._place(sheet, radar, rows + 3, 0, report.headline, description_of(report.radar))
        if len(report.campaigns) > 1:
            lines = self.book.add_chart({"type": "line"})
            for row, (axis, shape) in enumerate(zip(report.axes, _SHAPES * 4, strict=False), 1):
                lines.add_series(self._row(sheet, row, len(scores)) | _look(axis.hue, shape))
            title = _("Les familles de vague en vague")
            self._place(sheet, lines, rows + 3, 6, title, title)

    def _colleges(self) -> None:
        """Write the colleges side by side, as points: families have no order to join by a line."""
        report = self.report
        scores = {
            label: {code: number_or_none(row["score"]) for code, row in score_rows(report.profile, college).items()}
            for college, label in report.colleges.items()
        }
        sheet, rows = self._matrix(_("Collèges côte à côte"), scores)
        points = self.book.add_chart({"type": "line"})
        for position, (_label, shape) in enumerate(zip(scores, _SHAPES * 4, strict=False)):
            look = _look(f"hue-{position % 10 + 1}", shape, line=False)
            points.add_series(self._column(sheet, rows, position + 1) | look)
        self._place(sheet, points, rows + 3, 0, report.divergence, report.divergence)

    def _note(self) -> None:
        """Write the yearly note, if there is one."""
        if not self.report.note:
            return
        sheet: Worksheet = self.book.add_worksheet(_("Note de l’année"))
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 1, 110)
        for row, part in enumerate(self.report.note):
            self._cell(sheet, row, 0, part.title, self.bold)
            self._cell(sheet, row, 1, part.text, self.wrapped)
            self._fit(sheet, row, (part.title, part.text), (40, 110))

    def _matrix(self, name: str, scores: Mapping[str, Mapping[str, float | None]]) -> tuple[Worksheet, int]:
        """Write a sheet of families by columns of scores; return it and its last row.

        An empty cell is a hidden figure.
        """
        sheet: Worksheet = self.book.add_worksheet(name)
        self._header(sheet, [_("Famille"), *scores])
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, len(scores), 14)
        for row, axis in enumerate(self.report.axes, 1):
            self._cell(sheet, row, 0, axis.title, self.bold)
            for column, values in enumerate(scores.values(), 1):
                self._cell(sheet, row, column, values.get(axis.code), self.formats["level"])
        last = len(self.report.axes)
        self._cell(sheet, last + 1, 0, _("Une case vide est un chiffre tu, jamais zéro."), self.hidden)
        return sheet, last

    def _column(self, sheet: Worksheet, last: int, column: int) -> dict[str, Any]:
        name = sheet.get_name()
        return {
            "name": [name, 0, column],
            "categories": [name, 1, 0, last, 0],
            "values": [name, 1, column, last, column],
        }

    def _row(self, sheet: Worksheet, row: int, campaigns: int) -> dict[str, Any]:
        name = sheet.get_name()
        return {
            "name": [name, row, 0],
            "categories": [name, 0, 1, 0, campaigns],
            "values": [name, row, 1, row, campaigns],
        }

    def _place(self, sheet: Worksheet, chart: Any, row: int, column: int, title: str, alt: str) -> None:
        grid = self.report.grid
        chart.set_title({"name": xml_text(title), "name_font": {"size": 12}, "overlay": False})
        axis = {"min": grid.lowest, "max": grid.highest, "major_unit": 1, "num_format": "0"}
        chart.set_y_axis(axis | {"major_gridlines": {"visible": True, "line": {"color": LIGHT["line"]}}})
        chart.set_legend({"position": "bottom"})
        chart.show_blanks_as("gap")
        chart.set_size({"width": 620, "height": 460})
        sheet.insert_chart(row, column, chart, {"description": xml_text(alt)})


def _territory(profile: Any) -> dict[str, float | None]:
    return {code: number_or_none(row["score"]) for code, row in score_rows(profile).items()}


def _look(colour: str, marker: str, *, dash: str = "solid", hollow: bool = False, line: bool = True) -> dict[str, Any]:
    """Return the look of a series: its marker and line distinguish it as well as its colour."""
    value = LIGHT[colour]
    stroke = {"color": value, "width": 2.5, "dash_type": dash} if line else {"none": True}
    inside = {"color": LIGHT["card"] if hollow else value}
    return {"line": stroke, "marker": {"type": marker, "size": 9, "fill": inside, "border": {"color": value}}}
