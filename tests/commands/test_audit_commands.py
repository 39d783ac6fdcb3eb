"""``flask --app app audit``."""

import sqlite3
from contextlib import closing
from pathlib import Path

import orjson
from flask import Flask

from accounts.audit_events import AuditEvent
from storage.core.engine import Database
from storage.operations.audit_log import last_seal, record


def test_a_whole_log_is_said_to_be_and_its_seal_is_given(app: Flask, database: Database) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["audit", "verify"]).output == "Le journal est entier : 0 ligne.\n"
    for number in (1, 2):
        record(database, AuditEvent.SIGNED_IN, number)
    seal = last_seal(database)[1]
    output = runner.invoke(args=["audit", "verify", "--known", seal]).output
    assert output == f"Le journal est entier : 2 lignes.\nSceau à noter ailleurs : {seal}\n"
    unknown = runner.invoke(args=["audit", "verify", "--known", "f" * 64])
    assert unknown.exit_code == 2
    assert "réécrit" in unknown.output


def test_a_log_touched_by_hand_fails(app: Flask, database: Database, database_path: Path) -> None:
    record(database, AuditEvent.SIGNED_IN, 1)
    with closing(sqlite3.connect(database_path)) as hand:
        hand.execute("DROP TRIGGER audit_is_never_changed")
        hand.execute("UPDATE audit SET by_id = 2")
        hand.commit()
    result = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert result.exit_code == 2
    assert "La ligne 1 a été modifiée." in result.output


def test_the_log_comes_out_as_json_lines_its_own_export_included(
    app: Flask, database: Database, tmp_path: Path
) -> None:
    record(database, AuditEvent.LINK_MADE, 7, college="elus")
    out = tmp_path / "log.jsonl"
    assert app.test_cli_runner().invoke(args=["audit", "export", "--out", str(out)]).exit_code == 0
    lines = [orjson.loads(line) for line in out.read_bytes().splitlines()]
    assert [(line["deed"], line["by_id"], line["detail"]) for line in lines] == [
        ("link made", 7, {"college": "elus"}),
        ("log exported", None, {}),
    ]
