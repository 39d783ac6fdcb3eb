"""The server is killed while people answer: no acknowledged answer is lost, and pages explain the failure."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from benchmarks.kills import Killable, run
from benchmarks.respond import campaign
from questionnaires import Answer
from storage.core.database import open_database
from storage.responses.responses import find_response
from tests.browsing import PHONE, watched_page

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Place:
    """A server that can be killed, its data, and the token of its campaign."""

    server: Killable
    data: Path
    token: str

    def answers(self, page: Page) -> dict[str, Answer]:
        """What the server holds of the response that the page is about."""
        with closing(open_database(self.data / "grille.db")) as db:
            response = find_response(db, page.url.split("/")[4])
            assert response is not None
            return dict(response.document.answers)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    token = campaign(tmp_path, "short")
    server = Killable(tmp_path)
    try:
        yield Place(server, tmp_path, token)
    finally:
        server.end()


@contextmanager
def answering(browser: Browser, place: Place, *, script: bool) -> Iterator[Page]:
    """A phone on the first page of the questionnaire."""
    home = f"http://127.0.0.1:{place.server.port}"
    with watched_page(browser, home, workers=script, viewport=PHONE, java_script_enabled=script) as page:
        keep_trying(page, f"/repondre/{place.token}")
        page.get_by_role("button", name="Habitants").click()
        page.wait_for_url("**/1")
        if script:
            expect(page.locator("form[data-ready]")).to_have_count(1)
        yield page


def keep_trying(page: Page, address: str) -> None:
    """Open that address again and again, as a person does, until the server is there."""
    patience = monotonic() + 90
    while monotonic() < patience:
        with suppress(Error):
            page.goto(address)
            return
    pytest.fail("the server does not start")


def choose(page: Page, code: str, level: int) -> None:
    page.locator(f"input[name='q_{code}'][value='{level}']").check()


@pytest.mark.timeout(3600)  # with --kills 200, each life of the server begins by loading it
def test_what_was_acknowledged_survives_the_server(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """Eight kills, one of them of the whole server; as many as ``--kills`` says before a release."""
    kills = pytestconfig.getoption("--kills") or 8
    acknowledged, problems = run(tmp_path / "data", kills=kills, clients=6, seed=2, whole_every=8)
    print(f"{kills} kills, {acknowledged} acknowledged, {len(problems)} problems")
    assert acknowledged > kills * 6
    assert problems == []


def test_a_page_says_that_the_server_is_gone_and_sends_when_it_is_back(browser: Browser, place: Place) -> None:
    with answering(browser, place, script=True) as page:
        status = page.locator(".status")
        choose(page, "COO-1", 3)
        expect(status).to_have_text("✓ Enregistré : 1 sur 15")
        place.server.kill_all()
        choose(page, "COO-2", 1)
        expect(status).to_contain_text("Le site ne répond pas : vos réponses sont gardées")
        place.server.start_again()
        expect(status).to_have_text("✓ Enregistré : 2 sur 15")
        assert place.answers(page) == {"COO-1": Answer(3), "COO-2": Answer(1)}


def test_a_page_without_script_is_sent_again_from_where_it_was(browser: Browser, place: Place) -> None:
    with answering(browser, place, script=False) as page:
        choose(page, "COO-1", 3)
        page.locator(".foot .next").click()
        page.wait_for_url("**/2")
        choose(page, "CON-1", 2)
        here = page.url
        place.server.kill_all()
        with pytest.raises(Error, match="ERR_CONNECTION"):
            page.goto(here.replace("/2", "/3"))
        place.server.start_again()
        keep_trying(page, here)
        choose(page, "CON-1", 2)
        page.locator(".foot .next").click()
        page.wait_for_url("**/3")
        assert place.answers(page) == {"COO-1": Answer(3), "CON-1": Answer(2)}
