"""What changed between two campaigns, in words: verdicts, their precision, and what could not be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from grille import IncomparableGridsError
from grille.messages import message
from restitution.chart_data.radar import Axis, axes_of
from restitution.chart_data.reasons import TERRITORY, reason_of
from restitution.chart_data.rows import rows
from restitution.chart_data.table import TwinCell, TwinTable
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import Figure, decimal, decimal_text, rounded, share, with_sign
from restitution.text.sentences import DOWN, SYMBOLS, kind_of

if TYPE_CHECKING:
    from scoring import Profile
    from scoring.change import Comparison
    from scoring.formulas.judgement import JudgedRow

# From this much on, a change of the share of answers without level is told beside the change of the mean.
SILENCE_MOVED = Fraction(1, 10)


@dataclass(frozen=True)
class FamilyChange:
    """The change of a family between two campaigns, on the skills and colleges published in both.

    ``reason`` tells why there is no verdict: nothing compares, volunteers, a workshop, too few answers. ``silence`` is
    the share of answers without level before and after, if published.
    """

    axis: Axis
    college: str
    row: JudgedRow
    reason: str = ""
    silence: tuple[Fraction, Fraction] | None = None

    @property
    def before(self) -> float | None:
        """The earlier score as a float, for drawing; None if there is none."""
        return None if self.row.before is None else float(self.row.before)

    @property
    def after(self) -> float | None:
        """The later score as a float, for drawing; None if there is none."""
        return None if self.row.after is None else float(self.row.after)

    @property
    def delta(self) -> float | None:
        """The difference as a float, for drawing; None if there is none."""
        return None if self.row.delta is None else float(self.row.delta)

    @property
    def verdict(self) -> str | None:
        """The verdict; ``None`` if there is none."""
        return self.row.verdict

    @property
    def word(self) -> str:
        """The verdict in the reader's language, or the reason why there is none."""
        return _(self.verdict) if self.verdict else self.reason

    @property
    def skills(self) -> int:
        """The number of skills compared."""
        return self.row.comparable_skills

    @property
    def symbol(self) -> str:
        """A symbol for the verdict."""
        return SYMBOLS.get(self.verdict or "", "")

    @property
    def kind(self) -> str:
        """The CSS class name of the verdict."""
        return kind_of(self.verdict)

    @property
    def before_text(self) -> str:
        """The earlier score as printed; empty if there is none."""
        return _text(self.row.shown.before if self.row.shown else None)

    @property
    def after_text(self) -> str:
        """The later score as printed; empty if there is none."""
        return _text(self.row.shown.after if self.row.shown else None)

    @property
    def delta_text(self) -> str:
        """The difference of the printed scores, with its sign; empty if there is none."""
        return with_sign(self.row.shown.delta) if self.row.shown else ""

    @property
    def sentence(self) -> str:
        """A sentence: both scores and the number of skills, or why nothing compares."""
        if self.row.shown is None:
            return _("Pas de comparaison possible\u00a0: %(reason)s.", reason=self.reason)
        move = _(
            "De %(before)s à %(after)s (%(delta)s)",
            before=self.before_text,
            after=self.after_text,
            delta=self.delta_text,
        )
        return f"{move}, {self._on_skills}."

    @property
    def _on_skills(self) -> str:
        return ngettext("sur %(n)s savoir-faire comparable", "sur %(n)s savoir-faire comparables", self.skills)

    @property
    def precision(self) -> str:
        """The interval of the difference and its confidence, or why there is none."""
        shown = self.row.shown
        if shown is None:
            return ""
        if shown.low is None or shown.high is None:
            return _("Sans intervalle ni verdict\u00a0: %(reason)s.", reason=self.reason)
        ends = {"low": with_sign(shown.low), "high": with_sign(shown.high), "sure": self.confidence}
        return _("Intervalle à %(sure)s\u00a0: de %(low)s à %(high)s.", **ends)

    @property
    def interval_text(self) -> str:
        """The interval as printed; empty if there is none."""
        shown = self.row.shown
        if shown is None or shown.low is None or shown.high is None:
            return ""
        return _("%(low)s à %(high)s", low=with_sign(shown.low), high=with_sign(shown.high))

    @property
    def confidence(self) -> str:
        """The confidence of its interval, as a percentage."""
        return "" if self.row.confidence is None else percent(self.row.confidence)

    @property
    def visible(self) -> str:
        """The smallest difference that these numbers of answers could show, in levels; empty if not tested."""
        return "" if self.row.visible is None else decimal(self.row.visible, self.row.page.places)

    @property
    def cautions(self) -> list[str]:
        """The warnings beside the verdict: volunteers, new respondents."""
        return list(self._cautions())

    def _cautions(self) -> Iterator[str]:
        if self.row.without_volunteers:
            yield _(
                "Ce mot tient aux volontaires\u00a0: sans eux, ce serait «\u00a0%(word)s\u00a0».",
                word=message(self.row.without_volunteers),
            )
        if self.silence and abs(self.silence[1] - self.silence[0]) >= SILENCE_MOVED:
            yield _(
                "La part de réponses sans niveau est passée de %(before)s à %(after)s\u00a0: d’autres voix s’ajoutent "
                "ou se taisent, la moyenne peut bouger sans que personne ait changé d’avis.",
                before=share(self.silence[0]),
                after=share(self.silence[1]),
            )

    @property
    def cell(self) -> TwinCell:
        """Return the verdict as a table cell, or why there is none, with the difference if there is one."""
        if self.row.shown is None:
            return TwinCell(_("non comparable"), kind="hidden")
        if self.verdict is None:
            return TwinCell(self.reason, self.delta_text, "verdict untold")
        return TwinCell(f"{self.symbol} {self.word}", self.delta_text, f"verdict {self.kind}")


