"""From the results of a closed campaign to its documents, in a real browser: with script, and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.browsing import PHONE

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False}, {"viewport": PHONE}], ids=["script", "none", "phone"]
)
def test_from_the_results_to_the_deck(options: dict, open_page: Callable[..., Page]) -> None:
    page = open_page(accept_downloads=True, **options)
    page.goto("/restitution/villeroche-2026")
    page.get_by_role("link", name="Emporter les documents").click()
    page.wait_for_url("**/documents")
    with page.expect_download() as download:
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
    with page.expect_download():
        page.keyboard.press("Enter")
