"""The forms of a campaign."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from grille.grid import Grid
from questionnaires.local.questions import MOST_QUESTIONS
from restitution.text.language import gettext, localized
from storage.campaigns.after_opening.amendments import OF_LETTERHEAD, Amendment
from storage.campaigns.campaigns import Campaign, CampaignCollege
from storage.campaigns.college_merges import LONGEST_LABEL
from storage.campaigns.drafts import CampaignPlan, PlannedCollege
from storage.campaigns.validation import LARGEST_K, SMALLEST_K
from storage.site.letterhead import LONGEST_INTRODUCTION, LONGEST_LINE, NO_LETTERHEAD, Letterhead, link_in, link_refused
from web.campaigns import local_question_forms as local
from web.http.forms.fields import AtMost, CountedForm, DayField, Lines, PageForm, WholeField
from web.http.forms.pictures import PictureField

_ = lazy_gettext

MOST_COLLEGES = 20


class CollegeForm(CountedForm):
    """One college of the campaign."""

    code = HiddenField()
    used = BooleanField(_("Ce collège participe"))
    label = StringField(_("Nom"), [AtMost(LONGEST_LABEL, _("Ce nom"))])
    size = WholeField(_("Combien de personnes en tout"))
    target = WholeField(_("Combien de réponses espérées"))
    like = SelectField(_("Questions posées comme aux"), validate_choice=False)
    voluntary = BooleanField(_("Appel ouvert à tous"))

    def validate_label(self, field: StringField) -> None:
        """Refuse a college that takes part without a name."""
        if self.used.data and not (field.data or "").strip():
            raise ValidationError(gettext("Donnez un nom à ce collège, ou décochez-le."))

    def validate_size(self, field: WholeField) -> None:
        """Refuse 0: a college has at least one member."""
        if field.data == 0:
            raise ValidationError(
                gettext("Un collège compte au moins une personne : laissez vide si vous ne savez pas.")
            )

    validate_target = validate_size

    @property
    def kept(self) -> bool:
        """Whether the college takes part: ticked, and named if it is a new one."""
        return bool(self.used.data or (not self.code.data and (self.label.data or "").strip()))


class WithoutLink:
    """Refuses a text with what could be taken for a link or for code; ``named`` counts the bare name of a site too."""

    def __init__(self, *, named: bool = True) -> None:
        self.named = named

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ``ValidationError`` with the sentence to show."""
        if link := link_in(field.data or "", named=self.named):
            raise ValidationError(str(localized(link_refused(link))))


def _letterhead_fields() -> tuple[Any, Any, Any, Any]:
    """The fields of what a campaign says of whoever runs it, the same before and after its opening."""
    return (
        TextAreaField(_("Votre introduction"), [AtMost(LONGEST_INTRODUCTION, _("Cette introduction")), WithoutLink()]),
        StringField(_("Qui organise"), [AtMost(LONGEST_LINE, _("Ce nom")), WithoutLink()]),
        StringField(_("Un contact"), [AtMost(LONGEST_LINE, _("Ce contact")), WithoutLink(named=False)]),
        PictureField(_("Votre logo")),
    )


def _letterhead(form: PageForm, stored: Letterhead = NO_LETTERHEAD) -> Letterhead:
    """What the form says of whoever runs the campaign; where a field cannot be read, what is ``stored``."""
    return Letterhead(
        **{name: getattr(stored, name) if form[name].errors else form[name].data or "" for name in OF_LETTERHEAD}
    )


