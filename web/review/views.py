"""The pages of a campaign's results."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from flask import Response, abort, render_template, request, send_file

from accounts.rights import Action
from restitution import svg
from storage.campaigns import Campaign, campaign_by_slug, campaigns_of
from web.access import may, may_see
from web.database import connection
from web.published import published, published_file
from web.review.blueprint import blueprint
from web.review.waves import Choice, choose
from web.unshown import figures

if TYPE_CHECKING:
    from scoring import Profile
    from web.review.page import ReviewPage

MOST_COLLEGES = 3


@blueprint.app_template_global()
def legend_sample(role: str) -> str:
    """The line and marker of a series, for a legend."""
    return svg.legend_sample(role)


@blueprint.get("/restitution/<slug>")
def restitution(slug: str) -> str | Response:
    """The scored profile of one wave, read over earlier ones."""
    campaign = campaign_by_slug(connection(), slug)
    if campaign is None or not (may_see(campaign) or may(Action.FOLLOW_COLLECTION, campaign.territory)):
        abort(404)
    if not may_see(campaign):
        return render_template("review/collecting.html", campaign=campaign)
    return published(campaign, lambda: _restitution(campaign), *asked(campaign))


def _restitution(campaign: Campaign) -> str:
    return render_template("review/restitution.html", page=review_page(chosen(campaign)))


@blueprint.get("/restitution/<slug>/fichiers/<name>")
def document(slug: str, name: str) -> Response:
    """One file of the profile, of a campaign whose results the reader may see."""
    campaign = campaign_by_slug(connection(), slug)
    if campaign is None or not may_see(campaign):
        abort(404)
    from restitution.documents import bundle  # loads pandas, so never in a process that only serves respondents

    if name not in bundle.NAMES:
        abort(404)

    def sent(content: bytes) -> Response:
        return send_file(BytesIO(content), as_attachment=True, download_name=f"{campaign.slug}-{name}")

    return published_file(campaign, lambda: bundle.document(name, profile_of(campaign), str(campaign.year)), sent)


def asked(campaign: Campaign) -> tuple[object, ...]:
    """What the address chooses among what there is: the waves shown, by their numbers, and up to three colleges."""
    codes = (code for text in request.args.getlist("colleges") for code in text.split(","))
    known = {one.code for one in campaign.colleges}
    shown = tuple(one.id for one in chosen(campaign).shown)
    return shown, tuple(dict.fromkeys(code for code in codes if code in known))[:MOST_COLLEGES]


def chosen(campaign: Campaign) -> Choice:
    """The waves that the address asks for, among those that the reader may see."""
    visible = [one for one in campaigns_of(connection(), campaign.territory) if may_see(one)]
    return choose(campaign, visible, request.args.getlist("vagues"))


def review_page(choice: Choice) -> ReviewPage:
    """The page's content. pandas and the charts load here, never in a process that only serves respondents.

    An earlier wave that cannot be computed is left out, and the page says so; the page's own is answered by an error.
    """
    from web.review.page import assemble

    profiles = {choice.campaign.id: profile_of(choice.campaign)}
    for one in choice.earlier:
        if profile := figures(one, partial(profile_of, one)):
            profiles[one.id] = profile
    return assemble(choice.among(profiles), profiles)


def profile_of(campaign: Campaign) -> Profile:
    """The profile of that campaign, its storage loaded only now."""
    from storage.results import campaign_profile

    return campaign_profile(connection(), campaign)
