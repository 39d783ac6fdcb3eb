"""An adopted diagnostic as a page to read and to print."""

from flask import abort, render_template

from accounts.rights import Action
from storage.campaigns import Campaign
from web.database import connection
from web.review.blueprint import blueprint
from web.review.entrance import reviewing


@blueprint.get("/campagnes/<slug>/revue/diagnostics/<int:number>")
@reviewing(Action.SEE_CLOSED_RESULTS)
def diagnostic(campaign: Campaign, number: int) -> str:
    """One adopted version, for everyone with a role on the territory."""
    from storage.snapshots import find_snapshot, snapshots_of
    from web.review.frozen import Diagnostic

    adopted = find_snapshot(connection(), campaign, number) or abort(404)
    latest = snapshots_of(connection(), campaign)[-1].number
    shown = {"adopted": adopted, "latest": latest, "content": Diagnostic(adopted.document)}
    return render_template("review/diagnostic.html", campaign=campaign, **shown)
