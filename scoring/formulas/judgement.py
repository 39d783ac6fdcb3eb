"""Tests of differences (method § 6): which rows of a page are tested, at what confidence, and their words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from scoring.coding import WORKSHOP
from scoring.display import change_shown, decimals, half_up, interval_shown
from scoring.rules import Rules
from scoring.statistics.exact import Number, exact, total
from scoring.statistics.student import Part, root, t_quantile, two_sided, welch
from scoring.words import CLEAR, FALL, NO_FALL, NO_RISE, RISE, STEADY, UNKNOWN

TERRITORY = "territoire"


@dataclass(frozen=True)
class Measure:
    """An exact difference, in levels, and the independent parts of its variance (None: unknown)."""

    delta: Fraction
    parts: tuple[Part, ...] | None
    before: Fraction | None = None
    after: Fraction | None = None

    @cached_property
    def V(self) -> Fraction | None:  # noqa: N802 — the letter of the method
        """The variance of the difference, in levels²; None when it is unknown."""
        return None if self.parts is None else total([part[0] for part in self.parts])

    @cached_property
    def nu(self) -> float | None:
        """The degrees of freedom of the variance (Welch–Satterthwaite); None when it is unknown or zero."""
        return None if self.parts is None else welch(self.parts)

    def half_width(self, confidence: Number) -> float:
        """Return t·√V at that two-sided confidence, in levels. Raises ``ValueError`` without degrees of freedom."""
        return self._errors(two_sided(exact(confidence), self._degrees))

    def reach(self, alpha: Number) -> float:
        """Return the one-sided t(1 − α; ν)·√V, in levels. Raises ``ValueError`` without degrees of freedom."""
        return self._errors(t_quantile(1 - exact(alpha), self._degrees))

    @property
    def _degrees(self) -> float:
        if self.nu is None:
            raise ValueError("a difference without variance has no interval")
        return self.nu

    def _errors(self, number: float) -> float:
        return number * root(self.V or Fraction(0))


@dataclass(frozen=True)
class Shown:
    """A difference as printed, with d + 1 decimals; ``delta`` is ``after`` − ``before``, intervals are rounded out."""

    before: Decimal | None
    after: Decimal | None
    delta: Decimal
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class Page:
    """The conventions of a page of differences: the risk α, the threshold in levels, the decimals shown.

    >>> Page.of(Rules(), levels=5)
    Page(alpha=Fraction(1, 20), threshold=Fraction(1, 2), places=2)
    """

    alpha: Fraction
    threshold: Fraction
    places: int

    @classmethod
    def of(cls, rules: Rules, levels: int) -> "Page":
        """Return the conventions of a page from a campaign's rules, on a scale of so many levels."""
        alpha, threshold = 1 - exact(rules.confidence), exact(rules.clear_change) * (levels - 1)
        return cls(alpha, threshold, decimals(levels) + 1)

    def shown(self, measure: Measure, half_width: float | None = None) -> Shown:
        """Return a difference as printed, with its interval when there is a half-width."""
        ends = (None, None) if half_width is None else self._ends(measure, half_width)
        if measure.before is None or measure.after is None:
            return Shown(None, None, half_up(measure.delta, self.places), *ends)
        return Shown(*change_shown(measure.before, measure.after, self.places), *ends)

    def _ends(self, measure: Measure, half_width: float) -> tuple[Decimal, Decimal]:
        middle = float(measure.delta)
        return interval_shown(middle - half_width, middle + half_width, self.places)

    def word(self, measure: Measure, confidence: Number) -> str:
        """Return the word of a difference at that confidence: the first one whose condition holds (§ 6).

        >>> page = Page.of(Rules(), levels=5)
        >>> [page.word(Measure(Fraction(delta, 10), ((Fraction(variance, 100), 20),)), 0.95) for delta, variance in (
        ...     (9, 4), (-9, 4), (0, 1), (9, 25), (-9, 25), (0, 25))]
        ['hausse nette', 'baisse nette', 'stable', 'pas de baisse nette', 'pas de hausse nette', 'on ne peut pas dire']
        """
        shown = self.shown(measure, measure.half_width(confidence))
        apart = shown.low is not None and shown.high is not None and (shown.low > 0 or shown.high < 0)
        if apart and abs(exact_of(shown.delta)) >= self.threshold:
            return RISE if measure.delta > 0 else FALL
        return self._without_clear_change(measure)

    def _without_clear_change(self, measure: Measure) -> str:
        delta, threshold, reach = float(measure.delta), float(self.threshold), measure.reach(self.alpha)
        if abs(delta) + reach < threshold:
            return STEADY
        if delta - reach > -threshold:
            return NO_FALL
        return NO_RISE if delta + reach < threshold else UNKNOWN


def exact_of(shown: Decimal) -> Fraction:
    """Return a printed figure as an exact fraction."""
    return Fraction(shown)


@dataclass(frozen=True)
class Candidate:
    """A row before it is tested: a family, a college or ``territoire`` (``place``), and its measure.

    ``reason`` says why it is not tested (see ``scoring.words``), None if it can be; ``apart`` is the measure without
    the ``voluntary`` colleges of a territory, None if there are none.
    """

    family: str
    place: str
    measure: Measure | None
    reason: str | None
    skills: int = 0
    voluntary: tuple[str, ...] = ()
    apart: Measure | None = None


