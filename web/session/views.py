"""The views of a session: deck, presenter's window, exported file, decisions typed live."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from storage.core.errors import CampaignError
from storage.review.session_decisions import LONGEST, decisions_of, note_decision, remove_decision
from storage.review.slide_order import read_slide_order
from storage.site.pictures import picture_content
from web.http.database import connection
from web.http.forms.typed_text import row_number
from web.http.heavy_requests import computes
from web.http.pages.assets import bundled
from web.http.pages.compression import gzipped, gzipped_page
from web.http.pages.published_pages import published
from web.http.security.access import may
from web.http.security.audit import audited
from web.http.security.guards import for_campaign, for_results
from web.results.views import asked
from web.session.pages.deck import colleges_asked, deck_of, led_deck

blueprint = Blueprint("session", __name__, url_prefix="/seance")
# In the address of a deck whose guess has been answered.
REVEALED = "devoile"
# In the address of a session that is rehearsed: nothing is kept of it.
REHEARSAL = "repetition"


@blueprint.get("/<slug>")
@for_results
def deck(campaign: Campaign) -> Response:
    """Show the results of a campaign as slides, to those who may see them."""
    revealed = REVEALED in request.args
    made = lambda: _rendered("session/deck.html", campaign, sealed=not revealed)  # noqa: E731
    return published(campaign, made, *asked(campaign), revealed, rehearsing())


@blueprint.get("/<slug>/presentateur")
@for_results
def presenter(campaign: Campaign) -> Response:
    """Show the presenter's window: the slide, the next one, the notes, the time, and display options."""
    return published(campaign, lambda: _rendered("session/presenter.html", campaign), *asked(campaign), rehearsing())


@blueprint.get("/<slug>/fichier")
@for_results
def file(campaign: Campaign) -> Response:
    """Download the same deck as one file that opens offline."""
    made = lambda: bundled(_rendered("session/deck.html", campaign, alone=True))  # noqa: E731
    return published(campaign, made, *asked(campaign), file=f"grille-{campaign.slug}-seance.html")


def refused_decision(campaign: Campaign, typed: str, problems: list[str]) -> Response:
    """Return the deck with what was typed and the problems, for browsers without script."""
    response = gzipped_page(
        gzipped(_rendered("session/deck.html", campaign, sealed=True, typed=typed, problems=problems))
    )
    response.status_code = 422
    return response


def _rendered(
    template: str,
    campaign: Campaign,
    *,
    alone: bool = False,
    sealed: bool = False,
    typed: str = "",
    problems: Sequence[str] = (),
) -> str:
    # Loads scoring, so never in a process that only serves respondents.
    from web.results.story_context import decisions_seen
    from web.session.pages.arrangement import after_the_guess, projected_slides
    from web.session.pages.script import script_of
    from web.session.pages.way_in import WayIn

    order = read_slide_order(connection(), campaign)
    led = not alone and may(Action.LEAD_SESSIONS, campaign.territory)
    page, slides = led_deck(campaign, order, rated=True) if led else deck_of(campaign, order)
    script = script_of(slides, order)
    shown = projected_slides(script)
    presents = template == "session/presenter.html"
    return render_template(
        template,
        page=page,
        slides=shown,
        script=[part for part in script if part.lasts],
        answers=after_the_guess(shown),
        sealed=sealed,
        revealed=_revealed_address(),
        decisions=decisions_of(connection(), campaign, published=alone) if alone else decisions_seen(campaign),
        seen_by=colleges_asked(),
        longest=LONGEST,
        alone=alone,
        rehearsing=rehearsing() and not alone,
        picture_address=_picture_inside if alone else _picture_address,
        own_notes=order.notes if presents and led else {},
        place=url_for("session.place", slug=campaign.slug) if led and not rehearsing() else "",
        audience=WayIn(order.audience) if led and order.audience else None,
        typed=typed,
        problems=problems,
    )


def rehearsing() -> bool:
    """Whether the address asks for a rehearsal."""
    return REHEARSAL in request.args


def _picture_address(digest: str) -> str:
    return url_for("public.large_picture", digest=digest)


def _picture_inside(digest: str) -> str:
    """The picture itself: a file fetches nothing."""
    content = picture_content(connection(), digest, "large") or b""
    return f"data:image/png;base64,{b64encode(content).decode()}"


def _revealed_address() -> str:
    """The same deck once the guess is answered."""
    return f"?{urlencode([*request.args.items(multi=True), (REVEALED, '1')])}"


leading = for_campaign(Action.LEAD_SESSIONS, states=("closed",))


@blueprint.post("/<slug>/decisions")
@computes
@leading
def decide(campaign: Campaign) -> ResponseReturnValue:
    """Save a decision of the room, or remove one; returns the list alone when the slide's script asks for it."""
    problems: list[str] = []
    try:
        _decide(campaign)
    except CampaignError as refusal:
        problems = list(refusal.problems)
    if request.headers.get("X-Part") == "list":
        decisions = decisions_of(connection(), campaign)
        text = render_template("session/decisions.html", decisions=decisions, campaign=campaign, problems=problems)
        return text, 422 if problems else 200
    if problems:
        return refused_decision(campaign, request.form.get("text", ""), problems)
    return redirect(url_for("session.deck", slug=campaign.slug, _anchor="decider"), 303)


def _decide(campaign: Campaign) -> None:
    if number := request.form.get("remove", type=row_number):
        with audited(AuditEvent.DECISION_REMOVED, campaign, number=number):
            remove_decision(connection(), campaign, number)
    else:
        with audited(AuditEvent.DECISION_NOTED, campaign):
            note_decision(connection(), campaign, request.form.get("text", ""), current_user.account)
