"""Journeys in Firefox and WebKit: one in each at every run, more before a release."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from commands.demo_credentials import DEMO_EMAIL, DEMO_PASSWORD, TRIAL_TOKEN
from tests.browsing import PHONE, PROJECTOR, watched_page
from tests.cable import Cable
from tests.journeys.conftest import people
from tests.serving import LiveServer
from tests.webkit import Window, is_installed, launched_webkit

pytestmark = pytest.mark.journey

needs_webkit = pytest.mark.skipif(not is_installed(), reason="WebKit, its driver or Xvfb is not installed")
Open = Callable[..., Window]


@pytest.fixture
def open_webkit(live_server: LiveServer) -> Iterator[Open]:
    """Open windows of WebKit, each in a browser of its own."""
    with ExitStack() as windows:

        def opened(home: str = live_server.url, width: int = 450, height: int = 850) -> Window:
            return windows.enter_context(launched_webkit(home, width, height))

        yield opened


@pytest.mark.parametrize("browser", ["firefox"], indirect=True, scope="session")
def test_firefox_answers_without_a_network(browser: Browser, cable: Cable, live_server: LiveServer) -> None:
    before = people(live_server)
    with watched_page(browser, cable.url, workers=True, viewport=PHONE) as page:
        page.goto(f"/repondre/{TRIAL_TOKEN}")
        page.get_by_role("button", name="Habitants").click()
        expect(page.locator("form[data-ready]")).to_have_count(1)
        cable.cut(page.context)
        for number in range(1, 6):
            page.wait_for_url(f"**/{number}")
            page.locator(".choice label").first.click()
            expect(page.locator(".status")).to_contain_text("gardées sur cet appareil")
            page.locator(".foot .next").click()
        page.wait_for_url("**/relecture")
        expect(page.locator("form[data-ready]")).to_have_count(1)
        page.get_by_role("button", name="Envoyer mes réponses").click()
        expect(page.locator(".status")).to_contain_text("vos réponses partiront")
        cable.mend(page.context)
        page.wait_for_url("**/fin")
    assert people(live_server) == before + 1


@pytest.mark.long
@pytest.mark.parametrize("browser", ["firefox"], indirect=True, scope="session")
def test_firefox_follows_a_workshop(
    open_page: Callable[..., Page], browser: Browser, signed_in: dict[str, Any]
) -> None:
    screen, phone = open_page(**signed_in, viewport=PROJECTOR), open_page(viewport=PHONE)
    screen.goto("/campagnes/demonstration/ateliers")
    screen.get_by_label("Nom de l’atelier").fill("Réunion publique")
    screen.get_by_label("Combien serez-vous").fill("12")
    screen.get_by_role("button", name="Ouvrir et projeter").click()
    phone.goto("/atelier/")
    phone.get_by_label("Le code montré à l’écran").fill((screen.locator(".code").text_content() or "").split()[-1])
    phone.get_by_role("button", name="Rejoindre").click()
    phone.get_by_role("button", name="Habitants").click()
    phone.locator(".choice label").first.click()
    expect(phone.locator(".status").first).to_have_text("✓ Enregistré")
    expect(screen.locator("[data-count]")).to_contain_text("1\u00a0réponse")
    first = phone.locator("legend").inner_text()
    screen.get_by_role("button", name="Suivant").click()
    expect(phone.locator("legend")).not_to_have_text(first)


@needs_webkit
def test_webkit_answers_without_a_network(open_webkit: Open, cable: Cable, live_server: LiveServer) -> None:
    before, page = people(live_server), open_webkit(cable.url)
    page.goto(f"/repondre/{TRIAL_TOKEN}")
    page.press("button.college", "Habitants")
    page.has("form[data-ready]")
    cable.cut()
    for number in range(1, 6):
        page.at(f"/{number}")
        page.has("form[data-ready]")
        page.press(".choice label")
        page.see(".status", "gardées sur cet appareil")
        page.press(".foot .next")
    page.at("/relecture")
    page.has("form[data-ready]")
    page.press("button", "Envoyer mes réponses")
    page.see(".status", "vos réponses partiront")
    cable.mend()
    page.at("/fin")
    page.see("h1", "Merci")
    assert people(live_server) == before + 1


def sign_in(page: Window) -> None:
    """Come in with the demonstration's account."""
    page.goto("/connexion")
    page.fill("main [name=email]", DEMO_EMAIL)
    page.fill("main [name=password]", DEMO_PASSWORD)
    page.press("main button", "Se connecter")
    page.until(lambda: not page.driver.current_url.endswith("/connexion"))


@needs_webkit
@pytest.mark.long
def test_webkit_follows_a_workshop(open_webkit: Open) -> None:
    screen = open_webkit(width=1280, height=800)
    sign_in(screen)
    screen.goto("/campagnes/demonstration/ateliers")
    screen.fill("[name=name]", "Réunion publique")
    screen.fill("[name=people]", "12")
    screen.press("button", "Ouvrir et projeter")
    code = screen.see(".code").text.replace(" ", "")[-6:]
    phone = open_webkit()
    phone.goto("/atelier/")
    phone.fill("main [name=code]", code)
    phone.press("button", "Rejoindre")
    phone.press("button.college", "Habitants")
    phone.press(".choice label")
    phone.see(".status", "Enregistré")
    screen.see("[data-count]", "1 réponse")
    first = phone.see("legend").text
    screen.press("button", "Suivant")
    phone.until(lambda: phone.see("legend").text != first)


@needs_webkit
@pytest.mark.long
def test_webkit_reads_results_and_holds_a_session_in_two_windows(open_webkit: Open) -> None:
    room = open_webkit(width=1280, height=800)
    room.goto("/restitution/villeroche-2026")
    assert len(room.until(lambda: room.all("table tbody tr"))) > 5
    room.goto("/seance/villeroche-2026")
    room.see(".slide.current")
    projected = room.driver.current_window_handle
    room.key("p")
    room.until(lambda: len(room.driver.window_handles) == 2)
    (presenter,) = {*room.driver.window_handles} - {projected}
    room.driver.switch_to.window(presenter)
    room.until(lambda: room.see("#said").text)
    room.press("button", "Suite")
    room.at("#s2")
    room.driver.switch_to.window(projected)
    room.at("#s2")
    room.key("ARROW_RIGHT")
    room.at("#s3")
    room.driver.switch_to.window(presenter)
    room.at("#s3")
