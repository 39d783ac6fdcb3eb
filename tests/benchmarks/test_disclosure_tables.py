"""The disclosure tables of docs/method.md are those that the command prints, and the pages read the same figures."""

import re

import pytest

from benchmarks import published_cells
from restitution.findings.method.measured_disclosure import MEASURED, shape_names
from tests.scoring.test_method import PAGE, tables

TABLES = ("cases publiées", "ce que les règles évitent", "une personne répond plusieurs fois", "tous disent pareil")


def printed(colleges: int) -> dict[str, list[list[str]]]:
    return tables("\n".join(published_cells.report(colleges, 2 * colleges)).replace("\u00a0", " "))


def figures(cells: list[str]) -> list[int]:
    """The percentages of some cells."""
    return [int(figure) for cell in cells for figure in re.findall(r"(\d+) %", cell)]


def test_a_sample_finds_the_tables_of_the_page_again() -> None:
    """Sixty colleges for each line, where the page has a thousand: no figure is further than chance allows."""
    found, written = printed(60), tables(PAGE)
    assert set(found) == set(TABLES)
    for marker, lines in found.items():
        assert [line[:1] for line in lines] == [line[:1] for line in written[marker]]
        assert lines[0] == written[marker][0]
        for line, wanted in zip(lines[2:], written[marker][2:], strict=True):
            assert figures(line[1:]) == pytest.approx(figures(wanted[1:]), abs=14), (marker, wanted)
    assert found["tous disent pareil"] == written["tous disent pareil"]


@pytest.mark.long
def test_the_tables_of_the_page_are_those_of_the_command() -> None:
    assert printed(1000) == {marker: tables(PAGE)[marker] for marker in TABLES}


def test_the_pages_read_the_figures_of_the_method() -> None:
    lines = [line for line in tables(PAGE)["cases publiées"][2:] if line[0].isdigit()]
    written = {
        (int(n), shape): tuple(int(cell.split("→")[1].rstrip(" %")) for cell in cells) for n, shape, *cells in lines
    }
    assert written == {(n, shape): shares for n, shapes in MEASURED.items() for shape, shares in shapes.items()}
    assert {name for _n, name in written} == set(shape_names())
