"""The report on a publication: what it says beforehand and afterwards, of whom, and to whom."""

import pytest
from flask.testing import FlaskClient

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, unpublish_campaign
from storage.campaigns.share_links import create_link
from storage.core.engine import Database
from storage.responses.computed.publications import publication_to_come, publish_results
from storage.responses.recorded_responses import Recorded, record_responses
from tests.web.conftest import Open, SignIn
from tests.web.forms import post_form
from tests.web.markup import plain
from tests.web.review.conftest import address

PAGE = "publication"
SKILLS = ("COO-1", "COO-2", "COO-3")


def read(client: FlaskClient, campaign: Campaign) -> str:
    """The words of the page, with ordinary spaces."""
    answer = client.get(address(campaign, PAGE))
    assert answer.status_code == 200
    return plain(answer.text)


def line(page: str, name: str, kind: str = "") -> str:
    """The first row of a table about that college, or that college and kind of figures."""
    rows = [row.split("</tr>")[0] for row in page.split("<tr>")]
    return next(row for row in rows if f'<th scope="row">{name}</th>' in row and kind in row)


@pytest.fixture
def divided(database: Database, campaign: Open) -> Campaign:
    """« Élus »: five people, all at the lowest level of COO-1; « agents »: twelve, each with their own view."""
    opened = campaign("open")
    levels = {"elus": ([0] * 5, [0, 0, 0, 1, 1], [2, 2, 1, 3, 2]), "agents": ([rank % 5 for rank in range(12)],) * 3}
    people = [
        Recorded(college, {skill: Answer(level) for skill, level in zip(SKILLS, given, strict=True)})
        for college, columns in levels.items()
        for given in zip(*columns, strict=True)
    ]
    record_responses(database, opened, people)
    return close_campaign(database, opened)


def test_what_is_hidden_is_counted_with_its_reason(reviewer: FlaskClient, closed: Campaign) -> None:
    """The short questionnaire asks some skills only: the others are not counted as hidden."""
    core = sum(skill.core for skill in closed.grid.skills)
    page = read(reviewer, closed)
    assert f"{core} sur {core}" in line(page, "Élus")
    hidden = line(page, "Entreprises")
    assert f"0 sur {core}" in hidden
    assert f"{core} : moins de 5 réponses" in hidden
    assert "aucune moyenne n’est donc montrée pour le collège « Entreprises »" in page


def test_what_could_be_found_again_is_counted_on_the_figures_of_the_campaign(
    sign_in: SignIn, divided: Campaign
) -> None:
    """Of three cells of five, one is told by its mean; the two at 1 on COO-2 know the others, nobody does on COO-3."""
    page = read(sign_in("reviewer"), divided)
    found = line(page, "Élus", "case")
    assert "1 case sur 3" in found
    assert "dans 47 % des cas au plus" in found  # 5 + 2 + 0 people of 15
    assert "Mesuré sur mille collèges simulés de 5 réponses" in page
    assert "72 % des cases au plus" in page
    assert "Agents" not in page.split('id="retrouver"')[1].split("</section>")[0]


def test_where_everybody_says_the_same_it_is_said(sign_in: SignIn, divided: Campaign) -> None:
    title, lowest = divided.grid.skill("COO-1").title, divided.grid.levels[0].label
    page = read(sign_in("reviewer"), divided)
    assert f"Élus : chaque personne a répondu « {lowest} » à « {title} »." in page
    assert "Ici, les chiffres disent ce que chaque personne a répondu." in page


def test_where_no_figure_says_so_the_page_says_that(reviewer: FlaskClient, closed: Campaign) -> None:
    assert "Aucun chiffre ne dit que tout un collège a répondu de la même façon." in read(reviewer, closed)


def test_it_tells_before_and_after_what_publishing_does(sign_in: SignIn, database: Database, divided: Campaign) -> None:
    pilot = sign_in("pilot")
    before = read(pilot, divided)
    assert "Rien n’est public pour l’instant." in before
    assert "Ces résultats n’ont jamais été publiés" in before
    assert "Rien n’empêche de publier." in before
    published = publish_results(database, divided, publication_to_come(database, divided))
    after = read(pilot, published)
    assert "Ces résultats sont publics depuis le" in after
    assert "Publier de nouveau ne livrerait rien" in after
    assert line(before, "Élus", "case") == line(after, "Élus", "case")


def test_it_says_beforehand_why_a_publication_would_be_refused(
    sign_in: SignIn, database: Database, divided: Campaign
) -> None:
    unpublish_campaign(database, publish_results(database, divided, publication_to_come(database, divided)))
    database.execute("DELETE FROM responses WHERE id = (SELECT max(id) FROM responses)")
    pilot = sign_in("pilot")
    page = read(pilot, divided)
    assert "Une nouvelle publication serait refusée" in page
    assert "Collège « Agents » : cette publication ne diffère d’une précédente que de quelques réponses" in page
    refused = post_form(pilot, f"/campagnes/{divided.slug}/publier", seen_at=f"/campagnes/{divided.slug}")
    assert refused.status_code == 409
    assert "cette publication ne diffère" in refused.text


def test_it_names_the_colleges_that_a_link_leads_to(sign_in: SignIn, database: Database, campaign: Open) -> None:
    opened = campaign("open")
    by_invitation = close_campaign(database, campaign("open", year=2027))
    create_link(database, opened, "elus")
    reviewer = sign_in("reviewer")
    page = read(reviewer, close_campaign(database, opened))
    assert "Ouverts par un lien : Élus. Sans effectif déclaré : Élus ;" in page
    assert "Rien n’empêche une personne de répondre plusieurs fois par ce lien" in page
    page = read(reviewer, by_invitation)
    assert "Aucun collège n’a été ouvert par un lien qui sert plusieurs fois." in page


def test_pages_where_one_publishes_and_reviews_lead_to_it(
    sign_in: SignIn, database: Database, divided: Campaign
) -> None:
    link = f'href="{address(divided, PAGE)}"'
    pilot = sign_in("pilot")
    assert link in pilot.get(f"/campagnes/{divided.slug}").text
    assert link in sign_in("reviewer").get(address(divided)).text
    assert link not in sign_in("reader").get(f"/campagnes/{divided.slug}").text
    publish_results(database, divided, publication_to_come(database, divided))
    assert link in pilot.get(f"/campagnes/{divided.slug}").text
