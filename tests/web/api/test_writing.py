"""Writing by the API: the checks and steps of the pages, all that is wrong at once, and nothing twice."""

from base64 import b64encode
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storage.accounts.idempotent_requests import Sent, claim_request
from storage.campaigns.campaigns import participation
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries
from tests.web.api.conftest import Software
from tests.web.conftest import Open
from web.api.my import models
from web.api.my.idempotency import HEADER

MY = "/api/v1/my"
SETTINGS: dict[str, Any] = {
    "name": "Bilan 2027",
    "year": 2027,
    "grid": "territoires-engagement/2026.1",
    "colleges": [{"code": "elus", "label": "Élus", "size": 27}, {"label": "Lycéens", "like": "habitants"}],
}
ACTION: dict[str, Any] = {"kind": "formation", "title": "Former", "skills": ["COO-1"], "starts_on": "2027-01-15"}


@pytest.fixture
def pilot(software: Software, campaign: Open) -> FlaskClient:
    """Software of the pilot of « Ici », where a campaign is open."""
    campaign("open")
    return software("pilot")


def drafted(pilot: FlaskClient, key: str = "", **more: object) -> TestResponse:
    """The answer to a draft."""
    headers = {HEADER: key} if key else {}
    return pilot.post(f"{MY}/territories/ici/campaigns", json=SETTINGS | more, headers=headers)


def test_a_campaign_is_prepared_opened_and_closed(pilot: FlaskClient, database: Database) -> None:
    made = drafted(pilot)
    assert made.status_code == 201, made.text
    models.FollowedCampaign.model_validate_json(made.data)
    address = made.headers["Location"].removeprefix("http://localhost")
    kept = pilot.get(f"{address}/settings")
    assert [one["label"] for one in kept.json["colleges"]] == ["Élus", "Lycéens"]
    assert kept.json["colleges"][1]["like"] == "habitants"
    changed = pilot.put(
        f"{address}/settings", json=kept.json | {"name": "Un bilan"}, headers={"If-Match": kept.headers["ETag"]}
    )
    assert (changed.status_code, changed.json["name"]) == (200, "Un bilan")
    late = pilot.put(f"{address}/settings", json=kept.json, headers={"If-Match": kept.headers["ETag"]})
    assert (late.status_code, pilot.get(f"{address}/settings").json["name"]) == (412, "Un bilan")
    assert pilot.post(f"{address}/close", json={"sure": True}).status_code == 409
    assert pilot.post(f"{address}/open").json["status"] == "open"
    assert pilot.put(f"{address}/settings", json=kept.json).status_code == 409
    refused = pilot.post(f"{address}/close", json={"sure": False})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/sure")
    assert pilot.post(f"{address}/close", json={"sure": True}).json["status"] == "closed"
    told = [one for one in entries(database, Wanted()) if "by_key" in one.detail]
    assert [one.event for one in reversed(told)] == [
        *("campaign drafted", "campaign revised", "campaign opened", "campaign closed"),
    ]


def test_all_that_is_wrong_is_said_at_once_with_its_place(pilot: FlaskClient, database: Database) -> None:
    before = database["campaigns"].count
    wrong = drafted(pilot, name="x" * 90, yeer=2027, form="long", opens_on="demain", colleges=[{"size": "a"}])
    assert (wrong.status_code, wrong.mimetype) == (422, "application/problem+json")
    said = {one["pointer"]: one["detail"] for one in wrong.json["errors"]}
    assert said == {
        "/name": "c’est trop long\u00a0: 80 au plus.",
        "/yeer": "ce champ n’est pas connu ici\u00a0: retirez-le.",
        "/form": "choisissez parmi 'short', 'full'.",
        "/opens_on": "écrivez un jour ainsi\u00a0: 2027-03-31.",
        "/colleges/0/label": "ce champ manque\u00a0: ajoutez-le.",
        "/colleges/0/size": "écrivez un nombre entier.",
    }
    below = drafted(pilot, name=" ", year=1999, k=99, opens_on="2027-02-01", closes_on="2027-01-01")
    assert below.status_code == 422
    assert len(below.json["errors"]) == 4
    assert drafted(pilot, grid="rien/1").json["errors"][0]["pointer"] == "/grid"
    assert database["campaigns"].count == before


@pytest.mark.parametrize(
    ("content", "mimetype", "code", "said"),
    [
        (b"{", "application/json", 422, "pas du JSON"),
        (b"[" * 100_000, "application/json", 422, "pas du JSON"),
        (b'{"name": "\\ud800"}', "application/json", 422, "JSON"),
        (b"[]", "application/json", 422, "objet"),
        (b"name=Bilan", "application/x-www-form-urlencoded", 422, "Envoyez du JSON"),
        (b" " * 10_000_000, "application/json", 413, "2 Mo au plus"),
    ],
)
def test_what_is_no_body_is_said(pilot: FlaskClient, content: bytes, mimetype: str, code: int, said: str) -> None:
    answer = pilot.post(f"{MY}/territories/ici/campaigns", data=content, content_type=mimetype)
    assert (answer.status_code, answer.mimetype) == (code, "application/problem+json")
    assert said in answer.json["detail"]


