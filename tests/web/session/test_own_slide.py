"""Slides that a team writes: words that fit, a picture drawn again, a QR code; and notes for whoever presents."""

import io
import re
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import lxml.html
import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import FileStorage

from storage.core.database import open_database
from storage.core.timestamps import now
from storage.operations.purge import Periods, purge
from storage.site.pictures import picture_content
from tests.web.forms import post_form, token_in

DECK = "/seance/villeroche-2026"
PREPARE, OWN = f"{DECK}/preparer", f"{DECK}/preparer/texte-1"


@pytest.fixture
def own(leader: FlaskClient) -> FlaskClient:
    """Who leads, once a slide of text was added."""
    assert post_form(leader, PREPARE, do="add", title="Merci à tous", text="Une ligne").status_code == 303
    return leader


def slide(client: FlaskClient, address: str = DECK) -> lxml.html.HtmlElement:
    page = lxml.html.fromstring(client.get(address).text)
    return page.xpath("//section[@data-key='texte-1']")[0]


def picture() -> FileStorage:
    content = io.BytesIO()
    Image.linear_gradient("L").resize((300, 200)).save(content, "PNG")
    return FileStorage(io.BytesIO(content.getvalue()), "photo.png")


def test_words_change_and_are_as_large_as_they_fit(own: FlaskClient) -> None:
    assert slide(own).xpath(".//div[contains(@class, 'own-72')]")
    sent = post_form(own, OWN, title="Bravo à <vous>", text="mot " * 150, picture="", link="", note="")
    assert sent.status_code == 303
    assert slide(own).xpath("string(.//h2)") == "Bravo à <vous>"
    assert slide(own).xpath(".//div[contains(@class, 'own-44')]")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", " ", "Donnez un titre"),
        ("title", "x" * 91, "enlevez-en 1"),
        ("text", "mot " * 180, "enlevez-en"),
        ("text", "mot\n" * 40, "mots ou des retours à la ligne, ou faites-en deux diapositives"),
        ("link", "exemple.fr", "Écrivez l’adresse entière"),
        ("link", "javascript:alert(1)", "Écrivez l’adresse entière"),
        ("note", "x" * 1001, "enlevez-en 1"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(
    field: str, typed: str, said: str, own: FlaskClient
) -> None:
    good = {"title": "Un titre gardé", "text": "Un texte gardé", "picture": "", "link": "", "note": "Une note gardée"}
    refused = post_form(own, OWN, **good | {field: typed})
    assert refused.status_code == 422
    assert said in refused.text
    assert all(words in refused.text for name, words in good.items() if words and name != field)
    assert slide(own).xpath("string(.//h2)") == "Merci à tous"


def test_a_slide_of_text_that_does_not_fit_is_refused_where_it_is_added_too(leader: FlaskClient) -> None:
    refused = post_form(leader, PREPARE, do="add", title="Trop", text="mot\n" * 40)
    assert refused.status_code == 422
    assert "faites-en deux diapositives" in refused.text


def test_a_picture_is_drawn_again_shown_kept_and_inside_the_file(own: FlaskClient, demo_database: Path) -> None:
    fields = {"csrf_token": token_in(own.get(OWN).text), "title": "Photo", "picture-fichier": picture()}
    sent = own.post(OWN, data=fields)
    assert sent.status_code == 303
    address = slide(own).xpath(".//img/@src")[0]
    assert re.fullmatch(r"/images/grandes/[0-9a-f]{64}\.png", address)
    answer = own.application.test_client().get(address)
    assert answer.mimetype == "image/png"
    assert own.get(address.replace("/images/grandes/", "/images/grandes/0")).status_code == 404
    assert slide(own, f"{DECK}/fichier").xpath(".//img/@src")[0].startswith("data:image/png;base64,iVBOR")
    both = post_form(own, OWN, title="Photo", text="", picture=address[16:-4], link="https://exemple.fr/a", note="")
    assert both.status_code == 422
    assert "une image ou un code QR, pas les deux" in both.text
    assert post_form(own, OWN, title="Photo", text="", picture=address[16:-4], link="", note="").status_code == 303
    assert slide(own).xpath(".//img/@src") == [address]
    with closing(open_database(demo_database)) as db:
        purge(db, Periods(), now() + timedelta(days=1))
        assert picture_content(db, address[16:-4])
    post_form(own, OWN, title="Photo", text="", picture=address[16:-4], **{"picture-sans": "1"})
    assert slide(own).xpath(".//img") == []


def test_an_address_is_a_code_to_aim_at(own: FlaskClient) -> None:
    post_form(own, OWN, title="Suivez-nous", text="", picture="", link="https://exemple.fr/suite", note="")
    assert slide(own).xpath("string(.//*[local-name()='svg']/*[local-name()='title'])") == "https://exemple.fr/suite"


def test_own_notes_are_for_the_team_in_the_presenter_s_window_only(own: FlaskClient) -> None:
    assert post_form(own, f"{PREPARE}/levels", note="Passer la parole à <Dominique>").status_code == 303
    assert "Passer la parole à &lt;Dominique&gt;" in own.get(f"{DECK}/presentateur").text
    visitor = own.application.test_client()
    assert "Dominique" not in visitor.get(f"{DECK}/presentateur").text
    for address in (DECK, f"{DECK}?devoile=1", f"{DECK}/fichier"):
        assert "Dominique" not in own.get(address).text
        assert "Dominique" not in visitor.get(address).text
    assert own.get(f"{PREPARE}/nulle-part").status_code == 404


def test_two_people_never_overwrite_each_other_unseen(own: FlaskClient) -> None:
    seen = re.search(r'name="version_shown" value="([^"]+)"', own.get(OWN).text)
    assert seen
    typed = {"text": "", "picture": "", "link": "", "note": "", "version_shown": seen[1]}
    assert post_form(own, OWN, title="La première", **typed).status_code == 303
    refused = post_form(own, OWN, title="La seconde", **typed)
    assert refused.status_code == 409
    assert "La première" in refused.text
    assert "La seconde" in refused.text
    assert slide(own).xpath("string(.//h2)") == "La première"
    again = re.search(r'name="version_shown" value="([^"]+)"', refused.text)
    assert again
    assert post_form(own, OWN, title="La seconde", **typed | {"version_shown": again[1]}).status_code == 303
