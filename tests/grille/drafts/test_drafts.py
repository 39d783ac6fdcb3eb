"""Drafts of grids as documents: what they say as a grid, what is wrong in each field, how their structure changes."""

import json

import pytest

import grille
from grille.drafts.beginnings import draft_from, structure_changes
from grille.drafts.checking import draft_findings, grid_to_publish
from grille.drafts.document import Document, blank_document, document_of, find_part, skills_in
from grille.drafts.reading import draft_grid
from grille.drafts.structure import add_part, move_part, remove_part, restore_part
from grille.errors import GridErrors
from grille.grid import Grid

SHIPPED = grille.shipped_grids()


def stored(document: Document) -> Document:
    """The document as the database gives it back."""
    again: Document = json.loads(json.dumps(document))
    return again


def said(document: Document) -> dict[tuple[str, int, str], str]:
    """The errors of a draft, by part and field."""
    return {(one.kind, one.key, one.field): one.sentence for one in draft_findings(document) if one.blocking}


@pytest.mark.parametrize("grid", SHIPPED, ids=lambda grid: grid.version)
def test_the_draft_of_a_grid_says_the_same_grid(grid: Grid) -> None:
    assert grid_to_publish(stored(document_of(grid))) == grid


def test_an_empty_draft_says_in_each_field_what_is_missing_and_can_be_looked_at() -> None:
    document = blank_document()
    family = add_part(document, "family")
    skill = add_part(document, "skill", family["key"])
    add_part(document, "college")
    document["about"]["lowest"], skill["weight"] = "un", "abc"
    errors = said(document)
    assert errors["about", 0, "title"] == "«\u00a0titre\u00a0» est vide\u00a0: écrivez son texte."
    assert "nombre entier" in errors["about", 0, "lowest"]
    assert "n’est pas un poids" in errors["skill", skill["key"], "weight"]
    level = document["levels"][2]["key"]
    assert errors["skill", skill["key"], f"level_{level}"].startswith("«\u00a0niveau 2\u00a0»")
    with pytest.raises(GridErrors):
        grid_to_publish(document)
    shown = draft_grid(document)
    assert (shown.title, [one.code for one in shown.skills], len(shown.levels)) == ("…", ["F1-1"], 5)


def test_what_is_said_of_a_draft_names_no_key_of_a_file() -> None:
    document = document_of(SHIPPED[-1])
    for skill in skills_in(document):
        skill["core"], skill["falc"] = False, ""
    document["about"] |= {
        "author": "",
        "short_title": "",
        "title": "Une grille au titre bien trop long pour un graphique",
    }
    sentences = " ".join(one.sentence for one in draft_findings(document) if not one.blocking)
    assert "auteur" in sentences
    assert "titre court" in sentences
    assert not [key for key in ("falc", "core", "author", "short_title") if key in sentences]


def test_codes_given_twice_or_reserved_are_said_beside_them_and_still_shown() -> None:
    document = document_of(SHIPPED[-1])
    first, second, third = skills_in(document)[:3]
    second["code"], third["code"] = first["code"], "nsp"
    errors = said(document)
    assert "existe déjà" in errors["skill", second["key"], "code"]
    assert "réservé" in errors["skill", third["key"], "code"]
    assert len({one.code for one in draft_grid(document).skills}) == len(SHIPPED[-1].skills)


def test_parts_move_are_removed_and_come_back_with_all_their_texts() -> None:
    document = document_of(SHIPPED[-1])
    before = stored(document)
    first, last = document["families"][0], document["families"][-1]
    skill = first["skills"][0]
    move_part(document, "skill", skill["key"], "down")
    assert document["families"][0]["skills"][1] is skill
    move_part(document, "skill", skill["key"], "up")
    move_part(document, "skill", skill["key"], "up")
    move_part(document, "family", last["key"], "down")
    assert stored(document) == before
    tail = first["skills"][-1]
    move_part(document, "skill", tail["key"], "down")
    assert document["families"][1]["skills"][0] is tail
    move_part(document, "skill", tail["key"], "up")
    level, college = document["levels"][1], document["colleges"][0]
    for kind, part in (("skill", skill), ("family", first), ("level", level), ("college", college)):
        remove_part(document, kind, part["key"])  # type: ignore[arg-type]
    assert find_part(document, "skill", skill["key"]) is None
    with pytest.raises(KeyError):
        restore_part(document, skill["key"])  # its family is not there
    for part in (college, level, first, skill):
        restore_part(document, part["key"])
    assert stored(document) == before


