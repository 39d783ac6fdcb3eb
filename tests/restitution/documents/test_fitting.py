"""Tables of slides: texts are made smaller or cut to fit, figures never cut."""

import pytest

from restitution.documents.office.fitting import fitted_table
from restitution.documents.office.pptx_elements import TableCell

NARROW = 0.6


def table(*figures: str) -> list[list[TableCell]]:
    heads = [TableCell("Famille"), *(TableCell("Agriculteurs") for _figure in figures)]
    return [heads, [TableCell("Coopérer", bold=True), *(TableCell(figure, bold=True) for figure in figures)]]


@pytest.mark.parametrize("figure", ["−0,92", "1,071", "+0,25", "10,00", "+1 234,567"])
def test_a_figure_is_never_cut(figure: str) -> None:
    rows, _heights, _size = fitted_table(table(figure), [1, NARROW], 15, 4)
    assert rows[1][1].text == figure


def test_a_column_too_narrow_for_its_figures_makes_the_table_smaller() -> None:
    _rows, _heights, size = fitted_table(table("−0,92"), [1, NARROW], 15, 4)
    assert size < fitted_table(table("1,0"), [1, 2], 15, 4)[2] == 15


def test_the_names_of_columns_are_smaller_before_they_are_cut() -> None:
    (heads, _figures), _heights, size = fitted_table(table("1,0", "2,0"), [1, 1, 1], 15, 4)
    assert [head.text for head in heads] == ["Famille", "Agriculteurs", "Agriculteurs"]
    (points,) = {head.points for head in heads}
    assert points < size


def test_a_name_is_cut_when_no_size_would_hold_it() -> None:
    (heads, _figures), _heights, _size = fitted_table(table("1,0"), [1, NARROW], 15, 4)
    assert heads[1].text.endswith("…")
