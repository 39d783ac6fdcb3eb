"""The page of the programme: who needs a hand, why, and what to do next."""

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from commands.serving.job_maker import make_waiting
from storage.accounts.accounts import account_by_email, grant
from storage.campaigns.campaigns import campaign_by_slug
from storage.campaigns.territories import create_territory, territory_by_slug
from storage.core.database import open_database, writing
from storage.core.engine import Database
from storage.review.parcours import ActionPlan, add_action
from tests.web.conftest import Open
from tests.web.markup import problems_in
from tests.web.queries import MOST_QUERIES, queries
from web.http.pages import jobs
from web.programme.reasons import KINDS, Reason

HERE = "/programme"
TODAY = date(2026, 11, 30)


@pytest.fixture
def officer(leader: FlaskClient, demo_database: Path) -> FlaskClient:
    """Someone of the programme, on the demonstration."""
    with closing(open_database(demo_database)) as db:
        account = account_by_email(db, "demo@grille.example")
        assert account
        grant(db, account, "programme", None)
    return leader


SENTENCES = {
    Reason("few answers", "a", TODAY + timedelta(4), 3, 40, ("Habitants",)): (
        "Ferme dans 4 jours. Habitants : 3 réponses, 40 espérées."
    ),
    Reason("few answers", "a", TODAY + timedelta(1), 1, 1, ("Élus",)): (
        "Ferme dans 1 jour. Élus : 1 réponse, 1 espérée."
    ),
    Reason("few answers", "a", TODAY, 0, 40, ("Habitants",)): (
        "Ferme aujourd’hui. Habitants : aucune réponse, 40 espérées."
    ),
    Reason("few answers", "a", None, 0, None, ("Habitants",)): "Habitants : aucune réponse.",
    Reason("few answers", "a", None, 4, None, ("Élus",)): "Élus : 4 réponses, trop peu pour un résultat.",
    Reason("not closed", "a", date(2026, 11, 1)): (
        "La collecte devait s’arrêter le 1er novembre 2026 ; elle est encore ouverte."
    ),
    Reason("not opened", "a", date(2026, 11, 2)): (
        "La collecte devait commencer le 2 novembre 2026 ; elle n’est pas encore ouverte."
    ),
    Reason("not adopted", "a", TODAY - timedelta(50)): (
        "Campagne close depuis 7 semaines, diagnostic pas encore adopté."
    ),
    Reason("falls", "a", count=2025, names=("Intégrer", "S’ouvrir")): (
        "Intégrer et S’ouvrir : baisse nette depuis 2025."
    ),
    Reason("forgotten", "a", count=1): "1 savoir-faire faible qu’aucune action ne vise.",
    Reason("forgotten", "a", count=4): "4 savoir-faire faibles qu’aucune action ne vise.",
    Reason("late actions", day=TODAY - timedelta(95), count=2): (
        "2 actions ont dépassé leur date ; la plus ancienne, depuis 3 mois."
    ),
    Reason("late actions", day=TODAY - timedelta(1), count=1): "1 action a dépassé sa date, depuis 1 jour.",
}


@pytest.mark.parametrize(("reason", "words"), SENTENCES.items())
def test_a_reason_is_a_sentence_and_is_read_as_it_was_kept(app: Flask, reason: Reason, words: str) -> None:
    with app.test_request_context():
        assert Reason.read(reason.written) == reason
        assert " ".join(reason.words(TODAY).split()) == words
        assert reason.next_step("ici").address.startswith(("/campagnes/", "/restitution/", "/parcours/"))


def test_every_territory_of_the_demonstration_has_its_reasons_and_steps(officer: FlaskClient) -> None:
    page = officer.get(HERE)
    assert page.status_code == 200
    assert problems_in(page.text) == []
    assert "territoires sur 3" in page.text
    for address in ("/campagnes/saint-aubin-des-pres-2026/revue", "/parcours/villeroche"):
        assert f'href="{address}"' in page.text
    assert "savoir-faire faibles qu’aucune action ne vise" in page.text
    assert page.text.count("Territoire fictif") == page.text.count('<li aria-labelledby="')
    found = officer.get(f"{HERE}?q=viller")
    assert "Villeroche" in found.text
    assert "Val-de-Brume" not in found.text
    assert "ne porte ce nom" in officer.get(f"{HERE}?q=zzz").text
    assert "n’existe pas, ou plus" in officer.get(f"{HERE}?apres=99999").text


