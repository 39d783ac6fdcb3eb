"""Jobs: requested once, done by one process at a time, taken over when it dies, with one result."""

import os
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grille.messages import Count, Message, counted, message
from storage.campaigns.campaigns import Campaign
from storage.core.database import open_database
from storage.core.engine import Database
from storage.operations import job_results
from storage.operations import jobs as queue
from storage.operations.jobs import MOST_ATTEMPTS, STALE_AFTER, Demand, Job

DOCUMENT = Demand("document", "abc", {"suffix": "pdf"})


def ago(db: Database, column: str, past: timedelta) -> None:
    """Make a moment of every job that much older."""
    moment = (datetime.now(UTC) - past).isoformat(timespec="seconds")
    db.execute(f"UPDATE jobs SET {column} = ?", (moment,))


def claimed(db: Database, holder: str = "here:1") -> Job:
    job = queue.claim(db, holder)
    assert job is not None
    return job


def now(db: Database, demand: Demand = DOCUMENT) -> Job:
    job = queue.find_job(db, demand.kind, demand.key)
    assert job is not None
    return job


def test_the_same_demand_is_one_job_whoever_asks(db: Database, path: Path) -> None:
    first = queue.ask(db, DOCUMENT)
    with closing(open_database(path)) as other:
        assert queue.ask(other, DOCUMENT).id == first.id
    assert queue.ask(db, Demand("document", "another")).id != first.id
    assert (first.state, dict(first.parameters), first.pending) == ("queued", {"suffix": "pdf"}, True)


def test_one_holder_at_a_time_oldest_first(db: Database, path: Path) -> None:
    first, second = queue.ask(db, DOCUMENT), queue.ask(db, Demand("document", "def"))
    assert [queue.before(db, one) for one in (first, second)] == [0, 1]
    with closing(open_database(path)) as other:
        assert claimed(db, "here:1").id == first.id
        assert claimed(other, "there:1").id == second.id
        assert queue.claim(other, "there:1") is None
        assert queue.claim(db, "here:1") is None


def test_the_result_is_whole_before_the_job_says_so(db: Database) -> None:
    queue.ask(db, DOCUMENT)
    job = claimed(db)
    assert queue.tell(db, job, 1, 2, "Le document s’écrit.")
    assert (now(db).done, now(db).total, now(db).note) == (1, 2, "Le document s’écrit.")
    assert queue.finish(db, job, b"a result")
    done = queue.ask(db, DOCUMENT)
    assert (done.state, queue.result(db, done)) == ("done", b"a result")
    assert queue.claim(db, "here:1") is None


def test_a_result_that_was_changed_or_erased_is_made_again(db: Database) -> None:
    queue.ask(db, DOCUMENT)
    queue.finish(db, claimed(db), b"a result")
    (file,) = job_results.folder_of(db).iterdir()
    file.write_bytes(b"cut")
    assert queue.result(db, now(db)) is None
    file.unlink()
    assert queue.ask(db, DOCUMENT).state == "queued"
    queue.finish(db, claimed(db))
    assert now(db).state == "done"
    assert queue.ask(db, DOCUMENT).state == "queued", "kept elsewhere: who asks did not find it"


def test_a_job_is_taken_over_once_its_holder_gives_no_sign_of_life(db: Database) -> None:
    queue.ask(db, DOCUMENT)
    lost = claimed(db, "here:1")
    ago(db, "heartbeat_at", STALE_AFTER - timedelta(seconds=20))
    assert queue.claim(db, "there:1") is None
    ago(db, "heartbeat_at", STALE_AFTER + timedelta(seconds=20))
    other = claimed(db, "there:1")
    assert (other.id, other.attempts) == (lost.id, 2)
    assert not queue.beat(db, lost)
    assert not queue.tell(db, lost, 1, 2, "…")
    assert not queue.fail(db, lost, "…")
    assert not queue.finish(db, lost, b"too late")
    assert list(job_results.folder_of(db).iterdir()) == []
    assert queue.finish(db, other, b"whole")
    assert queue.result(db, now(db)) == b"whole"


def test_a_sign_of_life_keeps_the_job(db: Database) -> None:
    queue.ask(db, DOCUMENT)
    job = claimed(db)
    ago(db, "heartbeat_at", STALE_AFTER + timedelta(seconds=20))
    assert queue.beat(db, job)
    assert queue.claim(db, "there:1") is None


