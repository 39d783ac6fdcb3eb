"""What an action is, and what is wrong with one, as French sentences."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal, get_args

from grille.messages import message as _
from grille.typed import too_long, typed_line
from storage.review.parcours.steps import Step, problems_of_steps
from storage.review.sheets import normalised_text

Kind = Literal["formation", "changement", "projet"]
Support = Literal["cifre", "vta", "service-civique"]
Status = Literal["prevue", "en-cours", "en-pause", "terminee", "abandonnee"]
Priority = Literal["", "haute", "moyenne", "basse"]

LONGEST_TITLE, LONGEST_TEXT = 120, 2000
MOST_STEPS: Final = 40
MOST_LINES: Final = 60
"""The most measures, or notes, of an action."""
DEAREST: Final = 1_000_000_000
"""The largest budget, in euros."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The value of an indicator on a day."""

    day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """What shows that an action works: a number that is read from time to time, and the one hoped for."""

    name: str = ""
    target: Decimal | None = None
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What was noted about an action on a day."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """The content of an action. ``campaign_id`` is the campaign expected to show its effect, without dates.

    ``pilot`` may be the name of a person: only the team reads it. ``targets`` are the levels aimed at, by skill.
    """

    kind: Kind
    title: str
    skills: tuple[str, ...]
    purpose: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    campaign_id: int | None = None
    provider: str = ""
    supports: tuple[Support, ...] = ()
    status: Status = "prevue"
    pilot: str = ""
    partners: str = ""
    budget: int | None = None
    funders: str = ""
    priority: Priority = ""
    targets: tuple[tuple[str, int], ...] = ()
    indicator: Indicator = Indicator()
    steps: tuple[Step, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nothing more is expected of it: done, or given up."""
        return self.status in ("terminee", "abandonnee")

    @property
    def _due(self) -> date | None:
        """The day by which it should have begun, or ended once it has begun."""
        return self.starts_on if self.status == "prevue" and self.starts_on else self.ends_on

    def late_on(self, day: date) -> bool:
        """Whether it should have begun or ended before that day; a paused action waits, and is not late."""
        return not self.is_over and self.status != "en-pause" and bool(self._due and self._due < day)

    def late_since(self, day: date) -> date | None:
        """Return the earliest of what should have been done before that day, its steps too; None if nothing is late."""
        own = [self._due] if self.late_on(day) else []
        late = [*own, *(one.due_on for one in self.late_steps(day))]
        return min((one for one in late if one), default=None)

    def late_steps(self, day: date) -> tuple[Step, ...]:
        """Return the steps that should have been done before that day."""
        waits = self.is_over or self.status == "en-pause"
        return () if waits else tuple(one for one in self.steps if one.late_on(day))


def cleaned(plan: ActionPlan) -> ActionPlan:
    """Return the plan with its texts as they are stored, and its dated lines in the order of time."""
    lines = {name: typed_line(getattr(plan, name)) for name in ("title", "provider", "pilot", "partners", "funders")}
    indicator = replace(
        plan.indicator,
        name=typed_line(plan.indicator.name),
        measures=tuple(sorted(plan.indicator.measures, key=lambda one: one.day)),
    )
    return replace(
        plan,
        **lines,  # type: ignore[arg-type]  # they all are texts
        purpose=normalised_text(plan.purpose),
        skills=tuple(dict.fromkeys(plan.skills)),
        targets=tuple(sorted((code, level) for code, level in plan.targets if code in plan.skills)),
        indicator=indicator,
        steps=tuple(replace(one, title=typed_line(one.title)) for one in plan.steps),
        notes=tuple(
            sorted((replace(one, text=normalised_text(one.text)) for one in plan.notes), key=lambda one: one.day)
        ),
    )


def problems_of(plan: ActionPlan) -> list[str]:
    """Return the problems of an action, as French sentences."""
    return [*_problems_of_plan(plan), *_unknown_choices(plan), *_problems_of_follow_up(plan)]


def _problems_of_plan(plan: ActionPlan) -> Iterator[str]:
    backwards = bool(plan.starts_on and plan.ends_on and plan.ends_on < plan.starts_on)
    checks = [
        (not plan.title.strip(), _("L’action n’a pas de titre : donnez-lui-en un.")),
        *((bool(said), said) for said in _too_long(plan)),
        (not plan.skills, _("L’action ne vise aucun savoir-faire : choisissez-en au moins un.")),
        (backwards, _("L’action se termine avant de commencer : vérifiez ses dates.")),
        (
            not (plan.starts_on or plan.ends_on or plan.campaign_id),
            _("L’action n’a ni date ni vague : donnez au moins l’une ou l’autre."),
        ),
        (
            plan.budget is not None and not 0 <= plan.budget <= DEAREST,
            _("Le budget est un nombre d’euros, d’un milliard au plus."),
        ),
    ]
    yield from (sentence for wrong, sentence in checks if wrong)


def _too_long(plan: ActionPlan) -> Iterator[str]:
    yield too_long(plan.title, LONGEST_TITLE, _("Le titre"))
    yield too_long(plan.purpose, LONGEST_TEXT)
    yield too_long(plan.provider, LONGEST_TEXT, _("Le nom du prestataire"))
    yield too_long(plan.pilot, LONGEST_TITLE, _("Le nom du pilote"))
    yield too_long(plan.partners, LONGEST_TEXT, _("La liste des partenaires"))
    yield too_long(plan.funders, LONGEST_TEXT, _("La liste des financeurs"))
    yield too_long(plan.indicator.name, LONGEST_TITLE, _("L’indicateur"))
    yield from (too_long(one.title, LONGEST_TITLE, _("Une étape")) for one in plan.steps)
    yield from (too_long(one.text, LONGEST_TEXT, _("Une note")) for one in plan.notes)


def _unknown_choices(plan: ActionPlan) -> Iterator[str]:
    choices: list[tuple[str, Any]] = [(plan.kind, Kind), (plan.status, Status), (plan.priority, Priority)]
    choices += [(support, Support) for support in plan.supports]
    yield from (
        _("« %(value)s » n’est pas un choix possible.", value=value)
        for value, allowed in choices
        if value not in get_args(allowed)
    )


def _problems_of_follow_up(plan: ActionPlan) -> Iterator[str]:
    measures = plan.indicator.measures
    if (plan.indicator.target is not None or measures) and not plan.indicator.name:
        yield _("Des nombres sont donnés sans indicateur : dites ce qu’ils comptent.")
    days = [one.day for one in measures]
    if len(set(days)) < len(days):
        yield _("L’indicateur a deux valeurs le même jour : gardez-en une.")
    if len(plan.steps) > MOST_STEPS:
        yield _("L’action a plus de %(most)s étapes : gardez les principales.", most=MOST_STEPS)
    if max(len(measures), len(plan.notes)) > MOST_LINES:
        yield _("L’action a plus de %(most)s valeurs, ou de notes : gardez les dernières.", most=MOST_LINES)
    yield from problems_of_steps(plan.steps)
