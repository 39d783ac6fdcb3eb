"""The views of a territory's parcours: its page, and the forms that plan and rate its actions."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from storage.campaigns.campaigns import campaigns_of
from storage.campaigns.territories import Territory
from storage.core.database import writing
from storage.core.timestamps import now
from storage.review.parcours import (
    ActionChanged,
    PlannedAction,
    add_action,
    find_action,
    rate_action,
    ratings_of,
    remove_action,
    restore_action,
    save_action,
)
from storage.review.session_decisions import decisions_behind
from web.http.database import connection
from web.http.forms.submit_once import once
from web.http.heavy_requests import computes
from web.http.security.access import may
from web.http.security.audit import audit, audited
from web.http.security.guards import for_territory
from web.parcours.forms import ActionForm, RatingForm, offered
from web.parcours.labels import KIND_HINTS
from web.parcours.words import differences

blueprint = computes(Blueprint("parcours", __name__, url_prefix="/parcours/<place>"))


@blueprint.get("")
@for_territory(Action.SEE_PARCOURS)
def show(territory: Territory) -> ResponseReturnValue:
    """Show the actions by family and in time, the weak skills without action, the progress of the skills worked on."""
    from web.parcours.pages import parcours_page  # scoring loads here, never where people only answer

    page, removed = parcours_page(connection(), territory), request.args.get("retiree", type=int)
    leads = may(Action.LEAD_SESSIONS, territory)
    behind = decisions_behind(connection(), territory, published=not leads)
    return render_template("parcours/show.html", page=page, territory=territory, removed=removed, behind=behind)


@blueprint.route("/actions/nouvelle", methods=["GET", "POST"])
@for_territory(Action.PLAN_PARCOURS)
@once("parcours.add")
def add(territory: Territory) -> ResponseReturnValue:
    """Add an action; ``?vise=INT-2`` ticks that skill."""
    form = _form(territory)
    if request.method == "GET":
        form.skills.data = request.args.getlist("vise")
        form.kind.data = form.kind.data or "formation"
    if form.validate_on_submit():
        with writing(connection()):
            added = add_action(connection(), territory, form.plan(), current_user.account)
            audit(AuditEvent.ACTION_PLANNED, territory, number=added.id)
        flash(_("L’action est ajoutée au parcours."))
        return _back(territory)
    return _form_page(territory, form)


@blueprint.route("/actions/<int:number>", methods=["GET", "POST"])
@for_territory(Action.PLAN_PARCOURS)
def change(territory: Territory, number: int) -> ResponseReturnValue:
    """Change an action; on a conflicting change, both versions are shown and nothing is lost."""
    action = _action(territory, number)
    form = _form(territory, action)
    if not form.validate_on_submit() or (form.expected == action.version and not form.explains(action.plan)):
        return _form_page(territory, form, action)
    try:
        with audited(AuditEvent.ACTION_CHANGED, territory, number=number):
            reason = form.reason.data or ""
            save_action(connection(), action, form.plan(), current_user.account, expected=form.expected, reason=reason)
    except ActionChanged as changed:
        form.version.raw_data, form.version.data = None, str(changed.current.version)
        return _form_page(territory, form, action, theirs=changed.current)
    flash(_("L’action est enregistrée."))
    return _back(territory)


@blueprint.post("/actions/<int:number>/retirer")
@for_territory(Action.PLAN_PARCOURS)
@once("parcours.show")
def remove(territory: Territory, number: int) -> ResponseReturnValue:
    """Remove an action; the next page offers to restore it."""
    with audited(AuditEvent.ACTION_REMOVED, territory, number=number):
        remove_action(connection(), _action(territory, number))
    return redirect(url_for("parcours.show", place=territory.slug, retiree=number), 303)


@blueprint.post("/actions/<int:number>/remettre")
@for_territory(Action.PLAN_PARCOURS)
@once("parcours.show")
def restore(territory: Territory, number: int) -> ResponseReturnValue:
    """Restore a removed action."""
    with audited(AuditEvent.ACTION_RESTORED, territory, number=number):
        if not restore_action(connection(), territory, number):
            abort(404)
    flash(_("L’action est de retour dans le parcours."))
    return _back(territory)


@blueprint.route("/actions/<int:number>/bilan", methods=["GET", "POST"])
@for_territory(Action.PLAN_PARCOURS)
def rate(territory: Territory, number: int) -> ResponseReturnValue:
    """Rate an action for a year: relevance, and whether the territory can now do without help."""
    action = _action(territory, number)
    ratings = {one.year: one for one in ratings_of(connection(), territory).get(number, ())}
    years = _years(territory)
    wanted = request.args.get("annee", type=int) or years[0]
    form = RatingForm(obj=ratings.get(wanted), year=wanted)
    form.offer(years)
    if form.validate_on_submit():
        rating = form.rating(action)
        with audited(AuditEvent.ACTION_RATED, territory, number=number, year=rating.year):
            rate_action(connection(), rating, current_user.account)
        flash(_("Le bilan de l’action est enregistré."))
        return _back(territory)
    code = 422 if form.errors else 200
    page = render_template(
        "parcours/action_rating.html", form=form, action=action, territory=territory, ratings=ratings
    )
    return page, code


def _action(territory: Territory, number: int) -> PlannedAction:
    found = find_action(connection(), territory, number)
    if found is None:
        abort(404)
    return found


def _form(territory: Territory, action: PlannedAction | None = None) -> ActionForm:
    from web.parcours.pages import grid_of

    campaigns = campaigns_of(connection(), territory)
    choices = offered(grid_of(connection(), campaigns), campaigns, *([action.plan] if action else ()))
    if action is not None and request.method == "GET":
        return ActionForm.of(action, choices)
    return ActionForm(choices)


def _form_page(
    territory: Territory, form: ActionForm, action: PlannedAction | None = None, theirs: PlannedAction | None = None
) -> ResponseReturnValue:
    from web.parcours.pages import grid_of

    grid = grid_of(connection(), campaigns_of(connection(), territory))
    code = 409 if theirs else 422 if form.problems else 200
    choices = form.offered
    differs = differences(form.plan(), theirs.plan, choices.skills, choices.campaigns) if theirs else ()
    page = render_template(
        "parcours/action.html",
        form=form.with_spare_lines(),
        action=action,
        theirs=[*differs],
        grid=grid,
        territory=territory,
        kind_hints=KIND_HINTS,
    )
    return page, code


def _years(territory: Territory) -> list[int]:
    """The years that can be assessed, latest first: those of the campaigns, and this one."""
    campaigns = {campaign.year for campaign in campaigns_of(connection(), territory) if campaign.status == "closed"}
    return sorted(campaigns | {now().year}, reverse=True)


def _back(territory: Territory) -> Response:
    return redirect(url_for("parcours.show", place=territory.slug), 303)
