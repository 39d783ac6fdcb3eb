"""The forms of signing in and of choosing a password."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from accounts.passwords import LONGEST, weakness
from storage.gazetteer import names
from storage.moments import now
from storage.territories import all_territories
from web.database import connection

_TOO_LONG = Length(max=LONGEST, message=_("Ce mot de passe est trop long."))


def _email() -> EmailField:
    return EmailField(
        _("Adresse électronique"),
        [
            InputRequired(_("Écrivez votre adresse électronique.")),
            Length(max=254, message=_("Cette adresse est trop longue.")),
        ],
    )


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """An address and a password; ``suite`` is where to go afterwards."""

    email = _email()
    password = PasswordField(_("Mot de passe"), [InputRequired(_("Écrivez votre mot de passe.")), _TOO_LONG])
    suite = HiddenField()


class ForgottenForm(FlaskForm):  # type: ignore[misc]  # as above
    """The address of an account whose password is lost."""

    email = _email()


def words_of_this_site() -> list[str]:
    """What anybody knows of this site: where it is, the territories that it serves, this year and those around."""
    host = urlsplit(str(current_app.config["PUBLIC_URL"])).hostname or ""
    year = now().year
    years = [str(one) for one in range(year - 2, year + 3)]
    return [*host.split("."), *(one.name for one in all_territories(connection())), *years]


class NewPasswordForm(FlaskForm):  # type: ignore[misc]  # as above
    """A password to choose, by someone whose name and address are known, as those of the places around."""

    new_password = PasswordField(_("Nouveau mot de passe"), [InputRequired(_("Choisissez un mot de passe."))])

    def __init__(self, own: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._own = (*own, *words_of_this_site())

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse what is short or easily guessed."""
        if problem := weakness(field.data or "", self._own, names()):
            raise ValidationError(problem)


class ChangePasswordForm(NewPasswordForm):
    """The same, by someone who knows the present one."""

    password = PasswordField(
        _("Mot de passe actuel"), [InputRequired(_("Écrivez votre mot de passe actuel.")), _TOO_LONG]
    )

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse the present one too."""
        super().validate_new_password(field)
        if field.data == self.password.data:
            raise ValidationError(gettext("C’est votre mot de passe actuel : choisissez-en un autre."))


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # as above
    """The password once more, before what counts."""

    password = PasswordField(_("Mot de passe"), [InputRequired(_("Écrivez votre mot de passe.")), _TOO_LONG])


class CodeForm(FlaskForm):  # type: ignore[misc]  # as above
    """A code of one's app, or a recovery code; its name keeps it out of the pages that give typing back."""

    passcode = StringField(
        _("Code"),
        [InputRequired(_("Tapez le code.")), Length(max=60, message=_("Ce code est trop long."))],
        render_kw={"spellcheck": "false", "autocapitalize": "off"},
    )
