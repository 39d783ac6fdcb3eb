"""What the welcome page shows: who asks, how long it takes, what is promised."""

from flask import render_template, request, url_for

from questionnaires import Questionnaire
from restitution.text.language import gettext as _
from restitution.text.names import in_words
from storage.campaigns.campaigns import Campaign, CampaignCollege
from storage.campaigns.completion_time import usual_completion_time
from storage.campaigns.share_links import Link
from storage.core.timestamps import now, paris_day
from storage.core.tokens import new_secret
from web.http.database import connection
from web.respond.blueprint import plain_wording
from web.respond.forms import FormProblem
from web.respond.pages.questions import question_page
from web.respond.response_access import csrf_token

_LONGEST_TOKEN = 64


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


def welcome_page(token: str, link: Link, campaign: Campaign, problem: FormProblem | None = None) -> str:
    college = _college(link, campaign)
    asked = [_asked(campaign, one.code) for one in ([college] if college else campaign.colleges)]
    nonce = new_secret()
    return _page(
        campaign,
        asked,
        college=college,
        token=token,
        link=link,
        action=url_for("respond.start", token=token),
        nonce=nonce,
        csrf_token=csrf_token(token, nonce),
        problems=[problem] if problem else [],
    )


def welcome_preview(campaign: Campaign, **content: object) -> str:
    """Return the welcome page of all colleges as people will see it, with its own action, token and banner.

    Nothing is cached: a draft may still change.
    """
    plain = plain_wording()
    asked = [
        Questionnaire(campaign.grid, campaign.form, one.code, plain, campaign.retrospective)
        for one in campaign.colleges
    ]
    return _page(campaign, asked, college=None, link=None, nonce="", problems=[], plain=plain, **content)


def _page(campaign: Campaign, asked: list[Questionnaire], **content: object) -> str:
    return render_template(
        "respond/welcome.html",
        campaign=campaign,
        minutes=max(questionnaire.minutes_at(_seconds_per_answer(campaign)) for questionnaire in asked),
        questions=len(asked[0].questions),
        pages=len(asked[0].pages),
        result=result_promise(campaign),
        **content,
    )


def _seconds_per_answer(campaign: Campaign) -> int | None:
    """Seconds per answer, as measured in earlier campaigns like this one."""
    return usual_completion_time(connection(), campaign.grid.id, campaign.form, retrospective=campaign.retrospective)


def _college(link: Link, campaign: Campaign) -> CampaignCollege | None:
    return campaign.college(link.college) if link.college else None


def _asked(campaign: Campaign, college: str) -> Questionnaire:
    return question_page(campaign, 1, college, plain_wording()).questionnaire


def result_promise(campaign: Campaign) -> str:
    """Return when the collective results will be available, as far as it is known."""
    if campaign.published_at:
        return _("Le résultat de tous est publié.")
    if campaign.closes_on and campaign.status == "open" and campaign.closes_on >= paris_day(now()):
        day = in_words(campaign.closes_on)
        return _("Le résultat de tous sera présenté après la clôture, prévue le %(day)s.", day=day)
    return _("Le résultat de tous sera présenté après la clôture de la collecte.")
