"""From answers to a profile: hide first, compute after."""

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
    """Compute a campaign's profile from its answers, one row per respondent.

    ``hindsight`` says how the same people now see the year before: a table with one row per row of ``answers``, in the
    same order, empty for who gave none. ``hindsight_only_where_complete`` is for a campaign whose means of « then »
    were published under the first edition. Under ``Rules(edition=1)`` the profile is that of the first edition, to
    verify or print again what was adopted; ``hindsight`` is then its retrospective series.

    Raises ``AnswersError`` or ``RulesError`` with everything to put right.

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
    """Compute a profile from coded answers. A size below the number of respondents counts as unknown.

    ``then`` has the same people in the same places.
    """
    base, shown = base_of(coded, rules)
    if then is None:
        return Profile(coded.grid, rules, base, tallies=shown)
    found, pairs = hindsight_of(coded, then, shown, rules, hindsight_only_where_complete)
    return Profile(coded.grid, rules, base, found, shown, pairs)
