"""Drafts from tables: columns guessed, rows read without losing a word, what spreadsheets ate."""

import pytest

from grille.drafts.document import skills_in
from grille.drafts.from_table import document_from_table, eaten_codes, guessed_roles, has_header, role_problems
from grille.drafts.reading import draft_grid
from tests.word_tables import twenty_skills


def test_a_table_of_twenty_skills_makes_their_grid() -> None:
    rows = twenty_skills()
    roles = guessed_roles(rows[0])
    assert has_header(rows)
    assert roles == ["family", "title", "definition", *["level"] * 4, "wording", "wording"]
    assert role_problems(roles) == []
    grid = draft_grid(document_from_table(rows, roles, header=True))
    assert [(family.title, len(family.skills)) for family in grid.families] == [(f"Axe {n}", 5) for n in range(1, 5)]
    assert [level.label for level in grid.levels] == ["Rien", "Essais", "Habitude", "Partage"]
    assert [(one.code, one.label) for one in grid.colleges] == [("elus", "Élus"), ("habitants", "Habitants")]
    skill = grid.skills[5]
    assert (skill.code, skill.title, skill.levels[3]) == ("F2-1", "Savoir-faire 6", "On voit le niveau 3 du 6.")
    assert skill.wording["habitants"] == "Voyez-vous faire 6\u202f?"


def test_rows_without_a_title_a_family_or_anything() -> None:
    rows = [["", "", "Sans titre"], ["A", "Un", ""], ["", "", ""], ["B", "", ""], ["a", "Deux"], ["", "Trois", "c"]]
    document = document_from_table(rows, ["family", "title", "definition"], header=False)
    families = [(one["title"], [skill["title"] for skill in one["skills"]]) for one in document["families"]]
    assert families == [("", [""]), ("A", ["Un", "Deux", "Trois"]), ("B", [])]
    assert skills_in(document)[0]["definition"] == "Sans titre"


def test_numbers_of_levels_begin_where_their_titles_say() -> None:
    header = ["Critère", "Niveau −1 : recul", "0", "1 – mieux"]
    document = document_from_table([header, ["Un", "a", "b", "c"]], guessed_roles(header), header=True)
    assert document["about"]["lowest"] == "-1"
    assert [one["label"] for one in document["levels"]] == ["recul", "Niveau 1", "mieux"]
    unnumbered = document_from_table([["T", "Bas", "Haut"], ["Un", "a", "b"]], ["title", "level", "level"], header=True)
    assert unnumbered["about"]["lowest"] == "0"
    assert [one["label"] for one in unnumbered["levels"]] == ["Bas", "Haut"]


@pytest.mark.parametrize(
    ("title", "college"),
    [
        ("Question aux élus", "Élus"),
        ("Question à l’équipe", "Équipe"),
        ("Formulation pour les agents de terrain", "Agents de terrain"),
        ("Questions : habitants", "Habitants"),
        ("Question", "Collège 1"),
    ],
)
def test_a_college_has_the_name_that_its_column_says(title: str, college: str) -> None:
    document = document_from_table([["Titre", title], ["Un", "?"]], ["title", "wording"], header=True)
    assert document["colleges"][0]["label"] == college


def test_other_columns_are_read_for_what_they_are() -> None:
    header = ["Code famille", "Famille", "N°", "Titre", "Preuves", "Poids", "Court", "Facile à lire", "Divers"]
    row = ["GOUV", "Gouvernance", "1.10", "Décider", "Un acte\nUn vote", "2", "Oui", "On décide.", "perdu"]
    document = document_from_table([header, row], guessed_roles(header), header=True)
    skill = skills_in(document)[0]
    assert document["families"][0]["code"] == "GOUV"
    assert (skill["code"], skill["facts"], skill["weight"], skill["core"]) == ("1.10", "Un acte\nUn vote", "2", True)
    assert skill["falc"] == "On décide."


def test_codes_that_a_spreadsheet_ate_are_found() -> None:
    rows = [["1.1", "a"], ["1.2", "b"], ["1.1", "c"], ["X", "d"], ["X", "e"]]
    assert eaten_codes(document_from_table(rows, ["code", "title"], header=False)) == ["1.1"]


def test_roles_that_contradict_each_other_are_said_at_once() -> None:
    assert len(role_problems(["family", "family", "level"])) == 3
