"""Known devices: failed attempts elsewhere do not lock the owner out; devices can be forgotten."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.accounts.accounts import Account, account_by_email
from storage.accounts.password_links import make_account_link
from storage.accounts.sign_in_sessions import MOST, sign_in_sessions_of, start_session
from storage.core.engine import Database
from storage.operations.rate_limits import Limit
from tests.web.conftest import PASSWORD, SignIn
from tests.web.forms import post_form
from web.accounts import known_devices as devices
from web.accounts.sign_in_flow import SESSION_LASTS
from web.http.security import rate_limits as limits

EMAIL = "reader@ici.example"
NEW = "une phrase nouvelle et longue"
ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def time_stands_still(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.extensions["counts"], "_clock", lambda: 1_000_000_000.0)


@pytest.fixture
def owner(sign_in: SignIn) -> FlaskClient:
    """The browser where the account signed in, signed out since."""
    client = sign_in("reader")
    post_form(client, "/deconnexion", seen_at="/compte")
    return client


@pytest.fixture
def flooded(app: Flask, owner: FlaskClient) -> None:  # who signed in before
    """The limits of the account and of this place are reached, as far as new devices go."""
    counts = app.extensions["counts"]
    for limit, who in (
        (limits.SIGN_INS_OF_ONE_ACCOUNT, EMAIL),
        (limits.SIGN_INS_FROM_ONE_PLACE, "127.0.0.1"),
        (limits.RESETS_OF_ONE_ADDRESS, EMAIL),
    ):
        while counts.hit(limit, who) is None:
            pass


def signs_in(client: FlaskClient, password: str = PASSWORD) -> int:
    return post_form(client, "/connexion", email=EMAIL, password=password).status_code


def at(client: FlaskClient, address: str) -> FlaskClient:
    client.environ_base["REMOTE_ADDR"] = address
    return client


def reader(database: Database) -> Account:
    account = account_by_email(database, EMAIL)
    assert account
    return account


def test_wrong_sign_ins_from_elsewhere_keep_nobody_out(sign_in: SignIn, app: Flask) -> None:
    sign_in("reader")
    for _ in range(40):
        signs_in(at(app.test_client(), "198.51.100.1"), "wrong password")
    assert signs_in(at(app.test_client(), "198.51.100.1")) == 429
    assert signs_in(at(app.test_client(), "198.51.100.2")) == 303, "a new device, where nothing was tried"


def test_colleagues_who_mistype_do_not_shut_their_place(sign_in: SignIn, app: Flask) -> None:
    sign_in("reader")
    for _ in range(12):
        post_form(app.test_client(), "/connexion", email="colleague@ici.example", password="wrong password")
    assert signs_in(app.test_client()) == 303


@pytest.mark.usefixtures("flooded")
def test_a_right_password_passes_from_a_known_device_alone(owner: FlaskClient, app: Flask) -> None:
    assert signs_in(app.test_client()) == 429
    assert signs_in(owner) == 303


def test_the_tries_of_a_known_device_are_counted_apart(owner: FlaskClient) -> None:
    for _ in range(limits.SIGN_INS_OF_ONE_DEVICE.most):
        assert signs_in(owner, "wrong password") == 422
    assert signs_in(owner) == 429


def test_the_cookie_goes_to_signing_in_only_and_opens_nothing(owner: FlaskClient, app: Flask) -> None:
    cookie = owner.get_cookie("device", path="/connexion")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.max_age) == (True, "Lax", 180 * 86_400)
    assert EMAIL not in cookie.value
    thief = app.test_client()
    thief.set_cookie("device", cookie.value, path="/")
    assert thief.get("/compte").status_code == 303
    assert signs_in(thief, "wrong password") == 422


def test_over_https_the_cookie_is_secure(owner: FlaskClient, app: Flask, database: Database) -> None:
    app.config["SESSION_COOKIE_SECURE"] = True
    with app.test_request_context():
        devices.remember(reader(database))
        answer = app.process_response(app.make_response(""))
    (given,) = [one for one in answer.headers.getlist("Set-Cookie") if "device" in one]
    assert given.startswith("__Secure-device=")
    assert {"Secure", "HttpOnly", "Path=/connexion", "SameSite=Lax"} <= set(given.split("; "))


@pytest.mark.usefixtures("flooded")
@pytest.mark.parametrize("value", ["", "rien", "e30.x", "\x00", "a" * 3000])
def test_a_cookie_that_we_did_not_sign_is_none(value: str, app: Flask) -> None:
    visitor = app.test_client()
    visitor.set_cookie("device", value, path="/connexion")
    assert signs_in(visitor) == 429


def test_devices_are_forgotten_on_request_and_after_months(
    owner: FlaskClient, app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert known(owner, app, reader(database))
    with monkeypatch.context() as patch:
        patch.setattr(devices, "time", lambda: 1e10)
        assert not known(owner, app, reader(database))
    signs_in(owner)
    page = owner.get("/compte").text
    assert "Oublier mes appareils" in page
    answer = post_form(owner, "/compte/appareils/oublier", seen_at="/compte")
    assert answer.status_code == 303
    assert owner.get("/compte").status_code == 200, "nobody is signed out"
    assert not known(owner, app, reader(database))


def known(client: FlaskClient, app: Flask, account: Account) -> bool:
    cookie = client.get_cookie("device", path="/connexion")
    assert cookie
    with app.test_request_context("/connexion", headers={"Cookie": f"device={cookie.value}"}):
        return bool(devices.device(account))


def test_another_password_forgets_the_devices_but_the_one_where_it_was_chosen(
    owner: FlaskClient, app: Flask, database: Database
) -> None:
    here = app.test_client()
    signs_in(here)
    assert post_form(here, "/compte/mot-de-passe", password=PASSWORD, new_password=NEW).status_code == 303
    assert known(here, app, reader(database))
    assert not known(owner, app, reader(database))


@pytest.mark.usefixtures("flooded")
def test_who_reads_the_mail_of_the_account_comes_in_whatever_others_try(
    owner: FlaskClient, app: Flask, database: Database
) -> None:
    phone = app.test_client()
    link = make_account_link(database, reader(database), "reset")
    assert post_form(phone, f"/connexion/nouveau/{link}", new_password=NEW).status_code == 303
    assert signs_in(phone, NEW) == 303
    assert not known(owner, app, reader(database))


def test_one_device_serves_several_accounts(
    owner: FlaskClient, sign_in: SignIn, app: Flask, database: Database
) -> None:
    sign_in("pilot")
    assert post_form(owner, "/connexion", email="pilot@ici.example", password=PASSWORD).status_code == 303
    pilot = account_by_email(database, "pilot@ici.example")
    assert pilot
    assert known(owner, app, pilot)
    assert known(owner, app, reader(database))


def test_a_flood_of_right_sign_ins_is_limited_too(owner: FlaskClient, app: Flask) -> None:
    elsewhere = [signs_in(at(app.test_client(), "198.51.100.9")) for _ in range(limits.ALL_SIGN_INS.most + 1)]
    assert elsewhere.count(303) == limits.ALL_SIGN_INS.most
    assert elsewhere[-1] == 429
    assert signs_in(owner) == 303


def test_an_account_is_signed_in_so_often_and_no_more(owner: FlaskClient, app: Flask, database: Database) -> None:
    first = app.test_client()
    signs_in(first)
    for _ in range(MOST - 1):
        start_session(database, reader(database), SESSION_LASTS)
    assert first.get("/compte").status_code == 200
    start_session(database, reader(database), SESSION_LASTS)
    assert first.get("/compte").status_code == 303, "the one used least lately"
    assert len(sign_in_sessions_of(database, reader(database))) == MOST


def every_limit() -> list[Limit]:
    return [one for one in vars(limits).values() if isinstance(one, Limit)]


def test_the_figures_of_every_limit_are_in_the_documents() -> None:
    text = (ROOT / "docs/operations.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([a-z ,-]+)` \| ([\d,]+ in [^|]+) \|", text, re.M))
    assert rows == {one.name: f"{one.most:,} in {said(one)}" for one in every_limit()}
    assert len({one.name for one in every_limit()}) == len(every_limit())
    elsewhere = [path for path in (ROOT / "web").rglob("*.py") if re.search(r"\bLimit\(", path.read_text("utf-8"))]
    assert [path.name for path in elsewhere] == ["rate_limits.py"]


def said(limit: Limit) -> str:
    minutes = int(limit.within.total_seconds() // 60)
    hours, days = minutes // 60, limit.within.days
    if days or hours:
        return "1 day" if days else "1 hour" if hours == 1 else f"{hours} hours"
    return f"{minutes} minutes"
