"""Preparing from last year, and what a campaign says of whoever runs it: on the welcome page, on paper, in messages."""

import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.campaigns.lifecycle import close_campaign, open_draft
from storage.campaigns.share_links import create_link
from storage.core.engine import Database
from tests.web.campaigns.test_settings import PLAN, typed
from tests.web.forms import token_in
from tests.web.markup import problems_in

SAID = {
    "introduction": "Nous voulons savoir ce que vous voyez.\n\nLe bilan sera montré à tous.",
    "organiser": "Ville d’Ici, avec Les Passerelles",
    "contact": "Sarah, 01 23 45 67 89, participation@ici.example",
}


def logo() -> bytes:
    picture = Image.new("RGBA", (300, 120))
    ImageDraw.Draw(picture).ellipse((10, 10, 110, 110), fill=(30, 80, 150, 255))
    sent = io.BytesIO()
    picture.save(sent, "PNG")
    return sent.getvalue()


def send(client: FlaskClient, file: bytes = b"", **changes: str) -> Any:
    """Send the plan of a campaign as a browser does, with a file in its place or none."""
    data: dict[str, Any] = {"csrf_token": token_in(client.get(PLAN).text), "logo": "", **typed(**changes)}
    data["logo-fichier"] = FileStorage(io.BytesIO(file), "logo.png" if file else "")
    edge, body = encode_multipart(data)  # in memory: the client leaves large files open
    return client.post(PLAN, data=body, content_type=f"multipart/form-data; boundary={edge}")


