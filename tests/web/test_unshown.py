"""An unreadable campaign hides no other: lists name it, and its own pages explain."""

import logging
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

import grille
from questionnaires import Answer
from storage.campaigns import frozen_grids as grids
from storage.campaigns.campaigns import Campaign, all_campaigns, campaign_by_slug
from storage.campaigns.lifecycle import close_campaign, publish_campaign
from storage.campaigns.share_links import create_link
from storage.core.damage import damage_of
from storage.core.database_errors import DatabaseUnavailable
from storage.core.engine import Database
from storage.responses.recorded_responses import Recorded, record_responses
from tests.web.conftest import Open, SignIn

SEVERAL = ("/", "/resultats", "/seances", "/compte", "/campagnes/", "/territoires")
OF_A_SOUND_ONE = (
    *("/restitution/{}", "/restitution/{}/habitants", "/restitution/{}/comparer", "/restitution/{}/documents"),
    *("/restitution/{}/documents/xlsx", "/seance/{}", "/parcours/ici", "/campagnes/{}", "/campagnes/{}/revue"),
)
OF_ITS_OWN = (
    *("/restitution/{}", "/restitution/{}/habitants", "/restitution/{}/comparer", "/restitution/{}/documents/pdf"),
    *("/restitution/{}/documents/json", "/seance/{}", "/restitution/{}/fichiers/profile.json"),
)


def broken_grid(database: Database, campaign: Campaign) -> None:
    """A frozen grid cut short, as on a bad disk."""
    database.execute("INSERT INTO grids (grid, version, sha256, document) VALUES ('x', '1', 'abîmé', '{\"id\": ')")
    database.execute("UPDATE campaigns SET grid_id = last_insert_rowid() WHERE id = ?", [campaign.id])


def broken_answer(database: Database, campaign: Campaign) -> None:
    """A response whose document is no JSON any more."""
    last = "(SELECT max(id) FROM responses WHERE campaign_id = ?)"
    sql = f'UPDATE responses SET document = \'{{"answers": {{"COO-1\' WHERE id = {last}'  # ours
    database.execute(sql, [campaign.id])


def unknown_level(database: Database, campaign: Campaign) -> None:
    """A level that the grid has not."""
    sql = 'UPDATE responses SET document = \'{"answers": {"COO-1": 77}}\' WHERE campaign_id = ?'
    database.execute(sql, [campaign.id])


def impossible_rules(database: Database, campaign: Campaign) -> None:
    """A threshold that no version of the method allows."""
    database.execute("UPDATE campaigns SET k = 0 WHERE id = ?", [campaign.id])


def broken_moment(database: Database, campaign: Campaign) -> None:
    """Days that are none, in a campaign whose grid is cut short too."""
    database.execute("UPDATE campaigns SET opened_at = 'hier', closes_on = '2026-99-99' WHERE id = ?", [campaign.id])
    broken_grid(database, campaign)


Break = Callable[[Database, Campaign], None]
BREAKS = [broken_grid, broken_answer, unknown_level, impossible_rules, broken_moment]


@pytest.fixture(autouse=True)
def fresh_grids(monkeypatch: pytest.MonkeyPatch) -> None:
    """No grid is known beforehand."""
    monkeypatch.setattr(grids, "_parsed", {})


@pytest.fixture
def campaigns(database: Database, campaign: Open) -> tuple[Campaign, Campaign]:
    """Two campaigns of « Ici », published: 2025, to be broken, and 2026; a campaign of another territory, sound."""
    made = []
    for place, year in (("Ici", 2025), ("Ici", 2026), ("Ailleurs", 2026)):
        one = campaign("open", place, year)
        people = [
            Recorded(code, {"COO-1": Answer(i % 5)}) for code in ("elus", "agents", "habitants") for i in range(6)
        ]
        record_responses(database, one, people)
        made.append(publish_campaign(database, close_campaign(database, one)))
    return made[0], made[1]


