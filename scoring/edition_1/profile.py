"""The profile of a campaign: every figure that may be published, and the exact values behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import pandas as pd

from grille.grid import Grid
from grille.messages import message as _
from scoring.cells import SkillTally, Tallies, blank_hidden, published, tally
from scoring.coding import WORKSHOP, CodedAnswers, code
from scoring.edition_1 import agreement
from scoring.edition_1 import tables as frames
from scoring.edition_1.estimates import Estimate
from scoring.edition_1.rules import Rules, Weighting
from scoring.edition_1.scores import FamilyScore, TerritoryScore, family_score, territory_score, weights_of
from scoring.edition_1.tables import Row
from scoring.errors import NotPublishedError

TERRITORY = "territoire"


@dataclass(frozen=True, eq=False)
class Profile:
    """The published figures of a campaign, and the exact values behind them.

    ``skills``, ``families`` and ``territory`` are exactly what is published: in an unpublished row, every figure except
    ``n`` is null, and an ``n`` below k is the text ``"<k"``. ``respondents`` has the number of people of each college,
    published in the same way.

    ``counts`` has every cell's `n` as published. ``cells``, ``answers`` and ``scores`` are the exact values behind the
    tables, of published cells only. ``retrospective`` has the answers about the year before, « avec le recul », as a
    separate series, when the campaign asked for them.
    """

    grid: Grid
    rules: Rules
    respondents: dict[str, int | str]
    counts: Mapping[tuple[str, str], int | str]
    cells: Tallies
    answers: CodedAnswers
    scores: Mapping[tuple[str, str], FamilyScore]
    retrospective: "Profile | None" = None

    @property
    def colleges(self) -> tuple[str, ...]:
        """The colleges of the campaign, without workshops."""
        return tuple(college for college in self.answers.colleges if college != WORKSHOP)

    @cached_property
    def skills(self) -> pd.DataFrame:
        """One row per skill and college: `skill, family, college, n, mean, sd, ad, rwg, agreement, unknown,
        not_applicable, unanswered, distribution, published`. `mean`, `sd` and `ad` are in levels; `unknown`,
        `not_applicable` and `unanswered` are shares of the college's respondents, from 0 to 1."""
        rows = [
            {"skill": skill.code, "family": family.code, "college": college}
            | {"n": self.counts[skill.code, college]}
            | _shown_figures(self.cells.get((skill.code, college)), self.rules)
            for family in self.grid.families
            for skill in family.skills
            for college in self.answers.colleges
        ]
        return frames.build(rows, frames.SKILLS)

    @cached_property
    def families(self) -> pd.DataFrame:
        """One row per family and college: `family, college, n, score, low, high, coverage, published`.

        `score`, `low` and `high` are in levels, `coverage` is a share from 0 to 1.
        """
        rows = [
            _family_row(family.code, college, self.scores[family.code, college], self)
            for family in self.grid.families
            for college in self.answers.colleges
        ]
        return frames.build(rows, frames.FAMILIES)

    @cached_property
    def territory(self) -> pd.DataFrame:
        """One row per family, under the rules' weighting: `family, score, low, high, colleges, published`.

        `score`, `low` and `high` are in levels, `colleges` is a number of colleges.
        """
        return frames.build([_territory_row(family.code, self) for family in self.grid.families], frames.TERRITORY)

    @cached_property
    def weightings(self) -> pd.DataFrame:
        """One row per family, its scores under both weightings: `family, equal, heads, difference` (heads − equal)."""
        return frames.build([_weightings_row(family.code, self) for family in self.grid.families], frames.WEIGHTINGS)

    def of_territory(self, family: str, weighting: Weighting | None = None) -> TerritoryScore:
        """Return the exact score of a family for the territory, under the rules' weighting or another."""
        scores = {college: self.scores[family, college] for college in self.colleges}
        return territory_score(scores, self.rules, weighting or self.rules.weighting)

    def estimate(self, family: str, college: str | None = None, weighting: Weighting | None = None) -> Estimate:
        """Return the exact score and variance of a family, for a college or for the territory.

        Raises ``NotPublishedError`` when it is hidden, or when the campaign has no such family or college.
        """
        known = family in {known.code for known in self.grid.families}
        asked = {"family": family, "college": college or TERRITORY}
        if not known or college not in (None, TERRITORY, *self.answers.colleges):
            raise NotPublishedError(
                [_("la campagne n’a pas de chiffre pour «\u00a0%(family)s\u00a0», «\u00a0%(college)s\u00a0».", **asked)]
            )
        whole = college in (None, TERRITORY)
        found = self.of_territory(family, weighting) if whole else self.scores[family, str(college)]
        if found.estimate is None:
            raise NotPublishedError(
                [_("le score «\u00a0%(family)s\u00a0», «\u00a0%(college)s\u00a0» n’est pas publié.", **asked)]
            )
        return found.estimate

    def score(self, family: str, college: str | None = None, weighting: Weighting | None = None) -> Fraction:
        """Return the exact score of a family, in levels. Raises ``NotPublishedError`` like ``estimate``."""
        return self.estimate(family, college, weighting).value

    def to_dict(self) -> dict[str, Any]:
        """Return the ``profile.json`` document: plain values, null where a figure is hidden."""
        series = {"retrospective": self.retrospective._tables()} if self.retrospective else {}
        return {
            "grid": {"id": self.grid.id, "version": self.grid.version},
            "rules": self.rules.to_dict(),
            **self._tables(),
            "weightings": frames.records(self.weightings),
            **series,
        }

    def _tables(self) -> dict[str, Any]:
        """Return the tables of this series of answers, as plain values, without the grid and the rules."""
        return {
            "respondents": self.respondents,
            "skills": frames.records(self.skills),
            "families": frames.records(self.families),
            "territory": frames.records(self.territory),
        }


