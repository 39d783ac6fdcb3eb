"""Local questions prepared with a campaign: added, moved, removed, refused all at once; on paper; then corrected."""

import re
from dataclasses import replace
from typing import Any

from flask.testing import FlaskClient

from questionnaires.local.questions import LocalQuestion
from storage.campaigns.after_opening.local_answers import local_counts
from storage.campaigns.campaigns import Campaign, all_campaigns, campaign_by_id
from storage.campaigns.lifecycle import close_campaign, open_draft
from storage.core.engine import Database
from tests.web.campaigns.test_settings import PLAN, typed
from tests.web.forms import post_form
from tests.web.markup import plain, problems_in

DAY = LocalQuestion("Le marché, quel jour\u202f?", ("Le samedi", "Le mardi"), "Quel jour pour le marché\u202f?")
FREE = LocalQuestion("Que manque-t-il\u202f?", is_open=True)


def rows(*questions: dict[str, str]) -> dict[str, str]:
    """What a browser sends for these questions."""
    usual = {"text": "", "kind": "closed", "choices": "", "easy": ""}
    return {
        f"local_questions-{place}-{name}": value
        for place, question in enumerate(questions)
        for name, value in {**usual, **question}.items()
    }


DAY_TYPED = {"text": " Le marché,  quel jour\u202f? ", "choices": "Le samedi\n\n Le mardi \n", "easy": DAY.easy}
FREE_TYPED = {"text": FREE.text, "kind": "open"}


def send(client: FlaskClient, *questions: dict[str, str], address: str = PLAN, **more: str) -> Any:
    return post_form(client, address, **typed(**rows(*questions), **more))


def shown(page: str) -> list[str]:
    """The texts of the questions that a page shows, in order."""
    return re.findall(r'name="local_questions-\d-text" type="text" value="([^"]*)"', page)


def test_they_are_kept_with_the_draft_shown_again_and_proposed_the_year_after(
    pilot: FlaskClient, database: Database
) -> None:
    assert "questions-locales" in pilot.get(PLAN).text
    assert send(pilot, DAY_TYPED, FREE_TYPED, {}).status_code == 303
    (draft,) = all_campaigns(database)
    assert draft.local_questions == (DAY, FREE)
    settings = pilot.get(f"/campagnes/{draft.slug}/reglages").text
    assert problems_in(settings) == []
    assert "Le samedi\nLe mardi" in settings
    assert DAY.text in pilot.get(f"/campagnes/{draft.slug}").text
    preview = pilot.get(f"/campagnes/{draft.slug}/apercu/elus/6").text
    assert problems_in(preview) == []
    assert "Aperçu\u00a0: rien n’est enregistré" in preview
    assert "Le mardi" in preview
    close_campaign(database, open_draft(database, draft))
    assert shown(pilot.get(PLAN).text) == [DAY.text, FREE.text]


def test_buttons_add_move_and_remove_and_nothing_typed_is_lost(pilot: FlaskClient, database: Database) -> None:
    questions = ({"text": "Une"}, {"text": "Deux", "choices": "a\nb"}, {"text": "Trois", "kind": "open"})
    for button, expected in (
        ("descendre-0", ["Deux", "Une", "Trois"]),
        ("monter-2", ["Une", "Trois", "Deux"]),
        ("retirer-1", ["Une", "Trois"]),
        ("monter-0", ["Une", "Deux", "Trois"]),
        ("ajouter", ["Une", "Deux", "Trois"]),
        ("descendre-9", ["Une", "Deux", "Trois"]),
        ("retirer-\u00b2", ["Une", "Deux", "Trois"]),
    ):
        page = send(pilot, *questions, question=button, name="Un nom gardé")
        assert (page.status_code, shown(page.text)) == (200, expected), button
        assert "Un nom gardé" in page.text
        assert problems_in(page.text) == []
        assert ("a\nb</textarea>" in page.text) == ("Deux" in expected)
    assert shown(send(pilot, question="ajouter").text) == [""]
    assert all_campaigns(database) == []


