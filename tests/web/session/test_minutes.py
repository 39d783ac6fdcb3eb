"""The minutes of a session: made from the evening, corrected, then taken away in two formats."""

import io
import zipfile
from xml.etree import ElementTree as ET

import lxml.html
import pikepdf
from flask.testing import FlaskClient

from tests.web.forms import post_form

PAGE = "/seance/villeroche-2026/compte-rendu"
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPED = {
    "held": "12 décembre 2026, salle des fêtes",
    "people_elus": "6",
    "people_agents": "12",
    "people_habitants": "3",
    "people_": "2",
    "seen": "Qui a répondu\n– Intégrer reste le point faible",
    "votes": "Rendre compte : 21 mains",
    "said": "On ne sait pas à qui demander <une salle>.",
    "decided": "Publier une réponse motivée",
    "unanswered": "",
    "next_date": "3 juin 2027",
}


def document(client: FlaskClient) -> list[tuple[str, str]]:
    """Each paragraph of the text document, with its style."""
    with zipfile.ZipFile(io.BytesIO(client.get(f"{PAGE}.docx").data)) as package:
        assert package.testzip() is None
        parts = {name: package.read(name) for name in package.namelist()}
    for name, part in parts.items():
        assert ET.fromstring(part).tag, name
    found = []
    for one in ET.fromstring(parts["word/document.xml"]).iter(f"{WORDS}p"):
        style = one.find(f"{WORDS}pPr/{WORDS}pStyle")
        found.append((style.get(f"{WORDS}val", "") if style is not None else "", "".join(one.itertext())))
    return found


def test_the_evening_is_already_written_and_nothing_leaves_before_it_is_saved(leader: FlaskClient) -> None:
    deck = "/seance/villeroche-2026"
    post_form(leader, f"{deck}/decisions", seen_at=deck, text="Ouvrir un lieu")
    page = lxml.html.fromstring(leader.get(PAGE).text)
    assert "Intégrer" in page.xpath("string(//textarea[@name='seen'])")
    assert page.xpath("string(//textarea[@name='decided'])").strip() == "Ouvrir un lieu"
    for suffix in ("pdf", "docx", "odt"):
        assert leader.get(f"{PAGE}.{suffix}").headers["Location"] == PAGE


def test_what_was_corrected_is_what_leaves(leader: FlaskClient) -> None:
    assert post_form(leader, PAGE, **TYPED).status_code == 303
    paragraphs = document(leader)
    headings = [words for style, words in paragraphs if style == "Heading1"]
    assert headings == [
        "Qui était là",
        "Ce qui a été vu",
        "Ce que la salle a choisi",
        "Ce qui a été dit",
        "Ce qui a été décidé",
        "Prochaine date",
    ]
    lines = [words.replace("\u00a0", " ") for _style, words in paragraphs]
    # Three inhabitants are below the threshold: they are counted with the others.
    assert {"Élus : 6", "Agents : 12", "5 autres personnes", "23 personnes en tout"} <= set(lines)
    assert "On ne sait pas à qui demander <une salle>." in lines
    assert not [one for one in lines if "Habitants" in one]
    assert leader.get(f"{PAGE}.docx").data == leader.get(f"{PAGE}.docx").data
    with pikepdf.open(io.BytesIO(leader.get(f"{PAGE}.pdf").data)) as pdf:
        assert pdf.docinfo["/Title"] == "Compte rendu de la séance"
        assert len(pdf.pages) == 1
    kept = lxml.html.fromstring(leader.get(PAGE).text)
    assert kept.xpath("//input[@name='people_habitants']/@value") == ["3"]


def test_every_problem_is_said_at_once_and_nothing_typed_is_lost(leader: FlaskClient) -> None:
    wrong = TYPED | {"people_elus": "une dizaine", "people_agents": "-4", "said": "Ce que l’on a tapé"}
    refused = post_form(leader, PAGE, **wrong)
    page = lxml.html.fromstring(refused.text)
    assert refused.status_code == 422
    assert page.xpath("count(//div[@role='alert']/p)") == 2
    assert page.xpath("//input[@name='people_elus']/@value") == ["une dizaine"]
    assert page.xpath("string(//textarea[@name='said'])").strip() == "Ce que l’on a tapé"
    assert post_form(leader, PAGE, **TYPED | {"held": "x" * 121, "votes": "x" * 4001}).status_code == 422
    assert post_form(leader, PAGE, **TYPED | {"people_": "9" * 5000}).status_code == 422
    assert leader.get(f"{PAGE}.pdf").headers["Location"] == PAGE


def test_a_name_is_pointed_at_before_the_minutes_are_given(leader: FlaskClient) -> None:
    post_form(leader, PAGE, **TYPED | {"said": "Camille Essai propose un atelier"})
    assert "Camille Essai ressemble à un nom" in leader.get(PAGE).text
