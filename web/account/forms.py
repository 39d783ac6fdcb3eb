"""The sign-in form."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """An address and a password; ``suite`` is where to go afterwards."""

    email = EmailField(
        _("Adresse électronique"),
        [
            InputRequired(_("Écrivez votre adresse électronique.")),
            Length(max=254, message=_("Cette adresse est trop longue.")),
        ],
    )
    password = PasswordField(
        _("Mot de passe"),
        [InputRequired(_("Écrivez votre mot de passe.")), Length(max=512, message=_("Ce mot de passe est trop long."))],
    )
    suite = HiddenField()