def test_a_request_sent_again_acts_once(pilot: FlaskClient, database: Database) -> None:
    first, again = drafted(pilot, "k" * 40), drafted(pilot, "k" * 40)
    assert (first.status_code, again.status_code, first.json) == (201, 201, again.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    other = drafted(pilot, "k" * 40, name="Un autre")
    assert (other.status_code, "a déjà servi" in other.json["detail"]) == (422, True)
    assert drafted(pilot, "k" * 300).status_code == 400
    assert drafted(pilot, "another", name="").status_code == 422
    assert drafted(pilot, "another", name="Corrigé").status_code == 201  # what was refused may be sent again
    stored = [value for row in database["idempotent_requests"].rows for value in row.values()]
    assert not any("Bilan" in str(value) or "kkkk" in str(value) for value in stored)
    assert database["campaigns"].count == 3


def test_the_same_request_under_way_is_not_begun_twice(
    pilot: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def claimed(db: Database, sent: Sent) -> Any:
        claim_request(db, sent)  # another process has just claimed it
        return claim_request(db, sent)

    monkeypatch.setattr("web.api.my.idempotency.claim_request", claimed)
    answer = drafted(pilot, "under way")
    assert (answer.status_code, "est en cours" in answer.json["detail"]) == (409, True)
    assert database["campaigns"].count == 1


def test_links_lead_where_they_are_asked_to(pilot: FlaskClient, client: FlaskClient, campaign: Open) -> None:
    address = f"{MY}/campaigns/{campaign('open', 'Ici', 2027).slug}/links"
    made = pilot.post(address, json={"college": "elus"})
    assert (made.status_code, made.json["college"]) == (201, "elus")
    assert made.json["qr_svg"].startswith("<svg")
    assert client.get(urlsplit(made.json["address"]).path).status_code == 200
    assert pilot.get(address).json["items"] == [made.json]
    assert pilot.post(address, json={"college": "martiens"}).json["errors"][0]["pointer"] == "/college"


def table(content: bytes, **more: object) -> dict[str, object]:
    """A table to import."""
    return {"table": {"name": "a.csv", "content": b64encode(content).decode()}} | more


def test_a_table_is_looked_at_then_taken_once(pilot: FlaskClient, database: Database, campaign: Open) -> None:
    one = campaign("open", "Ici", 2027)
    address, rows = f"{MY}/campaigns/{one.slug}/imports", b"college,COO-1\nelus,2\nagents,3\n"
    looked = pilot.post(address, json=table(rows))
    assert looked.status_code == 200, looked.text
    models.ImportDocument.model_validate_json(looked.data)
    assert (looked.json["taken"], looked.json["responses"]) == (False, 2)
    assert participation(database, one)["elus"] == 0
    for _time in range(2):
        taken = pilot.post(address, json=table(rows, take=True), headers={HEADER: "once"})
        assert (taken.status_code, taken.json["taken"]) == (200, True)
    assert participation(database, one)["elus"] == 1
    assert pilot.post(address, json=table(rows, take=True)).status_code == 409
    wrong = pilot.post(address, json=table(b"college,COO-1\nmartiens,9\nelus,12\n"))
    assert (wrong.status_code, len(wrong.json["errors"]) > 1) == (422, True)
    assert pilot.post(address, json={"table": {"name": "a", "content": "é"}}).json["errors"] == [
        {"pointer": "/table/content", "detail": "ce n’est pas du base64."}
    ]


def test_actions_are_added_changed_over_what_was_read_and_removed(pilot: FlaskClient) -> None:
    address = f"{MY}/territories/ici/actions"
    made = pilot.post(address, json=ACTION)
    assert made.status_code == 201, made.text
    number = made.json["number"]
    changed = pilot.put(f"{address}/{number}", json=ACTION | {"title": "Former tout le monde", "version": 1})
    assert (changed.status_code, changed.json["version"]) == (200, 2)
    late = pilot.put(f"{address}/{number}", json=ACTION | {"title": "Autre", "version": 1})
    assert (late.status_code, "version 2" in late.json["detail"]) == (409, True)
    assert pilot.get(address).json["items"][0]["title"] == "Former tout le monde"
    wrong = pilot.post(address, json=ACTION | {"skills": ["ZZZ-1", "COO-1", "ZZZ-2"], "campaign": "ailleurs"})
    assert [one["pointer"] for one in wrong.json["errors"]] == ["/skills/0", "/skills/2", "/campaign"]
    backwards = pilot.post(address, json=ACTION | {"ends_on": "2026-01-01", "skills": []})
    assert (backwards.status_code, len(backwards.json["errors"])) == (422, 2)
    assert pilot.delete(f"{address}/{number}").json == {"removed": True}
    assert pilot.get(address).json["items"] == []


def test_what_follows_a_collection_is_read(software: Software, campaign: Open) -> None:
    shown, reviewer = campaign("closed"), software("reviewer")
    for what in ("changes", "diagnostics", "decisions"):
        answer = reviewer.get(f"{MY}/campaigns/{shown.slug}/{what}")
        assert (answer.status_code, answer.json["items"]) == (200, [])
