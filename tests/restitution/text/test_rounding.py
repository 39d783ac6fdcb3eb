"""Pages of respondents round without the engine, which loads pandas: by the same rule, to the last digit."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from restitution.text import numbers
from scoring import display

figures = st.fractions(-20, 20, max_denominator=2000) | st.floats(-20, 20).map(lambda one: round(one, 6))


@given(figures, st.integers(0, 4))
def test_both_round_alike(figure: Fraction | float, places: int) -> None:
    assert numbers.rounded(figure, places) == display.half_up(figure, places)


def test_both_show_as_many_decimals() -> None:
    assert [numbers.decimals(levels) for levels in range(2, 12)] == [
        display.decimals(levels) for levels in range(2, 12)
    ]
