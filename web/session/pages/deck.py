"""The slides of a campaign as a request asks for them. Imports charts: imported only where they are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from storage.review.slide_order import SlideOrder
from web.http.security.access import may
from web.results.selection import asked_selection

if TYPE_CHECKING:
    from web.results.pages import ResultsPage
    from web.session.pages.slide import Slide


def deck_of(
    campaign: Campaign, order: SlideOrder, *, rated: bool = False, parcours: bool = True
) -> tuple[ResultsPage, list[Slide]]:
    """Return the results of a campaign and all its slides, in the order of the story.

    ``order`` is what its team made of them, which says whether the parcours is shown. ``rated``: the notes include the
    ratings of actions; for the presenter, not for the exported file. ``parcours`` is False where its slides are not
    needed.
    """
    from restitution.finding import Medium
    from restitution.story import tell
    from web.results.pages import results_page
    from web.results.story_context import story_context
    from web.session.pages.slides import slides_of

    page = results_page(asked_selection(campaign))
    context = story_context(
        page.selection, seen_by=colleges_asked(), parcours=parcours and parcours_seen(campaign, order), rated=rated
    )
    return page, slides_of(tell(page.results, Medium.DECK, context), page.results)


def led_deck(campaign: Campaign, order: SlideOrder, *, rated: bool = False) -> tuple[ResultsPage, list[Slide]]:
    """Return the same for those who lead the session: with the slides where the room takes part on its phones."""
    from web.session.pages.audience_slides import with_audience

    page, slides = deck_of(campaign, order, rated=rated)
    return page, with_audience(slides, page.results, order)


def parcours_seen(campaign: Campaign, order: SlideOrder) -> bool:
    """Whether the session shows the parcours: the user may see it, or its team shares it with everyone."""
    return may(Action.SEE_PARCOURS, campaign.territory) or order.parcours


def colleges_asked() -> list[str]:
    """Return the colleges that the address asks to compare on one radar."""
    return [code for text in request.args.getlist("colleges") for code in text.split(",") if code]
