"""The addresses of what is published of a campaign, for the tests that read them all."""

from pathlib import Path

from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.operations.published_copies import copies_of

FILES = ("/fichiers/profile.json", "/fichiers/radar.svg", "/documents/json")
PAGES = ("", "/habitants", "/questions-locales", "/comparer", *FILES)
SESSION = ("", "/presentateur", "/fichier")


def addresses(campaign: Campaign) -> list[str]:
    """Every address of what is published of a campaign."""
    pages = [f"/restitution/{campaign.slug}{page}" for page in PAGES]
    return pages + [f"/seance/{campaign.slug}{page}" for page in SESSION]


def files(database: Database) -> list[Path]:
    """The copies that are kept."""
    return sorted(copies_of(database).folder.glob("[0-9]*/*/*"))
