"""Colleges that a reusable link led to are named beside the results, with the limit of k."""

import pytest
from flask.testing import FlaskClient

from questionnaires import Answer
from restitution.documents.report import Report
from storage.campaigns.campaigns import Campaign
from storage.campaigns.college_merges import merge_colleges
from storage.campaigns.lifecycle import close_campaign, publish_campaign
from storage.campaigns.share_links import create_link, invite, links_of, revoke_link
from storage.core.engine import Database
from storage.core.timestamps import today
from storage.responses.recorded_responses import Recorded, record_responses
from storage.responses.workshops import open_workshop
from tests.web.conftest import Open, SignIn
from tests.web.markup import plain
from web.results.campaign_results import profiles_of, report_of
from web.results.selection import asked_selection

BESIDE = "<small>ouvert par un lien</small>"
REPEATED = "Rien n’empêche une personne de répondre plusieurs fois par ce lien : le seuil de k ne protège pas"


@pytest.fixture
def opened(database: Database, campaign: Open) -> Campaign:
    """Six people in each of three colleges."""
    running = campaign("open")
    people = [
        Recorded(code, {"COO-1": Answer(level)}) for code in ("elus", "agents", "habitants") for level in range(5)
    ]
    record_responses(database, running, people)
    return running


def words(client: FlaskClient, address: str) -> str:
    return plain(client.get(address).text)


def published(database: Database, campaign: Campaign) -> Campaign:
    return publish_campaign(database, close_campaign(database, campaign))


def test_a_college_that_a_link_opened_is_named_where_its_figures_are(
    database: Database, client: FlaskClient, opened: Campaign
) -> None:
    invite(database, opened, "agents", 2)
    create_link(database, opened, "elus")
    for link in links_of(database, opened):
        revoke_link(database, link)
    page = words(client, f"/restitution/{published(database, opened).slug}")
    (row,) = [line for line in page.split("<tr>") if BESIDE in line]
    assert '<th scope="row">Élus' in row
    assert f"Ouverts par un lien : Élus. {REPEATED}" in page
    assert REPEATED in words(client, f"/restitution/{opened.slug}/habitants")


def test_nothing_is_said_where_each_invitation_served_once(
    database: Database, client: FlaskClient, opened: Campaign
) -> None:
    invite(database, opened, "agents", 2)
    page = words(client, f"/restitution/{published(database, opened).slug}")
    assert BESIDE not in page
    assert REPEATED not in page


def test_colleges_read_together_keep_the_warning_of_one_of_them(
    database: Database, client: FlaskClient, opened: Campaign
) -> None:
    create_link(database, opened, "habitants")
    merge_colleges(database, opened, ["agents", "habitants"], "Agents et habitants")
    page = words(client, f"/restitution/{published(database, opened).slug}")
    assert "Ouverts par un lien : Agents et habitants. Rien n’empêche" in page
    assert page.count(BESIDE) == 1


def test_documents_say_it_too(database: Database, client: FlaskClient, opened: Campaign) -> None:
    create_link(database, opened, "elus")
    done = published(database, opened)
    with client.application.test_request_context():
        selection = asked_selection(done)
        report: Report = report_of(selection, profiles_of(selection), today(), drafts=False)  # type: ignore[arg-type]
        (caution,) = [one for one in report.cautions if "Ouverts par un lien" in one]
    assert "Élus." in caution


def test_the_code_of_a_workshop_has_the_same_warning(database: Database, sign_in: SignIn, opened: Campaign) -> None:
    open_workshop(database, opened, name="Réunion du 12 mars", people=12, skills=["COO-1"])
    page = words(sign_in("pilot"), f"/campagnes/{opened.slug}/ateliers")
    assert "Rien n’empêche une personne de répondre plusieurs fois par ce code : le seuil de k ne protège pas" in page
