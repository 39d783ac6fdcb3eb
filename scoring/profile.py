"""A campaign's profile: every figure that may be published, as tables."""

from functools import cached_property
from typing import Any

import pandas as pd

from scoring import tables as frames
from scoring.figures import profile_rows
from scoring.figures.exact_figures import ExactFigures


class Profile(ExactFigures):
    """What a campaign's answers say, once everything that must stay hidden has been removed.

    The tables are exactly what is published: in an unpublished row every figure but ``n`` is null, and an ``n`` below k
    is the text ``"<k"``. What it inherits is the exact values behind them.
    """

    @cached_property
    def skills(self) -> pd.DataFrame:
        """One row per skill and college: `skill, family, college, n, mean, silence, sd, ad, rwg, agreement, unknown,
        not_applicable, unanswered, distribution, published`; from `sd` on, null in a small cell. Rates are shares."""
        return frames.build(list(profile_rows.skills(self)), frames.SKILLS)

    @cached_property
    def families(self) -> pd.DataFrame:
        """One row per family and college: `family, college, n, score, low, high, margin, spread, coverage, absent,
        published`; `spread` and `absent` in levels."""
        return frames.build([profile_rows.family(self, *place) for place in self.places], frames.FAMILIES)

    @cached_property
    def territory(self) -> pd.DataFrame:
        """One row per family, under the rules' weighting: `family, score, low, high, margin, colleges, voluntary,
        published`; `voluntary` lists the colleges « répondants volontaires » that take part."""
        rows = [profile_rows.territory(self, family.code) for family in self.grid.families]
        return frames.build(rows, frames.TERRITORY)

    @cached_property
    def weightings(self) -> pd.DataFrame:
        """Both weightings side by side: `family, equal, heads, difference` (heads − equal), `published`."""
        rows = [profile_rows.weightings(self, family.code) for family in self.grid.families]
        return frames.build(rows, frames.WEIGHTINGS)

    @cached_property
    def hindsight(self) -> pd.DataFrame:
        """What the same people say has changed: `family, college, n, delta, low, high, confidence, verdict, visible,
        published`, for each college then ``territoire``; no row when it was not asked."""
        rows = self.hindsight_read["families"] if self.hindsight_read else list(profile_rows.hindsight(self))
        return frames.build(rows, frames.HINDSIGHT)

    @cached_property
    def hindsight_skills(self) -> pd.DataFrame:
        """The same by skill: `skill, college, n, delta, published`, `n` counting pairs."""
        rows = self.hindsight_read["skills"] if self.hindsight_read else list(profile_rows.hindsight_skills(self))
        return frames.build(rows, frames.HINDSIGHT_SKILLS)

    def to_dict(self) -> dict[str, Any]:
        """The ``profile.json`` document: plain values, null where a figure is hidden; hindsight only if asked."""
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
