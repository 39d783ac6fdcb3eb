"""The parcours as a workbook that comes back, whole or not at all, and as days for a calendar."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaires.outside.grid_workbook import sheets_of
from restitution.documents.office.grid_workbook import tables_xlsx
from storage.campaigns.territories import territory_by_slug
from storage.core.engine import Database
from storage.review.parcours import ActionPlan, actions_of
from tests.web.conftest import Open, SignIn
from tests.web.forms import post_form, token_in
from tests.web.markup import problems_in
from tests.web.parcours.test_managing import MANAGED, NEW

BOOK, ADDRESS = "/parcours/ici/classeur.xlsx", "/parcours/ici/classeur"
Tables = dict[str, list[list[Any]]]


@pytest.fixture
def planner(sign_in: SignIn, campaign: Open) -> FlaskClient:
    campaign("closed")
    planner = sign_in("reviewer")
    assert post_form(planner, NEW, **MANAGED, supports="cifre").status_code == 303
    return planner


def plans(database: Database) -> list[ActionPlan]:
    here = territory_by_slug(database, "ici")
    assert here
    return [one.plan for one in actions_of(database, here)]


def tables_in(content: bytes) -> Tables:
    """The sheets of a workbook, as lists of texts."""
    found: Tables = {}
    for sheet in sheets_of(content, "classeur.xlsx"):
        width = 1 + max((max(cells, default=0) for _line, cells in sheet.rows), default=0)
        found[sheet.name] = [
            [cells[at].text if at in cells else "" for at in range(width)] for _line, cells in sorted(sheet.rows)
        ]
    return found


def send(planner: FlaskClient, content: bytes, name: str = "classeur.xlsx") -> TestResponse:
    data = {"csrf_token": token_in(planner.get(ADDRESS).text), "file": (io.BytesIO(content), name)}
    return planner.post(ADDRESS, data=data)


def changed(planner: FlaskClient, change: Callable[[Tables], None]) -> TestResponse:
    """Send the workbook back after a change."""
    tables = tables_in(planner.get(BOOK).data)
    change(tables)
    return send(planner, tables_xlsx(tables, "Parcours"))


def test_a_workbook_that_comes_back_as_it_left_changes_nothing(planner: FlaskClient, database: Database) -> None:
    before = plans(database)
    sent = send(planner, planner.get(BOOK).data)
    assert sent.status_code == 303
    assert plans(database) == before
    assert "0 action ajoutée, 0 changée." in planner.get(sent.headers["Location"]).text


def test_what_is_changed_and_added_is_taken(planner: FlaskClient, database: Database) -> None:
    def change(tables: Tables) -> None:
        titles = tables["Actions"][0]
        tables["Actions"][1][titles.index("titre")] = "Animer mieux"
        tables["Actions"][1][titles.index("savoir-faire visés")] = "FAC-2 = 4, COO-1"
        tables["Actions"][1][titles.index("raison du changement")] = "La formation a pris"
        added = dict.fromkeys(titles, "") | {"numéro": "n1", "titre": "La salle", "sorte": "projet emblématique"}
        added |= {"savoir-faire visés": "COO-1", "début": "01/02/2027", "appuis": "Service civique, cifre"}
        tables["Actions"].append(list(added.values()))
        tables["Étapes"].append(["n1", "Visiter", "15/02/2027", "", ""])

    assert changed(planner, change).status_code == 303
    first, second = plans(database)
    assert (first.title, first.skills, first.targets) == ("Animer mieux", ("FAC-2", "COO-1"), (("FAC-2", 4),))
    assert (first.steps, first.notes, first.pilot) != ((), (), "")
    assert (second.kind, second.supports, [one.title for one in second.steps]) == (
        "projet",
        ("service-civique", "cifre"),
        ["Visiter"],
    )


def test_everything_wrong_is_said_with_its_place_and_nothing_is_taken(planner: FlaskClient, database: Database) -> None:
    before = plans(database)

    def change(tables: Tables) -> None:
        titles = tables["Actions"][0]
        tables["Actions"][1][titles.index("titre")] = "Un titre qui ne doit pas rester"
        wrong = dict.fromkeys(titles, "") | {"numéro": "77", "titre": "", "sorte": "fête", "budget": "cher"}
        tables["Actions"].append(list(wrong.values()))
        tables["Étapes"][1][0] = "99"
        tables["Valeurs"][1][2] = "beaucoup"
        tables["Notes"][1][1] = "un jour"

    sent = changed(planner, change)
    assert (sent.status_code, plans(database)) == (422, before)
    for said in (
        "feuille «\u00a0Actions\u00a0», ligne 3, colonne A\u00a0: aucune action de ce parcours",
        "feuille «\u00a0Actions\u00a0», ligne 3, colonne C\u00a0: Donnez un titre",
        "feuille «\u00a0Actions\u00a0», ligne 3, colonne D\u00a0: Ce choix",
        "feuille «\u00a0Actions\u00a0», ligne 3, colonne P\u00a0: «\u00a0cher\u00a0» n’est pas un nombre entier",
        "feuille «\u00a0Étapes\u00a0», ligne 2, colonne A\u00a0: «\u00a099\u00a0» n’est le numéro",
        "feuille «\u00a0Valeurs\u00a0», ligne 2, colonne C\u00a0: «\u00a0beaucoup\u00a0» n’est pas un nombre",
        "feuille «\u00a0Notes\u00a0», ligne 2, colonne B\u00a0: Cette date n’est pas lisible",
    ):
        assert said in sent.text, said
    assert problems_in(sent.text) == []


def test_a_workbook_older_than_the_parcours_is_refused(planner: FlaskClient, database: Database) -> None:
    content = planner.get(BOOK).data
    post_form(planner, "/parcours/ici/actions/1", **(MANAGED | {"version": "1", "title": "La leur"}))
    sent = send(planner, content)
    assert sent.status_code == 422
    assert "a changé depuis que ce classeur a été fait (version 2)" in sent.text
    assert plans(database)[0].title == "La leur"


def test_what_is_no_workbook_is_said(planner: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (b"", b"PK\x03\x04 broken", b"a;b"):
        sent = send(planner, content)
        assert (sent.status_code, "ne s’ouvre pas" in sent.text) == (422, True), content
    monkeypatch.setattr("web.parcours.files.HEAVIEST", 10)
    assert "plus de 1 Mo" in send(planner, b"x" * 11).text
    token = token_in(planner.get(ADDRESS).text)
    assert "choisissez d’abord un fichier" in planner.post(ADDRESS, data={"csrf_token": token}).text


def test_a_workbook_without_its_sheets_or_columns_is_said(planner: FlaskClient) -> None:
    other = send(planner, tables_xlsx({"Feuille 1": [["a", "b"], ["1", "2"]]}, ""))
    assert "feuille «\u00a0Actions\u00a0»\u00a0: cette feuille manque" in other.text
    short = send(planner, tables_xlsx({"Actions": [["numéro", "titre", "humeur"], ["", "x", "y"]]}, ""))
    assert "la colonne «\u00a0humeur\u00a0» est inconnue" in short.text
    assert "il manque la colonne «\u00a0sorte\u00a0»" in short.text


def test_the_calendar_has_what_is_to_come_and_names_nobody(planner: FlaskClient, sign_in: SignIn) -> None:
    sent = sign_in("reader").get("/parcours/ici/calendrier.ics")
    assert sent.mimetype == "text/calendar"
    text = sent.text.replace("\r\n ", "")
    assert "SUMMARY:Début\u00a0: Animer" in text
    assert "DTSTART;VALUE=DATE:20260915\r\nDTEND;VALUE=DATE:20260916\r\nSUMMARY:Écrire" in text
    assert "Camille" not in text
