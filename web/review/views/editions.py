"""What edition 2 of the method changes for a campaign that was published under edition 1."""

from flask import abort, render_template

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign, previous_campaign
from storage.campaigns.recomputed_publications import recomputed
from web.http.database import connection
from web.http.pages.recomputed_campaigns import changes_of
from web.review.blueprint import blueprint, reviewing


@blueprint.get("/campagnes/<slug>/revue/edition-2")
@reviewing(Action.SEE_CLOSED_RESULTS)
def editions(campaign: Campaign) -> str:
    """Show both editions side by side, to everyone with a role on the territory."""
    changes = changes_of(campaign) or abort(404)
    return render_template(
        "review/edition_changes.html",
        campaign=campaign,
        changes=changes,
        days=recomputed(connection(), campaign),
        previous=previous_campaign(connection(), campaign),
    )
