"""The findings of the desk, the proposals and the explanation of a mean, computed by hand."""

import pandas as pd
import pytest

import grille
import scoring
from restitution.findings.change.skill_history import skill_history, skill_sum
from restitution.findings.desk import DeskFindings, desk_rows, findings
from restitution.findings.profile.college_gaps import colleges_by_family
from restitution.findings.profile.skills import SkillView, families, skill_view
from restitution.findings.proposals import proposals
from scoring import Profile

LABELS = {college.code: college.label for college in grille.current().colleges}


def profile_of(levels: dict[str, list[int | str]], n: int = 12, **others: dict[str, int | str]) -> Profile:
    """Each college answers COO-1 with its list, again and again, over ``n`` people; ``others`` add skills."""
    grid = grille.current()
    rows = [
        {"college": college, "COO-1": chosen[i % len(chosen)]}
        | {code.replace("_", "-"): by[college] for code, by in others.items() if college in by}
        for college, chosen in levels.items()
        for i in range(n)
    ]
    table = pd.DataFrame(rows, columns=["college", *(skill.code for skill in grid.skills)])
    return scoring.profile(table, grid)


def found_in(profile: Profile) -> DeskFindings:
    return findings(families(profile, LABELS), profile.grid.levels)


def view(profile: Profile) -> SkillView:
    return skill_view(profile, LABELS, "COO-1")


@pytest.mark.parametrize(
    ("levels", "apart", "alike"),
    [
        ({"elus": [3], "agents": [2]}, "Élus 3,0, Agents 2,0", ""),
        ({"elus": [3], "agents": [3], "habitants": [2, 3]}, "", ""),
        ({"elus": [3], "agents": [3], "habitants": [3, 3, 2]}, "", "3 collèges sur 3, de 2,7 à 3,0"),
        (
            {"elus": [3], "agents": [3, 3, 2], "habitants": [3], "associations": [2, 3, 3], "entreprises": [1]},
            "Élus 3,0, Entreprises 1,0",
            "4 collèges sur 5, de 2,7 à 3,0",
        ),
        (
            {"elus": [0, 4], "agents": [2], "habitants": [2], "associations": [2]},
            "avis opposés\u00a0: Élus",
            "3 collèges sur 4, de 2,0 à 2,0",
        ),
        ({"elus": [3], "agents": [3]}, "", ""),
        ({"elus": [0, 4], "agents": [2]}, "avis opposés\u00a0: Élus", ""),
        ({"elus": [2, 3], "agents": [2]}, "", ""),
    ],
)
def test_a_level_apart_divides_half_a_level_agrees(levels: dict[str, list[int | str]], apart: str, alike: str) -> None:
    found = found_in(profile_of(levels))
    assert [one.words for one in found.apart] == ([apart] if apart else [])
    assert [one.words for one in found.alike] == ([alike] if alike else [])


def test_what_a_quarter_cannot_see_is_said() -> None:
    levels: dict[str, list[int | str]] = {"elus": [2, 2, 2, "NSP"], "agents": [2] * 7 + ["NSP"]}
    seen = found_in(profile_of(levels, n=16))
    assert [one.words for one in seen.unseen] == ["Élus 25\u00a0%"]
    few = found_in(profile_of(levels, n=8))
    assert [one.words for one in few.unseen] == ["Élus 25\u00a0% sans niveau"]


def test_hidden_cells_point_at_nothing() -> None:
    found = found_in(profile_of({"elus": [0], "agents": [4]}, n=4))
    assert (found.apart, found.alike, found.unseen) == ((), (), ())


def test_cells_say_the_level_in_words_or_why_there_is_none() -> None:
    profile = profile_of({"elus": [3], "agents": [1]}, COO_2={"elus": 3, "agents": 1}, COO_3={"elus": 3})
    [row] = [row for row in desk_rows(colleges_by_family(profile, LABELS), []) if row.axis.code == "COO"]
    words = {cell.label: (cell.word, cell.score, cell.missing) for cell in row.cells}
    assert words["Habitants"] == ("", "", "moins de 5 réponses")
    assert {word for word, _score, _missing in words.values()} <= {"", *(one.label for one in profile.grid.levels)}


def test_the_rule_proposes_by_the_mean_of_the_colleges() -> None:
    alike = dict.fromkeys(("elus", "agents", "habitants"))
    levels: dict[str, list[int | str]] = {college: [2, 3] for college in alike}
    profile = profile_of(levels, COO_2=dict.fromkeys(alike, 1), COO_3=dict.fromkeys(alike, 2))
    [family] = [one for one in families(profile, LABELS) if one.axis.code == "COO"]
    proposed = proposals(family, profile)
    grid = profile.grid
    assert proposed.strengths == (f"{grid.skill('COO-1').title} (2,5)",)
    assert proposed.weaknesses == (f"{grid.skill('COO-2').title} (1,0)",)
    assert "2,5" in proposed.rule
    assert "1,5" in proposed.rule


def test_two_colleges_are_too_few_for_a_proposal() -> None:
    profile = profile_of({"elus": [4], "agents": [4]})
    assert proposals(families(profile, LABELS)[0], profile).strengths == ()


def test_a_mean_is_said_so_that_anyone_can_redo_it() -> None:
    [cell] = view(profile_of({"elus": [0, 2, 3]})).published
    assert skill_sum(cell, [0, 1, 2, 3, 4]) == "0 × 4 + 2 × 4 + 3 × 4 = 20, divisé par 12"
    assert cell.score == "1,7"
    [small] = view(profile_of({"elus": [0, 2, 3]}, n=6)).published
    assert skill_sum(small, [0, 1, 2, 3, 4]) == "moins de 10 réponses\u00a0: la moyenne seule"


def test_a_skill_is_followed_through_grids_only_where_it_is_the_same() -> None:
    before, after = sorted(map(grille.load, grille.shipped()), key=lambda grid: grid.version)
    units = grille.comparable_units(before, after)
    split = next(unit for unit in units if len(unit.after) > 1 or len(unit.before) > 1)
    kept = next(unit for unit in units if unit.after == unit.before)
    table = pd.DataFrame(
        [{"college": "elus", kept.before[0]: 3}] * 6, columns=["college", *(skill.code for skill in before.skills)]
    )
    earlier = scoring.profile(table, before)
    [same] = skill_history([("2024", earlier)], kept.after[0], {"elus": "Élus", "agents": "Agents"}, after)
    assert [cell.text for cell in same.cells] == ["3,00", "moins de 5 réponses"]
    [apart] = skill_history([("2024", earlier)], split.after[0], {"elus": "Élus"}, after)
    assert (apart.cells, "2024.1" in apart.apart) == ((), True)
