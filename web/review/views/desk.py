"""The review desk: a campaign at a glance, what to look at first, and what is left to do."""

from flask import Response, make_response, request, session

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from storage.core.database import file_of
from storage.review.sheets import review_state
from web.http.access import may
from web.http.database import connection
from web.review.blueprint import blueprint, reviewing
from web.review.pages.desk import _remembered, _written


@blueprint.get("/campagnes/<slug>/revue")
@reviewing()
def desk(campaign: Campaign) -> Response:
    """Families by colleges, and where to look; written again only when something that it shows has changed."""
    db = connection()
    if session.get("_flashes"):
        return make_response(_written(campaign))
    key = file_of(db), review_state(db, campaign), may(Action.KEEP_PRIVATE_NOTES, campaign.territory)
    page = _remembered(campaign, key)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(page.compressed if packed else page.plain, mimetype="text/html")
    response.vary.add("Accept-Encoding")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response
