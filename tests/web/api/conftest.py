"""Other software, with the key of somebody who holds a role."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.scopes import Scope
from storage.accounts.accounts import create_account, grant
from storage.accounts.api_keys import make_key
from storage.campaigns.territories import create_territory, territory_by_slug
from storage.core.engine import Database
from tests.web.conftest import address_of

Software = Callable[..., FlaskClient]


@pytest.fixture
def software(app: Flask, database: Database, password_hash: str) -> Software:
    """A client that has a key of somebody with that role on a territory, or everywhere."""

    def given(role: str, territory: str | None = "Ici", scopes: Iterable[Scope] = Scope) -> FlaskClient:
        account = create_account(database, address_of(role, territory), "Camille Essai", password_hash)
        place = territory and (
            territory_by_slug(database, territory.lower()) or create_territory(database, territory, "commune")
        )
        grant(database, account, role, place or None)
        _number, secret = make_key(database, account, "Un logiciel", scopes, timedelta(days=1))
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        return client

    return given
