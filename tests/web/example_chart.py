"""The figures of the home page's chart, from the demonstration. ``python -m tests.web.example_chart`` writes them."""

import json
import tempfile
from contextlib import closing
from pathlib import Path

from restitution.findings.change.changes import changes
from restitution.findings.change.readings import readings
from restitution.text.sentences import headline
from scoring import Profile
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import open_database
from storage.core.engine import Database
from storage.responses.computed.profiles import campaign_profile
from web.public.pages import FILE

CAMPAIGNS = ("villeroche-2026", "villeroche-2025", "villeroche-2023")


def figures(db: Database) -> str:
    """The published scores of those campaigns, as the file's text."""
    campaigns = [campaign for slug in CAMPAIGNS if (campaign := campaign_by_slug(db, slug))]
    newest = campaigns[0]
    profiles = [campaign_profile(db, campaign) for campaign in campaigns]
    years = [str(campaign.year) for campaign in campaigns]
    kept = {
        "territory": newest.territory.name,
        "campaign": newest.slug,
        "headline": _headline(profiles, years),
        "waves": {year: _scores(profile) for year, profile in zip(years, profiles, strict=True)},
    }
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def _headline(profiles: list[Profile], years: list[str]) -> str:
    """The sentence on top of that campaign's own results."""
    newest, previous, *_ = profiles
    return headline(readings(newest, changes(previous, newest)), newest.grid.levels, years[1])


def _scores(profile: Profile) -> dict[str, float]:
    territory = profile.territory
    return {family: round(score, 4) for family, score in zip(territory["family"], territory["score"], strict=True)}


def main() -> None:
    """Make the demonstration in a folder of its own, and keep its figures."""
    from tests.conftest import make_demo, settings_for

    with tempfile.TemporaryDirectory() as folder:
        make_demo(Path(folder))
        with closing(open_database(settings_for(Path(folder)).database)) as db:
            FILE.write_text(figures(db), "utf-8")


if __name__ == "__main__":
    main()
