"""An action as the page of a parcours shows it, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date

from grille.grid import Skill
from restitution.chart_data.radar import Axis
from restitution.charts.timeline import Span
from restitution.text.language import gettext as _
from restitution.text.names import in_words
from restitution.text.numbers import count
from restitution.text.sentences import listed
from storage.campaigns.campaigns import Campaign
from storage.review.parcours import PlannedAction, Rating, Step
from web.parcours.labels import KINDS, RELEVANCE, STATUSES, SUPPORTS, TRANSFER
from web.parcours.words import figure, when

_STATES = {"prevue": "planned", "en-cours": "going", "en-pause": "paused", "terminee": "done", "abandonnee": "dropped"}


@dataclass(frozen=True)
class ShownAction:
    """An action in words."""

    action: PlannedAction
    families: tuple[Axis, ...]
    skills: tuple[tuple[Axis | None, str], ...]
    ratings: tuple[Rating, ...]
    campaign: Campaign | None
    today: date = date.min

    @property
    def is_late(self) -> bool:
        """Whether it should have begun, or ended, by now."""
        return self.action.plan.late_on(self.today)

    @property
    def late_steps(self) -> tuple[Step, ...]:
        """The steps that should have been done by now."""
        return self.action.plan.late_steps(self.today)

    @property
    def remark(self) -> str:
        """What is to be seen of it at once: that it waits, or that it is late; empty otherwise."""
        if self.action.plan.status == "en-pause":
            return _("en pause")
        return _("en retard") if self.is_late or self.late_steps else ""

    @property
    def why_late(self) -> list[str]:
        """What should have been done, and by when."""
        plan = self.action.plan
        said = [
            _("étape « %(step)s » prévue pour le %(day)s", step=step.title, day=in_words(step.due_on))
            for step in self.late_steps
            if step.due_on
        ]
        if self.is_late and plan.status == "prevue" and plan.starts_on:
            return [_("début prévu le %(day)s", day=in_words(plan.starts_on)), *said]
        return (
            [_("fin prévue le %(day)s", day=in_words(plan.ends_on)), *said] if self.is_late and plan.ends_on else said
        )

    @property
    def said_late(self) -> str:
        """The same in a sentence; empty when nothing is late."""
        return listed(self.why_late) if self.why_late else ""

    @property
    def budget(self) -> str:
        """Its budget in words; empty when it is not told."""
        budget = self.action.plan.budget
        return "" if budget is None else _("%(budget)s €", budget=count(budget))

    @property
    def priority(self) -> str:
        """Its priority in words; empty when it has none."""
        return {"haute": _("priorité haute"), "moyenne": _("priorité moyenne"), "basse": _("priorité basse")}.get(
            self.action.plan.priority, ""
        )

    @property
    def steps(self) -> list[tuple[Step, str]]:
        """Its steps, each with whether it is done, late or to come, in words."""
        late = self.late_steps
        return [
            (one, _("faite") if one.done_on else _("en retard") if one in late else _("à faire"))
            for one in self.action.plan.steps
        ]

    @property
    def indicator(self) -> str:
        """Its indicator with what it is hoped to reach; empty without any."""
        plan = self.action.plan.indicator
        if plan.target is None:
            return plan.name
        return _("%(name)s : %(target)s visé", name=plan.name, target=figure(plan.target))

    @property
    def measures(self) -> list[tuple[str, str]]:
        """The days and values of its indicator."""
        return [(in_words(one.day), figure(one.value)) for one in self.action.plan.indicator.measures]

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
    def supports(self) -> list[str]:
        """Who helps on site."""
        return [str(SUPPORTS.get(one, one)) for one in self.action.plan.supports]

    @property
    def when(self) -> str:
        """Its dates or its campaign."""
        campaign = _("pour la vague %(year)s", year=self.campaign.year) if self.campaign else ""
        dates = when(self.action.plan.starts_on, self.action.plan.ends_on)
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
        state = _STATES.get(self.action.plan.status, "planned")
        return Span(self.title, first, max(ends or last or first, first), hue, state, self.remark)


def shown_action(
    action: PlannedAction,
    known: Mapping[str, tuple[Skill, Axis]],
    ratings: Sequence[Rating],
    campaign: Campaign | None,
    today: date,
) -> ShownAction:
    """Return an action in words; ``known`` are the skills of the grid, each with its family."""
    aimed = [(known[code][1], known[code][0].title) if code in known else (None, code) for code in action.plan.skills]
    families = tuple(dict.fromkeys(axis for axis, _title in aimed if axis))
    return ShownAction(action, families, tuple(aimed), tuple(ratings), campaign, today)
