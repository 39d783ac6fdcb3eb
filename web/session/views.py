"""The deck of one campaign: projected, led from a second window, taken away in one file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template, request

from accounts.rights import Action
from storage.campaigns import Campaign, campaign_by_slug
from storage.decisions import LONGEST, decisions_of
from storage.sequences import read_arrangement
from web.access import may, may_see
from web.database import connection
from web.published import compressed, published
from web.review.views import asked, chosen, review_page
from web.session.bundle import bundled

if TYPE_CHECKING:
    from web.review.page import ReviewPage
    from web.session.deck import Slide

blueprint = Blueprint("session", __name__, url_prefix="/seance")


@blueprint.get("/<slug>")
def deck(slug: str) -> Response:
    """The results of one wave as slides; only of a campaign whose results the reader may see."""
    campaign = visible(slug)
    return published(campaign, lambda: _rendered("session/deck.html", campaign), *asked(campaign))


@blueprint.get("/<slug>/presentateur")
def presenter(slug: str) -> Response:
    """The presenter's window: the slide, the next one, the notes, the time, and what to show."""
    campaign = visible(slug)
    return published(campaign, lambda: _rendered("session/presenter.html", campaign), *asked(campaign))


@blueprint.get("/<slug>/fichier")
def file(slug: str) -> Response:
    """The same deck in one file that opens from a stick, without network."""
    campaign = visible(slug)
    made = lambda: bundled(_rendered("session/deck.html", campaign, alone=True))  # noqa: E731
    response = published(campaign, made, *asked(campaign))
    response.headers["Content-Disposition"] = f"attachment; filename=grille-{campaign.slug}-seance.html"
    return response


def visible(slug: str) -> Campaign:
    """The campaign of that slug, if who is asking may see its results; else it does not exist."""
    campaign = campaign_by_slug(connection(), slug)
    if campaign is None or not may_see(campaign):
        abort(404)
    return campaign


def refused_decision(campaign: Campaign, typed: str, problems: list[str]) -> Response:
    """The deck again, with what was typed and why it is not kept: for browsers without script."""
    response = compressed(_rendered("session/deck.html", campaign, typed=typed, problems=problems))
    response.status_code = 422
    return response


def _rendered(
    template: str, campaign: Campaign, *, alone: bool = False, typed: str = "", problems: Sequence[str] = ()
) -> str:
    from web.session.sequence import shown  # loads scoring, so never in a process that only serves respondents

    page, slides = made(campaign, rated=not alone and may(Action.LEAD_SESSIONS, campaign.territory))
    return render_template(
        template,
        page=page,
        slides=shown(slides, read_arrangement(connection(), campaign)),
        decisions=decisions_of(connection(), campaign),
        seen_by=colleges_asked(),
        longest=LONGEST,
        alone=alone,
        typed=typed,
        problems=problems,
    )


def made(campaign: Campaign, *, rated: bool = False) -> tuple[ReviewPage, list[Slide]]:
    """The results of a campaign and every slide that can be made of them, in the order of the story.

    What was said of actions is in the notes where they are ``rated``: for who leads the session, not in a file.
    """
    from web.parcours.page import parcours_page
    from web.session.deck import slides_of
    from web.session.parcours import done_for, parcours_slides
    from web.session.retained import retained_slides

    page, db = review_page(chosen(campaign)), connection()
    parcours = parcours_page(db, campaign.territory) if parcours_seen(campaign) else None
    slides = slides_of(page, colleges_asked(), done_for(parcours, campaign) if parcours else {})
    told = parcours_slides(page, parcours, rated=rated) if parcours else ()
    return page, [*slides[:-1], *retained_slides(db, campaign), *told, *slides[-1:]]


def parcours_seen(campaign: Campaign) -> bool:
    """Whether the session shows the parcours to who is asking: they may see it, or its team shares it with everyone."""
    return may(Action.SEE_PARCOURS, campaign.territory) or read_arrangement(connection(), campaign).parcours


def colleges_asked() -> list[str]:
    """The colleges that the address asks to see on one radar."""
    return [code for text in request.args.getlist("colleges") for code in text.split(",") if code]
