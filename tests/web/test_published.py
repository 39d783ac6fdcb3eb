"""What is published is made once, for people without an account, and is always what may be read now."""

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient

from questionnaires import Answer
from storage.accounts.accounts import account_by_email
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, publish_campaign, unpublish_campaign
from storage.core.engine import Database
from storage.operations import published_copies as copies
from storage.operations.published_copies import CopyNotReady, copies_of
from storage.responses.recorded_responses import Recorded, record_responses
from storage.review.sheets import YearlyNote, save_sheet
from storage.review.snapshots import adopt
from tests.web.conftest import Open, SignIn
from tests.web.forms import post_form
from tests.web.markup import problems_in

PAGES = ("", "/habitants", "/comparer", "/fichiers/profile.json", "/fichiers/radar.svg", "/documents/json")
SESSION = ("", "/presentateur", "/fichier")


@pytest.fixture
def shown(database: Database, campaign: Open) -> Campaign:
    """A published campaign with figures."""
    one = campaign("open")
    people = [Recorded(code, {"COO-1": Answer(2)}) for code in ("elus", "agents", "habitants") for _ in range(6)]
    record_responses(database, one, people)
    return publish_campaign(database, close_campaign(database, one))


def addresses(campaign: Campaign) -> list[str]:
    """Every address of what is published of a campaign."""
    pages = [f"/restitution/{campaign.slug}{page}" for page in PAGES]
    return pages + [f"/seance/{campaign.slug}{page}" for page in SESSION]


def no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing can be computed."""

    def refuse(*_arguments: object) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr("storage.responses.profiles.campaign_profile", refuse)
    monkeypatch.setattr("web.results.campaign_results.campaign_profile", refuse)
    monkeypatch.setattr("web.parcours.pages.campaign_profile", refuse)


def test_what_is_published_is_made_once(
    shown: Campaign, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {address: client.get(address) for address in addresses(shown)}
    no_more(monkeypatch)
    for address, before in first.items():
        again = app.test_client().get(address)
        assert (again.status_code, again.data) == (200, before.data), address
        for header in ("Content-Type", "Content-Disposition", "ETag", "Cache-Control"):
            assert again.headers.get(header) == before.headers.get(header), (address, header)
        assert "Set-Cookie" not in again.headers


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


def test_another_wave_or_texts_adopted_renew_it(
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


def test_people_who_are_signed_in_neither_fill_nor_read_the_copies(
    shown: Campaign, client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    reader = sign_in("reader")
    pages = [f"/restitution/{shown.slug}", f"/restitution/{shown.slug}/habitants", f"/seance/{shown.slug}"]
    for address in pages:
        theirs = reader.get(address)
        assert "no-store" in theirs.headers["Cache-Control"]
        assert "ETag" not in theirs.headers
    assert not list(copies_of(database).folder.glob("[0-9]*/*/*"))
    public = [client.get(address).text for address in pages]
    assert all("Mon compte" not in text for text in (public[0], public[1]))
    assert "Mon compte" in reader.get(pages[0]).text
    assert [client.get(address).text for address in pages] == public


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
