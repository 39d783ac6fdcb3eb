"""The room's blueprint: every address under ``/restitution`` and ``/campagnes/<campaign>/revue``."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from web.http.access import ask_to_sign_in, may
from web.http.database import connection
from web.http.errors import signed_out

blueprint = Blueprint("review", __name__)

CampaignView = Callable[..., ResponseReturnValue]


def reviewing(action: Action = Action.REVIEW_RESULTS) -> Callable[[CampaignView], CampaignView]:
    """Call the view with the closed campaign of its address, for those who may do that on its territory.

    Someone not signed in is asked to, and loses nothing of what they typed. For others the page does not exist, and
    that they asked is logged. An open campaign has no result: the page says so.
    """

    def decorate(view: CampaignView) -> CampaignView:
        @wraps(view)
        def guarded(slug: str, **values: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return ask_to_sign_in() if request.method == "GET" else signed_out()
            campaign = allowed_campaign(slug, action)
            if campaign.status != "closed":
                code = 200 if request.method == "GET" else 409
                return render_template("results/collecting.html", campaign=campaign), code
            return view(campaign, **values)

        return guarded

    return decorate


def allowed_campaign(slug: str, action: Action) -> Campaign:
    """The campaign of that slug, if who is asking may do that there; else 404, and a line in the log."""
    campaign = campaign_by_slug(connection(), slug)
    if campaign is None or campaign.status == "draft" or not may(action, campaign.territory):
        account = current_user.account.id
        current_app.logger.warning("review refused: account %s asked %s %s", account, request.method, request.path)
        abort(404)
    return campaign
