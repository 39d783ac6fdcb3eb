import json
import re
from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from grille.typed import typed_text
from questionnaires import Answer
from storage.campaigns.campaigns import Campaign, campaign_by_id
from storage.campaigns.lifecycle import close_campaign
from storage.core.database import open_database
from storage.core.engine import Database
from storage.responses.responses import find_response
from tests.web.respond.respondent import Respondent, form_of, in_line, links, words
from web.respond.saving import SentPage, read_form

JSON = {"headers": {"Accept": "application/json"}}


def stored(database: Database, key: str) -> dict[str, Answer]:
    response = find_response(database, key)
    assert response is not None
    return dict(response.document.answers)


def chosen_in(page: TestResponse) -> dict[str, str]:
    return {name: value for name, value in form_of(page.text).items() if name.startswith("q_") and value}


def test_a_page_is_saved_and_leads_to_the_next(respondent: Respondent, database: Database) -> None:
    went = respondent.answer(
        1, COO_1="0", COO_2="SO", COO_2_reason="Pas de projet", COO_3="NSP", COO_3_comment="Vu 🌱\r\nune fois"
    )
    assert went.location == respondent.address(2)
    assert stored(database, respondent.key) == {
        "COO-1": Answer(0),
        "COO-2": Answer.not_applicable("Pas de projet"),
        "COO-3": Answer.dont_know("Vu 🌱\nune fois"),
    }
    assert respondent.chosen(1) == {
        "q_COO-1": "0",
        "q_COO-2": "SO",
        "q_COO-2:reason": "Pas de projet",
        "q_COO-3": "NSP",
        "q_COO-3:comment": "Vu 🌱\nune fois",
    }


@pytest.mark.parametrize(
    ("page", "button", "place"),
    [
        (1, "suite", "2"),
        (5, "suite", "relecture"),
        (3, "2", "2"),
        (1, "5", "5"),
        (2, "relecture", "relecture"),
        (2, "plus-tard", "plus-tard"),
        (2, "6", "3"),
        (5, "0", "relecture"),
        (2, "9" * 5000, "3"),
        (2, "²", "3"),
        (2, "\x00", "3"),
    ],
)
def test_every_button_saves_then_leads_on(respondent: Respondent, page: int, button: str, place: str) -> None:
    code = {1: "COO_1", 2: "CON_1", 3: "FAC_1", 5: "OUV_1"}[page]
    assert respondent.answer(page, vers=button, **{code: "2"}).location == respondent.address(place)
    assert list(respondent.chosen(page).values()) == ["2"]


def test_nothing_answered_is_nothing_stored(respondent: Respondent, database: Database) -> None:
    for page in range(1, 6):
        respondent.answer(page)
    assert stored(database, respondent.key) == {}
    assert "Pas de réponse" not in words(respondent.get(respondent.address(1)))
    assert "Pas encore de réponse" in words(respondent.get(respondent.address(1)))


def test_what_is_said_to_be_saved_is_what_is_stored(respondent: Respondent, database: Database) -> None:
    respondent.answer(1, COO_1="0", COO_2="NSP", COO_3_comment="Un mot sans réponse")
    respondent.answer(2, CON_2="4")
    said = words(respondent.get(respondent.address(3)))
    answered = sum(answer.answered for answer in stored(database, respondent.key).values())
    assert f"✓ Enregistré : {answered} sur 15" in said
    assert "Coopérer : réponses données, 2 sur 3" in said
    assert "Connecter : réponses données, 1 sur 3" in said
    assert "Faciliter : réponses données, 0 sur 3" in said


def test_an_answer_can_be_taken_back_its_comment_stays(respondent: Respondent, database: Database) -> None:
    respondent.answer(1, COO_1="3", COO_1_comment="Un mot", COO_2="1")
    back = respondent.answer(1, effacer="COO-1")
    assert back.location == respondent.address("1#question-COO-1")
    assert stored(database, respondent.key) == {"COO-1": Answer(comment="Un mot"), "COO-2": Answer(1)}


@pytest.mark.parametrize("code", ["CON-1", "x", "\x00", ""])
def test_taking_back_an_answer_of_another_page_does_nothing(
    respondent: Respondent, database: Database, code: str
) -> None:
    respondent.answer(2, CON_1="3")
    respondent.answer(1, effacer=code)
    assert stored(database, respondent.key) == {"CON-1": Answer(3)}


# --- What cannot be saved is given back, and the rest is saved


