"""The second step of sign-in, from the QR code to the lost phone."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.accounts import second_steps
from storage.accounts.accounts import Account, account_by_email
from storage.accounts.second_steps import has_second_step, offered_secret
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries
from tests.web.conftest import PASSWORD, SignIn, quick_passwords
from tests.web.forms import post_form
from tests.web.markup import problems_in

EMAIL = "reader@ici.example"


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_passwords():
        yield


class Clock:
    """The moment that storage believes in; only a test moves it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moment = datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC)
        monkeypatch.setattr(second_steps, "now", lambda: self.moment)

    def wait(self, seconds: int = 30) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def reader(sign_in: SignIn) -> FlaskClient:
    return sign_in("reader")


@pytest.fixture
def account(reader: FlaskClient, database: Database) -> Account:
    found = account_by_email(database, EMAIL)
    assert found is not None
    return found


@pytest.fixture
def phone(reader: FlaskClient, clock: Clock) -> pyotp.TOTP:
    """The reader's authenticator, once it has read the key that the page offers."""
    assert post_form(reader, "/compte/codes", password=PASSWORD).status_code == 303
    page = reader.get("/compte/codes").text
    assert problems_in(page) == []
    assert '<svg viewBox="' in page or "<svg" in page
    key = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    assert key
    return pyotp.TOTP(key[1].replace(" ", ""))


@pytest.fixture
def recovery(reader: FlaskClient, phone: pyotp.TOTP, clock: Clock) -> list[str]:
    """The second step in force; gives its recovery codes. Thirty seconds go by."""
    answer = post_form(reader, "/compte/codes/confirmer", seen_at="/compte/codes", passcode=phone.at(clock.moment))
    assert answer.status_code == 303
    answer = reader.get(answer.headers["Location"])
    assert answer.headers["Cache-Control"] == "no-store"
    clock.wait()
    return re.findall(r"<code>([\w-]+)</code>", html.unescape(answer.text))


def at_the_code(app: Flask) -> FlaskClient:
    """Someone whose password was right."""
    client = app.test_client()
    answer = post_form(client, "/connexion", email=EMAIL, password=PASSWORD, suite="/grille")
    assert answer.headers["Location"] == "/connexion/code"
    return client


def test_a_password_is_no_longer_enough_and_a_code_is(
    recovery: list[str], phone: pyotp.TOTP, clock: Clock, app: Flask
) -> None:
    client = at_the_code(app)
    assert client.get("/compte").status_code == 303, "nobody yet"
    assert problems_in(client.get("/connexion/code").text) == []
    answer = post_form(client, "/connexion/code", passcode=phone.at(clock.moment))
    assert answer.headers["Location"] == "/grille"
    assert client.get("/compte").status_code == 200


def test_a_code_serves_once_and_none_before_it_serves_any_more(
    recovery: list[str], phone: pyotp.TOTP, clock: Clock, app: Flask
) -> None:
    before, now = phone.at(clock.moment - timedelta(seconds=30)), phone.at(clock.moment)
    assert post_form(at_the_code(app), "/connexion/code", passcode=now).status_code == 303
    for replayed in (now, before):
        answer = post_form(at_the_code(app), "/connexion/code", passcode=replayed)
        assert answer.status_code == 422
        assert "déjà servi" in answer.text
    clock.wait()
    typed = phone.at(clock.moment)
    assert post_form(at_the_code(app), "/connexion/code", passcode=f"{typed[:3]} {typed[3:]}").status_code == 303


@pytest.mark.parametrize(("seconds", "status"), [(-30, 303), (30, 303), (-60, 422), (60, 422)])
def test_a_phone_may_be_half_a_minute_early_or_late(
    seconds: int, status: int, recovery: list[str], phone: pyotp.TOTP, clock: Clock, app: Flask
) -> None:
    clock.wait(300)
    code = phone.at(clock.moment + timedelta(seconds=seconds))
    assert post_form(at_the_code(app), "/connexion/code", passcode=code).status_code == status


def test_recovery_codes_serve_once_each_and_are_kept_as_hashes(
    recovery: list[str], account: Account, database: Database, app: Flask
) -> None:
    assert len(set(recovery)) == 8
    kept = "\n".join(database.iterdump())
    assert not any(code in kept or code.replace("-", "") in kept for code in recovery)
    typed = recovery[0].upper().replace("-", " ")
    assert post_form(at_the_code(app), "/connexion/code", passcode=typed).status_code == 303
    assert post_form(at_the_code(app), "/connexion/code", passcode=typed).status_code == 422
    events = [entry.event for entry in entries(database, Wanted(by=account.id))]
    assert events.count("recovery code used") == 1
    assert "codes enabled" in events


def test_the_key_is_sealed_in_the_database(phone: pyotp.TOTP, account: Account, database: Database, app: Flask) -> None:
    assert phone.secret not in "\n".join(database.iterdump())
    assert offered_secret(database, account, app.config["SECRET_KEY"]) == phone.secret
    assert offered_secret(database, account, "another secret") is None


