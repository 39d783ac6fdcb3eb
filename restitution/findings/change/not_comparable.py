"""Skills and colleges that cannot be compared between two campaigns, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grille import Grid, IncomparableGridsError, not_comparable
from restitution.findings.change.changes import FamilyChange
from restitution.text.language import gettext as _
from restitution.text.language import reason


@dataclass(frozen=True)
class NotComparableSkill:
    """A skill left out of the comparison, and the reason."""

    title: str
    reason: str


def not_comparable_skills(before: Grid, after: Grid) -> list[NotComparableSkill]:
    """Return the skills of two grids that cannot be compared, with the reason in a few words."""
    if (before.id, before.version) == (after.id, after.version):
        return []
    return list(_not_comparable_skills(before, after))


def _not_comparable_skills(before: Grid, after: Grid) -> Iterator[NotComparableSkill]:
    try:
        apart = not_comparable(before, after)
    except IncomparableGridsError as error:
        yield NotComparableSkill(_("Toute la grille"), reason(error))
        return
    for one in apart:
        grid = before if one.side == "before" else after
        yield NotComparableSkill(grid.skill(one.code).title, one.reason)


def colleges_not_compared(changes: Sequence[FamilyChange], labels: Mapping[str, str]) -> list[str]:
    """Return the colleges without any family compared with the previous campaign, with reasons in brackets."""
    found = {code: [one for one in changes if one.college == code] for code in labels}
    return [
        _with_reasons(labels[code], own) for code, own in found.items() if own and all(one.delta is None for one in own)
    ]


def colleges_without_word(changes: Sequence[FamilyChange], labels: Mapping[str, str]) -> list[str]:
    """Return the colleges compared in some family but without verdict in any, with reasons in brackets."""
    found = {code: [one for one in changes if one.college == code and one.delta is not None] for code in labels}
    return [
        _with_reasons(labels[code], own)
        for code, own in found.items()
        if own and all(one.verdict is None for one in own)
    ]


def _with_reasons(label: str, changes: Sequence[FamilyChange]) -> str:
    return f"{label} ({', '.join(dict.fromkeys(one.reason for one in changes))})"
