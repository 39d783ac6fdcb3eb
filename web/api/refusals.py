"""Refusals of the API: problems (RFC 9457), with every wrong field at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from restitution.text.language import gettext as _
from restitution.text.language import localized
from storage.core.errors import CampaignError
from web.api.blueprint import blueprint
from web.http.errors import Explained, problem


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with a field: ``pointer`` is a JSON Pointer (RFC 6901) into what was sent, empty for the whole."""

    pointer: str
    detail: str


class Refused(Exception):
    """A request that is refused: one sentence, its code, and what is wrong with each field."""

    def __init__(self, sentence: str, code: int, errors: Sequence[FieldProblem] = ()) -> None:
        super().__init__(sentence)
        self.code, self.errors = code, errors


def wrong_fields(errors: Iterable[FieldProblem]) -> Refused:
    """Return the refusal of a body with these problems."""
    found = list(errors)
    return Refused(" ".join(dict.fromkeys(_sentence(one) for one in found)), 422, found)


def _sentence(one: FieldProblem) -> str:
    return f"{one.pointer} : {one.detail}" if one.pointer else one.detail


def refusal_of(error: CampaignError, code: int) -> Refused:
    """Return the refusal that says what a room below has refused."""
    said = [str(localized(one)) for one in error.problems]
    return Refused(" ".join(said), code, [FieldProblem("", one) for one in said])


@blueprint.errorhandler(Refused)
def refused(error: Refused) -> tuple[str, int]:
    """Say what is wrong with the request, all at once."""
    fields = [{"pointer": one.pointer, "detail": one.detail} for one in error.errors]
    more = {"errors": fields} if fields else {}
    return problem(Explained(_title(error.code), str(error)), error.code, **more), error.code


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
