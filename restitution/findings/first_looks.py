"""What to look at first at the desk: at most one skill of each kind, from published figures and the parcours."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from grille import Skill
from restitution.chart_data.radar import Axis, level_word
from restitution.findings.change.parcours_progress import WeakSkill
from restitution.findings.desk import DeskFinding, DeskFindings
from restitution.findings.heat_map import HeatMap, HeatRow
from restitution.text.language import gettext as _


@dataclass(frozen=True)
class FirstLook:
    """A skill to look at, the kind of reason, and the reason."""

    kind: str
    axis: Axis
    skill: Skill
    words: str


def first_looks(
    found: DeskFindings, levels: HeatMap, weak: Sequence[WeakSkill], aimed: Collection[str]
) -> list[FirstLook]:
    """Return the strongest disagreement and silence, the lowest skill, and the weakest one that no action aims at.

    ``levels`` is the heat map of levels; ``weak`` are the weak skills, lowest first; ``aimed`` what actions aim at.
    """
    return list(_looks(found, levels, weak, aimed))


def _looks(
    found: DeskFindings, levels: HeatMap, weak: Sequence[WeakSkill], aimed: Collection[str]
) -> Iterator[FirstLook]:
    yield from (_of(_("Désaccord"), one) for one in found.apart[:1])
    yield from (_of(_("Silence"), one) for one in found.unseen[:1])
    yield from (_lowest(row, levels) for row in levels.in_order[:1] if row.whole)
    forgotten = [one for one in weak if one.skill.code not in aimed]
    words = _("un point faible que rien ne vise au parcours")
    yield from (FirstLook(_("Aucune action"), one.axis, one.skill, words) for one in forgotten[:1])


def _of(kind: str, one: DeskFinding) -> FirstLook:
    return FirstLook(kind, one.axis, one.skill, one.words)


def _lowest(row: HeatRow, levels: HeatMap) -> FirstLook:
    assert row.weight is not None  # noqa: S101  # it has a figure
    word = level_word(row.weight, levels.levels, levels.places)
    words = _("%(mean)s en moyenne des collèges\u00a0: %(level)s", mean=row.whole, level=word)
    return FirstLook(_("Point bas"), row.axis, row.skill, words)
