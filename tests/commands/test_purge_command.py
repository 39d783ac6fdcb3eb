"""``flask --app app purge``: counts, then erases, then prints the result."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from settings import Settings
from storage.accounts.accounts import create_account
from storage.accounts.sign_in_sessions import start_session
from storage.core.engine import Database
from storage.operations.purge import KINDS, Periods


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["purge", *arguments])
    return result.exit_code, result.output


@pytest.fixture
def expired(database: Database) -> None:
    """A session that ended yesterday."""
    account = create_account(database, "quelqu.un@exemple.fr", "Quelqu’un", None)
    start_session(database, account, timedelta(days=1))
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
    database.execute("UPDATE sessions SET expires_at = ?", (yesterday,))


@pytest.mark.usefixtures("expired")
def test_a_dry_run_counts_and_erases_nothing(app: Flask, database: Database) -> None:
    code, said = run(app, "--dry-run")
    assert code == 0
    assert "connexions expirées\u00a0: 1 à effacer" in said
    assert len(said.splitlines()) == len(KINDS)
    assert database["sessions"].count == 1


@pytest.mark.usefixtures("expired")
def test_a_purge_says_what_went_and_that_it_went(app: Flask, database: Database) -> None:
    code, said = run(app)
    assert code == 0
    assert "connexions expirées\u00a0: 1 avant, 0 après" in said
    assert "introuvables\u00a0: 1." in said
    assert database["sessions"].count == 0


def test_the_settings_are_the_periods() -> None:
    assert Settings().for_flask()["KEEP"] == asdict(Periods())
