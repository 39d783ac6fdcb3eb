"""The slope chart, the colleges' dot plots and the skills' strips."""

import itertools
import math
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import grille
import scoring
from grille import Level
from restitution.chart_data import slope
from restitution.chart_data.radar import Point
from restitution.charts import colleges_chart, skill_charts, slope_chart
from restitution.findings.change import changes
from restitution.findings.change.not_comparable import not_comparable_skills
from restitution.findings.method import robustness as weightings
from restitution.findings.profile import college_gaps as colleges
from restitution.findings.profile import explanation, skills
from restitution.text.numbers import decimal
from tests.restitution.conftest import FAMILIES, made_axes, made_points, made_radar

SIZES = {"elus": 6, "agents": 7, "associations": 8, "habitants": 9, "entreprises": 2}


@pytest.fixture(scope="module")
def grid() -> grille.Grid:
    return grille.current()


@pytest.fixture(scope="module")
def labels(grid: grille.Grid) -> dict[str, str]:
    return {college.code: college.label for college in grid.colleges}


def profile_at(grid: grille.Grid, sizes: dict[str, int] = SIZES, **shift: int) -> scoring.Profile:
    """Everyone spread around level 2, each college moved by its shift; enterprises too few to be shown."""
    rows = [
        {"college": college, **{skill.code: min(4, 2 + shift.get(college, 0) + i % 2) for skill in grid.skills}}
        for college, n in sizes.items()
        for i in range(n)
    ]
    return scoring.profile(pd.DataFrame(rows), grid)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8))
def test_labels_are_kept_apart_in_order_and_within_bounds(wanted: list[float]) -> None:
    heights = slope_chart.spread(wanted, 12, 0, 100)
    ranked = [height for _wish, height in sorted(zip(wanted, heights, strict=True))]
    assert all(after - before >= 12 - 1e-9 for before, after in itertools.pairwise(ranked))
    assert min(heights) >= 0
    assert max(heights) <= 100 + 1e-9


def made_slope(*campaigns: list[float | None], grids: tuple[str, ...] = ()) -> slope.Slope:
    points = [made_points(campaign) for campaign in campaigns]
    lines = tuple(
        slope.FamilyTrend(axis, tuple(campaign[i] for campaign in points)) for i, axis in enumerate(made_axes(FAMILIES))
    )
    years = tuple(2023 + i for i in range(len(campaigns)))
    return slope.Slope(tuple(map(str, years)), years, lines, made_radar([1.0] * 5).levels, grids)


@pytest.mark.parametrize("frame", [slope_chart.PAGE, slope_chart.PHONE])
def test_a_slope_has_a_point_per_published_score(frame: slope_chart.SlopeFrame) -> None:
    drawing = slope_chart.slope_drawing(
        made_slope([1, 2, None, 3, 4], [1, None, None, 2, 2], [2, 2, 2, 2, 2]), frame=frame
    )
    root = ET.fromstring(drawing)
    text = "".join(root.itertext())
    assert len(list(root.iter("circle"))) == 4 + 3 + 5
    assert "1 non publiée" in text
    assert "2 non publiées" in text
    assert [one.get("stroke-dasharray") for one in root.iter("line")].count("2 7") == 1, "across a hidden year: dotted"


def test_a_slope_says_where_the_grid_changed_and_where_nothing_is_known() -> None:
    text = "".join(
        ET.fromstring(slope_chart.slope_drawing(made_slope([1.0] * 5, [None] * 5, grids=("1", "2")))).itertext()
    )
    assert "nouvelle grille" in text
    assert "rien de publié" in text


def test_a_slope_of_close_scores_shows_two_levels_at_least() -> None:
    assert made_slope([2.4] * 5, [2.5] * 5).shown == (1, 4)
    assert made_slope([3.9] * 5, [4.0] * 5).shown == (2, 4)
    assert made_slope([0.0] * 5, [4.0] * 5).shown == (0, 4)


def test_colleges_side_by_side(grid: grille.Grid, labels: dict[str, str]) -> None:
    panels = colleges.colleges_by_family(profile_at(grid, elus=1), labels)
    assert [score.text for score in panels[0].scores[:2]] == ["3,5", "2,4"]
    assert panels[0].scores[4].point == Point(None, "moins de 5 réponses")
    assert colleges.divergence(panels).startswith("C’est sur ")
    root = ET.fromstring(colleges_chart.colleges_drawing(panels[0], "x"))
    dots = [one for one in root.iter("circle") if not one.get("stroke-dasharray")]
    assert len(dots) == 4
    text = "".join(root.itertext())
    assert "Entreprises\u00a0: moins de 5 réponses" in text
    assert panels[0].scores[0].in_words in text


def test_colleges_that_agree_or_cannot_be_compared(grid: grille.Grid, labels: dict[str, str]) -> None:
    assert colleges.divergence(colleges.colleges_by_family(profile_at(grid), labels)).endswith(
        "à peu près la même chose"
    )
    alone = scoring.profile(pd.DataFrame([{"college": "elus", "COO-1": 2}] * 6), grid)
    assert colleges.divergence(colleges.colleges_by_family(alone, labels)).startswith(
        "Aucune famille n’est publiée pour deux collèges"
    )


