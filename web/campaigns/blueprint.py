"""The addresses under /campagnes, and the door of each: a campaign is there only for those who have a right on it."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from accounts.permissions import Action
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.core.errors import CampaignError
from storage.responses.responses import ResponseRefused
from web.http.access import require
from web.http.database import connection

blueprint = Blueprint("campaigns", __name__, url_prefix="/campagnes")


def managed(slug: str, action: Action = Action.RUN_CAMPAIGNS) -> Campaign:
    """The campaign of that slug, for someone who may do that on its territory; for others it does not exist."""
    campaign = campaign_by_slug(connection(), slug)
    if campaign is None:
        abort(404)
    require(action, campaign.territory)
    return campaign


def managed_in(slug: str, *states: str) -> Campaign:
    """The same, in one of these states only; in another the page does not exist."""
    campaign = managed(slug)
    if campaign.status not in states:
        abort(404)
    return campaign


def collecting(slug: str) -> Campaign:
    """The same, while it takes answers. Raises ``CampaignError`` otherwise: somebody was typing when it closed."""
    campaign = managed(slug)
    if campaign.status == "draft":
        raise CampaignError([_("La collecte n’est pas encore ouverte : ouvrez-la d’abord.")])
    if campaign.status == "closed":
        raise CampaignError([_("La collecte est terminée : plus aucune réponse ne peut être ajoutée.")])
    return campaign


def back_to(campaign: Campaign, message: str = "") -> Response:
    """To the page of the campaign, with a word about what was just done."""
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
    return render_template("campaigns/refused.html", problems=[str(refusal)]), 409
