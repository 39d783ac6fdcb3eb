"""An action that is managed: who, with what, by which steps; what is late is seen, and nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from storage.accounts.accounts import create_account
from storage.campaigns.campaigns import campaign_by_slug
from storage.campaigns.territories import territory_by_slug
from storage.core.engine import Database
from storage.review.parcours import ActionPlan, Measure, Step, actions_of, add_action
from storage.review.session_decisions import link_decision, note_decision
from tests.web.conftest import Open, SignIn
from tests.web.forms import post_form, token_in
from tests.web.markup import problems_in

NEW, ONE = "/parcours/ici/actions/nouvelle", "/parcours/ici/actions/1"
TYPED = {"title": "Animer", "kind": "formation", "skills": "FAC-2", "starts_on": "2026-09-01", "status": "en-cours"}
MANAGED = TYPED | {
    "pilot": "Camille Essai",
    "partners": "Foyer rural, caisse",
    "budget": "24 000",
    "funders": "Ville",
    "priority": "haute",
    "targets": "FAC-2=3",
    "indicator": "Habitants venus",
    "target": "12,5",
    "measures-0-day": "2026-10-01",
    "measures-0-value": "4",
    "steps-0-title": "Écrire",
    "steps-0-due_on": "2026-09-15",
    "steps-2-title": "Tirer au sort",
    "steps-2-due_on": "31/12/2099",
    "steps-2-after": "1",
    "notes-0-text": "La salle est trouvée",
}


@pytest.fixture
def planner(sign_in: SignIn, campaign: Open) -> FlaskClient:
    campaign("closed")
    return sign_in("reviewer")


def plans(database: Database) -> list[ActionPlan]:
    here = territory_by_slug(database, "ici")
    assert here
    return [one.plan for one in actions_of(database, here)]


def test_all_that_is_typed_of_an_action_is_kept_and_shown(planner: FlaskClient, database: Database) -> None:
    assert post_form(planner, NEW, **MANAGED, supports="cifre").status_code == 303
    (plan,) = plans(database)
    assert (plan.pilot, plan.budget, plan.targets, plan.supports) == (
        "Camille Essai",
        24_000,
        (("FAC-2", 3),),
        ("cifre",),
    )
    assert (plan.indicator.target, plan.indicator.measures) == (
        Decimal("12.5"),
        (Measure(date(2026, 10, 1), Decimal(4)),),
    )
    assert plan.steps == (Step("Écrire", date(2026, 9, 15)), Step("Tirer au sort", date(2099, 12, 31), None, 1))
    page = planner.get("/parcours/ici").text
    for said in ("Camille Essai", "Foyer rural, caisse", "24 000 €", "Habitants venus : 12,5 visé", "priorité haute"):
        assert said in page, said
    assert "étape « Écrire » prévue pour le 15 septembre 2026" in page
    assert problems_in(page) == []
    form = planner.get(ONE)
    assert 'value="FAC-2=3" selected' in form.text
    assert 'value="12,5"' in form.text
    assert problems_in(form.text) == []


def test_a_form_that_is_opened_and_saved_changes_nothing(planner: FlaskClient, database: Database) -> None:
    post_form(planner, NEW, **MANAGED)
    before = plans(database)
    same = MANAGED | {"version": "1", "notes-0-day": before[0].notes[0].day.isoformat()}
    assert post_form(planner, ONE, **same).status_code == 303
    assert plans(database) == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"target": "beaucoup"}, "« beaucoup » n’est pas un nombre"),
        ({"measures-0-value": "NaN"}, "« NaN » n’est pas un nombre"),
        ({"measures-0-value": "1e9"}, "« 1e9 » n’est pas un nombre"),
        ({"measures-0-value": ""}, "Donnez la valeur de ce jour"),
        ({"measures-0-day": ""}, "Dites de quel jour est cette valeur."),
        ({"indicator": ""}, "sans indicateur"),
        ({"steps-0-after": "2"}, "s’attendent en rond"),
        ({"steps-2-after": "7"}, "Il n’y a pas d’étape n° 7"),
        ({"steps-2-due_on": "2026-01-01"}, "avant l’étape 1, qu’elle attend"),
        ({"steps-0-title": ""}, "Dites ce qu’est cette étape"),
        ({"budget": "beaucoup"}, "n’est pas un nombre entier"),
        ({"budget": "99999999999"}, "n’est pas un nombre entier"),
        ({"kind": "fête"}, "Ce choix n’est pas proposé ici"),
    ],
)
def test_what_cannot_be_is_said_beside_all_that_was_typed(
    planner: FlaskClient, database: Database, wrong: dict[str, str], said: str
) -> None:
    sent = post_form(planner, NEW, **(MANAGED | wrong))
    assert (sent.status_code, plans(database)) == (422, [])
    assert said in sent.text
    for typed in ("Camille Essai", "Foyer rural, caisse", "La salle est trouvée", "Tirer au sort"):
        assert typed in sent.text, typed
    assert problems_in(sent.text) == []


def test_a_form_sent_after_the_session_ended_is_given_back_whole(planner: FlaskClient, database: Database) -> None:
    token = token_in(planner.get(NEW).text)
    planner.delete_cookie("grille")
    page = planner.post(NEW, data={"csrf_token": token, **MANAGED}, headers={"Origin": "http://localhost"})
    assert page.status_code in (400, 401)
    for name, typed in MANAGED.items():
        assert f'name="{name}"' in page.text
        assert typed in page.text
    assert plans(database) == []


def test_two_people_see_what_differs_in_the_other_s_version(planner: FlaskClient, database: Database) -> None:
    post_form(planner, NEW, **MANAGED)
    post_form(planner, ONE, **(MANAGED | {"version": "1", "budget": "900", "steps-2-title": "Voter"}))
    mine = post_form(planner, ONE, **(MANAGED | {"version": "1", "pilot": "Alix Essai"}))
    assert mine.status_code == 409
    for said in ("900", "Voter", "Camille Essai"):
        assert said in mine.text
    assert 'value="Alix Essai"' in mine.text
    assert plans(database)[0].budget == 900


def test_a_paused_action_waits_and_is_not_late(planner: FlaskClient) -> None:
    post_form(planner, NEW, **(MANAGED | {"status": "en-pause", "ends_on": "2026-10-01"}))
    page = planner.get("/parcours/ici").text
    assert "en pause" in page
    assert "en retard</h2>" not in page


def test_an_action_says_which_decision_it_came_from(planner: FlaskClient, sign_in: SignIn, database: Database) -> None:
    campaign = campaign_by_slug(database, "ici-2026")
    assert campaign
    author = create_account(database, "alix@ici.example", "Alix Essai")
    decision = note_decision(database, campaign, "Ouvrir la salle", author)
    action = add_action(
        database, campaign.territory, ActionPlan("projet", "La salle", ("COO-1",), campaign_id=campaign.id)
    )
    link_decision(database, campaign, decision.id, action.id)
    assert "Vient de la décision « Ouvrir la salle »." in planner.get("/parcours/ici").text
    assert "Ouvrir la salle" not in sign_in("reader").get("/parcours/ici").text, (
        "the team keeps it until it is published"
    )


def test_what_is_managed_is_for_the_team_alone(planner: FlaskClient, client: FlaskClient) -> None:
    post_form(planner, NEW, **MANAGED)
    assert client.get("/parcours/ici").status_code == 303


@pytest.mark.parametrize("count", [1, 60])
def test_a_timeline_of_one_or_sixty_actions_is_cut_as_paper_is(
    planner: FlaskClient, database: Database, count: int
) -> None:
    here = territory_by_slug(database, "ici")
    assert here
    for number in range(count):
        add_action(
            database,
            here,
            ActionPlan("projet", f"Action {number}", ("COO-1",), starts_on=date(2026, 1, 1 + number % 28)),
        )
    page = planner.get("/parcours/ici").text
    assert page.count('class="chart timeline"') == (1 if count == 1 else 4)
    assert page.count("aujourd’hui</text>") == page.count('class="chart timeline"')
    assert problems_in(page) == []


@pytest.mark.parametrize("number", ["²", "9" * 5000, "", "x", "٣", "7000000"])
def test_a_line_whose_number_no_page_writes_is_left_aside(
    planner: FlaskClient, database: Database, number: str
) -> None:
    sent = post_form(planner, NEW, **MANAGED, **{f"steps-{number}-title": "Ailleurs"})
    assert sent.status_code == 303
    assert [one.title for one in plans(database)[0].steps] == ["Écrire", "Tirer au sort"]
