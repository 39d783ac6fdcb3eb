"""Reading of a grid from an uploaded workbook, which is opened in a separate process with limits."""

from typing import Any, Final

from grille.errors import FileProblem, GridErrors
from grille.formats.workbook_grid import Cell, GridSheet, grid_from_sheets
from grille.grid import Grid
from questionnaires.workbooks import OLE, SENTENCES, read_apart

MOST_ROWS: Final = 2_000
MOST_CELLS: Final = 100_000


def read_grid_workbook(content: bytes, file: str) -> Grid:
    """Return the grid of a workbook. Raises ``GridErrors`` with every problem, each with its sheet, line and column."""
    if content.startswith(OLE):
        raise GridErrors([FileProblem(file, None, SENTENCES["encrypted"])])
    rows: dict[int, list[tuple[int, dict[int, Cell]]]] = {}

    def add(place: Any, cells: list[Any]) -> None:
        sheet, line = place
        row = {column: Cell(text, number=mark == "n", formula=mark in ("f", "F")) for column, text, mark in cells}
        rows.setdefault(sheet, []).append((line, row))

    said = read_apart(add, SENTENCES, "workbook_sheets", content, str(MOST_ROWS), str(MOST_CELLS))
    if isinstance(said, str):
        raise GridErrors([FileProblem(file, None, said)])
    sheets = [GridSheet(one["name"], rows.get(at, []), one["merged"]) for at, one in enumerate(said["sheets"])]
    return grid_from_sheets(file, sheets)
