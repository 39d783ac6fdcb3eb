"""Answering without a network: what a device keeps to continue, and what it sends when the network is back.

A device dates each change, and sends again whatever was not acknowledged: the dates decide which change of an answer is
the latest, so sending is idempotent and devices may arrive in any order (decision 0067).
"""

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from flask import Response, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field, ValidationError

from questionnaires import Answer
from questionnaires.answers import UNANSWERED, ResponseDocument
from questionnaires.fields import field_name
from questionnaires.questionnaire import Questionnaire
from restitution.text.language import gettext as _
from storage.responses.responses import (
    CampaignCancelled,
    CampaignClosed,
    UnknownResponse,
    save_answers,
    submit_response,
)
from web.http.database import connection
from web.http.pages.assets import content, hashed
from web.respond.blueprint import PLAIN, blueprint, cancelled_page, plain_wording
from web.respond.forms import FormProblem
from web.respond.pages.questions import (
    AskedPage,
    answered,
    asked_page,
    page_for,
    questionnaire_of,
    status_of,
)
from web.respond.pages.review import review_page
from web.respond.pages.saved_page import unsaved_page
from web.respond.response_access import OpenResponse, open_response
from web.respond.saving import misplaced_answers
from web.respond.views.lent_devices import give_back, here_page, return_page

_FILE = re.compile(r'/static/[^"\s]+')
Changes = dict[str, Answer]


class SentAnswer(BaseModel):
    """The inputs of one question, as its form names them, and the date of their change on the device."""

    fields: dict[str, str]
    at: int = Field(ge=-(2**63), lt=2**63)


class Sending(BaseModel):
    """What a device sends: the questions changed since the last reply, and whether the person has finished.

    ``handed`` when they gave the device back: its key is then renewed, once the answers are saved.
    """

    answers: Annotated[dict[str, SentAnswer], Field(max_length=500)] = {}
    submit: bool = False
    handed: bool = False


@blueprint.get("/hors-connexion.js")
def worker() -> Response:
    """Serve the service worker here: it only controls the pages under its own address."""
    return Response(content(hashed("js/worker.js")), mimetype="text/javascript")


@blueprint.get("/hors-connexion")
def unreachable() -> str:
    """Return the page that the worker shows in place of one that is not on the device."""
    return render_template("respond/offline.html")


@blueprint.get("/<key>/trousse")
def kit(key: str) -> Response:
    """Return all that a device needs offline: every page, the answers, and the server's time."""
    access = open_response(key)
    if not access.response.campaign_open:
        raise CampaignClosed
    asked = questionnaire_of(access)
    pages = {
        url_for("respond.answer", key=key, number=page.number): page_for(access, page.number, asked.plain)
        for page in asked.pages
    }
    pages[url_for("respond.review", key=key)] = review_page(access)
    pages[url_for("respond.here", key=key)] = here_page(access)
    pages[url_for("respond.confirm_return", key=key)] = return_page(access)
    pages[url_for("respond.unreachable", lecture=None)] = unreachable()
    return jsonify(
        pages=pages,
        files=files_of(pages.values()),
        questions={page.number: page.codes for page in asked.pages},
        answers=_fields(asked, access.response.document.answers),
        campaign=str(access.response.campaign_id),
        lent=access.lent_token,
        **_moments(access.response.document),
    )


def files_of(pages: Iterable[str]) -> list[str]:
    """Return the addresses of the files that these pages are made with."""
    return sorted({file for html in pages for file in _FILE.findall(html)})


@blueprint.post("/<key>/envoi")
def receive(key: str) -> Response:
    """Save the answers that a device has kept; the reply names those that cannot be saved.

    A device that was given back may send its last twice: the second time, its key opens nothing any more.
    """
    try:
        access = open_response(key)
    except UnknownResponse:
        if request.mimetype != "application/json" or not _sending().handed:
            raise
        return jsonify(submitted=False)
    sending = _sending()
    if not access.response.campaign_open:
        _give_back(access, asked=sending.handed)
        raise CampaignClosed
    asked, document = questionnaire_of(access), access.response.document
    changes, problems = _read(access, asked, sending, document.answers)
    if changes:
        moments = {code: sending.answers[code].at for code in changes}
        document = save_answers(connection(), access.response, changes, moments).document
    submitted = _submitted(access, document, asked=sending.submit and not problems)
    _give_back(access, asked=sending.handed)
    return jsonify(_reply(access, asked, document, list(changes), problems) | {"submitted": submitted})


