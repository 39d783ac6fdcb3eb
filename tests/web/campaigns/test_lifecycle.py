"""Opening, following, closing, publishing: no result before the closing, a warning of what stays hidden."""

import sys

import pytest
from flask.testing import FlaskClient

from questionnaires import Answer
from restitution.text.sentences import listed
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.campaigns.college_merges import merges_of
from storage.campaigns.lifecycle import close_campaign, publish_campaign
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries
from storage.responses.computed.profiles import campaign_profile
from storage.responses.recorded_responses import Recorded, record_responses
from tests.web.campaigns.conftest import Answered
from tests.web.conftest import SignIn
from tests.web.forms import post_form
from tests.web.markup import problems_in


def again(database: Database, campaign: Campaign) -> Campaign:
    found = campaign_by_slug(database, campaign.slug)
    assert found is not None
    return found


def test_a_pilot_opens_a_draft(pilot: FlaskClient, draft: Campaign, database: Database) -> None:
    address = f"/campagnes/{draft.slug}"
    assert problems_in(pilot.get(address).text) == []
    assert post_form(pilot, f"{address}/ouvrir", seen_at=address).headers["Location"] == address
    assert again(database, draft).status == "open"
    page = pilot.get(address)
    assert problems_in(page.text) == []
    assert "Qui a répondu jusqu’ici" in page.text


def test_participation_is_followed_college_by_college(
    pilot: FlaskClient, running: Campaign, answered: Answered
) -> None:
    answered(running, elus=7, agents=50, jeunes=11)
    reply = pilot.get(f"/campagnes/{running.slug}/participation").get_json()
    assert (reply["open"], reply["total"]) == (True, 68)
    assert {row["college"]: (row["count"], row["share"], row["sentence"]) for row in reply["colleges"]} == {
        "elus": (7, "environ 37 % de 19", "encore 5 pour l’objectif de 12"),
        "agents": (50, "plus que l’effectif annoncé (40)", "pas d’objectif fixé"),
        "habitants": (0, "effectif inconnu", "pas d’objectif fixé"),
        "jeunes": (11, "effectif inconnu", "objectif atteint"),
    }
    page = pilot.get(f"/campagnes/{running.slug}").text
    for row in reply["colleges"]:
        assert row["share"] in page
        assert row["sentence"] in page


def test_an_open_campaign_shows_participation_and_nothing_else(
    pilot: FlaskClient, running: Campaign, answered: Answered
) -> None:
    answered(running, elus=9, agents=9, habitants=9)
    for address in ("", "/participation", "/cloture"):
        text = pilot.get(f"/campagnes/{running.slug}{address}").text
        assert "COO" not in text
        assert "Pratique" not in text
        assert '<svg class="chart' not in text


def test_closing_says_first_what_will_stay_hidden(pilot: FlaskClient, running: Campaign, answered: Answered) -> None:
    answered(running, elus=7, agents=3, habitants=1)
    page = pilot.get(f"/campagnes/{running.slug}/cloture")
    assert problems_in(page.text) == []
    for sentence in (
        "Agents : 3 réponses. Ce collège n’apparaîtra pas.",
        "Habitants : 1 réponse. Ce collège n’apparaîtra pas.",
        "Jeunes : aucune réponse. Ce collège n’apparaîtra pas.",
        "Le profil du territoire n’apparaîtra pas : aucune famille n’y est publiée par au moins 3 collèges.",
    ):
        assert sentence in page.text
    assert "Conseil municipal : 7" not in page.text


def test_nothing_is_hidden_when_everyone_answered(pilot: FlaskClient, running: Campaign, answered: Answered) -> None:
    answered(running, elus=5, agents=5, habitants=5, jeunes=5)
    assert "Chaque collège a assez de réponses" in pilot.get(f"/campagnes/{running.slug}/cloture").text


def test_what_will_appear_is_what_the_mask_says_family_by_family(
    pilot: FlaskClient, running: Campaign, answered: Answered, database: Database
) -> None:
    answered(running, elus=6, agents=6)
    unsure = {skill.code: Answer.dont_know() for skill in running.grid.skills}
    record_responses(database, running, [Recorded("habitants", unsure)] * 18)
    some = {skill.code: Answer(3) for skill in running.grid.families[0].skills[:3]}
    record_responses(database, running, [Recorded("jeunes", some)] * 5)
    page = pilot.get(f"/campagnes/{running.slug}/cloture").text.replace("\u00a0", " ")
    _first, *others = [family.title for family in running.grid.families]
    for sentence in (
        "Habitants : 18 réponses, mais aucun savoir-faire n’a reçu 5 niveaux. Ce collège n’apparaîtra pas.",
        f"Jeunes : 5 réponses, mais trop peu de niveaux donnés pour un score de {listed(others)}.",
        f"Le territoire n’aura pas de score pour {listed(others)} : il y faut au moins 3 collèges publiés.",
        '18 · <span class="badge warn">restera masqué',
        f'5 · <span class="badge warn">apparaîtra pour 1 famille sur {len(others) + 1}',
        '6 · <span class="badge good">apparaîtra<',
    ):
        assert sentence in page
    profile = campaign_profile(database, close_campaign(database, running))
    shown = profile.territory.loc[profile.territory["published"], "family"].tolist()
    assert shown == [running.grid.families[0].code]