@pytest.mark.parametrize("level", ["5", "-1", "1.5", "x", "🌱", "nsp", "٣", "9" * 5000])
def test_a_level_outside_the_scale_is_refused_and_the_rest_saved(
    respondent: Respondent, database: Database, level: str
) -> None:
    respondent.answer(1, COO_1="2")
    page = respondent.answer(1, 422, COO_1=level, COO_2="3", COO_3_comment="Un mot")
    sentence = "Cette réponse n’existe pas dans la grille. Choisissez l’une des phrases proposées."
    assert links(page)[sentence] == "#q_COO-1"
    assert words(page).startswith("Erreur : Coopérer")
    assert "Une chose est à corriger" in words(page)
    assert "Pas encore tout enregistré" in words(page)
    assert stored(database, respondent.key) == {
        "COO-1": Answer(2),
        "COO-2": Answer(3),
        "COO-3": Answer(comment="Un mot"),
    }


def test_a_comment_of_100_kb_is_given_back_whole_with_everything_else_saved(
    respondent: Respondent, database: Database
) -> None:
    text = ("Une très longue histoire… 🌱 " * 5000)[:100_000].strip()
    page = respondent.answer(1, 422, COO_1="1", COO_1_comment=text, COO_2="SO", COO_2_reason="r" * 301)
    (first, address), (second, other) = [(said, to) for said, to in links(page).items() if to.startswith("#q_")]
    assert in_line(f"Votre commentaire compte {len(text):,} caractères".replace(",", " ")) in in_line(first)
    assert "la limite est de 2 000" in in_line(first)
    assert "Votre raison compte 301 caractères" in in_line(second)
    assert (address, other) == ("#q_COO-1:comment", "#q_COO-2:reason")
    typed = form_of(page.text)
    assert typed["q_COO-1:comment"] == text
    assert typed["q_COO-2:reason"] == "r" * 301
    assert stored(database, respondent.key) == {"COO-1": Answer(1), "COO-2": Answer.not_applicable()}
    shortened = {**typed, "q_COO-1:comment": "Plus court", "q_COO-2:reason": "", "vers": "suite"}
    assert respondent.post(respondent.address(1), shortened).location == respondent.address(2)
    assert stored(database, respondent.key)["COO-1"] == Answer(1, comment="Plus court")


def test_what_is_too_heavy_to_read_gets_a_sentence(respondent: Respondent) -> None:
    page = respondent.post(respondent.address(1), {**respondent.form(1), "q_COO-1:comment": "x" * 5_000_000}, 413)
    assert "trop lourd" in words(page)


def test_an_answer_to_a_question_of_another_form_is_named(respondent: Respondent, database: Database) -> None:
    page = respondent.post(
        respondent.address(1), {**respondent.form(1), "q_COO-1": "2", "q_COO-6": "3", "q_\x00": "1"}, 422
    )
    assert "ne correspond à aucune question de cette page (COO-6" in words(page)
    assert stored(database, respondent.key) == {"COO-1": Answer(2)}


def test_half_a_body_withdraws_nothing_and_gives_back_what_came(respondent: Respondent, database: Database) -> None:
    respondent.answer(1, COO_1="3", COO_2="4", COO_3_comment="Déjà là")
    whole = respondent.form(1)
    names = list(whole)
    assert names[-1] == "whole"
    half = {name: whole[name] for name in names[: names.index("q_COO-1") + 1]} | {"q_COO-1": "0"}
    page = respondent.post(respondent.address(1), half, 400)
    assert "arrivé incomplet" in words(page)
    assert chosen_in(page) == {"q_COO-1": "0", "q_COO-2": "4", "q_COO-3:comment": "Déjà là"}
    assert stored(database, respondent.key)["COO-1"] == Answer(3)
    assert respondent.post(respondent.address(1), {}, 400)


