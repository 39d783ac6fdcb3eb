"""What the programme learns of its published results: read by a job, kept until one of them changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import Any, Final

import orjson

from grille import Grid, version_rank
from grille.messages import message as _
from restitution.findings import programme
from restitution.findings.programme import PublishedFigures, SkillCount, Spread, WordCount
from storage.campaigns.campaigns import Campaign, campaign_by_id, closed_before
from storage.core.damage import UNREADABLE, CampaignDamaged, damage_of
from storage.core.engine import Database
from storage.core.revisions import COUNTRY, current_revision
from storage.operations.jobs import Demand, Job
from storage.operations.published_copies import Name, copies_of, revisions_of
from storage.programme.published import LastPublished, last_published
from web.http.database import connection
from web.http.pages import jobs
from web.http.pages.jobs import Progress, Tell
from web.http.pages.published_pages import code_version, intact, made_or_damage

KIND: Final = "learning"
_SHARES: Final = 20
"""Steps in which the work is said: each of them is written in the database."""


@dataclass(frozen=True)
class GridLearning:
    """What is learnt on one grid: its newest version, and the published figures of the territories assessed on it.

    ``versions`` is how many versions of the grid they answered; ``unread`` how many territories cannot be computed.
    """

    grid: Grid
    territories: tuple[PublishedFigures, ...]
    versions: int
    unread: int
    fictional: bool

    @cached_property
    def spreads(self) -> list[Spread]:
        """Where the territories stand, family by family."""
        return programme.spreads(self.grid, self.territories)

    @cached_property
    def words(self) -> list[WordCount]:
        """How many rise and fall."""
        return programme.word_counts(self.grid, self.territories)

    def often(self, what: str) -> list[SkillCount]:
        """Return the skills that are weak, strong, apart or unseen in the most territories."""
        return programme.often(self.grid, self.territories, what)


@dataclass(frozen=True)
class FoundLearning:
    """What is known, if anything; ``made_at`` is when, if it is being made again; ``progress`` is that of the job."""

    grids: tuple[GridLearning, ...] | None
    made_at: datetime | None = None
    progress: Progress | None = None


def find_learning() -> FoundLearning:
    """Return what is learnt, as a job found it; what was found before while the job is at work.

    Where no process makes jobs, it is found now.
    """
    if not jobs.are_apart():
        return FoundLearning(_read(_found(lambda *_said: None)))
    revision = current_revision(connection(), COUNTRY)
    progress = jobs.asked(wanted := Demand(KIND, jobs.key_about(KIND, (code_version(), revision))))
    if progress.state == "ready" and progress.content is not None:
        return FoundLearning(_read(progress.content))
    former = jobs.former(wanted)
    if former is None:
        return FoundLearning(None, progress=progress)
    return FoundLearning(_read(former.content), former.made_at, progress)


def make_learning(_job: Job, tell: Tell) -> bytes:
    """Read every published result now."""
    return _found(tell)


def _found(tell: Tell) -> bytes:
    db = connection()
    last = last_published(db)
    revisions = revisions_of(db, [one.territory for one in last])
    grids = []
    done = 0
    for _grid, group in groupby(last, key=lambda one: one.grid):
        members, read = list(group), []
        for one in members:
            if done * _SHARES % len(last) < _SHARES:
                tell(done, len(last), _("Les résultats publiés se lisent."))
            done += 1
            try:
                read.append(orjson.loads(intact(_copied(db, one, revisions[one.territory]))))
            except CampaignDamaged:
                continue
        newest = max(members, key=lambda one: version_rank(one.version))
        versions = len({one.version for one in members})
        grids.append([newest.campaign, versions, len(members) - len(read), newest.fictional, read])
    return orjson.dumps(grids)


def _read(content: bytes) -> tuple[GridLearning, ...]:
    return tuple(_grids(orjson.loads(content)))


def _grids(kept: list[Any]) -> Iterator[GridLearning]:
    for number, versions, unread, fictional, read in kept:
        campaign = campaign_by_id(connection(), number)
        if campaign and campaign.grid is not UNREADABLE:
            yield GridLearning(campaign.grid, tuple(map(_figures, read)), versions, unread, fictional)


def _figures(kept: Mapping[str, Any]) -> PublishedFigures:
    return PublishedFigures(
        {code: Fraction(*score) for code, score in kept["scores"].items()},
        {code: Fraction(*score) for code, score in kept["before"].items()},
        kept["words"],
        {what: frozenset(codes) for what, codes in kept["skills"].items()},
        frozenset(kept["known"]),
    )


def _copied(db: Database, one: LastPublished, revision: str) -> bytes:
    """Return what the last published results of a territory say, from its copy, made and kept if it is missing."""
    name = Name(one.territory, revision, (code_version(), KIND, one.campaign))
    found = copies_of(db).find(name)
    if found is not None:
        return found
    content, keeps = made_or_damage(lambda: (orjson.dumps(_said_or_damaged(db, one.campaign)), True))
    if keeps:
        copies_of(db).keep(name, content)
    return content


def _said_or_damaged(db: Database, number: int) -> dict[str, Any]:
    try:
        campaign = campaign_by_id(db, number)
        if campaign is None:
            raise CampaignDamaged(_("Cette campagne n’est plus là."), "")
        return _said(db, campaign)
    except Exception as error:  # whatever fails is a damage of this campaign, or an outage
        raise damage_of(error) from error


def _said(db: Database, campaign: Campaign) -> dict[str, Any]:
    """Return the published figures of a campaign, with those of the published campaign before it."""
    from restitution.findings.change.changes import changes, of_territory
    from storage.responses.computed.profiles import campaign_profile  # scoring loads here, never where it is read

    profile = campaign_profile(db, campaign)
    earlier = next((one for one in closed_before(db, campaign) if one.published_at), None)
    before = campaign_profile(db, earlier) if earlier else None
    moved = of_territory(changes(before, profile)) if before else []
    return {
        "scores": _scores(profile),
        "before": _scores(before) if before else {},
        "words": {one.axis.code: one.verdict for one in moved if one.verdict},
        **_skills(profile, {one.code: one.label for one in campaign.colleges}),
    }


def _scores(profile: Any) -> dict[str, tuple[int, int]]:
    """Return the published scores of the territory by family, as numerator and denominator."""
    from restitution.chart_data.radar import axes_of, point_of, score_rows

    rows = score_rows(profile)
    points = {axis.code: point_of(rows.get(axis.code), profile) for axis in axes_of(profile.grid)}
    return {code: at.exact.as_integer_ratio() for code, at in points.items() if at.exact is not None}


def _skills(profile: Any, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return the codes of the skills that are weak, strong, apart and unseen, and of those that have a mean."""
    from restitution.findings.change.parcours_progress import skills_by_mean, weak_skills
    from restitution.findings.desk import far_apart
    from restitution.findings.profile.skills import HIGH_UNKNOWN, families
    from restitution.findings.proposals import clear_of, middle_of

    means = skills_by_mean(profile, labels)
    views = {view.skill.code: view for family in families(profile, labels) for view in family.skills}
    far, high = far_apart(profile.grid.levels), middle_of(profile) + clear_of(profile)

    def is_apart(code: str) -> bool:
        known = [cell.exact for cell in views[code].published if cell.exact is not None]
        return max(known) - min(known) >= far

    def is_unseen(code: str) -> bool:
        return any((cell.unknown or 0) >= HIGH_UNKNOWN for cell in views[code].published if not cell.small)

    codes = [one.skill.code for one in means]
    marked = {
        "weak": [one.skill.code for one in weak_skills(profile, labels)],
        "strong": [one.skill.code for one in means if one.mean >= high],
        "apart": [code for code in codes if is_apart(code)],
        "unseen": [code for code in codes if is_unseen(code)],
    }
    return {"skills": marked, "known": codes}
