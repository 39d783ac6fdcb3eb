"""A form as the workbook that KoboToolbox and ODK read (XLSForm)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from questionnaires.outside.xlsform import LONGEST_CELL
from restitution.charts.markup import xml_text
from restitution.documents.open_data.spreadsheet_safety import workbook_bytes


def xlsform_workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Return the workbook of these sheets, every cell a text: codes such as « 1.10 » stay what they are."""

    def fill(book: Any) -> None:
        head = book.add_format({"bold": True, "bg_color": "#EEF1F5"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(rows[0]) - 1, 24)
            for number, row in enumerate(rows):
                for place, text in enumerate(row):
                    if text:
                        sheet.write_string(number, place, xml_text(text)[:LONGEST_CELL], None if number else head)

    return workbook_bytes(fill)
