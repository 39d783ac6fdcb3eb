"""The pages of a questionnaire as previews, for a campaign or for a draft of the studio: nothing typed is saved."""

from flask import abort, jsonify, redirect, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.wrappers import Response

from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from web.respond.blueprint import PLAIN, plain_wording, wants_json
from web.respond.pages.questions import QuestionPage, preview_page


def found_preview(campaign: Campaign, college: str, number: int) -> QuestionPage:
    """Return a page of the questionnaire for one college, or answer that there is none."""
    if college not in {one.code for one in campaign.colleges}:
        abort(404)
    try:
        return preview_page(campaign, number, college, plain_wording())
    except IndexError:
        abort(404)


def filled_preview(page: QuestionPage, banner: Markup) -> str:
    """Return a page as its respondents will see it, with what says that it is a preview on top."""
    values = {
        "csrf": generate_csrf(),
        "status": _nothing_saved(),
        "summary": banner,
        "title": _("Aperçu : "),
    }
    return page.compiled.fill(values)


def _nothing_saved() -> str:
    return _("Aperçu : rien n’est enregistré")


def page_asked_for(page: QuestionPage, number: int) -> tuple[int, str | None] | None:
    """Return where the button that was pressed leads: a page and its reading; None when it leaves the questionnaire."""
    questionnaire, wanted = page.questionnaire, request.form.get("vers", "suite")
    plain = questionnaire.plain != (wanted == "lecture")
    is_page = wanted.isascii() and wanted.isdigit() and len(wanted) < 4
    where = int(wanted) if is_page else number + (wanted == "suite")
    if where > len(questionnaire.pages) or wanted in ("relecture", "plus-tard"):
        return None
    return max(1, where), PLAIN if plain else None


def led_to(target: str) -> Response:
    """Lead to an address; the answers chosen are discarded."""
    if wants_json():
        return jsonify({"shown": "", "status": _nothing_saved(), "answered": 0, "problems": [], "next": target})
    return redirect(target, 303)
