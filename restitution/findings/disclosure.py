"""What a publication discloses: what is hidden and why, and what could be inferred from the rest.

``protection`` is shown to everyone beside the figures; the rest is for the team, before and after publishing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from restitution.chart_data.reasons import reason_of
from restitution.chart_data.rows import rows
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import THIN_NO_BREAK
from restitution.text.sentences import listed

if TYPE_CHECKING:
    from scoring import Profile
    from scoring.reading.certainty import SmallCell

Labels = Mapping[str, str]
"""The names of the colleges of a campaign, by code, in order."""


# For everyone


def protection(profile: Profile, colleges: Labels) -> str:
    """Return how these results protect respondents, in one sentence: the rule, and what it hides here."""
    parts = [_("Aucun chiffre ne porte sur moins de %(k)s personnes", k=profile.rules.k), *_hidden(profile, colleges)]
    return f"{f'{THIN_NO_BREAK}; '.join(parts)}."


def _hidden(profile: Profile, colleges: Labels) -> Iterator[str]:
    """Yield what is hidden here: whole colleges, some means, the distributions behind means."""
    shown = {college for _skill, college in profile.cells}
    left_out = [label for code, label in colleges.items() if code not in shown]
    if len(left_out) == len(colleges):
        yield _("aucune moyenne d’un collège n’est donc montrée")
        return
    if left_out:
        yield _without(left_out)
    named = [code for code in colleges if code in shown]
    missing = any((skill.code, code) not in profile.cells for skill in profile.grid.skills for code in named)
    small = any(cell.small for (_skill, code), cell in profile.cells.items() if code in named)
    if missing:
        yield _("là où moins de %(k)s ont donné un niveau, la moyenne est cachée", k=profile.rules.k)
    if small:
        n = profile.rules.k_detail
        yield _("sous %(n)s réponses, seules la moyenne et la part sans niveau sont montrées", n=n)
    if not (left_out or missing or small or _hides_pairs(profile)):
        yield _("ici, aucun n’a dû être caché")


def _without(labels: Sequence[str]) -> str:
    names = listed([f"«\u00a0{label}\u00a0»" for label in labels])
    if len(labels) == 1:
        return _("aucune moyenne n’est donc montrée pour le collège %(college)s", college=names)
    return _("aucune moyenne n’est donc montrée pour les collèges %(colleges)s", colleges=names)


def _hides_pairs(profile: Profile) -> bool:
    return profile.has_hindsight and not profile.hindsight_skills["published"].astype(bool).all()


# For the team: what is hidden


@dataclass(frozen=True)
class HiddenFigures:
    """The figures of a college, or of the territory, in one table: how many are shown, why others are not."""

    label: str
    table: str
    shown: int
    total: int
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        """The number of figures shown, out of how many."""
        return _("%(shown)s sur %(total)s", shown=self.shown, total=self.total)


def hidden_figures(profile: Profile, colleges: Labels, asked: Sequence[str]) -> list[HiddenFigures]:
    """Return what is hidden and why, by table and college; ``asked`` are the codes of the skills asked."""
    return list(_hidden_figures(profile, colleges, asked))


def _hidden_figures(profile: Profile, colleges: Labels, asked: Sequence[str]) -> Iterator[HiddenFigures]:
    families = [family.code for family in profile.grid.families if any(one.code in asked for one in family.skills)]
    skills, scores = rows(profile.skills), rows(profile.families)
    pairs = rows(profile.hindsight_skills) if profile.has_hindsight else []
    for code, label in colleges.items():
        yield _figures(label, _("Moyennes des savoir-faire"), "mean", profile, _of(skills, code, asked))
        yield _figures(label, _("Scores des familles"), "score", profile, _of(scores, code, families))
        if pairs:
            yield _figures(label, _("Différences avec le recul"), "delta", profile, _of(pairs, code, asked))
    whole = [row for row in rows(profile.territory) if row["family"] in families]
    yield _figures(_("Territoire"), _("Scores des familles"), "score", profile, whole)


def _of(table: Sequence[dict[str, Any]], college: str, codes: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of a college about these skills, or about these families in a table without skills."""
    return [row for row in table if row["college"] == college and row.get("skill", row.get("family")) in codes]


def _figures(label: str, table: str, column: str, profile: Profile, figures: Sequence[dict[str, Any]]) -> HiddenFigures:
    reasons = Counter(reason_of(row, column, profile) for row in figures if not row["published"])
    words = tuple(_("%(n)s\u00a0: %(reason)s", n=n, reason=reason) for reason, n in reasons.items())
    return HiddenFigures(label, table, len(figures) - reasons.total(), len(figures), words)


# For the team: what could be found again


@dataclass(frozen=True)
class FoundAgain:
    """What could be inferred about the small cells of a college from published figures.

    ``fewest`` and ``most`` are the numbers of levels given in the smallest and the largest of these cells.
    """

    label: str
    cells: int
    certain: int
    share: Fraction
    fewest: int
    most: int

    @property
    def by_anyone(self) -> str:
        """How many cells an outsider could infer, in words."""
        if not self.certain:
            return ngettext("aucune, sur %(n)s case", "aucune, sur %(n)s cases", self.cells)
        return ngettext("%(n)s case sur %(of)s", "%(n)s cases sur %(of)s", self.certain, of=self.cells)

    @property
    def by_a_member(self) -> str:
        """How often a member of the college, who knows their own answer, could infer all the others."""
        if not self.share:
            return _("dans aucun cas")
        return _("dans %(share)s des cas au plus", share=f"{math.ceil(100 * self.share)}\u00a0%")


def found_again(profile: Profile, colleges: Labels) -> list[FoundAgain]:
    """Return the colleges that have small cells, and what could be inferred about these."""
    from scoring.reading.certainty import small_cells  # pandas loads only where it is needed

    by_college: dict[str, list[SmallCell]] = {code: [] for code in colleges}
    for cell in small_cells(profile):
        by_college[cell.college].append(cell)
    return [_found_again(colleges[code], cells) for code, cells in by_college.items() if cells]


def _found_again(label: str, cells: Sequence[SmallCell]) -> FoundAgain:
    sizes = [cell.n for cell in cells]
    share = Fraction(sum(cell.members for cell in cells), sum(sizes))
    return FoundAgain(label, len(cells), sum(cell.certain for cell in cells), share, min(sizes), max(sizes))


def same_answers(profile: Profile, colleges: Labels) -> list[str]:
    """Return a sentence for each college and level where everybody gave that level, so that all answers are known."""
    from scoring.reading.certainty import same_answers as found  # pandas loads only where it is needed

    names = {level.value: level.label for level in profile.grid.levels}
    titles: dict[tuple[str, int], list[str]] = {}
    for one in found(profile):
        titles.setdefault((one.college, one.level), []).append(profile.grid.skill(one.skill).title)
    return [
        _(
            "%(college)s\u00a0: chaque personne a répondu «\u00a0%(level)s\u00a0» à %(skills)s.",
            college=label,
            level=names[level],
            skills=listed([f"«\u00a0{title}\u00a0»" for title in titles[code, level]]),
        )
        for code, label in colleges.items()
        for level in names
        if (code, level) in titles
    ]
