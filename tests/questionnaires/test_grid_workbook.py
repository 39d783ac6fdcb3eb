"""Grids in workbooks: what comes out comes back in; every mistake has its sheet, its line and its column."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import grille
from grille.loading import load_text
from questionnaires.outside.grid_workbook import read_grid_workbook
from restitution.documents.office.grid_workbook import grid_xlsx, template_xlsx
from tests.grille.conftest import SMALL


@pytest.fixture(scope="module")
def small() -> grille.Grid:
    return load_text(SMALL.encode(), "petite.yaml")


def changed(grid: grille.Grid, *changes: Callable[[Workbook], object]) -> bytes:
    """The workbook of a grid, once somebody has worked in it."""
    book, content = openpyxl.load_workbook(io.BytesIO(grid_xlsx(grid))), io.BytesIO()
    for change in changes:
        change(book)
    book.save(content)
    return content.getvalue()


def put(sheet: str, cell: str, value: object) -> Callable[[Workbook], object]:
    return lambda book: book[sheet][cell].__setattr__("value", value)


def problems(content: bytes) -> list[str]:
    with pytest.raises(grille.GridErrors) as refused:
        read_grid_workbook(content, "g.xlsx")
    return [str(one).replace("\u00a0", " ") for one in refused.value.problems]


@pytest.mark.parametrize("which", [0, 1])
def test_a_shipped_grid_comes_back_the_same_to_the_byte(which: int) -> None:
    grid = grille.shipped_grids()[which]
    assert read_grid_workbook(grid_xlsx(grid), "g.xlsx").to_json() == grid.to_json()
    assert grid_xlsx(grid) == grid_xlsx(grid)


def test_codes_of_colleges_keep_their_capitals(small: grille.Grid) -> None:
    text = grille.as_yaml(small).replace("eleves", "Élèves").replace("profs", "PROFS")
    grid = load_text(text.encode(), "petite.yaml")
    assert {"Élèves", "PROFS"} <= {code for skill in grid.skills for code in skill.wording}
    assert read_grid_workbook(grid_xlsx(grid), "g.xlsx") == grid


def test_sheets_in_another_order_with_other_sheets_among_them_are_the_same_grid(small: grille.Grid) -> None:
    def shuffle(book: Workbook) -> None:
        book._sheets.reverse()
        book.create_sheet("Mes notes", 2)["A1"] = "=1+1"
        book["Savoir-faire"].title = " savoir-faire "

    assert read_grid_workbook(changed(small, shuffle), "g.xlsx") == small


def test_every_mistake_is_said_at_once_with_its_sheet_its_line_and_its_column(small: grille.Grid) -> None:
    content = changed(
        small,
        put("Niveaux", "B2", None),
        put("Familles", "A3", small.families[0].code),
        put("Savoir-faire", "A2", "Z"),
        put("Savoir-faire", "E3", "peut-être"),
        put("Savoir-faire", "F3", "lourd"),
        put("Savoir-faire", "C3", "=A1"),
        put("Collèges", "D1", "remarque"),
        put("Grille", "B6", "brouillon"),
        lambda book: book["Collèges"].merge_cells("A2:A3"),
    )
    said = "\n".join(problems(content))
    for part in (
        "g.xlsx, feuille « Niveaux », ligne 2 : « label » est vide",
        "feuille « Familles », ligne 3, colonne A : la famille",
        "feuille « Savoir-faire », ligne 2, colonne A : la famille « Z » n’est pas dans la feuille Familles",
        "feuille « Savoir-faire », ligne 3, colonne E : « peut-être » : écrivez oui, ou non.",
        "feuille « Savoir-faire », ligne 3, colonne F : « lourd » n’est pas un poids",
        "feuille « Savoir-faire », ligne 3, colonne C : cette cellule contient une formule",
        "feuille « Collèges », ligne 1, colonne D : la colonne « remarque » est inconnue",
        "les cellules A2:A3 sont fusionnées",
        "écrivez proposition ou officielle",
    ):
        assert part in said, said


@pytest.mark.parametrize("eaten", [1.1, 2.5])
def test_a_code_that_the_spreadsheet_may_have_eaten_is_refused(small: grille.Grid, eaten: float) -> None:
    said = problems(changed(small, put("Savoir-faire", "B2", eaten)))
    assert any("ligne 2, colonne B" in one and "1.10 devient 1.1" in one for one in said)


def test_a_code_typed_as_text_stays_as_it_was_typed(small: grille.Grid) -> None:
    alone = small.model_copy(update={"correspondence": None})
    content = changed(alone, put("Savoir-faire", "B2", "1.10"), put("Savoir-faire", "B3", "1.1"))
    assert [one.code for one in read_grid_workbook(content, "g.xlsx").skills[:2]] == ["1.10", "1.1"]


def test_a_sheet_that_is_missing_is_named(small: grille.Grid) -> None:
    said = problems(changed(small, lambda book: book.remove(book["Familles"])))
    assert any("feuille « Familles » : cette feuille manque" in one for one in said)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"id: x\n" * 50])
def test_what_is_no_workbook_is_refused_in_a_sentence(content: bytes) -> None:
    (said,) = problems(content)
    assert said.startswith("g.xlsx : ")


def test_the_template_is_filled_sheet_by_sheet(small: grille.Grid) -> None:
    assert any("la grille n’a aucune famille" in one for one in problems(template_xlsx()))
    book, given = (
        openpyxl.load_workbook(io.BytesIO(template_xlsx())),
        openpyxl.load_workbook(io.BytesIO(grid_xlsx(small))),
    )
    assert "Mode d’emploi" in book.sheetnames
    for sheet in given:
        book[sheet.title].delete_rows(1, 300)
        for row in sheet.iter_rows():
            for cell in row:
                book[sheet.title][cell.coordinate] = cell.value
    content = io.BytesIO()
    book.save(content)
    assert read_grid_workbook(content.getvalue(), "g.xlsx") == small
