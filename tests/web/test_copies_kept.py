"""Cached copies under disk errors and concurrent changes: nothing incomplete or withdrawn is shown."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import unpublish_campaign
from storage.core.engine import Database
from storage.operations import published_copies as copies
from storage.operations.published_copies import copies_of
from tests.web.conftest import Open, SignIn
from tests.web.published import addresses, files


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def zeroed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [cut_short, emptied, zeroed, gone])
def test_half_a_copy_is_never_shown(
    damage: Callable[[Path], None], shown: Campaign, client: FlaskClient, other_process: Flask, database: Database
) -> None:
    first = {address: client.get(address).data for address in addresses(shown)}
    for path in files(database):
        damage(path)
    for server in (client, other_process.test_client()):
        for address, before in first.items():
            assert server.get(address).data == before, address
    assert len(files(database)) == len(first)


def test_a_full_disk_serves_without_keeping(
    shown: Campaign, client: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {address: client.get(address).data for address in addresses(shown)}
    copies_of(database).clear()

    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr(copies.os, "open", full)
    for address, before in first.items():
        assert client.get(address).data == before, address
    assert files(database) == []


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Do that once, from elsewhere, just before the next figures are read."""
    from web.results import campaign_results

    compute, left = campaign_results.campaign_profile, [act]

    def computed(*arguments: object, **more: object) -> object:
        with suppress(IndexError):
            left.pop()()
        return compute(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("web.results.campaign_results.campaign_profile", computed)


def test_what_is_withdrawn_while_it_is_made_is_not_kept(
    shown: Campaign, client: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: unpublish_campaign(database, shown))
    address = f"/restitution/{shown.slug}"
    assert client.get(address).status_code == 200  # asked before
    assert files(database) == []
    assert client.get(address).status_code == 404


def test_what_changes_once_the_campaign_is_read_shows_the_next_time(
    shown: Campaign, client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from web.http.pages import published_pages

    find, left = published_pages.campaign_by_slug, ["Là-bas"]

    def found(db: Database, slug: str) -> Campaign | None:
        campaign = find(db, slug)
        if left:
            db.execute("UPDATE territories SET name = ?", [left.pop()])
        return campaign

    monkeypatch.setattr("web.http.pages.published_pages.campaign_by_slug", found)
    address = f"/restitution/{shown.slug}/habitants"
    assert "Là-bas" not in client.get(address).text
    assert "Là-bas" in client.get(address).text


def test_a_list_says_what_was_found_damaged_since_it_was_made(
    shown: Campaign, client: FlaskClient, database: Database
) -> None:
    database.execute("UPDATE campaigns SET k = 0 WHERE id = ?", [shown.id])
    lists = [client.get("/resultats").text]
    client.get(f"/restitution/{shown.slug}")  # nobody knew before
    lists.append(client.get("/resultats").text)
    database.execute("UPDATE campaigns SET k = 5 WHERE id = ?", [shown.id])
    lists.append(client.get("/resultats").text)
    assert ["ne peut pas être montrée" in text for text in lists] == [False, True, False]


def test_what_cannot_be_computed_is_not_tried_at_each_view(
    shown: Campaign,
    campaign: Open,
    sign_in: SignIn,
    database: Database,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = campaign("closed", "Là")
    database.execute("UPDATE campaigns SET k = 0 WHERE id = ?", [shown.id])
    programme = sign_in("programme", None)
    own = [f"/restitution/{shown.slug}", f"/seance/{shown.slug}", f"/restitution/{shown.slug}/documents/json"]
    first = programme.get("/territoires")
    assert shown.name in first.text
    assert [client.get(address).status_code for address in own] == [503] * len(own)
    tried: list[object] = []
    monkeypatch.setattr("storage.responses.computed.profiles.computed_profile", lambda *given: tried.append(given))
    again = programme.get("/territoires")
    assert again.text.count("ne peut pas être montrée") == first.text.count("ne peut pas être montrée") > 0
    assert other.territory.name in again.text
    assert [client.get(address).status_code for address in own] == [503] * len(own)
    assert tried == []
    monkeypatch.undo()
    database.execute("UPDATE campaigns SET k = 5 WHERE id = ?", [shown.id])
    assert "ne peut pas être montrée" not in programme.get("/territoires").text
    assert [client.get(address).status_code for address in own] == [200] * len(own)