def test_codes_are_not_guessed(recovery: list[str], phone: pyotp.TOTP, clock: Clock, app: Flask) -> None:
    client = at_the_code(app)
    for _ in range(5):
        assert post_form(client, "/connexion/code", passcode="000000").status_code == 422
    assert post_form(client, "/connexion/code", passcode=phone.at(clock.moment)).status_code == 429
    assert post_form(at_the_code(app), "/connexion/code", passcode=recovery[0]).status_code == 429


def test_whoever_has_the_password_and_guesses_codes_keeps_nobody_out(
    recovery: list[str], phone: pyotp.TOTP, clock: Clock, app: Flask
) -> None:
    client = at_the_code(app)
    client.environ_base["REMOTE_ADDR"] = "198.51.100.66"
    for _ in range(5):
        assert post_form(client, "/connexion/code", passcode="000000").status_code == 422
    assert post_form(client, "/connexion/code", passcode="000000").status_code == 429
    assert post_form(at_the_code(app), "/connexion/code", passcode=recovery[0]).status_code == 303


def test_the_code_is_asked_only_after_a_password_and_for_a_while(
    recovery: list[str], phone: pyotp.TOTP, clock: Clock, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert app.test_client().get("/connexion/code").headers["Location"] == "/connexion"
    client = at_the_code(app)
    token = re.search(r'csrf_token"[^>]*value="([^"]+)"', client.get("/connexion/code").text)
    assert token
    monkeypatch.setattr("web.accounts.sign_in_flow.time", lambda: datetime.now(UTC).timestamp() + 601)
    answer = client.post("/connexion/code", data={"csrf_token": token[1], "passcode": phone.at(clock.moment)})
    assert answer.headers["Location"] == "/connexion"


def test_another_password_ends_the_wait(recovery: list[str], reader: FlaskClient, app: Flask) -> None:
    client = at_the_code(app)
    new = "quatre mots sans rapport"
    assert post_form(reader, "/compte/mot-de-passe", password=PASSWORD, new_password=new).status_code == 303
    assert client.get("/connexion/code").status_code == 303


def test_turning_it_on_needs_a_right_code_and_signs_other_browsers_out(
    reader: FlaskClient, app: Flask, phone: pyotp.TOTP, clock: Clock, account: Account, database: Database
) -> None:
    other = app.test_client()
    assert post_form(other, "/connexion", email=EMAIL, password=PASSWORD).headers["Location"] == "/compte"
    wrong = post_form(reader, "/compte/codes/confirmer", seen_at="/compte/codes", passcode="123")
    assert wrong.status_code == 422
    assert not has_second_step(database, account)
    post_form(reader, "/compte/codes/confirmer", seen_at="/compte/codes", passcode=phone.at(clock.moment))
    assert has_second_step(database, account)
    assert other.get("/compte").status_code == 303
    assert reader.get("/compte").status_code == 200


def test_turning_it_off_or_drawing_other_codes_needs_the_password(
    recovery: list[str], reader: FlaskClient, account: Account, database: Database, app: Flask
) -> None:
    page = "/compte/codes"
    for address in ("secours", "desactiver"):
        answer = post_form(reader, f"{page}/{address}", seen_at=page, password="not this one")
        assert answer.status_code == 422
        assert problems_in(answer.text) == []
    drawn = post_form(reader, f"{page}/secours", seen_at=page, password=PASSWORD)
    assert drawn.status_code == 303
    assert post_form(at_the_code(app), "/connexion/code", passcode=recovery[0]).status_code == 422
    assert post_form(reader, f"{page}/desactiver", seen_at=page, password=PASSWORD).status_code == 303
    assert not has_second_step(database, account)
    answer = post_form(app.test_client(), "/connexion", email=EMAIL, password=PASSWORD)
    assert answer.headers["Location"] == "/compte"


def test_without_it_there_is_nothing_to_renew(reader: FlaskClient) -> None:
    answer = post_form(reader, "/compte/codes/secours", seen_at="/compte/codes", password=PASSWORD)
    assert answer.status_code == 404


def test_the_programme_lets_in_who_lost_everything(
    recovery: list[str], sign_in: SignIn, account: Account, database: Database, app: Flask
) -> None:
    programme = sign_in("programme", None)
    page = f"/comptes/{account.id}"
    assert "Désactiver ses codes" in programme.get(page).text
    assert post_form(programme, f"{page}/codes/desactiver", seen_at=page).status_code == 303
    assert not has_second_step(database, account)
    last = entries(database, Wanted())[0]
    assert (last.event, last.about.account) == ("codes disabled", account.id)


def test_a_secret_of_the_installation_that_changed_leaves_recovery_codes(
    recovery: list[str], phone: pyotp.TOTP, clock: Clock, app: Flask
) -> None:
    app.config["SECRET_KEY"] = "another secret, drawn since then"
    assert post_form(at_the_code(app), "/connexion/code", passcode=phone.at(clock.moment)).status_code == 422
    assert post_form(at_the_code(app), "/connexion/code", passcode=recovery[0]).status_code == 303
