"""The forms of a review: judgement, note, private notes, observable facts, evidence, adoption."""

from collections.abc import Sequence
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # its types are older
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput

from grille.grid import Level, Skill
from restitution.text.names import FACT_STATES, NOTE_PARTS
from scoring.levels import must_justify
from storage.review.desk.handovers import LONGEST_NOTE, Colleague
from storage.review.evidence import LONGEST_ADDRESS
from storage.review.sheets import FactAnswer, Facts, FactState, Judgement, PrivateNote, YearlyNote
from web.http.forms.fields import AtMost, PageForm

LONGEST = 20_000


def _text(label: str, rows: int = 6) -> TextAreaField:
    return TextAreaField(label, [AtMost(LONGEST)], render_kw={"rows": rows})


class SheetForm(PageForm):
    """A text that several people may write: ``version`` is the version that the page showed."""

    version = IntegerField(widget=HiddenInput(), default=0, validators=[Optional()])


class JudgementForm(SheetForm):
    """The level retained for a family, beside its score, and its reasons."""

    level = RadioField(_("Niveau retenu"), validators=[Optional()])
    justification = _text(_("Pourquoi ce niveau"), 4)
    strengths = _text(_("Forces"))
    weaknesses = _text(_("Faiblesses"))

    def __init__(self, levels: Sequence[Level], score: float | None, **values: Any) -> None:
        super().__init__(**values)
        self._score = score
        self._levels = {str(level.value): level.value for level in levels}
        self.level.choices = [
            SelectChoice("", gettext("Garder le score tel quel")),
            *(SelectChoice(str(level.value), level.label) for level in levels),
        ]

    def validate_justification(self, field: TextAreaField) -> None:
        """Require a reason for a level that is far from the score, or that has no score beside it."""
        if must_justify(self.content().level, self._score) and not (field.data or "").strip():
            raise ValidationError(
                gettext("Écrivez pourquoi : aucun score n’est publié pour appuyer ce niveau.")
                if self._score is None
                else gettext("Écrivez pourquoi : le niveau retenu s’écarte du score d’un niveau ou plus.")
            )

    def content(self) -> Judgement:
        """Return what was typed."""
        texts = (self.justification.data, self.strengths.data, self.weaknesses.data)
        return Judgement(self._levels.get(self.level.data or ""), *(text or "" for text in texts))


class NoteForm(SheetForm):
    """The yearly note."""

    progress = _text(NOTE_PARTS["progress"], 7)
    went_well = _text(NOTE_PARTS["went_well"])
    went_less_well = _text(NOTE_PARTS["went_less_well"])
    perceived = _text(NOTE_PARTS["perceived"])
    recommendations = _text(NOTE_PARTS["recommendations"], 7)

    def content(self) -> YearlyNote:
        """Return what was typed."""
        fields = (self.progress, self.went_well, self.went_less_well, self.perceived, self.recommendations)
        return YearlyNote(*(field.data or "" for field in fields))


class PrivateForm(SheetForm):
    """Notes shared by the reviewers only."""

    text = _text(_("Vos notes"), 16)

    def content(self) -> PrivateNote:
        """Return what was typed."""
        return PrivateNote(self.text.data or "")


class FactsForm(SheetForm):
    """The observable facts of a skill; ``facts_form`` adds the fields."""

    count = 0

    def pairs(self) -> list[tuple[RadioField, StringField]]:
        """Return the two fields of each fact."""
        return [
            (cast(RadioField, self[f"state_{i}"]), cast(StringField, self[f"precision_{i}"])) for i in range(self.count)
        ]

    def content(self) -> Facts:
        """Return what was typed."""
        answers = (FactAnswer(cast(FactState, state.data or ""), text.data or "") for state, text in self.pairs())
        return Facts(tuple(answers))


def _states() -> list[SelectChoice]:
    return [SelectChoice(state, str(words)) for state, words in FACT_STATES.items()]


def facts_form(skill: Skill, read: Facts, version: int, **sent: Any) -> FactsForm:
    """Return the form of a skill's facts, filled in from ``read`` or from the request.

    ``formdata=None`` ignores the request.
    """
    fields: dict[str, Any] = {"count": len(skill.facts)}
    for i, fact in enumerate(skill.facts):
        answer = read.answers[i] if i < len(read.answers) else FactAnswer()
        fields[f"state_{i}"] = RadioField(fact, [Optional()], choices=_states(), default=answer.state)
        fields[f"precision_{i}"] = StringField(
            gettext("Précision"),
            [AtMost(1000)],
            default=answer.precision,
        )
    return cast(FactsForm, type("SkillFactsForm", (FactsForm,), fields)(data={"version": version}, **sent))


class EvidenceForm(PageForm):
    """A file or an address that supports a fact."""

    fact = SelectField(_("Pour quel fait\u202f?"))
    file = FileField(_("Un fichier"))
    address = StringField(_("Ou une adresse"), [AtMost(LONGEST_ADDRESS)])

    def __init__(self, skill: Skill, **values: Any) -> None:
        super().__init__(**values)
        self.fact.choices = [SelectChoice(str(i), fact) for i, fact in enumerate(skill.facts)]

    def validate_address(self, field: StringField) -> None:
        """Require a file or an address, and not both."""
        given = bool(self.file.data and self.file.data.filename), bool((field.data or "").strip())
        if given == (False, False):
            raise ValidationError(gettext("Choisissez un fichier, ou écrivez une adresse."))
        if all(given):
            raise ValidationError(gettext("Donnez un fichier ou une adresse, l’un après l’autre."))


class HandoverForm(PageForm):
    """The member of the team who follows the review from now on, and what they should know."""

    to = SelectField(_("Qui suit la revue"))
    note = TextAreaField(_("Votre mot pour cette personne"), [AtMost(LONGEST_NOTE)], render_kw={"rows": 5})

    def __init__(self, team: Sequence[Colleague], own: int, **values: Any) -> None:
        super().__init__(**values)
        others = [SelectChoice(str(one.id), one.name) for one in team if one.id != own]
        self.to.choices = [*others, SelectChoice(str(own), gettext("Moi"))]


class AdoptionForm(PageForm):
    """The adoption of the diagnostic; ``read`` is the hash of what the page showed."""

    read = HiddenField()
    reason = TextAreaField(
        _("Ce que cette version corrige, et pourquoi"),
        [AtMost(2000)],
        render_kw={"rows": 3},
    )
    confirmed = BooleanField(
        _("J’ai relu ce diagnostic avec les personnes concernées"),
        [InputRequired(_("Cochez la case : elle dit que ce diagnostic a été relu avec les personnes concernées."))],
    )
