"""The forms of accounts: signing in, passwords, codes, invitations, roles."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import EmailField, HiddenField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # its types are older
from wtforms.validators import InputRequired, ValidationError

from accounts.addresses import address_in
from accounts.guessing import words_within
from accounts.passwords import LONGEST, weakness
from accounts.permissions import EVERYWHERE, GRANTED, LABELS, Role
from accounts.scopes import SCOPES
from grille.typed import typed_line
from restitution.text.language import localized
from storage.campaigns.gazetteer import names
from storage.campaigns.territories import Territory, territory_by_id, territory_page, words_of_names
from storage.core.timestamps import now
from storage.webhooks.deliveries import LABELS as EVENTS
from web.accounts.webhook_messages import is_allowed, may_stay_inside
from web.http.database import connection
from web.http.forms.fields import AtMost, PageForm
from web.http.pages.choices import Choice, choose
from web.http.receivers import problem_of

_TOO_LONG = AtMost(LONGEST, secret=_("Ce mot de passe est trop long."))


def _email() -> EmailField:
    return EmailField(
        _("Adresse électronique"),
        [
            InputRequired(_("Écrivez votre adresse électronique.")),
            AtMost(254),
        ],
    )


class SignInForm(PageForm):
    """An address and a password; ``suite`` is the page to go to afterwards."""

    email = _email()
    password = PasswordField(_("Mot de passe"), [InputRequired(_("Écrivez votre mot de passe.")), _TOO_LONG])
    suite = HiddenField()


class ForgottenForm(PageForm):
    """The address of an account whose password was forgotten."""

    email = _email()


def words_of_this_site() -> list[str]:
    """Return words that are easy to guess on this site: its address, this year and those around."""
    host = urlsplit(str(current_app.config["PUBLIC_URL"])).hostname or ""
    year = now().year
    return [*host.split("."), *(str(one) for one in range(year - 2, year + 3))]


class NewPasswordForm(PageForm):
    """A new password; the name and the address of its owner, and the territories' names, are too easy to guess."""

    new_password = PasswordField(_("Nouveau mot de passe"), [InputRequired(_("Choisissez un mot de passe."))])

    def __init__(self, personal_words: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._guessable = (*personal_words, *words_of_this_site())

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse a password that is short or easily guessed."""
        password = field.data or ""
        places_here = words_within(password, words_of_names(connection()))
        if problem := weakness(password, (*self._guessable, *places_here), names()):
            raise ValidationError(problem)


class ChangePasswordForm(NewPasswordForm):
    """A new password, with the present one to confirm."""

    password = PasswordField(
        _("Mot de passe actuel"), [InputRequired(_("Écrivez votre mot de passe actuel.")), _TOO_LONG]
    )

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse the present password as well."""
        super().validate_new_password(field)
        if field.data == self.password.data:
            raise ValidationError(gettext("C’est votre mot de passe actuel : choisissez-en un autre."))


class ConfirmForm(PageForm):
    """The password once more, to confirm a sensitive action."""

    password = PasswordField(_("Mot de passe"), [InputRequired(_("Écrivez votre mot de passe.")), _TOO_LONG])


class KeyForm(ConfirmForm):
    """A key for other software: its name, what it may be used for, how long it lasts."""

    name = StringField(
        _("Nom"), [InputRequired(_("Donnez un nom à la clé : celui du logiciel.")), AtMost(80, _("Ce nom"))]
    )
    scopes = SelectMultipleField(_("Ce qu’elle permet"), [InputRequired(_("Cochez au moins une chose."))])
    lasts = SelectField(
        _("Pour combien de temps"),
        choices=[
            SelectChoice(days, words)
            for days, words in (
                ("30", _("un mois")),
                ("90", _("trois mois")),
                ("182", _("six mois")),
                ("365", _("un an")),
            )
        ],
        default="90",
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scopes.choices = [SelectChoice(str(scope), localized(words)) for scope, words in SCOPES.items()]

    def validate_name(self, field: StringField) -> None:
        """Refuse a name of spaces or of several lines."""
        if not (field.data or "").strip() or not (field.data or "").isprintable():
            raise ValidationError(gettext("Donnez un nom à la clé : celui du logiciel."))


class WebhookForm(PageForm):
    """An address where other software is notified of events, and which events."""

    address = StringField(_("Adresse"), [InputRequired(_("Écrivez l’adresse où le logiciel reçoit.")), AtMost(500)])
    events = SelectMultipleField(_("L’avertir quand"), [InputRequired(_("Cochez au moins une chose."))])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.events.choices = [SelectChoice(name, localized(words)) for name, words in EVENTS.items()]

    def validate_address(self, field: StringField) -> None:
        """Refuse what cannot be the address of a receiver, and any where the installation sends nothing."""
        if not is_allowed():
            raise ValidationError(gettext("Cette installation n’envoie rien à d’autres logiciels."))
        field.data = (field.data or "").strip()
        if problem := problem_of(field.data, inside=may_stay_inside()):
            raise ValidationError(problem)


class CodeForm(PageForm):
    """A one-time code or a recovery code; the name of its field keeps it out of pages that return what was typed."""

    passcode = StringField(
        _("Code"),
        [InputRequired(_("Tapez le code.")), AtMost(60, secret=_("Ce code est trop long."))],
        render_kw={"spellcheck": "false", "autocapitalize": "off"},
    )


ROLE_HINTS = {
    Role.PROGRAMME: _("Voit et fait tout, partout, sauf lire les notes privées des prestataires."),
    Role.PILOT: _("Prépare, ouvre, suit et clôt les campagnes de son territoire, publie ses résultats."),
    Role.REVIEWER: _("Analyse les résultats, écrit la revue, modère les commentaires."),
    Role.READER: _("Lit les résultats avant leur publication, ne change rien."),
    Role.AUTHOR: _("Écrit et publie des grilles dans l’atelier. Ne voit rien des campagnes."),
}


def choose_territory(number: str, typed: str) -> Choice[Territory]:
    """Return the territory that a submitted number or a typed name designates."""
    db = connection()
    return choose(number, typed, partial(territory_page, db, None), partial(territory_by_id, db))


class RoleForm(PageForm):
    """A role, and the territory where it is held, or everywhere; some roles are always held everywhere."""

    role = SelectField(_("Rôle"), validate_choice=False)
    territory = SelectField(_("Territoire"), validate_choice=False)
    place = StringField(_("Ou le nom du territoire"), filters=[lambda typed: typed_line(typed or "")])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        roles = [(str(role), localized(LABELS[role])) for role in GRANTED]
        self.role.choices = [("", gettext("Choisissez un rôle")), *roles]
        self.choice = choose_territory(self.territory.data or "", self.place.data or "")
        held_in = [(str(one.id), one.label) for one in self.choice.options]
        self.territory.choices = [("", gettext("Choisissez un territoire")), ("*", gettext("Partout")), *held_in]

    def validate_role(self, field: SelectField) -> None:
        """Refuse a role that does not exist."""
        if field.data not in set(GRANTED):
            raise ValidationError(gettext("Choisissez un rôle dans la liste."))

    def validate_territory(self, field: SelectField) -> None:
        """Refuse an unknown territory, and a name typed beside « Partout »."""
        if self.role.data in EVERYWHERE or (field.data == "*" and not self.place.data) or self.choice.chosen:
            return
        if field.data == "*":
            raise ValidationError(
                gettext("« Partout » ou « %(typed)s » ? Gardez l’un des deux.", typed=self.place.data)
            )
        raise ValidationError(self.choice.problem or gettext("Choisissez un territoire dans la liste, ou « Partout »."))

    @property
    def chosen_territory(self) -> Territory | None:
        """The territory of the role; None for everywhere."""
        return None if self.role.data in EVERYWHERE else self.choice.chosen


class InviteForm(RoleForm):
    """Someone to invite, with their first role."""

    name = StringField(
        _("Nom"),
        [
            InputRequired(_("Écrivez le nom de la personne, tel que les autres le liront.")),
            AtMost(120, _("Ce nom")),
        ],
    )
    email = EmailField(_("Adresse électronique"), [InputRequired(_("Écrivez son adresse électronique."))])

    def validate_name(self, field: StringField) -> None:
        """Refuse an empty name, or one that does not fit on a line."""
        if not (field.data or "").strip() or not (field.data or "").isprintable():
            raise ValidationError(gettext("Écrivez le nom de la personne, tel que les autres le liront."))

    def validate_email(self, field: EmailField) -> None:
        """Refuse what is not exactly one address; a name and angle brackets around it are accepted."""
        address = address_in(field.data or "")
        if address is None:
            raise ValidationError(gettext("Cette adresse n’est pas complète : il faut par exemple nom@exemple.fr."))
        field.data = address
