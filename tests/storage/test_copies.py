"""Cached copies: made once, found by every process, deleted when outdated, limited in size."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, publish_campaign, unpublish_campaign
from storage.core.engine import Database
from storage.core.revisions import current_revision
from storage.operations import published_copies as copies
from storage.operations.published_copies import (
    Copies,
    CopyNotReady,
    Name,
    copies_of,
    path_in,
    read_copy,
)
from storage.responses.recorded_responses import Recorded, record_responses

NAME = Name(1, "r", ("page",))
ANOTHER = """
import sys
from pathlib import Path
from storage.operations.published_copies import Copies, Name
found = Copies(Path(sys.argv[1])).find_or_make(Name(1, "r", ("page",)), lambda: (b"made again", True))
print(found.decode())
"""


@pytest.fixture
def kept(tmp_path: Path) -> Copies:
    return Copies(tmp_path / "copies")


def test_a_copy_is_made_once_for_every_process(kept: Copies) -> None:
    made = kept.find_or_make(NAME, lambda: (b"made", True))
    assert made == kept.find(NAME) == kept.find_or_make(NAME, lambda: (b"made again", True)) == b"made"
    assert kept.size(NAME) == 4
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", ANOTHER, str(kept.folder)]
    other = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert other.stdout.strip() == "made"


def test_what_may_not_be_kept_is_made_each_time(kept: Copies) -> None:
    assert kept.find_or_make(NAME, lambda: (b"for one", False)) == b"for one"
    assert kept.find(NAME) is None


def test_a_failure_leaves_nothing_and_holds_nothing(kept: Copies) -> None:
    def fails() -> tuple[bytes, bool]:
        raise RuntimeError

    for _ in range(copies.MOST_WAITING + 1):
        with pytest.raises(RuntimeError):
            kept.find_or_make(NAME, fails)
    assert kept.find_or_make(NAME, lambda: (b"made", True)) == b"made"


def test_those_who_ask_meanwhile_wait_for_one_making_and_the_others_are_informed(
    kept: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, go_on = threading.Event(), threading.Event()
    made: list[bytes] = []

    def slowly() -> tuple[bytes, bool]:
        asked.set()
        assert go_on.wait(20)
        made.append(b"made")
        return b"made", True

    readers = [threading.Thread(target=kept.find_or_make, args=(NAME, slowly)) for _ in range(2)]
    readers[0].start()
    assert asked.wait(20)
    readers[1].start()
    while copies._waiting._value:  # type: ignore[attr-defined]  # until the second waits
        pass
    with pytest.raises(CopyNotReady):
        kept.find_or_make(NAME, slowly)
    go_on.set()
    for reader in readers:
        reader.join()
    assert made == [b"made"]


def test_all_processes_make_few_at_once(kept: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "LONGEST_WAIT", 0.0)

    def meanwhile() -> tuple[bytes, bool]:
        with pytest.raises(CopyNotReady):
            kept.find_or_make(Name(2, "r", ("another",)), lambda: (b"", True))
        return b"made", True

    assert kept.find_or_make(NAME, meanwhile) == b"made"


def test_an_outdated_copy_is_erased_by_the_next(kept: Copies) -> None:
    kept.find_or_make(NAME, lambda: (b"old", True))
    kept.find_or_make(Name(1, "s", ("page",)), lambda: (b"new", True))
    assert kept.find(NAME) is None
    assert [read_copy(str(path)) for path in kept.folder.glob("[0-9]*/*/*")] == [b"new"]


def test_an_outdated_maker_keeps_nothing_and_erases_nothing(kept: Copies) -> None:
    kept.find_or_make(Name(1, "s", ("page",)), lambda: (b"new", True))
    late = Copies(kept.folder, is_current=lambda name: name.revision == "s")
    assert late.find_or_make(NAME, lambda: (b"old", True)) == b"old"
    assert [read_copy(str(path)) for path in kept.folder.glob("[0-9]*/*/*")] == [b"new"]


def test_the_oldest_leave_when_there_is_no_more_room(kept: Copies) -> None:
    small = Copies(kept.folder, most_bytes=40)
    names = [Name(number, "r", ("page",)) for number in range(4)]
    for number, name in enumerate(names):
        small.find_or_make(name, lambda: (b"ten bytes.", True))
        os.utime(path_in(small.folder, name), (number, number))
    assert [small.find(name) is not None for name in names] == [False, False, True, True]


def test_copies_are_erased_on_purpose(kept: Copies) -> None:
    for forget in (lambda: kept.clear(),):
        kept.find_or_make(NAME, lambda: (b"made", True))
        forget()
        assert kept.find(NAME) is None


def test_a_full_disk_costs_no_reader_anything(kept: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert kept.find_or_make(NAME, lambda: (b"made", True)) == b"made"


CHANGES = {
    "a name": "UPDATE territories SET name = 'Là'",
    "a campaign": "UPDATE campaigns SET name = 'Autre'",
    "a size": "UPDATE campaign_colleges SET size = 99 WHERE code = 'profs'",
    "an answer of a closed campaign": "UPDATE responses SET document = '{}'",
    "an erasure": "DELETE FROM responses WHERE id = (SELECT max(id) FROM responses)",
    "an action": """INSERT INTO actions (territory_id, kind, title, status, saved_at)
        SELECT id, 'projet', 'Une action', 'prevue', '2026-01-01' FROM territories""",
    "colleges read together": """INSERT INTO college_merges (campaign_id, member, member_label, code, label, decided_at)
        SELECT id, 'eleves', 'a', 'A', 'a', '2026-01-01' FROM campaigns""",
    "a grid": "UPDATE grids SET version = '1'",
    "somebody's name": "UPDATE accounts SET name = 'Ada'",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_draws_another_revision(change: str, db: Database, campaign: Campaign) -> None:
    from storage.accounts.accounts import create_account

    create_account(db, "a@exemple.fr", "A")
    record_responses(db, campaign, [Recorded("eleves", {"A-1": Answer(2)})])
    closed = close_campaign(db, campaign)
    before = current_revision(db, closed.territory.id)
    db.execute(change)
    assert current_revision(db, closed.territory.id) not in {before, ""}


def test_every_step_of_publication_draws_another(db: Database, campaign: Campaign) -> None:
    seen = [current_revision(db, campaign.territory.id)]
    closed = close_campaign(db, campaign)
    for step in (publish_campaign, unpublish_campaign, publish_campaign):
        seen.append(current_revision(db, campaign.territory.id))
        closed = step(db, closed)
    seen.append(current_revision(db, campaign.territory.id))
    assert len(set(seen)) == len(seen)


def test_an_answer_that_arrives_changes_nothing_that_is_shown(db: Database, campaign: Campaign) -> None:
    before = current_revision(db, campaign.territory.id)
    record_responses(db, campaign, [Recorded("eleves", {"A-1": Answer(2)})])
    db.execute("UPDATE responses SET answered = 1")
    assert current_revision(db, campaign.territory.id) == before


def test_copies_lie_beside_the_database(db: Database, path: Path) -> None:
    assert copies_of(db).folder == path.parent / "copies"
