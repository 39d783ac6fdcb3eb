"""Difficult conditions for respondents: refused cookies, a revoked link, double clicks, large text."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import create_link, find_link, revoke_link
from storage.core.engine import Database
from storage.responses.responses import find_response, start_response
from tests.browsing import PHONE, another, watched_page
from tests.serving import LiveServer

pytestmark = pytest.mark.journey

Open = Callable[..., Page]

REFUSED = """for (const store of ["indexedDB", "caches", "localStorage", "sessionStorage"]) {
  Object.defineProperty(window, store, {get() { throw new DOMException("refused", "SecurityError"); }});
}"""


def stored(db: Database, page: Page) -> dict[str, Answer]:
    response = find_response(db, page.url.split("/")[4])
    assert response is not None
    return dict(response.document.answers)


def test_who_refuses_cookies_and_all_that_a_site_may_keep_answers_as_anyone(db: Database, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.add_init_script(REFUSED)
    page.goto("/repondre/essai")
    page.get_by_role("button", name="Habitants").click()
    page.get_by_role("radio").nth(1).check()
    expect(page.locator(".status")).to_contain_text("✓ Enregistré")
    page.locator(".foot .next").click()
    page.wait_for_url("**/2")
    assert stored(db, page) == {"COO-1": Answer(1)}
    assert page.context.cookies() == []


def test_a_link_withdrawn_stops_newcomers_not_those_who_have_begun(
    db: Database, trial: Campaign, open_page: Open
) -> None:
    token = create_link(db, trial)
    page = open_page(viewport=PHONE)
    page.goto(f"/repondre/{token}")
    page.get_by_role("button", name="Habitants").click()
    page.wait_for_url("**/1")
    link = find_link(db, token)
    assert link is not None
    revoke_link(db, link)
    page.get_by_role("radio").nth(2).check()
    expect(page.locator(".status")).to_contain_text("✓ Enregistré")
    assert stored(db, page) == {"COO-1": Answer(2)}
    page.goto(f"/repondre/{token}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien a été retiré")
    expect(page.get_by_text("votre propre adresse fonctionne toujours")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_every_button_pressed_twice_does_once(script: bool, db: Database, open_page: Open) -> None:
    (before,) = db.execute("SELECT count(*) FROM responses").fetchone()
    page = open_page(viewport=PHONE, java_script_enabled=script)
    page.goto("/repondre/essai")
    page.get_by_role("button", name="Habitants").dblclick()
    page.wait_for_url("**/1")
    page.get_by_role("radio").first.dblclick()
    page.get_by_role("button", name="Relire mes réponses").dblclick()
    page.wait_for_url("**/relecture")
    page.get_by_role("button", name="Envoyer mes réponses").dblclick()
    page.wait_for_url("**/fin")
    assert stored(db, page) == {"COO-1": Answer(0)}
    assert db.execute("SELECT count(*) FROM responses").fetchone() == (before + 1,)


def test_letters_twice_as_big_fit_a_phone(
    db: Database, trial: Campaign, live_server: LiveServer, browser: Browser
) -> None:
    key = start_response(db, trial, "habitants", nonce=uuid4().hex)
    mine = [f"/repondre/{key}/{place}" for place in (1, "relecture", "plus-tard", "college", "supprimer")]
    with (
        another(browser, "--blink-settings=defaultFontSize=32") as short_sighted,
        watched_page(short_sighted, live_server.url, viewport=PHONE) as page,
    ):
        for address in ["/repondre/", "/repondre/essai", *mine]:
            page.goto(address)
            assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 32
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address


def test_the_arrow_of_a_group_is_not_read(open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto("/repondre/essai")
    expect(page.get_by_role("button", name="Élus", exact=True)).to_have_accessible_name("Élus")
