"""The blueprint of ``/restitution`` and ``/campagnes/<campaign>/revue``."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from web.http.heavy_requests import computes
from web.http.security.guards import for_campaign

blueprint = computes(Blueprint("review", __name__))

CampaignView = Callable[..., ResponseReturnValue]


def reviewing(action: Action = Action.REVIEW_RESULTS) -> Callable[[CampaignView], CampaignView]:
    """Guard a view by ``action`` on the campaign's territory; the view is called with the closed campaign.

    Refusals are logged. An open campaign has no results: the page says so.
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
