"""Levels aimed at, beside what was measured and what skills that began as low did without being worked on.

Published figures only. No cause is claimed: the page says so beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from restitution.findings.change.parcours_progress import ParcoursProgress, ParcoursSkillMove, WeakSkill
from restitution.text.language import gettext as _
from restitution.text.numbers import decimal, levels_in_words, rounded


@dataclass(frozen=True)
class AimedLevel:
    """A skill, the level aimed at, and what was measured: ``was``, ``now``, and ``expected`` of regression alone."""

    code: str
    title: str
    level: int
    since: str
    until: str
    was: Fraction | None
    now: Fraction | None
    expected: Fraction | None
    places: int = 1

    @property
    def missing(self) -> Decimal | None:
        """How far what was measured is from the level aimed at, both as printed; None if it is not measured."""
        return None if self.now is None else self.level - rounded(self.now, self.places)

    @property
    def below(self) -> bool:
        """Whether the level aimed at is below what was measured, as printed."""
        return self.missing is not None and self.missing < 0

    @property
    def aimed(self) -> str:
        """The level aimed at, as printed."""
        return str(self.level)

    def text(self, value: Fraction | None) -> str:
        """Return a figure as printed; a dash when it is not given."""
        return "–" if value is None else decimal(value, self.places)

    @property
    def sentence(self) -> str:
        """Where the skill stands, and how far that is from the level aimed at."""
        if self.missing is None:
            return _("Pas encore mesuré.")
        if self.below:
            return _("Le niveau visé est au-dessous de ce qui est mesuré : relevez-le, ou dites que vous voulez tenir.")
        if self.missing == 0:
            return _("Le niveau visé est atteint.")
        return _("Il manque %(gap)s.", gap=levels_in_words(self.missing))


def aimed_levels(
    targets: Mapping[str, int],
    titles: Mapping[str, str],
    measured: Sequence[WeakSkill],
    progress: ParcoursProgress | None,
    scale: tuple[int, int],
) -> Iterator[AimedLevel]:
    """Yield each level aimed at beside its measures; ``measured`` are those of the last campaign.

    ``scale`` has the lowest and the highest level: regression alone leads no skill beyond.
    """
    means = {one.skill.code: one for one in measured}
    moves = {one.code: one for one in (*progress.worked, *progress.others)} if progress else {}
    for code, level in targets.items():
        move, mean = moves.get(code), means.get(code)
        yield AimedLevel(
            code,
            titles.get(code, code),
            level,
            progress.since if progress else "",
            progress.until if progress else "",
            move.before if move else None,
            move.before + move.delta if move else mean.mean if mean else None,
            _expected(move, progress, scale),
            mean.places if mean else 1,
        )


def _expected(
    move: ParcoursSkillMove | None, progress: ParcoursProgress | None, scale: tuple[int, int]
) -> Fraction | None:
    """Return where the line of the skills that were not worked on puts a skill that began there (method § 9)."""
    found = progress.found if progress else None
    if move is None or progress is None or found is None or found.expected is None or found.slope is None:
        return None
    starts = [one.before for one in progress.worked if one.code in found.worked_skills]
    if not starts:
        return None
    middle = sum(starts, Fraction(0)) / len(starts)
    at = move.before + found.expected + (found.slope - 1) * (move.before - middle)
    lowest, highest = scale
    return min(max(at, Fraction(lowest)), Fraction(highest))