def test_a_new_part_has_a_code_that_no_other_has_or_had() -> None:
    document = blank_document()
    family = add_part(document, "family")
    skills = [add_part(document, "skill", family["key"]) for _rank in range(3)]
    remove_part(document, "skill", skills[1]["key"])
    assert add_part(document, "skill", family["key"])["code"] == "F1-4"
    assert skills[0]["core"] is False


def test_a_next_version_continues_this_one_whatever_is_split_merged_renamed_or_retired() -> None:
    grid = SHIPPED[-1]
    document = draft_from(grid, "next", [grid.version])
    renamed, split, retired, merged = skills_in(document)[:4]
    family = document["families"][0]
    part = add_part(document, "skill", family["key"])
    part["continues"], renamed["code"] = split["continues"], "NEUF"
    merged["continues"] += f" {retired['code']}"
    remove_part(document, "skill", retired["key"])
    assert document["about"]["version"] == "2026.2"
    found = dict(document["previous"])
    assert found["version"] == grid.version
    links = json.loads(json.dumps(_links(document)))
    assert links[grid.skills[0].code] == ["NEUF"]
    assert links[grid.skills[1].code] == [split["code"], part["code"]]
    assert links[grid.skills[2].code] == [merged["code"]]
    assert set(links) == {skill.code for skill in grid.skills[:3]}


@pytest.mark.parametrize("written", ["COO-1,COO-2", " COO-1 ; COO-2 ;", "COO-1, COO-2,", "COO-1 COO-2 COO-1"])
def test_earlier_codes_are_read_however_they_are_separated(written: str) -> None:
    document = draft_from(SHIPPED[-1], "next")
    first, second = skills_in(document)[:2]
    first["continues"], second["continues"] = written, ""
    assert _links(document) == {"COO-2": (first["code"],)}
    assert not said(document)
    first["continues"] = "COO-1,AUTRE;"
    assert "« AUTRE »" in said(document)["skill", first["key"], "continues"]


def _links(document: Document) -> dict[str, tuple[str, ...]]:
    from grille.drafts.reading import values_of

    links: dict[str, tuple[str, ...]] = values_of(document)["correspondence"]["skills"]
    return links


def test_a_correction_keeps_all_but_words_and_compares_as_unchanged() -> None:
    grid = SHIPPED[-1]
    document = draft_from(grid, "correction", [grid.version])
    skills_in(document)[0]["title"] += " !"
    corrected = grid_to_publish(document)
    assert corrected.version == "2026.1.1"
    assert structure_changes(grid, corrected) == []
    assert not grille.not_comparable(grid, corrected)
    assert grille.comparable_units(SHIPPED[0], corrected) == grille.comparable_units(SHIPPED[0], grid)
    skills_in(document)[0]["weight"] = "2"
    assert structure_changes(grid, grid_to_publish(document)) == ["skills"]


def test_a_copy_is_another_grid_that_continues_nothing() -> None:
    made = grid_to_publish(draft_from(SHIPPED[-1], "copy"))
    assert (made.id, made.version, made.correspondence) == ("territoires-engagement-copie", "1", None)


def test_what_is_wrong_in_a_scale_is_said_where_its_first_number_is_typed() -> None:
    document = blank_document()
    document["about"]["lowest"] = "5000"
    assert "démesuré" in said(document)["about", 0, "lowest"]
    document["levels"] = document["levels"][:1]
    document["about"]["lowest"] = "0"
    errors = said(document)
    assert "au moins deux niveaux" in errors["about", 0, "lowest"]
    assert "aucun collège" in errors["college", 0, ""]
