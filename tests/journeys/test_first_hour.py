"""The first hour: from an empty installation to a printed poster, by two people who never saw it, counted."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from accounts.permissions import Role
from storage.accounts.accounts import create_account, grant
from storage.accounts.password_links import make_account_link
from storage.core.database import open_database
from tests.browsing import LAPTOP, watched_page
from tests.serving import LiveServer, serving

pytestmark = pytest.mark.journey

MOST = 25
"""Fields and clicks, from the first link of the installation to a poster, both people together."""


class Hand:
    """Somebody's hand: what it fills and presses is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def fill(self, label: str, text: str) -> None:
        self.count += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, option: str) -> None:
        self.count += 1
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def press(self, what: Locator, then: str = "") -> None:
        """Press it; ``then`` is the title of the page to which it leads."""
        self.count += 1
        what.click()
        if then:
            expect(self.page.get_by_role("heading", level=1)).to_contain_text(then)
            self.page.wait_for_load_state()

    def link(self, name: str, then: str = "") -> None:
        self.press(self.page.get_by_role("main").get_by_role("link", name=name).first, then)

    def button(self, name: str, then: str = "") -> None:
        self.press(self.page.get_by_role("main").get_by_role("button", name=name, exact=True).first, then)


def first_link(server: LiveServer) -> str:
    """The link that the printed command gives."""
    with closing(open_database(server.database)) as db:
        account = create_account(db, "vous@exemple.fr", "Camille Essai")
        grant(db, account, Role.PROGRAMME)
        return f"/invitation/{make_account_link(db, account, 'invitation')}"


def come_in(hand: Hand, address: str) -> None:
    hand.page.goto(address)
    hand.fill("Nouveau mot de passe", "trois mots choisis au hasard")
    hand.button("Choisir ce mot de passe", "Bonjour")


def test_from_nothing_to_a_poster_in_twenty_five_gestures(browser: Browser, migrated: Path, tmp_path: Path) -> None:
    shutil.copy(migrated, tmp_path)
    with serving(tmp_path) as server, watched_page(browser, server.url, viewport=LAPTOP) as desk:
        desk.goto("/")
        expect(desk.get_by_text("account invite")).to_be_visible()
        team = Hand(desk)
        come_in(team, first_link(server))
        team.link("Un territoire", "Quel territoire")
        team.fill("Commune ou intercommunalité", "94240")
        expect(desk.get_by_text("L’Haÿ-les-Roses (94)")).to_be_visible()
        team.button("Continuer", "Une campagne pour L’Haÿ-les-Roses")
        team.press(desk.get_by_role("link", name="Mon compte").first, "Bonjour")
        team.link("Un pilote", "Inviter quelqu’un")
        team.fill("Nom", "Dominique Essai")
        team.fill("Adresse électronique", "pilote@exemple.fr")
        team.choose("Rôle", "pilote")
        team.choose("Territoire", "L’Haÿ-les-Roses (94)")
        team.button("Inviter", "Donnez ce lien à Dominique Essai")
        given = desk.get_by_label("Lien à copier").input_value()
        assert given.startswith(server.url), "links follow the port"
        with watched_page(browser, server.url, viewport=LAPTOP) as office:
            pilot = Hand(office)
            come_in(pilot, given)
            pilot.link("Préparer une première campagne", "Une campagne pour L’Haÿ-les-Roses")
            pilot.button("Enregistrer le brouillon", "tout relire avant d’ouvrir")
            pilot.button("Ouvrir la collecte", "Qui a répondu")
            pilot.link("Voir les liens", "Liens et affiches")
            pilot.button("Faire ces liens", "Liens et affiches")
            with office.expect_download() as poster:
                pilot.link("Affiche A4 (PDF)")
            assert Path(poster.value.path()).read_bytes().startswith(b"%PDF")
    assert team.count + pilot.count <= MOST, (team.count, pilot.count)
