"""Each document of a campaign, against its profile computed from the stored answers in the same run; each under 3 s.

    python -m benchmarks.documents

On the demonstration's fullest campaign (four campaigns, five colleges). Best of three.
"""

import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from time import perf_counter

from commands.demo.command import load
from restitution.campaign_facts import ComparedCampaign
from restitution.documents.catalogue import catalogue
from restitution.documents.report import Report
from storage.campaigns.campaigns import campaign_by_slug, campaigns_of
from storage.core.database import migrate, open_database
from storage.core.engine import Database
from storage.responses.computed.profiles import campaign_profile, computed_profile, rules_of

SLUG, LIMIT = "villeroche-2026", 3.0


def best_of_three(work: Callable[[], object]) -> float:
    """Return the time of the work in seconds: the best of three."""

    def once() -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    return min(once() for _ in range(3))


def report_of(db: Database) -> Report:
    """Return the report of the campaign with all earlier ones."""
    campaign = campaign_by_slug(db, SLUG)
    assert campaign is not None
    campaigns = [one for one in campaigns_of(db, campaign.territory) if one.status == "closed"]
    return Report(
        campaign.territory.name,
        campaign.name,
        tuple(ComparedCampaign(str(one.year), one.year, campaign_profile(db, one)) for one in campaigns),
        {college.code: college.label for college in campaign.colleges},
        "collecte close",
        made=date(2026, 6, 1),
        warning="Territoire fictif",
    )


def main() -> None:
    """Print a line per document; exit with 1 when one takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grille.db"
        migrate(path)
        with closing(open_database(path)) as db:
            load(db)
            campaign = campaign_by_slug(db, SLUG)
            assert campaign is not None
            profile = best_of_three(lambda: computed_profile(db, campaign, rules_of(campaign)))
            print(f"profile from the answers: {profile:.3f} s")
            report = report_of(db)
            for document in catalogue():
                seconds = best_of_three(lambda made=document.make: made(report))  # type: ignore[misc]
                print(f"{document.suffix:5} {seconds:.3f} s, {seconds / profile:.1f} × the profile")
                assert seconds < LIMIT


if __name__ == "__main__":
    main()
