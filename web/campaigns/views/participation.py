"""The page of a campaign: its status, the next steps, and how many have answered; never what they answered."""

from flask import jsonify, render_template
from werkzeug.wrappers import Response

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from storage.campaigns.college_merges import merges_of
from storage.responses.start_counts import starts_of
from web.campaigns.blueprint import blueprint
from web.campaigns.pages import about_open_links, change_sentences, collection_progress, shares
from web.campaigns.visible_changes import visible_changes
from web.http.database import connection
from web.http.pages.recomputed_campaigns import changed_words
from web.http.security.access import may
from web.http.security.guards import ANY_STATE, for_campaign
from web.http.security.rate_limits import STARTS_FROM_ONE_PLACE


@blueprint.get("/<slug>")
@for_campaign(Action.FOLLOW_COLLECTION, states=ANY_STATE)
def follow(campaign: Campaign) -> str:
    """Show the status of the campaign."""
    groups = merges_of(connection(), campaign)
    return render_template(
        f"campaigns/{campaign.status}.html",
        campaign=campaign,
        territory=campaign.territory,
        shares=shares(campaign),
        progress=collection_progress(campaign) if campaign.status == "open" else [],
        starts=starts_of(connection(), campaign),
        most_starts=STARTS_FROM_ONE_PLACE.most,
        groups=groups,
        by_link=list(about_open_links(campaign, groups)),
        runs=may(Action.RUN_CAMPAIGNS, campaign.territory),
        changes=change_sentences(campaign),
        publishes=may(Action.PUBLISH_RESULTS, campaign.territory),
        visible=visible_changes(campaign) if campaign.status == "draft" else None,
        words_changed=changed_words(campaign) if campaign.status == "closed" else "",
    )


@blueprint.get("/<slug>/participation")
@for_campaign(Action.FOLLOW_COLLECTION, states=("open",))
def follow_live(campaign: Campaign) -> Response:
    """Return the counts by college as JSON, for the page's script.

    Only while the collection is open: once it is closed nobody may know a number below k.
    """
    found = shares(campaign)
    rows = [
        {"college": one.college.code, "count": one.count, "share": one.share, "sentence": one.sentence} for one in found
    ]
    return jsonify(open=True, total=sum(one.count or 0 for one in found), colleges=rows)