@dataclass(frozen=True)
class JudgedRow:
    """A row of a page of differences: exact figures, confidence, and its word or the reason why it has none.

    ``low`` and ``high`` are in levels, unrounded, at ``confidence``; ``visible`` is the smallest difference that these
    numbers of answers could show. ``opened``: the college is read at 1 − 2α, since its territory moved the same way.
    ``without_volunteers`` is the word without the voluntary colleges, when it differs. ``copied``: the campaign has a
    single college, which has the word of its territory.
    """

    family: str
    place: str
    measure: Measure | None
    page: Page
    confidence: Fraction | None = None
    verdict: str | None = None
    reason: str | None = None
    comparable_skills: int = 0
    opened: bool = False
    voluntary: tuple[str, ...] = ()
    without_volunteers: str | None = None
    copied: bool = False

    @property
    def before(self) -> Fraction | None:
        """The exact score before, in levels."""
        return self.measure.before if self.measure else None

    @property
    def after(self) -> Fraction | None:
        """The exact score after, in levels."""
        return self.measure.after if self.measure else None

    @property
    def delta(self) -> Fraction | None:
        """The exact difference, in levels; None when the row cannot be compared."""
        return self.measure.delta if self.measure else None

    @property
    def V(self) -> Fraction | None:  # noqa: N802 — the letter of the method
        """The variance of the difference, in levels²; None if it is unknown."""
        return self.measure.V if self.measure else None

    @property
    def nu(self) -> float | None:
        """The degrees of freedom of the variance; None if it is unknown or zero."""
        return self.measure.nu if self.measure else None

    @cached_property
    def half_width(self) -> float | None:
        """t·√V at the row's confidence, in levels; None when the row is not tested."""
        return None if self.confidence is None or not self.measure else self.measure.half_width(self.confidence)

    @property
    def low(self) -> float | None:
        """The lower end of the interval, in levels; None when the row is not tested."""
        return None if self.half_width is None or self.delta is None else float(self.delta) - self.half_width

    @property
    def high(self) -> float | None:
        """The upper end of the interval, in levels; None when the row is not tested."""
        return None if self.half_width is None or self.delta is None else float(self.delta) + self.half_width

    @property
    def visible(self) -> float | None:
        """The smallest difference that could be shown: the larger of threshold and half-width; None if not tested."""
        return None if self.half_width is None else max(float(self.page.threshold), self.half_width)

    @property
    def shown(self) -> Shown | None:
        """The row as printed; None when there is nothing to show."""
        return self.page.shown(self.measure, self.half_width) if self.measure else None


def judge(candidates: Sequence[Candidate], page: Page, campaign: int) -> list[JudgedRow]:
    """Return the rows of a page, tested: the territory first, then the colleges of the families where it moved.

    ``campaign`` is C, the number of colleges of the later campaign. If territories and colleges are both tested, each
    series has α/2, else α, shared equally among its rows (Dunn 1961, Journal of the American Statistical Association
    56, 52–64); a college of an open family is read at 1 − 2α. With a single college, only the territory is tested.
    """
    tested = [one for one in candidates if one.reason is None]
    territories = [one for one in tested if one.place == TERRITORY]
    alone = campaign == 1 and _all_have_territory(candidates)
    colleges = [] if alone else [one for one in tested if one.place != TERRITORY]
    alpha = page.alpha / 2 if territories and colleges else page.alpha
    said = {one.family: _tested(one, page, 1 - alpha / len(territories)) for one in territories}
    usual = 1 - alpha / len(colleges) if colleges else None
    return [_row(one, page, said, usual, alone) for one in candidates]


def _all_have_territory(candidates: Iterable[Candidate]) -> bool:
    """Return whether every family that is compared for a college is compared for the territory too."""
    known = [one for one in candidates if one.measure is not None and one.place != WORKSHOP]
    whole = {one.family for one in known if one.place == TERRITORY}
    return {one.family for one in known} <= whole


def _row(one: Candidate, page: Page, said: dict[str, JudgedRow], usual: Fraction | None, alone: bool) -> JudgedRow:
    territory = said.get(one.family)
    if one.reason is not None:
        return _untested(one, page)
    if one.place == TERRITORY:
        return said[one.family]
    if alone:
        return _untested(one, page) if territory is None else _copied(one, page, territory)
    if territory is not None and _opens(territory, one):
        return _tested(one, page, 1 - 2 * page.alpha, opened=True)
    return _tested(one, page, usual or Fraction(0))


def _opens(territory: JudgedRow, one: Candidate) -> bool:
    """Return whether the territory's word is clear and the college moves the same way."""
    if territory.verdict not in CLEAR or one.measure is None:
        return False
    return one.measure.delta > 0 if territory.verdict == RISE else one.measure.delta < 0


def _untested(one: Candidate, page: Page) -> JudgedRow:
    return JudgedRow(
        one.family, one.place, one.measure, page, None, None, one.reason, one.skills, voluntary=one.voluntary
    )


def _copied(one: Candidate, page: Page, territory: JudgedRow) -> JudgedRow:
    return JudgedRow(
        one.family, one.place, one.measure, page, territory.confidence, territory.verdict, None, one.skills, copied=True
    )


def _tested(one: Candidate, page: Page, confidence: Fraction, opened: bool = False) -> JudgedRow:
    assert one.measure is not None  # noqa: S101 — a candidate without measure has a reason
    word = page.word(one.measure, confidence)
    other = page.word(one.apart, confidence) if one.apart is not None else word
    return JudgedRow(
        one.family,
        one.place,
        one.measure,
        page,
        confidence,
        word,
        None,
        one.skills,
        opened,
        one.voluntary,
        other if other != word else None,
    )
