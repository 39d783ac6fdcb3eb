"""A grid built in code is validated like one read from a file."""

import json

import pytest
from pydantic import ValidationError

import grille


def parts(**changes):
    skill = {"code": "A-1", "title": "t", "definition": "d", "core": True, "levels": {0: "a", 1: "b"}}
    base = {
        "id": "x",
        "version": "1",
        "title": "t",
        "status": "proposition",
        "levels": [{"value": 0, "label": "a"}, {"value": 1, "label": "b"}],
        "families": [{"code": "A", "title": "t", "skills": [skill | changes.pop("skill", {})]}],
        "colleges": [{"code": "c", "label": "C"}],
    }
    return base | changes


def test_the_smallest_grid():
    grid = grille.Grid(**parts())
    assert grid.family_of("A-1").code == "A"
    assert grid.college("c").label == "C"
    with pytest.raises(KeyError):
        grid.skill("A-2")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"levels": [{"value": 0, "label": "a"}]}, "au moins deux"),
        ({"levels": [{"value": 0, "label": "a"}, {"value": 2, "label": "b"}]}, "niveau 2"),
        ({"colleges": [{"code": "atelier", "label": "A"}]}, "réservé"),
        ({"skill": {"levels": {0: "a"}}}, "ne décrit pas le niveau 1"),
        ({"skill": {"falc_levels": {0: "a"}}}, "ne décrit pas le niveau 1 : ajoutez-le sous « falc_levels »"),
        ({"skill": {"falc_levels": {0: "a", 1: "b", 2: "c"}}}, "décrit un niveau « 2 »"),
        ({"skill": {"weight": 0}}, "poids nul"),
    ],
)
def test_essentials_hold_without_a_file(changes, said):
    with pytest.raises(ValidationError, match=said):
        grille.Grid(**parts(**changes))


def test_a_copy_frozen_before_easy_reading_still_loads():
    document = json.loads(grille.Grid(**parts()).to_json())
    for family in document["families"]:
        del family["falc"]
        for skill in family["skills"]:
            del skill["falc_levels"]
    assert grille.Grid.model_validate_json(json.dumps(document)) == grille.Grid(**parts())


def test_a_grid_cannot_be_changed():
    with pytest.raises(ValidationError):
        grille.Grid(**parts()).title = "autre"
