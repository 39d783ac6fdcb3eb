"""The oracle itself, against the example of the method, number by number, and against what can be counted by hand."""

from fractions import Fraction
from typing import Any

import pytest

from tests.scoring import oracle
from tests.scoring.campaigns import make_grid
from tests.scoring.oracle import Campaign, Comparison, agreement, display, hindsight, intervals, spread
from tests.scoring.oracle.campaign import Row
from tests.scoring.oracle.intervals import Pooled, student

GRID = make_grid({"E": [1, 1, 2]}, range(5), ("elus", "agents"))
BEFORE = {
    "elus": "1,2,0 · 2,3,1 · 1,2,1 · 2,3,0 · 1,3,1 · 0,2,NSP",
    "agents": "2,1,0 · 2,2,1 · 3,2,1 · 1,1,1 · 2,2,2 · 1,0,0 · 2,1,1 · 3,4,2 · 0,1,0 · 4,0,2",
}
AFTER = {
    "elus": "2,3,1 · 3,3,2 · 2,2,2 · 2,4,2 · 3,3,1 · 2,3,2",
    "agents": "3,2,1 · 2,3,1 · 3,2,2 · 2,2,2 · 4,3,2 · 3,2,1 · 2,2,2 · 3,4,3 · 2,1,1 · 4,2,2",
}
THEN = {"elus": "1,2,0 · 2,2,1 · 1,2,1 · 1,3,1 · 2,2,0 · –,2,1", "agents": " · ".join(["–,–,–"] * 10)}


def rows(answers: dict[str, str]) -> list[Row]:
    return [
        {"college": college, "mode": "individuel"}
        | {f"E-{place}": value(text) for place, text in enumerate(person.split(","), 1)}
        for college, people in answers.items()
        for person in people.split(" · ")
    ]


def value(text: str) -> Any:
    return int(text) if text.isdigit() else None if text == "–" else text


def campaign(answers: dict[str, str], **rules: Any) -> Campaign:
    return Campaign(rows(answers), GRID, then=rules.pop("then", None), **({"sizes": {"elus": 8}} | rules))


def close(*figures: float) -> Any:
    """As printed in the method: four decimals, or six for a variance."""
    return pytest.approx(figures if len(figures) > 1 else figures[0], abs=0.6e-4)


@pytest.mark.parametrize(
    ("answers", "college", "means", "square", "h", "v", "variance", "score"),
    [
        (
            BEFORE,
            "elus",
            (Fraction(7, 6), Fraction(5, 2), Fraction(3, 5)),
            Fraction(1, 4),
            Fraction(11, 60),
            Fraction(137, 240),
            0.022893,
            Fraction(73, 60),
        ),
        (
            BEFORE,
            "agents",
            (2, Fraction(7, 5), 1),
            Fraction(91, 90),
            Fraction(1, 10),
            Fraction(111, 100),
            0.076313,
            Fraction(135, 100),
        ),
        (
            AFTER,
            "elus",
            (Fraction(7, 3), 3, Fraction(5, 3)),
            Fraction(1, 4),
            Fraction(1, 6),
            Fraction(13, 24),
            0.015516,
            Fraction(13, 6),
        ),
        (
            AFTER,
            "agents",
            (Fraction(14, 5), Fraction(23, 10), Fraction(17, 10)),
            Fraction(199, 360),
            Fraction(1, 10),
            Fraction(279, 400),
            0.047953,
            Fraction(2125, 1000),
        ),
    ],
)
def test_the_intervals_of_the_example(
    answers: Any, college: str, means: Any, square: Fraction, h: Fraction, v: Fraction, variance: float, score: Fraction
) -> None:
    found = campaign(answers)
    assert tuple(found.mean(f"E-{place}", college) for place in (1, 2, 3)) == means
    assert spread.spread(found, "E", college) == square
    known = intervals.family_pooled(found, "E", college)
    assert known == Pooled(h, 1 / h, v, Fraction(11, 16), 1 / h)
    assert known.variance(found.size(college)) == pytest.approx(Fraction(variance), abs=1e-6)
    assert found.score(found.shares("E", college) or {}, college) == score


