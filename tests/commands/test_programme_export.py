"""``flask --app app programme export``: the Parquet files hold what open data hold, and nothing else."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest
from flask import Flask

from commands.programme import export
from commands.programme.published_tables import TABLES
from restitution.documents.data_files import parquet_files
from restitution.documents.open_data.tables import tables_of
from storage.campaigns.campaigns import Campaign, all_campaigns
from storage.core.database import open_database
from storage.core.engine import Database
from storage.responses.computed.profiles import campaign_profile
from tests.conftest import application
from tests.serving import ROOT

PER_PART = 5
FORMATS = (ROOT / "docs/formats.md").read_text("utf-8")


@pytest.fixture(scope="module")
def programme(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demonstration, as if its territories were real; in small parts."""
    data = tmp_path_factory.mktemp("programme") / "data"
    shutil.copytree(demo_folder, data)
    app = application(data)
    with closing(open_database(app.config["DATABASE"])) as db:
        db.execute(
            "UPDATE territories SET fictional = 0, official_code = CASE id WHEN 1 THEN '35238' ELSE '243500139' END"
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export, "CAMPAIGNS_PER_PART", PER_PART)
        yield app
    app.extensions["database"].close()


@pytest.fixture
def db(programme: Flask) -> Iterator[Database]:
    """Its database."""
    with closing(open_database(programme.config["DATABASE"])) as db:
        yield db


