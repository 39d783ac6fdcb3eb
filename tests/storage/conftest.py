"""A small framework of our own (two families, three levels from 1, two colleges), and a real database."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from grille.grid import College, Family, Grid, Level, Skill
from storage.campaigns.campaigns import Campaign, CampaignCollege
from storage.campaigns.lifecycle import open_campaign
from storage.campaigns.territories import create_territory
from storage.core.database import migrate, open_database
from storage.core.engine import Database


def small_grid(version: str = "1") -> Grid:
    levels = tuple(Level(value=value, label=label) for value, label in enumerate(("Rien", "Un peu", "Beaucoup"), 1))
    described = {level.value: level.label for level in levels}

    def skill(code: str) -> Skill:
        return Skill(code=code, title=code, definition=code, core=True, levels=described)

    return Grid(
        id="essai",
        version=version,
        title="Une petite grille",
        status="proposition",
        levels=levels,
        families=(
            Family(code="A", title="Accueillir", skills=(skill("A-1"), skill("A-2"))),
            Family(code="B", title="Bavarder", skills=(skill("B-1"),)),
        ),
        colleges=(College(code="eleves", label="Élèves"), College(code="profs", label="Professeurs")),
    )


def open_small_campaign(db: Database) -> Campaign:
    school = create_territory(db, "École du Bourg", "autre", fictional=True)
    colleges = [CampaignCollege("eleves", "Élèves"), CampaignCollege("profs", "Professeurs", size=12, target=8)]
    return open_campaign(db, school, small_grid(), name="Rentrée", year=2026, colleges=colleges)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "grille.sqlite"
    migrate(path)
    return path


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    with closing(open_database(path)) as database:
        yield database


@pytest.fixture
def campaign(db: Database) -> Campaign:
    return open_small_campaign(db)
