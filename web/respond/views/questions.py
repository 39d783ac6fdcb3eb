"""The question pages: shown with the stored answers, saved one by one, or at each change where script runs."""

from contextlib import suppress
from typing import cast

from flask import Flask, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from questionnaires.fields import Comment, FreeAnswer, Reason
from storage.responses.responses import CampaignClosed
from web.respond.blueprint import blueprint, plain_wording, wants_json
from web.respond.pages.questions import QuestionPages, page_asked_of, page_for
from web.respond.pages.saved_page import saved_reply, unsaved_page
from web.respond.response_access import open_response
from web.respond.saving import read_form, save_page


@blueprint.record
def _keep_pages(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    app.jinja_env.globals["limits"] = {"comment": Comment.limit, "reason": Reason.limit, "text": FreeAnswer.limit}
    QuestionPages(app)


@blueprint.get("/<key>/<rank:number>")
def answer(key: str, number: int) -> Response | str:
    """Show one family's questions with the person's answers."""
    access = open_response(key)
    with suppress(IndexError):
        if access.response.campaign_open:
            return page_for(access, number, plain_wording())
    return redirect(url_for("respond.review", key=key), 303)


@blueprint.post("/<key>/<rank:number>")
def save(key: str, number: int) -> ResponseReturnValue:
    """Save what changed on this page, then go where the button said; what cannot be saved is given back, whole."""
    access = open_response(key)
    asked = page_asked_of(access, number, plain_wording())
    if asked is None:
        return redirect(url_for("respond.review", key=key), 303)
    stored = access.response.document.answers
    sent = read_form(asked.form, request.form, key, stored)
    try:
        result = save_page(access, sent)
    except CampaignClosed:
        if wants_json():
            raise
        return unsaved_page(access, sent.form.typed(stored)), 409
    return saved_reply(access, asked, sent, result)
