"""Refusals of the API: problems (RFC 9457), with every wrong field at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grille.messages import message as _
from storage.core.errors import CampaignError
from web.api.blueprint import blueprint
from web.http.problems import problem, translated


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with a field: ``pointer`` is a JSON Pointer (RFC 6901) into what was sent, empty for the whole."""

    pointer: str
    detail: str


class Refused(Exception):
    """A request that is refused: one sentence, its code, and what is wrong with each field.

    Without a sentence, it is what is wrong with the fields.
    """

    def __init__(self, sentence: str, code: int, errors: Sequence[FieldProblem] = ()) -> None:
        super().__init__(sentence)
        self.sentence, self.code, self.errors = sentence, code, errors


def wrong_fields(errors: Iterable[FieldProblem]) -> Refused:
    """Return the refusal of a body with these problems."""
    return Refused("", 422, list(errors))


def refusal_of(error: CampaignError, code: int) -> Refused:
    """Return the refusal that says what a room below has refused."""
    return Refused("", code, [FieldProblem("", one) for one in error.problems])


@blueprint.errorhandler(Refused)
def refused(error: Refused) -> tuple[str, int]:
    """Say what is wrong with the request, all at once."""
    fields = [{"pointer": one.pointer, "detail": translated(one.detail)} for one in error.errors]
    detail = error.sentence or " ".join(dict.fromkeys(map(_sentence, error.errors)))
    more = {"errors": fields} if fields else {}
    return problem(_title(error.code), detail, error.code, **more), error.code


def _sentence(one: FieldProblem) -> str:
    """What is wrong with a field, in the language of the request."""
    return translated(
        _("%(place)s : %(message)s", place=one.pointer, message=one.detail) if one.pointer else one.detail
    )


def _title(code: int) -> str:
    if code == 409:
        return _("Cela n’est plus possible")
    if code == 412:
        return _("Quelqu’un d’autre vient de changer cela")
    return _("Quelque chose est à corriger") if code == 422 else _("Cette demande n’a pas été comprise")


@blueprint.errorhandler(CampaignError)
def refused_by_state(error: CampaignError) -> tuple[str, int]:
    """A step that the campaign's state does not allow: somebody else went first, or it is too early."""
    return refused(refusal_of(error, 409))


@blueprint.errorhandler(413)
def too_large(_error: Exception) -> tuple[str, int]:
    """A body that is heavier than what is read."""
    return refused(Refused(_("Une demande pèse 2 Mo au plus : rien n’a été enregistré. Envoyez-la en plusieurs."), 413))