def test_the_spread_of_the_example_before_its_step() -> None:
    found = campaign(BEFORE)
    squares = [found.square(f"E-{place}", "elus") for place in (1, 2, 3)]
    assert squares == [Fraction(17, 30), Fraction(3, 10), Fraction(3, 10)]
    assert spread.average(squares) == Fraction(7, 18)
    assert spread.by_rule(found, "E", "elus") == (2, Fraction(1, 4))
    assert [found.square(f"E-{place}", "agents") for place in (1, 2, 3)] == [
        Fraction(4, 3),
        Fraction(62, 45),
        Fraction(2, 3),
    ]
    assert spread.by_rule(found, "E", "agents") == (1, Fraction(91, 90))
    later = campaign(AFTER)
    assert spread.average([later.square(f"E-{place}", "elus") for place in (1, 2, 3)]) == Fraction(14, 45)


def test_the_tables_of_the_example() -> None:
    before, after = (
        {row["college"]: row for row in oracle.family_rows(campaign(answers))} for answers in (BEFORE, AFTER)
    )
    assert [(row["low"], row["high"]) for table in (before, after) for row in table.values()] == [
        close(0.8373, 1.5961),
        close(0.7345, 1.9655),
        close(1.8619, 2.4715),
        close(1.6371, 2.6129),
    ]
    assert (before["elus"]["n"], before["elus"]["spread"], before["elus"]["margin"]) == (6, 0.5, "intervalle")
    assert student(0.975, 60 / 11) == close(2.5075)
    assert student(0.975, 10) == close(2.2281)
    rows = {(row["skill"], row["college"]): row for row in oracle.skill_rows(campaign(BEFORE))}
    cell = rows["E-3", "elus"]
    assert (cell["n"], cell["silence"], cell.keys() & {"sd", "agreement", "distribution"}) == (5, Fraction(1, 6), set())
    words = [(rows[f"E-{place}", "agents"]["ad"], rows[f"E-{place}", "agents"]["agreement"]) for place in (1, 2, 3)]
    assert words == [
        (Fraction(8, 10), "avis partagés"),
        (Fraction(88, 100), "avis partagés"),
        (Fraction(6, 10), "avis convergents"),
    ]
    later = [row for row in oracle.skill_rows(campaign(AFTER)) if row["college"] == "agents"]
    assert [row["ad"] for row in later] == [Fraction(64, 100), Fraction(62, 100), Fraction(56, 100)]
    assert {row["agreement"] for row in later} == {"avis convergents"}


def test_the_territory_of_the_example() -> None:
    (before,), (after,) = (oracle.territory_rows(campaign(answers)) for answers in (BEFORE, AFTER))
    assert (before["score"], before["low"], before["high"]) == close(1.2833, 0.9467, 1.6200)
    assert (after["score"], after["low"], after["high"]) == close(2.1458, 1.8772, 2.4145)
    assert [oracle.weighting_rows(campaign(answers))[0]["heads"] for answers in (BEFORE, AFTER)] == [
        close(1.3),
        close(2.1406),
    ]


def test_the_change_of_the_example() -> None:
    found = {row["college"]: row for row in Comparison(campaign(BEFORE), campaign(AFTER)).rows()}
    assert [row["verdict"] for row in found.values()] == ["hausse nette"] * 3
    assert [row["confidence"] for row in found.values()] == pytest.approx([0.9, 0.9, 0.975])
    whole, elus, agents = (found[college] for college in ("territoire", "elus", "agents"))
    assert (whole["delta"], whole["low"], whole["high"]) == close(0.8625, 0.2604, 1.4646)
    assert (elus["delta"], elus["low"], elus["high"]) == close(0.95, 0.2941, 1.6059)
    assert (agents["delta"], agents["low"], agents["high"]) == close(0.775, 0.1655, 1.3845)
    assert [round(row["visible"], 2) for row in (whole, elus, agents)] == [0.60, 0.66, 0.61]
    assert whole["comparable_skills"] == 3
    comparison = Comparison(campaign(BEFORE), campaign(AFTER))
    both = [comparison.sides["E", college].parts or [] for college in ("elus", "agents")]
    parts = [float(variance) for college in both for variance, _ in college]
    assert parts == pytest.approx([0.071949, 0.062066, 0.076313, 0.047953], abs=1e-6)


