"""What changed between two campaigns, in words: verdicts, how sure they are, and what could not be compared."""

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
    """One family between two campaigns, on the skills and colleges that both can show.

    ``reason`` says why there is no verdict: nothing compares, volunteers, a workshop, too few answers. ``silence`` is
    the share of answers without level before and after, where it can be told.
    """

    axis: Axis
    college: str
    row: JudgedRow
    reason: str = ""
    silence: tuple[Fraction, Fraction] | None = None

    @property
    def before(self) -> float | None:
        """The score before, to be drawn."""
        return None if self.row.before is None else float(self.row.before)

    @property
    def after(self) -> float | None:
        """The score after, to be drawn."""
        return None if self.row.after is None else float(self.row.after)

    @property
    def delta(self) -> float | None:
        """The difference, to be drawn."""
        return None if self.row.delta is None else float(self.row.delta)

    @property
    def verdict(self) -> str | None:
        """What is said of it; ``None`` when nothing may be."""
        return self.row.verdict

    @property
    def word(self) -> str:
        """What is said of it, in the reader's language; or why nothing may be."""
        return _(self.verdict) if self.verdict else self.reason

    @property
    def skills(self) -> int:
        """On how many skills."""
        return self.row.comparable_skills

    @property
    def symbol(self) -> str:
        """A sign for the verdict."""
        return SYMBOLS.get(self.verdict or "", "")

    @property
    def kind(self) -> str:
        """The verdict as a class name."""
        return kind_of(self.verdict)

    @property
    def before_text(self) -> str:
        """The score before as printed, empty when there is none."""
        return _text(self.row.shown.before if self.row.shown else None)

    @property
    def after_text(self) -> str:
        """The score after as printed, empty when there is none."""
        return _text(self.row.shown.after if self.row.shown else None)

    @property
    def delta_text(self) -> str:
        """The difference of the two as printed, with its sign; empty when there is none."""
        return with_sign(self.row.shown.delta) if self.row.shown else ""

    @property
    def sentence(self) -> str:
        """From what to what, on how many skills; or why nothing compares."""
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
        """How far the difference may be from chance alone, at which confidence; or why that is not told."""
        shown = self.row.shown
        if shown is None:
            return ""
        if shown.low is None or shown.high is None:
            return _("Sans intervalle ni verdict\u00a0: %(reason)s.", reason=self.reason)
        ends = {"low": with_sign(shown.low), "high": with_sign(shown.high), "sure": self.confidence}
        return _("Intervalle à %(sure)s\u00a0: de %(low)s à %(high)s.", **ends)

    @property
    def interval_text(self) -> str:
        """The interval as printed, empty when there is none."""
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
        """The smallest difference that these numbers could show, in levels; empty when nothing is tested."""
        return "" if self.row.visible is None else decimal(self.row.visible, self.row.page.places)

    @property
    def cautions(self) -> list[str]:
        """What must be said beside the word: that it hangs on volunteers, that other voices have come in."""
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
        """The verdict as a table's cell, or the reason of its absence with the difference when there is one."""
        if self.row.shown is None:
            return TwinCell(_("non comparable"), kind="hidden")
        if self.verdict is None:
            return TwinCell(self.reason, self.delta_text, "verdict untold")
        return TwinCell(f"{self.symbol} {self.word}", self.delta_text, f"verdict {self.kind}")


def _text(number: Decimal | None) -> str:
    return "" if number is None else decimal_text(number)


def percent(confidence: Figure) -> str:
    """A confidence, with one decimal if it needs one and never rounded up to certainty.

    >>> percent(Fraction(9, 10)), percent(Fraction(975, 1000)), percent(Fraction(19999, 20000))
    ('90\\xa0%', '97,5\\xa0%', '99,9\\xa0%')
    """
    shown = min(rounded(confidence, 3) * 100, Decimal("99.9")).quantize(Decimal("0.1"))
    return f"{decimal_text(shown).removesuffix(',0')}\u00a0%"


def changes(before: Profile, after: Profile) -> list[FamilyChange]:
    """Every family of the later grid, for each college then for ``territoire``; empty when the scales differ."""
    comparison = comparison_of(before, after)
    if comparison is None:
        return []
    from scoring import change_frame

    axes = {axis.code: axis for axis in axes_of(after.grid)}
    written = rows(change_frame(comparison))
    return [_change(axes[row.family], row, one, comparison) for row, one in zip(comparison.rows, written, strict=True)]


def comparison_of(before: Profile, after: Profile) -> Comparison | None:
    """The comparison of two campaigns; None when they do not count on the same levels."""
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
    """The rows of the territory alone."""
    return [change for change in found if change.college == TERRITORY]


def difference_note(table: TwinTable, since: str, territory: Sequence[FamilyChange]) -> str:
    """Why a difference in the table is not that of the two scores beside it; empty when each of them is.

    ``since`` names the column of the earlier campaign; the later one is the last before the verdicts.
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
    """The smallest difference that each college can show, from the best to the worst; empty when none is tested."""
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
    """Whether the territory falls somewhere, which good training can cause by raising what people ask of themselves."""
    return any(change.verdict == DOWN for change in of_territory(found))
