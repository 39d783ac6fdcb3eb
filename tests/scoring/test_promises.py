"""What the method promises is what the simulations of its page found: no figure is beyond what was accepted."""

import re

import pytest

from benchmarks.method.__main__ import chapters
from tests.scoring.test_method import PAGE, tables

FOUND = tables(PAGE)


def figures(marker: str, column: str) -> list[float]:
    """The figures of a column, in the order of its lines; the first of those that a cell holds."""
    heads, _rule, *lines = FOUND[marker]
    place = heads.index(column)
    return [number(line[place]) for line in lines]


def number(cell: str) -> float:
    found = re.search(r"[+−]?\d+(?:,\d+)?", cell)
    assert found, cell
    return float(found[0].replace("−", "-").replace(",", "."))


def test_intervals_hold_nine_times_in_ten_in_every_setting_and_more_on_average() -> None:
    assert min(figures("couverture", "la plus basse")) >= 90
    assert min(figures("couverture", "en moyenne")) >= 95
    assert min(figures("réponses très liées", "la plus basse")) >= 89.8
    assert min(figures("échelles", "couverture la plus basse")) >= 90


def test_a_page_where_nothing_changed_seldom_says_that_something_did() -> None:
    *shapes, mean = figures("fausses évolutions", "d’autres personnes")
    assert max(shapes) <= 1.1
    assert mean <= 0.5
    assert max(figures("fausses évolutions", "les mêmes")) <= 1.1
    assert figures("fausses évolutions", "liées à 0,5")[-1] <= 5


def test_a_rise_everywhere_is_seen() -> None:
    at = dict(zip(figures("puissance", "n"), figures("puissance", "territoire"), strict=True))
    assert at[8] >= 88
    college = dict(zip(figures("puissance", "n"), figures("puissance", "chaque collège"), strict=True))
    assert college[8] >= 48
    assert college[12] >= 70


def test_words_of_agreement_are_seldom_said_by_chance() -> None:
    _heads, _rule, *lines = FOUND["accord"]
    shares = {shape: [tuple(map(number, cell.split("/"))) for cell in cells] for shape, *cells in lines}
    assert max(convergent for convergent, _opposed in shares["au hasard"]) <= 5
    humps = shares["une bosse au milieu"] + shares["une bosse en bas"] + shares["une pente"]
    assert max(opposed for _convergent, opposed in humps) <= 8
    camps = shares["deux camps"] + shares["deux camps nets"]
    assert min(opposed for _convergent, opposed in camps) >= 86


def test_hindsight_sees_what_changed_and_says_nothing_else() -> None:
    risen, still = figures("recul", "recul, territoire")[:2], figures("recul", "recul, territoire")[2:]
    assert min(risen) >= 87
    assert max(still) == max(figures("recul", "fausses pages")) == 0


def test_skills_worked_on_are_neither_flattered_nor_wronged() -> None:
    assert max(map(abs, figures("savoir-faire travaillés", "biais"))) <= 0.013


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_the_tables_of_the_page_are_those_of_the_simulations() -> None:
    """With every draw, as ``python -m benchmarks.method`` prints them."""
    found = tables("\n".join(chapters()).replace("\u00a0", " "))
    assert found == {marker: FOUND[marker] for marker in found}
