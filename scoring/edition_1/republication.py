"""Republication of a campaign: what two publications, compared, would disclose about the few people who changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grille.enumerations import enumerated
from grille.messages import Message, marked
from grille.messages import message as _
from scoring.cells import SkillTally, Tallies
from scoring.coding import WORKSHOP
from scoring.edition_1.profile import Profile


@dataclass(frozen=True)
class Publication:
    """The published cells of a profile, and the number of answers to publish a cell of each college (``needed``).

    The cells of the retrospective series are included, with skills named by ``RETROSPECTIVE``.
    """

    cells: Tallies
    needed: Mapping[str, int]


RETROSPECTIVE = marked("%(skill)s avec le recul")


def publication_of(profile: Profile) -> Publication:
    """Return what publishing this profile shows."""
    cells = dict(profile.cells)
    if profile.retrospective is not None:
        before = profile.retrospective.cells.items()
        cells |= {(RETROSPECTIVE % {"skill": skill}, college): cell for (skill, college), cell in before}
    colleges = profile.answers.colleges
    return Publication(cells, {one: profile.rules.threshold(workshop=one == WORKSHOP) for one in colleges})


def republication_problems(
    published: Publication, recomputed: Publication, labels: Mapping[str, str] | None = None
) -> tuple[Message, ...]:
    """Return the reasons, in French, why republishing would disclose answers of fewer than k people; () if it is safe.

    Both publications show totals, so their difference shows the answers that were added, removed or changed: it must
    concern nobody, or at least k people, in every cell that both publish. (INSEE protects successive publications
    together.) ``labels`` has the names of colleges; a college without a label is named by its code.
    """
    names = labels or {}
    return tuple(
        _(
            "Collège «\u00a0%(college)s\u00a0»\u00a0: cette publication ne diffère d’une précédente que de quelques "
            "réponses (%(skills)s)\u202f; ensemble, elles diraient ce que ces personnes ont répondu. Les résultats ne "
            "sont pas publiés\u00a0: rétablissez d’abord les réponses d’origine, par exemple depuis une sauvegarde.",
            college=names.get(college, college),
            skills=enumerated([_in_words(skill) for skill in skills]),
        )
        for college, skills in _disclosed(published, recomputed)
    )


def _in_words(skill: str) -> str:
    """Return the name to show for a skill, or for its answers « avec le recul »."""
    end = RETROSPECTIVE % {"skill": ""}
    return _(RETROSPECTIVE, skill=skill.removesuffix(end)) if skill.endswith(end) else skill


def _disclosed(published: Publication, recomputed: Publication) -> Iterator[tuple[str, list[str]]]:
    """Yield each college with the skills whose answers the difference would disclose."""
    for college in published.needed:
        needed = max(one.needed.get(college, 1) for one in (published, recomputed))
        skills = [
            skill
            for (skill, owner), cell in published.cells.items()
            if owner == college and _differs_by_few(cell, recomputed.cells.get((skill, college), cell), needed)
        ]
        if skills:
            yield college, skills


def _differs_by_few(one: SkillTally, other: SkillTally, needed: int) -> bool:
    """Return whether two versions of a cell differ by at least one person and fewer than ``needed``."""
    levels_moved = one.counts != other.counts and abs(other.n - one.n) < needed
    return levels_moved or (one != other and abs(other.respondents - one.respondents) < needed)
