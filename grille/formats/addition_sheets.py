"""The workbook of an addition: what it says of itself, then a line per text to write."""

from collections.abc import Iterator, Sequence
from typing import Final

from grille.additions.checking import CheckedAddition
from grille.additions.files import About, AdditionFile, FileLine, about_of, file_of
from grille.errors import FileProblem, GridErrors
from grille.formats.sheets import KEY, VALUE, Table
from grille.formats.workbook_grid import Cell, GridSheet, folded
from grille.messages import marked
from grille.messages import message as _

ABOUT, TEXTS = marked("À propos"), "Textes"
PLACE, SOURCE, TEXT, REVIEWER = "place", marked("texte de la grille"), "nouveau texte", "relu par"
_KEYS: Final = {"grille": "grid", "version": "version", "langue": "language", marked("révision"): "revision"}


def addition_tables(checked: CheckedAddition) -> dict[str, Table]:
    """Return the sheets of an addition, each with its header."""
    about = about_of(checked.grid, checked.addition.language, checked.addition.revision)
    return {
        TEXTS: [[PLACE, SOURCE, TEXT, REVIEWER], *_rows(checked)],
        ABOUT: [[KEY, VALUE], *([name, getattr(about, field)] for name, field in _KEYS.items())],
    }


def _rows(checked: CheckedAddition) -> Iterator[list[str]]:
    for place, source in checked.sources.items():
        entry = checked.entries.get(place)
        reviewer = entry.reviewer if entry and place not in checked.stale else ""
        yield [place, source, entry.text if entry else "", reviewer]


def addition_from_sheets(file: str, sheets: Sequence[GridSheet], checked: CheckedAddition) -> AdditionFile:
    """Return what these sheets bring to an addition.

    Raises ``GridErrors`` with every problem, each with its line.
    """
    named = {folded(sheet.name): sheet for sheet in reversed(sheets)}
    texts = named.get(folded(TEXTS))
    if texts is None or not texts.rows:
        raise GridErrors([FileProblem(file, None, _("la feuille « Textes » manque : prenez le classeur de la page."))])
    columns = _columns(file, texts)
    about = _about(named[folded(ABOUT)]) if folded(ABOUT) in named else About()
    return file_of(checked, about, _lines(texts, columns), file)


def _columns(file: str, sheet: GridSheet) -> dict[str, int]:
    """The position of each column."""
    line, header = sorted(sheet.rows, key=lambda row: row[0])[0]
    found = {folded(cell.text): position for position, cell in header.items()}
    missing = [name for name in (PLACE, SOURCE, TEXT) if name not in found]
    problems = [
        FileProblem(file, line, _("il manque la colonne « %(column)s ».", column=name), None, TEXTS) for name in missing
    ]
    problems += [
        FileProblem(file, None, _("les cellules %(cells)s sont fusionnées : défusionnez-les.", cells=one), None, TEXTS)
        for one in sheet.merged
    ]
    if problems:
        raise GridErrors(problems)
    return found


def _about(sheet: GridSheet) -> About:
    cells = [(folded(row.get(0, Cell("")).text), row.get(1, Cell("")).text.strip()) for _line, row in sheet.rows]
    return About(**{_KEYS[name]: text for name, text in cells if name in _KEYS})


def _lines(sheet: GridSheet, columns: dict[str, int]) -> Iterator[FileLine]:
    for line, row in sorted(sheet.rows, key=lambda one: one[0])[1:]:
        place, source, text, reviewer = (
            row.get(columns.get(name, -1), Cell("")) for name in (PLACE, SOURCE, TEXT, REVIEWER)
        )
        if not any(cell.text.strip() for cell in (place, text)):
            continue
        formula = any(cell.formula for cell in (place, source, text, reviewer))
        refused = _("cette ligne contient une formule : collez sa valeur à la place.") if formula else ""
        yield FileLine(line, place.text.strip(), source.text, text.text, reviewer.text, refused)
