"""The deck of one campaign."""

from flask import Blueprint, Response, abort, render_template

from storage.campaigns import campaign_by_slug
from web.access import may_see
from web.database import connection
from web.review.views import chosen, compressed, review_page

blueprint = Blueprint("session", __name__, url_prefix="/seance")


@blueprint.get("/<slug>")
def deck(slug: str) -> Response:
    """The results of one wave as slides; only of a campaign whose results the reader may see."""
    campaign = campaign_by_slug(connection(), slug)
    if campaign is None or not may_see(campaign):
        abort(404)
    from web.session.deck import slides_of  # loads scoring, so never in a process that only serves respondents

    page = review_page(chosen(campaign))
    return compressed(render_template("session/deck.html", page=page, slides=slides_of(page)))
