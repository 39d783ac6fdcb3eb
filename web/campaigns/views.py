"""The list of the campaigns that someone may follow."""

from flask import Blueprint, render_template
from flask_login import current_user

from storage.campaigns import participation
from web.access import signed_in
from web.database import connection
from web.places import places_of

blueprint = Blueprint("campaigns", __name__, url_prefix="/campagnes")


@blueprint.get("/")
@signed_in
def index() -> str:
    """Every campaign of one's territories: its state, who has answered while it is open, its results once closed."""
    places = places_of(connection(), current_user.grants)
    running = [campaign for place in places for campaign in place.campaigns if campaign.status == "open"]
    answered = {campaign.id: participation(connection(), campaign) for campaign in running}
    return render_template("campaigns/index.html", places=places, answered=answered)
