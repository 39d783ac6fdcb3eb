"""The review desk: scores of each family by college, and the skills that a reviewer should look at first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grille import Level, Skill
from restitution.chart_data.radar import Axis, Point
from restitution.findings.change.changes import FamilyChange
from restitution.findings.profile.college_gaps import CollegesOnFamily
from restitution.findings.profile.skills import HIGH_UNKNOWN, FamilyView, SkillCell, SkillView
from restitution.text.language import gettext as _
from restitution.text.numbers import share, short
from restitution.text.sentences import OPPOSED

TERRITORY = "territoire"

# Shares of the scale: colleges further apart than the first disagree, nearer than the second they agree.
FAR_APART, CLOSE = Fraction(1, 4), Fraction(1, 8)
AT_MOST, FEWEST_ALIKE = 5, 3


@dataclass(frozen=True)
class DeskCell:
    """A family as one college, or the territory, sees it. ``missing`` tells why there is no score."""

    label: str
    word: str
    score: str
    n: str
    missing: str
    value: float | None
    change: FamilyChange | None

    @property
    def since(self) -> str:
        """The change since the previous campaign as printed; empty if there is none."""
        return self.change.delta_text if self.change else ""


@dataclass(frozen=True)
class DeskRow:
    """The cells of a family: the territory first, then each college."""

    axis: Axis
    cells: tuple[DeskCell, ...]


def desk_rows(panels: Sequence[CollegesOnFamily], changes: Sequence[FamilyChange]) -> list[DeskRow]:
    """Return a row per family, from its colleges side by side; ``changes`` are since the last campaign."""
    moved = {(change.axis.code, change.college): change for change in changes}
    return [DeskRow(panel.axis, tuple(_cells(panel, moved))) for panel in panels]


def _cells(panel: CollegesOnFamily, moved: Mapping[tuple[str, str], FamilyChange]) -> Iterator[DeskCell]:
    yield _cell(_("Territoire"), "", panel.territory, panel, moved.get((panel.axis.code, TERRITORY)))
    for score in panel.scores:
        yield _cell(score.label, score.answers, score.point, panel, moved.get((panel.axis.code, score.code)))


def _cell(label: str, n: str, point: Point, panel: CollegesOnFamily, change: FamilyChange | None) -> DeskCell:
    if point.value is None:
        return DeskCell(label, "", "", n, point.missing, None, None)
    return DeskCell(label, point.word(panel.levels), point.text, n, "", point.value, change)


@dataclass(frozen=True)
class DeskFinding:
    """A skill to look at, and the reason in a few words."""

    axis: Axis
    skill: Skill
    words: str
    weight: float


@dataclass(frozen=True)
class DeskFindings:
    """The skills that stand out, strongest first: far apart, alike, not seen (« je ne sais pas »).

    ``far`` and ``close`` are the two thresholds, in levels.
    """

    apart: tuple[DeskFinding, ...]
    alike: tuple[DeskFinding, ...]
    unseen: tuple[DeskFinding, ...]
    far: str
    close: str


def far_apart(levels: Sequence[Level]) -> Fraction:
    """Return the difference, in levels, from which two colleges are listed as far apart."""
    return FAR_APART * (levels[-1].value - levels[0].value)


def close(levels: Sequence[Level]) -> Fraction:
    """Return the difference, in levels, under which colleges are listed as agreeing."""
    return CLOSE * (levels[-1].value - levels[0].value)


def findings(views: Sequence[FamilyView], levels: Sequence[Level]) -> DeskFindings:
    """What stands out, from published figures only. ``views`` are the families in detail, on these levels."""
    pairs = [(view.axis, skill) for view in views for skill in view.skills]
    apart, alike, unseen = (_strongest(found, pairs) for found in (_apart, _alike, _unseen))
    return DeskFindings(apart, alike, unseen, in_levels(FAR_APART, levels), in_levels(CLOSE, levels))


def in_levels(part: Fraction, levels: Sequence[Level]) -> str:
    """Return a part of the scale as a number of levels, as short as it can be written exactly.

    >>> levels = [Level(value=value, label=str(value)) for value in range(5)]
    >>> in_levels(Fraction(1, 4), levels), in_levels(Fraction(1, 8), levels[:3])
    ('1', '0,25')
    """
    return short(part * (levels[-1].value - levels[0].value))


def _strongest(found: object, pairs: Sequence[tuple[Axis, SkillView]]) -> tuple[DeskFinding, ...]:
    assert callable(found)  # noqa: S101  # one of the three below
    every = [one for axis, skill in pairs if (one := found(axis, skill))]
    return tuple(sorted(every, key=lambda one: -one.weight)[:AT_MOST])


def _apart(axis: Axis, view: SkillView) -> DeskFinding | None:
    """Return the finding of two colleges far apart, or of opposed opinions within one; None if neither."""
    means = sorted((_mean(cell), cell.label, cell.score) for cell in view.published)
    gap, far = means[-1][0] - means[0][0] if means else Fraction(0), far_apart(view.levels)
    opposed = [cell.label for cell in view.published if cell.agreement == OPPOSED]
    if gap < far and not opposed:
        return None
    (_low, lowest, low), (_high, highest, high) = means[0], means[-1]
    between = [_("%(a)s %(x)s, %(b)s %(y)s", a=highest, x=high, b=lowest, y=low)]
    within = [_("avis opposés\u00a0: %(colleges)s", colleges=", ".join(opposed))]
    words = " · ".join((between if gap >= far else []) + (within if opposed else []))
    return DeskFinding(axis, view.skill, words, float(gap + len(opposed) * far / 2))


def _mean(cell: SkillCell) -> Fraction:
    return Fraction(repr(cell.mean)) if cell.exact is None else cell.exact


def _alike(axis: Axis, view: SkillView) -> DeskFinding | None:
    """Return the finding of three colleges or more that agree, none of them divided; None if there is none.

    The largest such group, then the closest.
    """
    agreed = [cell for cell in view.published if cell.agreement != OPPOSED]
    means = sorted((_mean(cell), cell.score) for cell in agreed)
    groups = [
        means[start:end]
        for start in range(len(means))
        for end in range(start + FEWEST_ALIKE, len(means) + 1)
        if means[end - 1][0] - means[start][0] < close(view.levels)
    ]
    if not groups:
        return None
    (low, low_text), *others, (high, high_text) = max(groups, key=lambda one: (len(one), one[0][0] - one[-1][0]))
    words = _(
        "%(n)s collèges sur %(of)s, de %(low)s à %(high)s",
        n=len(others) + 2,
        of=len(view.published),
        low=low_text,
        high=high_text,
    )
    return DeskFinding(axis, view.skill, words, float(low - high))


def _unseen(axis: Axis, view: SkillView) -> DeskFinding | None:
    """Return the finding of colleges where a quarter or more answers « je ne sais pas »; None if there are none.

    In a small cell, those who gave no level count instead.
    """
    blind = [cell for cell in view.published if cell.blind >= HIGH_UNKNOWN]
    if not blind:
        return None
    described = (
        _("%(college)s %(share)s sans niveau", college=cell.label, share=share(cell.blind))
        if cell.small
        else f"{cell.label} {share(cell.blind)}"
        for cell in blind
    )
    return DeskFinding(axis, view.skill, ", ".join(described), sum(cell.blind for cell in view.published))
