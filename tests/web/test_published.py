"""Published pages are made once, and are always up to date."""

import gzip
import re
import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storage.accounts.accounts import account_by_email
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import publish_campaign, unpublish_campaign
from storage.core.engine import Database
from storage.operations import published_copies as copies
from storage.operations.published_copies import CopyNotReady, copies_of
from storage.review.sheets import YearlyNote, save_sheet
from storage.review.snapshots import adopt
from tests.conftest import application
from tests.web.conftest import PASSWORD, Open, SignIn
from tests.web.forms import post_form, token_in
from tests.web.markup import problems_in
from tests.web.published import addresses, files
from tests.web.queries import queries
from tests.web.test_routes import ROUTES, Access

LISTS = ("/resultats", "/seances", "/donnees")
DOCUMENTS = ("pdf", "pptx", "xlsx", "zip")


def everything(campaign: Campaign) -> list[str]:
    """Every public address that shows something of a published campaign."""
    from restitution.documents.file_names import NAMES

    files = [f"/restitution/{campaign.slug}/fichiers/{name}" for name in NAMES]
    heavy = [f"/restitution/{campaign.slug}/documents/{suffix}" for suffix in DOCUMENTS]
    return list(
        dict.fromkeys([*addresses(campaign), *files, *heavy, *LISTS, f"/restitution/{campaign.slug}/documents"])
    )


def headers_of(answer: TestResponse) -> dict[str, str]:
    """All but the moment at which it was sent."""
    return {name: text for name, text in answer.headers if name != "Date"}


