"""Reading one's answers again, sending them, and the thanks with one's own profile."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from questionnaires import Questionnaire
from questionnaires.answers import answers_in
from restitution.labels import PHONE
from restitution.language import gettext as _
from restitution.numbers import decimal
from restitution.own import own_profile
from restitution.radar import axes_of
from restitution.svg import radar_drawing
from storage.responses import submit_response
from web.database import connection
from web.respond.answering import latest_kept
from web.respond.arrival import result_promise
from web.respond.blueprint import blueprint, plain_wording
from web.respond.capability import ButtonForm, Opened, mark, opened, protected
from web.respond.freedom import code_of, door_to_type
from web.respond.question_pages import Problem


@blueprint.get("/<key>/relecture")
def review(key: str) -> Response | str:
    """Every question with what was answered, each with a way to change it, then the button that sends."""
    way = opened(key)
    if not way.response.campaign_open:
        return redirect(url_for("respond.end", key=key), 303)
    return review_page(way)


def review_page(way: Opened, problem: Problem | None = None) -> str:
    answers = answers_in(way.response.document)
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


@blueprint.post("/<key>/relecture")
def submit(key: str) -> Response | tuple[str, int]:
    """Say that one has finished; sending twice is as sending once."""
    way = opened(key)
    if refusal := ButtonForm(request.form, meta=protected(key)).refusal:
        return review_page(way, Problem(refusal)), 400
    if not way.response.document.get("answers"):
        sentence = _("Vous n’avez encore répondu à aucune question. Répondez à une seule, et vous pourrez envoyer.")
        return review_page(way, Problem(sentence)), 422
    submit_response(connection(), key)
    return redirect(url_for("respond.end", key=key), 303)


@blueprint.get("/<key>/fin")
def end(key: str) -> Response | str:
    """Thanks, one's own profile, and when the collective result will come."""
    way = opened(key)
    if way.response.campaign_open and way.response.submitted_at is None:
        return redirect(url_for("respond.review", key=key), 303)
    profile = own_profile(way.campaign.grid, answers_in(way.response.document))
    return render_template(
        "respond/end.html",
        campaign=way.campaign,
        key=key,
        is_open=way.response.campaign_open,
        profile=profile,
        drawing=radar_drawing(profile.radar, layout=PHONE, ident="profil-dessin") if profile.radar else None,
        decimal=decimal,
        promise=result_promise(way.campaign),
        code=code_of(way) if way.response.campaign_open else None,
        door=door_to_type(),
    )
