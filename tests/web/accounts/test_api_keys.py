"""Keys for other software, as their owner makes, sees and revokes them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts.scopes import Scope
from storage.accounts import api_keys
from storage.accounts.accounts import account_by_email, disable_account, revoke
from storage.accounts.api_keys import keys_of, make_key
from storage.campaigns.territories import territory_by_slug
from storage.core.engine import Database
from storage.core.timestamps import now
from storage.operations.audit_log import Wanted, entries
from tests.web.conftest import PASSWORD, Open, SignIn, address_of, quick_passwords
from tests.web.forms import post_form

MINE = "/api/v1/my"


def made(client: FlaskClient, **fields: Any) -> TestResponse:
    """The answer to the form that makes a key."""
    typed: dict[str, Any] = {"name": "Tableau de bord", "scopes": ["read"], "lasts": "90", "password": PASSWORD}
    with quick_passwords():
        return post_form(client, "/compte/cles", **(typed | fields))


def secret_in(page: str) -> str:
    """The key that a page shows."""
    found = re.search(r"grille_[\w-]{43}", page)
    assert found
    return found[0]


def asked(client: FlaskClient, secret: str, address: str = f"{MINE}/key") -> TestResponse:
    """The answer to software that has that key."""
    return client.get(address, headers={"Authorization": f"Bearer {secret}"})


def test_a_key_is_shown_once_then_serves_within_its_scopes(
    client: FlaskClient, sign_in: SignIn, campaign: Open, database: Database
) -> None:
    slug, pilot = campaign("open").slug, sign_in("pilot")
    answer = made(pilot)
    secret = secret_in(pilot.get(answer.headers["Location"]).text)
    assert secret not in pilot.get("/compte/cles").text
    account = account_by_email(database, address_of("pilot", "Ici"))
    assert account
    (key,) = keys_of(database, account)
    assert key.last_used_on is None
    assert asked(client, secret).json == {
        "name": "Tableau de bord",
        "scopes": ["read"],
        "expires_at": key.expires_at.isoformat().replace("+00:00", "Z"),
    }
    assert keys_of(database, account)[0].last_used_on is not None
    assert "Servie pour la dernière fois le" in pilot.get("/compte/cles").text
    assert asked(client, secret, f"{MINE}/campaigns/{slug}").json["status"] == "open"
    stored = {str(value) for row in database["api_keys"].rows for value in row.values()}
    assert not any(secret in value for value in stored)
    post_form(pilot, f"/compte/cles/{key.id}/revoquer", seen_at="/compte/cles")
    assert "révoquée" in asked(client, secret).json["detail"]
    told = [one.event for one in entries(database, Wanted())]
    assert {"api key made", "api key revoked"} <= set(told)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "  "}, "Donnez un nom à la clé"),
        ({"name": "x" * 200}, "de trop"),
        ({"scopes": []}, "Cochez au moins une chose"),
        ({"scopes": ["everything"]}, "Ce choix n’est pas proposé ici"),
        ({"lasts": "9999"}, "Ce choix n’est pas proposé ici"),
        ({"password": "another"}, "Ce n’est pas votre mot de passe actuel"),
    ],
)
def test_a_wrong_form_makes_no_key(sign_in: SignIn, database: Database, fields: dict[str, Any], said: str) -> None:
    answer = made(sign_in("pilot"), **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert not database["api_keys"].count


def test_an_account_has_a_bounded_number_of_keys(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_keys, "MOST", 1)
    pilot = sign_in("pilot")
    assert made(pilot).status_code == 303
    assert "révoquez celles qui ne servent plus" in made(pilot, name="Un autre").text


def test_the_key_of_somebody_else_is_not_there(sign_in: SignIn, database: Database) -> None:
    made(sign_in("pilot"))
    (key,) = database["api_keys"].rows
    assert post_form(sign_in("reader"), f"/compte/cles/{key['id']}/revoquer", seen_at="/compte/cles").status_code == 404
    assert database["api_keys"].count == 1


@contextmanager
def years_later() -> Iterator[None]:
    """The clock of keys, two years ahead."""
    with patch.object(api_keys, "now", lambda: now() + timedelta(days=730)):
        yield


def test_a_key_that_does_not_serve_says_why(
    client: FlaskClient, sign_in: SignIn, campaign: Open, database: Database
) -> None:
    slug = campaign("open").slug
    sign_in("pilot")
    account = account_by_email(database, address_of("pilot", "Ici"))
    here = territory_by_slug(database, "ici")
    assert account
    _number, secret = make_key(database, account, "Import", [Scope.ANSWERS], timedelta(days=30))
    _number, reading = make_key(database, account, "Lecture", [Scope.READ], timedelta(days=30))
    address = f"{MINE}/campaigns/{slug}"

    def refused(secret: str, status: int, said: str) -> None:
        answer = asked(client, secret, address)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text
        assert said in answer.json["detail"]
        assert (answer.headers.get("WWW-Authenticate", "").startswith("Bearer")) is (status in {401, 403})

    assert client.get(address).status_code == 401
    refused("grille_nobody", 401, "n’existe pas, ou elle a été révoquée")
    refused(secret, 403, "Il en faut une faite pour")
    with years_later():
        refused(reading, 401, "Cette clé a expiré")
    assert asked(client, reading, address).status_code == 200
    revoke(database, account, "pilot", here)
    refused(reading, 404, "réservée à certaines personnes")
    disable_account(database, account)
    refused(reading, 401, "n’existe pas, ou elle a été révoquée")


def test_what_a_key_reads_is_kept_by_nobody_and_read_by_no_other_site(
    client: FlaskClient, sign_in: SignIn, campaign: Open
) -> None:
    shown, pilot = campaign("published"), sign_in("pilot")
    secret = secret_in(pilot.get(made(pilot).headers["Location"]).text)
    for address in (f"{MINE}/campaigns/{shown.slug}/results", f"{MINE}/territories"):
        answer = asked(client, secret, address)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Set-Cookie" not in answer.headers
    public = asked(client, secret, f"/api/v1/campaigns/{shown.slug}/results")
    assert "no-store" not in public.headers["Cache-Control"]
    assert public.json == asked(client, secret, f"{MINE}/campaigns/{shown.slug}/results").json