def _text(number: Decimal | None) -> str:
    return "" if number is None else decimal_text(number)


def percent(confidence: Figure) -> str:
    """Return a confidence as a percentage, with one decimal if needed, never rounded up to 100.

    >>> percent(Fraction(9, 10)), percent(Fraction(975, 1000)), percent(Fraction(19999, 20000))
    ('90\\xa0%', '97,5\\xa0%', '99,9\\xa0%')
    """
    shown = min(rounded(confidence, 3) * 100, Decimal("99.9")).quantize(Decimal("0.1"))
    return f"{decimal_text(shown).removesuffix(',0')}\u00a0%"


def changes(before: Profile, after: Profile) -> list[FamilyChange]:
    """Return every family of the later grid by college, then for ``territoire``; empty if the scales differ."""
    comparison = comparison_of(before, after)
    if comparison is None:
        return []
    from scoring import change_frame

    axes = {axis.code: axis for axis in axes_of(after.grid)}
    written = rows(change_frame(comparison))
    return [_change(axes[row.family], row, one, comparison) for row, one in zip(comparison.rows, written, strict=True)]


def comparison_of(before: Profile, after: Profile) -> Comparison | None:
    """Return the comparison of two campaigns; None if their levels differ."""
    import scoring  # pandas loads only where it is needed

    comparison = scoring.compare(before, after)
    try:
        return comparison if comparison.rows else None
    except IncomparableGridsError:
        return None


def _change(axis: Axis, row: JudgedRow, published: Mapping[str, object], comparison: Comparison) -> FamilyChange:
    reason = "" if row.verdict else reason_of(published, "verdict", comparison)
    silence = comparison.silence(row.family, row.place) if row.verdict else None
    return FamilyChange(axis, row.place, row, reason, silence)


def of_territory(found: Sequence[FamilyChange]) -> list[FamilyChange]:
    """Return the changes of the territory only."""
    return [change for change in found if change.college == TERRITORY]


def difference_note(table: TwinTable, since: str, territory: Sequence[FamilyChange]) -> str:
    """Return why a difference in the table is not that of the two scores beside it; empty if all are.

    ``since`` is the title of the earlier campaign's column; the later one is the last before the verdicts.
    """
    if since not in table.columns:
        return ""
    earlier, printed = table.columns.index(since) - 1, {row.axis.code: row.cells for row in table.rows}
    for change in territory:
        cells = printed[change.axis.code]
        if change.delta_text and (change.before_text, change.after_text) != (cells[earlier].text, cells[-2].text):
            return _(
                "L’écart depuis %(year)s se compte sur les savoir-faire et les collèges publiés les deux fois\u00a0: "
                "il n’est pas toujours la différence des deux scores de ce tableau.",
                year=since,
            )
    return ""


def smallest_visible(found: Sequence[FamilyChange]) -> str:
    """Return the smallest difference that each college can show, from best to worst; empty if none is tested."""
    visible = [change.row.visible for change in found if change.college != TERRITORY and change.row.visible is not None]
    if not visible:
        return ""
    places = next(change.row.page.places for change in found)
    low, high = decimal(min(visible), places), decimal(max(visible), places)
    if low == high:
        return _("Collège par collège, le plus petit écart qui puisse se voir est de %(low)s, en niveaux.", low=low)
    return _(
        "Collège par collège, le plus petit écart qui puisse se voir va de %(low)s à %(high)s, en niveaux.",
        low=low,
        high=high,
    )


def territory_falls(found: Sequence[FamilyChange]) -> bool:
    """Return whether a family of the territory falls.

    Good training can cause it: people then judge themselves more strictly.
    """
    return any(change.verdict == DOWN for change in of_territory(found))
