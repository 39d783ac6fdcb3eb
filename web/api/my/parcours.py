"""The parcours of a territory with a key: its actions, read, added, changed, removed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flask import Response, abort
from flask_login import current_user

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from accounts.scopes import Scope
from grille.messages import message as _
from storage.campaigns.campaigns import Campaign, campaigns_of
from storage.campaigns.territories import Territory
from storage.core.database import writing
from storage.core.errors import CampaignError
from storage.review.parcours import (
    ActionChanged,
    ActionPlan,
    PlannedAction,
    Rating,
    actions_of,
    add_action,
    find_action,
    ratings_of,
    remove_action,
    save_action,
)
from web.api.blueprint import answer, blueprint, described
from web.api.my import bodies, models
from web.api.my.idempotency import idempotent
from web.api.my.reading import MY
from web.api.refusals import FieldProblem, Refused, refusal_of, wrong_fields
from web.http.database import connection
from web.http.heavy_requests import computes
from web.http.security.api_keys import keyed
from web.http.security.audit import audit, audited
from web.http.security.guards import for_territory

_ACTIONS = f"{MY}/territories/<place>/actions"


@blueprint.get(_ACTIONS)
@described(_("Les actions du parcours d’un territoire, avec leurs bilans"), models.Actions, errors=(404,))
@keyed(Scope.READ)
@for_territory(Action.SEE_PARCOURS)
def my_actions(territory: Territory) -> Response:
    """List the actions of a parcours."""
    slugs = {one.id: one.slug for one in campaigns_of(connection(), territory)}
    ratings = ratings_of(connection(), territory)
    actions = actions_of(connection(), territory)
    return answer(models.Actions(items=[_action(one, slugs, ratings.get(one.id, ())) for one in actions]))


@blueprint.post(_ACTIONS)
@described(
    _("Ajouter une action au parcours"),
    models.ActionDocument,
    errors=(400, 404, 409, 413, 422),
    code=201,
    body=bodies.ActionBody,
)
@computes
@keyed(Scope.PARCOURS)
@for_territory(Action.PLAN_PARCOURS)
@idempotent()
def my_action_added(territory: Territory) -> tuple[Response, int]:
    """Add an action."""
    campaigns = campaigns_of(connection(), territory)
    plan = _planned(bodies.sent(bodies.ActionBody), campaigns)
    try:
        with writing(connection()):
            added = add_action(connection(), territory, plan, current_user.account)
            audit(AuditEvent.ACTION_PLANNED, territory, number=added.id)
    except CampaignError as error:
        raise refusal_of(error, 422) from error
    return answer(_shown(added, territory, campaigns)), 201


@blueprint.put(f"{_ACTIONS}/<int:number>")
@described(
    _("Changer une action ; « version » est celle que vous avez lue"),
    models.ActionDocument,
    errors=(400, 404, 405, 409, 413, 422),
    body=bodies.ActionBody,
)
@computes
@keyed(Scope.PARCOURS)
@for_territory(Action.PLAN_PARCOURS)
@idempotent()
def my_action_changed(territory: Territory, number: int) -> Response:
    """Change an action, over the version that was read."""
    action, campaigns = _found(territory, number), campaigns_of(connection(), territory)
    body = bodies.sent(bodies.ActionBody)
    plan = _planned(body, campaigns, action.plan)
    try:
        with audited(AuditEvent.ACTION_CHANGED, territory, number=number):
            saved = save_action(connection(), action, plan, current_user.account, expected=body.version or 0)
    except CampaignError as error:
        raise refusal_of(error, 422) from error
    except ActionChanged as changed:
        said = _("Cette action en est à la version %(n)s : relisez-la d’abord.", n=changed.current.version)
        raise Refused(said, 409) from changed
    return answer(_shown(saved, territory, campaigns))


@blueprint.delete(f"{_ACTIONS}/<int:number>")
@described(
    _("Retirer une action du parcours ; sa page permet de la remettre"),
    models.Removed,
    errors=(400, 404, 405, 409, 422),
)
@keyed(Scope.PARCOURS)
@for_territory(Action.PLAN_PARCOURS)
@idempotent()
def my_action_removed(territory: Territory, number: int) -> Response:
    """Remove an action."""
    action = _found(territory, number)
    with audited(AuditEvent.ACTION_REMOVED, territory, number=number):
        remove_action(connection(), action)
    return answer(models.Removed(removed=True))


def _found(territory: Territory, number: int) -> PlannedAction:
    return find_action(connection(), territory, number) or abort(404)


def _planned(body: bodies.ActionBody, campaigns: list[Campaign], over: ActionPlan | None = None) -> ActionPlan:
    """The action that was sent, with what is not sent of the one that it goes ``over``.

    Raises ``Refused`` with every skill that neither the grid nor that action has, and an unknown campaign.
    """
    numbers = {one.slug: one.id for one in campaigns}
    if wrong := list(_unknown(body, campaigns, over.skills if over else ())):
        raise wrong_fields(wrong)
    return replace(
        over or ActionPlan(body.kind, body.title, ()),
        kind=body.kind,
        title=body.title,
        skills=tuple(body.skills),
        purpose=body.purpose,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        campaign_id=numbers[body.campaign] if body.campaign else None,
        provider=body.provider,
        supports=tuple(body.supports),
        status=body.status,
        partners=body.partners,
        budget=body.budget,
        funders=body.funders,
        priority=body.priority,
    )


def _unknown(body: bodies.ActionBody, campaigns: list[Campaign], kept: tuple[str, ...]) -> Iterator[FieldProblem]:
    from web.parcours.pages import grid_of  # scoring loads here, never where people only answer

    known = {*kept, *(one.code for one in grid_of(connection(), campaigns).skills)}
    for place, code in enumerate(body.skills):
        if code not in known:
            yield FieldProblem(f"/skills/{place}", _("la grille du territoire n’a pas ce savoir-faire."))
    if body.campaign and body.campaign not in {one.slug for one in campaigns}:
        yield FieldProblem("/campaign", _("ce territoire n’a pas cette campagne."))


def _shown(action: PlannedAction, territory: Territory, campaigns: list[Campaign]) -> models.ActionDocument:
    ratings = ratings_of(connection(), territory)
    return _action(action, {one.id: one.slug for one in campaigns}, ratings.get(action.id, ()))


def _action(action: PlannedAction, slugs: dict[int, str], ratings: Sequence[Rating]) -> models.ActionDocument:
    plan = action.plan
    return models.ActionDocument(
        number=action.id,
        version=action.version,
        kind=plan.kind,
        title=plan.title,
        skills=list(plan.skills),
        purpose=plan.purpose,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        campaign=slugs.get(plan.campaign_id or 0),
        provider=plan.provider,
        supports=list(plan.supports),
        status=plan.status,
        partners=plan.partners,
        budget=plan.budget,
        funders=plan.funders,
        priority=plan.priority,
        ratings=[
            models.RatingDocument(year=one.year, relevance=one.relevance, transfer=one.transfer, words=one.words)
            for one in ratings
        ],
    )
