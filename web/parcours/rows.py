"""The lines of an action’s form: its steps, the values of its indicator, its notes; and the numbers typed there."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DecimalField, FieldList, StringField, TextAreaField
from wtforms.validators import ValidationError

from restitution.text.language import gettext
from storage.core.timestamps import now, paris_day
from storage.review.parcours import LONGEST_TEXT, LONGEST_TITLE, Measure, Note, Step
from web.http.forms.fields import AtMost, CountedForm, DayField, WholeField

_SPARE = 2
"""How many empty lines a list has at its end."""


class FigureField(DecimalField):
    """A number with a comma or a point, or nothing; spaces between thousands are accepted."""

    def _value(self) -> str:
        """What the field shows: what was typed, or the number with a comma."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:f}".replace(".", ",")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Parse what was typed. Raises ``ValueError`` with the sentence to show."""
        typed = re.sub(r"\s", "", valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            return
        if not re.fullmatch(r"-?[0-9]{1,12}([.,][0-9]{1,4})?", typed):
            raise ValueError(
                gettext(
                    "« %(typed)s » n’est pas un nombre : écrivez-le en chiffres seuls, ainsi : 12 ou 12,5.",
                    typed=valuelist[0][:30],
                )
            )
        self.data = Decimal(typed.replace(",", "."))


class StepForm(CountedForm):
    """A step of an action."""

    title = StringField(_("Étape"), [AtMost(LONGEST_TITLE, _("Ce titre"))])
    due_on = DayField(_("Pour le"))
    done_on = DayField(_("Faite le"))
    after = WholeField(_("Après l’étape n°"))

    def validate_title(self, field: StringField) -> None:
        """Refuse a line that has dates and no title."""
        if not (field.data or "").strip() and (self.due_on.data or self.done_on.data or self.after.data):
            raise ValidationError(gettext("Dites ce qu’est cette étape, ou videz sa ligne."))


class MeasureForm(CountedForm):
    """The value of the indicator on a day."""

    day = DayField(_("Jour"))
    value = FigureField(_("Valeur"))

    def validate_day(self, field: DayField) -> None:
        """Refuse a value of no day."""
        if self.value.data is not None and field.data is None and not field.errors:
            raise ValidationError(gettext("Dites de quel jour est cette valeur."))

    def validate_value(self, field: FigureField) -> None:
        """Refuse a day without a value."""
        if self.day.data is not None and field.data is None and not field.errors:
            raise ValidationError(gettext("Donnez la valeur de ce jour, ou effacez le jour."))


class NoteForm(CountedForm):
    """A note on an action; of today when it has no day."""

    day = DayField(_("Jour"))
    text = TextAreaField(_("Note"), [AtMost(LONGEST_TEXT, _("Cette note"))])


def with_spare_lines(rows: "FieldList[Any]") -> None:
    """Add empty lines at the end of a list, as many as it may still have."""
    for _line in range(min(_SPARE, (rows.max_entries or 0) - len(rows))):
        rows.append_entry()


def steps_of(rows: "FieldList[Any]") -> tuple[Step, ...]:
    """Return the steps typed; the numbers by which they name one another are those of the lines of the form."""
    lines = [row.form for row in rows]
    kept = [line for line in lines if (line.title.data or "").strip()]
    ranks = {number: kept.index(line) + 1 for number, line in enumerate(lines, 1) if line in kept}
    return tuple(
        Step(line.title.data, line.due_on.data, line.done_on.data, line.after.data and ranks.get(line.after.data, 0))
        for line in kept
    )


def missing_lines(rows: "FieldList[Any]") -> Iterator[tuple[Any, str]]:
    """Yield the field and the problem of each step that waits for a line without a step."""
    lines: Sequence[Any] = [row.form for row in rows]
    known = {number for number, line in enumerate(lines, 1) if (line.title.data or "").strip()}
    for line in lines:
        number = line.after.data
        if number is not None and number not in known:
            yield (
                line.after,
                gettext("Il n’y a pas d’étape n° %(number)s : corrigez ce numéro, ou videz-le.", number=number),
            )


def measures_of(rows: "FieldList[Any]") -> tuple[Measure, ...]:
    """Return the values typed."""
    lines = [row.form for row in rows]
    return tuple(Measure(one.day.data, one.value.data) for one in lines if one.day.data and one.value.data is not None)


def notes_of(rows: "FieldList[Any]") -> tuple[Note, ...]:
    """Return the notes typed."""
    lines = [row.form for row in rows]
    today = paris_day(now())
    return tuple(Note(one.day.data or today, one.text.data) for one in lines if (one.text.data or "").strip())
