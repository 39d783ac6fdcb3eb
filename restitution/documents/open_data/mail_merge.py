"""The table of invitations for the mail merge of a word processor: one row per letter, with its own link."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from restitution.documents.open_data.spreadsheet_safety import escaped_for_spreadsheets, workbook_bytes
from restitution.text.language import gettext as _


def mail_merge_csv(addresses: Sequence[str], college: str) -> bytes:
    """Return the table as CSV that spreadsheets open in French: ``;``, UTF-8 with a byte-order mark.

    >>> print(mail_merge_csv(["https://x.example/a"], "Élus").decode("utf-8-sig"))
    numero;college;lien
    1;Élus;https://x.example/a
    <BLANKLINE>
    """
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(_rows(addresses, college))
    return text.getvalue().replace("\r\n", "\n").encode("utf-8-sig")


def mail_merge_xlsx(addresses: Sequence[str], college: str) -> bytes:
    """Return the same table as a workbook."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet(_("Invitations"))
        sheet.set_column(1, 1, 24)
        sheet.set_column(2, 2, 70)
        for number, row in enumerate(_rows(addresses, college)):
            sheet.write_row(number, 0, row)
        sheet.freeze_panes(1, 0)

    return workbook_bytes(fill)


def _rows(addresses: Sequence[str], college: str) -> Iterator[tuple[str | int, str, str]]:
    yield "numero", "college", "lien"
    for number, address in enumerate(addresses, 1):
        yield number, escaped_for_spreadsheets(college), address
