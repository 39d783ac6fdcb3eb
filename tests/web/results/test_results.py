"""Who may see results and decks, which campaigns they compare, and that respondents’ pages load none of it."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import lxml.html
import pytest
from flask.testing import FlaskClient

from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import open_database
from web.results.selection import choose

PAGES = ("/restitution/val-de-brume-2026", "/seance/val-de-brume-2026")


def heading(client: FlaskClient, address: str) -> str:
    page = lxml.html.fromstring(client.get(address).get_data(as_text=True))
    return " ".join(page.findtext(".//h1").split())


@pytest.mark.parametrize("address", PAGES)
def test_results_are_for_all_once_published_only(address: str, demo_client: FlaskClient, demo_database: Path) -> None:
    assert demo_client.get(address).status_code == 200
    with closing(open_database(demo_database)) as db:
        db.conn.execute("UPDATE campaigns SET published_at = NULL")
        db.conn.commit()
    assert demo_client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/restitution/demonstration", "/seance/demonstration", "/restitution/x", "/seance/x"]
)
def test_an_open_or_unknown_campaign_has_no_results(address: str, demo_client: FlaskClient) -> None:
    assert demo_client.get(address).status_code == 404


@pytest.mark.parametrize("slug", ["saint-aubin-des-pres-2024", "val-de-brume-2023", "villeroche-2024"])
@pytest.mark.parametrize("room", ["restitution", "seance"])
def test_campaigns_without_past_or_with_everything_hidden(room: str, slug: str, demo_client: FlaskClient) -> None:
    page = demo_client.get(f"/{room}/{slug}").get_data(as_text=True)
    assert "Territoire fictif" in page
    assert "proposition du projet" in page
    assert " style=" not in page


def test_the_campaigns_compared_are_those_asked_for(demo_client: FlaskClient) -> None:
    def columns(query: str) -> list[str]:
        page = lxml.html.fromstring(demo_client.get(f"/restitution/villeroche-2026{query}").get_data(as_text=True))
        table = page.find(".//table")
        return [cell.text_content().split()[0] for cell in table.iterfind(".//thead//th")]

    assert columns("") == ["Famille", "2023", "2025", "2026", "Depuis"]
    assert columns("?vagues=2024") == ["Famille", "2024", "2026", "Depuis"]
    assert (
        columns("?vagues=2025,2024")
        == columns("?vagues=2025&vagues=2024")
        == ["Famille", "2024", "2025", "2026", "Depuis"]
    )
    assert columns("?vagues=aucune") == columns("?vagues=1066") == ["Famille", "2026"]


def test_the_files_are_for_those_who_see_the_page(demo_client: FlaskClient) -> None:
    page = lxml.html.fromstring(demo_client.get("/restitution/villeroche-2026").get_data(as_text=True))
    addresses = [link.get("href") for link in page.iterfind(".//ul[@class='files no-print']//a")]
    assert len(addresses) == 5
    for address in addresses:
        answer = demo_client.get(address)
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
    assert demo_client.get("/restitution/villeroche-2026/fichiers/autre.csv").status_code == 404
    assert demo_client.get("/restitution/demonstration/fichiers/profile.csv").status_code == 404


def test_no_campaign_is_compared_with_a_later_one(demo_database: Path) -> None:
    with closing(open_database(demo_database)) as db:
        campaigns = [campaign_by_slug(db, f"villeroche-{year}") for year in (2023, 2024, 2025, 2026)]
    known = [one for one in campaigns if one]
    selection = choose(known[1], known, ["2023,2026"])
    assert [one.year for one in selection.shown] == [2024, 2023]
    assert [one.year for one in selection.campaigns] == [2023, 2024]


def test_the_deck_tells_the_story_in_order(demo_client: FlaskClient) -> None:
    page = lxml.html.fromstring(demo_client.get("/seance/val-de-brume-2026?devoile=1").get_data(as_text=True))
    kinds = [section.get("class").split("slide-")[1] for section in page.iterfind(".//main/section")]
    assert kinds[:6] == ["opening", "moment", "levels", "radar", "radar", "question"]
    assert kinds[-2:] == ["decide", "moment"]
    assert kinds.count("family") == 5


def test_everything_hidden_makes_a_deck_that_says_so(demo_client: FlaskClient) -> None:
    page = demo_client.get("/seance/saint-aubin-des-pres-2024").get_data(as_text=True)
    assert "Ce qui manque ici n’est pas un zéro" in page
    assert "slide-question" not in page


def test_importing_the_rooms_loads_no_heavy_library() -> None:
    code = "import sys, web.review, web.session, restitution; print({'pandas', 'plotly', 'scipy'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert done.stdout.strip() == "set()"
