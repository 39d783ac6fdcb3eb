"""Leading a room that takes part on its phones: opening it, revealing, counting hands, reading words, ending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from accounts.audit_events import AuditEvent
from grille.typed import too_long, typed_line, typed_number
from restitution.text.language import gettext as _
from restitution.text.language import reason
from storage.audience.audiences import (
    MOST_LINES,
    Audience,
    Line,
    audience_of,
    end_audience,
    erase_audience,
    open_audience,
    show_slide,
)
from storage.audience.questions import (
    MOST_HANDS,
    AnswerRefused,
    Question,
    ask,
    count_hands,
    find_question,
    reveal_answers,
)
from storage.audience.words import moderate
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.errors import CampaignError
from storage.review.slide_order import SlideOrder, change_slide_order, read_slide_order
from web.audience.room_page import RoomPage
from web.http.database import connection
from web.http.forms.typed_text import row_number
from web.http.heavy_requests import computes
from web.http.security.audit import audited
from web.session.pages.deck import deck_of
from web.session.views import leading

LONGEST_QUESTION = 70
LARGEST_BODY = 60_000
KINDS = ("title", "text", "item")

blueprint = Blueprint("room", __name__, url_prefix="/seance/<slug>/salle")


@blueprint.get("")
@leading
def show(campaign: Campaign) -> ResponseReturnValue:
    """Show how to open the room and what it does, with every act that the presenter's window has."""
    return _page(campaign)


def _page(campaign: Campaign, problem: str = "") -> str:
    return render_template(
        "audience/leading.html",
        campaign=campaign,
        page=RoomPage(campaign, audience_of(connection(), campaign)),
        order=read_slide_order(connection(), campaign),
        problem=problem,
        typed=request.form if problem else {},
        longest=LONGEST_QUESTION,
    )


@blueprint.post("")
@computes
@leading
def act(campaign: Campaign) -> ResponseReturnValue:
    """Do one thing; the presenter's script asks for JSON and stays where it is."""
    do = ACTS.get(request.form.get("do", ""))
    try:
        if do is None:
            raise AnswerRefused([_("Choisissez ce que vous voulez faire, avec un bouton de la page.")])
        do(campaign)
    except CampaignError as refusal:
        if _by_script():
            return jsonify(problem=reason(refusal)), 422
        return _page(campaign, reason(refusal)), 422
    return jsonify(problem="") if _by_script() else redirect(url_for("room.show", slug=campaign.slug), 303)


def _by_script() -> bool:
    return request.headers.get("Accept") == "application/json"


def _room(campaign: Campaign) -> Audience:
    audience = audience_of(connection(), campaign)
    if audience is None:
        raise AnswerRefused([_("Ouvrez d’abord la séance aux téléphones.")])
    return audience


def _open(campaign: Campaign) -> None:
    asked = _questions(campaign, read_slide_order(connection(), campaign))
    with audited(AuditEvent.AUDIENCE_OPENED, campaign), writing(connection()):
        audience = open_audience(connection(), campaign)
        account = current_user.account
        change_slide_order(connection(), campaign, account, lambda now: replace(now, audience=audience.code))
        ask(connection(), audience, asked)


def _questions(campaign: Campaign, order: SlideOrder) -> list[Question]:
    """What the slides ask of the room: computed now, and not when somebody reveals.

    Takes the time of a whole deck: call it before a transaction, during which nobody else can write.
    """
    from web.session.pages.audience_slides import questions

    page, slides = deck_of(campaign, order)
    return questions(slides, page.results, order)


def _end(campaign: Campaign) -> None:
    with audited(AuditEvent.AUDIENCE_ENDED, campaign), writing(connection()):
        end_audience(connection(), _room(campaign), campaign.k)
        change_slide_order(connection(), campaign, current_user.account, lambda now: replace(now, audience=""))