@pytest.mark.parametrize("break_it", BREAKS)
def test_a_broken_campaign_hides_no_other(
    break_it: Break, campaigns: tuple[Campaign, Campaign], sign_in: SignIn, client: FlaskClient, database: Database
) -> None:
    broken, sound = campaigns
    break_it(database, broken)
    programme = sign_in("programme", None)
    for address in OF_ITS_OWN:
        answer = client.get(address.format(broken.slug))
        assert answer.status_code == 503, address
        assert "Cette campagne ne peut pas être montrée" in answer.text
        assert "avec cette référence" in answer.text
    for address in (*SEVERAL, *OF_A_SOUND_ONE):
        for reader in (programme, client):
            answer = reader.get(address.format(sound.slug))
            assert answer.status_code in ({200} if reader is programme else {200, 303}), address
    for address in SEVERAL[1:] + OF_A_SOUND_ONE[:3] + ("/parcours/ici",):
        page = unescape(programme.get(address.format(sound.slug)).text)
        assert (
            f"La campagne « {broken.name} » (Ici) ne peut pas être montrée".replace("« ", "«\u00a0").replace(
                " »", "\u00a0»"
            )
            in page
        ), address
        assert "Référence" in page
    assert "Ailleurs" in programme.get("/territoires").text


def test_everyone_gets_a_reference_and_its_people_the_reason(
    campaigns: tuple[Campaign, Campaign],
    sign_in: SignIn,
    client: FlaskClient,
    database: Database,
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken, _ = campaigns
    broken_grid(database, broken)
    with caplog.at_level(logging.ERROR):
        public = client.get("/resultats").text
    assert "database check" not in public
    assert any(broken.slug in record.getMessage() for record in caplog.records)
    assert "La copie de sa grille ne se lit plus" in sign_in("reader", "Ici").get("/resultats").text


def test_its_respondents_are_informed_without_a_cookie(client: FlaskClient, campaign: Open, database: Database) -> None:
    one = campaign("open")
    token = create_link(database, one)
    broken_grid(database, one)
    answer = client.get(f"/repondre/{token}")
    assert answer.status_code == 503
    assert "Set-Cookie" not in answer.headers
    assert "Dites-le à l’équipe" in answer.text


def test_the_instrument_leaves_it_out(demo_database: object, demo_app, database: Database) -> None:  # type: ignore[no-untyped-def]
    from contextlib import closing

    from storage.core.database import open_database
    from storage.responses.computed.programme_instrument import grid_instrument

    left: list[str] = []
    with closing(open_database(str(demo_database))) as db:
        whole = grid_instrument(db, grille.current())
        broken = next(one for one in all_campaigns(db) if one.slug == "val-de-brume-2026")
        unknown_level(db, broken)
        db.execute("UPDATE campaigns SET closed_at = '2026-01-01T00:00:00+00:00' WHERE id = ?", [broken.id])
        found = grid_instrument(db, grille.current(), lambda one, _damage: left.append(one.slug))
    assert left == ["val-de-brume-2026"]
    assert found is not whole


def test_a_busy_database_is_no_damage(database: Database) -> None:
    with pytest.raises(DatabaseUnavailable):
        damage_of(DatabaseUnavailable("La base de données est occupée."))


def test_what_somebody_answered_is_not_in_the_reason() -> None:
    from scoring.errors import AnswersError, AnswersProblem

    assert "COO-1" not in damage_of(AnswersError([AnswersProblem("« 7 » n’est pas un niveau.", 3, "COO-1")])).reason


def test_days_that_are_none_hide_no_campaign(campaign: Open, database: Database) -> None:
    one = campaign("closed")
    database.execute("UPDATE campaigns SET opens_on = 'demain' WHERE id = ?", [one.id])
    found = campaign_by_slug(database, one.slug)
    assert found is not None
    assert found.opens_on is None
