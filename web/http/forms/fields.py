"""What forms share: the CSRF token, and fields whose limit never lets the browser cut what is typed."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from flask import Flask, g
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError, CSRFProtect
from wtforms import DateField, Field, FieldList, Form, IntegerField
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta
from wtforms.validators import ValidationError

from grille.messages import message as _
from grille.typed import too_long, typed_number
from restitution.text.language import gettext
from web.http.security.origin import says_elsewhere


class Protection(CSRFProtect):  # type: ignore[misc]  # Flask-WTF has no types
    """The CSRF token, and a refusal of requests that say that they come from another site.

    Flask-WTF requires a ``Referer`` over https. Pages whose address is a secret ask browsers to send none, and some
    people disable it: with the token alone, they are accepted.
    """

    def protect(self, apply_exemptions: bool = False) -> None:
        """Raise ``CSRFError`` for a request without its token, or that comes from another site."""
        super().protect(apply_exemptions)
        if g.get("csrf_valid") and says_elsewhere():
            g.csrf_valid = False
            raise CSRFError("another site")


csrf = Protection()


def init_app(app: Flask) -> None:
    """Require the session's CSRF token on every form but respondents', which have their own."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session: pages stay open for a whole meeting
    app.config["WTF_CSRF_SSL_STRICT"] = False
    csrf.init_app(app)


_TEXT = _("Ce texte")
DAYS = ("%Y-%m-%d", "%d/%m/%Y")
_LAST_LINE = 9_999


class AtMost:
    """Refuses a text that is too long, and says by how much.

    Unlike ``Length``, it sets no ``maxlength``, with which browsers silently cut a pasted text.
    """

    def __init__(self, limit: int, name: Any = _TEXT, *, secret: object = "") -> None:
        """``secret`` is the message for a text that pages never give back."""
        self.limit, self.name, self.secret = limit, name, secret
        self.field_flags = {} if secret else {"limit": limit}

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ``ValidationError`` with the sentence to show."""
        if problem := too_long(field.data or "", self.limit, self.name):
            raise ValidationError(str(self.secret) or problem)


class _CountedFields(DefaultMeta):
    def render_field(self, field: Field, render_kw: Any) -> Any:
        """Set the limit of the field as an attribute, for the script that counts characters."""
        limit = getattr(field.flags, "limit", None)
        return super().render_field(field, {**render_kw, "data-limit": limit} if limit else render_kw)


class CountedForm(Form):
    """A form, or a part of one, whose fields have their limit as an attribute, for the script that counts."""

    Meta = _CountedFields


class _OwnWords:
    """What WTForms says by itself, in our words."""

    def gettext(self, text: str) -> str:
        """Return our sentence; a choice that a page does not offer is the only one that people can meet."""
        return gettext("Ce choix n’est pas proposé ici\u00a0: choisissez dans la liste.") if "hoice" in text else text

    def ngettext(self, one: str, more: str, n: int) -> str:
        """Return our sentence."""
        return self.gettext(one if n == 1 else more)


class PageForm(CountedForm, FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form with the session's CSRF token."""

    class Meta(_CountedFields, FlaskForm.Meta):  # type: ignore[misc]
        """What the forms of pages share."""

        def get_translations(self, _form: BaseForm) -> _OwnWords:
            """Our words rather than those of WTForms."""
            return _OwnWords()


class Lines(FieldList):  # type: ignore[type-arg]  # its lines are of whatever form it is given
    """The lines of a form; those whose number no page of ours writes are left aside."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        """Yield the numbers of the lines that were sent."""
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").partition("-")[0]
            if name.startswith(f"{prefix}-") and (rank := typed_number(number, _LAST_LINE)) is not None:
                yield rank


class WholeField(IntegerField):
    """A whole number, or nothing; spaces between thousands are accepted."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Parse what was typed. Raises ``ValueError`` with the sentence to show."""
        typed = re.sub(r"\s", "", valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            return
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 8):
            raise ValueError(
                gettext("« %(typed)s » n’est pas un nombre entier : écrivez-le en chiffres.", typed=valuelist[0][:30])
            )
        self.data = int(typed)


def read_day(typed: str) -> date | None:
    """Return a day as browsers send it, or as people type it; None for nothing.

    Raises ``ValueError`` with the sentence to show.
    """
    if not (typed := typed.strip()):
        return None
    for form in DAYS:
        with suppress(ValueError):
            return datetime.strptime(typed, form).date()  # noqa: DTZ007  # a day has no zone
    raise ValueError(gettext("Cette date n’est pas lisible : écrivez-la ainsi, 31/03/2026."))


class DayField(DateField):
    """A day as browsers send it, or as people type it (``31/03/2026``), or nothing."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, format=list(DAYS), **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Parse what was typed. Raises ``ValueError`` with the sentence to show."""
        self.data = None
        if valuelist:
            self.data = read_day(valuelist[0])
