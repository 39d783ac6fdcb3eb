"""Printing, entering and importing: fast, nothing lost or counted twice."""

import io
import re
import zlib
from base64 import b64encode
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page

from questionnaires import Questionnaire
from storage.campaigns.campaigns import Campaign, participation
from storage.campaigns.lifecycle import close_campaign
from storage.campaigns.share_links import create_share_link, share_links_of
from storage.core.engine import Database
from storage.responses.link_codes import token_by_code
from storage.responses.paper_sheets import last_sheets, next_ranks
from tests.questionnaires.archives import row, workbook
from tests.web.forms import post_form, token_in
from tests.web.markup import problems_in
from web.campaigns.handouts import codes_by_college
from web.campaigns.pages import link_secret
from web.campaigns.views import imports as importing

TABLE = b"college,COO-1,COO-2\nelus,3,NSP\njeunes,,4\nagents,,\n"


def sheet(pilot: FlaskClient, running: Campaign, number: str = "elu 1", **typed: str) -> Any:
    usual = {"number": number, "college": "elus", "a_COO-1": "3", "a_COO-2": "n", "a_COO-3": "S"}
    return post_form(pilot, f"/campagnes/{running.slug}/saisie", **{**usual, **typed})


def send(pilot: FlaskClient, running: Campaign, content: bytes = TABLE, mapping: bytes = b"", **typed: str) -> Any:
    address = f"/campagnes/{running.slug}/import"
    files: dict[str, Any] = {"table": (io.BytesIO(content), "réponses.csv")} if content else {}
    if mapping:
        files["mapping"] = (io.BytesIO(mapping), "correspondance.csv")
    return pilot.post(address, data={"csrf_token": token_in(pilot.get(address).text), **files, **typed})


def test_questionnaires_are_printed_numbered(pilot: FlaskClient, running: Campaign) -> None:
    page = pilot.get(f"/campagnes/{running.slug}/papier")
    assert problems_in(page.text) == []
    answer = pilot.get(f"/campagnes/{running.slug}/papier/jeunes.pdf?copies=2&premier=7")
    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    assert pilot.get(f"/campagnes/{running.slug}/papier.pdf?copies=1").data[:5] == b"%PDF-"
    assert pilot.get(f"/campagnes/{running.slug}/papier/martiens.pdf").status_code == 404
    assert pilot.get(f"/campagnes/{running.slug}/papier/elus.pdf?copies=x&premier=-3").status_code == 200


def test_the_code_printed_is_that_of_the_link_to_the_college_else_of_the_one_for_everybody(
    running: Campaign, app: Flask, database: Database
) -> None:
    with app.test_request_context():
        assert codes_by_college(running) == {}
        for college, lent in ((None, False), ("elus", False), ("agents", True)):
            create_share_link(database, running, college, link_secret(), lent=lent)
        codes = codes_by_college(running)
        assert set(codes) == {None, "elus"}
        token = token_by_code(database, codes["elus"].replace("-", ""), link_secret())
        assert token in {one.token for one in share_links_of(database, running, link_secret())}


def test_numbers_follow_on_from_what_was_printed_and_what_was_entered(
    pilot: FlaskClient, running: Campaign, database: Database
) -> None:
    address = f"/campagnes/{running.slug}/papier"
    first = post_form(pilot, address, college="elus", copies="20")
    assert first.headers["Location"] == f"{address}?college=elus&copies=20&premier=1#pretes"
    page = pilot.get(first.headers["Location"]).text
    assert "ELU-001 à ELU-020" in page
    assert f"{address}/elus.pdf?copies=20&amp;premier=1" in page
    assert problems_in(page) == []
    assert "premier=21" in post_form(pilot, address, college="elus", copies="5").headers["Location"]
    assert sheet(pilot, running, "ELU-040").status_code == 303, "numbered elsewhere"
    assert next_ranks(database, running)["elus"] == 41
    everyone = post_form(pilot, address, college="", copies="2", lecture="facile").headers["Location"]
    assert everyone == f"{address}?copies=2&premier=41-1-1-1&lecture=facile#pretes"
    assert pilot.get(f"{address}.pdf?copies=2&premier=41-1-1-1").data[:5] == b"%PDF-"
    refused = post_form(pilot, address, college="elus", copies="beaucoup")
    assert "de 1 à 50" in pilot.get(refused.headers["Location"]).text
    assert next_ranks(database, running)["elus"] == 43


