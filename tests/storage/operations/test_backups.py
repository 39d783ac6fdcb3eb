"""Backups: made while people answer, verified to the last byte, restored without loss."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from questionnaires import Answer
from storage.accounts.accounts import Account, create_account
from storage.accounts.password_links import make_account_link
from storage.campaigns.campaigns import Campaign
from storage.core.database import check, known_migrations, open_database, writing
from storage.core.database_errors import DatabaseNotReady, DatabaseUnavailable
from storage.core.engine import Database
from storage.core.file_locks import hold_database
from storage.operations import backup_check, backups
from storage.operations import restore as restoring
from storage.operations.backup_check import BackupRefused, read_manifest, verify
from storage.operations.backups import back_up, backups_in, last_backup
from storage.operations.restore import restore
from storage.responses.responses import find_response, start_response
from storage.review.evidence import add_file, evidence_of, file_path
from tests.saving import save_by_key

ROOT = Path(__file__).parents[3]
SECRET = "a secret that only tests can know"
PDF = b"%PDF-1.4\n%%EOF\n"


def made(db: Database, into: Path, **options: int) -> Path:
    return back_up(db, into, version="0.0.1", secret=SECRET, **options)


def content(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but those that end when a backup is put back."""
    names = [name for name in db.table_names() if name not in {"sessions", "account_links"}]
    found = {name: list(db.query(f"SELECT * FROM [{name}] ORDER BY 1, 2")) for name in names}
    for account in found["accounts"]:
        del account["device_key"]  # another one, so that no device is known any more
    return {name: [tuple(row.values()) for row in rows] for name, rows in found.items()}


@pytest.fixture
def account(db: Database) -> Account:
    """Someone who can put evidence down."""
    return create_account(db, "ada@exemple.fr", "Ada", "hash")


@pytest.fixture
def backup(db: Database, campaign: Campaign, account: Account, tmp_path: Path) -> Path:
    """A backup of a campaign with an answer and a file of evidence."""
    save_by_key(db, start_response(db, campaign, "eleves"), {"A-1": Answer(2, comment="Déjà")})
    add_file(db, campaign, "A-1", 0, "charte.pdf", PDF, account)
    return made(db, tmp_path / "backups")


def test_what_was_saved_comes_back_elsewhere(db: Database, backup: Path, tmp_path: Path, campaign: Campaign) -> None:
    there = tmp_path / "elsewhere" / "grille.db"
    assert restore(backup, there).aside is None
    with closing(open_database(there)) as restored:
        assert content(restored) == content(db)
        keys = [one.execute("SELECT device_key FROM accounts").fetchone()[0] for one in (db, restored)]
        assert keys[0] != keys[1], "a device that was forgotten since is not known again"
        assert file_path(restored, evidence_of(restored, campaign)[0].sha256 or "").read_bytes() == PDF
    assert check(there) == []


@contextmanager
def people_answering(path: Path, campaign: Campaign) -> Iterator[list[tuple[str, int]]]:
    """Three people who save without end until the block does; the list grows with what each was told is saved."""
    acknowledged: list[tuple[str, int]] = []
    stop = threading.Event()

    def answer_on() -> None:
        with closing(open_database(path)) as own:
            while not stop.is_set():
                key = start_response(own, campaign, "eleves")
                for number in range(5):
                    save_by_key(own, key, {code: Answer(1, comment=str(number)) for code in ("A-1", "A-2", "B-1")})
                    acknowledged.append((key, number))

    people = [threading.Thread(target=answer_on) for _ in range(3)]
    for person in people:
        person.start()
    try:
        yield acknowledged
    finally:
        stop.set()
        for person in people:
            person.join()


def holds(db: Database, key: str, number: int) -> bool:
    """Whether a response is there, whole, with that saving or a later one."""
    response = find_response(db, key)
    comments = set(response.document.content["comments"].values()) if response else set()
    return len(comments) == 1 and int(comments.pop()) >= number


def test_a_backup_made_while_people_answer_holds_all_that_was_acknowledged_before_it(
    db: Database, path: Path, campaign: Campaign, tmp_path: Path
) -> None:
    with people_answering(path, campaign) as acknowledged:
        backups = [(list(acknowledged), made(db, tmp_path / str(number))) for number in range(4)]
    assert len(acknowledged) > len(backups[-1][0]) > 0
    for before, backup in backups:
        restore(backup, backup.parent / "restored.db")
        with closing(open_database(backup.parent / "restored.db")) as restored:
            assert all(holds(restored, *one) for one in before)


def test_only_its_owner_may_read_it(backup: Path) -> None:
    modes = {stat.S_IMODE(one.stat().st_mode) for one in [backup, *backup.rglob("*")]}
    assert modes == {0o600, 0o700}


