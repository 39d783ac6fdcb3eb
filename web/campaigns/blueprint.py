"""The blueprint of /campagnes, and its guard: a campaign exists only for those who have a right on it."""

from functools import wraps
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from accounts.permissions import Action
from restitution.text.language import gettext as _
from restitution.text.language import reason
from storage.campaigns.campaigns import Campaign
from storage.core.errors import CampaignError
from storage.responses.responses import ResponseRefused
from web.http.security.guards import ANY_STATE, View, for_campaign

blueprint = Blueprint("campaigns", __name__, url_prefix="/campagnes")


def while_collecting(view: View) -> View:
    """Guard a view for those who run the campaign, while it is open.

    Raises ``CampaignError`` before and after: it may have closed while someone was typing.
    """

    @wraps(view)
    def checked(campaign: Campaign, **values: Any) -> Any:
        if campaign.status == "draft":
            raise CampaignError([_("La collecte n’est pas encore ouverte : ouvrez-la d’abord.")])
        if campaign.status == "closed":
            raise CampaignError([_("La collecte est terminée : plus aucune réponse ne peut être ajoutée.")])
        return view(campaign, **values)

    return for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)(checked)


def back_to(campaign: Campaign, message: str = "") -> Response:
    """Redirect to the page of the campaign, with a message about what was just done."""
    if message:
        flash(message)
    return redirect(url_for("campaigns.follow", slug=campaign.slug), 303)


@blueprint.errorhandler(CampaignError)
def _refuse(refusal: CampaignError) -> tuple[str, int]:
    """A step that the campaign's state no longer allows: somebody else went first, or the page was old."""
    return render_template("campaigns/refused.html", problems=refusal.problems), 409


@blueprint.errorhandler(ResponseRefused)
def _refuse_response(refusal: ResponseRefused) -> tuple[str, int]:
    """The collection ended between the opening of the page and its last step."""
    return render_template("campaigns/refused.html", problems=[reason(refusal)]), 409
