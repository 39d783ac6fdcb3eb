"""Other software is notified of what happens to campaigns: signed, tried again, never inside, whatever it answers."""

import base64
import hmac
import re

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from commands.serving.job_maker import make_waiting
from commands.serving.job_process import ask_for_due
from storage.accounts.accounts import account_by_email, revoke
from storage.campaigns.territories import territory_by_slug
from storage.core.engine import Database
from storage.operations.jobs import erase_jobs
from storage.webhooks import endpoints
from storage.webhooks.deliveries import ANNOUNCED, LABELS
from tests.proxies import Certificate
from tests.web.conftest import Open, SignIn, address_of
from tests.web.forms import post_form, token_in
from tests.web.listening import Listening
from tests.web.review.test_adoption import adopt

MINE = "/compte/avertissements"


@pytest.fixture(autouse=True)
def allowed(app: Flask) -> None:
    """An installation that tells other software, even on this machine."""
    app.config |= {"WEBHOOKS": True, "WEBHOOKS_TO_PRIVATE": True}


def given(client: FlaskClient, address: str, events: list[str]) -> TestResponse:
    """The answer to the form that gives an address."""
    token = token_in(client.get(MINE).text)
    return client.post(MINE, data={"csrf_token": token, "address": address, "events": events})


def listened(client: FlaskClient, address: str) -> str:
    """Give an address for everything; return the secret that signs, as its page shows it."""
    answer = given(client, address, list(LABELS))
    assert answer.status_code == 303, answer.text
    return secret_in(client.get(answer.headers["Location"]).text)


def secret_in(page: str) -> str:
    """The secret that a page shows."""
    found = re.search(r"whsec_[\w+/]+=*", page)
    assert found
    return found[0]


def is_signed(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """Whether one of the signatures is by that secret, as Standard Webhooks says."""
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    right = hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), content, "sha256")
    return f"v1,{base64.b64encode(right).decode()}" in headers["webhook-signature"].split()


def made(app: Flask) -> int:
    """Send what waits, as the process of jobs does."""
    return make_waiting(app, "test:1")


def test_each_event_is_notified_once_signed_and_says_nothing_of_anybody(
    app: Flask, sign_in: SignIn, campaign: Open, listening: Listening, database: Database
) -> None:
    draft, pilot = campaign("draft"), sign_in("pilot")
    secret = listened(pilot, listening.address)
    page = f"/campagnes/{draft.slug}"
    assert post_form(pilot, f"{page}/ouvrir", seen_at=page).status_code == 303
    assert post_form(pilot, f"{page}/cloture", sure="1").status_code == 303
    for address in ("publier", "publier", "depublier"):
        assert post_form(pilot, f"{page}/{address}", seen_at="/compte").status_code == 303
    assert made(app) == 4
    assert [orjson.loads(body)["type"] for _path, _headers, body in listening.got] == [
        *("campaign.opened", "campaign.closed", "campaign.published", "campaign.withdrawn"),
    ]
    path, headers, body = listening.got[0]
    assert (path, headers["content-type"]) == ("/recevoir?de=grille", "application/json")
    assert is_signed(headers, body, secret)
    assert not is_signed(headers, body + b" ", secret)
    said = orjson.loads(body)["data"]
    assert said.keys() == {"campaign", "territory", "address", "address_with_a_key"}
    assert said["address"].endswith(f"/api/v1/campaigns/{draft.slug}")
    assert pilot.get(f"{MINE}/1").text.count("arrivé") == 4
    stored = [str(value) for row in database["webhooks"].rows for value in row.values()]
    assert not any(secret.removeprefix("whsec_") in one for one in stored)


def test_a_secret_is_shown_on_the_page_of_its_own_address_alone(sign_in: SignIn, listening: Listening) -> None:
    pilot = sign_in("pilot")
    listened(pilot, listening.address)
    shown = given(pilot, f"{listening.address}&encore=1", list(LABELS)).headers["Location"]
    assert secret_in(pilot.get(shown).text)
    other = shown.replace(f"{MINE}/2", f"{MINE}/1")
    assert other != shown
    assert pilot.get(other).headers["Location"] == f"{MINE}/1"


def opened(client: FlaskClient, campaign: Open, year: int = 2026) -> None:
    """Open a campaign, by its page."""
    page = f"/campagnes/{campaign('draft', 'Ici', year).slug}"
    assert post_form(client, f"{page}/ouvrir", seen_at=page).status_code == 303