def test_a_body_shorter_than_announced_gets_a_sentence(respondent: Respondent) -> None:
    broken = {"CONTENT_LENGTH": "5000", "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    page = respondent.client.post(respondent.address(1), input_stream=BytesIO(b"csrf_token="), environ_overrides=broken)
    assert page.status_code == 400
    assert "L’envoi a été coupé" in words(page)


@pytest.mark.parametrize("token", ["", "é", "0" * 32])
def test_a_form_that_is_not_ours_saves_nothing_and_loses_nothing(
    respondent: Respondent, database: Database, token: str
) -> None:
    fields = {**respondent.form(1), "csrf_token": token, "q_COO-1": "2", "q_COO-1:comment": "Un long travail"}
    page = respondent.post(respondent.address(1), fields, 400)
    assert stored(database, respondent.key) == {}
    assert chosen_in(page) == {"q_COO-1": "2", "q_COO-1:comment": "Un long travail"}
    assert respondent.post(respondent.address(1), {**form_of(page.text), "vers": "suite"}).location
    assert stored(database, respondent.key) == {"COO-1": Answer(2, comment="Un long travail")}


def test_a_key_s_token_opens_no_other_key(app: object, respondent: Respondent) -> None:
    other = Respondent(app, respondent.token)  # type: ignore[arg-type]
    other.begin("elus")
    respondent.post(respondent.address(1), {**other.form(1), "q_COO-1": "2"}, 400)


def test_a_database_that_cannot_write_is_said_and_loses_nothing(
    respondent: Respondent, database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.core.database.BUSY_SECONDS", 0.01)
    fields = {**respondent.form(1), "q_COO-1": "2", "q_COO-1:comment": "Un long travail"}
    with closing(open_database(database_path)) as other:
        respondent.client.get(respondent.address(1))
        for connection in _connections(respondent):
            connection.execute("PRAGMA busy_timeout = 10")
        other.conn.execute("BEGIN IMMEDIATE")
        page = respondent.post(respondent.address(1), fields, 503)
        other.conn.execute("ROLLBACK")
    assert "ne peut rien enregistrer pour le moment" in words(page)
    assert page.headers["Retry-After"]
    assert chosen_in(page) == {"q_COO-1": "2", "q_COO-1:comment": "Un long travail"}


def _connections(respondent: Respondent) -> list[Database]:
    return [respondent.client.application.extensions["database"].get()]


def test_whatever_is_typed_stays_text(respondent: Respondent) -> None:
    attack = "</textarea><script>alert(1)</script>\x00 {{ 7*7 }} \x01{count}"
    respondent.answer(1, COO_1_comment=attack)
    page = respondent.get(respondent.address(1))
    assert "<script>alert" not in page.text
    assert form_of(page.text)["q_COO-1:comment"] == "</textarea><script>alert(1)</script> {{ 7*7 }} {count}"


# --- Two tabs, back and again, after the end


def test_two_tabs_merge_answer_by_answer(respondent: Respondent, database: Database) -> None:
    one, two = respondent.form(1), respondent.form(1)
    respondent.post(respondent.address(1), {**one, "q_COO-1": "3"})
    respondent.post(respondent.address(1), {**two, "q_COO-2": "1"})
    assert stored(database, respondent.key) == {"COO-1": Answer(3), "COO-2": Answer(1)}


def test_a_page_sent_twice_is_as_sent_once(respondent: Respondent, database: Database) -> None:
    fields = {**respondent.form(1), "q_COO-1": "3", "vers": "suite"}
    places = {respondent.post(respondent.address(1), fields).location for _click in range(2)}
    assert places == {respondent.address(2)}
    assert stored(database, respondent.key) == {"COO-1": Answer(3)}


def test_a_page_sent_after_the_end_is_still_saved(respondent: Respondent, database: Database) -> None:
    fields = respondent.form(1)
    respondent.answer(1, COO_1="3")
    respondent.post(respondent.address("relecture"), respondent.form("relecture"))
    respondent.post(respondent.address(1), {**fields, "q_COO-2": "4"})
    assert stored(database, respondent.key) == {"COO-1": Answer(3), "COO-2": Answer(4)}
    assert "Vos réponses sont envoyées" in words(respondent.get(respondent.address("relecture")))


@pytest.mark.parametrize("number", ["0", "6", "9" * 40])
def test_a_page_that_does_not_exist_leads_to_the_review(respondent: Respondent, number: str) -> None:
    assert respondent.get(respondent.address(number), 303).location == respondent.address("relecture")
    assert respondent.post(respondent.address(number), {}).location == respondent.address("relecture")


def test_closed_while_answering_keeps_what_was_saved_and_says_so(
    respondent: Respondent, database: Database, opened: Campaign
) -> None:
    respondent.answer(1, COO_1="3")
    fields = {**respondent.form(1), "q_COO-1": "0", "q_COO-2": "4"}
    close_campaign(database, opened)
    page = respondent.post(respondent.address(1), fields, 409)
    assert "La collecte est terminée" in words(page)
    assert links(page)["Voir ce que j’avais répondu"] == respondent.address("fin")
    assert respondent.get(respondent.address(1), 303).location == respondent.address("relecture")
    assert respondent.get(respondent.address("relecture"), 303).location == respondent.address("fin")
    assert stored(database, respondent.key) == {"COO-1": Answer(3)}


# --- The page's own script


def test_the_script_gets_what_is_stored_and_where_to_go(respondent: Respondent, database: Database) -> None:
    fields = {**respondent.form(1), "q_COO-1": "3"}
    reply = respondent.post(respondent.address(1), fields, 200, **JSON).json
    assert reply is not None
    assert in_line(reply.pop("status")) == "✓ Enregistré : 1 sur 15"
    again = respondent.form(1)
    assert reply == {"shown": again["shown"], "answered": 1, "problems": [], "next": respondent.address(2)}
    assert stored(database, respondent.key) == {"COO-1": Answer(3)}


def test_the_script_of_one_tab_never_withdraws_what_another_tab_answered(
    respondent: Respondent, database: Database
) -> None:
    one, two = respondent.form(1), respondent.form(1)
    respondent.post(respondent.address(1), {**one, "q_COO-1": "4"})
    reply = respondent.post(respondent.address(1), {**two, "q_COO-2": "1"}, 200, **JSON).json
    assert reply is not None
    respondent.post(respondent.address(1), {**two, "q_COO-2": "2", "shown": reply["shown"]}, 200, **JSON)
    assert stored(database, respondent.key) == {"COO-1": Answer(4), "COO-2": Answer(2)}


def test_the_script_is_informed_what_could_not_be_saved(respondent: Respondent, database: Database) -> None:
    fields = {**respondent.form(1), "q_COO-1": "3", "q_COO-2:comment": "x" * 2001}
    reply = respondent.post(respondent.address(1), fields, 200, **JSON).json
    assert reply is not None
    assert [problem["field"] for problem in reply["problems"]] == ["q_COO-2:comment"]
    assert reply["status"] == "Pas encore tout enregistré"
    assert stored(database, respondent.key) == {"COO-1": Answer(3)}


def test_the_script_is_informed_when_nothing_can_be_saved(
    respondent: Respondent, database: Database, opened: Campaign
) -> None:
    fields = {**respondent.form(1), "q_COO-1": "3"}
    respondent.post(respondent.address(1), {**fields, "csrf_token": ""}, 400, **JSON)
    close_campaign(database, opened)
    reply = respondent.post(respondent.address(1), fields, 409, **JSON).json
    assert reply is not None
    assert "La collecte est terminée" in reply["sentence"]


# --- Against a slow oracle: the page read back as a browser reads it


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(lambda text: typed_text(text).strip())
said = st.builds(Answer, st.sampled_from([None, 0, 1, 2, 3, 4, "NSP", "SO"]), texts, texts, quotable=st.booleans())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=said, second=said)
def test_the_page_shows_exactly_what_was_sent(respondent: Respondent, first: Answer, second: Answer) -> None:
    fields = respondent.form(2)
    sent = {}
    for code, answer in {"CON-1": first, "CON-3": second}.items():
        parts = answer.for_form()
        sent |= {
            f"q_{code}": parts["level"],
            f"q_{code}:reason": parts["reason"],
            f"q_{code}:comment": parts["comment"],
            f"q_{code}:quote": parts["quote"],
        }
    respondent.post(respondent.address(2), {**fields, **sent})
    assert respondent.chosen(2) == {name: value for name, value in sent.items() if value}


def test_saving_a_page_reads_its_row_once_and_decodes_its_document_once(
    app: Flask, database: Database, respondent: Respondent, monkeypatch: pytest.MonkeyPatch
) -> None:
    respondent.answer(1, COO_1="3", COO_1_comment="Chaque mois")
    fields = {**respondent.form(1), "q_COO-1": "2"}
    decoded: list[str] = []
    statements: list[str] = []
    monkeypatch.setattr("orjson.loads", lambda text: decoded.append(text) or json.loads(text))
    app.extensions["database"].get().conn.set_trace_callback(statements.append)
    respondent.post(respondent.address(1), fields)
    app.extensions["database"].get().conn.set_trace_callback(None)
    kinds = [statement.split()[0] for statement in statements if re.search(r"\bresponses\b", statement)]
    assert (kinds[0], kinds.count("SELECT"), set(kinds)) == ("SELECT", 1, {"SELECT", "UPDATE"})
    assert len(decoded) == 1
    assert stored(database, respondent.key)["COO-1"] == Answer(2, comment="Chaque mois")


@pytest.mark.parametrize("options", [{}, JSON])
def test_a_campaign_closed_between_reading_and_writing_writes_nothing(
    options: Mapping[str, object],
    database: Database,
    opened: Campaign,
    respondent: Respondent,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    respondent.answer(1, COO_1="3")
    fields = {**respondent.form(1), "q_COO-1": "2"}

    def read_while_it_closes(*args: object) -> SentPage:
        if campaign_by_id(database, opened.id) == opened:
            close_campaign(database, opened)
        return read_form(*args)  # type: ignore[arg-type]

    for room in ("direct", "views.questions"):  # whichever answers
        monkeypatch.setattr(f"web.respond.{room}.read_form", read_while_it_closes)
    reply = respondent.post(respondent.address(1), fields, 409, **options)
    assert "La collecte est terminée" in (reply.get_json(silent=True) or {}).get("sentence", reply.text)
    assert stored(database, respondent.key) == {"COO-1": Answer(3)}
