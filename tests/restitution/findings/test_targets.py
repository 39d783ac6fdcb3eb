"""Levels aimed at: how far, as printed; and where the naive line of the other skills puts each one."""

from collections.abc import Callable
from fractions import Fraction

import pandas as pd
import pytest

import grille
from restitution.chart_data.radar import axes_of
from restitution.findings.change.parcours_progress import ParcoursProgress, WeakSkill, progress
from restitution.findings.change.targets import AimedLevel, aimed_levels
from scoring import Profile, profile

GRID = grille.current()
CODES = [skill.code for skill in GRID.skills if skill.core]
WORKED = CODES[:3]
SCALE = (0, 4)


def aimed(level: int, now: Fraction | None) -> AimedLevel:
    return AimedLevel("A", "A", level, "2025", "2026", None, now, None)


@pytest.mark.parametrize(
    ("level", "now", "words"),
    [
        (3, None, "Pas encore mesuré."),
        (3, Fraction(5, 2), "Il manque 0,5 niveau."),
        (3, Fraction(1), "Il manque 2,0 niveaux."),
        (3, Fraction(298, 100), "Le niveau visé est atteint."),
        (3, Fraction(304, 100), "Le niveau visé est atteint."),
        (3, Fraction(294, 100), "Il manque 0,1 niveau."),
    ],
)
def test_what_is_missing_is_said_of_the_printed_figures(level: int, now: Fraction | None, words: str) -> None:
    assert aimed(level, now).sentence == words


def test_a_level_below_what_is_measured_is_kept_and_said() -> None:
    assert aimed(2, Fraction(206, 100)).below
    assert "au-dessous de ce qui est mesuré" in aimed(2, Fraction(206, 100)).sentence
    assert not aimed(2, Fraction(204, 100)).below


def campaigns(before: Callable[[int], int], after: Callable[[int], int]) -> tuple[Profile, Profile]:
    """Two campaigns of one college of six people, all of whom give the same level to each skill."""
    return tuple(  # type: ignore[return-value]
        profile(
            pd.DataFrame({"college": ["elus"] * 6} | {code: [level(rank)] * 6 for rank, code in enumerate(CODES)}), GRID
        )
        for level in (before, after)
    )


def measured_now(after: Profile) -> list[WeakSkill]:
    axis = axes_of(GRID)[0]
    skills = {skill.code: skill for skill in GRID.skills}
    return [WeakSkill(axis, skills[code], after.cells[code, "elus"].mean) for code in CODES]


def naive_line(points: list[tuple[Fraction, Fraction]], at: Fraction) -> Fraction:
    """Where the least-squares line of those points is at that abscissa."""
    count = len(points)
    x, y = sum(one for one, _ in points) / Fraction(count), sum(two for _, two in points) / Fraction(count)
    slope = sum((one - x) * (two - y) for one, two in points) / sum((one - x) ** 2 for one, _ in points)
    return y + slope * (at - x)


def test_each_skill_is_beside_the_line_of_the_skills_that_were_not_worked_on() -> None:
    before, after = campaigns(lambda rank: rank % 4, lambda rank: min((rank % 4 + (rank * 7) % 3), 4))
    found = progress(before, after, WORKED, "2025", "2026")
    assert isinstance(found, ParcoursProgress)
    others = [(before.cells[one, "elus"].mean, after.cells[one, "elus"].mean) for one in CODES if one not in WORKED]
    levels = list(aimed_levels(dict.fromkeys(WORKED, 3), {}, measured_now(after), found, SCALE))
    assert [one.code for one in levels] == WORKED
    for one in levels:
        was, now = before.cells[one.code, "elus"].mean, after.cells[one.code, "elus"].mean
        assert (one.was, one.now, one.since, one.until) == (was, now, "2025", "2026")
        assert one.expected == min(max(naive_line(others, was), Fraction(0)), Fraction(4))


def test_regression_leads_no_skill_beyond_the_scale() -> None:
    before, after = campaigns(lambda rank: 0 if rank < 3 else 2 + rank % 2, lambda rank: 4 * (rank % 2))
    found = progress(before, after, WORKED, "2025", "2026")
    others = [(before.cells[one, "elus"].mean, after.cells[one, "elus"].mean) for one in CODES if one not in WORKED]
    assert naive_line(others, Fraction(0)) < 0
    [one, *_others] = aimed_levels(dict.fromkeys(WORKED, 3), {}, measured_now(after), found, SCALE)
    assert one.expected == 0


def test_without_a_campaign_before_only_what_is_measured_is_said() -> None:
    _before, after = campaigns(lambda _rank: 1, lambda rank: rank % 4)
    [one] = aimed_levels({CODES[2]: 3}, {}, measured_now(after), None, SCALE)
    assert (one.was, one.now, one.expected, one.since) == (None, Fraction(2), None, "")
