"""The database file: created by command only, checked when opened, written in whole transactions."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from storage.core import database
from storage.core.database import MIGRATE, check, file_of, migrate, open_database, pending, writing
from storage.core.database_errors import DatabaseNotReady, DatabaseUnavailable, reason
from storage.core.engine import Database
from storage.core.migrations import migrations

NOBODY = 65534


def test_migrating_creates_the_folder_and_every_table_once(tmp_path: Path) -> None:
    path = tmp_path / "new" / "grille.sqlite"
    assert migrate(path) == [migration.name for migration in migrations._migrations]
    assert migrate(path) == []
    with closing(open_database(path)) as db:
        assert pending(db) == []


def test_the_file_is_for_its_owner_s_eyes(db: Database, path: Path) -> None:
    modes = {file.name: oct(file.stat().st_mode & 0o777) for file in path.parent.iterdir()}
    assert set(modes.values()) == {"0o600"}
    assert path.name in modes


def test_tables_are_strict_and_connections_are_safe(db: Database) -> None:
    ours = [table for table in db.tables if not table.name.startswith(("_", "sqlite_"))]
    assert [table.name for table in ours if not table.strict] == []
    assert len(ours) > 5
    pragmas = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout", "secure_delete", "trusted_schema")
    assert [db.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas] == ["wal", 1, 2, 5000, 1, 0]


def test_a_missing_file_is_not_created_by_opening(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotReady, match="n’existe pas encore") as refused:
        open_database(tmp_path / "grille.sqlite")
    assert MIGRATE in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_pending_migrations_are_refused_with_their_remedy(tmp_path: Path) -> None:
    path = tmp_path / "grille.sqlite"
    first, *rest = [migration.name for migration in migrations._migrations]
    with closing(Database(path)) as older:
        older.execute(f"PRAGMA application_id = {database._APPLICATION_ID}")
        migrations.apply(older, stop_before=rest)
        assert [migration.name for migration in migrations.applied(older)] == [first]
    with pytest.raises(DatabaseNotReady, match=f"{len(rest)} mises à jour") as refused:
        open_database(path)
    assert MIGRATE in str(refused.value)
    assert migrate(path) == rest
    open_database(path).close()


def test_a_database_from_a_later_version_is_refused(path: Path) -> None:
    with closing(open_database(path)) as db:
        migrations._record_applied(db, "something_of_next_year")
    for use in (open_database, migrate):
        with pytest.raises(DatabaseNotReady, match="plus récente"):
            use(path)


@pytest.mark.parametrize("content", [b"Bonjour, je suis un texte.\n" * 200, b"\0" * 8192], ids=["text", "zeros"])
def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "grille.sqlite"
    path.write_bytes(content)
    for use in (open_database, migrate):
        with pytest.raises(DatabaseNotReady, match="n’est pas une base de données de Grille"):
            use(path)
    assert path.read_bytes() == content


def test_another_application_s_database_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "grille.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    for use in (open_database, migrate):
        with pytest.raises(DatabaseNotReady, match="n’est pas une base de données de Grille"):
            use(path)
    assert path.read_bytes() == before


def test_an_empty_file_only_waits_for_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "grille.sqlite"
    path.touch()
    with pytest.raises(DatabaseNotReady, match="mises à jour"):
        open_database(path)
    assert migrate(path)


def _overwrite(path: Path, start: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(content)


def test_a_damaged_first_page_is_refused(path: Path) -> None:
    _overwrite(path, 100, b"\xff" * 3000)
    with pytest.raises(DatabaseNotReady, match="abîmée : remettez une sauvegarde"):
        open_database(path)


def test_checking_reads_every_page(path: Path) -> None:
    assert check(path) == []
    _overwrite(path, path.stat().st_size // 2 // 4096 * 4096, b"\xff" * 4096)
    problems = []
    try:
        problems = check(path)
    except DatabaseNotReady as refused:
        problems = [str(refused)]
    assert problems


def test_checking_finds_a_truncated_file(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)
    with pytest.raises(DatabaseNotReady, match="abîmée"):
        check(path)


def test_checking_finds_a_broken_reference(path: Path) -> None:
    with closing(sqlite3.connect(path)) as careless:
        careless.execute("INSERT INTO campaign_colleges (campaign_id, code, position, label) VALUES (7, 'x', 0, 'X')")
        careless.commit()
    assert check(path) == ["lien rompu : campaign_colleges 1"]


def test_a_folder_where_nothing_can_be_written_is_refused() -> None:
    with pytest.raises(DatabaseNotReady, match="DATA=…"):
        migrate(Path("/proc/grille/grille.sqlite"))
    with pytest.raises(DatabaseNotReady, match="DATA=…"):
        migrate(Path("/dev/null/grille.sqlite"))


def test_a_read_only_folder_is_refused(path: Path) -> None:
    script = """
