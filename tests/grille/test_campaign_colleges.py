"""The grid of a campaign with its own colleges: only colleges and their words change."""

import pytest

from grille import comparable_units, current
from grille.colleges import asked_like, with_college, with_labels


def test_an_added_college_is_asked_in_the_words_of_another() -> None:
    grid = current()
    wider = with_college(grid, "jeunes", "Jeunes", like="habitants")
    assert [college.code for college in wider.colleges] == [*(one.code for one in grid.colleges), "jeunes"]
    for skill in wider.skills:
        assert skill.wording.get("jeunes") == skill.wording.get("habitants")
        before = grid.skill(skill.code).model_dump(exclude={"wording"})
        assert skill.model_dump(exclude={"wording"}) == before
    assert type(wider).model_validate_json(wider.to_json()) == wider
    assert len(comparable_units(grid, wider)) == len(grid.skills)


def test_renaming_changes_nothing_else() -> None:
    grid = with_labels(current(), {"elus": "Conseil municipal"})
    assert grid.college("elus").label == "Conseil municipal"
    assert grid.families == current().families


@pytest.mark.parametrize("code", ["elus", "atelier", "territoire"])
def test_a_code_that_is_taken_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="déjà pris"):
        with_college(current(), code, "Autre", like="elus")


def test_a_model_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        with_college(current(), "jeunes", "Jeunes", like="martiens")


def test_a_college_with_words_of_its_own_is_like_no_other() -> None:
    assert asked_like(current(), "elus") is None
    assert asked_like(with_college(current(), "maires", "Maires", like="elus"), "maires") == "elus"
