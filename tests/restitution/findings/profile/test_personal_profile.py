from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grille
from grille import Grid
from questionnaires import Answer
from restitution.findings.profile.personal_profile import own_profile

GRID = grille.current()
CODES = [skill.code for skill in GRID.skills]
said = st.builds(Answer, st.sampled_from([None, 0, 1, 2, 3, 4, "NSP", "SO"]))


def by_hand(grid: Grid, answers: dict[str, Answer]) -> list[Fraction | None]:
    """The same means, one family after another, as one would with a pencil."""
    means: list[Fraction | None] = []
    for family in grid.families:
        total, weights = Fraction(0), Fraction(0)
        for skill in family.skills:
            level = answers[skill.code].level if skill.code in answers else None
            if level is not None:
                total += Fraction(skill.weight) * level
                weights += Fraction(skill.weight)
        means.append(total / weights if weights else None)
    return means


@given(st.dictionaries(st.sampled_from(CODES), said))
def test_a_family_s_score_is_the_mean_of_the_levels_chosen(answers: dict[str, Answer]) -> None:
    found = [score.value for score in own_profile(GRID, answers).scores]
    expected = by_hand(GRID, answers)
    assert [value is None for value in found] == [mean is None for mean in expected]
    assert [value for value in found if value is not None] == pytest.approx(
        [float(m) for m in expected if m is not None]
    )


@given(st.dictionaries(st.sampled_from(CODES), said))
def test_silence_never_moves_a_score(answers: dict[str, Answer]) -> None:
    spoken = {code: answer for code, answer in answers.items() if answer.level is not None}
    assert own_profile(GRID, answers) == own_profile(GRID, spoken)


def test_weights_count() -> None:
    first, *others = GRID.families
    heavy, light, *rest = first.skills
    weighted = first.model_copy(update={"skills": (heavy.model_copy(update={"weight": 3.0}), light, *rest)})
    grid = GRID.model_copy(update={"families": (weighted, *others)})
    profile = own_profile(grid, {heavy.code: Answer(4), light.code: Answer(0)})
    assert profile.scores[0].value == 3.0
    assert profile.scores[0].word == "Pratique installée"


def test_the_radar_draws_the_scores_and_says_what_has_none() -> None:
    profile = own_profile(GRID, {"COO-1": Answer(0), "OUV-1": Answer(4)})
    assert profile.radar is not None
    (series,) = profile.radar.series
    assert series.values == tuple(score.value for score in profile.scores) == (0.0, None, None, None, 4.0)
    assert [point.missing for point in series.points] == ["", "sans réponse", "sans réponse", "sans réponse", ""]


def test_no_level_or_too_few_families_draw_nothing() -> None:
    assert own_profile(GRID, {"COO-1": Answer.dont_know()}).radar is None
    two = GRID.model_copy(update={"families": GRID.families[:2]})
    profile = own_profile(two, {"COO-1": Answer(2)})
    assert profile.radar is None
    assert profile.answered
