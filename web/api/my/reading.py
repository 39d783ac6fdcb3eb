"""Reading with a key: what the pages of its account show, published or not."""

from flask import Response
from flask_login import current_user

from accounts.permissions import Action
from accounts.scopes import Scope
from grille.messages import message as _
from storage.campaigns.accessible_territories import followed_scope
from storage.campaigns.campaigns import Campaign, campaign_page
from storage.campaigns.territories import Territory, territory_page
from web.api.blueprint import PREFIX, answer, asked, blueprint, described, json_with_validator
from web.api.cursors import cursor_of, position_of, read_page
from web.api.models import Query, Results, TerritoryQuery
from web.api.my import models
from web.api.my.documents import campaign_document, key_document, participation_document, territory_document
from web.campaigns.pages import shares
from web.http.database import connection
from web.http.pages.published_pages import complete, find_or_make, name_of, rights
from web.http.security.api_keys import keyed
from web.http.security.guards import ANY_STATE, for_campaign, for_territory, signed_in

MY = f"{PREFIX}/my"
ROWS = 25
"""Of a page of a list."""


@blueprint.get(f"{MY}/key")
@described(_("La clé de la demande"), models.KeyDocument)
@keyed()
@signed_in
def my_key() -> Response:
    """Return what the key of the request allows, and until when."""
    return answer(key_document(current_user))


@blueprint.get(f"{MY}/territories")
@described(
    _("Les territoires que suit votre compte, par nom"), models.FollowedTerritories, TerritoryQuery, errors=(400,)
)
@keyed(Scope.READ)
@signed_in
def my_territories() -> Response:
    """List the territories that the account follows."""
    query = asked(TerritoryQuery)
    position, scope = position_of(query.cursor), followed_scope(current_user.grants)
    found = read_page(lambda: territory_page(connection(), scope.where, query.q, position, ROWS, shown=scope.shown))
    rows = [territory_document(one, current_user) for one in found.rows]
    return answer(models.FollowedTerritories(items=rows, next=cursor_of(found.next)))


@blueprint.get(f"{MY}/territories/<place>/campaigns")
@described(
    _("Les campagnes d’un territoire, la plus récente d’abord"), models.FollowedCampaigns, Query, errors=(400, 404)
)
@keyed(Scope.READ)
@for_territory(Action.FOLLOW_COLLECTION)
def my_campaigns(territory: Territory) -> Response:
    """List the campaigns of a territory, in any state."""
    position = position_of(asked(Query).cursor)
    found = read_page(lambda: campaign_page(connection(), territory, position=position))
    rows = [campaign_document(one) for one in found.rows]
    return answer(models.FollowedCampaigns(items=rows, next=cursor_of(found.next)))


@blueprint.get(f"{MY}/campaigns/<slug>")
@described(_("Une campagne, publiée ou non"), models.FollowedCampaign, errors=(404,))
@keyed(Scope.READ)
@for_campaign(Action.FOLLOW_COLLECTION, states=ANY_STATE)
def my_campaign(campaign: Campaign) -> Response:
    """Return a campaign, in any state."""
    return answer(campaign_document(campaign))


@blueprint.get(f"{MY}/campaigns/<slug>/participation")
@described(_("Combien de personnes ont répondu, par collège"), models.Participation, errors=(404,))
@keyed(Scope.READ)
@for_campaign(Action.FOLLOW_COLLECTION)
def my_participation(campaign: Campaign) -> Response:
    """Return how many have answered: what the page of the campaign shows, and no more."""
    return answer(participation_document(campaign, shares(campaign)))


@blueprint.get(f"{MY}/campaigns/<slug>/results")
@described(_("Les chiffres d’une campagne close, publiée ou non"), Results, errors=(404,))
@keyed(Scope.READ)
@for_campaign(Action.SEE_CLOSED_RESULTS, states=("closed",))
def my_results(campaign: Campaign) -> Response:
    """Return the figures of a closed campaign: those that its page shows to the account."""

    def made() -> tuple[bytes, bool]:
        from web.results.profile_files import profile_document  # loads pandas, never where people only answer

        return profile_document(campaign, "profile.json", 2), complete()

    return json_with_validator(find_or_make(name_of(campaign, "api results", *rights(campaign)), made))
