"""Changes in words: why some do not compare, and a rise that stays below an earlier level."""

import pandas as pd
import pytest

import grille
import scoring
from grille import Grid
from restitution.chart_data.radar import Radar
from restitution.findings.change.changes import FamilyChange, changes
from restitution.findings.change.readings import readings, rebounds
from restitution.text.sentences import headline
from scoring import Profile, Rules

FULL = {"elus": 6, "agents": 6, "habitants": 6}


def profile_of(level: int, sizes: dict[str, int] = FULL, grid: Grid | None = None) -> Profile:
    """Everyone answers that level to every skill."""
    grid = grid or grille.current()
    rows = [
        {"college": college} | {skill.code: level for skill in grid.skills}
        for college, n in sizes.items()
        for _ in range(n)
    ]
    table = pd.DataFrame(rows, columns=["college", *(skill.code for skill in grid.skills)])
    return scoring.profile(table, grid)


def why(found: list[FamilyChange], college: str) -> str:
    return next(change for change in found if change.college == college).reason


def test_another_framework_is_no_lack_of_answers() -> None:
    other = grille.current().model_copy(update={"id": "ailleurs"})
    found = changes(profile_of(1), profile_of(2, grid=other))
    assert {change.reason for change in found} == {
        "aucun savoir-faire de cette famille ne se compare d’une grille à l’autre"
    }
    assert found[0].sentence == f"Pas de comparaison possible\u00a0: {found[0].reason}."


def test_each_row_that_does_not_compare_has_its_own_reason() -> None:
    before = profile_of(1, FULL | {"associations": 3})
    found = changes(before, profile_of(2, {"elus": 6, "agents": 6, "associations": 6}))
    assert why(found, "elus") == ""
    assert why(found, "associations") == "trop peu de savoir-faire publiés les deux fois"
    assert why(found, "territoire") == "moins de 3 collèges publiés les deux fois sur les mêmes savoir-faire"


def test_a_one_college_grid_lacks_no_answers() -> None:
    grid = grille.current()
    alone = profile_of(2, {"elus": 16})
    assert {point.missing for point in Radar.from_profile(alone).series[0].points} == {"moins de 3 collèges publiés"}
    one = scoring.profile(
        pd.DataFrame([{"college": "elus"} | {skill.code: 2 for skill in grid.skills}] * 16),
        grid,
        Rules(colleges=("elus",)),
    )
    points = Radar.from_profile(one).series[0].points
    assert all("réponses" not in point.missing for point in points)


@pytest.mark.parametrize(
    ("first", "clause"), [(3, "remontent depuis 2025, sans retrouver leur niveau de 2023"), (1, "")]
)
def test_a_rebound_below_an_older_level_is_no_progress(first: int, clause: str) -> None:
    oldest, before, after = profile_of(first), profile_of(1), profile_of(2)
    found = changes(before, after)
    lost = rebounds(after, found, [("2023", oldest)])
    title = headline(readings(after, found, lost), after.grid.levels, "2025")
    assert set(lost.values()) == ({"2023"} if clause else set())
    assert clause in title
    assert ("ont nettement progressé" in title) is not bool(clause)
