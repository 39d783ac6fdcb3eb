"""A profile as a workbook: numeric cells, a sheet per table, and the meaning of every column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from restitution.chart_data.captions import grid_status, weighting_name
from restitution.chart_data.radar import MOST_AXES
from restitution.documents.office.shown_figures import shown
from restitution.documents.open_data.columns import Column, Kind
from restitution.documents.open_data.spreadsheet_safety import escaped_for_spreadsheets, workbook_bytes
from restitution.documents.open_data.tables import WORKSHOP, DataTable, Row, Value, dictionary_of, tables_of
from restitution.findings.method.rules import edition_name
from restitution.text.language import gettext as _
from restitution.text.language import localized
from restitution.text.numbers import decimals

if TYPE_CHECKING:
    from scoring import Profile

_WIDTHS: dict[Kind, int] = {"text": 18, "count": 11, "level": 13, "figure": 13, "share": 12, "flag": 10}
_WIDE = {"skill_title": 44, "family_title": 18, "college_label": 28, "level_label": 24, "agreement": 20, "verdict": 20}
_LONG = {"justification", "strengths", "weaknesses"}


def profile_xlsx(profile: Profile, date: str = "", recomputed: str = "") -> bytes:
    """Return the workbook: about, one sheet per table (frozen headers, numbers), a radar, the dictionary.

    ``recomputed`` tells when an earlier edition of the method published these figures.
    """
    return workbook_bytes(lambda book: Workbook(book, profile, date, recomputed=recomputed).write(), profile.grid.title)


def chart_kind(families: int) -> dict[str, str]:
    """Return the kind of chart that shows the scores of so many families: a radar where it can be read."""
    return {"type": "radar", "subtype": "with_markers"} if 3 <= families <= MOST_AXES else {"type": "column"}


class Workbook:
    """The sheets of one profile."""

    def __init__(self, book: Any, profile: Profile, date: str = "", *, recomputed: str = "") -> None:
        self.book, self.profile, self.date, self.recomputed = book, profile, date, recomputed
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF1F5"}
        )
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top", "align": "left"})
        self.bold = book.add_format({"bold": True, "valign": "top"})
        self.hidden = book.add_format({"italic": True, "font_color": "#5B6470"})
        patterns = self._patterns()
        self.own_formats = {
            "confidence": book.add_format({"num_format": "0.0 %"}),
            **{name: book.add_format({"num_format": patterns["figure"]}) for name in ("equal", "heads")},
        }
        self.formats: dict[Kind, Format] = {
            kind: book.add_format({"num_format": pattern}) for kind, pattern in patterns.items()
        }

    compared = False
    """Whether the workbook shows a change: scores then have one more decimal everywhere."""

    def _patterns(self) -> dict[Kind, str]:
        places = decimals(len(self.profile.grid.levels))
        score = "0." + "0" * (places + self.compared)
        return {"level": score, "figure": "0." + "0" * (places + 1), "share": "0 %", "count": "0"}

    def write(self) -> None:
        """Write every sheet."""
        tables = tables_of(self.profile)
        self._about()
        sheets = {table.name: self._table(table) for table in tables}
        self._radar(sheets["territory"], tables[0])
        self._dictionary(tables)
        self._for_paper()

    def _about(self) -> None:
        sheet = self.book.add_worksheet(_("À propos"))
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, 2, 80)
        for row, cells in enumerate(self._presentation()):
            for column, value in enumerate(cells):
                self._cell(sheet, row, column, value, self.bold if column == 0 else self.wrapped)
            self._fit(sheet, row, cells, (200, 60, 80))

    def _fit(self, sheet: Worksheet, row: int, cells: Sequence[Value], widths: Sequence[int]) -> None:
        """Set the row's height for its longest text, since some spreadsheets do not do it."""
        lines = max(
            (
                sum(1 + len(line) // width for line in str(text).split("\n"))
                for text, width in zip(cells, widths, strict=False)
            ),
            default=1,
        )
        if lines > 1 and any(isinstance(text, str) for text in cells):
            sheet.set_row(row, 15 * lines)

    def _for_paper(self) -> None:
        """Set every sheet to print in landscape, fitted to the width of the page."""
        for sheet in self.book.worksheets():
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)

    def _presentation(self) -> Iterator[tuple[Value, ...]]:
        yield from self._identity()
        yield from self._counts_and_rules()

    def _identity(self) -> Iterator[tuple[Value, ...]]:
        grid, rules = self.profile.grid, self.profile.rules
        yield (_("Profil de savoir-faire"),)
        yield _("Grille"), grid.title, grid_status(grid)
        yield _("Identifiant et version"), f"{grid.id} {grid.version}"
        yield _("Méthode"), edition_name(rules.edition)
        if self.recomputed:
            yield _("Recalcul"), self.recomputed
        if self.date:
            yield _("Date"), self.date
        yield _("Réunion des collèges"), weighting_name(rules.weighting)
        yield _("Chiffres tus"), _("moins de %(k)s réponses", k=rules.k), _("Un chiffre tu est vide, jamais zéro.")
        yield (
            _("Chiffres arrondis"),
            _("comme sur les pages"),
            _("Les valeurs exactes sont dans profile.csv et profile.json."),
        )
        yield ()

    def _counts_and_rules(self) -> Iterator[tuple[Value, ...]]:
        rules = self.profile.rules
        yield _("Collège"), _("Réponses")
        for college, n in self.profile.respondents.items():
            yield self._college(college), self._count(n, college)
        yield ()
        yield _("Règle"), _("Valeur"), _("Ce qu’elle fixe")
        meanings = rules.meanings()
        for name, value in rules.to_dict().items():
            yield name, _plain(value), localized(meanings.get(name, ""))

    def _college(self, code: str) -> str:
        known = {college.code: college.label for college in self.profile.grid.colleges}
        return known.get(code, _("Ateliers"))

    def _count(self, n: Value, college: Value) -> Value:
        """Return a number of people or, in words, that they are too few to be counted."""
        few = self.profile.rules.threshold(workshop=college == WORKSHOP)
        return _("moins de %(k)s", k=few) if isinstance(n, str) else n

    def _table(self, written: DataTable) -> Worksheet:
        table = shown(written, self.profile.grid, self.compared)
        sheet: Worksheet = self.book.add_worksheet(table.title)
        self._header(sheet, [column.title for column in table.columns])
        for position, column in enumerate(table.columns):
            sheet.set_column(position, position, _width(column))
        for row, values in enumerate(table.rows, 1):
            for position, column in enumerate(table.columns):
                self._value(sheet, row, position, column, values)
            self._fit(sheet, row, tuple(values.values()), [_width(column) for column in table.columns])
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        return sheet

    def _header(self, sheet: Worksheet, titles: Sequence[str]) -> None:
        for position, title in enumerate(titles):
            self._cell(sheet, 0, position, title, self.head)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 0)

    def _value(self, sheet: Worksheet, row: int, position: int, column: Column, values: Row) -> None:
        value = values[column.name]
        if column.name == "n" and isinstance(value, str):
            self._cell(sheet, row, position, self._count(value, values.get("college")), self.hidden)
        else:
            usual = self.own_formats.get(column.name) or self.formats.get(column.kind)
            form = self.wrapped if column.name in _LONG else usual
            self._cell(sheet, row, position, value, form)

    def _cell(self, sheet: Worksheet, row: int, position: int, value: Value, form: Format | None) -> None:
        """Write one value with its type, never as a formula or a link."""
        if isinstance(value, str):
            sheet.write_string(row, position, escaped_for_spreadsheets(value), form)
        elif isinstance(value, bool):
            sheet.write_boolean(row, position, value, form)
        elif value is not None:
            sheet.write_number(row, position, value, form)

    def _radar(self, sheet: Worksheet, table: DataTable) -> None:
        """Add the territory's radar as a native chart on the cells of its sheet; a hidden score is a gap."""
        names = [column.name for column in table.columns]
        last = len(table.rows)
        chart = self.book.add_chart(chart_kind(len(self.profile.grid.families)))
        chart.add_series(
            {
                "name": _("Territoire"),
                "categories": [sheet.get_name(), 1, names.index("family_title"), last, names.index("family_title")],
                "values": [sheet.get_name(), 1, names.index("score"), last, names.index("score")],
            }
        )
        chart.set_title({"name": _("Score par famille"), "name_font": {"size": 12}})
        chart.set_y_axis({"min": self.profile.grid.lowest, "max": self.profile.grid.highest, "major_unit": 1})
        chart.set_legend({"none": True})
        chart.show_blanks_as("gap")
        chart.set_size({"width": 560, "height": 420})
        sheet.insert_chart(last + 2, 0, chart, {"description": _("Scores du territoire par famille")})

    def _dictionary(self, tables: Sequence[DataTable]) -> None:
        sheet = self.book.add_worksheet(_("Dictionnaire"))
        titles = [
            _("Feuilles"),
            _("Colonne"),
            _("Nom dans les fichiers CSV et JSON"),
            _("Ce qu’elle contient"),
            _("Unité"),
        ]
        self._header(sheet, titles)
        for position, width in enumerate((36, 26, 24, 90, 24)):
            sheet.set_column(position, position, width)
        dictionary = dictionary_of(self.profile)
        more = (column for table in tables for column in table.columns if column not in dictionary.columns.values())
        for row, column in enumerate(dict.fromkeys([*dictionary.columns.values(), *more]), 1):
            found = [table.title for table in tables if column in table.columns]
            where = ", ".join(found) or _("fichier CSV seulement")
            cells = (where, column.title, column.name, column.meaning, dictionary.unit(column))
            for position, text in enumerate(cells):
                self._cell(sheet, row, position, text, self.wrapped)
            self._fit(sheet, row, cells, (36, 26, 24, 90, 24))


def _width(column: Column) -> int:
    return 60 if column.name in _LONG else _WIDE.get(column.name, _WIDTHS[column.kind])


def _plain(value: Any) -> Value:
    """Return a rule's value as one cell."""
    if value is None or value in ([], ()):
        return "–"
    if isinstance(value, dict):
        return ", ".join(f"{key} {number}" for key, number in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
