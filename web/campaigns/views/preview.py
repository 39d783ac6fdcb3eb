"""The questionnaire as each college will see it: the real pages, marked as a preview, saving nothing."""

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.wrappers import Response

from accounts.permissions import Action
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from web.campaigns.blueprint import blueprint
from web.http.security.guards import ANY_STATE, for_campaign
from web.respond.blueprint import PLAIN, plain_wording, wants_json
from web.respond.pages.questions import QuestionPage, preview_page


@blueprint.get("/<slug>/apercu/<college>/<int:number>")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def preview(campaign: Campaign, college: str, number: int) -> str:
    """Show one page of the questionnaire, for one college."""
    ready = _ready(campaign, college, number)
    values = {
        "csrf": generate_csrf(),
        "status": _("Aperçu : rien n’est enregistré"),
        "summary": _banner(campaign, college),
        "title": _("Aperçu : "),
    }
    return ready.compiled.fill(values)


def _ready(campaign: Campaign, college: str, number: int) -> QuestionPage:
    if college not in {one.code for one in campaign.colleges}:
        abort(404)
    try:
        return preview_page(campaign, number, college, plain_wording())
    except IndexError:
        abort(404)


def _banner(campaign: Campaign, college: str) -> Markup:
    html = render_template("campaigns/preview_banner.html", campaign=campaign, college=campaign.college(college))
    return Markup(html)  # noqa: S704  # a template of ours, which escapes


@blueprint.post("/<slug>/apercu/<college>/<int:number>")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def try_preview(campaign: Campaign, college: str, number: int) -> Response:
    """Follow the button that was pressed; the answers chosen are discarded."""
    ready = _ready(campaign, college, number)
    target = _next(campaign, ready, request.form.get("vers", "suite"), number)
    if wants_json():
        status = _("Aperçu : rien n’est enregistré")
        return jsonify({"shown": "", "status": status, "answered": 0, "problems": [], "next": target})
    return redirect(target, 303)


def _next(campaign: Campaign, ready: QuestionPage, wanted: str, number: int) -> str:
    college = ready.questionnaire.college
    plain = ready.questionnaire.plain != (wanted == "lecture")
    where = int(wanted) if wanted.isdigit() and len(wanted) < 4 else number + (wanted == "suite")
    if where > len(ready.questionnaire.pages) or wanted in ("relecture", "plus-tard"):
        return url_for("campaigns.follow", slug=campaign.slug)
    reading = PLAIN if plain else None
    return url_for("campaigns.preview", slug=campaign.slug, college=college, number=max(1, where), lecture=reading)


@blueprint.get("/<slug>/apercu/<college>/college")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def leave_preview(campaign: Campaign, college: str) -> Response:  # noqa: ARG001  # in the address of the page left
    """« Changer » of college, in a preview: go back to the campaign, which has a preview per college."""
    return redirect(url_for("campaigns.follow", slug=campaign.slug), 303)