def test_everything_wrong_is_said_at_once(pilot: FlaskClient, database: Database) -> None:
    page = send(
        pilot,
        {"text": "Voyez www.exemple.fr", "choices": "Seul"},
        {"text": "", "kind": "open", "easy": "Une question facile"},
        {"text": "x" * 201, "choices": "Oui\noui\n" + "y" * 81},
        name="",
    )
    assert page.status_code == 422
    assert problems_in(page.text) == []
    said = plain(page.text)
    for problem in (
        "Donnez un nom à la campagne",
        "« www.exemple.fr » ressemble à un lien",
        "Proposez de 2 à 8 réponses, une par ligne : il y en a 1.",
        "Une réponse libre ne se demande qu’en dernier",
        "Écrivez cette question, ou retirez-la.",
        "Cette question compte 201 caractères",
        "La réponse « Oui » est proposée deux fois",
        "compte 81 caractères",
    ):
        assert problem in said, problem
    assert "y" * 81 in page.text
    assert all_campaigns(database) == []


def test_a_fourth_question_is_refused(pilot: FlaskClient, database: Database) -> None:
    assert send(pilot, *[DAY_TYPED] * 4).status_code in {400, 422, 303}
    assert all(len(one.local_questions) <= 3 for one in all_campaigns(database))


def opened(pilot: FlaskClient, database: Database) -> Campaign:
    send(pilot, DAY_TYPED, FREE_TYPED)
    (draft,) = all_campaigns(database)
    return open_draft(database, draft)


def test_only_their_words_are_corrected_once_open(pilot: FlaskClient, database: Database) -> None:
    campaign = opened(pilot, database)
    address = f"/campagnes/{campaign.slug}/corriger"
    assert problems_in(pilot.get(address).text) == []
    about = {"name": campaign.name, "closes_on": ""}
    for number, one in enumerate(campaign.colleges):
        about |= {f"colleges-{number}-label": one.label, f"colleges-{number}-size": "", f"colleges-{number}-target": ""}
    asked = {"local_questions-0-text": "Le marché, quel matin\u202f?", "local_questions-0-choices": "Samedi\nMardi"}
    free = {"local_questions-1-text": FREE.text}
    more = post_form(pilot, address, **about, **{**asked, "local_questions-0-choices": "a\nb\nc"}, **free)
    assert more.status_code == 422
    assert "Corrigez seulement leurs mots" in plain(more.text)
    assert post_form(pilot, address, **about, **asked, **free).status_code == 303
    corrected = campaign_by_id(database, campaign.id)
    assert corrected
    assert corrected.local_questions == (
        replace(DAY, text="Le marché, quel matin\u202f?", choices=("Samedi", "Mardi")),
        FREE,
    )
    assert "question locale" in plain(pilot.get(f"/campagnes/{campaign.slug}").text)


def test_a_sheet_asks_them_and_its_entry_takes_them(pilot: FlaskClient, database: Database) -> None:
    campaign = opened(pilot, database)
    assert pilot.get(f"/campagnes/{campaign.slug}/papier/elus.pdf?copies=1").data[:5] == b"%PDF-"
    address = f"/campagnes/{campaign.slug}/saisie"
    page = pilot.get(address).text
    assert problems_in(page) == []
    assert 'data-keys="1 2"' in page
    sheet = {"college": "elus", "a_@1": "2", "c_@2": "Un banc sur la place"}
    refused = post_form(pilot, address, **{**sheet, "number": "ELU-1", "a_@1": "3", "c_@2": "z" * 1001})
    assert refused.status_code == 422
    assert "« 3 » n’est pas une réponse" in plain(refused.text)
    assert "compte 1 001 caractères" in plain(refused.text)
    empty = post_form(pilot, address, **{**sheet, "number": "ELU-1"})
    assert "aucune réponse" in plain(empty.text), "it would count nowhere"
    for number in range(1, 6):
        assert post_form(pilot, address, **sheet, **{"number": f"ELU-{number}", "a_COO-1": "3"}).status_code == 303
    (document,) = database.conn.execute("SELECT document FROM responses LIMIT 1").fetchone()
    assert '"local":{"@1":2,"@2":"Un banc sur la place"}' in document
    unasked = {"number": "ELU-6", "college": "elus", "a_COO-1": "3", "c_@1": "Le dimanche"}
    assert post_form(pilot, address, **unasked).status_code == 303
    assert not database.conn.execute("SELECT 1 FROM responses WHERE instr(document, 'dimanche')").fetchall()
    assert local_counts(database, close_campaign(database, campaign))[0].people == (None, 5)
