"""The supervision of a parcours, and its year told: the plan it began with, what changed, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_login import current_user
from wtforms import TextAreaField
from wtforms.validators import DataRequired, ValidationError

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from grille import Grid
from restitution.text.language import gettext
from storage.campaigns.campaigns import Campaign, campaigns_of
from storage.campaigns.territories import Territory
from storage.core.timestamps import now, paris_day
from storage.review.parcours import LONGEST_TEXT, ActionPlan, PlannedAction, actions_of
from storage.review.parcours.changes import PlanChange, changes_of, created_days
from storage.review.parcours.ratings import Rating, ratings_of
from storage.review.parcours.supervisions import MOST_PEOPLE, Supervision, save_supervision, supervisions_of
from web.http.database import connection
from web.http.forms.fields import AtMost, DayField, PageForm, WholeField
from web.http.forms.simultaneous_edits import changed_meanwhile, version_mark
from web.http.forms.submit_once import once
from web.http.security.audit import audited
from web.http.security.guards import for_territory
from web.parcours.forms import Offered, offered
from web.parcours.labels import RELEVANCE, TRANSFER
from web.parcours.views import blueprint
from web.parcours.words import differences, lines_of


class SupervisionForm(PageForm):
    """A moment of supervision; who came is told in numbers, a field per group."""

    held_on = DayField(_("Jour"))
    seen = TextAreaField(_("Ce qui a été vu"), [DataRequired(_("Dites ce qui a été vu.")), AtMost(LONGEST_TEXT)])
    adjusted = TextAreaField(_("Ce qui a été ajusté"), [AtMost(LONGEST_TEXT)])

    def validate_held_on(self, field: DayField) -> None:
        """Refuse a moment without a day, or that is still to come."""
        if field.errors:
            return
        if field.data is None:
            raise ValidationError(gettext("Dites quel jour c’était."))
        if field.data > paris_day(now()):
            raise ValidationError(gettext("Ce jour n’est pas encore venu : notez le moment une fois passé."))

    @property
    def groups(self) -> list[WholeField]:
        """The fields of who came."""
        return [one for one in self if isinstance(one, WholeField)]


def _form_for(groups: Mapping[str, str], moment: Supervision | None) -> SupervisionForm:
    """Return the form with a field per group, filled in with that moment."""

    class WithGroups(SupervisionForm):
        """The form of this territory."""

    for code, label in groups.items():
        setattr(WithGroups, f"group_{code}", WholeField(label, [_some_people]))
    return WithGroups(data=_stored(moment))


def _some_people(_form: Any, field: WholeField) -> None:
    if field.data is not None and field.data > MOST_PEOPLE:
        raise ValidationError(gettext("C’est plus de monde qu’il n’en vient : vérifiez ce nombre."))


def _stored(moment: Supervision | None) -> dict[str, Any]:
    """Return what the form of a moment shows."""
    if moment is None:
        return {"held_on": paris_day(now())}
    people = {f"group_{code}": count for code, count in moment.people}
    return {"held_on": moment.held_on, "seen": moment.seen, "adjusted": moment.adjusted, **people}


@blueprint.route("/suivi/nouveau", methods=["GET", "POST"])
@for_territory(Action.PLAN_PARCOURS)
@once("parcours.show")
def supervise(territory: Territory) -> ResponseReturnValue:
    """Note a moment of supervision."""
    return _supervised(territory, None)


@blueprint.route("/suivi/<int:number>", methods=["GET", "POST"])
@for_territory(Action.PLAN_PARCOURS)
def revise(territory: Territory, number: int) -> ResponseReturnValue:
    """Change what was noted of a moment."""
    moment = next((one for one in supervisions_of(connection(), territory) if one.id == number), None)
    return _supervised(territory, moment) if moment else abort(404)


def _supervised(territory: Territory, moment: Supervision | None) -> ResponseReturnValue:
    groups = _groups(territory)
    form, stored = _form_for(groups, moment), _stored(moment) if moment else {}
    theirs: list[tuple[str, str]] = []
    if form.validate_on_submit():
        theirs = changed_meanwhile(form, stored)
        if not theirs:
            people = {code: form[f"group_{code}"].data for code in groups}
            noted = Supervision(
                form.held_on.data or paris_day(now()),
                form.seen.data or "",
                tuple((code, count) for code, count in people.items() if count),
                form.adjusted.data or "",
                moment.id if moment else 0,
            )
            with audited(AuditEvent.PARCOURS_SUPERVISED, territory):
                save_supervision(connection(), territory, noted, current_user.account)
            flash(gettext("Le moment de suivi est enregistré."))
            return redirect(url_for("parcours.year", place=territory.slug, year=noted.held_on.year), 303)
    code = 409 if theirs else 422 if form.errors else 200
    mark = version_mark(stored, seen=bool(theirs))
    return render_template(
        "parcours/supervision.html", form=form, territory=territory, moment=moment, theirs=theirs, mark=mark
    ), code


def _groups(territory: Territory) -> dict[str, str]:
    grid, _campaigns = _grid_and_campaigns(territory)
    return {college.code: college.label for college in grid.colleges}


def _grid_and_campaigns(territory: Territory) -> tuple[Grid, Sequence[Campaign]]:
    from web.parcours.pages import grid_of

    campaigns = campaigns_of(connection(), territory)
    return grid_of(connection(), campaigns), campaigns


@dataclass(frozen=True)
class YearOfAction:
    """An action over a year: what it was at the start, what changed and why, how it was rated."""

    title: str
    start: list[tuple[str, str]]
    is_new: bool
    changes: list[tuple[date, list[tuple[str, str, str]], str]]
    rating: tuple[str, str, str] | None


@blueprint.get("/annee/<int:year>")
@for_territory(Action.SEE_PARCOURS)
def year(territory: Territory, year: int) -> str:
    """Tell a year: the moments of supervision, then for each action the plan it began with, what changed, and why."""
    if not 2000 <= year <= now().year + 1:
        abort(404)
    moments = [one for one in supervisions_of(connection(), territory) if one.held_on.year == year]
    grid, campaigns = _grid_and_campaigns(territory)
    return render_template(
        "parcours/year.html",
        territory=territory,
        year=year,
        this_year=now().year,
        moments=moments,
        groups={college.code: college.label for college in grid.colleges},
        actions=[*_actions_over(territory, year, grid, campaigns)],
    )


def _actions_over(territory: Territory, year: int, grid: Grid, campaigns: Sequence[Campaign]) -> Iterator[YearOfAction]:
    changes, created = changes_of(connection(), territory), created_days(connection(), territory)
    ratings = ratings_of(connection(), territory)
    known = actions_of(connection(), territory)
    words = offered(grid, campaigns, *(one.plan for one in known))
    for one in known:
        first = min(filter(None, (created.get(one.id), one.plan.starts_on)), default=None)
        if one.id not in created or first is None or first.year <= year:
            start, found = _history(one, changes.get(one.id, []), year, words)
            is_new = first is not None and first == created.get(one.id) and first.year == year
            yield YearOfAction(one.plan.title, start, is_new, found, _rating(ratings.get(one.id, ()), year))


def _rating(ratings: Iterable[Rating], year: int) -> tuple[str, str, str] | None:
    """Return how an action was rated that year, in words."""
    found = next((one for one in ratings if one.year == year), None)
    return (str(RELEVANCE[found.relevance]), str(TRANSFER[found.transfer]), found.words) if found else None


def _history(
    one: PlannedAction, changes: list[PlanChange], year: int, words: Offered
) -> tuple[list[tuple[str, str]], list[tuple[date, list[tuple[str, str, str]], str]]]:
    """Return the plan at the start of the year, and the changes of the year, each with its reason."""
    plans = [*(change.before for change in changes), _nameless(one.plan)]
    days = [paris_day(change.changed_at) for change in changes]
    first = sum(day.year < year for day in days)
    found_changes = []
    for rank, change in enumerate(changes):
        if days[rank].year == year:
            found = [*differences(plans[rank], plans[rank + 1], words.skills, words.campaigns)]
            if found or change.reason:
                found_changes.append((days[rank], found, change.reason))
    return [*lines_of(plans[first], words.skills, words.campaigns)], found_changes


def _nameless(plan: ActionPlan) -> ActionPlan:
    """Return the plan without the name of its pilot, which no history keeps."""
    return replace(plan, pilot="")
