"""Writers wait for a lock held by another program; readers do not, and few writers wait at once."""

import gc
import sqlite3
import threading
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.writers import REFUSED, prepare, run
from storage.accounts.accounts import create_account
from storage.accounts.sign_in_sessions import find_sign_in_session, start_session
from storage.core import write_queue as writer
from storage.core.database import open_database, writing
from storage.core.database_errors import DatabaseUnavailable
from storage.core.timestamps import now
from storage.core.write_queue import Gate, Writer


@contextmanager
def held(path: Path) -> Iterator[None]:
    """The database's lock, kept by someone else."""
    with closing(sqlite3.connect(path, isolation_level=None)) as elsewhere:
        elsewhere.execute("BEGIN IMMEDIATE")
        yield
        elsewhere.execute("ROLLBACK")


def test_while_one_waits_for_the_lock_the_others_are_informed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    turns, clock = Writer(), [0.0]
    monkeypatch.setattr(writer.time, "monotonic", lambda: clock[0])
    assert turns.take(5)
    turns._asking_since = clock[0]
    clock[0] += writer.STUCK_AFTER + 0.01
    assert not turns.take(5)
    turns._asking_since = None
    turns.end()
    assert turns.take(5)


def test_a_turn_comes_as_soon_as_it_is_handed_over() -> None:
    turns, had = Writer(), []
    assert turns.take(5)
    other = threading.Thread(target=lambda: had.append(turns.take(30)))
    other.start()
    turns.end()
    other.join(30)
    assert had == [True]


def test_while_other_processes_of_ours_write_nobody_is_turned_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, gate, clock = Writer(), Gate(str(tmp_path / "grille.db")), [1000.0]
    monkeypatch.setattr(writer.time, "monotonic", lambda: clock[0])
    gate.enter(clock[0])
    turns._gate, turns._asking_since = gate, clock[0]
    clock[0] += 10
    gate.note()
    clock[0] += writer.STUCK_AFTER
    assert not turns._is_stuck()
    clock[0] += 0.01
    assert turns._is_stuck()


def test_a_process_that_has_written_for_a_while_lets_another_pass(tmp_path: Path) -> None:
    ours, theirs, passed = Gate(str(tmp_path / "grille.db")), Gate(str(tmp_path / "grille.db")), []
    forever = time.monotonic() + 600
    ours.enter(forever)
    theirs.enter(0)  # waits in vain, and goes on
    ours._passed = theirs._passed = 0.0
    other = threading.Thread(target=lambda: passed.append(theirs.enter(forever)))
    other.start()
    assert passed == []
    ours.leave()
    other.join(60)
    assert passed == [None]


def test_two_processes_that_write_without_end_refuse_nobody(tmp_path: Path) -> None:
    path = tmp_path / "grille.db"
    prepare(path)
    found = run(path, Namespace(processes=2, threads=3, seconds=2.0))
    saves = found["save_again_and_again"]
    assert len(saves) == 6
    assert all(saves)
    assert not [times for times in saves if REFUSED in times]


def test_a_short_patience_waits_for_nobody(database_path: Path) -> None:
    with closing(open_database(database_path)) as db, held(database_path):
        with pytest.raises(DatabaseUnavailable, match="occupée"), writing(db, patience=0):
            pass
        assert db.execute("SELECT count(*) FROM campaigns").fetchone() == (0,)


def test_a_session_is_found_while_the_database_is_busy(database_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_database(database_path)) as db:
        token = start_session(db, create_account(db, "a@exemple.fr", "A", "x"), timedelta(hours=8))
        later = now() + timedelta(minutes=30)
        monkeypatch.setattr("storage.accounts.sign_in_sessions.now", lambda: later)
        with held(database_path):
            assert find_sign_in_session(db, token)


def test_the_file_of_the_turn_is_closed_with_its_gate(tmp_path: Path) -> None:
    files = Path("/proc/self/fd")
    gate, path = Gate(str(tmp_path / "grille.db")), tmp_path / "grille.turn"
    gate.enter(time.monotonic() + 60)
    assert path in [file.resolve() for file in files.iterdir() if file.exists()]
    del gate
    gc.collect()
    assert path not in [file.resolve() for file in files.iterdir() if file.exists()]
