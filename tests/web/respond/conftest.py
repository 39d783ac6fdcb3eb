"""An open campaign, its link, and a respondent whose every page is checked."""

from datetime import date

import pytest
from flask import Flask

import grille
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import open_campaign
from storage.campaigns.share_links import create_link
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from tests.web.respond.respondent import Respondent

TOKEN = "le-lien-du-marche"


@pytest.fixture
def opened(database: Database) -> Campaign:
    """An open campaign in short form, to be closed one day, with a public link."""
    territory = create_territory(database, "Pré-en-Brume", "commune")
    opened = open_campaign(
        database, territory, grille.current(), name="Bilan 2026", year=2026, closes_on=date(2099, 3, 31)
    )
    create_link(database, opened, token=TOKEN)
    return opened


@pytest.fixture
def newcomer(app: Flask, opened: Campaign) -> Respondent:
    """Someone who holds the link and nothing else."""
    return Respondent(app, TOKEN)


@pytest.fixture
def respondent(newcomer: Respondent) -> Respondent:
    """Someone who stands before the first page, as an inhabitant."""
    newcomer.begin("habitants")
    return newcomer
