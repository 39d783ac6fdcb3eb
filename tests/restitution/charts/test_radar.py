"""What a radar accepts, and how it is built from profiles."""

import pandas as pd
import pytest

import grille
import scoring
from restitution.chart_data.radar import Radar, badges_of, level_word
from scoring.display import level_words
from tests.restitution.conftest import FAMILIES, made_radar


@pytest.fixture(scope="module")
def grid() -> grille.Grid:
    return grille.current()


def answers(grid: grille.Grid, sizes: dict[str, int], level: int = 2) -> pd.DataFrame:
    rows = [
        {"college": college, **{skill.code: level for skill in grid.skills}}
        for college, n in sizes.items()
        for _ in range(n)
    ]
    return pd.DataFrame(rows)


def test_a_radar_is_the_territory_of_a_profile(grid: grille.Grid) -> None:
    profile = scoring.profile(answers(grid, {"elus": 6, "agents": 7, "habitants": 8}), grid)
    radar = Radar.from_profile(profile, "2026")
    assert [axis.title for axis in radar.axes] == list(FAMILIES)
    assert radar.series[0].values == (2.0,) * 5
    assert radar.caption == (
        "21 réponses dans 3 collèges (et 2 de moins de 5)",
        "niveau moyen, de 0 à 4",
        "moyenne des collèges",
        "grille 2026.1, proposition du projet",
    )


def test_what_is_hidden_has_a_reason_and_no_value(grid: grille.Grid) -> None:
    profile = scoring.profile(answers(grid, {"elus": 6, "agents": 3}), grid)
    assert [point.missing for point in Radar.from_profile(profile).series[0].points] == [
        "moins de 3 collèges publiés"
    ] * 5
    of_college = Radar.from_profile(profile, college="agents").series[0]
    assert of_college.values == (None,) * 5
    assert {point.missing for point in of_college.points} == {"moins de 5 réponses"}
    assert Radar.from_profile(profile, college="agents").caption[0] == "moins de 5 réponses"


def test_campaigns_are_newest_first_on_the_newest_axes(grid: grille.Grid) -> None:
    sizes = {"elus": 6, "agents": 7, "habitants": 8}
    older = next(grille.load(path) for path in grille.shipped() if path.stem == "2024.1")
    campaigns = [scoring.profile(answers(grid, sizes, 3), grid), scoring.profile(answers(older, sizes, 1), older)]
    radar = Radar.from_profiles(campaigns, ["2026", "2024"], date="collecte close le 22 mai 2026")
    assert [(one.label, one.role, one.values[0]) for one in radar.series] == [
        ("2026", "now", 3.0),
        ("2024", "before", 1.0),
    ]
    assert "collecte close le 22 mai 2026" in radar.caption


@pytest.mark.parametrize("campaigns", [[], [[1] * 5] * 4, [[1] * 4]], ids=["none", "four", "a point missing"])
def test_a_radar_that_cannot_be_read_is_refused(campaigns: list[list[float]]) -> None:
    with pytest.raises(ValueError, match=r"[Rr]adar"):
        made_radar(*campaigns) if len(campaigns) < 4 else Radar(
            made_radar([1] * 5).axes, made_radar([1] * 5).series * 4, made_radar([1] * 5).levels, ""
        )


def test_the_level_shown_is_scoring_s(grid: grille.Grid) -> None:
    for tenths in range(41):
        assert level_word(tenths / 10, grid.levels) == level_words(grid, tenths / 10)


def test_badges_are_all_different() -> None:
    codes = ["A", "A1", "A2", "AB", "AB", "É", "COO", "CON"]
    assert len(set(badges_of(codes))) == len(codes)
