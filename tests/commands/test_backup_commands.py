"""``database backup``, ``verify`` and ``restore``: what they print, and when they refuse."""

import sqlite3
from contextlib import closing
from pathlib import Path

from flask import Flask

from storage.operations.backups import backups_in


def run(app: Flask, *arguments: str) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(args=["database", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_a_backup_is_made_verified_and_put_back(demo_app: Flask, demo_database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    code, said, _ = run(demo_app, "backup", str(folder), "--keep", "3")
    (backup,) = backups_in(folder)
    assert code == 0
    assert str(backup) in said
    assert "entière" in run(demo_app, "verify", str(backup))[1]
    code, said, refused = run(demo_app, "restore", str(backup))
    assert (code, said) == (2, "")
    assert "--replace" in refused
    with closing(sqlite3.connect(demo_database)) as db:
        db.execute("DELETE FROM comments")
        db.commit()
    code, said, _ = run(demo_app, "restore", str(backup), "--replace")
    assert code == 0
    assert "est en place.\nRemis\u00a0: territoires\u00a0: 3, campagnes\u00a0: 14," in said
    assert "est gardé dans" in said
    assert "clé secrète" not in said
    assert "les rôles retirés et les comptes désactivés sont de nouveau donnés" in said
    with closing(sqlite3.connect(demo_database)) as db:
        assert db.execute("SELECT count(*) FROM comments").fetchone()[0] > 0


def test_another_secret_is_said(demo_app: Flask, tmp_path: Path) -> None:
    run(demo_app, "backup", str(tmp_path / "backups"))
    demo_app.config["SECRET_KEY"] = "another secret that only tests can know"
    said = run(demo_app, "restore", str(backups_in(tmp_path / "backups")[0]), "--replace")[1]
    assert "secret-key" in said


def test_a_damaged_backup_is_refused_with_every_reason(app: Flask, tmp_path: Path) -> None:
    run(app, "backup", str(tmp_path / "backups"))
    (backup,) = backups_in(tmp_path / "backups")
    (backup / "grille.db").write_bytes(b"nothing")
    for arguments in (["verify", str(backup)], ["restore", str(backup), "--replace"]):
        code, said, refused = run(app, *arguments)
        assert (code, said) == (2, "")
        assert "grille.db" in refused
    assert run(app, "verify", str(tmp_path))[0] == 2
