"""What closing a campaign now would show and hide, from the answers so far: which scores, without their values.

Importing it loads pandas.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import scoring
from grille.colleges import with_college
from scoring import Profile
from storage.core.damage import damage_of, remember_damage
from storage.responses.computed.answer_frames import answers_frame
from storage.responses.computed.profiles import rules_of

if TYPE_CHECKING:
    import pandas as pd

    from storage.campaigns.campaigns import Campaign
    from storage.campaigns.college_merges import CollegeMerge
    from storage.core.engine import Database


@dataclass(frozen=True, slots=True)
class ClosingPreview:
    """The titles of the families that would have a score, by college and for the territory.

    ``skills`` counts the skills that would have a mean, by college; ``needed`` is the number of published colleges that
    a territory's score needs.
    """

    families: tuple[str, ...]
    shown: Mapping[str, tuple[str, ...]]
    skills: Mapping[str, int]
    territory: tuple[str, ...]
    needed: int

    def hidden(self, shown: Sequence[str]) -> tuple[str, ...]:
        """Return the titles of the other families."""
        return tuple(title for title in self.families if title not in shown)


def closing_preview(db: Database, campaign: Campaign, merges: Iterable[CollegeMerge]) -> ClosingPreview | None:
    """Return what would be shown with these merges applied; None when the answers cannot be computed."""
    try:
        return _preview(_profile(db, campaign, list(merges)))
    except Exception as error:  # the closing page must open, whatever is stored
        remember_damage(db, campaign.id, damage_of(error))
        return None


def _profile(db: Database, campaign: Campaign, merges: Sequence[CollegeMerge]) -> Profile:
    grid, frame = campaign.grid, answers_frame(db, campaign)
    becomes = {member: merge.code for merge in merges for member in merge.members}
    for merge in merges:
        grid = with_college(grid, merge.code, merge.label, like=merge.members[0])
    codes = tuple(dict.fromkeys(becomes.get(college.code, college.code) for college in campaign.colleges))
    frame["college"] = [becomes.get(code, code) for code in frame["college"]]
    rules = replace(rules_of(campaign), colleges=codes, sizes=None, voluntary=())  # neither hides nor shows anything
    return scoring.profile(frame, grid, rules)


def _preview(profile: Profile) -> ClosingPreview:
    titles = {family.code: family.title for family in profile.grid.families}
    families, skills = profile.families, profile.skills
    return ClosingPreview(
        tuple(titles.values()),
        {
            code: tuple(titles[family] for family in _published(families[families["college"] == code], "family"))
            for code in profile.colleges
        },
        {code: len(_published(skills[skills["college"] == code], "skill")) for code in profile.colleges},
        tuple(titles[family] for family in _published(profile.territory, "family")),
        profile.rules.colleges_needed(len(profile.colleges)),
    )


def _published(frame: pd.DataFrame, column: str) -> list[str]:
    """Return the codes of the rows whose figures are shown."""
    return [str(code) for code in frame.loc[frame["published"].astype(bool), column]]
