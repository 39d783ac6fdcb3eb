"""Easy words and translations in the library: they only grow, nobody overwrites, an earlier day reads as it was."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from grille.additions.files import Change
from grille.additions.languages import easy_tag
from grille.additions.places import digest
from grille.grid import Grid
from storage.core.engine import Database
from storage.core.timestamps import now
from storage.grids.additions import (
    addition_of,
    addition_revision,
    carry,
    languages_of,
    offer,
    texts,
    with_easy_words,
    withdraw,
    write_texts,
)
from storage.grids.library import LibraryError, add_grid, find_grid
from tests.grille.additions.test_additions import BARE

EASY = easy_tag("fr")


@pytest.fixture
def grid(database: Database) -> Grid:
    """A grid of the library that was written without easy words."""
    return add_grid(database, BARE.model_copy(update={"id": "nue", "correspondence": None})).grid


def change(grid: Grid, place: str, text: str, reviewer: str | None = None) -> Change:
    source = {"title": grid.title, "skills/COO-1/falc": grid.skill("COO-1").wording["elus"]}[place]
    return Change(place, text, digest(source), reviewer)


def test_texts_are_read_once_they_are_offered_until_they_are_withdrawn(database: Database, grid: Grid) -> None:
    before = find_grid(database, grid.id, grid.version)
    assert write_texts(database, grid, EASY, [change(grid, "skills/COO-1/falc", "Facile ?")], None) == 1
    assert with_easy_words(database, grid) is grid
    assert offer(database, grid, EASY, None)
    assert not offer(database, grid, EASY, None)
    assert with_easy_words(database, grid).skill("COO-1").falc == "Facile ?"
    assert withdraw(database, grid, EASY, None)
    assert not withdraw(database, grid, EASY, None)
    assert with_easy_words(database, grid) is grid
    assert addition_of(database, grid, EASY).entries["skills/COO-1/falc"].text == "Facile ?"
    assert find_grid(database, grid.id, grid.version) == before


def test_nothing_written_is_nothing_to_offer(database: Database, grid: Grid) -> None:
    with pytest.raises(LibraryError):
        offer(database, grid, "en", None)
    assert addition_revision(database, grid, "en") == ""
    assert languages_of(database, grid) == []


def test_a_translation_says_its_language_and_leaves_codes_alone(database: Database, grid: Grid) -> None:
    write_texts(database, grid, "ar", [change(grid, "title", "شبكة")], None)
    offer(database, grid, "ar", None)
    told = texts(database, grid, "ar")
    assert (told.title, told.language) == ("شبكة", "ar")
    assert [one.code for one in told.skills] == [one.code for one in grid.skills]
    assert languages_of(database, grid) == ["ar"]


def test_a_campaign_whose_words_were_amended_reads_those(database: Database, grid: Grid) -> None:
    write_texts(database, grid, "en", [change(grid, "title", "Grid")], None)
    offer(database, grid, "en", None)
    amended = grid.model_copy(update={"title": "Titre corrigé"})
    assert texts(database, amended, "en").title == "Titre corrigé"


def test_what_is_there_already_is_not_written_again(database: Database, grid: Grid) -> None:
    said = change(grid, "title", "Grid", "Ana")
    assert write_texts(database, grid, "en", [said], None) == 2
    revision = addition_revision(database, grid, "en")
    assert write_texts(database, grid, "en", [said, change(grid, "title", "Grid")], None) == 0
    assert addition_revision(database, grid, "en") == revision
    entry = addition_of(database, grid, "en").entries["title"]
    assert (entry.reviewer, entry.reviewed_at is not None) == ("Ana", True)
    write_texts(database, grid, "en", [change(grid, "title", "The grid")], None)
    assert addition_of(database, grid, "en").entries["title"].reviewed_at is None
    write_texts(
        database, grid, "en", [change(grid, "title", "The grid", "Bo"), change(grid, "title", "The grid", "")], None
    )
    write_texts(database, grid, "en", [change(grid, "title", "")], None)
    assert addition_of(database, grid, "en").entries == {}


def test_a_file_never_overwrites_what_came_after_it(database: Database, grid: Grid) -> None:
    write_texts(database, grid, "en", [change(grid, "title", "One")], None)
    revision = addition_revision(database, grid, "en")
    write_texts(database, grid, "en", [change(grid, "title", "Two")], None)
    late = [change(grid, "title", "Three"), change(grid, "skills/COO-1/falc", "More")]
    with pytest.raises(LibraryError) as refusal:
        write_texts(database, grid, "en", late, None, since=revision)
    assert "« title » a changé" in refusal.value.problems[0].replace("\u00a0", " ")
    assert addition_of(database, grid, "en").entries["title"].text == "Two"
    assert len(addition_of(database, grid, "en").entries) == 1
    with pytest.raises(LibraryError):
        write_texts(database, grid, "en", late, None, since="1.of-elsewhere")
    assert write_texts(database, grid, "en", late, None, since=addition_revision(database, grid, "en")) == 2


def test_an_earlier_moment_reads_as_it_was(database: Database, grid: Grid) -> None:
    write_texts(database, grid, EASY, [change(grid, "skills/COO-1/falc", "Facile ?")], None)
    offer(database, grid, EASY, None)
    yesterday = now() - timedelta(days=1)
    assert with_easy_words(database, grid, yesterday) is grid
    assert addition_revision(database, grid, EASY, yesterday) == ""
    later = datetime(2099, 1, 1, tzinfo=UTC)
    assert with_easy_words(database, grid, later).skill("COO-1").falc == "Facile ?"


def test_another_version_takes_texts_over(database: Database, grid: Grid) -> None:
    after = add_grid(database, grid.model_copy(update={"version": "2027.1", "title": "Autre"})).grid
    write_texts(database, grid, "en", [change(grid, "title", "Grid", "Ana")], None)
    assert carry(database, grid, after, "en", None) == 1
    assert carry(database, grid, after, "en", None) == 0
    entry = addition_of(database, after, "en").entries["title"]
    assert (entry.text, entry.source, entry.reviewer) == ("Grid", digest(grid.title), "Ana")


@pytest.mark.parametrize("sql", ["UPDATE grid_additions SET text = 'x'", "DELETE FROM grid_additions"])
def test_the_table_only_grows(sql: str, database: Database, grid: Grid) -> None:
    write_texts(database, grid, "en", [change(grid, "title", "Grid")], None)
    with pytest.raises(sqlite3.IntegrityError):
        database.conn.execute(sql)
