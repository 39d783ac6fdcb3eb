"""Which skills of two grid versions can be compared, and why the others cannot."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from grille.grid import Grid
from grille.messages import message as _


@dataclass(frozen=True)
class Unit:
    """Skills that are compared together: one unchanged skill, or the parts of what was split or merged."""

    family: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class NotComparable:
    """A skill that belongs to no unit: in which of the two grids it is, and the reason, to show beside it."""

    code: str
    side: Literal["before", "after"]
    reason: str


@dataclass(frozen=True)
class Continuation:
    """Skills of two versions that are linked together, and to no other: those before, and those that continue them.

    One side is empty for a skill that is retired or new. ``reason`` says why they are not compared; it is empty when
    they are one unit.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str = ""


class IncomparableGridsError(ValueError):
    """Raised for two grids with different levels: their scores cannot be compared."""


def comparable_units(before: Grid, after: Grid) -> tuple[Unit, ...]:
    """Return the units that can be compared between two versions of a grid, in the order of ``after``.

    A skill that keeps its code, and that the correspondence does not mention, is one unit. Skills that are retired, new
    or linked to another family are in no unit (see ``not_comparable``). Two grids with different ids have no unit; two
    versions without correspondence share the codes that they have in common.

    Raises ``IncomparableGridsError`` when the levels of the two are not the same.

    >>> from grille.loading import current
    >>> comparable_units(current(), current())[0]
    Unit(family='COO', before=('COO-1',), after=('COO-1',))
    """
    refuse_different_levels(before, after)
    return tuple(
        Unit(after.family_of(one.after[0]).code, one.before, one.after)
        for one in continuations(before, after)
        if not one.reason
    )


def not_comparable(before: Grid, after: Grid) -> tuple[NotComparable, ...]:
    """Return the skills that belong to no unit, those of ``before`` first, each with its reason.

    Raises ``IncomparableGridsError`` like ``comparable_units``.
    """
    refuse_different_levels(before, after)
    apart = [one for one in continuations(before, after) if one.reason]
    was = [NotComparable(code, "before", one.reason) for one in apart for code in one.before]
    now = [NotComparable(code, "after", one.reason) for one in apart for code in one.after]
    return (*was, *now)


def continuations(before: Grid, after: Grid) -> tuple[Continuation, ...]:
    """Return what becomes of every skill from one version to the other, in the order of ``after``, the retired last.

    Levels are not looked at: where they differ, nothing is compared, but skills still continue each other.
    """
    return tuple(Continuation(old, new, _reason(before, old, after, new)) for old, new in _groups(before, after))


def continues(after: Grid, before: Grid) -> bool:
    """Return whether a version of a grid says how it continues that other version."""
    return after.correspondence is not None and after.correspondence.from_version == before.version


def continue_each_other(one: Grid, other: Grid) -> bool:
    """Return whether each of two versions says that it continues the other, so that neither is the earlier one."""
    return one.id == other.id and continues(one, other) and continues(other, one)


def unknown_predecessors(before: Grid, after: Grid) -> tuple[str, ...]:
    """Return the codes of earlier skills that the correspondence of ``after`` names but ``before`` does not have."""
    known = {skill.code for skill in before.skills}
    named = after.correspondence.skills if after.correspondence else {}
    return tuple(code for code in named if code not in known)


def _reason(before: Grid, old: tuple[str, ...], after: Grid, new: tuple[str, ...]) -> str:
    if old and new:
        together = len(_families(before, old) | _families(after, new)) == 1
        return "" if together else _("à cheval sur plusieurs familles")
    if before.id != after.id:
        return _("d’une autre grille")
    words = _("retiré en %(version)s", version=after.version), _("nouveau en %(version)s", version=after.version)
    return words[bool(new)]


def _families(grid: Grid, codes: tuple[str, ...]) -> set[str]:
    return {grid.family_of(code).code for code in codes}


def _groups(before: Grid, after: Grid) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the connected components of the graph whose edges link an old skill to the new ones that continue it.

    A skill without edge is a component by itself.
    """
    old_codes, new_codes = [skill.code for skill in before.skills], [skill.code for skill in after.skills]
    neighbours: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for old, new in _links(before, after):
        neighbours["before", old].add(("after", new))
        neighbours["after", new].add(("before", old))
    seen: set[tuple[str, str]] = set()
    groups = []
    for start in [("after", code) for code in new_codes] + [("before", code) for code in old_codes]:
        if start not in seen:
            group = _reached(start, neighbours)
            seen |= group
            groups.append((_side(group, "before", old_codes), _side(group, "after", new_codes)))
    return groups


def _reached(
    start: tuple[str, str], neighbours: Mapping[tuple[str, str], set[tuple[str, str]]]
) -> set[tuple[str, str]]:
    reached, waiting = {start}, [start]
    while waiting:
        fresh = neighbours.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting += fresh
    return reached


def _side(group: set[tuple[str, str]], side: str, codes: list[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if (side, code) in group)


def _links(before: Grid, after: Grid) -> Iterator[tuple[str, str]]:
    if before.id != after.id:
        return
    known = {skill.code for skill in after.skills}
    successors = _successors(before, after)
    for skill in before.skills:
        for code in successors.get(skill.code, (skill.code,)):
            if code in known:
                yield skill.code, code


def _successors(before: Grid, after: Grid) -> Mapping[str, tuple[str, ...]]:
    """Return the skills of ``after`` that continue each skill of ``before``; ``after`` may be the older version."""
    if before.version == after.version:
        return {}
    if after.correspondence and continues(after, before):
        return after.correspondence.skills
    if before.correspondence and continues(before, after):
        return _reversed(before, before.correspondence.skills)
    return {}


def _reversed(newer: Grid, skills: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    backwards: dict[str, list[str]] = defaultdict(list)
    for old, news in skills.items():
        for new in news:
            backwards[new].append(old)
    for skill in newer.skills:
        if skill.code not in skills:
            backwards[skill.code].append(skill.code)
    return {skill.code: tuple(backwards[skill.code]) for skill in newer.skills}


def refuse_different_levels(before: Grid, after: Grid) -> None:
    """Raise ``IncomparableGridsError`` when the levels of two grids are not the same."""
    was, now = [level.value for level in before.levels], [level.value for level in after.levels]
    if was != now:
        raise IncomparableGridsError(
            _(
                "Les niveaux ne sont pas les mêmes (%(was)s à %(was_highest)s dans la version %(version)s, "
                "%(now)s à %(now_highest)s dans la version %(later)s) : ces deux grilles ne se comparent pas.",
                was=was[0],
                was_highest=was[-1],
                version=before.version,
                now=now[0],
                now_highest=now[-1],
                later=after.version,
            )
        )
