"""The answers one by one: for the programme alone, after a page that says what is exported, recorded in the log."""

from flask import Response, render_template

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from web.campaigns.blueprint import blueprint
from web.http.database import connection
from web.http.heavy_requests import computes
from web.http.pages.downloads import download
from web.http.security.audit import audit
from web.http.security.guards import for_campaign


@blueprint.get("/<slug>/reponses")
@for_campaign(Action.EXPORT_ANSWERS, states=("closed",))
def raw_answers(campaign: Campaign) -> str:
    """Say what will be exported and what will not, before it is."""
    return render_template("campaigns/raw_export.html", campaign=campaign)


@blueprint.post("/<slug>/reponses")
@computes
@for_campaign(Action.EXPORT_ANSWERS, states=("closed",))
def download_raw_answers(campaign: Campaign) -> Response:
    """Download the answers as a table; the export is recorded first."""
    from restitution.documents.open_data.csv_and_json import raw_csv
    from storage.responses.computed.raw_answers import raw_answers  # pandas loads here, never where people only answer

    rows = raw_answers(connection(), campaign)
    audit(AuditEvent.ANSWERS_EXPORTED, campaign, rows=len(rows))
    table = raw_csv([skill.code for skill in campaign.grid.skills], rows)
    response = download(table, f"reponses-{campaign.slug}.csv")
    response.cache_control.no_store = True
    return response
