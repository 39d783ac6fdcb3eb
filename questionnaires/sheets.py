"""Reading of an uploaded table, CSV or workbook, as a sheet: a header and its rows."""

from collections.abc import Collection
from typing import Final

import orjson

from grille.messages import message as _
from questionnaires.findings import TableFindings
from questionnaires.untrusted.process import Limits
from questionnaires.words import stripped_cell
from questionnaires.workbooks import HEAVIEST, MOST_ROWS, OLE, ZIP, Sheet, read_apart, read_sheet

_TITLES: Final = 20
_LIMITS: Final = Limits(output_megabytes=2 * HEAVIEST // 1024 // 1024)
_WHY: Final = {
    "heavy": _(
        "ce tableau est trop lourd une fois lu : gardez les colonnes utiles, ou partagez-le en plusieurs fichiers."
    )
}


def table_in(content: bytes, known: Collection[str], findings: TableFindings) -> Sheet | None:
    """Return the header and the rows of a CSV or a workbook; None when the file cannot be read, as the findings say.

    ``known`` are the names of columns that help to find the header.
    """
    if not content.strip():
        findings.add(_("ce fichier est vide."))
    elif len(content) > HEAVIEST:
        findings.add(
            _(
                "ce fichier est trop lourd (%(heaviest)s Mo au plus) : partagez-le en plusieurs.",
                heaviest=HEAVIEST // 1024 // 1024,
            )
        )
    elif content.startswith((ZIP, OLE)):
        sheet = read_sheet(content, findings)
        return sheet and _limited(_under_titles(sheet, known), findings)
    else:
        sheet = read_delimited(content, known, findings)
        return sheet and _limited(sheet, findings)
    return None


def _limited(sheet: Sheet, findings: TableFindings) -> Sheet:
    if len(sheet.rows) > MOST_ROWS + 1:
        line = sheet.rows[MOST_ROWS + 1][0]
        findings.add(
            _("ce tableau a plus de %(most_rows)s lignes : partagez-le en plusieurs fichiers.", most_rows=MOST_ROWS),
            line,
        )
    elif len(sheet.rows) < 2 and not findings.total:
        findings.add(
            _("ce tableau n’a aucune réponse : il lui faut une ligne de noms de colonnes, puis une par personne.")
        )
    return sheet


def _under_titles(sheet: Sheet, known: Collection[str]) -> Sheet:
    """Return the sheet without the titles above its header, with a remark about it."""
    names = {stripped_cell(name).casefold() for name in known}
    for place, (line, row) in enumerate(sheet.rows[:_TITLES]):
        if any(stripped_cell(cell).casefold() in names for cell in (row.values() if isinstance(row, dict) else row)):
            if place:
                sheet.rows = sheet.rows[place:]
                sheet.remarks.append(_titled(line))
            break
    return sheet


def read_delimited(content: bytes, known: Collection[str], findings: TableFindings) -> Sheet | None:
    """Return the sheet of a CSV, its separator guessed, without the titles above its header.

    ``known`` are the names of columns that help to find both. None when nothing could be read, as the findings say.
    """
    sheet, texts = Sheet([]), dict[str, str]()

    def add(line: int, cells: list[str]) -> None:
        sheet.rows.append((line, [texts.setdefault(text, text) for text in cells]))

    asked = orjson.dumps(list(known), option=orjson.OPT_APPEND_NEWLINE)
    said = read_apart(add, _WHY, "delimited", asked + content, str(MOST_ROWS + 1), limits=_LIMITS)
    if isinstance(said, str):
        findings.add(said)
        return None
    findings.take(said["problems"], said["total"])
    if said.get("titled"):
        sheet.remarks.append(_titled(said["titled"]))
    return sheet


def _titled(line: int) -> str:
    return _("Les noms de colonnes sont lus à la ligne %(line)s ; rien au-dessus n’est lu.", line=line)
