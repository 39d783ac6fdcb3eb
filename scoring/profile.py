"""The profile of a campaign: every figure that may be published, as tables."""

from functools import cached_property
from typing import Any

import pandas as pd

from scoring import tables as frames
from scoring.figures import profile_rows
from scoring.figures.exact_figures import ExactFigures


class Profile(ExactFigures):
    """The published figures of a campaign, as tables; the inherited members are the exact values behind them.

    In an unpublished row, every figure except ``n`` is null, and an ``n`` below k is the text ``"<k"``.
    """

    @cached_property
    def skills(self) -> pd.DataFrame:
        """One row per skill and college: `skill, family, college, n, mean, silence, sd, ad, rwg, agreement, unknown,
        not_applicable, unanswered, distribution, published`. From `sd` on, figures are null in a small cell. `mean`,
        `sd` and `ad` are in levels; `silence`, `unknown`, `not_applicable`, `unanswered` are shares from 0 to 1."""
        return frames.build(list(profile_rows.skills(self)), frames.SKILLS)

    @cached_property
    def families(self) -> pd.DataFrame:
        """One row per family and college: `family, college, n, score, low, high, margin, spread, coverage, absent,
        published`; `score`, `low`, `high`, `spread` and `absent` in levels, `coverage` a share from 0 to 1."""
        return frames.build([profile_rows.family(self, *place) for place in self.places], frames.FAMILIES)

    @cached_property
    def territory(self) -> pd.DataFrame:
        """One row per family, under the rules' weighting: `family, score, low, high, margin, colleges, voluntary,
        published`; `voluntary` lists the colleges « répondants volontaires » that take part."""
        rows = [profile_rows.territory(self, family.code) for family in self.grid.families]
        return frames.build(rows, frames.TERRITORY)

    @cached_property
    def weightings(self) -> pd.DataFrame:
        """One row per family, its scores under both weightings, in levels: `family, equal, heads, difference` (heads −
        equal), `published`."""
        rows = [profile_rows.weightings(self, family.code) for family in self.grid.families]
        return frames.build(rows, frames.WEIGHTINGS)

    @cached_property
    def hindsight(self) -> pd.DataFrame:
        """One row per family and college, then ``territoire``: `family, college, n, delta, low, high, confidence,
        verdict, visible, published`, the change in levels with hindsight; no row when it was not asked."""
        rows = self.hindsight_read["families"] if self.hindsight_read else list(profile_rows.hindsight(self))
        return frames.build(rows, frames.HINDSIGHT)

    @cached_property
    def hindsight_skills(self) -> pd.DataFrame:
        """One row per skill and college: `skill, college, n, delta, published`, the mean difference of `n` pairs."""
        rows = self.hindsight_read["skills"] if self.hindsight_read else list(profile_rows.hindsight_skills(self))
        return frames.build(rows, frames.HINDSIGHT_SKILLS)

    def to_dict(self) -> dict[str, Any]:
        """Return the ``profile.json`` document: plain values, null where hidden; hindsight only if it was asked."""
        tables = {"skills": self.skills, "families": self.families, "territory": self.territory}
        tables["weightings"] = self.weightings
        if self.has_hindsight:
            tables |= {"hindsight": self.hindsight, "hindsight_skills": self.hindsight_skills}
        return {
            "edition": self.edition,
            "grid": {"id": self.grid.id, "version": self.grid.version},
            "rules": self.rules.to_dict(),
            "respondents": self.respondents,
            **{name: frames.records(table) for name, table in tables.items()},
        }
