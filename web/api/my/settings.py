"""Preparing, opening and closing a campaign with a key: the same plans, checks and steps as the pages'."""

from collections.abc import Mapping

from flask import Response, request, url_for

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from accounts.scopes import Scope
from grille import Grid
from grille.colleges import asked_like
from grille.messages import message as _
from questionnaires.local.questions import LocalQuestion
from storage.campaigns.campaigns import Campaign
from storage.campaigns.drafts import CampaignPlan, PlannedCollege, draft_campaign, revise_draft
from storage.campaigns.lifecycle import close_campaign, open_draft, reload_campaign
from storage.campaigns.territories import Territory
from storage.core.database import writing
from storage.core.errors import CampaignError
from storage.grids.library import identity, usable_grids
from storage.site.letterhead import Letterhead
from web.api.blueprint import answer, blueprint, described
from web.api.my import bodies, models
from web.api.my.documents import campaign_document
from web.api.my.idempotency import idempotent
from web.api.my.reading import MY
from web.api.refusals import FieldProblem, Refused, refusal_of, wrong_fields
from web.http.database import connection
from web.http.security.api_keys import keyed
from web.http.security.audit import audit, audited
from web.http.security.guards import ANY_STATE, for_campaign, for_territory


@blueprint.post(f"{MY}/territories/<place>/campaigns")
@described(
    _("Préparer une campagne : un brouillon, rien n’est encore ouvert"),
    models.FollowedCampaign,
    errors=(400, 404, 409, 413, 422),
    code=201,
    body=bodies.SettingsBody,
)
@keyed(Scope.CAMPAIGNS)
@for_territory(Action.RUN_CAMPAIGNS)
@idempotent()
def my_campaign_drafted(territory: Territory) -> tuple[Response, int, dict[str, str]]:
    """Create a draft."""
    plan = _planned(bodies.sent(bodies.SettingsBody))
    try:
        with writing(connection()):
            made = draft_campaign(connection(), territory, plan)
            audit(AuditEvent.CAMPAIGN_DRAFTED, made)
    except CampaignError as error:
        raise refusal_of(error, 422) from error
    return answer(campaign_document(made)), 201, {"Location": url_for("api.my_campaign", slug=made.slug)}


@blueprint.get(f"{MY}/campaigns/<slug>/settings")
@described(_("Les réglages d’une campagne, tels qu’ils s’envoient"), bodies.SettingsBody, errors=(404,))
@keyed(Scope.CAMPAIGNS)
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def my_settings(campaign: Campaign) -> Response:
    """Return the settings of a campaign."""
    return answer(_settings(campaign))


@blueprint.put(f"{MY}/campaigns/<slug>/settings")
@described(
    _("Changer un brouillon ; « If-Match » refuse d’écraser ce que quelqu’un d’autre a changé"),
    bodies.SettingsBody,
    errors=(400, 404, 409, 412, 413, 422),
    body=bodies.SettingsBody,
)
@keyed(Scope.CAMPAIGNS)
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
@idempotent()
def my_settings_changed(campaign: Campaign) -> Response:
    """Replace the settings of a draft."""
    plan = _planned(bodies.sent(bodies.SettingsBody))
    with writing(connection()):
        _refuse_changed(reload_campaign(connection(), campaign))
        _revised(campaign, plan)
        return answer(_settings(reload_campaign(connection(), campaign)))


def _revised(campaign: Campaign, plan: CampaignPlan) -> None:
    try:
        revise_draft(connection(), campaign, plan)
    except CampaignError as error:
        raise refusal_of(error, 422 if campaign.status == "draft" else 409) from error
    audit(AuditEvent.CAMPAIGN_REVISED, campaign)


def _refuse_changed(current: Campaign) -> None:
    tag = answer(_settings(current)).get_etag()[0]
    if request.if_match and not request.if_match.contains(tag or ""):
        raise Refused(_("Ces réglages ont changé depuis que vous les avez lus : relisez-les d’abord."), 412)


@blueprint.post(f"{MY}/campaigns/<slug>/open")
@described(_("Ouvrir la collecte d’un brouillon"), models.FollowedCampaign, errors=(400, 404, 409, 413, 422))
@keyed(Scope.CAMPAIGNS)
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
@idempotent()
def my_campaign_opened(campaign: Campaign) -> Response:
    """Open a draft to answers; one that is open stays so."""
    with audited(AuditEvent.CAMPAIGN_OPENED, campaign):
        return answer(campaign_document(open_draft(connection(), campaign)))


@blueprint.post(f"{MY}/campaigns/<slug>/close")
@described(
    _("Clore la collecte, pour toujours"),
    models.FollowedCampaign,
    errors=(400, 404, 409, 413, 422),
    body=bodies.ClosingBody,
)
@keyed(Scope.CAMPAIGNS)
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
@idempotent()
def my_campaign_closed(campaign: Campaign) -> Response:
    """Close the collection for good; one that is closed stays so."""
    bodies.sent(bodies.ClosingBody)
    if campaign.status == "draft":
        raise Refused(_("Cette campagne n’est pas encore ouverte : il n’y a rien à clore."), 409)
    with audited(AuditEvent.CAMPAIGN_CLOSED, campaign):
        return answer(campaign_document(close_campaign(connection(), campaign)))


def _planned(body: bodies.SettingsBody) -> CampaignPlan:
    """The plan that was sent. Raises ``Refused`` for a grid that is not offered."""
    return CampaignPlan(
        name=body.name,
        year=body.year,
        grid=_grid(body.grid, usable_grids(connection())),
        form=body.form,
        k=body.k,
        colleges=tuple(PlannedCollege(**one.model_dump()) for one in body.colleges),
        opens_on=body.opens_on,
        closes_on=body.closes_on,
        retrospective=body.retrospective,
        letterhead=Letterhead(body.introduction, body.organiser, body.contact),
        local_questions=tuple(
            LocalQuestion(one.text, tuple(one.choices), one.easy, one.open) for one in body.local_questions
        ),
    )


def _grid(name: str, grids: Mapping[str, Grid]) -> Grid:
    if name not in grids:
        said = _("choisissez parmi %(choices)s.", choices=", ".join(grids))
        raise wrong_fields([FieldProblem("/grid", said)])
    return grids[name]


def _settings(campaign: Campaign) -> bodies.SettingsBody:
    said = campaign.letterhead
    return bodies.SettingsBody(
        name=campaign.name,
        year=campaign.year,
        grid=identity(campaign.grid),
        form=campaign.form,
        k=campaign.k,
        opens_on=campaign.opens_on,
        closes_on=campaign.closes_on,
        retrospective=campaign.retrospective,
        introduction=said.introduction,
        organiser=said.organiser,
        contact=said.contact,
        colleges=[_college(campaign, one.code) for one in campaign.colleges],
        local_questions=[
            bodies.QuestionBody(text=one.text, choices=list(one.choices), easy=one.easy, open=one.is_open)
            for one in campaign.local_questions
        ],
    )


def _college(campaign: Campaign, code: str) -> bodies.CollegeBody:
    one = campaign.college(code)
    like = asked_like(campaign.grid, code) or ""
    return bodies.CollegeBody(
        code=code, label=one.label, size=one.size, target=one.target, like=like, voluntary=one.voluntary
    )
