"""Printed figures and the exact ones behind them: the engine and the oracle agree to the last digit."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import scoring
from scoring import NotPublishedError, Profile
from scoring import display as shown
from tests.scoring import oracle
from tests.scoring.oracle import Comparison, display, intervals
from tests.scoring.oracle.campaign import TERRITORY, WORKSHOP, in_shares
from tests.scoring.oracle.units import usable, weights_after, weights_before
from tests.scoring.shapes import Shape, shapes
from tests.scoring.test_engine_and_oracle import compared, many, profile

WEIGHTINGS: Any = ("equal", "heads")


def places(found: Profile) -> Iterator[tuple[str, str, Any]]:
    for family in found.grid.families:
        yield from ((family.code, college, "equal") for college in found.all_colleges)
        yield from ((family.code, TERRITORY, weighting) for weighting in WEIGHTINGS)


@given(shapes(hindsight=False))
@many(30)
def test_scores_and_intervals_are_shown_as_the_oracle_rounds_them(shape: Shape) -> None:
    found, d = profile(shape), display.decimals(len(shape.grid.levels))
    lowest, highest = shape.grid.lowest, shape.grid.highest
    for family, college, weighting in places(found):
        if not found.published(family, college, weighting):
            continue
        score, interval = found.score(family, college, weighting), found.interval(family, college, weighting)
        assert shown.score_shown(score, shape.grid) == display.half_up(score, d)
        read = tuple(level.value for level in shown.levels_read(shape.grid, score))
        assert read == display.level_read(score, [level.value for level in shape.grid.levels])
        if interval.low is not None and interval.high is not None:
            low, high = display.outward(interval.low, interval.high, d)
            ends = (max(low, Fraction(lowest)), min(high, Fraction(highest)))
            assert shown.interval_shown(interval.low, interval.high, d, shape.grid) == ends
            assert ends[0] <= interval.low <= interval.high <= ends[1]


@given(shapes(hindsight=False))
@many(30)
def test_terms_add_up_as_shown(shape: Shape) -> None:
    found, d = profile(shape), display.decimals(len(shape.grid.levels)) + 1
    for family, college, weighting in places(found):
        try:
            terms = scoring.explain(found, family, college, weighting)
        except NotPublishedError:
            assert not found.published(family, college, weighting)
            continue
        exact, printed = [term.contribution for term in terms], [Fraction(term.shown) for term in terms]
        score = found.score(family, college, weighting)
        assert sum(exact, Fraction(0)) == score
        assert printed == display.terms_shown(exact, d)
        assert sum(printed, Fraction(0)) == display.half_up(score, d)


@given(shapes(hindsight=False))
@many(30)
def test_what_an_interval_is_made_of_is_exact(shape: Shape) -> None:
    found, naive = profile(shape), shape.naive
    for family, college, _ in places(found):
        if college == TERRITORY or not found.published(family, college):
            continue
        interval, model = found.interval(family, college), intervals.family_pooled(naive, family, college)
        if model is None or college == WORKSHOP:
            assert (interval.V, interval.low) == (None, None)
            continue
        size = None if college in shape.rules["voluntary"] else naive.size(college)
        assert (interval.h, interval.n_tilde, interval.v, interval.g) == (model.h, model.n, model.v, model.g)
        assert (interval.V, interval.nu) == (model.variance(size), model.degrees)


@given(st.data(), st.sampled_from(WEIGHTINGS))
@many(30)
def test_changes_are_shown_as_the_oracle_rounds_them(data: st.DataObject, weighting: Any) -> None:
    before, after = compared(data)
    found = scoring.compare(profile(before), profile(after), weighting=weighting)
    naive = Comparison(before.naive, after.naive, weighting)
    d = display.decimals(len(after.grid.levels)) + 1
    for place, side in naive.sides.items():
        row, said = found.row(*place), naive.verdicts.get(place)
        assert (row.before, row.after, row.delta) == (side.before, side.after, side.delta)
        figures = display.half_up(side.before, d), display.half_up(side.after, d)
        assert (row.shown.before, row.shown.after) == figures
        assert row.shown.delta == figures[1] - figures[0]
        ends = (None, None) if said is None else display.outward(said.low, said.high, d)
        assert (row.shown.low, row.shown.high) == ends
        assert found.silence(*place) == silences(naive, *place)


def silences(naive: Comparison, family: str, college: str) -> tuple[Fraction, Fraction]:
    """Σ a·silence over the cells compared, before and after."""
    colleges = naive.in_territory(family) if college == TERRITORY else [college]
    heads = [[naive.seen[family, one][side].n for one in colleges] for side in (0, 1)]
    if naive.weighting == "equal" or college != TERRITORY:
        heads = [[1] * len(colleges)] * 2
    found = []
    for side, campaign in enumerate(naive.campaigns):
        total = Fraction(0)
        for one, count in zip(colleges, heads[side], strict=True):
            kept = usable(*naive.campaigns, family, one)
            weights = weights_after(naive.after, kept) if side else weights_before(*naive.campaigns, kept)
            silence = sum(a * campaign.silence(skill, one) for skill, a in (in_shares(weights) or {}).items())
            total += Fraction(count, sum(heads[side])) * silence
        found.append(total)
    return found[0], found[1]


def test_the_oracle_knows_every_rule_of_the_engine() -> None:
    """A convention that the oracle does not apply would be compared with nothing."""
    named = set(scoring.Rules().to_dict()) - set(oracle.DEFAULTS)
    assert {name for name in named if not name.startswith("instrument_")} == {"edition"}
