"""What the page before sending is given: every answer in words."""

from flask import render_template

from questionnaires import Questionnaire
from restitution.chart_data.radar import axes_of
from restitution.text.language import gettext as _
from web.respond.blueprint import plain_wording
from web.respond.forms import Problem
from web.respond.pages.questions import latest_kept
from web.respond.response_access import Opened, mark


def review_page(way: Opened, problem: Problem | None = None) -> str:
    answers = way.response.document.answers
    questionnaire = asked(way)
    return render_template(
        "respond/review.html",
        campaign=way.campaign,
        college=way.campaign.college(way.response.college or ""),
        questionnaire=questionnaire,
        answers=answers,
        answered=sum(
            question.code in answers and answers[question.code].answered for question in questionnaire.questions
        ),
        key=way.key,
        mark=mark(way.key),
        submitted=way.response.submitted_at,
        latest=latest_kept(way) or 0,
        labels=_labels(questionnaire),
        here="respond.review",
        problems=[problem] if problem else [],
        axes={axis.code: axis for axis in axes_of(way.campaign.grid)},
    )


def _labels(questionnaire: Questionnaire) -> dict[str, str]:
    """The words of everything that may be chosen, for the script that shows what a device keeps."""
    first = questionnaire.questions[0]
    labels = {str(value): first.label_of(value) for value in first.values}
    return {**labels, "before": _("Avec le recul, l’an dernier :")}


def asked(way: Opened) -> Questionnaire:
    """The questionnaire of this response, in the wording of this address."""
    campaign, college = way.campaign, way.response.college or ""
    return Questionnaire(campaign.grid, campaign.form, college, plain_wording(), campaign.retrospective)
