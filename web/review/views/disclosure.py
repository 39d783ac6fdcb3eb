"""What publishing a campaign discloses: for those who publish it or review it, before and after."""

from flask import render_template

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from web.review.blueprint import blueprint, reviewing


@blueprint.get("/campagnes/<slug>/revue/publication")
@reviewing(Action.CHECK_DISCLOSURE)
def disclosure(campaign: Campaign) -> str:
    """What is hidden and why, what could be found again of the rest, and whether it can be published again."""
    from web.review.pages.disclosure import disclosure_report  # loads pandas

    return render_template("review/disclosure.html", campaign=campaign, report=disclosure_report(campaign))
