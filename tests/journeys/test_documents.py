"""From the results of a closed campaign to its documents, in a real browser: with script, and without."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pptx import Presentation

from tests.browsing import LAPTOP, PHONE, PROJECTOR, watched_page
from tests.serving import LiveServer, serving

pytestmark = pytest.mark.journey

PATIENCE = 120_000
"""Milliseconds: documents are made behind everything else, and a machine that runs tests is busy."""


@pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False}, {"viewport": PHONE}], ids=["script", "none", "phone"]
)
def test_from_the_results_to_the_deck(options: dict, open_page: Callable[..., Page]) -> None:
    page = open_page(accept_downloads=True, **options)
    page.goto("/restitution/villeroche-2026")
    page.get_by_role("link", name="Emporter les documents").click()
    page.wait_for_url("**/documents")
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("link", name="Télécharger : Diaporama").click()
    assert download.value.suggested_filename == "grille-villeroche-2026.pptx"
    assert len(Presentation(download.value.path()).slides) > 10
    if "java_script_enabled" not in options:
        expect(page.locator("[role=status]").nth(1)).to_contain_text("dans vos téléchargements")


def test_a_document_that_fails_says_so_and_can_be_tried_again(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/restitution/villeroche-2026/documents")
    page.route("**/documents/json", lambda route: route.abort())
    link = page.get_by_role("link", name="Télécharger : Données JSON")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]").last).to_contain_text("réessayez")
    page.unroute("**/documents/json")
    with page.expect_download(timeout=PATIENCE):
        page.keyboard.press("Enter")


@contextmanager
def nobody_makes(server: LiveServer) -> Iterator[None]:
    """What is asked for waits until the block ends."""
    while (watcher := server.jobs) is None:
        pass  # it starts with the server
    os.kill(watcher, signal.SIGSTOP)  # first: it starts no other child then
    stopped = [watcher, *map(int, Path(f"/proc/{watcher}/task/{watcher}/children").read_text().split())]
    for process in stopped:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in stopped:
            os.kill(process, signal.SIGCONT)


def test_who_waits_sees_how_far_it_is_then_has_the_document(
    browser: Browser, demo_database: Path, check_page: Callable[[Page], None]
) -> None:
    """With script the page asks by itself, without it comes back by itself; then the download starts from there."""
    with serving(demo_database.parent) as server:
        for suffix, title, script in (("json", "Données JSON", True), ("xlsx", "Classeur", False)):
            with watched_page(browser, server.url, java_script_enabled=script, accept_downloads=True) as page:
                with page.expect_download(timeout=PATIENCE) as download, nobody_makes(server):
                    if script:
                        page.goto(f"/restitution/villeroche-2026/documents/{suffix}")
                    else:
                        page.goto("/restitution/villeroche-2026/documents")
                        page.get_by_role("link", name=f"Télécharger : {title}").click()
                    expect(page.get_by_role("heading", level=1)).to_have_text("Préparation en cours")
                    for size in (PHONE, LAPTOP, PROJECTOR) if script else ():
                        page.set_viewport_size(size)
                        check_page(page)
                assert download.value.suggested_filename == f"grille-villeroche-2026.{suffix}"
                expect(page.get_by_role("heading", level=1)).to_have_text("C’est prêt")


def test_the_page_of_documents_waits_in_place(browser: Browser, demo_database: Path) -> None:
    with (
        serving(demo_database.parent) as server,
        watched_page(browser, server.url, accept_downloads=True) as page,
    ):
        page.goto("/restitution/villeroche-2026/documents")
        with page.expect_download(timeout=PATIENCE), nobody_makes(server):
            page.get_by_role("link", name="Télécharger : Données JSON").click()
            expect(page.locator("[role=status]").last).to_have_text("La préparation commence.")
        expect(page.locator("[role=status]").last).to_contain_text("dans vos téléchargements")
