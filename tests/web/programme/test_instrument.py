"""The page of the grid's statistics: the whole programme, no single territory, and its files."""

from flask.testing import FlaskClient

from tests.web.conftest import SignIn


def test_too_few_territories_are_said_and_no_figure_is_shown(sign_in: SignIn) -> None:
    page = sign_in("programme", None).get("/grilles/territoires-engagement/2026.1/instrument")
    assert page.status_code == 200
    assert "La qualité de la grille se juge sur au moins 3 territoires" in page.text
    assert "<table" not in page.text


def test_a_file_that_cannot_be_made_says_why(sign_in: SignIn) -> None:
    answer = sign_in("programme", None).get("/grilles/territoires-engagement/2026.1/instrument.csv")
    assert answer.status_code == 422
    assert "au moins 3 territoires" in answer.text


def test_only_what_exists_can_be_taken_away(sign_in: SignIn) -> None:
    client = sign_in("programme", None)
    for address in ("2026.1/instrument.xls", "1999.1/instrument", "1999.1/instrument.json"):
        assert client.get(f"/grilles/territoires-engagement/{address}").status_code == 404


def test_the_grid_leads_there_for_its_owner_only(sign_in: SignIn, client: FlaskClient) -> None:
    assert "Qualité des questions" in sign_in("programme", None).get("/grille", follow_redirects=True).text
    assert "Qualité des questions" not in client.get("/grille", follow_redirects=True).text
