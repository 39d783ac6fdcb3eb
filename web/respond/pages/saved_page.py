"""The reply to a page that was sent: JSON for its script, the page given back with its problems, or the next page."""

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web.respond.blueprint import PLAIN, plain_wording, wants_json
from web.respond.pages.questions import AskedPage, rendered_page, script_reply
from web.respond.response_access import OpenResponse
from web.respond.saving import SaveResult, SentPage


def saved_reply(access: OpenResponse, asked: AskedPage, sent: SentPage, result: SaveResult) -> ResponseReturnValue:
    """Return the reply to a page that was sent, from the result of saving it."""
    if wants_json():
        shown = sent.form.shown_after(result.saved, result.stored)
        reply = script_reply(asked, result.stored, result.problems)
        status = 200 if result.status == 422 else result.status
        return jsonify(shown=shown, next=_next(access.key, asked), **reply), status
    if result.problems:
        typed = sent.form.typed(result.stored)
        return rendered_page(access, asked, result.stored, typed, result.problems), result.status, result.headers
    return redirect(_next(access.key, asked), 303)


_PAGES = {"plus-tard": "respond.later", "rendre": "respond.confirm_return"}


def _next(key: str, asked: AskedPage) -> str:
    """The address where the button that was pressed leads."""
    cleared, towards = request.form.get("effacer"), request.form.get("vers", "")
    if cleared:
        return url_for("respond.answer", key=key, number=asked.page.number, _anchor=f"question-{cleared}")
    if towards == "lecture":
        wording = None if plain_wording() else PLAIN
        return url_for("respond.answer", key=key, number=asked.page.number, lecture=wording)
    if towards in _PAGES:
        return url_for(_PAGES[towards], key=key)
    if towards == "relecture" or (asked.is_last and towards not in _numbers(asked)):
        return url_for("respond.review", key=key)
    number = _numbers(asked).get(towards, asked.page.number + 1)
    return url_for("respond.answer", key=key, number=number)


def _numbers(asked: AskedPage) -> dict[str, int]:
    return {str(page.number): page.number for page in asked.questionnaire.pages}
