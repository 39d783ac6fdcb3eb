"""The studio: from the table of a text document to an open campaign, by one person, counted; then by keyboard alone."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import LAPTOP, watched_page
from tests.journeys.test_first_hour import Hand, come_in, first_link
from tests.serving import serving
from tests.word_tables import docx, table, twenty_skills

pytestmark = pytest.mark.journey

MOST = 60
"""Fields and clicks, from the account of the programme to a campaign that collects answers."""


@pytest.fixture
def desk(browser: Browser, migrated: Path, tmp_path: Path) -> Iterator[Page]:
    """An empty installation, before somebody of its programme who has just come in."""
    shutil.copy(migrated, tmp_path)
    with serving(tmp_path) as server, watched_page(browser, server.url, viewport=LAPTOP) as page:
        come_in(Hand(page), first_link(server))
        yield page


def test_from_a_table_of_twenty_skills_to_an_open_campaign(desk: Page, check_page: Callable[[Page], None]) -> None:
    hand = Hand(desk)
    hand.link("Ouvrir l’atelier", "L’atelier des grilles")
    hand.count += 1
    file = {"name": "grille.docx", "mimeType": "application/octet-stream", "buffer": docx(table(twenty_skills()))}
    desk.get_by_label("Un document (DOCX)").set_input_files(file)  # type: ignore[arg-type]  # one file is enough
    hand.button("Lire ce tableau", "Que tient chaque colonne")
    check_page(desk)
    hand.button("Commencer le brouillon", "Le plan")
    check_page(desk)
    expect(desk.get_by_text("4 familles, 20 savoir-faire, 4 niveaux, 2 collèges")).to_be_visible()
    hand.link("La présentation", "La présentation")
    hand.fill("Titre", "Notre grille")
    hand.fill("Identifiant", "notre-grille")
    hand.fill("Qui l’a écrite", "Le réseau")
    hand.fill("Licence", "CC BY 4.0")
    expect(desk.get_by_text("Rien à corriger dans ce brouillon")).to_be_visible()
    hand.button("Enregistrer")
    settled(desk, "Enregistré.")
    hand.link("L’aperçu", "Voir ce que chacun recevra")
    hand.link("Sur un téléphone", "Axe 1")
    expect(desk.get_by_text("Savez-vous faire 1\u202f?")).to_be_visible()
    hand.link("Revenir à l’atelier", "Voir ce que chacun recevra")
    hand.link("Publier", "Publier cette grille")
    hand.fill("Ce que cette version apporte", "La grille du réseau, mise en ligne.")
    hand.press(desk.get_by_label("J’ai lu les 2 remarques, et je publie quand même"))
    hand.button("Publier la version 1", "Notre grille")
    hand.press(desk.get_by_role("link", name="Mon compte").first, "Bonjour")
    hand.link("Un territoire", "Quel territoire")
    hand.fill("Commune ou intercommunalité", "94240")
    expect(desk.get_by_text("L’Haÿ-les-Roses (94)")).to_be_visible()
    hand.button("Continuer", "Une campagne pour L’Haÿ-les-Roses")
    hand.press(desk.get_by_role("radio", name="Notre grille"))
    hand.button("Enregistrer le brouillon")
    settled(desk, "Cette grille a d’autres collèges")
    hand.press(desk.get_by_role("radio", name="Complet"))
    hand.button("Enregistrer le brouillon", "tout relire avant d’ouvrir")
    hand.button("Ouvrir la collecte", "Qui a répondu")
    assert hand.count <= MOST, hand.count


def test_a_grid_is_written_by_keyboard_with_what_to_correct_beside(desk: Page) -> None:
    outline = desk.locator(".studio-outline")
    desk.goto("/grilles/atelier")
    paste(desk, "<table><tr><th>Famille<th>Titre<tr><td>Une<td>Deux lignes</table>")
    press(desk, "Lire ce tableau")
    expect(desk.get_by_role("cell", name="Deux lignes")).to_be_visible()
    desk.goto("/grilles/atelier")
    press(desk, "Commencer une grille vide")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Le plan")
    press(desk, "Ajouter une famille")
    expect(outline.get_by_role("link", name="F1", exact=True)).to_be_focused()
    press(desk, "Ajouter une famille")
    expect(outline.get_by_role("link", name="F2", exact=True)).to_be_focused()
    press(desk, "Monter F2")
    expect(desk.get_by_role("heading", level=2).first).to_contain_text("F2")
    expect(desk.get_by_role("button", name="Monter F2")).to_be_focused()
    desk.set_viewport_size({"width": 320, "height": 900})  # a page enlarged four times keeps what it does
    expect(desk.get_by_role("button", name="Descendre F2")).to_be_visible()
    assert desk.evaluate("document.documentElement.scrollWidth") <= 320
    desk.set_viewport_size({"width": 1280, "height": 900})
    outline.get_by_role("link", name="F2", exact=True).press("Enter")
    title = desk.get_by_label("Titre")
    expect(desk.get_by_text("«\u00a0titre\u00a0» est vide")).to_be_visible()
    title.press_sequentially("Faire")
    expect(desk.get_by_text("«\u00a0titre\u00a0» est vide")).to_have_count(0)
    title.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Faire")


def paste(page: Page, html: str) -> None:
    """Paste a table as a word processor gives it, as HTML; the text beside is of no use."""
    field = page.get_by_label("Ou le tableau, collé ici")
    field.evaluate(
        """(field, html) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", html);
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }""",
        html,
    )


def settled(page: Page, words: str) -> None:
    """Wait for the page that says this."""
    expect(page.get_by_text(words).first).to_be_visible()
    page.wait_for_load_state()


def press(page: Page, name: str) -> None:
    """Press a button with the Enter key."""
    page.get_by_role("button", name=name).first.press("Enter")
