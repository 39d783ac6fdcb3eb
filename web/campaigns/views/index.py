"""The list of the campaigns that someone may follow."""

from flask import render_template
from flask_login import current_user

from accounts.permissions import Action, allowed
from storage.campaigns.accessible_territories import accessible_territories
from storage.campaigns.campaigns import participation
from storage.campaigns.territories import all_territories
from web.campaigns.blueprint import blueprint
from web.http.access import may
from web.http.damaged_campaigns import mark_damaged
from web.http.database import connection
from web.http.guards import signed_in


@blueprint.get("/")
@signed_in
def index() -> str:
    """Every campaign of one's territories: its state, who has answered while it is open, its results once closed."""
    territories = accessible_territories(connection(), current_user.grants)
    mark_damaged(campaign for accessible in territories for campaign in accessible.campaigns)
    running = [campaign for accessible in territories for campaign in accessible.campaigns if campaign.status == "open"]
    answered = {campaign.id: participation(connection(), campaign) for campaign in running}
    return render_template("campaigns/index.html", territories=territories, answered=answered, prepares=_prepares())


def _prepares() -> bool:
    """Whether they may prepare a campaign somewhere."""
    on_some = (allowed(current_user.grants, Action.RUN_CAMPAIGNS, one.id) for one in all_territories(connection()))
    return may(Action.RUN_CAMPAIGNS) or any(on_some)
