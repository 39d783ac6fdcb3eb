"""What becomes of decisions: private until published, an action in one gesture, promises told a year later."""

from contextlib import closing
from pathlib import Path

import lxml.html
import pytest
from flask.testing import FlaskClient

from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import open_database
from storage.review.parcours import actions_of
from storage.review.session_decisions import Decision, decisions_of
from tests.web.conftest import Open, SignIn
from tests.web.forms import post_form

DECK, FOLLOW = "/seance/villeroche-2025", "/seance/villeroche-2025/suites"
TEXT = "Publier une réponse à chaque contribution"


@pytest.fixture
def leader(leader: FlaskClient) -> FlaskClient:
    """The same, once a decision was noted."""
    sent = post_form(leader, f"{DECK}/decisions", seen_at=DECK, text=TEXT)
    assert sent.status_code == 303
    return leader


def noted(path: Path) -> Decision:
    with closing(open_database(path)) as db:
        campaign = campaign_by_slug(db, "villeroche-2025")
        assert campaign
        return decisions_of(db, campaign)[-1]


def fill(number: int, do: str = "save", **changed: str) -> dict[str, str]:
    kept = {"text": TEXT, "office": "Service jeunesse", "person": "Camille Essai", "due_on": "31/03/2027"}
    return {"number": str(number), "do": do, "state": "", "skill": "INT-2", **kept, **changed}


def test_who_takes_it_on_is_kept_and_a_name_is_for_the_team(leader: FlaskClient, demo_database: Path) -> None:
    number = noted(demo_database).id
    assert post_form(leader, FOLLOW, **fill(number)).status_code == 303
    kept = noted(demo_database).follow_up
    assert (kept.office, kept.person, str(kept.due_on), kept.skill) == (
        "Service jeunesse",
        "Camille Essai",
        "2027-03-31",
        "INT-2",
    )
    assert 'value="2027-03-31"' in leader.get(FOLLOW).text
    assert post_form(leader, FOLLOW, **fill(number, "publish")).status_code == 303
    visitor = leader.application.test_client()
    for address in (DECK, "/restitution/villeroche-2025/habitants", f"{DECK}/fichier"):
        text = visitor.get(address).text
        assert TEXT in text
        assert "Camille Essai" not in text
    residents = visitor.get("/restitution/villeroche-2025/habitants").text
    assert "(Service jeunesse, avant le 31 mars 2027)" in residents
    assert post_form(leader, FOLLOW, **fill(number, "withdraw")).status_code == 303
    assert TEXT not in visitor.get(DECK).text


def test_what_looks_like_a_name_is_not_published_at_the_first_click(leader: FlaskClient, demo_database: Path) -> None:
    number = noted(demo_database).id
    named = fill(number, "publish", text="Camille Essai écrit la réponse")
    refused = post_form(leader, FOLLOW, **named)
    assert refused.status_code == 422
    assert "« Camille Essai » ressemble à un nom" in refused.text.replace("\u00a0", " ")
    assert "Camille Essai écrit la réponse" in refused.text, "nothing typed is lost"
    assert not noted(demo_database).published
    assert post_form(leader, FOLLOW, **named, sure="1").status_code == 303
    assert noted(demo_database).published


def test_every_problem_is_said_at_once_and_nothing_is_kept(leader: FlaskClient, demo_database: Path) -> None:
    before = noted(demo_database)
    wrong = fill(before.id, office="x" * 81, skill="nulle-part", state="peut-être", text=" ")
    refused = post_form(leader, FOLLOW, **wrong)
    assert refused.status_code == 422
    assert lxml.html.fromstring(refused.text).xpath("count(//div[@role='alert']/p)") == 4
    assert post_form(leader, FOLLOW, **fill(before.id, due_on="31/02/2027")).status_code == 422
    assert noted(demo_database) == before
    for lost in (fill(0), fill(before.id, "nothing")):
        answer = post_form(leader, FOLLOW, **lost)
        assert answer.status_code == 422
        assert "Cette décision n’est plus dans la liste" in answer.text


def test_a_decision_becomes_an_action_of_the_parcours_in_one_gesture(leader: FlaskClient, demo_database: Path) -> None:
    number = noted(demo_database).id
    refused = post_form(leader, FOLLOW, **fill(number, "act", skill="", due_on=""))
    assert refused.status_code == 422
    assert "savoir-faire" in refused.text
    assert post_form(leader, FOLLOW, **fill(number, "act")).status_code == 303
    with closing(open_database(demo_database)) as db:
        campaign = campaign_by_slug(db, "villeroche-2025")
        assert campaign
        action = next(one for one in actions_of(db, campaign.territory) if one.plan.title == TEXT)
    assert (action.plan.skills, action.plan.provider, str(action.plan.ends_on)) == (
        ("INT-2",),
        "Service jeunesse",
        "2027-03-31",
    )
    assert noted(demo_database).action_id == action.id
    page = leader.get(FOLLOW).text
    assert f"/parcours/villeroche/actions/{action.id}" in page
    assert "En faire une action du parcours" not in page


def test_a_year_later_the_session_says_what_became_of_it(leader: FlaskClient, demo_database: Path) -> None:
    number = noted(demo_database).id
    visitor, later = leader.application.test_client(), "/seance/villeroche-2026"
    assert "Ce que nous avions promis" in leader.get(later).text
    assert "Ce que nous avions promis" not in visitor.get(later).text
    post_form(leader, FOLLOW, **fill(number, "publish", state="done"))
    deck = lxml.html.fromstring(visitor.get(later).text)
    slide = deck.xpath("//section[contains(@class, 'slide-promises')]")[0]
    assert "1 promesse sur 1 est tenue" in slide.text_content()
    assert "Fait · Service jeunesse" in slide.text_content()
    assert f"{TEXT} – Fait" in visitor.get("/restitution/villeroche-2026/habitants").text


def test_only_those_who_publish_publish(campaign: Open, sign_in: SignIn) -> None:
    page = f"/seance/{campaign('published').slug}"
    for role, status in (("reviewer", 404), ("pilot", 303)):
        client = sign_in(role)
        post_form(client, f"{page}/decisions", seen_at=page, text=f"Décision de {role}")
        number = lxml.html.fromstring(client.get(f"{page}/suites").text).xpath("//input[@name='number']/@value")[-1]
        sent = post_form(client, f"{page}/suites", number=number, do="publish", text="Une salle ouverte", state="")
        assert sent.status_code == status
