"""Signing in and out, and one's own account."""

from pathlib import Path
from typing import Literal

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from accounts import passwords
from accounts.passwords import hashed
from storage.accounts.accounts import account_by_email, create_account, disable_account
from storage.accounts.sign_in_sessions import sign_in_sessions_of
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries
from tests.conftest import application
from tests.web.conftest import PASSWORD, Open, SignIn
from tests.web.forms import post_form
from web.http.background_tasks import wait_for_all
from web.http.security.rate_limits import SIGN_INS_FROM_ONE_PLACE

WRONG = "ne vont pas ensemble"


def try_to_sign_in(client: FlaskClient, email: str, password: str) -> str:
    """The page that answers, when it is not let in."""
    answer = post_form(client, "/connexion", email=email, password=password)
    assert answer.status_code == 422, answer.status_code
    return str(answer.text)


def test_the_account_shows_its_territories_and_ends_at_signing_out(sign_in: SignIn) -> None:
    client = sign_in("pilot")
    page = client.get("/compte").text
    assert "Camille Essai" in page
    assert "pilote" in page
    assert "cet appareil" in page
    post_form(client, "/deconnexion", seen_at="/compte")
    assert client.get("/compte").status_code == 303
    assert "Vous êtes déconnecté" in client.get("/").text


def test_every_refusal_says_the_same(sign_in: SignIn, app: Flask, database: Database) -> None:
    sign_in("pilot")
    known = account_by_email(database, "pilot@ici.example")
    assert known
    wrong = try_to_sign_in(app.test_client(), "pilot@ici.example", "not the password")
    unknown = try_to_sign_in(app.test_client(), "pilot@la.example", PASSWORD)
    disable_account(database, known)
    closed = try_to_sign_in(app.test_client(), "pilot@ici.example", PASSWORD)
    for page in (wrong, unknown, closed):
        assert WRONG in page
        assert page.count("<li>") == wrong.count("<li>")


def test_a_refusal_keeps_the_address_and_not_the_password(client: FlaskClient) -> None:
    page = try_to_sign_in(client, "quelqu.un@ici.example", "a very secret password")
    assert 'value="quelqu.un@ici.example"' in page
    assert "a very secret password" not in page
    assert page.index("À corriger") < page.index("<body")


def test_an_empty_form_says_everything_at_once(client: FlaskClient) -> None:
    page = try_to_sign_in(client, "", "")
    assert "2 choses sont à corriger" in page
    assert 'href="#email"' in page
    assert 'href="#password"' in page


@pytest.mark.parametrize("email", ["x" * 300, "\0", "\ud800@a.example", "😀@a.example", "' OR 1=1 --"])
def test_a_strange_address_is_only_a_wrong_one(client: FlaskClient, email: str) -> None:
    try_to_sign_in(client, email.encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "password")


@pytest.mark.parametrize(
    ("suite", "arrival"),
    [
        ("/grille?q=cap", "/grille?q=cap"),
        ("", "/compte"),
        ("https://ailleurs.example/", "/compte"),
        ("//ailleurs.example/", "/compte"),
        ("/\\ailleurs.example/", "/compte"),
        ("/\t/ailleurs.example", "/compte"),
        ("javascript:alert(1)", "/compte"),
    ],
)
def test_one_goes_on_where_one_was_going_on_this_site_only(
    suite: str, arrival: str, sign_in: SignIn, app: Flask
) -> None:
    sign_in("reader")
    answer = post_form(app.test_client(), "/connexion", email="reader@ici.example", password=PASSWORD, suite=suite)
    assert answer.headers["Location"] == arrival


def test_someone_who_must_sign_in_comes_back_to_the_page(sign_in: SignIn, app: Flask) -> None:
    sign_in("reader")
    client = app.test_client()
    asked = client.get("/campagnes/?a=1")
    answer = post_form(
        client, asked.headers["Location"], email="reader@ici.example", password=PASSWORD, suite="/campagnes/?a=1"
    )
    assert answer.headers["Location"] == "/campagnes/?a=1"
    assert 'value="/campagnes/?a=1"' in app.test_client().get(asked.headers["Location"]).text


def test_another_device_can_be_signed_out_and_only_ones_own(sign_in: SignIn, app: Flask, database: Database) -> None:
    here = sign_in("reader")
    there = app.test_client()
    post_form(there, "/connexion", email="reader@ici.example", password=PASSWORD)
    visitor = sign_in("pilot")
    account = account_by_email(database, "reader@ici.example")
    assert account
    latest = sign_in_sessions_of(database, account)[0]
    address = f"/compte/sessions/{latest.id}"
    assert post_form(visitor, address, seen_at="/compte").status_code == 404
    assert there.get("/compte").status_code == 200
    assert post_form(here, address, seen_at="/compte").status_code == 303
    assert there.get("/compte").status_code == 303
    assert here.get("/compte").status_code == 200


