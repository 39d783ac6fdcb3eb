"""What forms share: the anti-forgery token, and fields whose limit never has the browser cut what is typed."""

import re
from typing import Any

from flask import Flask, g
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError, CSRFProtect
from wtforms import DateField, Field, Form, IntegerField
from wtforms.meta import DefaultMeta
from wtforms.validators import ValidationError

from grille.typed import too_long
from restitution.text.language import gettext
from web.http.origin import says_elsewhere


class Protection(CSRFProtect):  # type: ignore[misc]  # Flask-WTF has no types
    """The token, and a refusal of what says that it comes from another site.

    Flask-WTF wants a ``Referer`` over https. Pages whose address is a secret ask browsers to send none, and some people
    have theirs never send any: with the token alone, they must come in.
    """

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse the request (``CSRFError``) without its token, or with one but from elsewhere."""
        super().protect(apply_exemptions)
        if g.get("csrf_valid") and says_elsewhere():
            g.csrf_valid = False
            raise CSRFError("another site")


csrf = Protection()


def init_app(app: Flask) -> None:
    """Refuse any form that does not carry the session's token, but for respondents' forms, which carry their own."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session: pages stay open for a whole meeting
    app.config["WTF_CSRF_SSL_STRICT"] = False
    csrf.init_app(app)


class AtMost:
    """Refuse a text that is too long, and say by how much.

    Unlike ``Length``, it gives the field no ``maxlength``, with which browsers cut a pasted text without a word.
    """

    def __init__(self, limit: int, name: str = "Ce texte", *, secret: object = "") -> None:
        """``secret`` is what to say of a text that pages never give back."""
        self.limit, self.name, self.secret = limit, name, secret
        self.field_flags = {} if secret else {"limit": limit}

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ``ValidationError`` with the sentence to show."""
        if problem := too_long(field.data or "", self.limit, self.name):
            raise ValidationError(str(self.secret) or problem)


class _CountedFields(DefaultMeta):
    def render_field(self, field: Field, render_kw: Any) -> Any:
        """Tell the script that counts signs what the limit of the field is."""
        limit = getattr(field.flags, "limit", None)
        return super().render_field(field, {**render_kw, "data-limit": limit} if limit else render_kw)


class CountedForm(Form):
    """A form, or a part of one, whose fields tell their limit to the script that counts signs."""

    Meta = _CountedFields


class PageForm(CountedForm, FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form of a page of ours, with the session's token."""


class WholeField(IntegerField):
    """A number without decimals, or nothing; blanks between thousands are welcome."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed. Raises ``ValueError`` with the sentence to show."""
        typed = re.sub(r"\s", "", valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            return
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 8):
            raise ValueError(
                gettext("« %(typed)s » n’est pas un nombre entier : écrivez-le en chiffres.", typed=valuelist[0][:30])
            )
        self.data = int(typed)


class DayField(DateField):
    """A day as browsers send it, or as people type it (``31/03/2026``), or nothing."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, format=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed. Raises ``ValueError`` with the sentence to show."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            super().process_formdata([valuelist[0].strip()])
        except ValueError as error:
            said = gettext("Cette date n’est pas lisible : écrivez-la ainsi, 31/03/2026.")
            raise ValueError(said) from error
