"""Following a collection without counting fewer than k people: days only from k on, invitations only from k on."""

import html
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.campaigns.participation import points
from storage.campaigns.share_links import invite
from storage.core.engine import Database
from tests.web.campaigns.conftest import Answered
from tests.web.markup import problems_in

K = 5


@given(st.dictionaries(st.integers(0, 60), st.integers(1, 12), max_size=20), st.integers(0, 70))
def test_a_day_is_shown_apart_only_by_k_people_and_a_week_by_its_end(days: dict[int, int], today: int) -> None:
    start = date(2026, 11, 2)
    shown = list(points({start + timedelta(n): count for n, count in days.items()}, K, start + timedelta(today)))
    before = 0
    for day, total in shown:
        assert day < start + timedelta(today)
        assert total == sum(count for n, count in days.items() if start + timedelta(n) <= day)
        assert total - before >= K or day.weekday() == 6
        before = total
    assert [day for day, _total in shown] == sorted({day for day, _total in shown})


def test_the_page_of_an_open_campaign_shows_it_and_that_of_a_closed_one_does_not(
    pilot: FlaskClient, running: Campaign, answered: Answered, database: Database
) -> None:
    answered(running, elus=6, agents=1)
    with database.conn:
        database.conn.execute("UPDATE responses SET submitted_on = '2026-11-03'")
    page = html.unescape(pilot.get(f"/campagnes/{running.slug}").text)
    assert problems_in(page) == []
    assert "3 nov.\xa0: 6" in page
    assert "8 nov.\xa0: 1" in page
    close_campaign(database, running)
    assert "Au fil des jours" not in pilot.get(f"/campagnes/{running.slug}").text


@pytest.mark.parametrize(
    ("used", "said"), [(0, "moins de 5 ont servi"), (4, "moins de 5"), (5, "6 données, 5 ont servi")]
)
def test_how_many_invitations_have_served_is_said_from_k_on(
    pilot: FlaskClient, running: Campaign, database: Database, used: int, said: str
) -> None:
    invite(database, running, "elus", 6)
    with database.conn:
        database.conn.execute("UPDATE links SET used = 1 WHERE id IN (SELECT id FROM links LIMIT ?)", (used,))
    page = pilot.get(f"/campagnes/{running.slug}/invitations").text
    assert said in page
    assert problems_in(page) == []
