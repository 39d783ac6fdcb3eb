"""The question pages: shown with what is stored, saved one by one, and at once where script runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from flask import Flask, jsonify, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from questionnaires import Answer
from questionnaires.answers import UNANSWERED, answers_in
from questionnaires.fields import Comment, Reason, cleaned
from questionnaires.forms import PageForm, strangers
from restitution.language import gettext as _
from storage.database import DatabaseUnavailable
from storage.responses import CampaignClosed, save_answers
from web.database import connection
from web.errors import RETRY_AFTER, is_outage
from web.respond.blueprint import PLAIN, WAIT, blueprint, plain_wording, wants_json
from web.respond.capability import Opened, mark, opened, protected
from web.respond.question_pages import (
    AskedPage,
    Problem,
    QuestionPages,
    asked_page,
    filled,
    question_page,
    script_reply,
)

Stored = Mapping[str, Answer]


@blueprint.record
def _keep_pages(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    app.jinja_env.globals["limits"] = {"comment": Comment.limit, "reason": Reason.limit}
    QuestionPages(app)


@dataclass(frozen=True)
class Outcome:
    """What became of a page that was sent: what is stored now, what of it was just saved, and what could not be."""

    stored: Stored
    saved: Stored
    problems: list[Problem] = field(default_factory=list)
    status: int = 200

    @property
    def headers(self) -> dict[str, str]:
        """What the browser is told beside the page."""
        return {"Retry-After": RETRY_AFTER} if self.status == 503 else {}


@blueprint.get("/<key>/<int:number>")
def answer(key: str, number: int) -> Response | str:
    """One family's questions, as this person has answered them so far."""
    way = opened(key)
    if not way.response.campaign_open or not (asked := _asked(way, number)):
        return redirect(url_for("respond.review", key=key), 303)
    return _filled(way, asked, answers_in(way.response.document))


@blueprint.post("/<key>/<int:number>")
def save(key: str, number: int) -> ResponseReturnValue:
    """Save what changed on this page, then go where the button said; what cannot be saved is given back, whole."""
    way = opened(key)
    asked = _asked(way, number)
    if asked is None:
        return redirect(url_for("respond.review", key=key), 303)
    form = asked.form(request.form, meta=protected(key))
    try:
        outcome = _saved(way, asked, form)
    except CampaignClosed:
        if wants_json():
            raise
        return unsaved_page(way, form.typed(answers_in(way.response.document))), 409
    if wants_json():
        shown = form.shown_after(outcome.saved, outcome.stored)
        reply = script_reply(asked, outcome.stored, outcome.problems)
        return jsonify(shown=shown, next=_next(key, asked), **reply), 200 if outcome.status == 422 else outcome.status
    if outcome.problems:
        page = _filled(way, asked, outcome.stored, form.typed(outcome.stored), outcome.problems)
        return page, outcome.status, outcome.headers
    return redirect(_next(key, asked), 303)


def _asked(way: Opened, number: int) -> AskedPage | None:
    """What the page of that number asks; none when the questionnaire has no such page."""
    try:
        return asked_page(way.response.campaign_id, number, way.response.college or "", plain_wording())
    except IndexError:
        return None


def _filled(
    way: Opened, asked: AskedPage, stored: Stored, typed: Stored | None = None, problems: Iterable[Problem] = ()
) -> str:
    page, questionnaire = asked.page, asked.questionnaire
    ready = question_page(way.campaign, page.number, questionnaire.college, questionnaire.plain)
    return filled(ready, mark(way.key), stored, typed, problems, latest=None if typed else latest_kept(way))


def latest_kept(way: Opened) -> int | None:
    """The moment of the last change stored, of a response that a device may keep: once sent, none may any more."""
    if way.response.submitted_at:
        return None
    return max(way.response.document.get("stamps", {}).values(), default=0)


