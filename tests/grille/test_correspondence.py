"""Which skills of two versions are compared: by hand on small grids, by brute force on random ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import grille


def grid_of(version, codes, links=None, from_version="1", levels=3, grid_id="g"):
    """A grid whose families are the first letters of its codes."""
    described = dict.fromkeys(range(levels), "x")
    skills = [{"code": code, "title": code, "definition": "d", "core": True, "levels": described} for code in codes]
    return grille.Grid(
        id=grid_id,
        version=version,
        title="t",
        status="proposition",
        levels=[{"value": value, "label": str(value)} for value in range(levels)],
        families=[
            {"code": letter, "title": letter, "skills": [one for one in skills if one["code"][0] == letter]}
            for letter in dict.fromkeys(code[0] for code in codes)
        ],
        colleges=[{"code": "c", "label": "C"}],
        correspondence=None if links is None else {"from_version": from_version, "skills": links},
    )


def pairs(before, after):
    return [(unit.family, unit.before, unit.after) for unit in grille.comparable_units(before, after)]


def apart(before, after):
    return {(one.side, one.code): one.reason for one in grille.not_comparable(before, after)}


def test_the_same_version_compares_skill_by_skill():
    grid = grid_of("1", ["A1", "A2", "B1"])
    assert pairs(grid, grid) == [("A", ("A1",), ("A1",)), ("A", ("A2",), ("A2",)), ("B", ("B1",), ("B1",))]
    assert apart(grid, grid) == {}


def test_split_merged_renamed_retired_and_new():
    before = grid_of("1", ["A1", "A2", "A3", "B1", "B2", "B3"])
    after = grid_of(
        "2", ["A1", "A4", "A5", "B4", "B5", "B9"], {"A2": ["A4", "A5"], "A3": [], "B1": ["B4"], "B2": ["B4"]}
    )
    assert pairs(before, after) == [
        ("A", ("A1",), ("A1",)),
        ("A", ("A2",), ("A4", "A5")),
        ("B", ("B1", "B2"), ("B4",)),
    ]
    assert apart(before, after) == {
        ("before", "A3"): "retiré en 2",
        ("before", "B3"): "retiré en 2",
        ("after", "B5"): "nouveau en 2",
        ("after", "B9"): "nouveau en 2",
    }


def test_a_code_given_to_something_else_is_not_the_same_skill():
    before, after = grid_of("1", ["A1", "A2"]), grid_of("2", ["A1", "A2"], {"A1": ["A2"], "A2": []})
    assert pairs(before, after) == [("A", ("A1",), ("A2",))]
    assert apart(before, after) == {("before", "A2"): "retiré en 2", ("after", "A1"): "nouveau en 2"}


def test_an_unmentioned_skill_joins_what_is_merged_into_it():
    before, after = grid_of("1", ["A1", "A2"]), grid_of("2", ["A1"], {"A2": ["A1"]})
    assert pairs(before, after) == [("A", ("A1", "A2"), ("A1",))]


def test_parts_in_several_families_are_in_no_unit():
    before, after = grid_of("1", ["A1", "B1"]), grid_of("2", ["A1", "B1", "B2"], {"A1": ["A1", "B2"]})
    assert pairs(before, after) == [("B", ("B1",), ("B1",))]
    assert set(apart(before, after).values()) == {"à cheval sur plusieurs familles"}


def test_without_a_direct_correspondence_only_common_codes_compare():
    before, after = grid_of("1", ["A1", "A2"]), grid_of("3", ["A1", "A3"], {"A2": ["A3"]}, from_version="2")
    assert pairs(before, after) == [("A", ("A1",), ("A1",))]


def test_two_different_grids_have_nothing_in_common():
    before, after = grid_of("1", ["A1"]), grid_of("2", ["A1"], grid_id="autre")
    assert pairs(before, after) == []
    assert set(apart(before, after).values()) == {"d’une autre grille"}


@pytest.mark.parametrize("compare", [grille.comparable_units, grille.not_comparable])
def test_different_levels_are_refused_in_plain_french(compare):
    with pytest.raises(grille.IncomparableGridsError, match=r"0 à 2 dans la version 1.*0 à 3 dans la version 2"):
        compare(grid_of("1", ["A1"]), grid_of("2", ["A1"], levels=4))


CODES = ["A1", "A2", "A3", "B1", "B2"]
codes = st.lists(st.sampled_from(CODES), min_size=1, unique=True).map(sorted)


@st.composite
def versions(draw):
    old, new = draw(codes), draw(codes)
    links = draw(st.dictionaries(st.sampled_from(old), st.lists(st.sampled_from(new), unique=True, max_size=3)))
    return grid_of("1", old), grid_of("2", new, links)


def brute_force(before, after):
    """Grow sets of linked skills until nothing changes: slow, obvious."""
    links = after.correspondence.skills
    edges = [({("b", old.code), ("a", new)}) for old in before.skills for new in links.get(old.code, (old.code,))]
    edges = [
        edge for edge in edges if all(side == "b" or code in {s.code for s in after.skills} for side, code in edge)
    ]
    merged = True
    while merged:
        merged = False
        for one in edges:
            for other in edges:
                if one is not other and one & other:
                    one |= other
                    edges = [edge for edge in edges if edge is not other]
                    merged = True
                    break
            if merged:
                break
    same_family = [edge for edge in edges if len({code[0] for _, code in edge}) == 1]
    return {frozenset(edge) for edge in same_family}


@settings(max_examples=200, deadline=None)
@given(versions())
def test_units_are_the_connected_groups_of_the_correspondence(pair):
    before, after = pair
    units = grille.comparable_units(before, after)
    found = {frozenset([("b", code) for code in u.before] + [("a", code) for code in u.after]) for u in units}
    assert found == brute_force(before, after)
    assert all(code[0] == unit.family for unit in units for code in (*unit.before, *unit.after))


@settings(max_examples=200, deadline=None)
@given(versions())
def test_every_skill_is_in_one_unit_or_apart_with_a_reason(pair):
    before, after = pair
    units, alone = grille.comparable_units(before, after), grille.not_comparable(before, after)
    for side, grid in (("before", before), ("after", after)):
        held = [code for unit in units for code in getattr(unit, side)]
        left = [one.code for one in alone if one.side == side]
        assert sorted(held + left) == sorted(skill.code for skill in grid.skills)
    assert all(one.reason for one in alone)


@settings(max_examples=200, deadline=None)
@given(versions())
def test_looking_back_in_time_gives_the_same_groups(pair):
    before, after = pair
    forth = {(unit.before, unit.after) for unit in grille.comparable_units(before, after)}
    back = {(unit.after, unit.before) for unit in grille.comparable_units(after, before)}
    assert forth == back