def run(app: Flask, folder: Path) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["programme", "export", "--to", str(folder)])
    assert "Traceback" not in result.output
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def made(programme: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of it, only to be read."""
    folder = tmp_path_factory.mktemp("export") / "new" / "folder"
    code, said = run(programme, folder)
    assert (code, said.splitlines()[-1]) == (
        0,
        f"Export à jour dans {folder}\u00a0: 12 campagnes publiées, 3 parties écrites.",
    )
    return folder


def read(folder: Path, table: str, condition: str = "TRUE") -> list[dict[str, Any]]:
    files = f"read_parquet('{folder}/{table}/*.parquet', union_by_name = true)"
    with duckdb.connect() as reader:
        found = reader.sql(f"SELECT * FROM {files} WHERE {condition}")
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def published(db: Database) -> list[Campaign]:
    return [one for one in all_campaigns(db) if one.published_at]


def without_small_counts(row: dict[str, Any]) -> dict[str, Any]:
    """The row of open data as columns of one type hold it: a count that is too small is no number."""
    return {name: None if value == "<k" else value for name, value in row.items()}


def test_each_table_holds_the_rows_of_open_data(made: Path, db: Database) -> None:
    campaigns = published(db)
    assert len(campaigns) == 12
    for table in set(TABLES) - {"changes"}:
        rows = read(made, table)
        for campaign in campaigns:
            known = {one.name: one for one in tables_of(campaign_profile(db, campaign))}
            wanted = [without_small_counts(row) for row in known[table].rows] if table in known else []
            found = [row for row in rows if row["campaign"] == campaign.slug]
            names = wanted[0] if wanted else {}
            assert [{name: row[name] for name in names} for row in found] == wanted, (table, campaign.slug)


def test_rows_say_whose_they_are(made: Path, db: Database) -> None:
    whose = {
        (row["campaign"], row["year"], row["territory"], row["territory_name"], row["grid"], row["grid_version"])
        for row in read(made, "skills")
    }
    assert whose == {
        (one.slug, one.year, one.territory.slug, one.territory.name, one.grid.id, one.grid.version)
        for one in published(db)
    }
    codes = {(row["insee"], row["siren"], row["fictional"], row["edition"]) for row in read(made, "territory")}
    assert codes == {("35238", None, False, 2), (None, "243500139", False, 2)}


def test_changes_are_those_of_the_campaign_s_page(made: Path, programme: Flask, db: Database) -> None:
    for campaign in published(db)[-2:]:
        page = programme.test_client().get(f"/restitution/{campaign.slug}/documents/json")
        wanted = orjson.loads(page.data).get("changes", [])
        found = read(made, "changes", f"campaign = '{campaign.slug}'")
        names = set(wanted[0]) - {"wave", "since"}
        assert [{name: row[name] for name in names} for row in found] == [
            {name: row[name] for name in names} for row in wanted
        ]


def test_nothing_is_there_of_fewer_than_k(made: Path) -> None:
    for table in ("skills", "families", "hindsight", "hindsight_skills", "respondents"):
        assert read(made, table, "n < 5 AND college <> 'atelier'") == []
    hidden = read(made, "skills", "NOT published")
    assert hidden
    assert {row[name] for row in hidden for name in ("mean", "sd", "level_0", "unknown")} == {None}
    assert {row["score"] for row in read(made, "families", "NOT published")} == {None}


def test_done_again_it_does_only_what_changed(programme: Flask, made: Path, db: Database, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "export"))
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}
    assert "12 campagnes publiées, 0 partie écrite." in run(programme, folder)[1]
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")} == before
    (folder / "skills" / "part-00002.parquet").write_bytes(b"damaged")
    assert "1 partie écrite." in run(programme, folder)[1]
    assert contents(folder) == contents(made)


def test_what_is_withdrawn_goes_away(programme: Flask, made: Path, db: Database, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "export"))
    gone = published(db)[0]
    (at,) = db.execute("SELECT published_at FROM campaigns WHERE id = ?", [gone.id]).fetchone()
    db.execute("UPDATE campaigns SET published_at = NULL WHERE id = ?", [gone.id])
    try:
        assert "11 campagnes publiées" in run(programme, folder)[1]
        for table in TABLES:
            assert read(folder, table, f"campaign = '{gone.slug}'") == []
            assert table != "changes" or read(folder, table, f"since = '{gone.slug}'") == []
    finally:
        db.execute("UPDATE campaigns SET published_at = ? WHERE id = ?", [at, gone.id])


KILLED = """
import os, signal, sys
from pathlib import Path
from commands.programme import export
from commands.programme.export_folder import ExportFolder
from tests.conftest import application
data, folder, per_part = sys.argv[1:]
export.CAMPAIGNS_PER_PART = int(per_part)
place = ExportFolder.place
def killed(self, name, part, made, counts):
    if self.parts:
        (made / "skills.parquet").replace(self.path / "skills" / f"part-{name}.parquet")
        os.kill(os.getpid(), signal.SIGKILL)
    place(self, name, part, made, counts)
ExportFolder.place = killed
application(Path(data)).test_cli_runner().invoke(args=["programme", "export", "--to", folder])
"""


def test_killed_in_the_middle_it_goes_on_where_it_stopped(programme: Flask, tmp_path: Path) -> None:
    data, folder, whole = Path(programme.config["DATABASE"]).parent, tmp_path / "export", tmp_path / "whole"
    arguments = [str(data), str(folder), str(PER_PART)]
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], cwd=ROOT, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    assert (manifest["complete"], list(manifest["parts"])) == (False, ["00001"])
    assert list(folder.glob(".unfinished-*"))
    assert "2 parties écrites." in run(programme, folder)[1]
    run(programme, whole)
    assert contents(folder) == contents(whole)
    assert not list(folder.glob(".unfinished-*"))


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["file"], "c’est un fichier"),
        (["folder/notes.txt"], "autre chose qu’un export (notes.txt)"),
        (["folder/manifest.json"], "autre chose qu’un export (manifest.json)"),
        (["folder/manifest.json", "folder/skills/mine.txt"], "autre chose qu’un export"),
    ],
)
def test_a_folder_that_is_no_place_for_it(names: list[str], words: str, programme: Flask, tmp_path: Path) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('{"format": "mine"}')
    before = contents(tmp_path)
    code, said = run(programme, tmp_path / names[0].partition("/")[0])
    assert (code, len(said.splitlines())) == (2, 1)
    assert words in said
    assert contents(tmp_path) == before


def test_two_exports_into_one_folder(programme: Flask, tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        code, said = run(programme, tmp_path)
    finally:
        os.close(descriptor)
    assert code == 2
    assert "un autre export y écrit déjà" in said


def test_a_disk_without_room(programme: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_files, "LARGEST_FILE", 512)
    code, said = run(programme, tmp_path)
    assert code == 2
    assert "vérifiez la place sur le disque et vos droits, puis relancez" in said
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


def test_without_the_library_it_says_what_to_install(
    programme: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_files, "can_write_parquet", lambda: False)
    code, said = run(programme, tmp_path)
    assert (code, len(said.splitlines())) == (2, 1)
    assert "--require-hashes -r requirements-export.txt" in said


def test_the_sums_of_the_documents_are_those_of_the_profiles(made: Path, db: Database) -> None:
    (query,) = re.findall(r"```sql\n(.*?)```", FORMATS, re.DOTALL)
    assert len(query.strip().splitlines()) == 3
    with duckdb.connect() as reader:
        found = reader.sql(query.replace("FOLDER", str(made))).fetchall()
    sums: dict[tuple[str, str, str], tuple[int, float]] = {}
    for campaign in published(db):
        for table in tables_of(campaign_profile(db, campaign)):
            for row in table.rows if table.name == "skills" and campaign.year == 2026 else ():
                if row["published"]:
                    key = (campaign.grid.version, str(row["skill"]), str(row["college"]))
                    n, total = sums.get(key, (0, 0.0))
                    sums[key] = n + row["n"], total + row["n"] * row["mean"]  # type: ignore[operator]
    assert sums
    assert [row[:4] for row in found] == [(*key, n) for key, (n, _) in sorted(sums.items())]
    assert [row[4] for row in found] == pytest.approx([total / n for _, (n, total) in sorted(sums.items())])


def test_every_column_is_in_the_documents(made: Path) -> None:
    part = FORMATS.partition("\n## Everything published (Parquet)\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", part))
    assert set(TABLES) <= named
    assert set(read(made, "changes")[0]) <= named
    assert list(read(made, "skills")[0])[:10] == re.findall(r"`(\w+)`", part.partition("|---|---|")[2])[:10]


def test_one_sqlite_file_holds_every_campaign(programme: Flask, db: Database, tmp_path: Path) -> None:
    out = tmp_path / "programme.sqlite"
    for _time in range(2):  # written again in its place
        result = programme.test_cli_runner().invoke(args=["programme", "sqlite", "--to", str(out)])
        assert (result.exit_code, result.stdout) == (0, f"Fichier écrit\u00a0: {out}, 12 campagnes publiées.\n")
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    with closing(sqlite3.connect(out)) as file:
        found = {row[0] for row in file.execute("SELECT DISTINCT campaign FROM families")}
        assert found == {one.slug for one in all_campaigns(db) if one.published_at}
        some = next(one for one in all_campaigns(db) if one.published_at)
        wanted = next(table for table in tables_of(campaign_profile(db, some)) if table.name == "families")
        read = file.execute("SELECT family, college, score FROM families WHERE campaign = ?", (some.slug,)).fetchall()
        assert sorted(read) == sorted((row["family"], row["college"], row["score"]) for row in wanted.rows)


def test_a_sqlite_file_that_cannot_be_written_is_said(programme: Flask, tmp_path: Path) -> None:
    result = programme.test_cli_runner().invoke(args=["programme", "sqlite", "--to", str(tmp_path / "none" / "a.db")])
    assert (result.exit_code, "rien n’a pu y être écrit" in result.output) == (2, True)
