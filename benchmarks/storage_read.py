"""Time from the database to the profile, against the plain reading and parsing of documents: at most 1.5 times.

    python -m benchmarks.storage_read [RESPONDENTS]

Both start from a closed campaign of 200,000 respondents × 28 skills × 5 colleges. The bare read holds every parsed
document, as whoever reads them all would; its stream, which holds none, is printed too. Best of three.
"""

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter

import orjson

import grille
from questionnaires import Answer
from scoring import edition_1 as scoring
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.territories import create_territory
from storage.core.database import migrate, open_database
from storage.core.engine import Database
from storage.responses.computed.answer_frames import answers_frame
from storage.responses.recorded_responses import Recorded, record_responses

ANSWERS = [*[Answer(level) for level in range(5)] * 4, Answer("NSP"), Answer("SO"), None]
DOCUMENTS = "SELECT college, mode, document FROM responses WHERE campaign_id = ?"


def made_up(respondents: int, campaign: Campaign) -> Iterator[Recorded]:
    """Yield respondents with made-up answers, always the same."""
    draw = random.Random(1).choice
    colleges = [college.code for college in campaign.colleges]
    skills = [skill.code for skill in campaign.grid.skills]
    for _ in range(respondents):
        yield Recorded(draw(colleges), {code: answer for code in skills if (answer := draw(ANSWERS))}, "individuel")


def fill(db: Database, respondents: int) -> Campaign:
    """Create a closed campaign with that many respondents."""
    territory = create_territory(db, "Territoire de mesure", "autre", fictional=True)
    campaign = open_campaign(db, territory, grille.current(), name="Mesure", year=2026, form="full")
    record_responses(db, campaign, made_up(respondents, campaign))
    return close_campaign(db, campaign)


def seconds(work: Callable[[], object]) -> float:
    """Return the time of the work in seconds: the best of three."""

    def once() -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    return min(once() for _ in range(3))


def main(respondents: int) -> None:
    """Print the times and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grille.sqlite"
        migrate(path)
        with closing(open_database(path)) as db:
            measure(db, fill(db, respondents), respondents)


def measure(db: Database, campaign: Campaign, respondents: int) -> None:
    """Print the three times on one campaign."""

    def stream() -> int:
        rows = db.conn.execute(DOCUMENTS, (campaign.id,))
        return sum(len(orjson.loads(document)) for _college, _mode, document in rows)

    def bare() -> list[object]:
        rows = db.conn.execute(DOCUMENTS, (campaign.id,))
        return [(college, mode, orjson.loads(document)) for college, mode, document in rows]

    def profile() -> scoring.Profile:
        return scoring.profile(answers_frame(db, campaign), campaign.grid)

    streamed, read, scored = seconds(stream), seconds(bare), seconds(profile)
    print(f"{respondents} respondents × {len(campaign.grid.skills)} skills")
    print(f"bare read and parse   {read:6.2f} s   (streamed, nothing held: {streamed:.2f} s)")
    print(f"database to profile   {scored:6.2f} s")
    print(f"ratio                 {scored / read:6.2f}     (at most 1.50; to the stream: {scored / streamed:.2f})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
