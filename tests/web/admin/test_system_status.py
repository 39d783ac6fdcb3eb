"""The page of system status: what it shows, and its warnings."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from settings import VERSION
from storage.core.database import known_migrations
from storage.core.engine import Database
from storage.operations import system_status as state
from storage.operations.backups import back_up
from tests.web.conftest import Open, SignIn
from tests.web.markup import problems_in
from tests.web.respond.respondent import words


def test_it_says_version_structure_room_and_campaigns(app: Flask, sign_in: SignIn, campaign: Open) -> None:
    campaign("open")
    campaign("closed", "Là")
    app.config["READ_AT"] = datetime(2026, 3, 31, 6, 30, tzinfo=UTC)
    page = sign_in("programme", None).get("/installation")
    assert page.status_code == 200
    assert problems_in(page.text) == []
    said = words(page)
    assert f"Version de Grille {VERSION}" in said
    assert f"{len(known_migrations())} étapes, la dernière : {known_migrations()[-1]}" in said
    assert "Campagnes ouvertes 1" in said
    assert "Place libre sur le disque" in said
    assert "31 mars 2026" in said
    assert "non : par mot de passe" in said


def test_a_missing_then_a_recent_then_an_old_backup(
    app: Flask, sign_in: SignIn, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in("programme", None)
    assert "Aucune sauvegarde" in client.get("/installation").text
    back_up(database, tmp_path / "backups", version=VERSION, secret="secret")
    page = words(client.get("/installation"))
    assert "récente" in page
    assert "Aucune sauvegarde" not in page
    later = datetime.now(UTC) + timedelta(days=3)
    monkeypatch.setattr(state, "now", lambda: later)
    assert "plus de deux jours" in words(client.get("/installation"))


def test_little_room_is_said(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_in("programme", None)
    monkeypatch.setattr(state, "TIGHT", 2)
    assert "moins d’un dixième" in client.get("/installation").text


def test_the_programme_s_account_leads_there(sign_in: SignIn) -> None:
    assert 'href="/installation"' in sign_in("programme", None).get("/compte").text
    assert 'href="/installation"' not in sign_in("pilot").get("/compte").text