def test_a_sheet_is_entered_and_the_next_is_ready(pilot: FlaskClient, running: Campaign, database: Database) -> None:
    answer = sheet(pilot, running, **{"c_COO-4": "perdu", "c_COO-1": "Un exemple"})
    assert answer.headers["Location"].endswith("/saisie?college=elus&numero=ELU-002")
    assert participation(database, running)["elus"] == 1
    (document,) = database.execute("SELECT document FROM responses").fetchone()
    assert '"answers":{"COO-1":3,"COO-2":"NSP","COO-3":"SO"}' in document
    assert "Un exemple" in document
    assert "quotable" not in document
    page = pilot.get(answer.headers["Location"])
    assert problems_in(page.text) == []
    assert "Feuille ELU-001 enregistrée" in page.text
    assert 'value="ELU-002"' in page.text


def test_the_box_of_a_sheet_holds_for_each_of_its_comments(
    pilot: FlaskClient, running: Campaign, database: Database
) -> None:
    wrong = sheet(pilot, running, quotable="1", **{"a_COO-1": "9", "c_COO-1": "Un exemple"})
    assert 'name="quotable" value="1" checked' in wrong.text
    assert sheet(pilot, running, quotable="1", **{"c_COO-1": "Un exemple"}).status_code == 303
    (document,) = database.execute("SELECT document FROM responses").fetchone()
    assert '"quotable":{"COO-1":true}' in document


def test_the_same_sheet_twice_is_refused_and_nothing_typed_is_lost(
    pilot: FlaskClient, running: Campaign, database: Database
) -> None:
    sheet(pilot, running)
    answer = sheet(pilot, running, "ELU-001", **{"a_COO-1": "4"})
    assert answer.status_code == 422
    assert problems_in(answer.text) == []
    assert "La feuille ELU-001 a déjà été saisie" in answer.text
    assert 'name="a_COO-1" value="4"' in answer.text
    assert participation(database, running)["elus"] == 1
    known = pilot.get(f"/campagnes/{running.slug}/feuilles?numero=1&college=elus").get_json()
    assert known == {"number": "ELU-001", "taken": True, "problem": ""}
    unknown = pilot.get(f"/campagnes/{running.slug}/feuilles?numero=abc&college=elus").get_json()
    assert "n’est pas un numéro de feuille" in unknown["problem"]


def test_a_number_that_is_none_is_refused_and_given_back(pilot: FlaskClient, running: Campaign) -> None:
    answer = sheet(pilot, running, "abc")
    assert answer.status_code == 422
    assert "«\u00a0abc\u00a0» n’est pas un numéro de feuille" in answer.text
    assert 'name="number" value="abc"' in answer.text


def test_everything_wrong_with_a_sheet_is_said_at_once(pilot: FlaskClient, running: Campaign) -> None:
    answer = sheet(pilot, running, **{"a_COO-1": "7", "a_COO-2": "x", "c_COO-3": "a" * 2001})
    assert answer.status_code == 422
    assert "3 choses sont à corriger" in answer.text
    empty = sheet(pilot, running, "", **{"a_COO-1": "", "a_COO-2": "", "a_COO-3": ""})
    assert "2 choses sont à corriger" in empty.text
    assert sheet(pilot, running, college="martiens").status_code == 422


def test_an_entry_is_undone(pilot: FlaskClient, running: Campaign, database: Database) -> None:
    sheet(pilot, running)
    address = f"/campagnes/{running.slug}/saisie"
    for message in ("ELU-001 annulée", "ELU-001 n’est plus là"):
        answer = post_form(pilot, f"{address}/annuler", seen_at=address, number="ELU-001", college="elus")
        assert message in pilot.get(answer.headers["Location"]).text
    assert participation(database, running)["elus"] == 0


def confirm(pilot: FlaskClient, running: Campaign, look: str, **changed: str) -> Any:
    """Press the button of the page that shows what a table would bring."""
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', look))
    return pilot.post(f"/campagnes/{running.slug}/import", data={**fields, **changed})


def test_a_table_is_looked_at_then_imported_whole(pilot: FlaskClient, running: Campaign, database: Database) -> None:
    look = send(pilot, running)
    assert look.status_code == 200
    assert problems_in(look.text) == []
    assert "1 ligne n’a aucune réponse" in look.text
    assert "Importer ces 2 réponses" in look.text
    assert database["responses"].count == 0
    page = pilot.get(confirm(pilot, running, look.text).headers["Location"])
    assert problems_in(page.text) == []
    assert "2 réponses importées." in page.text
    assert "réponses.csv" in page.text
    assert participation(database, running) == {"elus": 1, "agents": 0, "habitants": 0, "jeunes": 1}


