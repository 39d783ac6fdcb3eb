"""Any two or three waves of a territory side by side, on the skills that compare, with those that do not and why."""

from collections.abc import Sequence
from functools import partial

from flask import Response, abort, render_template, request

from storage.campaigns import Campaign, campaign_by_slug, campaigns_of
from web.access import may_see
from web.database import connection
from web.published import published
from web.review.blueprint import blueprint
from web.review.views import profile_of, review_page
from web.review.waves import MOST_EARLIER, Choice, choose, label_of
from web.unshown import figures


@blueprint.get("/restitution/<slug>/comparer")
def compare(slug: str) -> Response:
    """The waves that the address asks for; by default those of the campaign's own page."""
    campaign = campaign_by_slug(connection(), slug)
    if campaign is None or not may_see(campaign):
        abort(404)
    return published(campaign, lambda: _rendered(campaign), *_wanted(campaign))


def _rendered(campaign: Campaign) -> str:
    from restitution import changes  # loads scoring, never where people only answer

    seen = [one for one in campaigns_of(connection(), campaign.territory) if may_see(one) and one != campaign]
    known = [one for one in seen if figures(one, partial(profile_of, one))]
    visible = sorted([*known, campaign], key=lambda one: (one.year, one.id))
    page = review_page(picked(campaign, visible, request.args.getlist("vagues")))
    pairs = [
        (
            earlier,
            changes.of_territory(changes.changes(earlier.profile, page.profile)),
            changes.left_out(earlier.profile.grid, page.profile.grid),
        )
        for earlier in page.waves[1:]
    ]
    labels = [(label_of(one, visible), one in page.choice.shown) for one in _by_age(visible)]
    return render_template("review/compare.html", page=page, pairs=pairs, labels=labels)


def _wanted(campaign: Campaign) -> tuple[object, ...]:
    """The waves that the address asks for, among those that the reader may see."""
    seen = [one for one in campaigns_of(connection(), campaign.territory) if may_see(one)]
    return tuple(sorted({label_of(one, seen) for one in seen} & set(request.args.getlist("vagues"))))


def picked(campaign: Campaign, visible: Sequence[Campaign], wanted: Sequence[str]) -> Choice:
    """The newest of the waves asked for, over at most two others; what cannot be seen is left out."""
    asked = [one for one in _by_age(visible) if label_of(one, visible) in wanted][: MOST_EARLIER + 1]
    if not asked:
        return choose(campaign, visible, [])
    earlier = choose(asked[0], visible, []).earlier
    return Choice(asked[0], tuple(asked[1:]), earlier)


def _by_age(campaigns: Sequence[Campaign]) -> list[Campaign]:
    return sorted(campaigns, key=lambda one: (one.year, one.id), reverse=True)
