"""What the key in an address opens, and the mark that proves that a form came from that address's own pages."""

import hmac
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for
from flask_babel import lazy_gettext
from wtforms import Field
from wtforms.csrf.core import CSRF
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from storage.campaigns.campaigns import Campaign, campaign_by_id
from storage.core.database import DatabaseUnavailable, SQLError
from storage.responses.responses import Response, ResponseDeleted, UnknownResponse, find_response
from storage.responses.resume_codes import resume_code, spelled
from web.http.addresses import reached_address
from web.http.database import connection

if TYPE_CHECKING:
    from wtforms.fields.core import UnboundField

_NOT_OURS = lazy_gettext(
    "Cette page ne peut pas prouver qu’elle vient d’ici : elle est peut-être restée ouverte trop longtemps. "
    "Rien n’est perdu : vérifiez vos réponses ci-dessous et envoyez-les de nouveau."
)


@dataclass(frozen=True)
class Opened:
    """What a key opens: a response and, for the pages that show it, its campaign."""

    key: str
    response: Response

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign as it is now."""
        campaign = campaign_by_id(connection(), self.response.campaign_id)
        assert campaign is not None  # noqa: S101  # a foreign key holds it
        return campaign


def opened(key: str) -> Opened:
    """The response of that key. Raises ``UnknownResponse`` or ``ResponseDeleted``, which have their own pages."""
    response = find_response(connection(), key)
    if response is None:
        raise UnknownResponse
    if response.deleted:
        raise ResponseDeleted
    return Opened(key, response)


def secret() -> str:
    """The secret of this installation."""
    kept = current_app.secret_key or ""
    return kept if isinstance(kept, str) else kept.decode("latin-1")


def mark(*parts: str) -> str:
    """A text that only this server can write for these parts: the HMAC of the address, since there is no cookie."""
    text = "\0".join(("respond", *parts)).encode("utf-8", "surrogatepass")
    return hmac.new(secret().encode(), text, sha256).hexdigest()[:32]


class CapabilityCSRF(CSRF):
    """A WTForms CSRF class whose token is the mark of ``meta.csrf_context``, a sequence of texts."""

    def setup_form(self, form: BaseForm) -> "list[tuple[str, UnboundField[Any]]]":
        """Keep what the token is about, then add its field."""
        self._token = mark(*(form.meta.csrf_context or ()))
        return super().setup_form(form)

    def generate_csrf_token(self, csrf_token_field: Field) -> str:  # noqa: ARG002  # WTForms' signature
        """The mark of the address that the form was served at."""
        return self._token

    def validate_csrf_token(self, form: BaseForm, field: Field) -> None:  # noqa: ARG002  # WTForms' signature
        """Raise ``ValidationError`` when the form does not carry that mark."""
        sent = (field.data or "").encode("utf-8", "surrogatepass")
        if not hmac.compare_digest(self._token.encode(), sent):
            raise ValidationError(str(_NOT_OURS))


def protected(*context: str) -> dict[str, object]:
    """The ``meta`` of a form that must come from the address of this key (and whatever else it is about)."""
    return {"csrf": True, "csrf_class": CapabilityCSRF, "csrf_context": context}


def door_to_type() -> str:
    """The address where a code is written, as people type it."""
    return reached_address(url_for("respond.door", lecture=None)).partition("://")[2].rstrip("/")


def code_of(way: Opened) -> str | None:
    """The code that resumes this response, as it is shown; None while it cannot be kept: the address is enough."""
    try:
        return spelled(resume_code(connection(), way.key, secret()))
    except (DatabaseUnavailable, SQLError):
        return None