def test_colleges_are_read_together_then_apart_again(
    pilot: FlaskClient, running: Campaign, answered: Answered, database: Database
) -> None:
    answered(running, elus=7, agents=6, habitants=4, jeunes=3)
    address = f"/campagnes/{running.slug}"
    token = {"label": "Habitants, jeunes compris", "college": ["habitants", "jeunes"]}
    answer = post_form(pilot, f"{address}/regroupements", seen_at=f"{address}/cloture", **token)  # type: ignore[arg-type]
    assert answer.status_code == 303
    page = pilot.get(f"{address}/cloture").text
    assert "Chaque collège a assez de réponses" in page
    assert "Habitants, jeunes compris" in page
    assert "Habitants, jeunes compris" in pilot.get(address).text.replace("habitants", "Habitants", 0)
    post_form(pilot, f"{address}/regroupements/habitants-jeunes/defaire", seen_at=f"{address}/cloture")
    assert merges_of(database, running) == []
    assert "Jeunes : 3 réponses" in pilot.get(f"{address}/cloture").text


def test_a_group_that_makes_no_sense_is_said_on_the_page(pilot: FlaskClient, running: Campaign) -> None:
    address = f"/campagnes/{running.slug}"
    wrong = {"college": ["elus"], "label": "Mon groupe"}
    answer = post_form(pilot, f"{address}/regroupements", seen_at=f"{address}/cloture", **wrong)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert "au moins deux collèges" in answer.text
    assert 'value="Mon groupe"' in answer.text
    assert 'value="elus" checked' in answer.text


def test_closing_asks_to_be_sure_then_freezes(
    pilot: FlaskClient, running: Campaign, answered: Answered, database: Database
) -> None:
    answered(running, elus=7, agents=4, habitants=6)
    address = f"/campagnes/{running.slug}"
    refused = post_form(pilot, f"{address}/cloture")
    assert refused.status_code == 422
    assert "Cochez la case" in refused.text
    assert again(database, running).status == "open"
    assert post_form(pilot, f"{address}/cloture", sure="1").headers["Location"] == address
    assert again(database, running).status == "closed"
    page = pilot.get(address).text
    assert problems_in(page) == []
    assert "moins de 5" in page
    assert pilot.get(f"{address}/cloture").status_code == 404


def test_results_are_published_then_taken_back(
    pilot: FlaskClient, client: FlaskClient, running: Campaign, database: Database
) -> None:
    close_campaign(database, running)
    address, results = f"/campagnes/{running.slug}", f"/restitution/{running.slug}"
    assert client.get(results).status_code == 404
    post_form(pilot, f"{address}/publier", seen_at=address)
    assert client.get(results).status_code == 200
    assert problems_in(pilot.get(address).text) == []
    post_form(pilot, f"{address}/depublier", seen_at=address)
    assert client.get(results).status_code == 404


def test_a_step_that_comes_too_late_is_explained(pilot: FlaskClient, running: Campaign) -> None:
    address = f"/campagnes/{running.slug}"
    answer = post_form(pilot, f"{address}/publier", seen_at=f"{address}/cloture")
    assert answer.status_code == 409
    assert "encore ouverte" in answer.text


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_those_who_only_read_follow_and_change_nothing(role: str, running: Campaign, sign_in: SignIn) -> None:
    client = sign_in(role, "Ici")
    page = client.get(f"/campagnes/{running.slug}")
    assert page.status_code == 200
    assert "Préparer la clôture" not in page.text
    assert client.get(f"/campagnes/{running.slug}/cloture").status_code == 404
    assert "Préparer une campagne" not in client.get("/campagnes/").text


