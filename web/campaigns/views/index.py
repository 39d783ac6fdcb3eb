"""The list of the campaigns that someone may follow."""

from flask import render_template
from flask_login import current_user

from accounts.permissions import Action, allowed
from storage.campaigns.accessible_territories import places_of
from storage.campaigns.campaigns import participation
from storage.campaigns.territories import all_territories
from web.campaigns.blueprint import blueprint
from web.http.access import may, signed_in
from web.http.damaged_campaigns import mark_damaged
from web.http.database import connection


@blueprint.get("/")
@signed_in
def index() -> str:
    """Every campaign of one's territories: its state, who has answered while it is open, its results once closed."""
    places = places_of(connection(), current_user.grants)
    mark_damaged(campaign for place in places for campaign in place.campaigns)
    running = [campaign for place in places for campaign in place.campaigns if campaign.status == "open"]
    answered = {campaign.id: participation(connection(), campaign) for campaign in running}
    return render_template("campaigns/index.html", places=places, answered=answered, prepares=_prepares())


def _prepares() -> bool:
    """Whether they may prepare a campaign somewhere."""
    own = (allowed(current_user.grants, Action.RUN_CAMPAIGNS, one.id) for one in all_territories(connection()))
    return may(Action.RUN_CAMPAIGNS) or any(own)
