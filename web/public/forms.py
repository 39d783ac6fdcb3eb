"""The forms of legal texts: those of the site, and those that a territory says in their place."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # its types are older
from wtforms.validators import ValidationError

from restitution.text.language import localized
from storage.review.evidence import AddressRefused, checked_address
from storage.site.notices import LONGEST
from web.http.forms.fields import AtMost, DayField, PageForm

_ = lazy_gettext

_LINE = 300

STATES = {
    "": _("pas encore évaluée"),
    "total": _("totalement conforme"),
    "partial": _("partiellement conforme"),
    "none": _("non conforme"),
}
"""The three states that the law names, and the one before any audit."""


class NoticesForm(PageForm):
    """Who answers for the data and who publishes, in a territory's own words or in the site's."""

    controller = TextAreaField(_("Qui répond des données"), [AtMost(LONGEST)])
    publisher = TextAreaField(_("Mentions légales"), [AtMost(LONGEST)])

    @property
    def texts(self) -> dict[str, str]:
        """The texts, by subject."""
        return {name: str(self[name].data or "") for name in ("controller", "publisher")}


class SiteNoticesForm(NoticesForm):
    """The texts of the site: the same, and its accessibility statement."""

    accessibility_state = RadioField(
        _("État de conformité au RGAA"),
        choices=[SelectChoice(state, words) for state, words in STATES.items()],
        default="",
    )
    accessibility_day = DayField(_("Jour de la déclaration"))
    accessibility_audit = TextAreaField(_("L’audit"), [AtMost(LONGEST)])
    accessibility_gaps = TextAreaField(_("Ce qui n’est pas accessible"), [AtMost(LONGEST)])
    accessibility_contact = StringField(_("À qui écrire"), [AtMost(_LINE)])
    accessibility_plan = StringField(_("Adresse du schéma pluriannuel"), [AtMost(_LINE)])

    def __init__(self, kept: dict[str, str], **kwargs: Any) -> None:
        day = kept.get("accessibility_day")
        super().__init__(data={**kept, "accessibility_day": date.fromisoformat(day) if day else None}, **kwargs)

    def validate_accessibility_day(self, field: DayField) -> None:
        """Refuse a state without the day on which it was declared."""
        if self.accessibility_state.data and not field.data and not field.errors:
            raise ValidationError(str(_("Écrivez le jour où cet état a été établi.")))

    def validate_accessibility_audit(self, field: Field) -> None:
        """Refuse a state that rests on no audit."""
        if self.accessibility_state.data and not (field.data or "").strip():
            raise ValidationError(str(_("Dites qui a fait l’audit, quand, et le taux de conformité.")))

    def validate_accessibility_gaps(self, field: Field) -> None:
        """Refuse to say that something is not accessible without saying what."""
        if self.accessibility_state.data in {"partial", "none"} and not (field.data or "").strip():
            raise ValidationError(str(_("Dites ce qui n’est pas accessible, et pourquoi.")))

    def validate_accessibility_plan(self, field: StringField) -> None:
        """Refuse a plan that is no web address."""
        try:
            field.data = checked_address(field.data or "") if (field.data or "").strip() else ""
        except AddressRefused as refusal:
            raise ValidationError(str(localized(refusal.args[0]))) from refusal

    @property
    def texts(self) -> dict[str, str]:
        """The texts, by subject."""
        named = ("state", "audit", "gaps", "contact", "plan")
        day = self.accessibility_day.data
        said = {f"accessibility_{name}": str(self[f"accessibility_{name}"].data or "") for name in named}
        return {**super().texts, **said, "accessibility_day": day.isoformat() if day else ""}
