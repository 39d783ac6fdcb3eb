"""All that is stored of a response, as a file for its author."""

import json
from collections.abc import Iterator

from flask import Response, render_template

from questionnaires.local.questions import is_local
from restitution.text.language import gettext as _
from restitution.text.names import in_words
from storage.core.timestamps import moment_at, to_text
from storage.responses.workshops import joined_by
from web.http.database import connection
from web.respond.blueprint import blueprint
from web.respond.pages.questions import questionnaire_read
from web.respond.response_access import OpenResponse, open_response


@blueprint.get("/<key>/mes-reponses.json")
def export(key: str) -> Response:
    """Download the file; possible at any time, also once the campaign is closed."""
    access = open_response(key)
    text = json.dumps(_held(access), ensure_ascii=False, indent=2)
    reply = Response(text + "\n", mimetype="application/json")
    reply.headers["Content-Disposition"] = f'attachment; filename="mes-reponses-{access.campaign.slug}.json"'
    return reply


@blueprint.get("/<key>/copie")
def copy(key: str) -> str:
    """Show all the answers in words, to read or print; possible at any time, like the file."""
    access = open_response(key)
    response, campaign = access.response, access.campaign
    return render_template(
        "respond/copy.html",
        campaign=campaign,
        college=campaign.college(response.college) if response.college else None,
        key=key,
        questionnaire=questionnaire_read(access),
        answers=response.document.answers,
        sent=in_words(response.submitted_at) if response.submitted_at else "",
        is_open=response.campaign_open,
    )


def _held(access: OpenResponse) -> dict[str, object]:
    campaign, response = access.campaign, access.response
    return {
        _("à lire d’abord"): _(
            "Tout ce que Grille garde de cette réponse : ni nom, ni adresse, ni appareil. "
            "La clé de votre adresse et votre code ne sont pas gardés, seulement de quoi les reconnaître."
        ),
        _("territoire"): campaign.territory.name,
        _("campagne"): campaign.name,
        _("grille"): f"{campaign.grid.title}, {campaign.grid.version}",
        _("groupe"): campaign.college(response.college).label if response.college else None,
        _("manière de répondre"): response.mode,
        _("ateliers (oubliés à la clôture)"): joined_by(connection(), response.id),
        _("envoyée le"): response.submitted_at.isoformat() if response.submitted_at else None,
        _("réponses"): list(_answers(access)),
        _("document tel qu’il est gardé"): response.document.content,
    }


def _answers(access: OpenResponse) -> Iterator[dict[str, object]]:
    """Each answer in words; the moment of its last change is kept until the campaign closes."""
    document = access.response.document
    answers, stamps = document.answers, document.content.get("stamps", {})
    for question in questionnaire_read(access).questions:
        if answer := answers.get(question.code):
            moment = moment_at(stamps.get(question.code) or 0)
            yield {
                _("savoir-faire"): None if is_local(question.code) else question.code,
                _("question"): question.stem,
                _("réponse"): None if answer.value is None else question.label_of(answer.value),
                _("raison"): answer.reason or None,
                _("commentaire"): answer.comment or None,
                _("peut être cité"): answer.quotable if answer.comment else None,
                _("changée le"): to_text(moment) if moment and question.code in stamps else None,
            }