def test_what_changed_in_words(grid: grille.Grid) -> None:
    found = changes.changes(profile_at(grid), profile_at(grid, elus=1, agents=1, associations=1, habitants=1))
    whole = changes.of_territory(found)
    assert {change.verdict for change in whole} == {"hausse nette"}
    assert whole[0].sentence == "De 2,47 à 3,47 (+1,00), sur 6 savoir-faire comparables."
    assert whole[0].cell.kind == "verdict up"
    hidden = next(change for change in found if change.college == "entreprises")
    assert hidden.sentence.startswith("Pas de comparaison possible")
    assert hidden.cell.text == "non comparable"
    assert not changes.territory_falls(found)


def test_what_cannot_be_compared_between_two_grids(grid: grille.Grid) -> None:
    older = next(grille.load(path) for path in grille.shipped() if path.stem == "2024.1")
    apart = not_comparable_skills(older, grid)
    assert len(apart) == len(grille.not_comparable(older, grid))
    assert not_comparable_skills(grid, grid) == []


def test_why_a_score_adds_up(grid: grille.Grid, labels: dict[str, str]) -> None:
    found = explanation.explanation(profile_at(grid, elus=1), "COO", labels)
    assert found
    parts = [float(part.contribution.replace(",", ".")) for part in found.colleges]
    assert math.isclose(sum(parts), float(found.exact.replace(",", ".")), abs_tol=0.005 * len(parts))
    assert {part.weight for part in found.colleges} == {"1/4"}
    hidden = scoring.profile(pd.DataFrame([{"college": "elus", "COO-1": 2}] * 3), grid)
    assert explanation.explanation(hidden, "COO", labels) is None


def test_both_weightings_in_a_sentence(grid: grille.Grid) -> None:
    found = weightings.weighted(profile_at(grid))
    assert "aucune famille ne changerait de niveau" in weightings.sentence(found)
    hidden = scoring.profile(pd.DataFrame([{"college": "elus", "COO-1": 2}] * 3), grid)
    assert weightings.sentence(weightings.weighted(hidden)).startswith("Aucun score")


def test_skills_in_detail(grid: grille.Grid, labels: dict[str, str]) -> None:
    people = {college: n * 2 for college, n in SIZES.items()}  # ten levels or more, but for enterprises
    views = skills.families(profile_at(grid, people), labels)
    assert [view.axis.title for view in views] == list(FAMILIES)
    detail = views[0].skills[0]
    assert [cell.mean is None for cell in detail.cells] == [False, False, False, False, True]
    assert detail.remarks == ["Avis convergents dans chaque collège"]
    root = ET.fromstring(skill_charts.strip(detail, "hue-1"))
    assert len(list(root.iter("circle"))) == 4
    cell = detail.cells[0]
    assert cell.distribution == (0, 0, 6, 6, 0)
    bar = ET.fromstring(skill_charts.distribution_bar(cell, grid.levels, "hue-1"))
    assert (
        bar.findtext("title")
        == "Pas encore 0, Premiers essais 0, Pratique régulière 6, Pratique installée 6, Pratique partagée 0"
    )
    assert cell.score == decimal(2.5)


def test_a_small_cell_shows_its_mean_and_its_silence_alone(grid: grille.Grid, labels: dict[str, str]) -> None:
    cell = skills.families(profile_at(grid), labels)[0].skills[0].cells[0]
    assert (cell.score, cell.small) == ("2,5", "moins de 10 réponses\u00a0: la moyenne seule")
    assert (cell.distribution, cell.agreement, cell.percent("unknown")) == ((), "", "–")
    assert skill_charts.distribution_bar(cell, grid.levels, "hue-1") == ""


@given(st.lists(st.floats(0, 300), min_size=1, max_size=9))
def test_dots_never_cover_each_other(places: list[float]) -> None:
    spots = skill_charts._stacked(places)
    for (x, row), (other, other_row) in itertools.combinations(spots, 2):
        assert row != other_row or abs(x - other) >= 22


def gap_of(mean: dict[str, float], levels: int = 5) -> str:
    """The sentence about colleges whose scores on one family are these."""
    scale = tuple(Level(value=value, label=str(value)) for value in range(levels))
    scores = tuple(colleges.CollegeScore(name, name, "6", Point(score)) for name, score in mean.items())
    return colleges.divergence([colleges.CollegesOnFamily(made_axes(["Agir"])[0], scores, Point(None), scale)])


@pytest.mark.parametrize(
    ("low", "high", "levels", "alike"),
    [(2.2, 3.1, 5, False), (2.2, 2.6, 5, True), (0.1, 0.9, 2, False), (0.5, 0.6, 2, True), (4.0, 5.1, 11, True)],
)
def test_colleges_are_alike_within_an_eighth_of_the_scale(low: float, high: float, levels: int, alike: bool) -> None:
    assert gap_of({"Élus": high, "Agents": low}, levels).endswith("à peu près la même chose") is alike
