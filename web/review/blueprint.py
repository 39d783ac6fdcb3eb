"""The room's blueprint: every address under ``/restitution`` and ``/campagnes/<campaign>/revue``."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from web.http.guards import for_campaign

blueprint = Blueprint("review", __name__)

CampaignView = Callable[..., ResponseReturnValue]


def reviewing(action: Action = Action.REVIEW_RESULTS) -> Callable[[CampaignView], CampaignView]:
    """Call the view with the closed campaign of its address, for those who may do ``action`` on its territory.

    Refusals are logged. An open campaign has no result: the page says so.
    """

    def decorate(view: CampaignView) -> CampaignView:
        @for_campaign(action, log_refusals=True)
        @wraps(view)
        def reviewed(campaign: Campaign, **values: Any) -> Any:
            if campaign.status != "closed":
                code = 200 if request.method == "GET" else 409
                return render_template("results/collecting.html", campaign=campaign), code
            return view(campaign, **values)

        return reviewed

    return decorate
