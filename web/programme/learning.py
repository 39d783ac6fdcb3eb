"""What the programme learns of its published results: read by a job, kept until one of them changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from flask import render_template
from markupsafe import Markup

from grille import Grid, version_rank
from grille.messages import message as _
from storage.campaigns.campaigns import Campaign, campaign_by_id, closed_before
from storage.core.damage import UNREADABLE, CampaignDamaged
from storage.core.engine import Database
from storage.core.revisions import COUNTRY, current_revision
from storage.operations.jobs import Demand, Job
from storage.operations.published_copies import Name, revisions_of
from storage.programme.published import LastPublished, last_published
from web.http.database import connection
from web.http.language import reader
from web.http.pages import jobs
from web.http.pages.jobs import Tell
from web.http.pages.published_pages import code_version
from web.programme.kept_findings import Known, kept_or_computed, known, profile_if_sound

if TYPE_CHECKING:
    from restitution.findings.programme import PublishedFigures, SkillCount, Spread, WordCount

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
        from restitution.findings.programme import spreads

        return spreads(self.grid, self.territories)

    @cached_property
    def words(self) -> list[WordCount]:
        """How many rise and fall."""
        from restitution.findings.programme import word_counts

        return word_counts(self.grid, self.territories)

    def often(self, what: str) -> list[SkillCount]:
        """Return the skills that are weak, strong, apart or unseen in the most territories."""
        from restitution.findings.programme import often

        return often(self.grid, self.territories, what)


def find_learning() -> Known[Markup]:
    """Return what is learnt, as a job wrote it in the reader's language."""
    depends = (code_version(), current_revision(connection(), COUNTRY))
    return known(Demand(KIND, jobs.key_about((KIND, reader()), depends)), _made, _read)


def make_learning(_job: Job, tell: Tell) -> bytes:
    """Read every published result now, and write what they say together."""
    return _made(tell)


def _read(content: bytes) -> Markup:
    return Markup(content.decode())  # noqa: S704  # of a template


def _made(tell: Tell) -> bytes:
    from restitution.charts.spread_chart import PHONE, WIDE, spread_drawing  # drawn where it is made alone
    from restitution.findings.programme import FEWEST

    def drawings(one: GridLearning) -> tuple[str, ...]:
        frames = ((WIDE, "wide"), (PHONE, "phone"))
        return tuple(spread_drawing(one.spreads, one.grid.levels, frame, name) for frame, name in frames)

    grids = list(_grids(connection(), tell))
    return render_template("programme/lessons_figures.html", grids=grids, drawings=drawings, fewest=FEWEST).encode()


def _grids(db: Database, tell: Tell) -> Iterator[GridLearning]:
    """Yield what each grid teaches, from the last published results of every territory."""
    last = last_published(db)
    revisions = revisions_of(db, [one.territory for one in last])
    done = 0
    for _grid, group in groupby(last, key=lambda one: one.grid):
        members, read = list(group), []
        for one in members:
            if done * _SHARES % len(last) < _SHARES:
                tell(done, len(last), _("Les résultats publiés se lisent."))
            done += 1
            try:
                read.append(_figures(_last_results(db, one, revisions[one.territory])))
            except CampaignDamaged:
                continue
        newest = max(members, key=lambda one: version_rank(one.version))
        campaign = campaign_by_id(db, newest.campaign)
        if campaign and campaign.grid is not UNREADABLE:
            versions, unread = len({one.version for one in members}), len(members) - len(read)
            yield GridLearning(campaign.grid, tuple(read), versions, unread, newest.fictional)


def _figures(kept: Mapping[str, Any]) -> PublishedFigures:
    from restitution.findings.programme import PublishedFigures

    return PublishedFigures(
        {code: Fraction(*score) for code, score in kept["scores"].items()},
        {code: Fraction(*score) for code, score in kept["before"].items()},
        kept["words"],
        {what: frozenset(codes) for what, codes in kept["skills"].items()},
        frozenset(kept["known"]),
    )


def _last_results(db: Database, one: LastPublished, revision: str) -> dict[str, Any]:
    """Return what the last published results of a territory say. Raises ``CampaignDamaged``."""
    name = Name(one.territory, revision, (code_version(), KIND, one.campaign))
    return kept_or_computed(name, lambda: _said(db, campaign_by_id(db, one.campaign)))


def _said(db: Database, campaign: Campaign | None) -> dict[str, Any]:
    """Return the published figures of a campaign, with those of the published campaign before it, if it is sound."""
    from restitution.findings.change.changes import changes, of_territory
    from storage.responses.computed.profiles import campaign_profile  # scoring loads here, never where it is read

    if campaign is None:
        raise CampaignDamaged(_("Cette campagne n’est plus là."), "")
    profile = campaign_profile(db, campaign)
    earlier = next((one for one in closed_before(db, campaign) if one.published_at), None)
    before = profile_if_sound(db, earlier)
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
