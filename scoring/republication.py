"""Republication of a campaign: what two publications, compared, would disclose about the few people who changed."""

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, field
from typing import Any, Final

from grille.enumerations import enumerated
from grille.messages import Message, marked
from grille.messages import message as _
from scoring.cells import SkillTally, Tallies
from scoring.coding import WORKSHOP
from scoring.figures.base import PairTallies, PairTally, Place, weights_of
from scoring.profile import Profile

# The name of a skill's levels « avec le recul », which edition 1 published as cells.
RETROSPECTIVE: Final = marked("%(skill)s avec le recul")
_END: Final = RETROSPECTIVE % {"skill": ""}
# The conventions that decide in which steps a small cell is published, in people's words.
_STEPS: Final = {
    "k": marked("le nombre de réponses à partir duquel un chiffre est montré"),
    "k_detail": marked("le nombre de réponses à partir duquel tout le détail est montré"),
    "interval_n": marked("le nombre de réponses à partir duquel une marge est donnée"),
    "coverage": marked("la part d’une famille qu’il faut pour son score"),
    "spread_skills": marked("le nombre de savoir-faire à partir duquel un étalement est dit par pas"),
    "spread_default": marked("l’étalement supposé là où rien ne le mesure"),
}


@dataclass(frozen=True)
class Publication:
    """What a publication shows: its edition, the complete counts of its cells, its pairs, and some of its rules.

    ``needed`` is the number of answers to publish a cell of each college, ``detail`` (``k_detail``) the number to show
    it in detail; edition 1 showed every cell in detail. ``steps`` are the conventions that decide what is shown of a
    small cell, ``weightless`` the skills of weight zero. Stored to be compared with a later publication; never shown.
    """

    cells: Tallies
    needed: Mapping[str, int]
    edition: int = 1
    detail: int = 0
    pairs: PairTallies = field(default_factory=dict)
    steps: Mapping[str, float] = field(default_factory=dict)
    weightless: tuple[str, ...] = ()

    def shows_detail(self, n: int) -> bool:
        """Return whether a cell with n valid answers shows more than its mean."""
        return n >= self.detail

    @property
    def has_small_cells(self) -> bool:
        """Whether some cell shows only its mean."""
        return any(not self.shows_detail(cell.n) for cell in self.cells.values())

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON, which ``publication_from_document`` reads back."""
        return {
            "edition": self.edition,
            "needed": dict(self.needed),
            "detail": self.detail,
            "steps": dict(self.steps),
            "weightless": list(self.weightless),
            "cells": [[skill, college, *astuple(cell)] for (skill, college), cell in self.cells.items()],
            "pairs": [[skill, college, list(pair.counts)] for (skill, college), pair in self.pairs.items()],
        }


def publication_from_document(document: Mapping[str, Any]) -> Publication:
    """Return a publication from its stored values; without ``edition``, it is of edition 1.

    >>> publication_from_document({"needed": {"elus": 5}, "cells": [["A", "elus", [0, 5], 0, 1, 0, 0]]}).edition
    1
    """
    cells = {
        (skill, college): SkillTally(tuple(counts), *others) for skill, college, counts, *others in document["cells"]
    }
    return Publication(
        cells,
        document["needed"],
        document.get("edition", 1),
        document.get("detail", 0),
        {(skill, college): PairTally(tuple(counts)) for skill, college, counts in document.get("pairs", ())},
        document.get("steps", {}),
        tuple(document.get("weightless", ())),
    )


def publication_of(profile: Profile) -> Publication:
    """Return what publishing this profile shows. Raises ``ValueError`` for a profile read from a document."""
    if profile.tallies is None:
        raise ValueError("a profile read from a document has no answers to compare")
    rules = profile.rules
    return Publication(
        dict(profile.tallies),
        {one: rules.threshold(workshop=one == WORKSHOP) for one in profile.all_colleges},
        profile.edition,
        rules.k_detail,
        dict(profile.pairs or {}),
        {name: float(getattr(rules, name)) for name in _STEPS},
        tuple(skill for skill, weight in weights_of(profile.grid).items() if not weight),
    )


def republication_problems(
    published: Publication,
    recomputed: Publication,
    colleges: Mapping[str, str] | None = None,
    skills: Mapping[str, str] | None = None,
) -> tuple[Message, ...]:
    """Return the reasons, in French, why republishing would disclose answers of too few people; none if it is safe.

    Both publications show means, so their difference shows the answers that were added, removed or changed. In every
    cell that both publish, pairs included, the difference must concern nobody or at least k people; at least
    ``k_detail`` people where either shows the cell in detail, since the difference is then a detailed cell too. A small
    cell must not become detailed, nor the reverse. Within edition 2, small cells must not be published again with other
    steps. ``colleges`` and ``skills`` have their names; without one, a code stands for it.
    """
    labels, titles = colleges or {}, skills or {}
    disclosed = (
        _(
            "%(who)s\u00a0: cette publication ne diffère d’une précédente que de quelques réponses (%(skills)s)\u202f; "
            "ensemble, elles diraient ce que ces personnes ont répondu. Publier est refusé\u00a0: rétablissez d’abord "
            "les réponses d’origine, par exemple depuis une sauvegarde.",
            who=_who(college, labels),
            skills=enumerated([_in_words(skill, titles) for skill in those]),
        )
        for college, those in _disclosed(published, recomputed)
    )
    return (*disclosed, *_other_steps(published, recomputed))


def _who(college: str, labels: Mapping[str, str]) -> Message:
    """Return who answered, in words."""
    if college == WORKSHOP:
        return _("Ateliers")
    return _("Collège «\u00a0%(college)s\u00a0»", college=labels.get(college, college))


def _in_words(skill: str, titles: Mapping[str, str]) -> Message:
    """Return the name to show for a skill, or for its answers « avec le recul »."""
    code = skill.removesuffix(_END)
    named = _("«\u00a0%(skill)s\u00a0»", skill=titles.get(code, code))
    return _(RETROSPECTIVE, skill=named) if skill.endswith(_END) else named


def _disclosed(published: Publication, recomputed: Publication) -> Iterator[tuple[str, list[str]]]:
    """Yield each college with the skills whose answers the two publications together would disclose."""
    places = list(dict.fromkeys((*_places(published), *_places(recomputed))))
    for college in dict.fromkeys((*published.needed, *recomputed.needed)):
        skills = [skill for skill, owner in places if owner == college and _tells(published, recomputed, skill, owner)]
        if skills:
            yield college, skills


def _places(publication: Publication) -> Iterator[Place]:
    yield from publication.cells
    for skill, college in publication.pairs:
        yield RETROSPECTIVE % {"skill": skill}, college


def _tells(one: Publication, other: Publication, skill: str, college: str) -> bool:
    first, second = _cell(one, skill, college), _cell(other, skill, college)
    if first is None or second is None:
        return False
    if one.edition != other.edition and skill.endswith(_END):
        return not _everybody_paired(one, skill, college, first.n, second.n)
    needed = max(publication.needed.get(college, 1) for publication in (one, other))
    shown = one.shows_detail(first.n), other.shows_detail(second.n)
    least = max(needed, one.detail, other.detail) if any(shown) else needed
    crosses = shown[0] != shown[1] and (first != second or one.edition == other.edition == 2)
    return crosses or _differs_by_few(first, second, least)


def _everybody_paired(first_edition: Publication, skill: str, college: str, then: int, pairs: int) -> bool:
    """Return whether pairs = n now = n then, without which pairs must not follow means of « then » of edition 1."""
    now = first_edition.cells.get((skill.removesuffix(_END), college))
    return now is not None and pairs == then == now.n


def _cell(publication: Publication, skill: str, college: str) -> SkillTally | None:
    """Return the cell of a skill, or of pairs (named « avec le recul ») in the form of a cell; None without any."""
    if (skill, college) in publication.cells:
        return publication.cells[skill, college]
    pairs = {
        RETROSPECTIVE % {"skill": name}: tally for (name, owner), tally in publication.pairs.items() if owner == college
    }
    return SkillTally(pairs[skill].counts, 0, 0, 0, 0) if skill in pairs else None


def _differs_by_few(one: SkillTally, other: SkillTally, needed: int) -> bool:
    """Return whether two versions of a cell differ by at least one person and fewer than ``needed``."""
    levels_moved = one.counts != other.counts and abs(other.n - one.n) < needed
    return levels_moved or (one != other and abs(other.respondents - one.respondents) < needed)


def _other_steps(published: Publication, recomputed: Publication) -> Iterator[Message]:
    """Yield the reasons why small cells may not be published again: two steps disclose more than one."""
    if published.edition != 2 or recomputed.edition != 2:
        return
    if not (published.has_small_cells or recomputed.has_small_cells):
        return
    moved = [_(said) for name, said in _STEPS.items() if published.steps.get(name) != recomputed.steps.get(name)]
    if published.weightless != recomputed.weightless:
        moved.append(_("les savoir-faire de poids nul"))
    if moved:
        yield _(
            "Cette publication n’a pas les mêmes conventions qu’une précédente (%(moved)s)\u00a0: de petits groupes y "
            "seraient décrits deux fois, et deux descriptions en disent plus qu’une. Publier est refusé\u00a0: "
            "reprenez les conventions d’origine.",
            moved=enumerated(moved),
        )
