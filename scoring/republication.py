"""A campaign published twice: what the two publications, put side by side, would tell of the few who came between."""

from collections.abc import Iterator

from scoring.cells import Cell
from scoring.coding import WORKSHOP
from scoring.profile import Profile


def vintage_problems(published: Profile, recomputed: Profile) -> tuple[str, ...]:
    """Why a recomputed profile may not replace one already published; empty when it may.

    Both show totals, so their difference shows the answers of those who were added, removed or changed: it must concern
    nobody, or at least k people, in every cell that both publish. (INSEE protects successive vintages together.)
    """
    return tuple(
        f"collège « {college} » : les deux publications ne diffèrent que de quelques réponses ({', '.join(skills)}) ; "
        "ensemble, elles diraient ce que ces personnes ont répondu. Gardez la première publication."
        for college, skills in _betrayed(published, recomputed)
    )


def _betrayed(published: Profile, recomputed: Profile) -> Iterator[tuple[str, list[str]]]:
    for college in published.answers.colleges:
        needed = max(wave.rules.threshold(workshop=college == WORKSHOP) for wave in (published, recomputed))
        skills = [
            skill.code
            for skill in published.grid.skills
            if (skill.code, college) in published.cells
            and (skill.code, college) in recomputed.cells
            and _differs_by_few(published.cells[skill.code, college], recomputed.cells[skill.code, college], needed)
        ]
        if skills:
            yield college, skills


def _differs_by_few(one: Cell, other: Cell, needed: int) -> bool:
    """Whether the difference of two versions of a cell speaks of at least one person and of fewer than ``needed``."""
    levels_moved = one.counts != other.counts and abs(other.n - one.n) < needed
    return levels_moved or (one != other and abs(other.respondents - one.respondents) < needed)
