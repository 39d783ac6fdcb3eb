"""What the page of a parcours shows: actions by family and in time, beside the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from grille.grid import Grid
from restitution.chart_data.radar import Axis, axes_of
from restitution.charts.timeline import Mark, Timeline, spans_in_order, timeline_drawings
from restitution.findings.change.parcours_progress import (
    ParcoursProgress,
    WeakSkill,
    progress,
    skills_by_mean,
    weak_rule,
    weak_skills,
)
from restitution.findings.change.targets import AimedLevel, aimed_levels
from restitution.findings.method.recomputed import RecomputedNotice
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from storage.campaigns.territories import Territory
from storage.core.damage import UNREADABLE
from storage.core.engine import Database
from storage.core.timestamps import now, paris_day
from storage.grids.library import default_grid
from storage.responses.computed.profiles import campaign_profile
from storage.review.parcours import actions_of, ratings_of
from web.http.pages.damaged_campaigns import compute_or_leave_out
from web.http.pages.recomputed_campaigns import notice_of
from web.http.security.access import campaigns_here
from web.parcours.shown_actions import ShownAction, shown_action

# Actions that have begun and were not given up; a paused one has begun.
UNDER_WAY_OR_DONE = frozenset({"en-cours", "en-pause", "terminee"})


@dataclass(frozen=True)
class ParcoursPage:
    """The parcours of a territory; ``closed`` are the campaigns that have results, oldest first."""

    territory: Territory
    campaigns: tuple[Campaign, ...]
    closed: tuple[Campaign, ...]
    grid: Grid
    actions: tuple[ShownAction, ...]
    db: Database
    today: date

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The families of the newest grid."""
        return axes_of(self.grid)

    def of_family(self, axis: Axis) -> list[ShownAction]:
        """Return the actions that aim at a skill of that family."""
        return [one for one in self.actions if axis in one.families]

    @cached_property
    def aimed(self) -> set[str]:
        """The skills that an action aims at; dropped actions are left out."""
        return {
            code for one in self.actions if one.action.plan.status != "abandonnee" for code in one.action.plan.skills
        }

    @cached_property
    def weak(self) -> list[WeakSkill]:
        """The weak skills of the last campaign."""
        if not self.closed:
            return []
        last = self.closed[-1]
        return weak_skills(campaign_profile(self.db, last), {one.code: one.label for one in last.colleges})

    @property
    def measured(self) -> list[WeakSkill]:
        """The mean of each skill in the last campaign."""
        if not self.closed:
            return []
        last = self.closed[-1]
        return skills_by_mean(campaign_profile(self.db, last), {one.code: one.label for one in last.colleges})

    @property
    def forgotten(self) -> list[WeakSkill]:
        """The weak skills that no action aims at."""
        return [one for one in self.weak if one.skill.code not in self.aimed]

    @property
    def rule(self) -> str:
        """The sentence that defines a weak skill."""
        return weak_rule(campaign_profile(self.db, self.closed[-1]))

    @cached_property
    def progress(self) -> ParcoursProgress | None:
        """The skills worked on between the last two campaigns, beside the others; None before a second campaign."""
        if len(self.closed) < 2:
            return None
        before, after = self.closed[-2:]
        earlier, later = campaign_profile(self.db, before), campaign_profile(self.db, after)
        return progress(earlier, later, self._worked(after), str(before.year), str(after.year))

    @property
    def recomputed(self) -> RecomputedNotice:
        """Which of the results that the page rests on were published in an earlier edition of the method."""
        read = self.closed[-2:]
        return notice_of(read[-1], {one: str(one.year) for one in read}) if read else RecomputedNotice()

    def begun_by(self, campaign: Campaign) -> list[ShownAction]:
        """Return the actions that had begun when that campaign was collected, dropped ones left out."""
        return [one for one in self.actions if one.action.plan.status in UNDER_WAY_OR_DONE and _begun(one, campaign)]

    def _worked(self, after: Campaign) -> set[str]:
        """The skills of those actions."""
        return {code for one in self.begun_by(after) for code in one.action.plan.skills}

    @cached_property
    def timeline(self) -> Timeline | None:
        """The actions in time, with the campaigns; None when no action has a date."""
        spans = [span for one in self.actions if (span := one.span)]
        if not spans:
            return None
        marks = tuple(
            Mark(_("vague %(year)s", year=campaign.year), day)
            for campaign in self.campaigns
            if (day := campaign.last_day)
        )
        return Timeline(spans_in_order(spans), marks, self.today)

    @property
    def drawings(self) -> Sequence[str]:
        """The timeline as drawings (SVG), each as long as a printed page can hold."""
        return timeline_drawings(self.timeline) if self.timeline else ()

    @property
    def undated(self) -> int:
        """How many actions are on no timeline, since they have no date."""
        return sum(one.span is None for one in self.actions)

    @property
    def late(self) -> list[ShownAction]:
        """The actions that are late, or of which a step is."""
        return [one for one in self.actions if one.is_late or one.late_steps]

    @property
    def targets(self) -> list[tuple[ShownAction, tuple[AimedLevel, ...]]]:
        """The levels that each action aims at, beside what was measured."""
        titles = {skill.code: skill.title for skill in self.grid.skills}
        scale = self.grid.lowest, self.grid.highest
        found = (
            (one, tuple(aimed_levels(dict(one.action.plan.targets), titles, self.measured, self.progress, scale)))
            for one in self.actions
            if one.action.plan.status != "abandonnee"
        )
        return [(one, levels) for one, levels in found if levels]


def _begun(one: ShownAction, campaign: Campaign) -> bool:
    starts = one.action.plan.starts_on
    day = campaign.last_day
    if starts and day:
        return starts < day
    return one.campaign is not None and (one.campaign.year, one.campaign.id) <= (campaign.year, campaign.id)


def parcours_page(db: Database, territory: Territory) -> ParcoursPage:
    """Return the page of that territory's parcours."""
    campaigns = tuple(campaign for campaign in campaigns_here(territory) if campaign.status != "draft")
    closed = [campaign for campaign in campaigns if campaign.status == "closed"]
    known = tuple(
        campaign for campaign in closed if compute_or_leave_out(campaign, partial(campaign_profile, db, campaign))
    )
    grid = grid_of(db, known)
    known_skills = {
        skill.code: (skill, axis)
        for family, axis in zip(grid.families, axes_of(grid), strict=True)
        for skill in family.skills
    }
    today = paris_day(now())
    ratings, by_id = ratings_of(db, territory), {campaign.id: campaign for campaign in campaigns}
    actions = tuple(
        shown_action(one, known_skills, ratings.get(one.id, ()), by_id.get(one.plan.campaign_id or 0), today)
        for one in actions_of(db, territory)
    )
    return ParcoursPage(territory, campaigns, known, grid, actions, db, today)


def grid_of(db: Database, campaigns: Sequence[Campaign]) -> Grid:
    """Return the grid whose skills a parcours names: the last closed campaign's, else the default one."""
    readable = [
        campaign.grid for campaign in campaigns if campaign.status == "closed" and campaign.grid is not UNREADABLE
    ]
    return readable[-1] if readable else default_grid(db).grid
