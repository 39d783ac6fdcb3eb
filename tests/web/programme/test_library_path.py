"""From a grid's file to respondents: the programme adds it, offers it first, and a campaign on it speaks its words."""

import io
import re
import shutil
import subprocess
from html import unescape

import lxml.html
from flask.testing import FlaskClient
from lxml.html import FormElement

import grille
from grille import Grid
from restitution.documents.office.grid_workbook import grid_xlsx
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from tests.shapes import shape
from tests.web.conftest import SignIn
from tests.web.forms import token_in

GARDENS = {"Le sol": ("Pailler", "Composter"), "L’eau": ("Récupérer", "Arroser"), "Les gens": ("Accueillir",)}
LEVELS, COLLEGES = ("Jamais", "Parfois", "Toujours"), ("Jardiniers", "Voisins")
OWN = {
    "question": "Comment va le jardin ?",
    "promise": "Jardiner ensemble, cela s’apprend.",
    "welcome": "Comment jardine-t-on, ici ?",
    "poster": "Le jardin de tous, venez le dire",
}
OTHERS = ("territoire", "engagement citoyen", "participation citoyenne")
"""What a campaign on gardens has no reason to speak of."""


def gardens() -> Grid:
    """A grid of shared gardens, in its own words."""
    made = shape(GARDENS, (0, 1, 2), labels=LEVELS, colleges=COLLEGES, name="jardins")
    return Grid.model_validate(made.model_dump() | {"title": "Jardins partagés", "words": OWN})


def form_at(client: FlaskClient, address: str, action: str) -> FormElement:
    """The form of a page that is sent to that address."""
    page = lxml.html.fromstring(client.get(address).text)
    return next(one for one in page.forms if one.method == "POST" and (one.action or address).endswith(action))


def send(client: FlaskClient, address: str, action: str, **typed: str) -> str:
    """Send that form as it is, with what is typed; return where it leads."""
    form = form_at(client, address, action)
    answer = client.post(form.action or address, data={**dict(form.form_values()), **typed})
    assert answer.status_code == 303, lxml.html.fromstring(answer.text).text_content()
    return str(answer.headers["Location"])


def added(client: FlaskClient, grid: Grid) -> None:
    """Add a grid by its page: look at the workbook, then confirm."""
    token = token_in(client.get("/grilles/ajouter").text)
    file = (io.BytesIO(grid_xlsx(grid)), "jardins.xlsx")
    look = client.post("/grilles/ajouter", data={"csrf_token": token, "file": file})
    (form,) = [one for one in lxml.html.fromstring(look.text).forms if one.fields.get("confirmed")]
    assert client.post("/grilles/ajouter", data=dict(form.fields)).status_code == 303


def words_of(pdf: bytes) -> str:
    """The words of a document."""
    read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def test_a_grid_added_and_offered_first_is_that_of_a_campaign_and_speaks_its_own_words(
    sign_in: SignIn, client: FlaskClient, database: Database
) -> None:
    create_territory(database, "Ici", "commune")
    programme = sign_in("programme", None)
    added(programme, gardens())
    send(programme, "/grilles", "/grilles/jardins/1/defaut")
    home = client.get("/").text
    assert "Comment va le jardin" in home
    assert "du territoire" not in home, "a territory is where campaigns are led, not what a grid describes"

    plan = "/campagnes/territoires/ici/nouvelle"
    draft = send(programme, plan, plan, name="Bilan", **{"colleges-0-size": "12", "colleges-1-size": "12"})
    send(programme, draft, "/ouvrir")
    links = f"{draft}/liens"
    send(programme, links, "/liens")
    page = programme.get(links).text
    token = re.findall(r"/repondre/([\w-]+)", page)[0]

    welcome = client.get(f"/repondre/{token}").text
    assert "Comment jardine-t-on" in welcome
    form = next(one for one in lxml.html.fromstring(welcome).forms if one.method == "POST")
    college = {"college": "c1"} if "college" in form.fields else {}
    first = client.post(form.action, data={**dict(form.form_values()), **college}).headers["Location"]
    key = first.rstrip("/").split("/")[2]
    asked = [client.get(f"/repondre/{key}/{place}").text for place in ("1", "2", "3", "relecture")]
    assert "Pailler" in asked[0]
    pages = (lxml.html.fromstring(text).text_content() for text in (welcome, *asked))
    heard = [" ".join(text.split()) for text in pages]
    if shutil.which("pdftotext"):
        papers = [unescape(re.findall(rf'href="([^"]+/{name})"', page)[0]) for name in ("lettre.pdf", "affiche.pdf")]
        heard += [words_of(programme.get(paper).data) for paper in papers]
        assert "Le jardin de tous" in heard[-1]
    for said in heard:
        assert not [word for word in OTHERS if word in said.lower()], said[:200]


def test_the_shipped_grid_says_its_own_too(client: FlaskClient) -> None:
    assert grille.current().words.question in unescape(client.get("/").text)