def test_more_answers_than_people_are_said_and_corrected_while_open(
    pilot: FlaskClient, running: Campaign, answered: Answered, database: Database
) -> None:
    answered(running, elus=20, agents=6, habitants=6)
    address = f"/campagnes/{running.slug}"
    for page in (address, f"{address}/cloture"):
        said = pilot.get(page).text
        assert "plus de réponses que l’effectif annoncé (19)" in said
        assert f"{address}/effectifs" in said
    form = pilot.get(f"{address}/effectifs")
    assert problems_in(form.text) == []
    assert "20 réponses" in form.text
    wrong = post_form(pilot, f"{address}/effectifs", **{"effectif-1": "dix", "effectif-2": "0"})
    assert wrong.status_code == 422
    assert "n’est pas un nombre entier" in wrong.text
    few = post_form(pilot, f"{address}/effectifs", **{"effectif-1": "18", "effectif-2": "5"})
    assert few.status_code == 422
    assert few.text.count("personnes ont répondu") == 2
    kept = {"effectif-1": "1 033", "effectif-2": "40", "effectif-4": ""}
    assert post_form(pilot, f"{address}/effectifs", **kept).headers["Location"] == address
    assert again(database, running).sizes == {"elus": 1033, "agents": 40}
    assert "plus de réponses" not in pilot.get(address).text


def test_more_answers_than_people_break_nothing_and_are_corrected_after_the_closing(
    pilot: FlaskClient, client: FlaskClient, running: Campaign, answered: Answered, database: Database
) -> None:
    answered(running, elus=20, agents=6, habitants=6)
    closed = publish_campaign(database, close_campaign(database, running))
    address = f"/campagnes/{closed.slug}"
    pages = ("restitution/{}", "restitution/{}/habitants", "seance/{}", "restitution/{}/documents")
    for page in (*pages, "restitution/{}/fichiers/profile.json"):
        assert client.get("/" + page.format(closed.slug)).status_code == 200
    assert pilot.get("/territoires").status_code == pilot.get("/parcours/ici").status_code == 200
    said = pilot.get(address).text
    assert "plus de réponses que l’effectif annoncé (19)" in said
    assert "Agents" not in pilot.get(f"{address}/effectifs").text
    assert post_form(pilot, f"{address}/effectifs", **{"effectif-1": "25"}).headers["Location"] == address
    assert again(database, closed).sizes == {"elus": 25, "agents": 40}
    assert entries(database, Wanted())[0].detail == {"college": "elus", "before": 19, "after": 25}
    assert pilot.get(f"{address}/effectifs").status_code == 404


@pytest.mark.parametrize("role", ["reader", "reviewer", "pilot"])
def test_a_closed_campaign_tells_no_number_below_k(
    sign_in: SignIn, running: Campaign, answered: Answered, database: Database, role: str
) -> None:
    answered(running, elus=7, agents=3, habitants=9)
    close_campaign(database, running)
    someone = sign_in(role, "Ici")
    assert someone.get(f"/campagnes/{running.slug}/participation").status_code == 404
    assert '<td class="count">moins de 5</td>' in someone.get(f"/campagnes/{running.slug}").text


def test_a_publication_that_would_disclose_someone_is_refused(
    pilot: FlaskClient, running: Campaign, answered: Answered, database: Database
) -> None:
    answered(running, elus=9, agents=6, habitants=6)
    close_campaign(database, running)
    address = f"/campagnes/{running.slug}"
    for step in ("publier", "depublier"):
        assert post_form(pilot, f"{address}/{step}", seen_at=address).headers["Location"] == address
    database.execute("DELETE FROM responses WHERE id = (SELECT max(id) FROM responses WHERE college = 'elus')")
    refused = post_form(pilot, f"{address}/publier", seen_at=address)
    assert refused.status_code == 409
    assert "cette publication ne diffère" in refused.text
    assert again(database, running).published_at is None


def test_the_page_of_a_campaign_that_was_never_recomputed_computes_nothing(
    pilot: FlaskClient, running: Campaign, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = close_campaign(database, running)
    for module in (
        "storage.responses.computed.first_edition",
        "restitution.findings.method.editions",
        "storage.review.snapshots",
    ):
        monkeypatch.setitem(sys.modules, module, None)  # what loads pandas to compare both editions: not even imported
    assert pilot.get(f"/campagnes/{closed.slug}").status_code == 200


@pytest.mark.parametrize("page", ["", "/corriger", "/annuler", "/effectifs", "/liens", "/papier"])
def test_each_page_of_a_campaign_says_that_its_territory_is_fictional(
    pilot: FlaskClient, running: Campaign, database: Database, page: str
) -> None:
    address = f"/campagnes/{running.slug}{page}"
    assert "Territoire fictif" not in pilot.get(address).text
    database.execute("UPDATE territories SET fictional = 1")
    assert "Territoire fictif" in pilot.get(address).text
