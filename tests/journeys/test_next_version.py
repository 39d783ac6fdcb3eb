"""A second version of a grid, with a split and a merge: two campaigns on them are compared, projected and printed."""

import io
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import lxml.html
import pikepdf
import pytest
from playwright.sync_api import APIResponse, Browser, Page, expect

from storage.core.database import open_database
from storage.grids.library import add_grid
from tests import successions
from tests.browsing import LAPTOP, watched_page
from tests.conftest import settings_for
from tests.serving import LiveServer, serving
from tests.shaped_campaigns import published

pytestmark = pytest.mark.journey

MOVES = ("hausse nette", "pas de hausse nette", "pas de hausse nette")


@pytest.fixture(scope="module")
def two_years(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server with two versions in its library, and a published campaign on each."""
    data = tmp_path_factory.mktemp("versions") / "data"
    path = settings_for(data).database
    path.parent.mkdir()
    shutil.copy(migrated, path)
    with closing(open_database(path)) as db:
        for grid, year in ((successions.before(), 2025), (successions.after(), 2026)):
            add_grid(db, grid)
            published(db, grid, "Suite", years=(year,))
    with serving(data) as server:
        yield server


def made_at(address: str, page: Page) -> APIResponse:
    """Ask for a document as a program does, which comes again while it is being made: the server waits with it."""
    for _again in range(12):
        answer = page.request.get(address)
        if answer.status != 503:
            break
        assert answer.headers["retry-after"]
    return answer


def test_two_versions_are_read_then_compared_projected_and_printed(browser: Browser, two_years: LiveServer) -> None:
    with watched_page(browser, two_years.url, viewport=LAPTOP, reduced_motion="reduce") as page:
        page.goto("/grilles/suite/2")
        page.get_by_role("link", name="Voir ce qui se compare").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "8 savoir-faire sur 9 gardent leur passé, 1 part de zéro"
        )
        page.wait_for_load_state()
        row = page.get_by_role("row").filter(has_text="Préparer et voter")
        expect(row).to_contain_text("La moyenne des anciens se compare au nouveau.")

        page.goto("/restitution/suite-2026/comparer")
        table = page.get_by_role("table").filter(has_text="Savoir-faire comparés").first
        verdicts, compared = (table.locator(f"tbody td:nth-last-child({place})") for place in (2, 1))
        for place, verdict in enumerate(MOVES):
            expect(verdicts.nth(place)).to_contain_text(verdict)
        # The split skill is one unit with its two parts, the two merged ones another with what they became.
        expect(compared).to_have_text(["3", "2", "2"])
        for reason in ("Tenir un registre – retiré en 2", "Corriger – nouveau en 2"):
            expect(page.get_by_text(reason)).to_be_visible()

        page.goto("/seance/suite-2026?devoile=1")
        number = page.locator(".slide").evaluate_all("all => 1 + all.findIndex(one => one.matches('.slide-changes'))")
        page.evaluate("number => { location.hash = `#s${number}` }", number)
        expect(page.locator(".slide.current")).to_contain_text("Écouter a nettement progressé")

        printed = made_at("/restitution/suite-2026/documents/pdf", page)
        assert printed.status == 200
        with pikepdf.open(io.BytesIO(printed.body())) as pdf:
            assert len(pdf.pages) > 3
        paper = lxml.html.fromstring(page.request.get("/grilles/suite/2/avec/1").text())
        assert len(paper.findall(".//figure")) == len(successions.AFTER), "a drawing for each family: paper parts there"