def page_for(way: Opened, number: int) -> str:
    """The page of that number as it is now. Raises ``IndexError`` when there is none."""
    asked = asked_page(way.response.campaign_id, number, way.response.college or "", plain_wording())
    return _filled(way, asked, answers_in(way.response.document))


def _saved(way: Opened, asked: AskedPage, form: PageForm) -> Outcome:
    stored = answers_in(way.response.document)
    if refusal := refusal_of(form):
        return Outcome(stored, {}, [refusal], 400)
    changes = withdrawn(form.changes(stored), request.form.get("effacer"), form, stored)
    if not way.response.campaign_open:
        raise CampaignClosed
    try:
        if changes:
            stored = answers_in(save_answers(connection(), way.key, changes).document)
    except DatabaseUnavailable as outage:
        is_outage(outage)
        return Outcome(stored, {}, [Problem(str(WAIT))], 503)
    problems = [Problem(sentence, field) for field, sentence in form.problems()]
    problems += misplaced(strangers(asked.page, request.form))
    return Outcome(stored, changes, problems, 422 if problems else 200)


def refusal_of(form: PageForm) -> Problem | None:
    """Why nothing of this form can be taken: it does not come from here, or it was cut on the way."""
    form.validate()
    if foreign := form["csrf_token"].errors:
        return Problem(str(foreign[0]))
    if not form.whole:
        return Problem(
            _(
                "Votre envoi est arrivé incomplet, sans doute à cause du réseau. "
                "Vérifiez la page et envoyez-la de nouveau."
            )
        )
    return None


def withdrawn(changes: dict[str, Answer], code: str | None, form: PageForm, stored: Stored) -> dict[str, Answer]:
    """The changes, with one answer taken back when its own button was pressed; the rest stays."""
    if code in form.page.codes:
        kept = changes.get(code, stored.get(code, UNANSWERED))
        return {**changes, code: Answer(comment=kept.comment, before=kept.before)}
    return changes


def misplaced(codes: Sequence[str]) -> list[Problem]:
    """What to say of answers to questions that are not asked here, such as those of another form."""
    if not codes:
        return []
    return [
        Problem(
            _(
                "Une réponse ne correspond à aucune question de cette page (%(codes)s) : elle n’est pas enregistrée, "
                "les autres le sont.",
                codes=", ".join(cleaned(code[:40]) for code in codes[:5]),
            )
        )
    ]


def unsaved_page(way: Opened, typed: Stored) -> str:
    """The page that says that the collection is over, with what was typed and is not stored, to be read."""
    stored = answers_in(way.response.document)
    asked = asked_page(way.response.campaign_id, 1, way.response.college or "", plain_wording())
    unsaved = [
        (question, typed[question.code])
        for question in asked.questionnaire.questions
        if question.code in typed and typed[question.code] != stored.get(question.code, UNANSWERED)
    ]
    return render_template(
        "respond/refused.html",
        heading=_("La collecte est terminée"),
        sentence=CampaignClosed.sentence,
        unsaved=unsaved,
        closed=True,
        ended=True,
        key=way.key,
    )


def _next(key: str, asked: AskedPage) -> str:
    """Where the button that was pressed leads."""
    cleared, towards = request.form.get("effacer"), request.form.get("vers", "")
    if cleared:
        return url_for("respond.answer", key=key, number=asked.page.number, _anchor=f"question-{cleared}")
    if towards == "lecture":
        wording = None if plain_wording() else PLAIN
        return url_for("respond.answer", key=key, number=asked.page.number, lecture=wording)
    if towards == "plus-tard":
        return url_for("respond.later", key=key)
    if towards == "relecture" or (asked.is_last and towards not in _numbers(asked)):
        return url_for("respond.review", key=key)
    number = _numbers(asked).get(towards, asked.page.number + 1)
    return url_for("respond.answer", key=key, number=number)


def _numbers(asked: AskedPage) -> dict[str, int]:
    return {str(page.number): page.number for page in asked.questionnaire.pages}