def test_a_table_that_grows_is_imported_week_after_week(
    pilot: FlaskClient, running: Campaign, database: Database
) -> None:
    week = b"college;respondent;COO-1\nelus;uuid-1;3\nelus;uuid-2;1\n"
    assert confirm(pilot, running, send(pilot, running, week).text).status_code == 303
    look = send(pilot, running, week + b"elus;uuid-3;4\n")
    assert problems_in(look.text) == []
    assert "2 personnes de ce tableau ont déjà été importées" in look.text
    assert "Importer la nouvelle réponse" in look.text
    confirm(pilot, running, look.text)
    assert participation(database, running)["elus"] == 3
    assert "compteront deux fois" in send(pilot, running, b"college,COO-1\nelus,3\n").text


def test_an_import_is_undone_and_written_in_the_log(pilot: FlaskClient, running: Campaign, database: Database) -> None:
    page = pilot.get(confirm(pilot, running, send(pilot, running).text).headers["Location"]).text
    assert problems_in(page) == []
    address, sent = f"/campagnes/{running.slug}/import", re.findall(r'name="table" value="(\w{64})"', page)
    for message in ("2 réponses sont effacées", "n’est plus là"):
        answer = post_form(pilot, f"{address}/annuler", seen_at=address, table=sent[0])
        assert message in pilot.get(answer.headers["Location"]).text
    assert participation(database, running)["elus"] == 0
    assert database.execute("SELECT count(*) FROM audit WHERE deed = 'answers erased'").fetchone() == (1,)
    assert send(pilot, running).status_code == 200


def test_a_file_made_to_harm_is_refused_with_a_sentence(pilot: FlaskClient, running: Campaign) -> None:
    far = workbook(row(1, "college", "COO-1") + row(2, "elus", '<c r="XFD2"><v>3</v></c>'))
    for content in (far, far[:-40], b"\xd0\xcf\x11\xe0" + b"\0" * 99):
        answer = send(pilot, running, content)
        assert answer.status_code == 422
        assert "Rien n’a été importé" in answer.text
        assert problems_in(answer.text) == []
    mapping = send(pilot, running, TABLE, far)
    assert mapping.status_code == 422
    assert "c’est un classeur" in mapping.text


def test_formulas_and_other_sheets_are_said_before_anything_is_imported(pilot: FlaskClient, running: Campaign) -> None:
    formula = row(2, "elus", "<c><f>1+2</f><v>3</v></c>")
    look = send(pilot, running, workbook(row(1, "college", "COO-1") + formula, row(1, "Notes")))
    assert problems_in(look.text) == []
    assert "formules\u202f; leur dernier résultat enregistré est lu" in look.text
    assert "est lue\u202f; pas" in look.text
    answer = send(pilot, running, workbook(row(1, "college", "COO-1") + formula.replace(">3<", ">0<")))
    assert answer.status_code == 422
    assert "réponses.csv:2, colonne COO-1" in answer.text


def test_the_same_file_twice_is_refused_with_the_reason(pilot: FlaskClient, running: Campaign) -> None:
    look = send(pilot, running).text
    assert confirm(pilot, running, look).status_code == 303
    for answer in (send(pilot, running), confirm(pilot, running, look)):
        assert answer.status_code == 409
        assert "Ce fichier a déjà été importé le" in answer.text
        assert problems_in(answer.text) == []


def test_a_table_with_a_mistake_is_not_imported_at_all(
    pilot: FlaskClient, running: Campaign, database: Database
) -> None:
    wrong = TABLE.replace(b"elus,3", b"elus,9") + b"entreprises,3,\nmaires,1,1\n"
    answer = send(pilot, running, wrong, confirmed="1")
    assert answer.status_code == 422
    assert problems_in(answer.text) == []
    for place in (
        "réponses.csv:2, colonne COO-1",
        "réponses.csv:5, colonne college",
        "réponses.csv:6, colonne college",
    ):
        assert place in answer.text
    assert "3 choses sont à corriger" in answer.text
    assert database["responses"].count == 0


def test_a_question_of_the_other_form_is_refused(pilot: FlaskClient, running: Campaign) -> None:
    answer = send(pilot, running, b"college,COO-1,COO-4\nelus,3,2\n")
    assert "«\u00a0COO-4\u00a0» n’est pas demandé dans cette campagne" in answer.text


