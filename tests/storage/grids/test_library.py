"""The library: an identity is one text for good, the default is chosen, a withdrawn grid takes no new campaign."""

from typing import Any

import pytest

import grille
from grille.grid import Correspondence, Grid
from storage.campaigns.drafts import CampaignPlan, PlannedCollege, draft_campaign
from storage.campaigns.lifecycle import open_draft
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.grids.library import (
    LibraryError,
    add_grid,
    campaigns_by_grid,
    choose_default,
    default_grid,
    find_grid,
    library,
    restore_grid,
    usable_grids,
    withdraw_grid,
)


def another(**changes: Any) -> Grid:
    """The shipped grid under another identity."""
    return grille.current().model_copy(update={"id": "autre", "correspondence": None, **changes})


def refused(db: Database, grid: Grid) -> str:
    with pytest.raises(LibraryError) as refusal:
        add_grid(db, grid)
    return " ".join(refusal.value.problems)


def test_a_new_installation_has_every_shipped_grid_and_proposes_the_newest(database: Database) -> None:
    assert {one.grid.to_json() for one in library(database)} == {grid.to_json() for grid in grille.shipped_grids()}
    assert default_grid(database).grid == grille.current()


def test_two_frameworks_on_one_version_never_collide(database: Database) -> None:
    version, shipped = grille.current().version, grille.current()
    add_grid(database, another(title="Une autre"))
    for id_, title in ((shipped.id, shipped.title), ("autre", "Une autre")):
        found = find_grid(database, id_, version)
        assert found is not None
        assert found.grid.title == title


def test_the_same_grid_twice_is_one_and_another_text_is_refused(database: Database) -> None:
    assert add_grid(database, another()) == add_grid(database, another())
    said = refused(database, another(title="Autre texte"))
    assert "autre/2026.1" in said
    assert "donnez un autre numéro" in said


def test_the_same_grid_written_in_another_order_is_the_same(database: Database) -> None:
    one = add_grid(database, another())
    (family, *families), order = one.grid.families, lambda levels: dict(reversed(levels.items()))
    skills = tuple(skill.model_copy(update={"levels": order(skill.levels)}) for skill in family.skills)
    again = another(families=(family.model_copy(update={"skills": skills}), *families))
    assert again.to_json() != one.grid.to_json()
    assert add_grid(database, again) == one


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "atelier"}, "réservé"),
        ({"id": "Atelier"}, "réservé"),
        ({"id": "a b"}, "« id » vaut « a b »"),
        ({"version": "2/1"}, "« version » vaut « 2/1 »"),
        ({"id": "x" * 41}, "40 caractères"),
    ],
)
def test_an_identity_that_addresses_cannot_hold_is_refused(
    database: Database, changes: dict[str, str], said: str
) -> None:
    assert said in refused(database, another(**changes))


def test_versions_are_listed_newest_first_and_those_of_the_default_before_others(database: Database) -> None:
    for version in ("1.9", "1.10"):
        add_grid(database, another(version=version))
    ours = ["territoires-engagement/2026.1", "territoires-engagement/2024.1"]
    assert [one.name for one in library(database)] == [*ours, "autre/1.10", "autre/1.9"]
    older = find_grid(database, "autre", "1.9")
    assert older is not None
    choose_default(database, older)
    assert [one.name for one in library(database)] == ["autre/1.10", "autre/1.9", *ours]
    assert next(iter(usable_grids(database))) == "autre/1.9"


def test_versions_that_follow_each_other_in_a_circle_are_refused(database: Database) -> None:
    def version(number: str, after: str) -> Grid:
        return another(version=number, correspondence=Correspondence(from_version=after, skills={}))

    add_grid(database, version("1", after="3"))
    add_grid(database, version("2", after="1"))
    assert "Ces versions se suivent en rond : 3 ← 2 ← 1 ← 3" in refused(database, version("3", after="2"))


def test_a_correspondence_names_skills_that_the_earlier_version_has(database: Database) -> None:
    add_grid(database, another(version="1"))
    following = Correspondence(from_version="1", skills={"XXX-1": ()})
    assert "n’a pas de savoir-faire « XXX-1 »" in refused(database, another(version="2", correspondence=following))


def test_a_withdrawn_grid_takes_no_new_campaign_and_comes_back(database: Database) -> None:
    place, grid = create_territory(database, "Ici", "commune"), another()
    colleges = tuple(PlannedCollege(one.code, one.label) for one in grid.colleges)
    plan = CampaignPlan("Bilan", 2026, grid, "short", 5, colleges)
    one = add_grid(database, grid)
    begun, waiting = draft_campaign(database, place, plan), draft_campaign(database, place, plan)
    open_draft(database, begun)
    assert withdraw_grid(database, one)
    assert not withdraw_grid(database, one)
    for attempt in (lambda: draft_campaign(database, place, plan), lambda: open_draft(database, waiting)):
        with pytest.raises(CampaignError, match="est retirée : aucune nouvelle campagne ne la prend"):
            attempt()
    assert open_draft(database, begun).status == "open"
    assert one.name not in usable_grids(database)
    assert campaigns_by_grid(database) == {one.name: 2}
    assert restore_grid(database, one)
    assert open_draft(database, waiting).status == "open"


def test_the_default_grid_stays_in_use(database: Database) -> None:
    with pytest.raises(LibraryError, match="choisissez-en une autre"):
        withdraw_grid(database, default_grid(database))
    one = add_grid(database, another())
    withdraw_grid(database, one)
    with pytest.raises(LibraryError, match="est retirée"):
        choose_default(database, one)