def _sending() -> Sending:
    """Return what the device sent. No CSRF token is asked: only a script of our own pages can send JSON here."""
    if request.mimetype != "application/json":
        abort(415)
    try:
        return Sending.model_validate_json(request.get_data())
    except ValidationError:
        abort(400)


def _read(
    access: OpenResponse, asked: Questionnaire, sending: Sending, stored: Mapping[str, Answer]
) -> tuple[Changes, list[dict[str, object]]]:
    """The answers that can be saved, and what cannot: problems name their page and their field."""
    changes: Changes = {}
    problems: list[dict[str, object]] = []
    for page in asked.pages:
        sent = {code: sending.answers[code].fields for code in page.codes if code in sending.answers}
        if sent:
            one = asked_page(access.campaign, page.number, asked.college, plain_wording())
            form = one.form({name: text for fields in sent.values() for name, text in fields.items()})
            changes |= {code: form.question(code).over(stored.get(code, UNANSWERED)) for code in sent}
            problems += [_described(one, FormProblem(sentence, field)) for field, sentence in form.problems()]
    strange = [code for code in sending.answers if all(code not in page.codes for page in asked.pages)]
    return changes, problems + [{"sentence": problem.sentence} for problem in misplaced_answers(strange)]


def _described(asked: AskedPage, problem: FormProblem) -> dict[str, object]:
    number = asked.page.number
    there = f"{number}{'?lecture=' + PLAIN if plain_wording() else ''}#{problem.field}"
    said = _("Étape %(n)s : %(problem)s", n=number, problem=problem.sentence)
    return {"field": problem.field, "sentence": problem.sentence, "said": said, "there": there}


def _submitted(access: OpenResponse, document: ResponseDocument, *, asked: bool) -> bool:
    """Whether this response is now sent by its author, who must have answered something."""
    if asked and document.answered:
        submit_response(connection(), access.key)
        return True
    return False


def _give_back(access: OpenResponse, *, asked: bool) -> None:
    """Renew the key when the device has been given back. What was refused is lost: whoever typed it has left."""
    if asked:
        give_back(access.key)


def _reply(
    access: OpenResponse,
    asked: Questionnaire,
    document: ResponseDocument,
    codes: list[str],
    problems: list[dict[str, object]],
) -> dict[str, object]:
    """What the device learns: how its own answers now stand, how far its person is, and what time it is here."""
    stored = document.answers
    first = asked_page(access.campaign, 1, asked.college, plain_wording())
    return {
        "answers": _fields(asked, {code: stored.get(code, UNANSWERED) for code in codes}),
        "status": status_of(first, stored, saved=not problems),
        "steps": {page.number: answered(page, stored) for page in asked.pages},
        "problems": problems,
        "end": url_for("respond.end", key=access.key),
        **_moments(document),
    }


def _moments(document: ResponseDocument) -> dict[str, int]:
    return {"now": now_here(), "latest": document.latest}


def now_here() -> int:
    """Return the time of the server, in milliseconds since 1970: devices date their changes by it."""
    return time.time_ns() // 1_000_000


def _fields(asked: Questionnaire, answers: Mapping[str, Answer]) -> dict[str, dict[str, str]]:
    """Answers as the inputs of their questions, by skill code."""
    return {
        question.code: {
            field_name(question.code, part): text
            for part, text in answers[question.code].for_form().items()
            if part in question.asks
        }
        for question in asked.questions
        if question.code in answers
    }


@blueprint.post("/<key>/non-enregistre")
def not_saved(key: str) -> ResponseReturnValue:
    """Return, to be read, what a device could not save because the collection is over. Writes nothing."""
    sending = _given_back()
    try:
        access = open_response(key)
    except CampaignCancelled:
        return cancelled_page(_texts(sending))
    asked = questionnaire_of(access)
    typed = dict(_typed(access, asked, sending))
    return unsaved_page(access, typed), 409


def _given_back() -> Sending:
    try:
        return Sending.model_validate_json(request.form.get("answers", ""))
    except ValidationError:
        return Sending()


def _texts(sending: Sending) -> list[str]:
    """What was written beside the levels: without the campaign, nothing says what the levels answered."""
    parts = (part for answer in sending.answers.values() for part in answer.fields.items())
    return [text for name, text in parts if ":" in name and len(text.strip()) > 1]


def _typed(access: OpenResponse, asked: Questionnaire, sending: Sending) -> Iterator[tuple[str, Answer]]:
    """The answers as they were typed, too long or not."""
    for page in asked.pages:
        one = asked_page(access.campaign, page.number, asked.college, plain_wording())
        for code in page.codes:
            if sent := sending.answers.get(code):
                yield code, one.form(sent.fields).question(code).typed_over(UNANSWERED)
