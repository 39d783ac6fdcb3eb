"""The addresses under /campagnes/<slug>/ateliers, for those who lead sessions on the campaign's territory."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.responses.workshops import Workshop, workshop_by_id
from web.http.access import ask_to_sign_in, require
from web.http.database import connection
from web.http.errors import signed_out

blueprint = Blueprint("facilitator", __name__, url_prefix="/campagnes/<slug>/ateliers")


def leading(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Call the view with the campaign of its address, for those who lead its sessions; others sign in first."""

    @wraps(view)
    def guarded(slug: str, **address: int) -> ResponseReturnValue:
        if not current_user.is_authenticated:
            return ask_to_sign_in() if request.method == "GET" else signed_out()
        campaign = campaign_by_slug(connection(), slug)
        if campaign is None or campaign.status == "draft":
            abort(404)
        require(Action.LEAD_SESSIONS, campaign.territory)
        return view(campaign, **address)

    return guarded


def workshop_in(campaign: Campaign, number: int) -> Workshop:
    """The workshop of that number in that campaign, or a page that says that there is none."""
    return workshop_by_id(connection(), campaign, number) or abort(404)