def test_ten_failures_are_enough_and_successes_do_not_count(sign_in: SignIn, app: Flask) -> None:
    sign_in("reader")
    client = app.test_client()  # a device where nobody signed in yet
    for _ in range(12):
        post_form(app.test_client(), "/connexion", email="reader@ici.example", password=PASSWORD)
    for _ in range(10):
        try_to_sign_in(client, "reader@ici.example", "wrong password")
    answer = post_form(client, "/connexion", email="reader@ici.example", password=PASSWORD)
    assert answer.status_code == 429
    assert "Trop d’essais" in answer.text
    assert "Réessayez dans 3 minutes" in answer.text
    assert 0 < int(answer.headers["Retry-After"]) <= 181


def test_all_the_processes_of_a_server_count_together(sign_in: SignIn, app: Flask) -> None:
    sign_in("reader")
    other = application(Path(app.config["DATABASE"]).parent)  # the same folder, as a second process sees it
    for one in (app, other) * 5:
        try_to_sign_in(one.test_client(), "reader@ici.example", "wrong password")
    for one in (app, other):
        answer = post_form(one.test_client(), "/connexion", email="reader@ici.example", password=PASSWORD)
        assert answer.status_code == 429
    other.extensions["database"].close()


def test_a_place_that_tries_many_accounts_is_stopped_too(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.extensions["counts"], "_clock", lambda: 1_000_000_000.0)
    for number in range(SIGN_INS_FROM_ONE_PLACE.most):
        try_to_sign_in(app.test_client(), f"someone-{number}@ici.example", "wrong password")
    assert post_form(app.test_client(), "/connexion", email="x@y.example", password="z").status_code == 429


def test_as_much_work_is_done_whether_the_account_is_there_or_not(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_account(database, "reader@ici.example", "Somebody", hashed(PASSWORD))
    create_account(database, "invited@ici.example", "Nobody yet")
    disable_account(database, create_account(database, "closed@ici.example", "Not any more", hashed(PASSWORD)))
    work: list[str] = []

    class Counting(PasswordHasher):
        """The same checks, noted with the cost of each."""

        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002  # its name there
            work.append(str(hash).rpartition("$p=")[0])
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    for name in ("reader", "nobody", "invited", "closed"):
        try_to_sign_in(app.test_client(), f"{name}@ici.example", "wrong password")
    assert len(work) == 4
    assert set(work) == {work[0]}


def test_the_list_of_campaigns_shows_ones_own_territories_only(sign_in: SignIn, campaign: Open) -> None:
    campaign("open", "Ici", 2027)
    campaign("closed", "Ici", 2026)
    campaign("published", "Ici", 2025)
    campaign("open", "Ailleurs")
    page = sign_in("pilot", "Ici").get("/campagnes/").text
    assert "Ailleurs" not in page
    for state in ("collecte en cours", "close, pas encore publiée", "résultats publiés", "personne n’a encore répondu"):
        assert page.count(state) == 1, state
    assert page.count("Lire les résultats") == 2


def test_someone_without_a_territory_reads_whom_to_ask(sign_in: SignIn) -> None:
    client = sign_in("")
    for address in ("/campagnes/", "/compte"):
        assert "équipe du programme" in client.get(address).text


def test_an_account_that_is_blocked_is_informed_once_and_only_if_it_is_there(
    sign_in: SignIn, app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in("reader")
    for number in range(2):
        monkeypatch.setattr("web.accounts.sign_in_flow.client_network", lambda number=number: f"place {number}")
        for email in ("reader@ici.example", "nobody@ici.example"):
            for _ in range(12):
                post_form(app.test_client(), "/connexion", email=email, password="wrong password")
    wait_for_all()
    events = [(entry.event, entry.about.account) for entry in entries(database, Wanted())]
    account = account_by_email(database, "reader@ici.example")
    assert account
    assert events == [("sign-in blocked", account.id), ("signed in", None)]


def test_a_try_that_a_crowd_kept_from_being_judged_does_not_count(
    sign_in: SignIn, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in("reader")

    def crowded(stored: str | None, password: str, of: str) -> bool:
        raise passwords.TooManyAtOnce

    with monkeypatch.context() as patch:
        patch.setattr(passwords, "matches", crowded)
        for _ in range(12):
            answer = post_form(app.test_client(), "/connexion", email="reader@ici.example", password=PASSWORD)
            assert answer.status_code == 503
    answer = post_form(app.test_client(), "/connexion", email="reader@ici.example", password=PASSWORD)
    assert answer.status_code == 303