def value(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="{name}"', html)
    return (found[1] or found[2] or "") if found else ""


@pytest.fixture
def kept(pilot: FlaskClient, database: Database) -> Campaign:
    """A draft with everything."""
    sizes = {"colleges-0-size": "19", "colleges-0-target": "12", "colleges-3-voluntary": "y"}
    answer = send(pilot, logo(), **SAID, **sizes, name="Bilan 2026", k="7")
    assert answer.status_code == 303, answer.text
    found = campaign_by_slug(database, "ici-2026")
    assert found
    return found


def test_the_next_campaign_is_prepared_from_the_last(kept: Campaign, pilot: FlaskClient, database: Database) -> None:
    assert "Repris de" not in pilot.get(PLAN).text, "a draft is no last campaign"
    close_campaign(database, open_draft(database, kept))
    page = pilot.get(PLAN).text
    assert "Repris de «\u00a0Bilan 2026\u00a0»" in page
    assert problems_in(page) == []
    wanted = {"name": "Bilan 2027", "year": "2027", "k": "7", "colleges-0-size": "19", "colleges-0-target": "12"}
    assert {name: value(page, name) for name in wanted} == wanted
    assert value(page, "organiser") == SAID["organiser"]
    assert value(page, "logo") == kept.letterhead.logo
    assert SAID["introduction"].replace("\n", "\r\n") in page or SAID["introduction"] in page
    assert "Repris de" not in pilot.get(PLAN, query_string={"vide": "1"}).text


def test_a_college_of_ones_own_keeps_its_code_from_year_to_year(
    running: Campaign, pilot: FlaskClient, database: Database
) -> None:
    own = running.colleges[-1]
    changes = {"colleges-5-code": own.code, "colleges-5-used": "y", "colleges-5-label": "Les jeunes d’ici"}
    more = {"colleges-5-size": "", "colleges-5-target": "", "colleges-5-like": "habitants"}
    assert value(pilot.get(PLAN).text, "colleges-3-code") == own.code
    assert send(pilot, year="2027", **changes, **more).status_code == 303
    following = campaign_by_slug(database, "ici-2027")
    assert following
    assert following.college(own.code).label == "Les jeunes d’ici"


def test_everything_wrong_is_said_at_once_and_the_logo_is_kept(pilot: FlaskClient) -> None:
    wrong = {
        "introduction": "Voir www.exemple.fr\n" + "é" * 400,
        "organiser": "Ici sur ici.fr",
        "contact": "<script>alert(1)</script>",
    }
    answer = send(pilot, logo(), **wrong, name="")
    assert answer.status_code == 422
    for sentence in ("Donnez un nom", "Cette introduction compte", "ici.fr", "&lt;script&gt;"):
        assert sentence in answer.text
    assert len(value(answer.text, "logo")) == 64
    assert f"/images/{value(answer.text, 'logo')}.png" in answer.text
    assert "é" * 400 in answer.text


BAD = [(b"<svg/>", "dessin SVG"), (b"not a picture", "pas une image"), (b"x" * 5_000_000, "4 Mo au plus")]


@pytest.mark.parametrize(("file", "said"), BAD)
def test_a_logo_that_is_no_picture_is_refused_and_the_rest_given_back(
    pilot: FlaskClient, file: bytes, said: str
) -> None:
    answer = send(pilot, file, **SAID)
    assert answer.status_code == 422
    assert said in answer.text
    assert value(answer.text, "organiser") == SAID["organiser"]
    assert problems_in(answer.text) == []


def test_the_logo_is_served_as_a_picture_and_nothing_else(kept: Campaign, client: FlaskClient) -> None:
    sent = client.get(f"/images/{kept.letterhead.logo}.png")
    assert sent.mimetype == "image/png"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in sent.headers["Cache-Control"]
    assert "Set-Cookie" not in sent.headers
    assert client.get(f"/images/{'0' * 64}.png").status_code == 404


def test_the_welcome_page_says_it_all_and_stays_light(kept: Campaign, app: Flask, database: Database) -> None:
    create_link(database, open_draft(database, kept), token="le-lien-d-ici")
    client = app.test_client()
    page = client.get("/repondre/le-lien-d-ici")
    for text in (*SAID["introduction"].split("\n\n"), SAID["organiser"], SAID["contact"]):
        assert text in page.text
    assert problems_in(page.text) == []
    assert "/mentions-legales/ici" in page.text
    assert "/accessibilite" in page.text
    files = re.findall(r'(?:src|<link rel="stylesheet" href)="(/[^"]+)"', page.text)
    compressed = {"Accept-Encoding": "gzip"}
    sent = [client.get(one, headers=compressed) for one in ("/repondre/le-lien-d-ici", *files)]
    assert len(sent) <= 4
    assert sum(len(one.data) for one in sent) <= 40_000


def test_everything_is_previewed_before_opening(kept: Campaign, pilot: FlaskClient) -> None:
    page = pilot.get(f"/campagnes/{kept.slug}/apercu").text
    assert problems_in(page) == []
    for text in (SAID["introduction"], SAID["contact"], SAID["organiser"]):
        assert text in page
    welcome = pilot.get(f"/campagnes/{kept.slug}/apercu/accueil").text
    assert SAID["organiser"] in welcome
    assert "Aperçu" in welcome
    gone = pilot.post(
        f"/campagnes/{kept.slug}/apercu/accueil", data={"csrf_token": token_in(welcome), "college": "agents"}
    )
    assert gone.headers["Location"] == f"/campagnes/{kept.slug}/apercu/agents/1"
    for file in ("affiche.pdf", "lettre.pdf"):
        assert pilot.get(f"/campagnes/{kept.slug}/apercu/{file}").data.startswith(b"%PDF")
    assert pilot.get(f"/campagnes/{kept.slug}/apercu/affiche.svg").data.startswith(b"<svg")
    assert pilot.get(f"/campagnes/{kept.slug}/papier/elus.pdf").data.startswith(b"%PDF")


def test_a_logo_is_taken_away(kept: Campaign, pilot: FlaskClient, database: Database) -> None:
    address = f"/campagnes/{kept.slug}/reglages"
    data = {"csrf_token": token_in(pilot.get(address).text), "logo": kept.letterhead.logo, **typed(**SAID)}
    assert pilot.post(address, data={**data, "logo-sans": "1"}).status_code == 303
    changed = campaign_by_slug(database, kept.slug)
    assert changed
    assert changed.letterhead.logo == ""
    assert changed.letterhead.contact == SAID["contact"]
