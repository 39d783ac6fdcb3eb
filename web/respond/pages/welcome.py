"""What the welcome page shows: who asks, how long it takes, what is promised."""

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from flask import Flask, current_app, render_template, request, url_for
from flask.blueprints import BlueprintSetupState

from questionnaires import Questionnaire
from restitution.text.language import gettext as _
from restitution.text.names import in_words
from storage.campaigns.campaigns import Campaign
from storage.campaigns.completion_time import usual_completion_time
from storage.campaigns.share_links import Link
from storage.core.timestamps import now, paris_day
from storage.core.tokens import new_secret
from web.http.addresses import public_address
from web.http.database import connection
from web.http.language import reader
from web.respond.blueprint import blueprint, plain_wording
from web.respond.forms import FormProblem
from web.respond.pages.compiled import SOMEONE, CompiledPage, placeholder
from web.respond.pages.questions import asked_page, questionnaire_for
from web.respond.pages.wording import Wording, wording_of
from web.respond.response_access import csrf_token

_LONGEST_TOKEN = 64
_KEPT = 100  # pages, of about 5 kB
_NAME = "welcome_pages"


@dataclass(frozen=True)
class Offered:
    """What a link offers beside its campaign: its college, whether it lends a device, whether one was given back.

    ``sent`` says whether a response has already left from the device.
    """

    college: str | None
    lent: bool
    given_back: bool
    sent: bool


@blueprint.record
def _keep_pages(state: BlueprintSetupState) -> None:
    cast(Flask, state.app).extensions[_NAME] = lru_cache(_KEPT)(_welcome_page)


def code_entry_page(typed: str = "", sentence: object = "") -> str:
    problems = [FormProblem(str(sentence), "code")] if sentence else []
    link = request.values.get("lien", "")[:_LONGEST_TOKEN]
    return render_template("respond/code_entry.html", code=typed, link=link, problems=problems)


def opening_sentence(campaign: Campaign) -> str:
    if campaign.opens_on is None:
        return _("Revenez un peu plus tard avec ce même lien.")
    day, today = in_words(campaign.opens_on), paris_day(now())
    if campaign.opens_on > today:
        return _("Elle ouvrira le %(day)s. Revenez avec ce même lien.", day=day)
    if campaign.opens_on == today:
        return _("Elle doit ouvrir aujourd’hui. Revenez un peu plus tard avec ce même lien.")
    return _(
        "Elle devait ouvrir le %(day)s\u00a0: elle a pris du retard. Revenez plus tard avec ce même lien.", day=day
    )


def welcome_page(
    token: str, link: Link, campaign: Campaign, problem: FormProblem | None = None, *, nonce: str | None = None
) -> str:
    """Return the welcome of a link. ``nonce`` is empty for a page kept on a device, which draws its own each time."""
    make = _welcome_page if problem else current_app.extensions[_NAME]
    offered = Offered(link.college, link.lent, request.args.get("appareil") == "rendu", "deja" in request.args)
    said = seconds_per_answer(campaign), result_promise(campaign)
    which = campaign, offered, *said, wording_of(campaign, plain_wording()), reader()
    page: CompiledPage = make(*which, *([problem] if problem else []))
    nonce = new_secret() if nonce is None else nonce
    return page.fill({"key": token, "nonce": nonce, "csrf": csrf_token(token, nonce)})


def _welcome_page(
    campaign: Campaign,
    offered: Offered,
    seconds: int | None,
    promise: str,
    wording: Wording,
    _language: str,
    problem: FormProblem | None = None,
) -> CompiledPage:
    college = campaign.college(offered.college) if offered.college else None
    colleges = [college] if college else campaign.colleges
    asked = [asked_page(campaign, 1, one.code, wording.plain).questionnaire for one in colleges]
    html = _page(
        campaign,
        asked,
        seconds,
        promise,
        college=college,
        token=SOMEONE,
        here="respond.welcome",
        whose={"token": SOMEONE},
        link=offered,
        action=url_for("respond.start", token=SOMEONE),
        nonce=placeholder("nonce"),
        csrf_token=placeholder("csrf"),
        problems=[problem] if problem else [],
    )
    return CompiledPage(html)  # its blank lines too: the introduction may have some


def welcome_preview(campaign: Campaign, **content: object) -> str:
    """Return the welcome page of all colleges as people will see it, with its own action, token and banner.

    Nothing is cached: a draft may still change.
    """
    plain = plain_wording()
    asked = [questionnaire_for(campaign, one.code, wording_of(campaign, plain)) for one in campaign.colleges]
    said = seconds_per_answer(campaign), result_promise(campaign)
    return _page(campaign, asked, *said, college=None, link=None, nonce="", problems=[], plain=plain, **content)


def _page(
    campaign: Campaign, asked: list[Questionnaire], seconds: int | None, promise: str, /, **content: object
) -> str:
    return render_template(
        "respond/welcome.html",
        campaign=campaign,
        picture=public_address(url_for("static", filename="icon-512.png")),
        minutes=max(questionnaire.minutes_at(seconds) for questionnaire in asked),
        questions=len(asked[0].questions),
        pages=len(asked[0].pages),
        result=promise,
        **content,
    )


def seconds_per_answer(campaign: Campaign) -> int | None:
    """Seconds per answer, as measured in earlier campaigns like this one."""
    return usual_completion_time(connection(), campaign.grid.id, campaign.form, retrospective=campaign.retrospective)


def result_promise(campaign: Campaign) -> str:
    """Return when the collective results will be available, as far as it is known."""
    if plain_wording():
        return _plain_promise(campaign)
    if campaign.published_at:
        return _("Le résultat de tous est publié.")
    if campaign.closes_on and campaign.status == "open" and campaign.closes_on >= paris_day(now()):
        day = in_words(campaign.closes_on)
        return _("Le résultat de tous sera présenté après la clôture, prévue le %(day)s.", day=day)
    return _("Le résultat de tous sera présenté après la clôture de la collecte.")


def _plain_promise(campaign: Campaign) -> str:
    if campaign.published_at:
        return _("Vous pouvez voir les résultats de tout le monde.")
    if campaign.closes_on and campaign.status == "open" and campaign.closes_on >= paris_day(now()):
        return _("On montre les résultats à tout le monde après le %(day)s.", day=in_words(campaign.closes_on))
    return _("On montre les résultats à tout le monde à la fin.")