def test_what_kills_its_holder_each_time_is_given_up(db: Database) -> None:
    queue.ask(db, DOCUMENT)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        job = claimed(db)
        assert job.attempts == attempt
        queue.give_back(db, job, is_to_blame=True)
    assert queue.claim(db, "here:1") is None
    assert now(db).state == "failed"


def test_a_server_stopped_in_mid_job_costs_the_job_no_attempt(db: Database) -> None:
    queue.ask(db, DOCUMENT)
    for _restart in range(MOST_ATTEMPTS + 1):
        job = claimed(db)
        assert job.attempts == 1
        queue.give_back(db, job, is_to_blame=False)
    assert queue.is_waiting(db)


@pytest.mark.parametrize(
    "note",
    [
        message("Il reste %(size)s sur %(place)s.", size=Count(2100), place=message("le disque")),
        counted("%(n)s page à %(what)s", "%(n)s pages à %(what)s", 3, what="écrire"),
    ],
)
def test_a_note_is_kept_as_a_message_that_each_reader_has_in_their_language(db: Database, note: Message) -> None:
    queue.ask(db, DOCUMENT)
    queue.fail(db, claimed(db), note)
    kept = now(db).note
    assert isinstance(kept, Message)
    assert (kept, kept.code, kept.plural, dict(kept.values)) == (note, note.code, note.plural, dict(note.values))


def test_what_failed_is_not_made_again_at_once(db: Database) -> None:
    queue.ask(db, DOCUMENT)
    queue.fail(db, claimed(db), "Ce travail demande trop de mémoire.")
    again = queue.ask(db, DOCUMENT)
    assert (again.state, again.note) == ("failed", "Ce travail demande trop de mémoire.")
    ago(db, "finished_at", queue.PATIENCE_AFTER_FAILURE + timedelta(seconds=20))
    again = queue.ask(db, DOCUMENT)
    assert (again.state, again.note, again.attempts) == ("queued", "", 0)


def test_who_looks_after_the_site_may_have_it_made_again(db: Database) -> None:
    queue.ask(db, DOCUMENT)
    queue.fail(db, claimed(db), "…")
    assert queue.retry_failed(db) == 1
    assert claimed(db).attempts == 1


def test_a_machine_that_starts_takes_back_what_it_held(db: Database) -> None:
    queue.ask(db, DOCUMENT)
    queue.ask(db, Demand("document", "def"))
    mine, theirs = claimed(db, "here:1"), claimed(db, "there:1")
    assert queue.take_back(db, "here") == 1
    assert claimed(db, "here:2").id == mine.id
    assert queue.beat(db, theirs)


def test_results_go_after_a_time_and_with_their_campaign(db: Database, campaign: Campaign) -> None:
    asked = [DOCUMENT, Demand("document", "of a campaign", campaign=campaign.id)]
    for one in asked:
        queue.ask(db, one)
        queue.finish(db, claimed(db), one.key.encode())
    assert queue.clear_ended(db, queue.KEPT) == 0
    queue.erase_jobs(db, campaign.id)
    assert [job.key for job in queue.jobs_of(db)] == ["abc"]
    assert len(list(job_results.folder_of(db).iterdir())) == 1
    ago(db, "finished_at", queue.KEPT + timedelta(minutes=1))
    assert queue.clear_ended(db, queue.KEPT) == 1
    queue.ask(db, DOCUMENT)
    queue.erase_jobs(db)
    assert queue.jobs_of(db) == []


@pytest.mark.parametrize("name", ["0123.result", "0123.unfinished"])
def test_what_a_killed_process_left_behind_is_swept(name: str, db: Database) -> None:
    queue.ask(db, DOCUMENT)
    queue.finish(db, claimed(db), b"kept")
    left = job_results.folder_of(db) / name
    left.write_bytes(b"half")
    queue.clear_ended(db, queue.KEPT)
    assert left.exists(), "its job may be about to say so"
    os.utime(left, (0, 0))
    queue.clear_ended(db, queue.KEPT)
    assert not left.exists()
    assert queue.result(db, now(db)) == b"kept"
