"""``python app.py`` serves and prints its address, or prints in one sentence why it cannot."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from flask import Flask

from storage.core.database import open_database
from storage.core.database_errors import DatabaseNotReady
from storage.core.file_locks import hold_database
from tests.conftest import application
from tests.serving import ROOT, free_port, serving


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    """The server, when it stops by itself."""
    settings = {**os.environ, "PORT": str(free_port()), **environment}
    return subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=60
    )


def assert_one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """It stopped with a sentence that holds these words, and nothing else."""
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert all(word in done.stderr for word in words), done.stderr


def test_a_port_already_taken(database_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        assert_one_sentence(run(PORT=port, DATA=str(database_path.parent)), port, "occupe déjà", "PORT=")


def test_an_address_that_is_not_ours(database_path: Path) -> None:
    assert_one_sentence(run(HOST="192.0.2.1", DATA=str(database_path.parent)), "192.0.2.1", "pas à cette machine")


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert_one_sentence(run(DATA=str(tmp_path / "file" / "data")), str(tmp_path / "file"))


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    assert_one_sentence(run(DATA=str(tmp_path)), "database migrate")


def test_a_database_that_waits_for_a_migration(database_path: Path) -> None:
    with closing(open_database(database_path)) as db:
        db.execute("DELETE FROM _sqlite_migrations WHERE id = (SELECT max(id) FROM _sqlite_migrations)")
    assert_one_sentence(run(DATA=str(database_path.parent)), "database migrate")


def test_a_damaged_database_is_not_served(database_path: Path) -> None:
    with database_path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    assert_one_sentence(run(DATA=str(database_path.parent)), "abîmée", "sauvegarde")


def test_a_database_with_a_broken_reference_is_not_served(database_path: Path) -> None:
    with closing(sqlite3.connect(database_path)) as careless:
        careless.execute("INSERT INTO campaign_colleges (campaign_id, code, position, label) VALUES (7, 'x', 0, 'X')")
        careless.commit()
    assert_one_sentence(run(DATA=str(database_path.parent)), "lien rompu", "database restore")


def test_settings_that_cannot_be_used() -> None:
    done = run(PORT="eighty", THREADS="0")
    assert done.returncode == 1
    assert [line.split("=")[0] for line in done.stderr.splitlines()] == ["PORT", "THREADS"]


def test_commands_refuse_wrong_settings_in_the_same_words() -> None:
    command = [sys.executable, "-m", "flask", "--app", "app", "database", "check"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PORT": "eighty"}, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("PORT=eighty")


def test_it_serves_alone_and_prints_the_addresses_last(demo_database: Path) -> None:
    with serving(demo_database.parent) as server:
        alone = hold_database(demo_database, alone=True)
        with pytest.raises(DatabaseNotReady, match="Arrêtez le serveur"), alone:
            pass
        assert urlopen(f"{server.url}/").status == 200
    printed = demo_database.parent.with_suffix(".log").read_text()
    assert "Grille est prête" in printed
    for path in ("/", "/repondre/essai", "/restitution/villeroche-2026", "/seance/villeroche-2026", "/connexion"):
        assert f"{server.url}{path}\n" in printed
    assert "demo@grille.example" in printed


def test_an_empty_installation_says_how_the_first_account_is_made_and_its_links_follow_the_port(
    migrated: Path, tmp_path: Path
) -> None:
    """The command that is printed is typed as it is, where neither the port nor the folder was said."""
    data = tmp_path / "dossier à nous" / "data"
    data.mkdir(parents=True)
    shutil.copy(migrated, data)
    with serving(data) as server:
        printed = data.with_suffix(".log").read_text()
        command = next(line for line in printed.splitlines() if "account invite" in line)
        assert "account invite" in urlopen(f"{server.url}/").read().decode()
        for header in ("X-Forwarded-For", "X-Real-IP"):  # a proxy on this machine, of which the settings say nothing
            assert "account invite" not in urlopen(Request(server.url, headers={header: "::1"})).read().decode()
        plain = {
            name: value for name, value in os.environ.items() if name not in {"PORT", "DATA", "HOST", "PUBLIC_URL"}
        }
        invited = subprocess.run(["sh", "-c", command], cwd="/", env=plain, capture_output=True, text=True, check=True)
        link = invited.stdout.splitlines()[-1]
        assert link.startswith(f"{server.url}/invitation/")
        assert urlopen(link).status == 200
        given = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", "account", "link", "vous@exemple.fr"],
            cwd=ROOT,
            env={**plain, "DATA": str(data), "PORT": "8123"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert given.stdout.startswith("http://127.0.0.1:8123/invitation/")
    with serving(data):
        assert "account invite" not in data.with_suffix(".log").read_text()


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_proxy_is_believed_only_when_it_is_announced(proxies: int, tmp_path: Path) -> None:
    from app import create_app
    from settings import Settings

    app = create_app(Settings(data=tmp_path, proxies=proxies))
    app.add_url_rule("/who", "who", _who)
    answer = app.test_client().get("/who", headers={"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"})
    assert answer.text == ("192.0.2.7 https" if proxies else "127.0.0.1 http")


def _who() -> str:
    from flask import request

    return f"{request.remote_addr} {request.scheme}"


def test_the_components_are_shown_in_development_only(tmp_path: Path) -> None:
    from app import create_app
    from settings import Settings

    shown: Flask = create_app(Settings(data=tmp_path, development=True))
    assert shown.test_client().get("/composants").status_code == 200
    assert application(tmp_path).test_client().get("/composants").status_code == 404
