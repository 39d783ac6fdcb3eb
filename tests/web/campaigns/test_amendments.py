"""Correcting an open campaign by its page, and two people who do it at once."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign, campaign_by_id
from storage.campaigns.share_links import create_link
from storage.core.engine import Database
from storage.core.timestamps import now, paris_day
from storage.operations.audit_log import Wanted, entries
from tests.storage.site.test_pictures import drawn, file
from tests.web.campaigns.conftest import Answered
from tests.web.forms import post_form, token_in
from tests.web.markup import plain, problems_in

TOMORROW = paris_day(now()) + timedelta(days=1)


def typed(campaign: Campaign, **changes: str) -> dict[str, str]:
    """What a browser sends when only these fields change."""
    rows = {}
    for number, one in enumerate(campaign.colleges):
        row = {"label": one.label, "size": str(one.size or ""), "target": str(one.target or "")}
        rows |= {f"colleges-{number}-{name}": value for name, value in row.items()}
    return {"name": campaign.name, "closes_on": "", **rows, **changes}


def versioned(page: str) -> str:
    (version,) = re.findall(r'name="version_shown" value="(\w+)"', page)
    return str(version)


@pytest.fixture
def address(running: Campaign) -> str:
    return f"/campagnes/{running.slug}/corriger"


def test_a_correction_is_made_said_and_logged(
    pilot: FlaskClient, client: FlaskClient, running: Campaign, address: str, database: Database
) -> None:
    link = create_link(database, running)
    assert problems_in(pilot.get(address).text) == []
    sent = typed(running, name="Bilan partagé", closes_on=TOMORROW.isoformat(), **{"colleges-1-size": "41"})
    assert post_form(pilot, address, **sent).headers["Location"] == f"/campagnes/{running.slug}"
    page = pilot.get(f"/campagnes/{running.slug}").text
    assert problems_in(page) == []
    said = plain(page)
    assert "3 changements depuis l’ouverture" in said
    assert "effectif de « Agents » : « 41 » au lieu de « 40 »" in said
    assert "nom de la campagne : « Bilan partagé » au lieu de « Premier diagnostic »" in said
    assert "Bilan partagé" in client.get(f"/repondre/{link}").text
    logged = [one.detail for one in entries(database, Wanted()) if one.event == "campaign amended"]
    assert {"subject": "size", "college": "agents", "before": "40", "after": "41"} in logged
    assert {"subject": "name", "college": ""} in logged, "names are texts: the log keeps none"


def test_everything_wrong_is_said_at_once_and_nothing_typed_is_lost(
    pilot: FlaskClient, running: Campaign, address: str, answered: Answered, database: Database
) -> None:
    answered(running, agents=6)
    wrong = {"colleges-0-size": "douze", "colleges-1-size": "5", "closes_on": "2020-01-01", "name": ""}
    answer = post_form(pilot, address, **typed(running, **wrong))
    assert answer.status_code == 422
    assert problems_in(answer.text) == []
    assert "4 choses sont à corriger" in plain(answer.text)
    for kept in ("douze", "2020-01-01"):
        assert f'value="{kept}"' in answer.text
    assert campaign_by_id(database, running.id) == running


def test_two_pilots_at_once_never_overwrite_each_other_unseen(
    pilot: FlaskClient, running: Campaign, address: str, database: Database
) -> None:
    shown = versioned(pilot.get(address).text)
    mine, theirs = typed(running, name="Le mien"), typed(running, name="Le sien", **{"colleges-0-size": "20"})
    assert post_form(pilot, address, **theirs, version_shown=shown).status_code == 303
    late = post_form(pilot, address, **mine, version_shown=shown)
    assert late.status_code == 409
    assert problems_in(late.text) == []
    said = plain(late.text)
    assert "Pendant que vous écriviez" in said
    assert "Le sien" in said
    assert "Conseil municipal, Combien de personnes en tout" in said
    assert 'value="Le mien"' in late.text
    found = campaign_by_id(database, running.id)
    assert found is not None
    assert (found.name, found.sizes["elus"]) == ("Le sien", 20)
    assert post_form(pilot, address, **mine, version_shown=versioned(late.text)).status_code == 303, "knowingly"
    found = campaign_by_id(database, running.id)
    assert found is not None
    assert (found.name, found.sizes["elus"]) == ("Le mien", 19)


def test_neither_do_they_on_the_page_of_sizes_nor_in_a_draft(pilot: FlaskClient, draft: Campaign) -> None:
    address = f"/campagnes/{draft.slug}/reglages"
    page = pilot.get(address).text
    names = {"year": "2026", "form": "short", "version": "2026.1", "k": "5", "opens_on": "", "closes_on": ""}
    row = {"code": "elus", "used": "y", "label": "Conseil municipal", "size": "19", "target": "12", "like": "elus"}
    sent = {**names, **{f"colleges-0-{name}": value for name, value in row.items()}, "version_shown": versioned(page)}
    assert post_form(pilot, address, **sent, name="Le sien").status_code == 303
    more = post_form(pilot, address, **sent, name="Le mien", ajouter="1")
    assert versioned(more.text) == sent["version_shown"], "adding a row has not shown what is stored"
    assert post_form(pilot, address, **sent, name="Le mien").status_code == 409
    post_form(pilot, f"/campagnes/{draft.slug}/ouvrir", seen_at=f"/campagnes/{draft.slug}")
    sizes = f"/campagnes/{draft.slug}/effectifs"
    shown = versioned(pilot.get(sizes).text)
    assert post_form(pilot, sizes, version_shown=shown, **{"effectif-1": "21"}).status_code == 303
    assert post_form(pilot, sizes, version_shown=shown, **{"effectif-1": "22"}).status_code == 409
    assert "« 21 » au lieu de « 19 »" in plain(pilot.get(f"/campagnes/{draft.slug}").text)


def test_who_runs_it_and_the_logo_change_after_the_opening(
    pilot: FlaskClient, client: FlaskClient, running: Campaign, address: str, database: Database
) -> None:
    link, followed = create_link(database, running), f"/campagnes/{running.slug}"
    letterhead = {
        "introduction": "Dites ce que vous voyez.",
        "organiser": "Ville d’Ici",
        "contact": "Mairie, 01 02 03 04 05",
        "logo-fichier": (BytesIO(file(drawn())), "logo.png"),
    }
    page = pilot.get(address).text
    sent = {"csrf_token": token_in(page), **typed(running), **letterhead}
    answer = pilot.post(address, data=sent, content_type="multipart/form-data")
    assert answer.headers["Location"] == followed
    found = campaign_by_id(database, running.id)
    assert found is not None
    assert found.letterhead.logo
    welcome = plain(client.get(f"/repondre/{link}").text)
    for words in ("Dites ce que vous voyez.", "Ville d’Ici", "Mairie, 01 02 03 04 05"):
        assert words in welcome
    assert f"/images/{found.letterhead.logo}.png" in client.get(f"/repondre/{link}").text
    said = plain(pilot.get(followed).text)
    assert "4 changements depuis l’ouverture" in said
    assert "qui organise : « Ville d’Ici », qui n’était pas donné" in said
    assert "logo ajouté" in said
    assert "Ce qui est déjà imprimé ou envoyé dit encore l’ancien" in said
    logged = [one.detail for one in entries(database, Wanted()) if one.event == "campaign amended"]
    assert {"subject": "contact", "college": ""} in logged, "what people wrote is not in the log"
    refused = post_form(
        pilot, address, **typed(running, introduction="Voyez www.exemple.fr", logo=found.letterhead.logo)
    )
    assert refused.status_code == 422
    assert "ressemble à un lien" in plain(refused.text)
    kept = campaign_by_id(database, running.id)
    assert kept is not None
    assert kept.letterhead == found.letterhead
