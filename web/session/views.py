"""The views of a session: deck, presenter's window, exported file, preparation, decisions typed live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from grille.typed import too_long, typed_line, typed_text
from storage.campaigns.campaigns import Campaign
from storage.core.errors import CampaignError
from storage.review.session_decisions import LONGEST, decisions_of, note_decision, remove_decision
from storage.review.slide_order import SlideOrder, change_slide_order, read_slide_order
from web.http.database import connection
from web.http.forms.submit_once import once
from web.http.pages.assets import bundled
from web.http.pages.compression import gzipped, gzipped_page
from web.http.pages.published_pages import published
from web.http.security.access import may
from web.http.security.audit import audited
from web.http.security.guards import for_campaign, for_results
from web.results.views import asked
from web.session.pages.deck import colleges_asked, deck_of

blueprint = Blueprint("session", __name__, url_prefix="/seance")
# In the address of a deck whose guess has been answered.
REVEALED = "devoile"


@blueprint.get("/<slug>")
@for_results
def deck(campaign: Campaign) -> Response:
    """Show the results of a campaign as slides, to those who may see them."""
    revealed = REVEALED in request.args
    made = lambda: _rendered("session/deck.html", campaign, sealed=not revealed)  # noqa: E731
    return published(campaign, made, *asked(campaign), revealed)


@blueprint.get("/<slug>/presentateur")
@for_results
def presenter(campaign: Campaign) -> Response:
    """Show the presenter's window: the slide, the next one, the notes, the time, and display options."""
    return published(campaign, lambda: _rendered("session/presenter.html", campaign), *asked(campaign))


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

    order = read_slide_order(connection(), campaign)
    page, slides = deck_of(campaign, order, rated=not alone and may(Action.LEAD_SESSIONS, campaign.territory))
    shown = projected_slides(slides, order)
    return render_template(
        template,
        page=page,
        slides=shown,
        answers=after_the_guess(shown),
        sealed=sealed,
        revealed=_revealed_address(),
        decisions=decisions_of(connection(), campaign, published=alone) if alone else decisions_seen(campaign),
        seen_by=colleges_asked(),
        longest=LONGEST,
        alone=alone,
        typed=typed,
        problems=problems,
    )


def _revealed_address() -> str:
    """The same deck once the guess is answered."""
    return f"?{urlencode([*request.args.items(multi=True), (REVEALED, '1')])}"


LONGEST_TITLE, LONGEST_TEXT = 90, 700
SLIDE_CHANGES = ("place", "up", "down", "toggle", "remove", "add", "reset", "share")


leading = for_campaign(Action.LEAD_SESSIONS, states=("closed",))


@blueprint.get("/<slug>/preparer")
@leading
def prepare(campaign: Campaign) -> ResponseReturnValue:
    """List every slide, with the actions possible on it."""
    return _page(campaign)


def _page(campaign: Campaign, problem: str = "") -> str:
    from web.session.pages.arrangement import all_slides

    arrangement = read_slide_order(connection(), campaign)
    slides = all_slides(deck_of(campaign, arrangement)[1], arrangement)
    return render_template(
        "session/prepare.html",
        campaign=campaign,
        slides=slides,
        hidden=arrangement.hidden,
        texts={one.key for one in arrangement.texts},
        shared=arrangement.parcours,
        problem=problem,
        typed=request.form,
        longest=(LONGEST_TITLE, LONGEST_TEXT),
    )


@blueprint.post("/<slug>/preparer")
@leading
@once("session.prepare")
def rearrange(campaign: Campaign) -> ResponseReturnValue:
    """Make one change: move, hide, show or delete a slide, or add a slide of text."""
    if problem := _problem():
        return _page(campaign, problem), 422
    change = _change(_keys(campaign))
    with audited(_event(campaign), campaign):
        change_slide_order(connection(), campaign, current_user.account, change)
    place = "parcours" if request.form["do"] == "share" else request.form.get("key", "ajouter")
    return redirect(url_for("session.prepare", slug=campaign.slug, _anchor=place), 303)


def _event(campaign: Campaign) -> AuditEvent:
    """What is done; showing the parcours to everyone, or no longer, is for those who publish."""
    if request.form["do"] != "share":
        return AuditEvent.SLIDES_ARRANGED
    if not may(Action.PUBLISH_RESULTS, campaign.territory):
        abort(404)
    return AuditEvent.PARCOURS_KEPT if read_slide_order(connection(), campaign).parcours else AuditEvent.PARCOURS_SHOWN


def _keys(campaign: Campaign) -> list[str]:
    from web.session.pages.arrangement import all_slides

    order = read_slide_order(connection(), campaign)
    return [slide.name for slide in all_slides(deck_of(campaign, order)[1], order)]


def _problem() -> str:
    if request.form.get("do") not in SLIDE_CHANGES:
        return str(_("Choisissez ce que vous voulez faire, avec un bouton de la page."))
    if request.form["do"] != "add":
        return ""
    if not request.form.get("title", "").strip():
        return str(_("Donnez un titre à la diapositive."))
    long_title = too_long(typed_line(request.form["title"]), LONGEST_TITLE, _("Ce titre"))
    return long_title or too_long(typed_text(request.form.get("text", "")), LONGEST_TEXT)


def _change(keys: list[str]) -> Callable[[SlideOrder], SlideOrder]:
    key = request.form.get("key", "")
    if key and key not in keys:
        abort(404)
    place = min(max(request.form.get("place", 1, type=int), 1), len(keys))
    changes: dict[str, Callable[[SlideOrder], SlideOrder]] = {
        "place": lambda now: now.moved(keys, key, place - 1 - keys.index(key)) if key in keys else now,
        "up": lambda now: now.moved(keys, key, -1),
        "down": lambda now: now.moved(keys, key, 1),
        "toggle": lambda now: now.toggled(key),
        "remove": lambda now: now.without(key),
        "add": lambda now: now.added(keys, request.form["title"], request.form.get("text", "")),
        "reset": lambda now: replace(now, order=(), hidden=frozenset()),
        "share": lambda now: replace(now, parcours=not now.parcours),
    }
    return changes[request.form["do"]]


@blueprint.post("/<slug>/decisions")
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
    if number := request.form.get("remove", type=int):
        with audited(AuditEvent.DECISION_REMOVED, campaign, number=number):
            remove_decision(connection(), campaign, number)
    else:
        with audited(AuditEvent.DECISION_NOTED, campaign):
            note_decision(connection(), campaign, request.form.get("text", ""), current_user.account)
