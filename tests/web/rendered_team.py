"""The pages that the team of a random territory reads around its results, rendered by the real templates."""

from dataclasses import replace
from datetime import UTC, datetime, time
from unittest.mock import patch

from flask import Flask, render_template

from scoring.republication import publication_of
from storage.campaigns.campaigns import Campaign
from storage.responses.computed.publications import republication
from tests.restitution.reader.territories import Territory
from tests.web.rendered import campaign_of
from web.campaigns.pages import about_open_links
from web.review.pages.disclosure import DisclosureReport


def last_campaign(place: Territory) -> Campaign:
    """Its last campaign as it is stored: public, or not."""
    days = [day for day, _one in place.publications] if place.public else []
    at = datetime.combine(days[-1], time(12), UTC) if days else None
    return replace(campaign_of(place, len(place.campaigns) - 1), published_at=at)


def publication_html(app: Flask, place: Territory) -> str:
    """The report on what publishing its last campaign tells of people."""
    campaign, profile = last_campaign(place), place.profiles[-1]
    opened = [college for college in campaign.colleges if college.code in place.opened]
    earlier = [
        (datetime.combine(day, time(12), UTC), publication_of(place.profile_of(one))) for day, one in place.publications
    ]
    with (
        app.test_request_context(),
        patch("web.campaigns.pages.colleges_opened_by_link", lambda *_: opened),
        patch("storage.responses.computed.publications._publications_of", lambda *_: iter(earlier)),
    ):
        report = DisclosureReport(
            profile,
            place.colleges,
            tuple(skill.code for skill in place.grid.skills),
            tuple(about_open_links(campaign, [])),
            republication(app.extensions["database"], campaign, publication_of(profile)),
        )
        return render_template("review/disclosure.html", campaign=campaign, report=report)
