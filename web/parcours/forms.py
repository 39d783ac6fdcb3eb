"""The forms of an action, and of its yearly rating."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

from flask_babel import lazy_gettext as _
from wtforms import (
    Field,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # its types are older
from wtforms.validators import InputRequired, ValidationError

from grille import Grid
from restitution.text.language import gettext, localized
from storage.campaigns.campaigns import Campaign
from storage.review.parcours import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    ActionPlan,
    Indicator,
    Kind,
    PlannedAction,
    Priority,
    Rating,
    Status,
    Support,
    problems_of,
)
from storage.review.parcours.changes import reason_problem
from storage.review.parcours.plans import DEAREST, MOST_LINES, MOST_STEPS, cleaned
from web.http.forms.fields import AtMost, DayField, Lines, PageForm, WholeField
from web.parcours import rows
from web.parcours.labels import KINDS, PRIORITIES, RELEVANCE, STATUSES, SUPPORTS, TRANSFER


def _choices(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """What is kept and what is read, as WTForms takes them."""
    return [SelectChoice(value, label) for value, label in words.items()]


@dataclass(frozen=True)
class Offered:
    """What an action may be about: skills, levels to aim at (``INT-2=3``) and campaigns, with their labels."""

    skills: Mapping[str, str]
    targets: Mapping[str, str]
    campaigns: Mapping[str, str]


def offered(grid: Grid, campaigns: Iterable[Campaign], *plans: ActionPlan) -> Offered:
    """Return what is offered, with what the plans have that the grid no longer has."""
    skills = {skill.code: skill.title for skill in grid.skills}
    targets = {f"{code}={level.value}": level.label for code in skills for level in grid.levels}
    for plan in plans:
        skills = {code: code for code in plan.skills} | skills
        targets = {f"{code}={level}": str(level) for code, level in plan.targets} | targets
    return Offered(skills, targets, {str(one.id): f"{one.year} – {one.name}" for one in campaigns})


class ActionForm(PageForm):
    """An action; ``version`` is the version that its author had before them.

    A value of ``targets`` is a skill and the level aimed at, as ``INT-2=3``.
    """

    title = StringField(
        _("Titre"),
        [InputRequired(_("Donnez un titre à l’action.")), AtMost(LONGEST_TITLE, _("Ce titre"))],
    )
    kind = RadioField(_("Sorte d’action"), [InputRequired(_("Choisissez la sorte d’action."))], choices=_choices(KINDS))
    skills = SelectMultipleField(_("Savoir-faire visés"))
    targets = SelectMultipleField(_("Niveaux visés"))
    purpose = TextAreaField(_("Ce qu’on en attend"), [AtMost(LONGEST_TEXT)])
    starts_on = DayField(_("Début"))
    ends_on = DayField(_("Fin"))
    campaign = SelectField(_("Pour quelle vague"), default="", name="wave")  # named as forms have always sent it
    pilot = StringField(_("Qui la pilote"), [AtMost(LONGEST_TITLE, _("Ce nom"))])
    partners = StringField(_("Partenaires"), [AtMost(LONGEST_TEXT)])
    provider = StringField(_("Prestataire"), [AtMost(LONGEST_TEXT)])
    supports = SelectMultipleField(_("Appuis sur place"), choices=_choices(SUPPORTS))
    priority = SelectField(_("Priorité"), choices=_choices(PRIORITIES), default="")
    budget = WholeField(_("Budget, en euros"))
    funders = StringField(_("Qui finance"), [AtMost(LONGEST_TEXT)])
    status = SelectField(_("Où en est-elle"), choices=_choices(STATUSES), default="prevue")
    indicator = StringField(_("Indicateur"), [AtMost(LONGEST_TITLE, _("Cet indicateur"))])
    target = rows.FigureField(_("Valeur visée"))
    measures = Lines(FormField(rows.MeasureForm), _("Valeurs"), max_entries=MOST_LINES)
    steps = Lines(FormField(rows.StepForm), _("Étapes"), max_entries=MOST_STEPS)
    notes = Lines(FormField(rows.NoteForm), _("Notes"), max_entries=MOST_LINES)
    reason = TextAreaField(_("Pourquoi ce changement"), [AtMost(LONGEST_TEXT, _("Cette raison"))])
    version = HiddenField()

    def __init__(self, offered: Offered, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offered = offered
        self.skills.choices = _choices(offered.skills)
        self.targets.choices = _choices({"": ""} | dict(offered.targets))
        self.campaign.choices = _choices({"": gettext("Sans vague précise")} | dict(offered.campaigns))

    @classmethod
    def of(cls, action: PlannedAction, offered: Offered) -> "ActionForm":
        """Return the form filled in for that action."""
        plan = action.plan
        shown = {one.name: getattr(plan, one.name) for one in fields(plan)} | {
            "campaign": str(plan.campaign_id or ""),
            "version": str(action.version),
            "targets": [f"{code}={level}" for code, level in plan.targets],
            "indicator": plan.indicator.name,
            "target": plan.indicator.target,
            "measures": plan.indicator.measures,
        }
        return cls(offered, formdata=None, data=shown)

    def with_spare_lines(self) -> "ActionForm":
        """Add empty lines at the end of each list, and return the form."""
        for one in (self.measures, self.steps, self.notes):
            rows.with_spare_lines(one)
        return self

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

    def validate_budget(self, field: WholeField) -> None:
        """Refuse a budget that no action has."""
        if field.data is not None and field.data > DEAREST:
            raise ValidationError(gettext("Ce budget dépasse un milliard d’euros : vérifiez-le."))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Return whether the form is right: each field first, then what they say together."""
        right = super().validate(*args, **kwargs)
        for field, problem in rows.missing_lines(self.steps):
            field.errors = [*field.errors, problem]
            right = False
        if right:
            self.form_errors = [str(localized(one)) for one in problems_of(cleaned(self.plan()))]
        return right and not self.form_errors

    def explains(self, before: ActionPlan) -> bool:
        """Whether the change of that action has the reason it needs; if not, say so beside its field."""
        problem = reason_problem(before, cleaned(self.plan()), self.reason.data or "")
        if problem:
            self.reason.errors = [str(localized(problem))]
        return not problem

    @property
    def problems(self) -> list[tuple[Field | None, str]]:
        """Every problem, with the field where it is: lines of lists included."""
        fields = ((field, str(said)) for one in self for field in _leaves(one) for said in field.errors)
        return [*((None, str(one)) for one in self.form_errors), *fields]

    @property
    def expected(self) -> int:
        """The version that the author had before them; 0 when the browser sent none."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def plan(self) -> ActionPlan:
        """Return what was typed."""
        texts = ("title", "purpose", "provider", "pilot", "partners", "funders")
        typed = {name: self[name].data or "" for name in texts}
        pairs = [one.rpartition("=") for one in self.targets.data or () if one]
        return ActionPlan(
            **typed,
            kind=cast(Kind, self.kind.data),
            skills=tuple(self.skills.data or ()),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            campaign_id=int(self.campaign.data) if self.campaign.data else None,
            supports=cast(tuple[Support, ...], tuple(self.supports.data or ())),
            status=cast(Status, self.status.data),
            budget=self.budget.data,
            priority=cast(Priority, self.priority.data),
            targets=tuple((code, int(level)) for code, _sign, level in pairs),
            indicator=Indicator(self.indicator.data or "", self.target.data, rows.measures_of(self.measures)),
            steps=rows.steps_of(self.steps),
            notes=rows.notes_of(self.notes),
        )


def _leaves(field: Field) -> Iterator[Field]:
    """Yield the fields that are typed in: those of each line of a list, or the field itself."""
    if isinstance(field, FieldList):
        for row in field:
            yield from row.form
    else:
        yield field


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