def _erase(campaign: Campaign) -> None:
    if not request.form.get("sure"):
        raise AnswerRefused([_("Cochez la case : ce qui est effacé ne revient pas.")])
    audience = _room(campaign)
    asked = _questions(campaign, read_slide_order(connection(), campaign))
    with audited(AuditEvent.AUDIENCE_ERASED, campaign), writing(connection()):
        erase_audience(connection(), audience)
        ask(connection(), audience, asked)


def _word_question(campaign: Campaign) -> None:
    title = typed_line(request.form.get("title", ""))
    if problem := too_long(title, LONGEST_QUESTION, _("Cette question")):
        raise AnswerRefused([problem])
    audience = audience_of(connection(), campaign)
    order = replace(read_slide_order(connection(), campaign), words=title)
    asked = _questions(campaign, order) if audience else []
    with audited(AuditEvent.SLIDES_ARRANGED, campaign), writing(connection()):
        change_slide_order(connection(), campaign, current_user.account, lambda now: replace(now, words=title))
        if audience:
            ask(connection(), audience, asked)


def _reveal(campaign: Campaign) -> None:
    with audited(AuditEvent.AUDIENCE_REVEALED, campaign):
        reveal_answers(connection(), _room(campaign), request.form.get("question", ""), campaign.k)


def _count(campaign: Campaign) -> None:
    audience, key = _room(campaign), request.form.get("question", "")
    question = find_question(connection(), audience, key)
    if question is None:
        raise AnswerRefused([_("Cette question n’est pas posée à la salle.")])
    hands: dict[str, int] = {}
    for one in question.options:
        number = typed_number(request.form.get(f"hands:{one.code}", "").strip() or "0", MOST_HANDS)
        if number is None:
            raise AnswerRefused([_("« %(label)s » : écrivez combien de mains, en chiffres.", label=one.label)])
        hands[one.code] = number
    count_hands(connection(), audience, key, hands)


def _moderate(campaign: Campaign) -> None:
    number, decision = request.form.get("words", 0, type=row_number), request.form["do"]
    states = {"accept": "accepted", "refuse": "refused"}
    moderate(connection(), _room(campaign), number, states[decision], request.form.get("read", ""))


ACTS: dict[str, Callable[[Campaign], None]] = {
    "open": _open,
    "end": _end,
    "erase": _erase,
    "ask": _word_question,
    "reveal": _reveal,
    "count": _count,
    "accept": _moderate,
    "refuse": _moderate,
}


@blueprint.get("/etat")
@leading
def state(campaign: Campaign) -> ResponseReturnValue:
    """Return what the windows of the session show of the room; 304 when nothing has changed.

    ``bureau`` is for the presenter's window alone: words that nobody has read yet are not in the room's.
    """
    audience = audience_of(connection(), campaign)
    page, with_desk = RoomPage(campaign, audience), "bureau" in request.args
    tag = page.tag(desk=with_desk)
    if request.if_none_match.contains_weak(tag):
        reply = Response(status=304)  # asked several times a second: nothing is drawn for it
    else:
        reply = jsonify(
            token=generate_csrf(),
            ended=audience is None or audience.ended,
            shown=page.shown(),
            desk=page.desks() if with_desk else {},
            ready=page.ready(),
            begun=bool(audience and audience.lines),
        )
    reply.set_etag(tag)
    return reply


@blueprint.post("/ici")
@leading
def here(campaign: Campaign) -> ResponseReturnValue:
    """Note the slide that the room looks at, as the window that turned it reads it."""
    request.max_content_length = LARGEST_BODY
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        abort(400)
    asked, lines = sent.get("asked"), _lines(sent.get("lines"))
    audience = audience_of(connection(), campaign) or abort(404)
    known = isinstance(asked, str) and find_question(connection(), audience, asked) is not None
    show_slide(connection(), audience, str(asked) if known else "", lines)
    return "", 204


def _lines(sent: object) -> list[Line]:
    """The lines that are lines; whatever else was sent is left out."""
    rows = sent[: 4 * MOST_LINES] if isinstance(sent, list) else []
    pairs = [row for row in rows if isinstance(row, list) and len(row) == 2]
    return [(kind, words) for kind, words in pairs if kind in KINDS and isinstance(words, str)]
