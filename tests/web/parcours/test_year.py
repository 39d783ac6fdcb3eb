"""Supervision during the year, and the year told: the plan it began with, what changed, and why."""

import pytest
from flask.testing import FlaskClient

from storage.campaigns.territories import territory_by_slug
from storage.core.engine import Database
from storage.core.timestamps import now
from storage.review.parcours import actions_of
from storage.review.parcours.changes import changes_of
from storage.review.parcours.supervisions import Supervision, supervisions_of
from tests.web.conftest import Open, SignIn
from tests.web.forms import post_form, token_in
from tests.web.markup import problems_in
from tests.web.parcours.test_managing import MANAGED, NEW, ONE

NOTE, YEAR = "/parcours/ici/suivi/nouveau", f"/parcours/ici/annee/{now().year}"
MOMENT = {
    "held_on": f"{now().year}-01-02",
    "seen": "Ça avance à l’est",
    "adjusted": "Une permanence",
    "group_elus": "3",
}


@pytest.fixture
def planner(sign_in: SignIn, campaign: Open) -> FlaskClient:
    campaign("closed")
    planner = sign_in("reviewer")
    assert post_form(planner, NEW, **MANAGED).status_code == 303
    return planner


def moments(database: Database) -> list[Supervision]:
    here = territory_by_slug(database, "ici")
    assert here
    return supervisions_of(database, here)


def test_a_change_of_what_was_promised_needs_its_reason_and_keeps_what_it_was(
    planner: FlaskClient, database: Database
) -> None:
    later = MANAGED | {"version": "1", "ends_on": "2099-05-01", "pilot": "Alix Essai"}
    refused = post_form(planner, ONE, **later)
    assert refused.status_code == 422
    assert "dites pourquoi ce qui était prévu change" in refused.text
    assert 'value="2099-05-01"' in refused.text
    assert problems_in(refused.text) == []
    assert post_form(planner, ONE, **later, reason="La salle\nest en travaux").status_code == 303
    here = territory_by_slug(database, "ici")
    assert here
    (change,) = changes_of(database, here)[1]
    assert (change.reason, change.before.ends_on, change.before.pilot) == ("La salle\nest en travaux", None, "")
    assert change.before.steps == actions_of(database, here)[0].plan.steps
    page = planner.get(YEAR).text
    for said in (
        "La salle",
        "est en travaux",
        "à partir du 1er septembre 2026",
        "du 1er septembre 2026 au 1er mai 2099",
    ):
        assert said in page, said
    assert "Camille Essai" not in page
    assert "Alix Essai" not in page
    assert problems_in(page) == []


def test_a_note_or_a_step_done_needs_no_reason(planner: FlaskClient) -> None:
    done = MANAGED | {"version": "1", "steps-0-done_on": "2026-09-14", "notes-1-text": "C’est écrit"}
    assert post_form(planner, ONE, **done).status_code == 303
    assert "sans raison écrite" in planner.get(YEAR).text


def test_the_year_begins_with_the_plan_of_its_first_day(planner: FlaskClient, database: Database) -> None:
    post_form(planner, ONE, **(MANAGED | {"version": "1", "ends_on": "2098-01-01"}), reason="Un report")
    database.execute("UPDATE action_changes SET changed_at = '2024-05-01T10:00:00+00:00'")
    database.execute("UPDATE actions SET created_on = '2024-03-01'")
    post_form(planner, ONE, **(MANAGED | {"version": "2", "ends_on": "2099-01-01"}), reason="Un autre")
    this_page, that_page = planner.get(YEAR).text, planner.get("/parcours/ici/annee/2024").text
    assert "Un autre" in this_page
    assert "Un report" not in this_page
    assert "au 1er janvier 2098" in this_page
    assert "Un report" in that_page
    assert "entrée dans le parcours cette année-là" in that_page
    assert "Aucune action dans le parcours" in planner.get("/parcours/ici/annee/2023").text


def test_a_moment_is_noted_changed_and_read(planner: FlaskClient, sign_in: SignIn, database: Database) -> None:
    assert post_form(planner, NOTE, **MOMENT).status_code == 303
    (moment,) = moments(database)
    assert (moment.people, moment.seen) == ((("elus", 3),), "Ça avance à l’est")
    address = f"/parcours/ici/suivi/{moment.id}"
    shown = planner.get(address).text
    sent = {"csrf_token": token_in(shown), "version_shown": shown.split('name="version_shown" value="')[1][:20]}
    theirs = sent | MOMENT | {"seen": "La leur"}
    assert planner.post(address, data=theirs).status_code == 303
    mine = planner.post(address, data=sent | MOMENT | {"seen": "La mienne"})
    assert mine.status_code == 409
    assert "La leur" in mine.text
    assert "La mienne" in mine.text
    assert [one.seen for one in moments(database)] == ["La leur"]
    page = sign_in("reader").get(YEAR).text
    assert "La leur" in page
    assert "Noter un moment" not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"held_on": ""}, "Dites quel jour"),
        ({"held_on": "2099-01-01"}, "pas encore venu"),
        ({"held_on": "hier"}, "n’est pas lisible"),
        ({"seen": " "}, "Dites ce qui a été vu"),
        ({"group_elus": "trois"}, "n’est pas un nombre entier"),
        ({"group_elus": "99999"}, "plus de monde"),
    ],
)
def test_what_no_moment_has_is_said_and_nothing_is_lost(
    planner: FlaskClient, database: Database, wrong: dict[str, str], said: str
) -> None:
    sent = post_form(planner, NOTE, **(MOMENT | wrong))
    assert (sent.status_code, moments(database)) == (422, [])
    assert said in sent.text
    assert "Une permanence" in sent.text
    assert problems_in(sent.text) == []


def test_a_moment_or_a_year_of_elsewhere_does_not_exist_here(planner: FlaskClient) -> None:
    for address in ("/parcours/ici/suivi/99", "/parcours/ici/annee/1999", "/parcours/ici/annee/9999"):
        assert planner.get(address).status_code == 404
