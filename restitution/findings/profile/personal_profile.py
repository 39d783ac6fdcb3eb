"""A respondent's own profile, shown to them alone: the mean by family of the levels that they chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grille import Family, Grid
from questionnaires.answers import UNANSWERED, Answer
from restitution.chart_data.radar import Axis, Point, Radar, Series, axes_of, level_word
from restitution.text.language import gettext as _
from restitution.text.numbers import decimals

FEWEST_AXES = 3


@dataclass(frozen=True)
class OwnScore:
    """A family: the mean of the levels chosen (``None`` if none), the nearest level's name, the number of answers."""

    axis: Axis
    value: float | None
    word: str
    levels: int


@dataclass(frozen=True)
class OwnProfile:
    """The scores in the order of the grid, and their radar if there are enough to draw one."""

    scores: tuple[OwnScore, ...]
    radar: Radar | None

    @property
    def answered(self) -> bool:
        """Whether at least one family has a score."""
        return any(score.value is not None for score in self.scores)


def own_profile(grid: Grid, answers: Mapping[str, Answer]) -> OwnProfile:
    """Return the scores of one person's answers, family by family, on the grid's scale.

    The mean of the levels chosen, with the grid's weights of skills: ``Σ w x / Σ w``. Missing answers, « je ne sais pas
    » and « sans objet » have no weight; a family without any level has no score.

    >>> import grille
    >>> profile = own_profile(grille.current(), {"COO-1": Answer(4), "COO-2": Answer(1), "COO-3": Answer.dont_know()})
    >>> [(score.axis.code, score.value) for score in profile.scores][:2], profile.scores[0].word
    ([('COO', 2.5), ('CON', None)], 'entre «\\xa0Pratique régulière\\xa0» et «\\xa0Pratique installée\\xa0»')
    """
    scores = tuple(
        _score(grid, axis, family, answers) for axis, family in zip(axes_of(grid), grid.families, strict=True)
    )
    return OwnProfile(scores, _radar(grid, scores))


def _score(grid: Grid, axis: Axis, family: Family, answers: Mapping[str, Answer]) -> OwnScore:
    said = [(skill.weight, answers.get(skill.code, UNANSWERED).level) for skill in family.skills]
    levels = [(weight, level) for weight, level in said if level is not None]
    total = sum(weight for weight, _level in levels)
    value = sum(weight * level for weight, level in levels) / total if total else None
    return OwnScore(axis, value, "" if value is None else level_word(value, grid.levels), len(levels))


def _radar(grid: Grid, scores: tuple[OwnScore, ...]) -> Radar | None:
    if len(scores) < FEWEST_AXES or all(score.value is None for score in scores):
        return None
    places = decimals(len(grid.levels))
    points = tuple(
        Point(None, _("sans réponse")) if score.value is None else Point(score.value, places=places) for score in scores
    )
    title = _("Vos propres réponses, famille par famille")
    return Radar(tuple(score.axis for score in scores), (Series(_("Vous"), points),), grid.levels, title)
