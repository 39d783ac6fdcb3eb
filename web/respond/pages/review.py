"""What the page before submission shows: every answer in words."""

from flask import render_template

from questionnaires import Questionnaire
from restitution.chart_data.radar import axes_of
from restitution.text.language import gettext as _
from web.respond.blueprint import plain_wording
from web.respond.forms import FormProblem
from web.respond.pages.questions import latest_kept
from web.respond.response_access import OpenResponse, csrf_token


def review_page(access: OpenResponse, problem: FormProblem | None = None) -> str:
    answers = access.response.document.answers
    questionnaire = asked(access)
    return render_template(
        "respond/review.html",
        campaign=access.campaign,
        college=access.campaign.college(access.response.college or ""),
        questionnaire=questionnaire,
        answers=answers,
        answered=sum(
            question.code in answers and answers[question.code].answered for question in questionnaire.questions
        ),
        key=access.key,
        csrf_token=csrf_token(access.key),
        submitted=access.response.submitted_at,
        latest=latest_kept(access) or 0,
        labels=_labels(questionnaire),
        here="respond.review",
        problems=[problem] if problem else [],
        axes={axis.code: axis for axis in axes_of(access.campaign.grid)},
    )


def _labels(questionnaire: Questionnaire) -> dict[str, str]:
    """The words of everything that may be chosen, for the script that shows what a device keeps."""
    first = questionnaire.questions[0]
    labels = {str(value): first.label_of(value) for value in first.values}
    return {**labels, "before": _("Avec le recul, l’an dernier :")}


def asked(access: OpenResponse) -> Questionnaire:
    """Return the questionnaire of this response, in the wording of this address."""
    campaign, college = access.campaign, access.response.college or ""
    return Questionnaire(campaign.grid, campaign.form, college, plain_wording(), campaign.retrospective)
