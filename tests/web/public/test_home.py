"""The home page: three links that work, a real chart, no cost for respondents."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import lxml.html
import pytest
from flask.testing import FlaskClient

from storage.core.database import open_database
from tests.web.conftest import Open, SignIn
from tests.web.example_chart import figures
from tests.web.forms import post_form
from tests.web.markup import problems_in
from web.public.pages import FILE

LINKS = ["Je réponds", "J’analyse", "J’anime une séance"]


def links(client: FlaskClient, address: str) -> dict[str, str]:
    """The links of a page, words to address."""
    page = lxml.html.fromstring(client.get(address).text)
    return {" ".join(link.text_content().split()): link.get("href") for link in page.iterfind(".//a")}


def test_the_chart_is_the_demonstrations_own(demo_database: Path) -> None:
    with closing(open_database(demo_database)) as db:
        assert FILE.read_text("utf-8") == figures(db), "run: python -m tests.web.example_chart"


def test_the_links_lead_to_pages_that_go_on(demo_client: FlaskClient) -> None:
    home = links(demo_client, "/")
    for link in LINKS:
        assert demo_client.get(home[link]).status_code == 200
    further = [address for address in home.values() if address.startswith("/re")]
    assert "/repondre/essai" in further
    assert "/restitution/villeroche-2026" in further
    assert "/restitution/villeroche-2026" in links(demo_client, home["J’analyse"]).values()
    assert "/seance/villeroche-2026" in links(demo_client, home["J’anime une séance"]).values()


def test_every_link_of_the_public_pages_works(demo_client: FlaskClient) -> None:
    starts = [
        "/",
        "/resultats",
        "/seances",
        "/grilles",
        "/grilles/territoires-engagement/2024.1",
        "/connexion",
        "/confidentialite",
    ]
    seen = {address.split("#")[0] for start in starts for address in links(demo_client, start).values()} - {""}
    for address in seen:
        assert demo_client.get(address).status_code in {200, 303}, address


def test_anchors_of_the_home_page_exist_in_the_grid(client: FlaskClient) -> None:
    anchors = {
        address.split("#")[1] for address in links(client, "/").values() if "/grilles/" in address and "#" in address
    }
    grid = lxml.html.fromstring(client.get("/grille", follow_redirects=True).text)
    assert anchors
    assert anchors <= {element.get("id") for element in grid.iter() if element.get("id")}


def test_an_empty_site_says_what_will_be_there(client: FlaskClient) -> None:
    assert "/repondre/essai" not in links(client, "/").values()
    assert "/restitution/villeroche-2026" not in links(client, "/").values()
    assert "Aucun résultat n’est publié" in client.get("/resultats").text
    assert "Aucun résultat à projeter" in client.get("/seances").text


_ASKS = """
import sys
from pathlib import Path
from tests.conftest import application
client = application(Path(sys.argv[1])).test_client()
for address in ("/", "/grilles", "/resultats", "/seances", "/connexion", "/repondre/essai", "/healthz"):
    assert client.get(address).status_code == 200, address
print(*(name for name in ("pandas", "numpy", "plotly", "scipy") if name in sys.modules))
"""


def test_public_pages_load_nothing_heavy(demo_database: Path) -> None:
    asked = [sys.executable, "-c", _ASKS, str(demo_database.parent)]
    assert subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip() == ""


def command_shown(client: FlaskClient, host: str = "127.0.0.1:8000", **environ: str) -> bool:
    """Whether the home page tells whoever asks so how the first account is made."""
    page = client.get("/", headers={"Host": host}, environ_overrides=environ)
    assert page.status_code == 200
    assert problems_in(page.text) == []
    return "account invite" in page.text


@pytest.mark.parametrize("host", ["127.0.0.1:8123", "localhost:8000", "[::1]:8000", "localhost"])
def test_without_any_account_this_machine_alone_is_shown_how_the_first_is_made(host: str, client: FlaskClient) -> None:
    assert command_shown(client, host)
    assert command_shown(client, host, REMOTE_ADDR="::1")
    assert not command_shown(client, host, REMOTE_ADDR="192.0.2.7"), "elsewhere"


@pytest.mark.parametrize(
    "header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA"]
)
def test_a_proxy_that_makes_everybody_loopback_is_recognised(header: str, client: FlaskClient) -> None:
    assert not command_shown(client, **{header: "127.0.0.1"})
    assert not command_shown(client, "grille.exemple.fr")
    assert not command_shown(client, **{"grille.forwarded": "1"})


def test_the_command_goes_with_the_first_account(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in("reader", "Ici")
    assert not command_shown(client)


def test_whoever_made_the_installation_is_shown_three_steps(sign_in: SignIn, campaign: Open) -> None:
    programme = sign_in("programme", None)
    for address in ("/compte", "/campagnes/"):
        page = programme.get(address)
        assert problems_in(page.text) == []
        assert "Trois pas pour commencer" in page.text
        assert "Demandez" not in page.text, "the team of the programme is not sent to itself"
    plan = post_form(programme, "/campagnes/nouvelle", code="94038").headers["Location"]
    assert f'href="{plan}"' in programme.get("/compte").text
    assert "Trois pas" not in sign_in("reader", "Ailleurs").get("/compte").text
    campaign("draft")
    assert "Trois pas" not in programme.get("/compte").text


def test_a_device_may_install_the_site(client: FlaskClient) -> None:
    said = client.get("/manifest.webmanifest")
    assert said.mimetype == "application/manifest+json"
    assert said.json
    for icon in said.json["icons"]:
        picture = client.get(icon["src"])
        assert (picture.status_code, picture.mimetype) == (200, "image/png")
    assert 'rel="manifest" href="/manifest.webmanifest"' in client.get("/").text
