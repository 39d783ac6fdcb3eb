"""Computation of profiles from answers: hide first, compute after."""

from typing import overload

import pandas as pd

from grille.grid import Grid
from scoring import edition_1
from scoring.coding import CodedAnswers, code
from scoring.figures.base import base_of
from scoring.figures.hindsight import hindsight_of, paired_codes
from scoring.profile import Profile
from scoring.rules import Rules


@overload
def profile(
    answers: pd.DataFrame,
    grid: Grid,
    rules: Rules | None = None,
    *,
    hindsight: pd.DataFrame | None = None,
    hindsight_only_where_complete: bool = False,
) -> Profile: ...


@overload
def profile(
    answers: pd.DataFrame, grid: Grid, rules: edition_1.Rules, *, hindsight: pd.DataFrame | None = None
) -> edition_1.Profile: ...


def profile(
    answers: pd.DataFrame,
    grid: Grid,
    rules: Rules | edition_1.Rules | None = None,
    *,
    hindsight: pd.DataFrame | None = None,
    hindsight_only_where_complete: bool = False,
) -> Profile | edition_1.Profile:
    """Return a campaign's profile from its answers, one row per respondent.

    ``hindsight`` has the levels that the same people now give to the year before: a table with one row per row of
    ``answers``, in the same order, empty for people who gave none. ``hindsight_only_where_complete`` is for a campaign
    whose means of the year before were published under edition 1. Under ``Rules(edition=1)`` the profile is that of
    edition 1, to verify or print again what was adopted; ``hindsight`` is then its retrospective series.

    Raises ``AnswersError`` or ``RulesError`` with every problem.

    >>> from grille import current
    >>> answers = pd.DataFrame({"college": ["elus"] * 6, "COO-1": [2, 3, 3, 2, 3, "NSP"], "COO-2": [1, 2, 2, 1, 2, 1],
    ...                         "COO-3": [0, 1, 0, 1, 1, 1]})
    >>> profile(answers, current()).families.head(1).round(2).drop(columns=["absent", "published"])
      family college  n  score   low  high      margin  spread  coverage
    0    COO    elus  6   1.59  0.95  2.23  intervalle     0.5       0.5
    """
    if isinstance(rules, edition_1.Rules):
        return edition_1.profile(answers, grid, rules, retrospective=hindsight)
    rules = rules or Rules()
    now = code(answers, grid, rules)
    then = None if hindsight is None else paired_codes(answers, hindsight, grid, rules)
    return profile_of(now, rules, then, hindsight_only_where_complete)


def profile_of(
    coded: CodedAnswers, rules: Rules, then: CodedAnswers | None = None, hindsight_only_where_complete: bool = False
) -> Profile:
    """Return a profile from coded answers. A declared size below the number of respondents is ignored.

    ``then`` has the levels of the year before, with the same people in the same columns.
    """
    base, shown = base_of(coded, rules)
    if then is None:
        return Profile(coded.grid, rules, base, tallies=shown)
    found, pairs = hindsight_of(coded, then, shown, rules, hindsight_only_where_complete)
    return Profile(coded.grid, rules, base, found, shown, pairs)