def test_what_did_not_arrive_waits_longer_and_longer_and_is_sent_again_by_hand(
    app: Flask, sign_in: SignIn, campaign: Open, listening: Listening, database: Database
) -> None:
    pilot = sign_in("pilot")
    listened(pilot, listening.address)
    listening.answer = (500, {})
    opened(pilot, campaign)
    waits = []
    for _attempt in range(7):
        assert made(app) == 1
        (row,) = database["webhook_deliveries"].rows
        waits.append(row["due_at"])
        database.execute("UPDATE jobs SET not_before = '' WHERE state = 'queued'")  # time goes by
    assert (made(app), len(listening.got), waits[-1]) == (0, 7, None)
    assert sorted(waits[:-1]) == waits[:-1]
    page = pilot.get(f"{MINE}/1").text
    assert "abandonné" in page
    assert "a répondu 500" in page
    listening.answer = (200, {})
    assert post_form(pilot, f"{MINE}/1/messages/1", seen_at=f"{MINE}/1").status_code == 303
    assert made(app) == 1
    assert "arrivé" in pilot.get(f"{MINE}/1").text
    ids = {headers["webhook-id"] for _path, headers, _body in listening.got}
    assert len(ids) == 1  # the same message: its receiver knows that it had it


def test_what_a_purge_erases_of_the_queue_is_sent_all_the_same(
    app: Flask, sign_in: SignIn, campaign: Open, listening: Listening, database: Database
) -> None:
    pilot = sign_in("pilot")
    listened(pilot, listening.address)
    opened(pilot, campaign)
    erase_jobs(database)
    assert made(app) == 0
    ask_for_due(database)
    assert (made(app), len(listening.got)) == (1, 1)


def test_the_former_secret_signs_too_for_a_day(
    app: Flask, sign_in: SignIn, campaign: Open, listening: Listening, database: Database
) -> None:
    pilot = sign_in("pilot")
    former = listened(pilot, listening.address)
    changed = post_form(pilot, f"{MINE}/1/secret", seen_at=f"{MINE}/1")
    secret = secret_in(pilot.get(changed.headers["Location"]).text)
    opened(pilot, campaign)
    made(app)
    _path, headers, body = listening.got[0]
    assert is_signed(headers, body, secret)
    assert is_signed(headers, body, former)
    database.execute("UPDATE webhooks SET renewed_at = '2026-01-01T00:00:00+00:00'")
    opened(pilot, campaign, 2027)
    made(app)
    _path, headers, body = listening.got[1]
    assert is_signed(headers, body, secret)
    assert not is_signed(headers, body, former)


def test_only_those_who_follow_a_campaign_are_notified(
    app: Flask, sign_in: SignIn, campaign: Open, listening: Listening, database: Database
) -> None:
    pilot, elsewhere, former = sign_in("pilot"), sign_in("pilot", "Ailleurs"), sign_in("reader")
    for client in (elsewhere, former):
        listened(client, listening.address)
    account, here = account_by_email(database, address_of("reader", "Ici")), territory_by_slug(database, "ici")
    assert account
    revoke(database, account, "reader", here)
    opened(pilot, campaign)
    assert (made(app), listening.got) == (0, [])
    assert pilot.get(f"{MINE}/1").status_code == 404
    assert post_form(pilot, f"{MINE}/1/retirer", seen_at=MINE).status_code == 404
    assert post_form(elsewhere, f"{MINE}/1/retirer", seen_at=f"{MINE}/1").status_code == 303
    assert database["webhooks"].count == 1


def test_an_installation_that_sends_nothing_says_so(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    pilot = sign_in("pilot")
    monkeypatch.setattr(endpoints, "MOST", 1)
    listened(pilot, "https://logiciel.example/recevoir")
    full = given(pilot, "https://logiciel.example/", ["campaign.opened"])
    assert "retirez celles qui ne servent plus" in full.text
    app.config["WEBHOOKS"] = False
    assert "n’envoie rien à d’autres logiciels" in pilot.get(MINE).text
    fields = {"csrf_token": token_in(full.text), "address": "https://logiciel.example/", "events": "campaign.opened"}
    assert pilot.post(MINE, data=fields).status_code == 422


def test_https_is_spoken_only_to_whom_a_known_authority_vouches_for(
    app: Flask,
    sign_in: SignIn,
    campaign: Open,
    listening: Listening,
    database: Database,
    certificate: Certificate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listening.secure(certificate)
    pilot = sign_in("pilot")
    secret = listened(pilot, listening.address)
    opened(pilot, campaign)
    assert (made(app), listening.got) == (1, [])  # nobody vouches for that certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    database.execute("UPDATE jobs SET not_before = '' WHERE state = 'queued'")  # time goes by
    assert made(app) == 1
    ((path, headers, body),) = listening.got
    assert (path, is_signed(headers, body, secret)) == ("/recevoir?de=grille", True)


def test_an_adopted_diagnostic_is_notified(app: Flask, sign_in: SignIn, campaign: Open, listening: Listening) -> None:
    pilot, closed = sign_in("pilot"), campaign("closed")
    listened(pilot, listening.address)
    assert adopt(sign_in("reviewer"), closed)[0] == 303
    assert made(app) == 1
    assert [orjson.loads(body)["type"] for _path, _headers, body in listening.got] == ["diagnostic.adopted"]


def test_every_event_that_is_notified_has_its_words() -> None:
    assert set(ANNOUNCED.values()) == set(LABELS)
