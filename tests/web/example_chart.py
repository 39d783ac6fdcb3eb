"""The figures of the home page's chart, from the demonstration. ``python -m tests.web.example_chart`` writes them."""

import json
import tempfile
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from restitution.findings.change.changes import changes
from restitution.findings.change.readings import readings
from restitution.text.numbers import Figure
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
        "grid": newest.grid.id,
        "readings": _readings(profiles),
        "waves": {year: _scores(profile) for year, profile in zip(years, profiles, strict=True)},
    }
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def _readings(profiles: list[Profile]) -> list[dict[str, Any]]:
    """What the sentence on top of that campaign's own results is made of."""
    newest, previous, *_ = profiles
    found = [asdict(one) for one in readings(newest, changes(previous, newest))]
    codes = {family.title: family.code for family in newest.grid.families}
    figures = [one | {name: _rounded(one[name]) for name in ("score", "before")} for one in found]
    return [{"family": codes[one.pop("title")], **one} for one in figures]


def _rounded(score: Figure | None) -> float | None:
    return None if score is None else round(float(score), 4)


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
