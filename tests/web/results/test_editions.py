"""An installation of the first edition under the second: adopted, published, recomputed results.

Over ``release-0.1.db.xz``, a real installation: its campaigns were published, and one adopted, under the first edition.
"""

import json
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.campaigns.lifecycle import unpublish_campaign
from storage.campaigns.recomputed_publications import recomputed, recomputed_campaigns
from storage.core.database import open_database
from storage.core.engine import Database
from storage.responses.computed.publications import publication_to_come, publish_results
from storage.review.snapshots import latest_snapshot
from tests.web.conftest import Open, SignIn
from tests.web.results.conftest import DATA
from tests.web.results.first_edition import keep_as_the_first_edition_did
from web.results.campaign_results import reprinted

ADOPTED = "villeroche-2026"


def campaign_of(db: Database, slug: str) -> Campaign:
    """A campaign of 0.1."""
    found = campaign_by_slug(db, slug)
    assert found
    return found


def test_what_was_adopted_in_the_first_edition_says_so(team: FlaskClient) -> None:
    page = team.get(f"/campagnes/{ADOPTED}/revue/diagnostics/1").text
    assert "édition 1 de la méthode" in page
    assert "réimprimé d’après ce qui a été adopté" in page
    assert "Diagnostic adopté avec l’édition 1 de la méthode" in team.get(f"/seance/{ADOPTED}?devoile=1").text


def test_its_reprint_is_made_of_what_was_adopted_and_of_nothing_else(
    team: FlaskClient, visitor: FlaskClient, kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted = latest_snapshot(kept, campaign_of(kept, ADOPTED))
    assert adopted
    monkeypatch.setattr("scoring.computing.profile_of", None)  # nothing is computed again
    reprint = reprinted(adopted)
    assert reprint
    assert reprint.startswith(b"%PDF")
    kept_at = f"/campagnes/{ADOPTED}/revue/diagnostics/{adopted.number}/rapport.pdf"
    assert team.get(kept_at).data == reprint
    assert visitor.get(f"/restitution/{ADOPTED}/documents/pdf").data == reprint


def published_then() -> list[tuple[str, str, str]]:
    """The files that 0.1 published, as the program gave them before it had two editions: campaign, name, SHA-256."""
    known = json.loads((DATA / "first-edition-files.json").read_text("utf-8"))["release-0.1"]
    return [(slug, name, sha256) for slug, files in known.items() for name, sha256 in files.items()]


def test_files_published_before_stay_at_their_address_to_the_byte(visitor: FlaskClient, team: FlaskClient) -> None:
    for slug, name, digest in published_then():
        for client in (visitor, team):
            assert sha256(client.get(f"/restitution/{slug}/fichiers/{name}").data).hexdigest() == digest, (slug, name)


def test_files_of_the_second_edition_have_an_address_that_says_so(visitor: FlaskClient) -> None:
    first = f"/restitution/{ADOPTED}/fichiers/profile.json"
    old, new = visitor.get(first), visitor.get(f"{first}?edition=2")
    assert "edition" not in old.json
    assert new.json["edition"] == 2
    assert old.headers["ETag"] != new.headers["ETag"]
    assert visitor.get(first, headers={"If-None-Match": old.headers["ETag"]}).status_code == 304
    assert visitor.get(first, headers={"If-None-Match": new.headers["ETag"]}).data == old.data
    assert f"{first}?edition=2" in visitor.get(f"/restitution/{ADOPTED}").text


def words_by_place(document: dict[str, Any]) -> dict[tuple[str, str], str | None]:
    """The words of agreement of a ``profile.json``."""
    return {(row["skill"], row["college"]): row["agreement"] for row in document["skills"]}


def test_the_team_sees_both_editions_side_by_side_with_what_differs_in_words(
    team: FlaskClient, visitor: FlaskClient
) -> None:
    page = team.get(f"/campagnes/{ADOPTED}/revue/edition-2")
    assert page.status_code == 200
    assert "«\xa0hausse nette\xa0» devient «\xa0pas de baisse nette\xa0»" in page.text
    assert "dit plus précisément" in page.text
    assert "plus d’intervalle\xa0: répondants volontaires" in page.text
    assert visitor.get(f"/campagnes/{ADOPTED}/revue/edition-2").status_code == 303
    file = f"/restitution/{ADOPTED}/fichiers/profile.json"
    then, now = (words_by_place(visitor.get(file + asked).json) for asked in ("", "?edition=2"))
    differing = sum(word != now[place] for place, word in then.items() if place[1] != "atelier")
    assert differing == 24
    assert f"{differing} dans les accords" in page.text


def test_a_notice_leads_there_from_the_desk_and_from_the_campaign(team: FlaskClient) -> None:
    for page in (f"/campagnes/{ADOPTED}/revue", f"/campagnes/{ADOPTED}"):
        text = team.get(page).text
        assert "32 mots de ces résultats diffèrent" in text
        assert f'href="/campagnes/{ADOPTED}/revue/edition-2"' in text


def test_a_campaign_first_published_in_the_second_edition_has_no_such_page(
    database: Database, campaign: Open, sign_in: SignIn
) -> None:
    ours = campaign("published")
    assert recomputed(database, ours) is None
    reviewer = sign_in("reviewer")
    assert reviewer.get(f"/campagnes/{ours.slug}/revue/edition-2").status_code == 404
    file = reviewer.get(f"/restitution/{ours.slug}/fichiers/profile.json")
    assert file.json["edition"] == 2
    assert "recalculés" not in reviewer.get(f"/restitution/{ours.slug}").text


def test_a_command_lists_the_territories_whose_words_change(upgraded: Flask) -> None:
    lines = upgraded.test_cli_runner().invoke(args=["campaign", "editions"]).output.splitlines()
    assert len(lines) == 12
    (line,) = (one for one in lines if ADOPTED in one and one.startswith("Villeroche"))
    assert "niveaux lus 1, évolutions 7, accords 24." in line


def test_a_campaign_is_not_refused_for_being_recomputed(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "grille.db"
    copy.write_bytes((folder / "grille.db").read_bytes())
    with closing(open_database(copy)) as db:
        for one in recomputed_campaigns(db):
            keep_as_the_first_edition_did(db, one)
            withdrawn = unpublish_campaign(db, one)
            again = publish_results(db, withdrawn, publication_to_come(db, withdrawn))
            assert again.published_at
            days = recomputed(db, again)
            assert days
            assert days.published == one.published_at.date()