import os, sys
from storage.core.database import DatabaseNotReady, open_database
if os.getuid() == 0:
    os.setuid(int(sys.argv[2]))
try:
    open_database(sys.argv[1])
except DatabaseNotReady as refused:
    print(refused)
"""
    # In a folder of its own: those of pytest are their owner's alone, and become so again whenever another run begins.
    with TemporaryDirectory() as folder:
        copy = Path(shutil.copy(path, folder))
        copy.chmod(0o444)
        Path(folder).chmod(0o555)
        command = [sys.executable, "-c", script, str(copy), str(NOBODY)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONIOENCODING": "utf-8"})
        Path(folder).chmod(0o755)
    assert "ne peut pas écrire dans le dossier" in done.stdout, done.stderr


def _insert(db: Database) -> None:
    with writing(db) as conn:
        conn.execute("INSERT INTO territories (slug, name, kind) VALUES (random(), 'X', 'commune')")


def _insert_then_fail(db: Database) -> None:
    with writing(db):
        _insert(db)
        raise InterruptedError


def test_a_failed_block_leaves_nothing_inner_blocks_included(db: Database) -> None:
    with pytest.raises(InterruptedError):
        _insert_then_fail(db)
    assert db["territories"].count == 0
    assert not db.conn.in_transaction


def test_a_locked_database_is_said_busy_and_works_again_afterwards(db: Database, path: Path) -> None:
    db.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable, match="occupée"), writing(db):
            pass
        other.execute("ROLLBACK")
    _insert(db)
    assert db["territories"].count == 1


def test_a_writer_that_waits_too_long_is_informed(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    with database._writer, pytest.raises(DatabaseUnavailable, match="occupée"):
        _insert(db)
    _insert(db)
    assert db["territories"].count == 1


def test_a_full_disk_is_said_and_nothing_is_written(db: Database) -> None:
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseUnavailable, match="disque est plein"), writing(db) as conn:
        conn.execute("INSERT INTO territories (slug, name, kind) VALUES ('x', ?, 'commune')", ("X" * 100_000,))
    assert db["territories"].count == 0


def test_a_mistake_of_ours_is_not_blamed_on_the_disk(db: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError) as mistake, writing(db) as conn:
        conn.execute("INSERT INTO territories (slug) VALUES ('x')")
    assert reason(mistake.value) is None
    assert not db.conn.in_transaction


def test_every_table_is_documented_and_the_example_runs(db: Database) -> None:
    text = Path(__file__).parents[3].joinpath("docs", "database.md").read_text(encoding="utf-8")
    named = {line.split("`")[1] for line in text.splitlines() if line.startswith("| `")}
    assert named == {name for name in (*db.table_names(), *db.view_names()) if not name.startswith(("_", "sqlite_"))}
    example = text.partition("```sql\n")[2].partition("```")[0]
    assert list(db.query(example)) == []


def test_a_database_knows_its_file(db: Database, path: Path) -> None:
    assert file_of(db) == str(path)


def test_opening_the_database_loads_no_pandas() -> None:
    script = """
import sys
import storage.accounts, storage.campaigns, storage.responses
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"pandas", "numpy", "scipy", "plotly"}))
import pandas
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
