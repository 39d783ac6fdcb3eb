"""The links of a campaign with a key: made, listed, with their QR codes."""

from flask import Response

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from accounts.scopes import Scope
from grille.messages import message as _
from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import ShareLink, create_share_link
from web.api.blueprint import answer, blueprint, described
from web.api.my import bodies, models
from web.api.my.idempotency import idempotent
from web.api.my.reading import MY
from web.api.refusals import FieldProblem, wrong_fields
from web.campaigns.pages import address_of, campaign_share_links, link_secret
from web.http.database import connection
from web.http.security.api_keys import keyed
from web.http.security.audit import audited
from web.http.security.guards import ANY_STATE, for_campaign


@blueprint.get(f"{MY}/campaigns/<slug>/links")
@described(_("Les liens en usage d’une campagne, avec leurs QR codes"), models.Links, errors=(404,))
@keyed(Scope.CAMPAIGNS)
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def my_links(campaign: Campaign) -> Response:
    """List the links in force that this installation can write again."""
    return answer(models.Links(items=[_link(one) for one in campaign_share_links(campaign) if one.token]))


@blueprint.post(f"{MY}/campaigns/<slug>/links")
@described(
    _("Faire un lien, vers un collège ou vers tous"),
    models.Link,
    errors=(400, 404, 409, 413, 422),
    code=201,
    body=bodies.LinkBody,
)
@keyed(Scope.CAMPAIGNS)
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
@idempotent()
def my_link_made(campaign: Campaign) -> tuple[Response, int]:
    """Make a link."""
    body = bodies.sent(bodies.LinkBody)
    known = [one.code for one in campaign.colleges]
    if body.college is not None and body.college not in known:
        said = _("choisissez parmi %(choices)s.", choices=", ".join(known))
        raise wrong_fields([FieldProblem("/college", said)])
    with audited(AuditEvent.LINK_MADE, campaign, college=body.college or "*"):
        token = create_share_link(connection(), campaign, body.college, link_secret(), lent=body.lent)
    made = next(one for one in campaign_share_links(campaign) if one.token == token)
    return answer(_link(made)), 201


def _link(found: ShareLink) -> models.Link:
    from restitution.charts.qr_code import qr_svg

    address, link = address_of(found.token or ""), found.link
    return models.Link(number=link.id, college=link.college, lent=link.lent, address=address, qr_svg=qr_svg(address))
