"""What the programme fills in about an account."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from accounts.addresses import address_in
from accounts.rights import GRANTED, LABELS, Role
from storage.territories import Territory

ROLE_HINTS = {
    Role.PROGRAMME: _("Voit et fait tout, partout, sauf lire les notes privées des prestataires."),
    Role.PILOT: _("Prépare, ouvre, suit et clôt les campagnes de son territoire, publie ses résultats."),
    Role.REVIEWER: _("Analyse les résultats, écrit la revue, modère les commentaires."),
    Role.READER: _("Lit les résultats avant leur publication, ne change rien."),
}


class RoleForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A role, and where it is held; the programme's is held everywhere."""

    role = SelectField(_("Rôle"), validate_choice=False)
    territory = SelectField(_("Territoire"), validate_choice=False)

    def __init__(self, territories: Iterable[Territory], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._territories = {str(one.id): one for one in territories}
        self.role.choices = [("", gettext("Choisissez un rôle")), *((str(role), LABELS[role]) for role in GRANTED)]
        places = [(number, one.name) for number, one in self._territories.items()]
        self.territory.choices = [("", gettext("Choisissez un territoire")), ("*", gettext("Partout")), *places]

    def validate_role(self, field: SelectField) -> None:
        """One of the roles that are given."""
        if field.data not in set(GRANTED):
            raise ValidationError(gettext("Choisissez un rôle dans la liste."))

    def validate_territory(self, field: SelectField) -> None:
        """One of the territories, or everywhere."""
        if self.role.data != Role.PROGRAMME and field.data != "*" and field.data not in self._territories:
            raise ValidationError(gettext("Choisissez un territoire dans la liste, ou « Partout »."))

    @property
    def place(self) -> Territory | None:
        """Where the role is held; None is everywhere."""
        return None if self.role.data == Role.PROGRAMME else self._territories.get(self.territory.data or "")


class InviteForm(RoleForm):
    """Someone to invite, with a first role."""

    name = StringField(
        _("Nom"),
        [
            InputRequired(_("Écrivez le nom de la personne, tel que les autres le liront.")),
            Length(max=120, message=_("Ce nom est trop long.")),
        ],
    )
    email = EmailField(_("Adresse électronique"), [InputRequired(_("Écrivez son adresse électronique."))])

    def validate_name(self, field: StringField) -> None:
        """A name that can be read on one line."""
        if not (field.data or "").strip() or not (field.data or "").isprintable():
            raise ValidationError(gettext("Écrivez le nom de la personne, tel que les autres le liront."))

    def validate_email(self, field: EmailField) -> None:
        """One address to which a message can be sent, with a name and brackets around it or without."""
        address = address_in(field.data or "")
        if address is None:
            raise ValidationError(gettext("Cette adresse n’est pas complète : il faut par exemple nom@exemple.fr."))
        field.data = address
