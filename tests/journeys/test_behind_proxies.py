"""Grille as it is installed: HTTPS behind each proxy of deploy/, with two processes.

Each path is walked twice, the second time by someone else on the same device.
"""

import re
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from commands.demo_credentials import TRIAL_TOKEN
from storage.accounts.accounts import account_by_email, create_account
from storage.accounts.password_links import Kind, make_account_link
from storage.core.database import open_database
from tests.browsing import LAPTOP, PHONE, PROJECTOR, watched_page
from tests.cable import Cable
from tests.journeys.conftest import people
from tests.serving import LiveServer

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("live_server", ["nginx", "caddy"], indirect=True, scope="session"),
]

Open = Callable[..., Page]
READY = "form[data-ready]"
FIRST, THEN = "une phrase assez longue", "une autre phrase assez longue"


def link(server: LiveServer, name: str, kind: Kind) -> str:
    """A link for the account of someone, made if there is none."""
    with closing(open_database(server.database)) as db:
        email = f"{name.lower()}@grille.example"
        account = account_by_email(db, email) or create_account(db, email, f"{name} Essai")
        return (
            f"/{'invitation' if kind == 'invitation' else 'connexion/nouveau'}/{make_account_link(db, account, kind)}"
        )


def choose(page: Page, address: str, password: str) -> None:
    """Choose a password by the link that was received, after one that is refused."""
    page.goto(address)
    for typed in ("court", password):
        page.get_by_label("Nouveau mot de passe").fill(typed)
        page.get_by_role("button", name="Choisir ce mot de passe").click()


def sign_in(page: Page, name: str, password: str) -> None:
    """Sign in on the page that asks for it."""
    page.get_by_label("Adresse").fill(f"{name.lower()}@grille.example")
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda address: not address.endswith("/connexion"))


def sign_out(page: Page) -> None:
    """Leave the device to the next person."""
    page.goto("/compte")
    page.get_by_role("button", name="Me déconnecter").first.click()
    page.wait_for_url(lambda address: not address.endswith("/compte"))


def test_invitations_are_accepted_and_passwords_chosen(open_page: Open, live_server: LiveServer) -> None:
    page = open_page(viewport=LAPTOP)
    for name in ("Camille", "Dominique"):
        choose(page, link(live_server, name, "invitation"), FIRST)
        expect(page.get_by_text("Votre mot de passe est choisi")).to_be_visible()
        expect(page.get_by_text(f"{name} Essai").first).to_be_attached()
        sign_out(page)
        choose(page, link(live_server, name, "reset"), THEN)
        sign_in(page, name, THEN)
        page.goto("/compte")
        expect(page.get_by_text(f"{name} Essai").first).to_be_attached()
        sign_out(page)
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"__Host-grille", "__Secure-device"}


def answer_pages(page: Page, ready: str = "main") -> None:
    """A level for the first question of each page, and on to the next."""
    for number in range(1, 6):
        page.wait_for_url(f"**/{number}")
        expect(page.locator(ready)).to_have_count(1)
        page.locator(".choice label").nth(number % 2).click()
        page.locator(".foot .next").click()
    page.wait_for_url("**/relecture")
    expect(page.locator(ready)).to_have_count(1)


def test_two_people_answer_on_one_phone_whose_network_goes_and_comes(
    browser: Browser, cable: Cable, live_server: LiveServer
) -> None:
    with watched_page(browser, cable.url, workers=True, viewport=PHONE) as page:
        for _person in range(2):
            before = people(live_server)
            page.goto(f"/repondre/{TRIAL_TOKEN}")
            page.get_by_role("button", name="Habitants").click()
            expect(page.locator(READY)).to_have_count(1)
            cable.cut(page.context)
            answer_pages(page, READY)
            page.get_by_role("button", name="Envoyer mes réponses").click()
            expect(page.locator(".status")).to_contain_text("vos réponses partiront")
            assert people(live_server) == before
            cable.mend(page.context)
            page.wait_for_url("**/fin")
            expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
            assert people(live_server) == before + 1
        assert page.context.cookies() == []


def test_answering_without_script(open_page: Open, live_server: LiveServer) -> None:
    page, before = open_page(viewport=PHONE, java_script_enabled=False), people(live_server)
    for _person in range(2):
        page.goto(f"/repondre/{TRIAL_TOKEN}")
        page.get_by_role("button", name="Habitants").click()
        answer_pages(page)
        page.get_by_role("button", name="Envoyer mes réponses").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    assert people(live_server) == before + 2


def test_a_workshop_is_followed_on_a_phone_by_two_people(open_page: Open, signed_in: dict[str, Any]) -> None:
    screen, phone = open_page(**signed_in, viewport=PROJECTOR), open_page(viewport=PHONE)
    screen.goto("/campagnes/demonstration/ateliers")
    screen.get_by_label("Nom de l’atelier").fill("Réunion publique")
    screen.get_by_label("Combien serez-vous").fill("12")
    screen.get_by_role("button", name="Ouvrir et projeter").click()
    screen.wait_for_url("**/ateliers/*")
    code = (screen.locator(".code").text_content() or "").split()[-1]
    for count in (1, 2):
        phone.goto("/atelier/")
        phone.get_by_label("Le code montré à l’écran").fill(code)
        phone.get_by_role("button", name="Rejoindre").click()
        expect(phone.get_by_role("link", name="Reprendre mes réponses")).to_be_visible(visible=count > 1)
        phone.get_by_role("button", name="Habitants").click()
        phone.wait_for_url("**/atelier/*/*")
        phone.locator(".choice label").nth(count).click()
        expect(phone.locator(".status").first).to_have_text("✓ Enregistré")
        expect(screen.locator("[data-count]")).to_contain_text(re.compile(rf"{count}\s*réponse"))
    first = phone.locator("legend").inner_text()
    screen.get_by_role("button", name="Suivant").click()
    expect(screen.get_by_text("Savoir-faire 2 sur 15")).to_be_visible()
    expect(phone.locator("legend")).not_to_have_text(first)


def test_a_session_is_held_in_two_windows_in_step(open_page: Open) -> None:
    room = open_page(viewport=PROJECTOR, reduced_motion="reduce")
    for _person in range(2):
        room.goto("/seance/villeroche-2026")
        with room.context.expect_page() as opened:
            room.keyboard.press("p")
        presenter = opened.value
        expect(presenter.locator("#said")).not_to_be_empty()
        room.keyboard.press("ArrowRight")
        expect(presenter).to_have_url(re.compile(r"#s2$"))
        presenter.get_by_role("button", name="Suite").click()
        expect(room).to_have_url(re.compile(r"#s3$"))
        presenter.keyboard.press("b")
        expect(room.locator("body")).to_have_class(re.compile("black"))
        presenter.keyboard.press("b")
        presenter.close()
