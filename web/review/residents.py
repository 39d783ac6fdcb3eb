"""A campaign's results for those who live there: the same story in few words, light enough for any phone."""

from flask import Response, abort, render_template

from storage.campaigns import campaign_by_slug
from storage.decisions import decisions_of
from web.access import may_see
from web.database import connection
from web.review.blueprint import blueprint
from web.review.views import chosen, compressed, review_page


@blueprint.get("/restitution/<slug>/habitants")
def residents(slug: str) -> Response:
    """What the profile says, in few words; for anyone once the campaign is published."""
    campaign = campaign_by_slug(connection(), slug)
    if campaign is None or not may_see(campaign):
        abort(404)
    from restitution.skills import HIGH_UNKNOWN  # loads with the charts, never where people only answer

    page = review_page(chosen(campaign))
    unknown = [
        detail.skill.title
        for family in page.families
        for detail in family.skills
        if any((cell.unknown or 0) >= HIGH_UNKNOWN for cell in detail.published)
    ]
    decisions = decisions_of(connection(), campaign)
    return compressed(render_template("review/residents.html", page=page, unknown=unknown, decisions=decisions))
