"""Figures against other software and against published tables."""

import itertools
import math
import random
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from scoring.cells import SkillTally
from scoring.edition_1 import Profile, Rules, change, profile
from scoring.edition_1 import estimates as student
from scoring.edition_1.agreement import rwg, words
from scoring.edition_1.estimates import Estimate, holm
from scoring.edition_1.moments import moments
from tests.scoring.campaigns import make_grid, people, table

ONE = make_grid({"F": [1]})
THREE = make_grid({"F": [1, 1, 1]})
CAMPAIGNS = ([0, 1, 1, 2, 3, 1, 2], [2, 3, 2, 4, 3, 3, 4, 4, 1])


def campaign(levels: list[int], **sizes: int) -> Profile:
    return profile(table(people("elus", {"F-1": levels})), ONE, Rules(sizes=sizes or None))  # type: ignore[arg-type]


@pytest.mark.parametrize("levels", CAMPAIGNS)
def test_one_skill_has_the_usual_t_interval(levels: list[int]) -> None:
    found = campaign(levels).families.iloc[0]
    expected = stats.ttest_1samp(levels, 0).confidence_interval(0.95)
    assert (found["low"], found["high"]) == pytest.approx((max(expected.low, 0), min(expected.high, 4)), rel=1e-12)


def test_complete_answers_have_the_interval_of_each_persons_mean() -> None:
    answers = np.random.default_rng(2).integers(0, 5, (12, 3))
    frame = table(people("elus", {f"F-{place + 1}": column.tolist() for place, column in enumerate(answers.T)}))
    found = profile(frame, THREE).families.iloc[0]
    expected = stats.ttest_1samp(answers.mean(axis=1), 0).confidence_interval(0.95)
    assert (found["low"], found["high"]) == pytest.approx((expected.low, expected.high), rel=1e-12)


def test_a_declared_size_narrows_the_interval_by_the_correction() -> None:
    wide, narrow = campaign(CAMPAIGNS[1]).families.iloc[0], campaign(CAMPAIGNS[1], elus=12).families.iloc[0]
    ratio = (narrow["score"] - narrow["low"]) / (wide["score"] - wide["low"])
    assert ratio == pytest.approx(math.sqrt((12 - 9) / (12 - 1)), rel=1e-12)


def test_when_everyone_answered_nothing_is_left_to_chance() -> None:
    found = campaign(CAMPAIGNS[1], elus=9).families.iloc[0]
    assert found["low"] == found["score"] == found["high"]


def test_a_change_is_welchs_test() -> None:
    found = change(campaign(CAMPAIGNS[0]), campaign(CAMPAIGNS[1])).iloc[0]
    test = stats.ttest_ind(CAMPAIGNS[1], CAMPAIGNS[0], equal_var=False)
    interval = test.confidence_interval(0.95)
    assert found["p"] == pytest.approx(test.pvalue, rel=1e-12)
    assert (found["low"], found["high"]) == pytest.approx((interval.low, interval.high), rel=1e-12)
    assert found["verdict"] == "hausse nette"


def test_the_difference_of_two_samples_has_welchs_degrees() -> None:
    parts = [(Fraction(np.var(x, ddof=1)) / len(x), len(x) - 1) for x in CAMPAIGNS]
    degrees = Estimate(Fraction(0), tuple(parts)).degrees
    assert degrees == pytest.approx(stats.ttest_ind(*CAMPAIGNS, equal_var=False).df, rel=1e-12)


@pytest.mark.parametrize(
    ("confidence", "degrees"), list(itertools.product([0.5, 0.9, 0.95, 0.999], [1.5, 4, 6.21, 29, 1e6]))
)
def test_quantiles_are_those_of_students_t(confidence: float, degrees: float) -> None:
    assert student.quantile(confidence, degrees) == pytest.approx(stats.t.ppf((1 + confidence) / 2, degrees), rel=1e-10)


@pytest.mark.parametrize(("degrees", "t"), [(4, 2.776), (5, 2.571), (9, 2.262), (14, 2.145), (29, 2.045)])
def test_quantiles_are_those_of_printed_tables(degrees: int, t: float) -> None:
    assert round(student.quantile(0.95, degrees), 3) == t


def test_pairwise_deviations_are_those_of_a_double_loop() -> None:
    """Σ n_s(x_s − m_s) · n_t(x_t − m_t) over those who answered both, for every pair, with many silences."""
    block = np.random.default_rng(3).integers(-3, 5, (4, 40)).astype(np.int8)
    counts, totals = [(row >= 0).sum() for row in block], [row[row >= 0].sum() for row in block]
    expected = [
        [
            sum((counts[s] * x - totals[s]) * (counts[t] * y - totals[t]) for x, y in pairs if min(x, y) >= 0)
            for t, pairs in enumerate(zip(block[s], row, strict=True) for row in block)
        ]
        for s in range(4)
    ]
    assert moments(block).deviations().tolist() == expected


def test_sums_are_exact_however_many_respondents_and_levels() -> None:
    """More than a chunk of the highest level: the sums are whole numbers, to the unit."""
    for kind, level in ((np.int8, 126), (np.int16, 30_000)):
        found = moments(np.full((2, 100_001), level, dtype=kind))
        assert found.products.tolist() == [[level**2 * 100_001] * 2] * 2
        assert found.respondents == 100_001


