"""The reply to a page that was sent: JSON for its script, the page given back with its problems, or the next page."""

from collections.abc import Mapping
from urllib.parse import quote

from flask import Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from questionnaires.answers import UNANSWERED
from restitution.text.language import gettext as _
from storage.responses.responses import CampaignClosed
from web.respond.blueprint import PLAIN, blueprint, wants_json
from web.respond.pages.questions import AskedPage, Stored, questionnaire_of, rendered_page, script_reply
from web.respond.response_access import OpenResponse
from web.respond.saving import SaveResult, SentPage


def saved_reply(access: OpenResponse, asked: AskedPage, sent: SentPage, result: SaveResult) -> ResponseReturnValue:
    """Return the reply to a page that was sent, from the result of saving it."""
    leads = next_address(request.script_root, access.key, asked, request.form)
    if wants_json():
        status = 200 if result.status == 422 else result.status
        return jsonify(script_content(asked, sent, result, leads)), status
    if result.problems:
        typed = sent.form.typed(result.stored)
        return rendered_page(access, asked, result.stored, typed, result.problems), result.status, result.headers
    return Response(status=303, headers={"Location": leads})


def script_content(asked: AskedPage, sent: SentPage, result: SaveResult, leads: str) -> dict[str, object]:
    """Return what the page's script is told: what the page now shows, and where its button leads."""
    shown = sent.form.shown_after(result.saved, result.stored)
    return {"shown": shown, "next": leads, **script_reply(asked, result.stored, result.problems)}


def next_address(root: str, key: str, asked: AskedPage, form: Mapping[str, str]) -> str:
    """Return the address where the button that was pressed leads, in the wording of this page or in the other.

    Written without Flask, which would look for the route of each; ``root`` is where the application stands.
    """
    cleared, towards = form.get("effacer"), form.get("vers", "")
    plain = asked.questionnaire.plain != (towards == "lecture" and not cleared)
    place = str(asked.page.number) if cleared or towards == "lecture" else _place(asked, towards)
    anchor = f"#question-{quote(cleared, safe=_IN_ANCHORS)}" if cleared else ""
    return f"{quote(root)}{blueprint.url_prefix}/{quote(key)}/{place}{f'?lecture={PLAIN}' if plain else ''}{anchor}"


_IN_ANCHORS = "!#$%&'()*+,/:;=?@"
_ELSEWHERE = {"plus-tard", "relecture", "rendre"}


def _place(asked: AskedPage, towards: str) -> str:
    if towards in _ELSEWHERE or towards in asked.numbers:
        return towards
    return "relecture" if asked.is_last else str(asked.page.number + 1)


def unsaved_page(access: OpenResponse, typed: Stored) -> str:
    """Return the page that says that the collection is over, with what was typed and is not stored."""
    stored = access.response.document.answers
    unsaved = [
        (question, typed[question.code])
        for question in questionnaire_of(access).questions
        if question.code in typed and typed[question.code] != stored.get(question.code, UNANSWERED)
    ]
    return render_template(
        "respond/refused.html",
        heading=_("La collecte est terminée"),
        sentence=CampaignClosed.sentence,
        unsaved=unsaved,
        closed=True,
        ended=True,
        key=access.key,
    )
