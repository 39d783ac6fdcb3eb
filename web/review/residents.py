"""A campaign's results for those who live there: the same story in few words, light enough for any phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, render_template
from flask_babel import gettext as _

from storage.campaigns import Campaign, campaign_by_slug
from storage.decisions import decisions_of
from storage.sequences import read_arrangement
from web.access import may_see
from web.database import connection
from web.published import published
from web.review.blueprint import blueprint
from web.review.views import asked, chosen, review_page

if TYPE_CHECKING:
    from web.parcours.page import ShownAction


@blueprint.get("/restitution/<slug>/habitants")
def residents(slug: str) -> Response:
    """What the profile says, in few words; for anyone once the campaign is published."""
    campaign = campaign_by_slug(connection(), slug)
    if campaign is None or not may_see(campaign):
        abort(404)
    return published(campaign, lambda: _rendered(campaign), *asked(campaign))


def _rendered(campaign: Campaign) -> str:
    from restitution.skills import HIGH_UNKNOWN  # loads with the charts, never where people only answer

    page = review_page(chosen(campaign))
    unknown = [
        detail.skill.title
        for family in page.families
        for detail in family.skills
        if any((cell.unknown or 0) >= HIGH_UNKNOWN for cell in detail.published)
    ]
    decisions, actions = decisions_of(connection(), campaign), _actions(campaign)
    return render_template("review/residents.html", page=page, unknown=unknown, decisions=decisions, actions=actions)


def _actions(campaign: Campaign) -> list[tuple[str, list[ShownAction]]]:
    """What was done and what is next, with the newest wave only, when the team shares the parcours with everyone."""
    if not read_arrangement(connection(), campaign).parcours:
        return []
    from web.parcours.page import GOING, parcours_page

    parcours = parcours_page(connection(), campaign.territory)
    actions = parcours.actions if parcours.closed[-1].id == campaign.id else ()
    groups = ((_("Ce qui se fait, et ce qui a été fait"), GOING), (_("Ce qui vient"), {"prevue"}))
    told = [(str(title), [one for one in actions if one.action.plan.status in states]) for title, states in groups]
    return [(title, some) for title, some in told if some]
