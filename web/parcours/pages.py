"""What the page of a parcours shows: actions by family and in time, beside the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from flask_babel import format_date

from grille.grid import Grid, Skill
from restitution.chart_data.radar import Axis, axes_of
from restitution.charts.timeline import Mark, Span, Timeline, spans_in_order, timeline_drawing
from restitution.findings.change.parcours_progress import ParcoursProgress, WeakSkill, progress, weak_rule, weak_skills
from restitution.findings.method.recomputed import RecomputedNotice
from restitution.text.language import gettext as _
from restitution.text.names import in_words
from storage.campaigns.campaigns import Campaign
from storage.campaigns.territories import Territory
from storage.core.damage import UNREADABLE
from storage.core.engine import Database
from storage.grids.library import default_grid
from storage.responses.computed.profiles import campaign_profile
from storage.review.parcours import PlannedAction, Rating, actions_of, ratings_of
from web.http.pages.damaged_campaigns import compute_or_leave_out
from web.http.pages.recomputed_campaigns import notice_of
from web.http.security.access import campaigns_here
from web.parcours.labels import KINDS, RELEVANCE, STATUSES, SUPPORTS, TRANSFER

# Actions that are under way or done: neither planned nor given up.
UNDER_WAY_OR_DONE = frozenset({"en-cours", "terminee"})

_STATES = {"prevue": "planned", "en-cours": "going", "terminee": "done", "abandonnee": "dropped"}


@dataclass(frozen=True)
class ShownAction:
    """An action in words."""

    action: PlannedAction
    families: tuple[Axis, ...]
    skills: tuple[tuple[Axis | None, str], ...]
    ratings: tuple[Rating, ...]
    campaign: Campaign | None

    @property
    def title(self) -> str:
        """Its title."""
        return self.action.plan.title

    @property
    def kind(self) -> str:
        """Its kind in words."""
        return str(KINDS.get(self.action.plan.kind, self.action.plan.kind))

    @property
    def status(self) -> str:
        """Its status in words."""
        return str(STATUSES.get(self.action.plan.status, self.action.plan.status))

    @property
    def support(self) -> str:
        """Who helps on site; empty when nobody does."""
        return str(SUPPORTS.get(self.action.plan.support, self.action.plan.support)) if self.action.plan.support else ""

    @property
    def when(self) -> str:
        """Its dates or its campaign."""
        starts, ends = self.action.plan.starts_on, self.action.plan.ends_on
        campaign = _("pour la vague %(year)s", year=self.campaign.year) if self.campaign else ""
        if starts and ends:
            dates = _("du %(start)s au %(end)s", start=_day(starts), end=_day(ends))
        elif starts:
            dates = _("à partir du %(start)s", start=_day(starts))
        else:
            dates = _("jusqu’au %(end)s", end=_day(ends)) if ends else ""
        return ", ".join(part for part in (dates, campaign) if part)

    @property
    def period(self) -> str:
        """Its dates in months, short enough for a slide; its campaign when it has none."""
        months = [
            str(format_date(day, "MMM y")) for day in (self.action.plan.starts_on, self.action.plan.ends_on) if day
        ]
        return " – ".join(dict.fromkeys(months)) or self.when

    @property
    def ratings_in_words(self) -> list[tuple[int, str, str, str]]:
        """Its ratings in words: year, relevance, transfer, comment."""
        return [
            (one.year, str(RELEVANCE[one.relevance]), str(TRANSFER[one.transfer]), one.words) for one in self.ratings
        ]

    @property
    def span(self) -> Span | None:
        """Its bar on the timeline: a single date, or the closing of its campaign, is the whole bar.

        None when it has no date at all.
        """
        starts, ends = self.action.plan.starts_on, self.action.plan.ends_on
        last = self.campaign.last_day if self.campaign else None
        first = starts or ends or last
        if first is None:
            return None
        hue = self.families[0].hue if self.families else "soft"
        return Span(
            self.title, first, max(ends or last or first, first), hue, _STATES.get(self.action.plan.status, "planned")
        )


@dataclass(frozen=True)
class ParcoursPage:
    """The parcours of a territory; ``closed`` are the campaigns that have results, oldest first."""

    territory: Territory
    campaigns: tuple[Campaign, ...]
    closed: tuple[Campaign, ...]
    grid: Grid
    actions: tuple[ShownAction, ...]
    db: Database

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
        return Timeline(spans_in_order(spans), marks)

    @property
    def drawing(self) -> str:
        """The timeline as a drawing (SVG)."""
        return timeline_drawing(self.timeline) if self.timeline else ""


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
    axes = {family.code: axis for family, axis in zip(grid.families, axes_of(grid), strict=True)}
    ratings, by_id = ratings_of(db, territory), {campaign.id: campaign for campaign in campaigns}
    actions = tuple(
        _shown(one, grid, axes, ratings.get(one.id, ()), by_id.get(one.plan.campaign_id or 0))
        for one in actions_of(db, territory)
    )
    return ParcoursPage(territory, campaigns, known, grid, actions, db)


def grid_of(db: Database, campaigns: Sequence[Campaign]) -> Grid:
    """Return the grid whose skills a parcours names: the last closed campaign's, else the default one."""
    readable = [
        campaign.grid for campaign in campaigns if campaign.status == "closed" and campaign.grid is not UNREADABLE
    ]
    return readable[-1] if readable else default_grid(db).grid


def _shown(
    action: PlannedAction, grid: Grid, axes: Mapping[str, Axis], ratings: Sequence[Rating], campaign: Campaign | None
) -> ShownAction:
    known: dict[str, tuple[Skill, Axis]] = {
        skill.code: (skill, axes[family.code]) for family in grid.families for skill in family.skills
    }
    aimed = [(known[code][1], known[code][0].title) if code in known else (None, code) for code in action.plan.skills]
    families = tuple(dict.fromkeys(axis for axis, _title in aimed if axis))
    return ShownAction(action, families, tuple(aimed), tuple(ratings), campaign)


def _day(day: date) -> str:
    return in_words(day)