class SetupForm(PageForm):
    """A campaign being prepared, with its colleges."""

    name = StringField(_("Nom de la campagne"), [AtMost(80, _("Ce nom"))])
    year = WholeField(_("Année"))
    form = RadioField(_("Questionnaire"))
    version = RadioField(_("La grille"), validate_choice=False)
    rows_of = HiddenField()
    k = WholeField(_("Aucun chiffre sur moins de"))
    opens_on = DayField(_("Premier jour prévu"))
    closes_on = DayField(_("Dernier jour prévu"))
    introduction, organiser, contact, logo = _letterhead_fields()
    retrospective = BooleanField(_("Demander aussi, avec le recul, où l’on en était l’an dernier"))
    colleges = Lines(FormField(CollegeForm), max_entries=MOST_COLLEGES)
    local_questions = Lines(FormField(local.LocalQuestionForm), max_entries=MOST_QUESTIONS)

    def __init__(self, grids: Mapping[str, Grid], *, has_past: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not has_past:
            del self.retrospective
        self.grids = grids
        self.version.choices = [(name, name) for name in grids]
        self.form.choices = [("short", "short"), ("full", "full")]
        self.version.data = _named(self.version.data, grids)
        if not self.is_submitted() and not any(skill.core for skill in self.grid.skills):
            self.form.data = "full"
        self._offer_likes()

    @property
    def grid(self) -> Grid:
        """The grid that is chosen; the default one where the choice is none of those offered."""
        return self.grids.get(self.version.data or "") or next(iter(self.grids.values()))

    def _offer_likes(self) -> None:
        for row in self.colleges:
            row.form.like.choices = [(one.code, one.label) for one in self.grid.colleges]

    def take_colleges(self) -> bool:
        """Put the colleges of the chosen grid in place of another grid's; return whether they differ.

        Rows of colleges that both have keep what was typed, and so do those that belong to neither.
        """
        before = self.grids.get(self.rows_of.data or "", self.grid)
        codes, left = ({one.code for one in grid.colleges} for grid in (self.grid, before))
        if codes == left:
            return False
        kept = [row.form.data for row in self.colleges if row.form.code.data not in left - codes]
        known = {one["code"] for one in kept}
        new = [
            {"code": one.code, "used": True, "label": one.label} for one in self.grid.colleges if one.code not in known
        ]
        while len(self.colleges):
            self.colleges.pop_entry()
        for one in (*new, *kept):
            self.colleges.append_entry(one)
        self.rows_of.data = self.version.data
        self._offer_likes()
        return True

    def add_row(self) -> None:
        """Add an empty row for one more college."""
        self.colleges.append_entry({"used": True})
        self.colleges[-1].form.like.choices = self.colleges[0].form.like.choices

    def arrange_questions(self, wanted: str) -> None:
        """Add, move or remove a local question, as the value of the button pressed says; nothing typed is lost."""
        rows = list(local.rearranged([row.form.data for row in self.local_questions], wanted))
        while len(self.local_questions):
            self.local_questions.pop_entry()
        for row in rows:
            self.local_questions.append_entry(row)

    def validate_local_questions(self, field: "FieldList[Any]") -> None:
        """Refuse questions that cannot be asked; each problem is said beside its field."""
        if local.add_problems([row for row in field if row.form.kept], local.questions_of(field)):
            raise ValidationError

    def validate_name(self, field: StringField) -> None:
        """Refuse a campaign without a name."""
        if not (field.data or "").strip():
            raise ValidationError(gettext("Donnez un nom à la campagne, par exemple « Bilan 2026 »."))

    def validate_version(self, field: RadioField) -> None:
        """Refuse a grid that is not offered: none is chosen, or it was withdrawn since."""
        if field.data not in self.grids:
            raise ValidationError(gettext("Choisissez une grille dans cette liste."))

    def validate_year(self, field: WholeField) -> None:
        """Refuse a year out of range."""
        if not field.errors and (field.data is None or not 2000 <= field.data <= 2100):
            raise ValidationError(gettext("Écrivez l’année en quatre chiffres, par exemple 2026."))

    def validate_k(self, field: WholeField) -> None:
        """Refuse a threshold out of range."""
        if not field.errors and (field.data is None or not SMALLEST_K <= field.data <= LARGEST_K):
            raise ValidationError(
                gettext("Choisissez un seuil de %(least)s à %(most)s.", least=SMALLEST_K, most=LARGEST_K)
            )

    def validate_closes_on(self, field: DayField) -> None:
        """Refuse an end before the beginning."""
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(gettext("Le dernier jour vient avant le premier : vérifiez les deux dates."))

    @property
    def plan(self) -> CampaignPlan:
        """Return what the form describes; the form must be valid."""
        return CampaignPlan(
            name=self.name.data or "",
            year=self.year.data or 0,
            grid=self.grid,
            form=self.form.data,
            k=self.k.data or 0,
            colleges=tuple(_planned(row.form) for row in self.colleges if row.form.kept),
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            retrospective="retrospective" in self and bool(self.retrospective.data),
            letterhead=_letterhead(self),
            local_questions=local.questions_of(self.local_questions),
        )

    def mistakes(self) -> Iterator[tuple[str, str]]:
        """Yield the problems from top to bottom: the id of the field, and the sentence."""
        return _mistakes(self)


class AmendedCollegeForm(CountedForm):
    """A college of an open campaign: it is known by its place, and never added nor removed."""

    label = StringField(_("Nom"), [AtMost(LONGEST_LABEL, _("Ce nom"))])
    size = WholeField(_("Combien de personnes en tout"))
    target = WholeField(_("Combien de réponses espérées"))


class AmendmentForm(PageForm):
    """What may change of an open campaign."""

    name = StringField(_("Nom de la campagne"), [AtMost(80, _("Ce nom"))])
    closes_on = DayField(_("Dernier jour annoncé"))
    introduction, organiser, contact, logo = _letterhead_fields()
    colleges = Lines(FormField(AmendedCollegeForm), max_entries=MOST_COLLEGES)
    local_questions = Lines(FormField(local.AmendedLocalQuestionForm), max_entries=MOST_QUESTIONS)

    def amendment(self, campaign: Campaign) -> Amendment:
        """Return what the form describes; where it cannot be read, what the campaign says already."""
        rows = zip(campaign.colleges, self.colleges, strict=False)
        return Amendment(
            name=campaign.name if self.name.errors else self.name.data or "",
            closes_on=campaign.closes_on if self.closes_on.errors else self.closes_on.data,
            colleges={one.code: _amended(one, row.form) for one, row in rows},
            letterhead=_letterhead(self, campaign.letterhead),
            local_questions=local.amended_questions(campaign.local_questions, self.local_questions),
        )

    def mistakes(self) -> Iterator[tuple[str, str]]:
        """Yield the problems from top to bottom: the id of the field, and the sentence."""
        return _mistakes(self)


def _amended(college: CampaignCollege, row: AmendedCollegeForm) -> CampaignCollege:
    read = {field.name.rpartition("-")[2]: field.data for field in row if not field.errors}
    return replace(college, **{**read, "label": read.get("label", college.label) or ""})


def _mistakes(form: PageForm) -> Iterator[tuple[str, str]]:
    for field in form:
        if isinstance(field, FieldList):
            for row in field:
                yield from ((inner.id, error) for inner in row.form for error in inner.errors)
        else:
            yield from (("" if field.type == "CSRFTokenField" else field.id, error) for error in field.errors)


def amendment_values(campaign: Campaign) -> dict[str, Any]:
    """Return the values of the form for an open campaign."""
    colleges = [{"label": one.label, "size": one.size, "target": one.target} for one in campaign.colleges]
    about = {"name": campaign.name, "closes_on": campaign.closes_on, **asdict(campaign.letterhead)}
    return {
        **about,
        "colleges": colleges,
        "local_questions": [local.values_of(one) for one in campaign.local_questions],
    }


def _planned(row: CollegeForm) -> PlannedCollege:
    known = [value for value, *_ in row.like.iter_choices()]
    like = row.like.data if row.like.data in known else known[0]
    return PlannedCollege(
        code=row.code.data or "",
        label=(row.label.data or "").strip(),
        size=row.size.data,
        target=row.target.data,
        like=like,
        voluntary=bool(row.voluntary.data),
    )


def _named(version: str | None, grids: Mapping[str, Grid]) -> str | None:
    """The identity of a chosen grid; a version alone, as older pages sent it, is one of the first grid's id."""
    first = next(iter(grids.values()))
    return f"{first.id}/{version}" if f"{first.id}/{version}" in grids else version
