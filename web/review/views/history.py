"""The history of a campaign's review: who did what, when, and why."""

from itertools import groupby

from flask import render_template

from storage.campaigns.campaigns import Campaign
from web.review.blueprint import blueprint, reviewing
from web.review.pages.history import events_of, without_repeats


@blueprint.get("/campagnes/<slug>/revue/historique")
@reviewing()
def history(campaign: Campaign) -> str:
    """List everything that happened, in chronological order; private notes are left out."""
    events = sorted(events_of(campaign), key=lambda event: event.at)
    days = [(day, list(without_repeats(some))) for day, some in groupby(events, key=lambda event: event.day)]
    return render_template("review/history.html", campaign=campaign, days=days)
