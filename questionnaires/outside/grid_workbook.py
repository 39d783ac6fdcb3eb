"""Reading of a grid, or of an addition to one, from an uploaded workbook, opened in a separate process with limits."""

from typing import Any, Final

from grille.additions.checking import CheckedAddition
from grille.additions.files import AdditionFile
from grille.errors import FileProblem, GridErrors
from grille.formats.addition_sheets import addition_from_sheets
from grille.formats.workbook_grid import Cell, GridSheet, grid_from_sheets
from grille.grid import Grid
from questionnaires.workbooks import OLE, SENTENCES, read_apart

MOST_ROWS: Final = 2_000
MOST_TEXTS: Final = 20_000
MOST_CELLS: Final = 100_000


def read_grid_workbook(content: bytes, file: str) -> Grid:
    """Return the grid of a workbook. Raises ``GridErrors`` with every problem, each with its sheet, line and column."""
    return grid_from_sheets(file, sheets_of(content, file))


def read_addition_workbook(content: bytes, checked: CheckedAddition, file: str) -> AdditionFile:
    """Return what a workbook brings to an addition. Raises ``GridErrors`` with every problem, each with its line."""
    return addition_from_sheets(file, sheets_of(content, file, MOST_TEXTS), checked)


def sheets_of(content: bytes, file: str, most: int = MOST_ROWS) -> list[GridSheet]:
    """Return the sheets of a workbook, of so many rows at most each. Raises ``GridErrors`` when it cannot be opened."""
    if content.startswith(OLE):
        raise GridErrors([FileProblem(file, None, SENTENCES["encrypted"])])
    rows: dict[int, list[tuple[int, dict[int, Cell]]]] = {}

    def add(place: Any, cells: list[Any]) -> None:
        sheet, line = place
        row = {column: Cell(text, number=mark == "n", formula=mark in ("f", "F")) for column, text, mark in cells}
        rows.setdefault(sheet, []).append((line, row))

    said = read_apart(add, SENTENCES, "workbook_sheets", content, str(most), str(MOST_CELLS))
    if isinstance(said, str):
        raise GridErrors([FileProblem(file, None, said)])
    return [GridSheet(one["name"], rows.get(at, []), one["merged"]) for at, one in enumerate(said["sheets"])]
