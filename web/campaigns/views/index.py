"""The list of the campaigns that somebody may follow."""

from flask import render_template
from flask_login import current_user

from accounts.permissions import Action
from storage.campaigns.accessible_territories import followed_with_trials
from storage.campaigns.campaigns import respondent_counts
from web.campaigns.blueprint import blueprint
from web.http.database import connection
from web.http.pages.first_steps import first_steps
from web.http.pages.lists import show_territories
from web.http.security.access import may_somewhere
from web.http.security.guards import signed_in


@blueprint.get("/")
@signed_in
def index() -> str:
    """List the campaigns of one's territories: their status, participation while open, results once closed."""
    territories = show_territories(followed_with_trials(current_user.grants))
    campaigns = (campaign for accessible in territories.rows for campaign in accessible.campaigns)
    answered = respondent_counts(connection(), [one for one in campaigns if one.status == "open"])
    prepares = may_somewhere(Action.RUN_CAMPAIGNS)
    return render_template(
        "campaigns/index.html", territories=territories, answered=answered, prepares=prepares, steps=first_steps()
    )
