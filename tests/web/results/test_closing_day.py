"""A collection closed early is shown with its actual closing day everywhere."""

from datetime import UTC, date, datetime

from flask.testing import FlaskClient

import grille
from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign, publish_campaign
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.responses.recorded_responses import Recorded, record_responses

PAGES = ("", "/habitants", "/comparer", "/documents/json")


def closed_early(database: Database, at: datetime) -> Campaign:
    place = create_territory(database, "Ici", "commune")
    end = date(2026, 12, 20)
    one = open_campaign(database, place, grille.current(), name="Bilan", year=2026, closes_on=end)
    people = [Recorded(code, {"COO-1": Answer(2)}) for code in ("elus", "agents", "habitants") for _ in range(6)]
    record_responses(database, one, people)
    return publish_campaign(database, close_campaign(database, one, at=at))


def test_the_day_of_the_closing_is_said_not_the_one_announced(client: FlaskClient, database: Database) -> None:
    # 23:30 in UTC is the next day in Paris.
    one = closed_early(database, datetime(2026, 11, 28, 23, 30, tzinfo=UTC))
    assert one.closed_on == date(2026, 11, 29)
    for page in PAGES:
        text = client.get(f"/restitution/{one.slug}{page}").text
        assert "20 décembre" not in text, page
        assert "close le 29 novembre 2026" in text, page