def test_neither_the_secret_nor_anything_unfinished_is_in_it(backup: Path) -> None:
    assert {one.name for one in backup.iterdir()} == {"grille.db", "evidence", "manifest.json"}
    assert SECRET not in (backup / "manifest.json").read_text()
    assert [one.name for one in backup.parent.iterdir()] == [backup.name]


def _flip(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    path.write_bytes(whole)


def _rewrite(backup: Path, **changed: object) -> None:
    manifest = backup / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | changed))


def _replaced(backup: Path) -> None:
    (backup / "grille.db").write_bytes(b"Bonjour" * 999)
    _rewrite(backup, files={"grille.db": hashlib.sha256(b"Bonjour" * 999).hexdigest()})


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte of the database": (lambda backup: _flip(backup / "grille.db"), "contenu a changé"),
    "a byte of evidence": (lambda backup: _flip(next(backup.glob("evidence/*/*"))), "contenu a changé"),
    "no database": (lambda backup: (backup / "grille.db").unlink(), "le fichier manque"),
    "no evidence": (lambda backup: shutil.rmtree(backup / "evidence"), "le fichier manque"),
    "half a database": (lambda backup: os.truncate(backup / "grille.db", 8192), "contenu a changé"),
    "another database": (lambda backup: (backup / "grille.db").write_bytes(b"Bonjour" * 999), "contenu a changé"),
    "no manifest": (lambda backup: (backup / "manifest.json").unlink(), "incomplète"),
    "half a manifest": (lambda backup: os.truncate(backup / "manifest.json", 60), "incomplète"),
    "a strange manifest": (lambda backup: (backup / "manifest.json").write_text("[1]"), "incomplète"),
    "another format": (lambda backup: _rewrite(backup, format=2), "sache lire"),
    "other counts": (lambda backup: _rewrite(backup, counts={}), "responses"),
    "another structure": (lambda backup: _rewrite(backup, migrations=["responses"]), "structure"),
    "other evidence": (lambda backup: _rewrite(backup, lost=["0" * 64]), "preuves"),
    "a file elsewhere": (lambda backup: _rewrite(backup, files={"grille.db": "", "../x": ""}), "../x"),
    "another database, as said": (_replaced, "pas une base"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_whatever_is_damaged_is_said_and_is_not_put_back(damage: str, backup: Path, tmp_path: Path) -> None:
    assert verify(backup) == []
    spoil, words = DAMAGE[damage]
    spoil(backup)
    assert words in "\n".join(verify(backup))
    with pytest.raises(BackupRefused, match=words):
        restore(backup, tmp_path / "there" / "grille.db")
    assert not (tmp_path / "there").exists()


def test_a_restoration_erases_the_copies_of_what_was_damaged(backup: Path, tmp_path: Path) -> None:
    kept = tmp_path / "there" / "copies" / "1" / "revision" / "copy"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"what could not be read")
    restore(backup, tmp_path / "there" / "grille.db")
    assert not kept.exists()


def test_verifying_writes_nothing(backup: Path) -> None:
    before = {one: one.stat().st_mtime_ns for one in backup.rglob("*")}
    assert verify(backup) == []
    assert {one: one.stat().st_mtime_ns for one in backup.rglob("*")} == before


def test_a_database_that_is_there_is_replaced_only_when_asked_and_kept(
    db: Database, path: Path, campaign: Campaign, backup: Path
) -> None:
    key = start_response(db, campaign, "profs")
    save_by_key(db, key, {"B-1": Answer(3, comment="Après la sauvegarde")})
    with pytest.raises(BackupRefused, match="--replace"):
        restore(backup, path)
    aside = restore(backup, path, replace=True).aside
    with closing(open_database(path)) as restored:
        assert find_response(restored, key) is None
    assert aside is not None
    with closing(open_database(aside / path.name)) as older:
        kept = find_response(older, key)
    assert kept
    assert kept.document.content["comments"] == {"B-1": "Après la sauvegarde"}


def test_a_damaged_database_can_be_replaced(db: Database, path: Path, backup: Path) -> None:
    db.close()
    path.write_bytes(b"\xff" * 9000)
    restore(backup, path, replace=True)
    assert check(path) == []


def test_damaged_evidence_is_put_right(db: Database, path: Path, backup: Path, campaign: Campaign) -> None:
    kept = file_path(db, evidence_of(db, campaign)[0].sha256 or "")
    kept.write_bytes(b"spoilt")
    restore(backup, path, replace=True)
    assert kept.read_bytes() == PDF


def test_nothing_is_replaced_while_it_is_served(path: Path, backup: Path) -> None:
    with hold_database(path), hold_database(path), pytest.raises(DatabaseNotReady, match="Arrêtez le serveur"):
        restore(backup, path, replace=True)
    with (
        hold_database(path, alone=True),
        pytest.raises(DatabaseNotReady, match="en train d’être remise"),
        hold_database(path),
    ):
        pass
    restore(backup, path, replace=True)


