"""Damage that leaves the file's structure valid is found through hashes, formats and grids."""

import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.core.database import open_database
from storage.core.database_errors import DatabaseNotReady
from storage.core.engine import Database
from storage.operations.content_check import check_all, content_problems
from storage.responses.recorded_responses import Recorded, record_responses


@pytest.fixture
def answered(db: Database, campaign: Campaign) -> Campaign:
    record_responses(db, campaign, [Recorded("eleves", {"A-1": Answer(2, comment="Oui"), "B-1": Answer.dont_know()})])
    return close_campaign(db, campaign)


def test_a_sound_database_is_said_to_be(db: Database, answered: Campaign) -> None:
    assert content_problems(db) == []


def test_the_demonstration_is_sound(demo_database: Path) -> None:
    assert check_all(demo_database) == []


DAMAGE = {
    "a level that is none": ("UPDATE responses SET document = replace(document, ':2', ':9')", "réponse n°"),
    "a skill that is none": ("UPDATE responses SET document = replace(document, 'B-1', 'B-7')", "réponse n°"),
    "an answer too many": ("UPDATE responses SET answered = 3", "réponse n°"),
    "no JSON": ("UPDATE responses SET document = '{\"answers\":'", "texte abîmé : responses, document"),
    "no UTF-8": ("UPDATE territories SET name = CAST(x'c328' AS TEXT)", "texte abîmé : territories, name"),
    "a day that is none": ("UPDATE campaigns SET closes_on = '2026-13-01'", "texte abîmé : campaigns, closes_on"),
    "a hash that is none": ("UPDATE responses SET key_sha256 = 'zz'", "texte abîmé : responses, key_sha256"),
    "a grid of the library": (
        "UPDATE library SET document = replace(document, 'Pas encore', 'Pas du tout')",
        "grille n° 1 de la bibliothèque",
    ),
    "another grid": ("UPDATE grids SET document = replace(document, 'Bavarder', 'Bavardez')", "grille figée n° 1"),
    "a table that changed": ("ALTER TABLE decisions RENAME COLUMN text TO texte", "structure abîmée : decisions"),
    "a trigger that left": ("DROP TRIGGER comments_are_marked", "structure abîmée : comments_are_marked"),
}


@pytest.mark.parametrize(("damage", "said"), DAMAGE.values(), ids=DAMAGE)
def test_each_kind_of_damage_is_said(damage: str, said: str, db: Database, answered: Campaign) -> None:
    db.execute(damage)
    assert any(said in problem for problem in content_problems(db)), content_problems(db)


@pytest.mark.parametrize("seed", range(12))
def test_random_bytes_are_noticed(seed: int, demo_folder: Path, tmp_path: Path) -> None:
    """Eight bytes flipped anywhere but in unused space; ``database check`` missed eleven of twelve."""
    path = Path(shutil.copytree(demo_folder, tmp_path / "demo")) / "grille.db"
    with closing(open_database(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content, draw = bytearray(path.read_bytes()), random.Random(seed)
    for place in draw.sample([place for place, byte in enumerate(content) if byte], 8):
        content[place] ^= draw.randrange(1, 256)
    path.write_bytes(content)
    try:
        found = check_all(path)
    except DatabaseNotReady:
        return
    assert found