def no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing can be computed, nor written as a page."""

    def refuse(*_arguments: object, **_more: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr("storage.responses.computed.profiles.campaign_profile", refuse)
    monkeypatch.setattr("web.results.campaign_results.campaign_profile", refuse)
    monkeypatch.setattr("web.parcours.pages.campaign_profile", refuse)
    for room in ("results", "session", "public"):
        monkeypatch.setattr(f"web.{room}.views.render_template", refuse)


def test_the_addresses_of_these_tests_are_all_that_show_results(app: Flask, shown: Campaign) -> None:
    bound = app.url_map.bind("")
    seen = {bound.match(address)[0] for address in everything(shown)}
    public = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if ROUTES.get(f"{method} {rule.rule}") is Access.RESULTS or rule.rule in LISTS
    }
    assert seen == public - {"results.preparing"}  # how far a document is, never what it says


def test_what_is_published_is_made_once_for_every_process(
    shown: Campaign, app: Flask, client: FlaskClient, other_process: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {address: client.get(address) for address in everything(shown)}
    no_more(monkeypatch)
    for address, before in first.items():
        for server in (app, other_process, other_process):
            again = server.test_client().get(address)
            assert (again.status_code, again.data) == (200, before.data), address
            assert headers_of(again) == headers_of(before), address
            assert "Set-Cookie" not in again.headers
        tag = before.headers["ETag"]
        for server in (app, other_process):
            unchanged = server.test_client().get(address, headers={"If-None-Match": f'W/"1", {tag}'})
            assert (unchanged.status_code, unchanged.data, unchanged.headers["ETag"]) == (304, b"", tag), address


def test_a_second_view_asks_the_database_one_thing(shown: Campaign, app: Flask, client: FlaskClient) -> None:
    for address in [*addresses(shown), *LISTS]:
        tag = client.get(address).headers["ETag"]
        for headers in ({}, {"If-None-Match": tag}):
            with queries(app) as asked:
                assert client.get(address, headers=headers).status_code in {200, 304}
            assert len(asked) == 1, (address, asked)
            assert "revision" in asked[0]


CHANGES: dict[str, str] = {
    "another name": "UPDATE territories SET name = 'Là-bas'",
    "other texts": "UPDATE campaigns SET name = 'Un autre bilan'",
    "another grid": "UPDATE grids SET document = replace(document, 'engagement', 'Engagement')",
    "recomputed by an edition": """INSERT INTO recomputed_publications (campaign_id, edition,
        published_at, recomputed_at) SELECT id, 1, published_at, published_at FROM campaigns""",
    "published again": "UPDATE campaigns SET published_at = '2026-11-30T10:00:00+00:00'",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_shows_at_once_in_every_process(
    change: str, shown: Campaign, app: Flask, database: Database, other_process: Flask
) -> None:
    servers = (app.test_client(), other_process.test_client())
    some = [f"/restitution/{shown.slug}{page}" for page in ("/habitants", "/documents/json")] + ["/resultats"]
    before = {address: {one.get(address).headers["ETag"] for one in servers}.pop() for address in some}
    database.execute(change)
    for address, tag in before.items():
        after = [one.get(address, headers={"If-None-Match": tag}) for one in servers]
        assert [one.status_code for one in after] == [200, 200], address
        assert after[0].data == after[1].data


def test_another_release_another_language_and_another_address_have_copies_of_their_own(
    shown: Campaign, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/restitution/{shown.slug}/habitants"

    def tag() -> str:
        return str(application(Path(app.config["DATABASE"]).parent).test_client().get(address).headers["ETag"])

    seen = [tag()]
    monkeypatch.setattr("web.http.pages.published_pages.reader", lambda: "en")
    seen.append(tag())
    monkeypatch.setattr("web.http.pages.published_pages.code_version", lambda: "the next one")
    seen.append(tag())
    assert len(set(seen)) == len(seen)


def test_a_language_that_readers_choose_is_asked_of_each(shown: Campaign, app: Flask, client: FlaskClient) -> None:
    address = f"/restitution/{shown.slug}/habitants"
    first = client.get(address).headers["ETag"]
    app.extensions["babel"].locale_selector = lambda: "en"
    assert client.get(address).headers["ETag"] not in {first, None}


ELSEWHERE = {
    *("results_revisions", "country_revision", "sqlite_master", "sessions", "accounts", "grants", "json_each", "links"),
}
"""What no copy rests on: the revisions themselves, who is signed in, and that a link led to a college, which nothing
changes once the collection is closed (links are made and revoked before; only invitations are purged)."""


def test_every_table_that_is_read_draws_a_revision(
    shown: Campaign, app: Flask, client: FlaskClient, sign_in: SignIn, database: Database
) -> None:
    people = [client, sign_in("pilot"), sign_in("programme", None)]
    sql = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%results_revisions%'"
    drawing = {str(row[0]) for row in database.execute(sql)}
    read: set[str] = set()

    def note(action: int, table: str | None, *_more: object) -> int:
        if action == sqlite3.SQLITE_READ and table:
            read.add(table)
        return sqlite3.SQLITE_OK

    connection = app.extensions["database"].get().conn
    connection.set_authorizer(note)
    try:
        for one in people:
            for address in addresses(shown):
                assert one.get(address).status_code == 200
    finally:
        connection.set_authorizer(None)
    assert "campaigns" in read
    assert read - drawing - ELSEWHERE == set()


def test_requests_answered_from_memory_are_in_the_log(
    shown: Campaign, database_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from app import create_app
    from tests.conftest import settings_for

    server = create_app(settings_for(database_path.parent).model_copy(update={"log_requests": True}))
    client, address = server.test_client(), f"/restitution/{shown.slug}/habitants"
    client.get(address)
    caplog.clear()  # the first request is there too where an earlier test of the process left the log at that level
    with caplog.at_level("INFO", "grille.requests"), queries(server) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) == 1
    (line,) = (record.fields for record in caplog.records)  # type: ignore[attr-defined]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/restitution/<slug>/habitants", 200)
    server.extensions["database"].close()


def test_a_browser_that_has_it_is_sent_nothing(shown: Campaign, client: FlaskClient) -> None:
    for address in addresses(shown):
        tag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag), address


def test_it_is_compressed_for_those_who_take_it(shown: Campaign, client: FlaskClient) -> None:
    address = f"/restitution/{shown.slug}"
    plain, packed = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_what_is_withdrawn_is_gone_at_once_and_comes_back(
    shown: Campaign, client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    seen = [client.get(address).headers["ETag"] for address in addresses(shown)]
    pilot = sign_in("pilot")
    page = f"/campagnes/{shown.slug}"
    assert post_form(pilot, f"{page}/depublier", seen_at=page).status_code == 303
    assert not list(copies_of(database).folder.glob(f"{shown.territory.id}/*/*"))
    for address, tag in zip(addresses(shown), seen, strict=True):
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 404, address
    publish_campaign(database, shown)
    assert [client.get(address).status_code for address in addresses(shown)] == [200] * len(seen)


def test_another_campaign_or_texts_adopted_renew_it(
    shown: Campaign, client: FlaskClient, database: Database, sign_in: SignIn, campaign: Open
) -> None:
    sign_in("reviewer")
    author = account_by_email(database, "reviewer@ici.example")
    assert author is not None
    address = f"/restitution/{shown.slug}/documents/json"
    assert "UN PROGRES" not in client.get(address).text
    save_sheet(database, shown, YearlyNote(progress="UN PROGRES"), author, expected=0)
    assert "UN PROGRES" not in client.get(address).text
    adopt(database, shown, author)
    assert "UN PROGRES" in client.get(address).text
    page = f"/restitution/{shown.slug}/comparer"
    assert "2025" not in client.get(page).text
    earlier = campaign("published", year=2025)
    assert "2025" in client.get(page).text
    unpublish_campaign(database, earlier)
    assert "2025" not in client.get(page).text


_TOKENS = re.compile(r'name="csrf_token" value="[^"]+"')


def test_people_who_are_signed_in_have_pages_of_what_they_may_do(
    shown: Campaign, client: FlaskClient, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept too, for all who may do the same; no browser keeps them, and a form has the token of whoever reads."""
    pages = [f"/restitution/{shown.slug}", f"/restitution/{shown.slug}/habitants", f"/seance/{shown.slug}"]
    who = {"reader": sign_in("reader"), "pilot": sign_in("pilot"), "elsewhere": sign_in("pilot", "Là")}
    first = {(name, address): one.get(address) for name, one in who.items() for address in pages}
    public = [client.get(address).text for address in pages]
    assert not any("Mon compte" in text or _TOKENS.search(text) for text in public)
    no_more(monkeypatch)
    who["colleague"] = sign_in("reviewer")
    for (name, address), before in first.items():
        again = who[name].get(address)
        assert _TOKENS.sub("", again.text) == _TOKENS.sub("", before.text), (name, address)
        assert "no-store" in again.headers["Cache-Control"]
        assert "ETag" not in again.headers
    assert [client.get(address).text for address in pages] == public
    deck = pages[-1]
    assert all("Garder" not in first[name, deck].text for name in ("reader", "elsewhere"))
    sent = post_form(who["pilot"], f"{deck}/decisions", seen_at=deck, text="Recommencer")
    assert sent.status_code == 303
    monkeypatch.undo()
    assert "Recommencer" in who["pilot"].get(deck).text
    assert "Recommencer" not in who["reader"].get(deck).text, "the team shows it when it publishes it"


