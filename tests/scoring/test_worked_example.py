"""Every number of the worked example of the method (§ 14)."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring import compare
from scoring.display import change_shown, interval_shown, largest_remainder, score_shown
from scoring.formulas.agreement import convergence_limit
from scoring.rules import Rules
from scoring.statistics.student import t_quantile
from tests.scoring import worked_example as example

CAMPAIGNS = {"before": example.before, "after": example.after}


def near(expected: float, digits: int = 4) -> Any:
    """Equal to the last digit written."""
    return pytest.approx(expected, abs=0.51 * 10**-digits)


@pytest.mark.parametrize(
    ("campaign", "college", "means"),
    [
        ("before", "elus", "7/6 5/2 3/5"),
        ("before", "agents", "2 7/5 1"),
        ("after", "elus", "7/3 3 5/3"),
        ("after", "agents", "14/5 23/10 17/10"),
    ],
)
def test_the_means_of_cells(campaign: str, college: str, means: str) -> None:
    cells = CAMPAIGNS[campaign]().cells
    assert [str(cells[f"E-{place}", college].mean) for place in (1, 2, 3)] == means.split()


@pytest.mark.parametrize(
    ("campaign", "college", "square", "rule", "h", "v", "variance", "score", "low", "high"),
    [
        ("before", "elus", "1/4", 2, "11/60", "137/240", 0.022893, "73/60", 0.8373, 1.5961),
        ("before", "agents", "91/90", 1, "1/10", "111/100", 0.076313, "27/20", 0.7345, 1.9655),
        ("after", "elus", "1/4", 2, "1/6", "13/24", 0.015516, "13/6", 1.8619, 2.4715),
        ("after", "agents", "199/360", 1, "1/10", "279/400", 0.047953, "17/8", 1.6371, 2.6129),
    ],
)
def test_the_families(
    campaign: str,
    college: str,
    square: str,
    rule: int,
    h: str,
    v: str,
    variance: float,
    score: str,
    low: float,
    high: float,
) -> None:
    profile = CAMPAIGNS[campaign]()
    spread, found = profile.spread("E", college), profile.interval("E", college)
    assert spread is not None
    assert (str(spread.square), spread.rule) == (square, rule)
    assert (str(found.h), str(found.v), str(found.g), str(found.value)) == (h, v, "11/16", score)
    assert float(found.V or 0) == near(variance, 6)
    assert (found.low, found.high, found.margin) == (near(low), near(high), "intervalle")
    assert found.nu == found.n_tilde


def test_the_quantiles() -> None:
    assert t_quantile(0.975, Fraction(60, 11)) == near(2.5075)
    assert t_quantile(0.975, 10) == near(2.2281)


def test_a_small_cell_shows_its_mean_and_its_silence() -> None:
    (row,) = example.before().skills.query("skill == 'E-3' and college == 'elus'").to_dict("records")
    assert (row["n"], row["mean"], row["silence"]) == (5, 0.6, pytest.approx(1 / 6))
    assert all(row[name] != row[name] for name in ("sd", "ad", "rwg", "unknown", "not_applicable", "unanswered"))
    assert row["agreement"] is None
    assert row["distribution"] is None


def test_the_words_of_agents() -> None:
    tables = {campaign: made().skills.query("college == 'agents'") for campaign, made in CAMPAIGNS.items()}
    assert list(tables["before"]["agreement"]) == ["avis partagés", "avis partagés", "avis convergents"]
    assert list(tables["after"]["agreement"]) == ["avis convergents"] * 3
    assert list(tables["before"]["ad"]) == pytest.approx([0.80, 0.88, 0.60])
    assert list(tables["after"]["ad"]) == pytest.approx([0.64, 0.62, 0.56])
    assert convergence_limit(5, 10, Rules()) == Fraction(37, 50)


def test_the_territory() -> None:
    before, after = example.before(), example.after()
    first, second = before.interval("E"), after.interval("E")
    assert (float(first.value), first.low, first.high) == (near(1.2833), near(0.9467), near(1.6200))
    assert (float(first.V or 0), first.nu) == (near(0.024801, 6), near(14.51, 2))
    assert (float(second.value), second.low, second.high) == (near(2.1458), near(1.8772), near(2.4145))
    heads = [float(campaign.score("E", weighting="heads")) for campaign in (before, after)]
    assert heads == [near(1.3), near(2.1406)]


def test_the_change() -> None:
    comparison = compare(example.before(), example.after())
    parts = {college: comparison.parts("E", college) for college in ("elus", "agents")}
    assert [float(part[0]) for part in parts["elus"] or ()] == [near(0.071949, 6), near(0.062066, 6)]
    assert [float(part[0]) for part in parts["agents"] or ()] == [near(0.076313, 6), near(0.047953, 6)]
    assert (comparison.tested_territories, comparison.tested_colleges) == (1, 2)


@pytest.mark.parametrize(
    ("place", "delta", "variance", "nu", "confidence", "low", "high", "visible"),
    [
        ("territoire", 0.8625, 0.064570, 27.76, "39/40", 0.2604, 1.4646, 0.60),
        ("elus", 0.95, 0.134015, 11.29, "9/10", 0.2941, 1.6059, 0.66),
        ("agents", 0.775, 0.124266, 19.01, "9/10", 0.1655, 1.3845, 0.61),
    ],
)
def test_the_rows_of_the_change(
    place: str, delta: float, variance: float, nu: float, confidence: str, low: float, high: float, visible: float
) -> None:
    row = compare(example.before(), example.after()).row("E", place)
    assert (float(row.delta or 0), float(row.V or 0), row.nu) == (near(delta), near(variance, 6), near(nu, 2))
    assert (str(row.confidence), row.low, row.high) == (confidence, near(low), near(high))
    assert (row.verdict, row.reason, row.visible) == ("hausse nette", None, near(visible, 2))
    assert row.opened == (place != "territoire")


def test_what_is_displayed() -> None:
    rows = {place: compare(example.before(), example.after()).row("E", place) for place in ("territoire", "agents")}
    shown = {place: row.shown for place, row in rows.items()}
    figures = {place: [str(one.before), str(one.after), str(one.delta)] for place, one in shown.items() if one}
    assert figures == {"territoire": ["1.28", "2.15", "0.87"], "agents": ["1.35", "2.13", "0.78"]}
    assert change_shown(Fraction(77, 60), Fraction(103, 48), 2)[2] == Decimal("0.87")
    elus = example.after().interval("E", "elus")
    assert score_shown(elus.value, example.grid()) == Decimal("2.2")
    assert elus.low is not None
    assert elus.high is not None
    assert interval_shown(elus.low, elus.high, 1, example.grid()) == (Decimal("1.8"), Decimal("2.5"))
    terms = largest_remainder([Fraction(7, 12), Fraction(3, 4), Fraction(5, 6)], 2)
    assert [str(term) for term in terms] == ["0.59", "0.75", "0.83"]


def test_the_hindsight_of_elus() -> None:
    after = example.after()
    base = after.hindsight_base
    assert base is not None
    assert [str(base.cells[f"E-{place}", "elus"].delta) for place in (1, 2, 3)] == ["1", "5/6", "1"]
    assert [base.cells[f"E-{place}", "elus"].n for place in (1, 2, 3)] == [5, 6, 6]
    assert base.families["E", "elus"].square == Fraction(1, 16)
    row = after.hindsight_row("E", "elus")
    assert (row.delta, row.confidence, row.verdict) == (Fraction(23, 24), Fraction(19, 20), "hausse nette")
    assert (float(row.V or 0), row.low, row.high) == (near(0.051133, 6), near(0.3982), near(1.5184))
    assert after.hindsight_row("E", "agents").delta is None
    assert after.hindsight_row("E", "territoire").delta is None
    published = after.hindsight.query("published")
    assert list(published["college"]) == ["elus"]
    assert list(published["n"]) == [6]


def test_voluntary_agents() -> None:
    row = example.volunteers().families.query("college == 'agents'").iloc[0]
    assert (row["score"], row["absent"], row["margin"]) == (2.125, 0.5, "volontaires")
    assert row["low"] != row["low"]