def profile(
    answers: pd.DataFrame, grid: Grid, rules: Rules | None = None, *, retrospective: pd.DataFrame | None = None
) -> Profile:
    """Return a campaign's profile from its answers, one row per respondent.

    ``retrospective`` is a second table of the same form, with the levels that the same people now give to the year
    before. It makes a separate profile, never averaged with the first, without any cell that the first hides.

    Raises ``AnswersError`` or ``RulesError`` with every problem.

    >>> from grille import current
    >>> answers = pd.DataFrame({"college": ["elus"] * 6, "COO-1": [2, 3, 3, 2, 3, "NSP"], "COO-2": [1, 2, 2, 1, 2, 1],
    ...                         "COO-3": [0, 1, 0, 1, 1, 1]})
    >>> profile(answers, current()).families.head(1).round(2)
      family college  n  score   low  high  coverage  published
    0    COO    elus  6   1.59  1.15  2.03       0.5       True
    """
    rules = rules or Rules()
    now = profile_of(code(answers, grid, rules), rules)
    if retrospective is None:
        return now
    then = profile_of(code(retrospective, grid, rules), rules, within=now.cells)
    return replace(now, retrospective=then)


def profile_of(coded: CodedAnswers, rules: Rules, within: Tallies | None = None) -> Profile:
    """Return a profile from coded answers: hide first, compute after. Only cells of ``within``, if given, are shown."""
    cells = tally(coded)
    shown = {place: cell for place, cell in published(cells, rules).items() if within is None or place in within}
    visible = blank_hidden(coded, shown)
    weights = weights_of(coded.grid)
    scores = {
        (family.code, college): family_score(visible, family, college, weights, shown, rules)
        for family in coded.grid.families
        for college in coded.colleges
    }
    return Profile(
        grid=coded.grid,
        rules=rules,
        respondents={college: counted(coded.size(college), college, rules) for college in coded.colleges},
        counts={(skill, college): counted(cell.n, college, rules) for (skill, college), cell in cells.items()},
        cells=shown,
        answers=visible,
        scores=scores,
    )


def counted(n: int, college: str, rules: Rules) -> int | str:
    """Return a number of people as it may be published: the text ``"<k"`` below k."""
    return n if n >= rules.threshold(workshop=college == WORKSHOP) else "<k"


def _shown_figures(cell: SkillTally | None, rules: Rules) -> Row:
    if cell is None:
        return {"published": False}
    return {
        "published": True,
        "mean": float(cell.mean),
        "sd": cell.sd,
        "ad": cell.ad,
        "rwg": agreement.rwg(cell),
        "agreement": agreement.words(cell, rules),
        "unknown": cell.share(cell.unknown),
        "not_applicable": cell.share(cell.not_applicable),
        "unanswered": cell.share(cell.unanswered),
        "distribution": list(cell.counts),
    }


def _family_row(family: str, college: str, score: FamilyScore, profile: Profile) -> Row:
    row: Row = {"family": family, "college": college, "n": counted(score.n, college, profile.rules)}
    if score.estimate is None:
        return row | {"published": False}
    figures = {"score": float(score.estimate.value), "coverage": float(score.coverage)}
    return row | figures | clipped_interval(score.estimate, profile) | {"published": True}


def _territory_row(family: str, profile: Profile) -> Row:
    score = profile.of_territory(family)
    if score.estimate is None:
        return {"family": family, "published": False}
    figures = {"score": float(score.estimate.value), "colleges": score.colleges}
    return {"family": family} | figures | clipped_interval(score.estimate, profile) | {"published": True}


def _weightings_row(family: str, profile: Profile) -> Row:
    equal, heads = (profile.of_territory(family, weighting).estimate for weighting in ("equal", "heads"))
    if equal is None or heads is None:
        return {"family": family, "published": False}
    figures = {"equal": float(equal.value), "heads": float(heads.value), "difference": float(heads.value - equal.value)}
    return {"family": family, "published": True} | figures


def clipped_interval(estimate: Estimate, profile: Profile) -> Row:
    """Return the interval of a score as ``low`` and ``high``, within the scale; an empty dict when there is none."""
    interval = estimate.interval(float(profile.rules.confidence))
    if interval is None:
        return {}
    low, high = interval
    return {"low": max(low, float(profile.grid.lowest)), "high": min(high, float(profile.grid.highest))}
