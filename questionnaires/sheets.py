"""What was sent as a table, text or workbook, as one sheet: names of columns, and the rows under them."""

import io
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final

from questionnaires.delimited_text import MOST_COLUMNS, TOO_WIDE, opened, table_of, without_titles
from questionnaires.findings import TableFindings
from questionnaires.words import plain
from questionnaires.workbooks import HEAVIEST, MOST_ROWS, OLE, ZIP, Sheet, read_sheet

_TITLES: Final = 20
_TITLED: Final = "Les noms de colonnes sont lus à la ligne {} ; rien au-dessus n’est lu."


def table_in(content: bytes, known: Collection[str], findings: TableFindings) -> Sheet | None:
    """The header and the rows of a CSV or a workbook, each with its line; ``None`` when the findings say why not."""
    if not content.strip():
        findings.add("ce fichier est vide.")
    elif len(content) > HEAVIEST:
        findings.add(f"ce fichier est trop lourd ({HEAVIEST // 1024 // 1024} Mo au plus) : partagez-le en plusieurs.")
    elif content.startswith((ZIP, OLE)):
        sheet = read_sheet(content, findings)
        return sheet and _limited(_under_titles(sheet, known), findings)
    else:
        sheet = Sheet([])
        sheet.rows.extend(_delimited(content, known, findings, sheet.remarks))
        return _limited(sheet, findings)
    return None


def _limited(sheet: Sheet, findings: TableFindings) -> Sheet:
    if len(sheet.rows) > MOST_ROWS + 1:
        line = sheet.rows[MOST_ROWS + 1][0]
        findings.add(f"ce tableau a plus de {MOST_ROWS} lignes : partagez-le en plusieurs fichiers.", line)
    elif len(sheet.rows) < 2 and not findings.total:
        findings.add(
            "ce tableau n’a aucune réponse : il lui faut une ligne de noms de colonnes, puis une par personne."
        )
    return sheet


def _under_titles(sheet: Sheet, known: Collection[str]) -> Sheet:
    """The same without the lines of title above the names of columns, which it says."""
    names = {plain(name).casefold() for name in known}
    for place, (line, row) in enumerate(sheet.rows[:_TITLES]):
        if any(plain(cell).casefold() in names for cell in (row.values() if isinstance(row, dict) else row)):
            if place:
                sheet.rows = sheet.rows[place:]
                sheet.remarks.append(_TITLED.format(line))
            break
    return sheet


def _delimited(
    content: bytes, known: Collection[str], findings: TableFindings, remarks: list[str]
) -> Iterator[tuple[int, list[str]]]:
    with opened(io.BytesIO(content), findings) as source:
        if source is None:
            return
        lines, named = without_titles(source.text, known)
        if named:
            remarks.append(_TITLED.format(named))
        table = table_of(lines, (), findings, likely=known)
        if table is None:
            return
        if len(table.header) > MOST_COLUMNS:
            findings.add(TOO_WIDE, table.header_line)
            return
        yield table.header_line, table.header
        yield from islice(table.rows, MOST_ROWS + 1)
