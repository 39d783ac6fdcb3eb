"""The weekly digest: for who asked for it and may read the page, once a week, without any number of answers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from commands.serving.job_maker import make_waiting
from storage.accounts.accounts import create_account, grant, revoke
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.operations.jobs import ask, find_job
from storage.programme.digests import ask_digest, digest_demand
from storage.review.parcours import ActionPlan, add_action
from tests.web.conftest import Open
from tests.web.forms import post_form
from tests.web.mailbox import Mailbox
from web.programme.attention import Attention, TerritoryInNeed
from web.programme.digest import MOST_TERRITORIES, letter
from web.programme.reasons import Reason

HERE = "/programme"
MONDAY = datetime(2026, 12, 7, 6, 0, tzinfo=UTC)


@pytest.fixture
def late(database: Database) -> None:
    """A territory with an action that is late."""
    place = create_territory(database, "Ici", "commune")
    add_action(database, place, ActionPlan("projet", "Agir", ("COO-1",), ends_on=date(2026, 1, 1)))


def test_it_is_asked_for_on_the_page_sent_once_a_week_and_stopped(
    app: Flask, programme: FlaskClient, database: Database, mailbox: Mailbox, late: None
) -> None:
    assert "La recevoir chaque semaine" in programme.get(HERE).text
    assert post_form(programme, "/programme/lettre", seen_at=HERE, wanted="1").status_code == 303
    assert "Vous recevez cette liste" in programme.get(HERE).text
    for _twice in range(2):
        ask(database, digest_demand(MONDAY))
        make_waiting(app, "test:1")
    [sent] = mailbox.messages
    assert sent["To"] == "programme@partout.example"
    assert sent["Subject"] == "1 territoire attend un coup de main"
    text = sent.get_content().replace("\r\n", "\n")  # type: ignore[attr-defined]
    assert "Ici\n– 1 action a dépassé sa date" in text
    assert "/programme" in text
    ask(database, digest_demand(MONDAY + timedelta(weeks=1)))
    make_waiting(app, "test:1")
    assert len(mailbox.messages) == 2
    post_form(programme, "/programme/lettre", seen_at=HERE, wanted="0")
    ask(database, digest_demand(MONDAY + timedelta(weeks=2)))
    make_waiting(app, "test:1")
    assert len(mailbox.messages) == 2


def test_who_may_no_longer_read_the_page_receives_nothing(
    app: Flask, programme: FlaskClient, database: Database, mailbox: Mailbox, late: None
) -> None:
    other = create_account(database, "autre@partout.example", "Autre", "hash")
    grant(database, other, "programme", None)
    ask_digest(database, other)
    revoke(database, other, "programme", None)
    ask(database, digest_demand(MONDAY))
    make_waiting(app, "test:1")
    assert mailbox.messages == []


def test_a_mail_server_that_stops_answering_loses_nobody(
    app: Flask, programme: FlaskClient, database: Database, mailbox: Mailbox, late: None
) -> None:
    for name in ("avant", "inconnu", "panne", "ensuite"):
        one = create_account(database, f"{name}@partout.example", name, "hash")
        grant(database, one, "programme", None)
        ask_digest(database, one)
    ask(database, digest_demand(MONDAY))
    make_waiting(app, "test:1")
    assert [one["To"] for one in mailbox.messages] == ["avant@partout.example"]
    job = find_job(database, "digest", digest_demand(MONDAY).key)
    assert job
    assert job.state == "failed"
    sql = "SELECT name FROM accounts JOIN digests ON account_id = id WHERE sent_week = '' ORDER BY id"
    assert [name for (name,) in database.conn.execute(sql)] == ["inconnu", "panne", "ensuite"]


def test_no_number_of_answers_leaves_by_mail(app: Flask, database: Database) -> None:
    reader = create_account(database, "ada@partout.example", "Ada")
    reason = Reason("few answers", "a", date(2026, 12, 9), 3, 40, ("Habitants",))
    many = [TerritoryInNeed(n, f"lieu-{n}", f"Lieu {n}", False, (reason,)).written for n in range(27)]
    attention = Attention(date(2026, 12, 7), {"answers": (27, 27)}, many, 0)
    with app.test_request_context():
        subject, text = letter(reader, attention)
    assert subject == "27 territoires attendent un coup de main"
    assert text.count("Ferme dans 2 jours. Habitants") == MOST_TERRITORIES
    assert "trop peu de réponses pour l’instant" in text
    assert "Et 2 autres" in text
    assert "40" not in text


def test_without_a_mail_server_the_page_offers_none(programme: FlaskClient, campaign: Open) -> None:
    campaign("open")
    assert "/programme/lettre" not in programme.get(HERE).text
