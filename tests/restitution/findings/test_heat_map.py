"""The heat map of the desk, computed by hand; and what an attacker who has all its readings finds: nothing."""

import pandas as pd
import pytest

import grille
import scoring
from restitution.findings.desk import findings
from restitution.findings.first_looks import first_looks
from restitution.findings.heat_map import TINTS, HeatMap, Reading, heat_map
from restitution.findings.profile.skills import families
from scoring import Profile
from tests.scoring import attacker
from tests.scoring.attacker import Figures, same_mask
from tests.scoring.campaigns import Campaign

LABELS = {college.code: college.label for college in grille.current().colleges}


def profile_of(n: int = 12, **skills: dict[str, list[int | str]]) -> Profile:
    """Each college answers those skills with its lists, again and again, over ``n`` people."""
    grid = grille.current()
    colleges = dict.fromkeys(college for by in skills.values() for college in by)
    rows = [
        {"college": college}
        | {code.replace("_", "-"): by[college][i % len(by[college])] for code, by in skills.items() if college in by}
        for college in colleges
        for i in range(n)
    ]
    return scoring.profile(pd.DataFrame(rows, columns=["college", *(one.code for one in grid.skills)]), grid)


def read(reading: Reading, profile: Profile, before: Profile | None = None) -> HeatMap:
    return heat_map(profile, before, LABELS, {"COO-1", "COO-2"}, reading)


def row(reading: Reading, profile: Profile, before: Profile | None = None) -> dict[str, str]:
    """The cells of COO-1 by college, and the figure of all of them."""
    found = read(reading, profile, before).rows[0]
    return {cell.college: cell.text or cell.missing for cell in found.cells} | {"": found.whole}


THREE: dict[str, list[int | str]] = {"elus": [3], "agents": [2], "habitants": [1, 2, 0, "NSP"]}


def test_a_level_is_a_mean_and_the_whole_is_theirs() -> None:
    assert row(Reading.LEVEL, profile_of(COO_1=THREE)) == {
        "elus": "3,0",
        "agents": "2,0",
        "habitants": "1,0",
        "associations": "moins de 5 réponses",
        "entreprises": "moins de 5 réponses",
        "": "2,0",
    }


def test_a_gap_is_to_the_mean_of_those_shown() -> None:
    found = row(Reading.GAP, profile_of(COO_1=THREE))
    assert (found["elus"], found["agents"], found["habitants"], found[""]) == ("+1,0", "0,0", "−1,0", "2,0")
    alone = row(Reading.GAP, profile_of(COO_1={"elus": [3]}))
    assert (alone["elus"], alone[""]) == ("un seul collège publié", "")


def test_who_does_not_know_is_shown_where_details_are() -> None:
    found = row(Reading.UNKNOWN, profile_of(n=16, COO_1=THREE))
    assert (found["elus"], found["habitants"], found[""]) == ("0\u00a0%", "25\u00a0%", "25\u00a0%")
    few = row(Reading.UNKNOWN, profile_of(n=8, COO_1=THREE))
    assert few["habitants"] == "moins de 10 réponses\u00a0: la moyenne seule"
    assert few[""] == ""


def test_a_difference_is_between_what_was_printed_without_a_word() -> None:
    before = profile_of(COO_1={"elus": [1, 1, 2], "agents": [2], "associations": [4]})
    found = row(Reading.SINCE, profile_of(COO_1=THREE), before)
    assert (found["elus"], found["agents"]) == ("+1,67", "0,00")
    assert found["habitants"] == "pas comparable"
    assert found["associations"] == "moins de 5 réponses"
    assert found[""] == ""  # two colleges are too few for all of them


def test_the_tint_is_a_part_of_the_scale() -> None:
    cells = read(Reading.LEVEL, profile_of(COO_1={"elus": [4], "agents": [2], "habitants": [0]})).rows[0].cells
    assert {cell.college: cell.tint for cell in cells if cell.text} == {"elus": TINTS, "agents": 4, "habitants": 0}


def test_what_is_to_be_looked_at_comes_first_and_the_unasked_apart() -> None:
    profile = profile_of(COO_1=THREE, COO_2={"elus": [1], "agents": [1], "habitants": [1]})
    levels = read(Reading.LEVEL, profile)
    assert [one.skill.code for one in levels.in_order] == ["COO-2", "COO-1"]
    assert [one.skill.code for one in read(Reading.GAP, profile).in_order] == ["COO-1", "COO-2"]
    assert "COO-3" in [skill.code for _axis, skill in levels.unasked]


@pytest.mark.parametrize("aimed", [set[str](), {"COO-2"}])
def test_first_looks_name_one_skill_of_each_kind(aimed: set[str]) -> None:
    from restitution.findings.change.parcours_progress import weak_skills

    profile = profile_of(n=16, COO_1=THREE, COO_2={"elus": [1], "agents": [1], "habitants": [1]})
    found = findings(families(profile, LABELS), profile.grid.levels)
    looks = first_looks(found, read(Reading.LEVEL, profile), weak_skills(profile, LABELS), aimed)
    kinds = {one.kind: one.skill.code for one in looks}
    nothing_done = {} if aimed else {"Aucune action": "COO-2"}
    assert kinds == {"Désaccord": "COO-1", "Silence": "COO-1", "Point bas": "COO-2"} | nothing_done


def everything_read(campaign: Campaign) -> Figures:
    """Every figure of every reading of the heat map, beside the same campaign before it as another wave."""
    profile = scoring.profile(campaign.frame, campaign.grid, scoring.Rules(**campaign.rules))
    labels, asked = {one.code: one.label for one in campaign.grid.colleges}, {one.code for one in campaign.grid.skills}
    figures: Figures = {}
    for reading in Reading:
        for one in heat_map(profile, profile, labels, asked, reading).rows:
            shown = {cell.college: cell.text for cell in one.cells} | {"": one.whole}
            figures |= {(reading, one.skill.code, who): _number(text) for who, text in shown.items()}
    return figures


def _number(text: str) -> float:
    return float(text.replace(",", ".").replace("−", "-").removesuffix("\u00a0%") or 0)


ENOUGH = 100  # more campaigns than there are figures


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])
def test_nothing_hidden_follows_from_all_the_readings_together(seed: int) -> None:
    found, hidden = same_mask(seed)
    assert hidden
    assert attacker.linear_leaks(found[:ENOUGH], everything_read, hidden) == []


def test_no_byte_of_any_reading_moves_when_what_is_hidden_does() -> None:
    """Fewer than k people may have answered anything, or nobody: each reading is the same."""
    shown: dict[str, list[int | str]] = {"elus": [3, 2], "agents": [2]}
    few = [profile_of(COO_1=shown | {"habitants": [level, *[""] * 11]}) for level in (0, 4, "NSP", "")]
    for reading in Reading:
        assert len({str(read(reading, one, few[0])) for one in few}) == 1
