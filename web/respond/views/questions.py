"""The question pages: shown with what is stored, saved one by one, and at once where script runs."""

from typing import cast

from flask import Flask, jsonify, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from questionnaires.answers import answers_in
from questionnaires.fields import Comment, Reason
from storage.responses.responses import CampaignClosed
from web.respond.blueprint import PLAIN, blueprint, plain_wording, wants_json
from web.respond.pages.questions import AskedPage, QuestionPages, _asked, _filled, script_reply, unsaved_page
from web.respond.response_access import opened, protected
from web.respond.saving import _saved


@blueprint.record
def _keep_pages(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    app.jinja_env.globals["limits"] = {"comment": Comment.limit, "reason": Reason.limit}
    QuestionPages(app)


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