def test_what_the_example_shows() -> None:
    found = {row["college"]: row for row in Comparison(campaign(BEFORE), campaign(AFTER)).rows()}
    shown = {
        college: [
            display.half_up(row["before"], 2),
            display.half_up(row["after"], 2),
            display.change_shown(row["before"], row["after"], 2),
        ]
        for college, row in found.items()
    }
    assert shown["territoire"] == [Fraction("1.28"), Fraction("2.15"), Fraction("0.87")]
    assert shown["agents"] == [Fraction("1.35"), Fraction("2.13"), Fraction("0.78")]
    elus = next(row for row in oracle.family_rows(campaign(AFTER)) if row["college"] == "elus")
    assert display.half_up(elus["score"], 1) == Fraction("2.2")
    assert display.outward(elus["low"], elus["high"], 1) == (Fraction("1.8"), Fraction("2.5"))
    assert display.terms_shown([Fraction(7, 12), Fraction(3, 4), Fraction(5, 6)], 2) == [
        Fraction("0.59"),
        Fraction("0.75"),
        Fraction("0.83"),
    ]


def test_the_hindsight_of_the_example() -> None:
    found = campaign(AFTER, then=rows(THEN))
    assert [(row["n"], row["delta"]) for row in oracle.hindsight_skills(found) if row["college"] == "elus"] == [
        (5, 1),
        (6, Fraction(5, 6)),
        (6, 1),
    ]
    pairs = hindsight.pairs(found, "E", "elus")
    assert pairs is not None
    assert sorted(pairs.departures()) == [Fraction(-5, 24), *[Fraction(1, 24)] * 4, Fraction(1, 18)]
    assert hindsight.square(found, pairs) == Fraction(1, 16)
    assert hindsight.variance(found, pairs) == (Fraction(187, 640) * Fraction(7, 40), Fraction(40, 7))
    table = {row["college"]: row for row in oracle.hindsight_rows(found)}
    elus = table["elus"]
    assert (elus["n"], elus["delta"], elus["verdict"], elus["confidence"]) == (
        6,
        Fraction(23, 24),
        "hausse nette",
        0.95,
    )
    assert (elus["low"], elus["high"]) == close(0.3982, 1.5184)
    assert [table[college]["published"] for college in ("agents", "territoire")] == [False, False]


def test_the_absent_of_the_example() -> None:
    found = campaign(AFTER, sizes={"agents": 40}, voluntary=("agents",))
    agents = next(row for row in oracle.family_rows(found) if row["college"] == "agents")
    assert (agents["absent"], agents["margin"], "low" in agents) == (Fraction(1, 2), "volontaires", False)


@pytest.mark.parametrize(
    ("n", "limit"), [(10, Fraction(37, 50)), (11, Fraction(96, 121)), (12, Fraction(59, 72)), (13, Fraction(140, 169))]
)
def test_the_limits_of_agreement_are_those_that_the_method_prints(n: int, limit: Fraction) -> None:
    assert agreement.largest_by_chance(5, n, Fraction(1, 20)) == limit


@pytest.mark.parametrize(("scale", "n"), [(2, 10), (3, 12), (5, 11), (6, 7)])
def test_two_ways_to_enumerate_agree(scale: int, n: int) -> None:
    ways = agreement.one_by_one(scale, n)
    assert ways == agreement.by_people_below(scale, n)
    assert sum(ways.values()) == scale**n


@pytest.mark.parametrize(
    ("square", "step"),
    [(0, 1), (Fraction(9, 16) - Fraction(1, 10**9), 1), (Fraction(9, 16), 2), (Fraction(25, 16), 3), (9, 4)],
)
def test_steps_of_the_spread_change_halfway(square: Fraction, step: int) -> None:
    assert spread.nearest_step(Fraction(square), 4, parts=8, most=4) == Fraction(step, 2) ** 2


def test_rounding_is_half_up_whatever_the_sign() -> None:
    assert [display.half_up(Fraction(x), 1) for x in ("0.25", "-0.25", "-0.35")] == [
        Fraction("0.3"),
        Fraction("-0.2"),
        Fraction("-0.3"),
    ]
    assert display.level_read(Fraction("2.45"), range(5)) == (2, 3)
    assert display.level_read(Fraction("2.44"), range(5)) == (2,)