def test_an_action_that_aims_at_the_weak_skills_takes_the_reason_away(
    officer: FlaskClient, demo_database: Path
) -> None:
    with closing(open_database(demo_database)) as db:
        place, campaign = territory_by_slug(db, "villeroche"), campaign_by_slug(db, "villeroche-2026")
        assert place
        assert campaign
        every = tuple(skill.code for skill in campaign.grid.skills)
        add_action(db, place, ActionPlan("projet", "Tout", every, starts_on=date(2026, 1, 1)))
    assert "qu’aucune action ne vise" not in officer.get(HERE).text


def test_nothing_is_computed_in_a_request_and_the_former_list_is_shown_meanwhile(
    officer: FlaskClient, demo_app: Flask, demo_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = officer.get(HERE).text
    demo_app.config["JOBS_APART"] = True
    monkeypatch.setattr(jobs, "A_MOMENT", 0.0)
    with queries(demo_app) as asked:
        page = officer.get(HERE)
    assert not any("FROM responses" in sql for sql in asked)
    assert "De nouveaux chiffres se préparent" in page.text
    assert problems_in(page.text) == []
    assert make_waiting(demo_app, "test:1") == 1
    with queries(demo_app) as asked:
        assert officer.get(HERE).text == here
    assert len(asked) <= MOST_QUERIES, asked
    with closing(open_database(demo_database)) as db, writing(db) as conn:
        conn.execute("UPDATE campaigns SET name = name || ' bis'")
    page = officer.get(HERE)
    assert "De nouveaux chiffres se préparent" in page.text
    assert "Villeroche" in page.text


def test_a_territory_whose_answers_cannot_be_read_hides_no_other(officer: FlaskClient, demo_database: Path) -> None:
    with closing(open_database(demo_database)) as db:
        campaign = campaign_by_slug(db, "saint-aubin-des-pres-2026")
        assert campaign
        with writing(db) as conn:
            conn.execute("UPDATE responses SET document = '{' WHERE campaign_id = ?", (campaign.id,))
    page = officer.get(HERE)
    assert page.status_code == 200
    assert "1 territoire n’a pas de résultats lisibles" in page.text
    assert "Villeroche" in page.text


def test_the_most_urgent_come_first_page_by_page(programme: FlaskClient, database: Database, campaign: Open) -> None:
    assert "Aucun territoire n’est encore suivi" in programme.get(HERE).text
    for number in range(30):
        add_action(
            database,
            create_territory(database, f"Lieu {number}", "commune"),
            ActionPlan("projet", "Agir", ("COO-1",), ends_on=date(2026, 1, 1) + timedelta(30 - number)),
        )
    late = campaign("open", "Retard")
    with writing(database) as conn:
        conn.execute("UPDATE campaigns SET closes_on = '2026-01-01' WHERE id = ?", (late.id,))
    first = programme.get(HERE).text
    assert first.index("Retard") < first.index("Lieu 29") < first.index("Lieu 28")
    assert "Lieu 3<" not in first
    [following] = [part.split('"')[0] for part in first.split('rel="next" href="')[1:]]
    second = programme.get(following.replace("&amp;", "&")).text
    assert "Lieu 3<" in second
    assert "Retard" not in second
    [back] = [part.split('"')[0] for part in second.split('rel="prev" href="')[1:]]
    assert "Retard" in programme.get(back.replace("&amp;", "&")).text


def test_nobody_needs_anything(programme: FlaskClient, database: Database) -> None:
    create_territory(database, "Ici", "commune")
    page = programme.get(HERE).text
    assert "Aucun territoire n’attend de coup de main" in page
    assert problems_in(page) == []


def test_every_kind_of_reason_is_read() -> None:
    assert {one.kind for one in SENTENCES} == set(KINDS)
