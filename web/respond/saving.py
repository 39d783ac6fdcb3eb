"""Saving a page of answers: what was sent, what is kept of it, what is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import request

from questionnaires import Answer
from questionnaires.answers import UNANSWERED, answers_in
from questionnaires.fields import cleaned
from questionnaires.forms import PageForm, strangers
from restitution.text.language import gettext as _
from storage.core.database import DatabaseUnavailable
from storage.responses.responses import CampaignClosed, save_answers
from web.http.database import connection
from web.http.errors import RETRY_AFTER, is_outage
from web.respond.blueprint import WAIT
from web.respond.forms import Problem
from web.respond.pages.questions import AskedPage, Stored
from web.respond.response_access import Opened


@dataclass(frozen=True)
class Outcome:
    """What became of a page that was sent: what is stored now, what of it was just saved, and what could not be."""

    stored: Stored
    saved: Stored
    problems: list[Problem] = field(default_factory=list)
    status: int = 200

    @property
    def headers(self) -> dict[str, str]:
        """What the browser is told beside the page."""
        return {"Retry-After": RETRY_AFTER} if self.status == 503 else {}


def _saved(way: Opened, asked: AskedPage, form: PageForm) -> Outcome:
    stored = answers_in(way.response.document)
    if refusal := refusal_of(form):
        return Outcome(stored, {}, [refusal], 400)
    changes = withdrawn(form.changes(stored), request.form.get("effacer"), form, stored)
    if not way.response.campaign_open:
        raise CampaignClosed
    try:
        if changes:
            stored = answers_in(save_answers(connection(), way.key, changes).document)
    except DatabaseUnavailable as outage:
        is_outage(outage)
        return Outcome(stored, {}, [Problem(str(WAIT))], 503)
    problems = [Problem(sentence, field) for field, sentence in form.problems()]
    problems += misplaced(strangers(asked.page, request.form))
    return Outcome(stored, changes, problems, 422 if problems else 200)


def refusal_of(form: PageForm) -> Problem | None:
    """Why nothing of this form can be taken: it does not come from here, or it was cut on the way."""
    form.validate()
    if foreign := form["csrf_token"].errors:
        return Problem(str(foreign[0]))
    if not form.whole:
        return Problem(
            _(
                "Votre envoi est arrivé incomplet, sans doute à cause du réseau. "
                "Vérifiez la page et envoyez-la de nouveau."
            )
        )
    return None


def withdrawn(changes: dict[str, Answer], code: str | None, form: PageForm, stored: Stored) -> dict[str, Answer]:
    """The changes, with one answer taken back when its own button was pressed; the rest stays."""
    if code in form.page.codes:
        kept = changes.get(code, stored.get(code, UNANSWERED))
        return {**changes, code: Answer(comment=kept.comment, before=kept.before)}
    return changes


def misplaced(codes: Sequence[str]) -> list[Problem]:
    """What to say of answers to questions that are not asked here, such as those of another form."""
    if not codes:
        return []
    return [
        Problem(
            _(
                "Une réponse ne correspond à aucune question de cette page (%(codes)s) : elle n’est pas enregistrée, "
                "les autres le sont.",
                codes=", ".join(cleaned(code[:40]) for code in codes[:5]),
            )
        )
    ]