def test_holm_is_the_example_of_every_textbook() -> None:
    """Sorted: 0.005 × 4, 0.01 × 3, 0.03 × 2, then 0.04 × 1, raised to the one before it."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []


def test_holm_is_that_of_statsmodels() -> None:
    from statsmodels.stats.multitest import multipletests

    chance = random.Random(5)
    values = [chance.random() ** 3 for _ in range(25)]
    assert holm(values) == pytest.approx(multipletests(values, method="holm")[1].tolist(), rel=1e-12)


def cell(*counts: int) -> SkillTally:
    return SkillTally(counts=counts, lowest=0, unknown=0, not_applicable=0, unanswered=0)


@pytest.mark.parametrize(
    ("levels", "variance"), [(4, 1.25), (5, 2.0), (6, 2.92), (7, 4.0), (8, 5.25), (9, 6.67), (10, 8.25), (11, 10.0)]
)
def test_answers_at_random_have_the_published_variance(levels: int, variance: float) -> None:
    """σ²_EU = (A² − 1)/12, as tabulated by LeBreton & Senter (2008): 2.00 for five levels, 4.00 for seven…

    r_wg = 1 − s²/σ², so that a cell of known s² gives σ² back.
    """
    found = cell(500, 500, *([0] * (levels - 2)))
    agreement = rwg(found)
    assert agreement is not None
    assert found.sd is not None
    assert found.sd**2 / (1 - agreement) == pytest.approx(variance, abs=0.005)


@pytest.mark.parametrize(
    ("counts", "mean", "variance", "expected_rwg", "ad"),
    [
        ((0, 0, 0, 5, 5), 3.5, 0.2777778, 0.8611111, 0.5),
        ((0, 0, 2, 6, 2), 3.0, 0.4444444, 0.7777778, 0.4),
        ((2, 2, 2, 2, 2), 2.0, 2.2222222, 0.0, 1.2),
        ((5, 0, 0, 0, 5), 2.0, 4.4444444, 0.0, 2.0),
        ((0, 0, 10, 0, 0), 2.0, 0.0, 1.0, 0.0),
    ],
)
def test_agreement_of_ten_raters_worked_by_hand(
    counts: tuple[int, ...], mean: float, variance: float, expected_rwg: float, ad: float
) -> None:
    """Ten raters on five levels, the setting of James, Demaree & Wolf (1984) and of Burke, Finkelstein & Dusig (1999):
    strong agreement, agreement, answers spread evenly (AD 1.2, their null), two camps (the largest), unanimity.
    """
    found = cell(*counts)
    assert float(found.mean) == mean
    assert found.sd == pytest.approx(math.sqrt(variance), abs=1e-7)
    assert rwg(found) == pytest.approx(expected_rwg, abs=1e-7)
    assert found.ad == pytest.approx(ad)


@pytest.mark.parametrize(("levels", "limit"), [(5, 0.83), (7, 1.17), (9, 1.50), (11, 1.83)])
def test_the_limit_of_agreement_is_the_published_one(levels: int, limit: float) -> None:
    """A/6, the upper limits of Burke & Dunlap (2002): 0.8 for five options, 1.2 for seven, 1.5 for nine."""
    for place in range(1, 400):
        apart = cell(place, *([0] * (levels - 2)), 400 - place)
        close = apart.ad <= levels / 6
        assert (words(apart, Rules()) == "avis convergents") is close
    assert round(levels / 6, 2) == limit


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 5, 0, 1, 0), "avis convergents"),
        ((1, 1, 2, 1, 0), "avis partagés"),
        ((3, 0, 0, 0, 3), "avis opposés"),
        ((3, 0, 6, 0, 3), "avis opposés"),
        ((2, 0, 7, 0, 3), "avis partagés"),
        ((1, 1, 0, 1, 1), "avis opposés"),
        ((5, 0, 0, 0, 1), "avis partagés"),
        ((3, 3), "avis opposés"),
        ((1, 7), "avis convergents"),
        ((2, 2), "avis opposés"),
        ((1,), None),
    ],
)
def test_agreement_in_words(counts: tuple[int, ...], expected: str | None) -> None:
    assert words(cell(*counts), Rules()) == expected


def test_no_variation_leaves_a_point_and_a_sure_verdict() -> None:
    found = change(campaign([1] * 5), campaign([2] * 5)).iloc[0]
    assert found[["delta", "low", "high", "verdict", "p"]].tolist() == [1, 1, 1, "hausse nette", 0]
    same = change(campaign([1] * 5), campaign([1] * 5)).iloc[0]
    assert same[["delta", "verdict", "p"]].tolist() == [0, "stable ou incertain", 1]


def test_a_clear_change_needs_a_difference_that_matters() -> None:
    """Eight people out of sixteen move by one level: Δ is exactly 0.5. One fewer, and it is no longer clear."""
    before = [2] * 16
    for moved, verdict in ((8, "hausse nette"), (7, "stable ou incertain")):
        after = [3] * moved + [2] * (16 - moved)
        found = change(campaign(before), campaign(after)).iloc[0]
        assert found["low"] > 0
        assert found["verdict"] == verdict


def test_fewer_than_five_answers_give_a_score_without_an_interval() -> None:
    rules = Rules(k=3)
    found = profile(table(people("elus", {"F-1": [1, 2, 4]})), ONE, rules)
    assert found.families.iloc[0]["score"] == pytest.approx(7 / 3)
    assert math.isnan(found.families.iloc[0]["low"])
    moved = change(found, campaign([4] * 9)).iloc[0]
    assert (moved["verdict"], math.isnan(moved["p"])) == ("stable ou incertain", True)
