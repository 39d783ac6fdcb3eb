"""The audit log: append-only, written with each change, and able to show tampering."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from accounts.audit_events import EVENTS_OF, LABELS, TOPICS, AuditEvent, Topic, describe_event
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.campaigns.lifecycle import close_campaign
from storage.core import timestamps as moments
from storage.core.engine import Database
from storage.operations import audit_log as audit
from storage.operations.audit_log import About, Wanted, entries, last_seal, lines, problems, record, recorded


@pytest.fixture
def five(db: Database) -> list[str]:
    """Five lines; gives their seals."""
    for number in range(1, 6):
        record(db, AuditEvent.CAMPAIGN_REVISED, number, About(1, number), number=number)
    return [line["sha256"] for line in lines(db)]


def test_every_event_has_its_words_and_its_topic() -> None:
    assert set(LABELS) == set(AuditEvent)
    assert set(TOPICS) == set(EVENTS_OF) == set(Topic)
    assert sum(map(len, EVENTS_OF.values())) == len(AuditEvent)
    assert all("@" not in describe_event(event) for event in AuditEvent)


def test_a_whole_log_has_no_problem(db: Database, five: list[str]) -> None:
    assert list(problems(db)) == []
    assert list(problems(db, known=five[2])) == []
    assert last_seal(db) == (5, five[-1])


def test_an_empty_log_is_whole(db: Database) -> None:
    assert list(problems(db)) == []
    assert last_seal(db) == (0, "")
    assert list(problems(db, known="0" * 64)) == ["Le sceau noté n’est plus dans le journal : il a été réécrit."]


AGAIN = "at, by_id, deed, territory_id, campaign_id, account_id, detail, previous, sha256 FROM audit WHERE id = 5"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET by_id = 9",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 5",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE id = 3",
        f"INSERT INTO audit SELECT id + 9, {AGAIN}",
        f"INSERT INTO audit SELECT 6, {AGAIN}",
    ],
)
def test_the_database_refuses_whatever_is_not_a_line_at_the_end(db: Database, five: list[str], statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        db.conn.execute(statement)
    assert [line["sha256"] for line in lines(db)] == five


@contextmanager
def by_hand(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, for someone who first took away what protects the log."""
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'"
    with closing(sqlite3.connect(path)) as hand:
        for (name,) in hand.execute(triggers).fetchall():
            hand.execute(f"DROP TRIGGER {name}")
        yield hand
        hand.commit()


BY_HAND = {
    "UPDATE audit SET by_id = 9 WHERE id = 3": ["La ligne 3 a été modifiée."],
    "UPDATE audit SET detail = '{}' WHERE id = 5": ["La ligne 5 a été modifiée."],
    "UPDATE audit SET sha256 = 'x' WHERE id = 2": [
        "La ligne 2 a été modifiée.",
        "La ligne 3 ne suit pas celle d’avant.",
    ],
    "DELETE FROM audit WHERE id = 3": ["Il manque la ligne 3."],
    "DELETE FROM audit WHERE id IN (1, 2)": ["Il manque les lignes 1 à 2."],
    "DELETE FROM audit WHERE id >= 4": ["Il manque les lignes 4 à 5, à la fin."],
    "DELETE FROM audit": ["Il manque les lignes 1 à 5, à la fin."],
}


@pytest.mark.parametrize(("statement", "said"), BY_HAND.items())
def test_what_is_done_by_hand_is_seen(
    path: Path, db: Database, five: list[str], statement: str, said: list[str]
) -> None:
    with by_hand(path) as hand:
        hand.execute(statement)
    assert list(problems(db)) == said


def test_a_log_rewritten_whole_no_longer_holds_a_seal_noted_before(path: Path, db: Database, five: list[str]) -> None:
    previous = ""
    kept = db.conn.execute("SELECT * FROM audit ORDER BY id").fetchall()
    with by_hand(path) as hand:
        for row in kept:
            seal = audit.seal((*row[:2], 9, *row[3:8], previous))
            changes = (9, previous, seal, row[0])
            hand.execute("UPDATE audit SET by_id = ?, previous = ?, sha256 = ? WHERE id = ?", changes)
            previous = seal
    assert list(problems(db)) == []
    assert list(problems(db, known=five[-1])) == ["Le sceau noté n’est plus dans le journal : il a été réécrit."]


def test_a_change_and_its_line_are_written_together(db: Database, campaign: Campaign) -> None:
    with recorded(db, AuditEvent.CAMPAIGN_CLOSED, 1, audit.about(campaign)):
        close_campaign(db, campaign)
    assert [(one.event, one.by, one.about) for one in entries(db, Wanted())] == [
        ("campaign closed", 1, About(campaign.territory.id, campaign.id))
    ]


def test_neither_is_written_when_one_cannot_be(
    db: Database, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    def close_and_fail() -> None:
        with recorded(db, AuditEvent.CAMPAIGN_CLOSED, 1, audit.about(campaign)):
            close_campaign(db, campaign)

    monkeypatch.setattr(audit, "seal", lambda _values: None)  # the table refuses a line without a seal
    with pytest.raises(sqlite3.IntegrityError):
        close_and_fail()
    again = campaign_by_slug(db, campaign.slug)
    assert again is not None
    assert again.status == "open"
    assert last_seal(db) == (0, "")


def test_what_changes_nothing_leaves_no_line(db: Database, campaign: Campaign) -> None:
    for _ in range(2):
        with recorded(db, AuditEvent.CAMPAIGN_CLOSED, 1, audit.about(campaign)):
            close_campaign(db, campaign)
    assert last_seal(db)[0] == 1


@pytest.mark.parametrize("text", ["ada@exemple.fr", "une phrase", "x" * 200, "a\nb"])
def test_texts_and_addresses_are_refused(db: Database, text: str) -> None:
    with pytest.raises(ValueError, match="codes and numbers"):
        record(db, AuditEvent.NOTE_WRITTEN, 1, code=text)
    assert last_seal(db) == (0, "")


def test_lines_are_looked_through_by_event_person_place_and_day(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def at(moment: datetime, *values: Any, **detail: Any) -> None:
        for module in (audit, moments):
            monkeypatch.setattr(module, "now", lambda: moment)
        record(db, *values, **detail)

    at(datetime(2026, 3, 31, 21, 30, tzinfo=UTC), AuditEvent.SIGNED_IN, 1)
    at(datetime(2026, 3, 31, 22, 30, tzinfo=UTC), AuditEvent.ROLE_GRANTED, 2, About(territory=7, account=1))
    at(datetime(2026, 4, 2, 8, 0, tzinfo=UTC), AuditEvent.CAMPAIGN_CLOSED, 2, About(7, 3))

    def numbers(**wanted: Any) -> list[int]:
        return [one.id for one in entries(db, Wanted(**wanted))]

    assert numbers() == [3, 2, 1]
    assert numbers(events=EVENTS_OF[Topic.CAMPAIGNS]) == [3]
    assert numbers(by=1) == [2, 1]
    assert numbers(territory=7) == [3, 2]
    assert numbers(until=date(2026, 3, 31)) == [1]
    assert numbers(since=date(2026, 4, 1), until=date(2026, 4, 1)) == [2]
    assert [one.id for one in entries(db, Wanted(), before=3, limit=1)] == [2]
