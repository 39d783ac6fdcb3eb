"""The review desk: a campaign at a glance, what to look at first, and the remaining steps."""

from flask import Response, make_response, session

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from storage.core.database import file_of
from storage.review.sheets import review_state
from web.http.database import connection
from web.http.language import reader
from web.http.pages.compression import gzipped_page
from web.http.security.access import may
from web.review.blueprint import blueprint, reviewing
from web.review.pages.desk import cached_desk, render_desk


@blueprint.get("/campagnes/<slug>/revue")
@reviewing()
def desk(campaign: Campaign) -> Response:
    """Show families by colleges, and where to look; rendered again only when something that it shows has changed."""
    db = connection()
    state = review_state(db, campaign)
    if session.get("_flashes"):
        return make_response(render_desk(campaign, state))
    others = file_of(db), may(Action.KEEP_PRIVATE_NOTES, campaign.territory), reader()
    return gzipped_page(cached_desk(campaign, state, others))