def test_nobody_reads_the_token_of_another(shown: Campaign, app: Flask, sign_in: SignIn, database: Database) -> None:
    deck, first, second = f"/seance/{shown.slug}", sign_in("pilot"), app.test_client()
    post_form(second, "/connexion", email="pilot@ici.example", password=PASSWORD)
    tokens = [token_in(one.get(deck).text) for one in (first, second, first)]
    assert not any(token.encode() in path.read_bytes() for token in tokens for path in files(database))
    for one, token, status in ((second, tokens[1], 303), (second, tokens[0], 400)):
        assert one.post(f"{deck}/decisions", data={"csrf_token": token, "text": "Oui"}).status_code == status


def test_what_the_address_adds_of_its_own_makes_no_other_copy(
    shown: Campaign, client: FlaskClient, database: Database
) -> None:
    for more in ("", "?x=1", "?vagues=1999", "?vagues=a&vagues=b", "?colleges=personne"):
        assert client.get(f"/restitution/{shown.slug}{more}").status_code == 200
    assert len(list(copies_of(database).folder.glob("[0-9]*/*/*"))) == 1
    assert client.get(f"/seance/{shown.slug}?colleges=elus").text != client.get(f"/seance/{shown.slug}").text


def test_too_many_at_once_are_asked_to_wait_a_moment(
    shown: Campaign, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crowded(*_arguments: object) -> bytes:
        raise CopyNotReady

    monkeypatch.setattr(copies.Copies, "find_or_make", crowded)
    for address in addresses(shown):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
        assert "Ces résultats se préparent" in answer.text
        assert problems_in(answer.text) == []
