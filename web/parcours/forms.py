"""The forms of an action, and of its yearly rating."""

from collections.abc import Mapping
from typing import Any, cast

from flask_babel import lazy_gettext as _
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # its types are older
from wtforms.validators import InputRequired, ValidationError

from restitution.text.language import gettext
from storage.review.parcours import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    ActionPlan,
    Kind,
    PlannedAction,
    Rating,
    Status,
    Support,
)
from web.http.forms.fields import AtMost, DayField, PageForm
from web.parcours.labels import KINDS, RELEVANCE, STATUSES, SUPPORTS, TRANSFER


def _choices(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """What is kept and what is read, as WTForms takes them."""
    return [SelectChoice(value, label) for value, label in words.items()]


class ActionForm(PageForm):
    """An action; ``version`` is the version that its author had before them."""

    title = StringField(
        _("Titre"),
        [InputRequired(_("Donnez un titre à l’action.")), AtMost(LONGEST_TITLE, _("Ce titre"))],
    )
    kind = RadioField(_("Sorte d’action"), [InputRequired(_("Choisissez la sorte d’action."))], choices=_choices(KINDS))
    skills = SelectMultipleField(_("Savoir-faire visés"))
    purpose = TextAreaField(_("Ce qu’on en attend"), [AtMost(LONGEST_TEXT)])
    starts_on = DayField(_("Début"))
    ends_on = DayField(_("Fin"))
    campaign = SelectField(_("Pour quelle vague"), default="", name="wave")  # named as forms have always sent it
    provider = StringField(_("Prestataire"), [AtMost(LONGEST_TEXT)])
    support = SelectField(_("Appui sur place"), choices=_choices(SUPPORTS), default="")
    status = SelectField(_("Où en est-elle"), choices=_choices(STATUSES), default="prevue")
    version = HiddenField()

    def __init__(self, skills: dict[str, str], campaigns: dict[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.skills.choices = _choices(skills)
        self.campaign.choices = _choices({"": gettext("Sans vague précise")} | campaigns)

    @classmethod
    def of(cls, action: PlannedAction, skills: dict[str, str], campaigns: dict[str, str]) -> "ActionForm":
        """Return the form filled in for that action."""
        campaign = str(action.plan.campaign_id or "")
        return cls(skills, campaigns, formdata=None, obj=action.plan, campaign=campaign, version=str(action.version))

    def validate_skills(self, field: SelectMultipleField) -> None:
        """Refuse an action that aims at no skill."""
        if not field.data:
            raise ValidationError(gettext("Choisissez au moins un savoir-faire."))

    def validate_ends_on(self, field: DayField) -> None:
        """Refuse an action that ends before it begins, or that has neither a date nor a campaign."""
        starts = self.starts_on.data
        if starts and field.data and field.data < starts:
            raise ValidationError(gettext("La fin vient avant le début : vérifiez les deux dates."))
        nowhere = not (starts or field.data or self.campaign.data)
        if nowhere and not (self.starts_on.errors or field.errors):
            raise ValidationError(gettext("Donnez une date, ou choisissez une vague."))

    @property
    def expected(self) -> int:
        """The version that the author had before them; 0 when the browser sent none."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def plan(self) -> ActionPlan:
        """Return what was typed."""
        return ActionPlan(
            kind=cast(Kind, self.kind.data),
            title=self.title.data or "",
            skills=tuple(self.skills.data or ()),
            purpose=self.purpose.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            campaign_id=int(self.campaign.data) if self.campaign.data else None,
            provider=self.provider.data or "",
            support=cast(Support, self.support.data),
            status=cast(Status, self.status.data),
        )


class RatingForm(PageForm):
    """How an action went in a year."""

    year = SelectField(_("Année"), coerce=int)
    relevance = RadioField(
        _("Pertinence de la méthode"),
        [InputRequired(_("Dites si la méthode convenait."))],
        choices=_choices(RELEVANCE),
        coerce=int,
    )
    transfer = RadioField(
        _("Niveau de transfert de compétences"),
        [InputRequired(_("Dites qui sait faire, désormais."))],
        choices=_choices(TRANSFER),
        coerce=int,
    )
    words = TextAreaField(_("En quelques mots"), [AtMost(LONGEST_TEXT)])

    def offer(self, years: list[int]) -> None:
        """Set the years that can be rated."""
        self.year.choices = _choices({year: str(year) for year in years})

    def rating(self, action: PlannedAction) -> Rating:
        """Return what was typed."""
        return Rating(action.id, self.year.data, self.relevance.data, self.transfer.data, self.words.data or "")
