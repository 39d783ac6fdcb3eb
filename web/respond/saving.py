"""Saving a page of answers: read the form, store what it changes, return the result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from questionnaires import Answer
from questionnaires.answers import UNANSWERED
from questionnaires.fields import cleaned
from questionnaires.forms import PageForm, unknown_fields
from restitution.text.language import gettext as _
from storage.core.database_errors import DatabaseUnavailable
from storage.responses.responses import CampaignClosed, Response, save_answers
from web.http.database import connection
from web.http.errors import RETRY_AFTER, is_outage
from web.respond.blueprint import WAIT
from web.respond.forms import FormProblem
from web.respond.response_access import NOT_OURS, OpenResponse, is_csrf_token


@dataclass(frozen=True)
class SentPage:
    """A page as it was sent: its form, the changes that can be saved, the problems of the others.

    ``refusal`` says why nothing of the form is accepted; there is then no change.
    """

    form: PageForm
    changes: Mapping[str, Answer]
    problems: tuple[FormProblem, ...] = ()
    refusal: FormProblem | None = None


@dataclass(frozen=True)
class SaveResult:
    """The result of saving a page: the response as now stored, the answers just saved, the problems, the status."""

    response: Response
    saved: Mapping[str, Answer]
    problems: tuple[FormProblem, ...] = ()
    status: int = 200

    @property
    def stored(self) -> Mapping[str, Answer]:
        """The answers now stored, by skill code."""
        return self.response.document.answers

    @property
    def headers(self) -> dict[str, str]:
        """The headers that go with the status: ``Retry-After``, if the database could not be written."""
        return {"Retry-After": RETRY_AFTER} if self.status == 503 else {}


def read_form(
    form_class: type[PageForm], data: "MultiDict[str, str]", key: str, stored: Mapping[str, Answer]
) -> SentPage:
    """Return the page that was sent, compared with the stored answers. Writes nothing."""
    sent = data.to_dict()
    form = form_class(sent)
    if refusal := refusal_of(form, is_ours=is_csrf_token(sent.get("csrf_token", ""), key)):
        return SentPage(form, {}, refusal=refusal)
    changes = with_answer_cleared(form.changes(stored), sent.get("effacer"), form, stored)
    problems = [FormProblem(sentence, field) for field, sentence in form.problems()]
    return SentPage(form, changes, (*problems, *misplaced_answers(unknown_fields(form, sent))))


def save_page(access: OpenResponse, sent: SentPage) -> SaveResult:
    """Store what a page changes and return the result. Raises as ``save_answers`` does."""
    response = access.response
    if sent.refusal:
        return SaveResult(response, {}, (sent.refusal,), 400)
    if not response.campaign_open:
        raise CampaignClosed
    try:
        if sent.changes:
            response = save_answers(connection(), response, sent.changes)
    except DatabaseUnavailable as outage:
        is_outage(outage)
        return SaveResult(response, {}, (FormProblem(str(WAIT)),), 503)
    return SaveResult(response, sent.changes, sent.problems, 422 if sent.problems else 200)


def refusal_of(form: PageForm, *, is_ours: bool) -> FormProblem | None:
    """Return the problem of a form without our CSRF token, or cut in transit; None if the form can be read."""
    if not is_ours:
        return FormProblem(str(NOT_OURS))
    if not form.whole:
        return FormProblem(
            _(
                "Votre envoi est arrivé incomplet, sans doute à cause du réseau. "
                "Vérifiez la page et envoyez-la de nouveau."
            )
        )
    return None


def with_answer_cleared(
    changes: dict[str, Answer], code: str | None, form: PageForm, stored: Mapping[str, Answer]
) -> dict[str, Answer]:
    """Return the changes, clearing the answer of ``code`` if its « Effacer » button was pressed; its comment stays."""
    if code in form.page.codes:
        kept = changes.get(code, stored.get(code, UNANSWERED))
        return {**changes, code: kept.with_values({"value": None})}
    return changes


def misplaced_answers(codes: Sequence[str]) -> list[FormProblem]:
    """Return the problem that names the submitted codes that this page does not ask; none if there are none."""
    if not codes:
        return []
    return [
        FormProblem(
            _(
                "Une réponse ne correspond à aucune question de cette page (%(codes)s) : elle n’est pas enregistrée, "
                "les autres le sont.",
                codes=", ".join(cleaned(code[:40]) for code in codes[:5]),
            )
        )
    ]