def test_labels_of_the_campaign_are_understood(pilot: FlaskClient, running: Campaign) -> None:
    assert "Importer cette réponse" in send(pilot, running, b"college,COO-1\nconseil municipal,3\n").text


def test_a_mapping_and_a_college_go_with_a_table(pilot: FlaskClient, running: Campaign, database: Database) -> None:
    mapping = b"colonne;valeur;devient\nQ1;;COO-1\n*;oui;4\n"
    look = send(pilot, running, b"id,Q1\n1,oui\n2,oui\n", mapping, college="agents")
    assert "Colonnes qui ne seront pas lues" in look.text
    assert confirm(pilot, running, look.text).status_code == 303
    assert participation(database, running)["agents"] == 2


@pytest.mark.parametrize("content", [b"", b"college,COO-1\n", b"PK\x03\x04", b"x" * 50_001])
def test_a_table_that_cannot_be_read_is_refused(
    pilot: FlaskClient, running: Campaign, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_HEAVIEST", 50_000)
    answer = send(pilot, running, content)
    assert answer.status_code == 422
    assert "Rien n’a été importé" in answer.text


@pytest.mark.parametrize("kept", ["x", "eJw=", b64encode(zlib.compress(b"0" * 2_000_000)).decode()])
def test_what_a_page_kept_is_not_trusted(pilot: FlaskClient, running: Campaign, database: Database, kept: str) -> None:
    answer = confirm(pilot, running, send(pilot, running).text, table_kept=kept)
    assert answer.status_code == 422
    assert database["responses"].count == 0


def test_whoever_types_while_the_campaign_closes_reads_why(
    pilot: FlaskClient, running: Campaign, database: Database
) -> None:
    look = send(pilot, running).text
    token = token_in(pilot.get(f"/campagnes/{running.slug}/saisie").text)
    close_campaign(database, running)
    fields = {"csrf_token": token, "number": "ELU-001", "college": "elus", "a_COO-1": "3"}
    for answer in (
        confirm(pilot, running, look),
        pilot.post(f"/campagnes/{running.slug}/saisie", data=fields),
    ):
        assert answer.status_code == 409
        assert "La collecte est terminée" in answer.text


@pytest.mark.journey
def test_a_sheet_is_entered_with_one_key_per_answer(open_page: Any, live_server: Any) -> None:
    from contextlib import closing

    from commands.demo_credentials import DEMO_EMAIL, DEMO_PASSWORD, TRIAL_SLUG
    from storage.campaigns.campaigns import campaign_by_slug
    from storage.core.database import open_database

    page: Page = open_page()
    page.goto("/connexion")
    page.get_by_label("Adresse").fill(DEMO_EMAIL)
    page.get_by_label("Mot de passe").fill(DEMO_PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/compte")
    page.goto(f"/campagnes/{TRIAL_SLUG}/saisie?college=habitants")
    with closing(open_database(live_server.database)) as db:
        campaign = campaign_by_slug(db, TRIAL_SLUG)
        assert campaign is not None
        count = len(Questionnaire(campaign.grid, campaign.form, "elus").questions)
        keys = ["4", "x", "Backspace", "3", "n", "s", "Enter", *["2"] * (count - 4)]
        page.keyboard.type("elu 41")
        page.keyboard.press("Enter")
        for key in keys:
            page.keyboard.press(key)
        assert page.locator("#college").input_value() == "elus"
        page.keyboard.press("Enter")
        page.get_by_text("Feuille ELU-041 enregistrée").wait_for()
        page.wait_for_load_state()  # a text is there before the script of its page
        assert page.locator("#number").input_value() == "ELU-042"
        assert last_sheets(db, campaign)[0] == ("ELU-041", "elus")
        row = db.execute("SELECT document FROM responses WHERE mode = 'papier' ORDER BY id DESC").fetchone()
        assert row[0].count(":2") == count - 4
        assert '"NSP"' in row[0]
        for key in ["Enter", *["3"] * count, "Enter"]:  # a whole sheet: one key per answer and two more
            page.keyboard.press(key)
        page.get_by_text("Feuille ELU-042 enregistrée").wait_for()
        (document,) = db.execute("SELECT document FROM responses WHERE mode = 'papier' ORDER BY id DESC").fetchone()
        assert document.count(":3") == count
