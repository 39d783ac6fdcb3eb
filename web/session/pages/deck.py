"""The slides of a campaign as they are asked for, made where charts may load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from storage.review.slide_order import read_slide_order
from web.http.access import may
from web.http.database import connection
from web.results.selection import asked_selection

if TYPE_CHECKING:
    from web.results.pages import ResultsPage
    from web.session.pages.slides import Slide


def deck_of(campaign: Campaign, *, rated: bool = False) -> tuple[ResultsPage, list[Slide]]:
    """The results of a campaign and every slide that can be made of them, in the order of the story.

    What was said of actions is in the notes where they are ``rated``: for who leads the session, not in a file.
    """
    from web.parcours.pages import parcours_page
    from web.results.pages import results_page
    from web.session.pages.parcours_slides import actions_by_skill, parcours_slides
    from web.session.pages.retained_slides import retained_slides
    from web.session.pages.slides import slides_of

    page, db = results_page(asked_selection(campaign)), connection()
    parcours = parcours_page(db, campaign.territory) if parcours_seen(campaign) else None
    slides = slides_of(page, colleges_asked(), actions_by_skill(parcours, campaign) if parcours else {})
    told = parcours_slides(page, parcours, rated=rated) if parcours else ()
    return page, [*slides[:-1], *retained_slides(db, campaign), *told, *slides[-1:]]


def parcours_seen(campaign: Campaign) -> bool:
    """Whether the session shows the parcours to who is asking: they may see it, or its team shares it with everyone."""
    return may(Action.SEE_PARCOURS, campaign.territory) or read_slide_order(connection(), campaign).parcours


def colleges_asked() -> list[str]:
    """The colleges that the address asks to see on one radar."""
    return [code for text in request.args.getlist("colleges") for code in text.split(",") if code]
