"""Finding a response by the secret key of its address, and the CSRF tokens of its forms."""

import hmac
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for
from flask_babel import lazy_gettext
from wtforms import Field
from wtforms.csrf.core import CSRF
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from storage.campaigns.campaigns import Campaign
from storage.core.database_errors import DatabaseUnavailable, SQLError
from storage.core.tokens import spelled
from storage.responses.next_person import token_of_link
from storage.responses.responses import Response, ResponseDeleted, UnknownResponse, find_response, missing_response
from storage.responses.resume_codes import resume_code
from web.http.addresses import as_typed, reached_address
from web.http.database import connection
from web.respond.known_campaigns import campaign_of

if TYPE_CHECKING:
    from wtforms.fields.core import UnboundField

NOT_OURS = lazy_gettext(
    "Cette page ne peut pas prouver qu’elle vient d’ici : elle est peut-être restée ouverte trop longtemps. "
    "Rien n’est perdu : vérifiez vos réponses ci-dessous et envoyez-les de nouveau."
)


@dataclass(frozen=True)
class OpenResponse:
    """A response found by its secret key, with its campaign and the link of its device (each read on first use)."""

    key: str
    response: Response

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign as it is stored now."""
        return campaign_of(self.response)

    @cached_property
    def lent_token(self) -> str:
        """The token of the link that this device was lent with; empty when it was not."""
        number = self.response.lent_link
        return (token_of_link(connection(), number, secret()) or "") if number else ""


def open_response(key: str) -> OpenResponse:
    """Return the response of this key.

    Raises ``UnknownResponse``, ``CampaignCancelled`` or ``ResponseDeleted``, which have their own pages.
    """
    response = find_response(connection(), key)
    if response is None:
        raise missing_response(connection(), key)
    if response.deleted:
        raise ResponseDeleted
    return OpenResponse(key, response)


def secret() -> str:
    """Return the secret key of this installation."""
    kept = current_app.secret_key or ""
    return kept if isinstance(kept, str) else kept.decode("latin-1")


def csrf_token(*parts: str) -> str:
    """Return the CSRF token of these parts: an HMAC of the address, since respondents have no cookie."""
    text = "\0".join(("respond", *parts)).encode("utf-8", "surrogatepass")
    return hmac.digest(secret().encode(), text, "sha256").hex()[:32]


def is_csrf_token(sent: str, *parts: str) -> bool:
    """Return whether what was sent is the CSRF token of these parts."""
    return _is_same(csrf_token(*parts), sent)


def _is_same(token: str, sent: str) -> bool:
    return hmac.compare_digest(token.encode(), sent.encode("utf-8", "surrogatepass"))


class ResponseCSRF(CSRF):
    """The CSRF class of respondents' forms: its token is ``csrf_token(*meta.csrf_context)``."""

    def setup_form(self, form: BaseForm) -> "list[tuple[str, UnboundField[Any]]]":
        """Compute the token from the context of the form, then add its field."""
        self._token = csrf_token(*(form.meta.csrf_context or ()))
        return super().setup_form(form)

    def generate_csrf_token(self, csrf_token_field: Field) -> str:  # noqa: ARG002  # WTForms' signature
        """Return the token of the address that the form was served at."""
        return self._token

    def validate_csrf_token(self, form: BaseForm, field: Field) -> None:  # noqa: ARG002  # WTForms' signature
        """Raise ``ValidationError`` unless the form carries the token of its address."""
        if not _is_same(self._token, field.data or ""):
            raise ValidationError(str(NOT_OURS))


def csrf_meta(*context: str) -> dict[str, object]:
    """Return the WTForms ``meta`` that requires the CSRF token of this context."""
    return {"csrf": True, "csrf_class": ResponseCSRF, "csrf_context": context}


def code_entry_address() -> str:
    """Return the address of the page where a code is typed, without its scheme, as people write it."""
    return as_typed(reached_address(url_for("respond.code_entry", lecture=None)))


def code_of(access: OpenResponse) -> str | None:
    """Return the code that resumes this response, as it is shown.

    None if the database cannot store it now, or does not know the response yet: a device began it without a network.
    """
    try:
        return spelled(resume_code(connection(), access.key, secret()))
    except (DatabaseUnavailable, SQLError, UnknownResponse):
        return None
