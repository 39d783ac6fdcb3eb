"""The list of the campaigns that someone may follow."""

from flask import render_template
from flask_login import current_user

from accounts.permissions import Action, territories_where
from storage.campaigns.accessible_territories import followed
from storage.campaigns.campaigns import respondent_counts
from web.campaigns.blueprint import blueprint
from web.http.database import connection
from web.http.guards import signed_in
from web.http.lists import show_territories


@blueprint.get("/")
@signed_in
def index() -> str:
    """The campaigns of one's territories: their state, who has answered while they are open, results once closed."""
    territories = show_territories(followed(current_user.grants))
    campaigns = (campaign for accessible in territories.rows for campaign in accessible.campaigns)
    answered = respondent_counts(connection(), [one for one in campaigns if one.status == "open"])
    return render_template("campaigns/index.html", territories=territories, answered=answered, prepares=_prepares())


def _prepares() -> bool:
    """Whether they may prepare a campaign somewhere."""
    return territories_where(current_user.grants, Action.RUN_CAMPAIGNS) != frozenset()