def test_everyone_is_signed_out(db: Database, account: Account, tmp_path: Path) -> None:
    with writing(db) as conn:
        conn.execute(
            """INSERT INTO sessions (account_id, token_sha256, created_at, expires_at, last_seen_on)
                VALUES (?, 'x', '', '9999', '')""",
            (account.id,),
        )
    make_account_link(db, account, "reset")
    restore(made(db, tmp_path / "backups"), tmp_path / "there" / "grille.db")
    with closing(open_database(tmp_path / "there" / "grille.db")) as restored:
        assert restored["sessions"].count == 0
        assert restored["account_links"].count == 0


def test_a_later_version_s_backup_is_refused(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restoring, "known_migrations", lambda: known_migrations()[:-1])
    with pytest.raises(BackupRefused, match="plus récente"):
        restore(backup, tmp_path / "there" / "grille.db")


def test_older_backups_go_once_the_new_one_is_there(db: Database, tmp_path: Path) -> None:
    made_so = [made(db, tmp_path, keep=2) for _ in range(4)]
    assert backups_in(tmp_path) == made_so[-2:]
    (tmp_path / "grille-notes").mkdir()
    made(db, tmp_path, keep=1)
    assert (tmp_path / "grille-notes").is_dir()


def test_a_lost_file_of_evidence_is_said_and_the_rest_is_saved(
    db: Database, campaign: Campaign, account: Account, tmp_path: Path
) -> None:
    added = add_file(db, campaign, "A-1", 0, "charte.pdf", PDF, account)
    file_path(db, added.sha256 or "").unlink()
    backup = made(db, tmp_path / "backups")
    assert read_manifest(backup).lost == [added.sha256]
    assert verify(backup) == []


def test_the_last_backup_is_remembered(db: Database, path: Path, tmp_path: Path) -> None:
    assert last_backup(path) is None
    backup = made(db, tmp_path / "backups")
    assert last_backup(path) == read_manifest(backup)
    (path.parent / backup_check.LAST).write_text("{")
    assert last_backup(path) is None


def test_a_backup_that_fails_leaves_nothing(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DatabaseUnavailable("Le disque est plein.")

    monkeypatch.setattr(backups, "copy", full)
    with pytest.raises(DatabaseUnavailable):
        made(db, tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


def test_what_a_killed_backup_left_goes_a_day_later(db: Database, tmp_path: Path) -> None:
    old, recent = tmp_path / ".unfinished-old", tmp_path / ".unfinished-recent"
    old.mkdir()
    recent.mkdir()
    os.utime(old, (0, 0))
    made(db, tmp_path)
    assert not old.exists()
    assert recent.exists()


def test_a_folder_that_cannot_be_used_is_said(db: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupRefused, match="ne peut pas être utilisé"):
        made(db, tmp_path / "file" / "backups")


# Puts a backup back over copies of a folder, and dies in each a step later: just before the nth change of a file.
DYING = """
import os, shutil, sys
from itertools import count
from pathlib import Path
from storage.operations import restore as restoring

backup, before, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
left = 0

def dying(real):
    def call(*arguments, **named):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return real(*arguments, **named)
    return call

def restore(there):
    changes = {os: ("link", "fsync", "open"), Path: ("replace", "unlink"),
        restoring: ("_sign_everyone_out", "_bring_in_journal", "mkdtemp")}
    for owner, names in changes.items():
        for one in names:
            setattr(owner, one, dying(getattr(owner, one)))
    restoring.restore(backup, there / name, replace=True)

for left in count():
    there = before.with_name(f"there-{left}")
    shutil.copytree(before, there)
    child = os.fork()
    if not child:
        restore(there)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        print(left)
        break
"""


def test_a_restoration_killed_anywhere_leaves_the_old_database_or_the_new_one(
    db: Database, path: Path, campaign: Campaign, backup: Path, tmp_path: Path
) -> None:
    new, key = content(db), start_response(db, campaign, "profs")
    save_by_key(db, key, {"B-1": Answer(3, comment="Encore dans le journal")})
    old = content(db)
    shutil.copytree(path.parent, tmp_path / "before")  # with its journal, that nobody brought in
    arguments = [sys.executable, "-c", DYING, str(backup), str(tmp_path / "before"), path.name]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    outcomes = []
    for moment in range(int(done.stdout) + 1):
        with closing(open_database(tmp_path / f"there-{moment}" / path.name)) as left:
            outcomes.append({str(old): "old", str(new): "new"}.get(str(content(left)), "neither"))
    assert outcomes == sorted(outcomes, reverse=True), "the old one, then the new one, never something between"
    assert set(outcomes) == {"old", "new"}
    assert len(outcomes) > 8
