"""The blueprint of /campagnes/<slug>/ateliers, for those who lead sessions on the campaign's territory."""

from flask import Blueprint, abort

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from storage.responses.workshops import Workshop, workshop_by_id
from web.http.database import connection
from web.http.security.guards import for_campaign

blueprint = Blueprint("facilitator", __name__, url_prefix="/campagnes/<slug>/ateliers")


leading = for_campaign(Action.LEAD_SESSIONS)


def workshop_in(campaign: Campaign, number: int) -> Workshop:
    """Return the workshop of that number in that campaign; else answers 404."""
    return workshop_by_id(connection(), campaign, number) or abort(404)
