"""The end of a collection: what will stay hidden, colleges to merge, closing, publishing."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from storage.campaigns.college_merges import LONGEST_LABEL, merge_colleges, merges_of, undo_merge
from storage.campaigns.lifecycle import close_campaign, unpublish_campaign
from storage.core.errors import CampaignError
from storage.operations.jobs import erase_jobs
from storage.operations.published_copies import copies_of
from storage.responses.workshops import workshops_of
from web.campaigns.blueprint import back_to, blueprint
from web.campaigns.pages import fate, shares, shares_after_closing, warnings
from web.http.database import connection
from web.http.heavy_requests import computes
from web.http.security.audit import audited
from web.http.security.guards import ANY_STATE, for_campaign


@blueprint.get("/<slug>/cloture")
@computes
@for_campaign(Action.RUN_CAMPAIGNS, states=("open",))
def confirm_closing(campaign: Campaign) -> str:
    """Say what closing will do and hide, before it is done."""
    return _page(campaign)


def _page(campaign: Campaign, problems: tuple[str, ...] = ()) -> str:
    from storage.responses.computed.closing_preview import closing_preview  # loads pandas

    groups, apart = merges_of(connection(), campaign), shares(campaign)
    preview = closing_preview(connection(), campaign, groups)
    read = shares_after_closing(apart, groups, campaign.k)
    grouped_codes = {code for group in groups for code in group.members}
    return render_template(
        "campaigns/closing.html",
        campaign=campaign,
        territory=campaign.territory,
        read=[(share, fate(share, preview)) for share in read],
        shares=apart,
        groups=groups,
        free=[college for college in campaign.colleges if college.code not in grouped_codes],
        warnings=list(warnings(read, campaign.k, preview)),
        going_on=[workshop for workshop in workshops_of(connection(), campaign) if not workshop.ended],
        problems=[("", problem) for problem in problems],
        typed=request.form,
        longest=LONGEST_LABEL,
    )


@blueprint.post("/<slug>/regroupements")
@computes
@for_campaign(Action.RUN_CAMPAIGNS, states=("open",))
def merge(campaign: Campaign) -> Response | tuple[str, int]:
    """Decide that some colleges will be merged at closing."""
    try:
        with audited(AuditEvent.COLLEGES_MERGED, campaign):
            colleges, label = request.form.getlist("college"), request.form.get("label", "")
            merge_colleges(connection(), campaign, colleges, label)
    except CampaignError as refusal:
        return _page(campaign, refusal.problems), 422
    return redirect(url_for("campaigns.confirm_closing", slug=campaign.slug, _anchor="regrouper"), 303)


@blueprint.post("/<slug>/regroupements/<code>/defaire")
@for_campaign(Action.RUN_CAMPAIGNS, states=("open",))
def unmerge(campaign: Campaign, code: str) -> Response:
    """Cancel such a decision."""
    with audited(AuditEvent.COLLEGES_UNMERGED, campaign):
        undo_merge(connection(), campaign, code)
    return redirect(url_for("campaigns.confirm_closing", slug=campaign.slug, _anchor="regrouper"), 303)


@blueprint.post("/<slug>/cloture")
@computes
@for_campaign(Action.RUN_CAMPAIGNS, states=("open", "closed"))
def close(campaign: Campaign) -> Response | tuple[str, int]:
    """Close the collection for good, once its pilot has ticked that they know it."""
    if not request.form.get("sure"):
        return _page(campaign, (_("Cochez la case : une collecte close ne se rouvre pas."),)), 422
    with audited(AuditEvent.CAMPAIGN_CLOSED, campaign):
        closed = close_campaign(connection(), campaign)
    return back_to(closed, _("La collecte est close. Les résultats peuvent maintenant être lus."))


@blueprint.post("/<slug>/publier")
@computes
@for_campaign(Action.PUBLISH_RESULTS, states=ANY_STATE)
def publish(campaign: Campaign) -> Response:
    """Publish the results; refused when, beside an earlier publication, they would disclose somebody's answers."""
    from storage.responses.computed.publications import publication_to_come, publish_results  # loads pandas

    publication = publication_to_come(connection(), campaign)
    with audited(AuditEvent.CAMPAIGN_PUBLISHED, campaign):
        publish_results(connection(), campaign, publication)
    return back_to(campaign, _("Les résultats sont publiés : tout le monde peut les lire."))


@blueprint.post("/<slug>/depublier")
@for_campaign(Action.PUBLISH_RESULTS, states=ANY_STATE)
def unpublish(campaign: Campaign) -> Response:
    """Withdraw the results from the public."""
    with audited(AuditEvent.CAMPAIGN_UNPUBLISHED, campaign):
        unpublish_campaign(connection(), campaign)
    copies_of(connection()).forget(campaign.territory)
    erase_jobs(connection(), campaign.id)
    return back_to(campaign, _("Les résultats ne sont plus publics : seules les personnes du territoire les voient."))
