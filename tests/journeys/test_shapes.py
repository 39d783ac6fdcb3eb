"""Pages and slides of campaigns on grids of any shape: nothing scrolls sideways, is cut, too small, or over another.

A few shapes and pages in every run; all of them, in three widths, before a release.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from storage.core.database import open_database
from storage.responses.responses import start_response
from tests.browsing import LAPTOP, OLD_PROJECTOR, PHONE, PORTRAIT, PROJECTOR, watched_page
from tests.conftest import settings_for
from tests.legibility import badly_placed, empty_bands
from tests.serving import LiveServer, serving
from tests.shaped_campaigns import published, running
from tests.shapes import SHAPES, SOME

pytestmark = pytest.mark.journey

SEEN = ("", "/habitants", "/comparer")
# Words of drawings that leave them or are too small to be read, words that leave the page, words over others; what
# floats over the page as it scrolls is left out.
FAULTS = r"""() => {
  const APART = ".unseen, .skip, title, desc, script, style, option";
  const floats = (one) => one && (/fixed|sticky/.test(getComputedStyle(one).position) || floats(one.parentElement));
  const found = [], lines = [], words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.push(`the page scrolls sideways by ${wide} px`);
  while (words.nextNode()) {
    const node = words.currentNode, parent = node.parentElement;
    if (!/[\p{L}\p{N}]/u.test(node.data) || parent.closest(APART)) continue;
    if (floats(parent)) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const svg = parent.ownerSVGElement, range = document.createRange();
    const letters = parseFloat(getComputedStyle(parent).fontSize) * (svg ? Math.abs(parent.getScreenCTM().a) : 1);
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 2 && box.height > 2) lines.push({ said: node.data.trim(), box, svg, letters, parent });
  }
  for (const { said, box, svg, letters, parent } of lines) {
    if (letters < 9.5) found.push(`« ${said} »: letters of ${letters.toFixed(1)} px`);
    const holder = svg || parent.closest('.scroll') || document.documentElement;
    const inside = holder.getBoundingClientRect();
    const over = Math.max(inside.left - box.left, box.right - inside.right);
    if (svg && over > 1.5) found.push(`« ${said} » leaves its drawing`);
    const free = !svg && holder === document.documentElement;
    if (free && box.right > innerWidth + 1) found.push(`« ${said} » leaves the page`);
  }
  lines.sort((one, two) => one.box.top - two.box.top);
  lines.forEach((one, i) => {
    for (let j = i + 1; j < lines.length && lines[j].box.top < one.box.bottom; j += 1) {
      const two = lines[j];
      if (one.parent === two.parent && !one.svg) continue;
      const across = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
      const down = Math.min(one.box.bottom, two.box.bottom) - two.box.top;
      const most = 0.45 * Math.min(one.box.height, two.box.height);
      if (across > 2 && down > most) found.push(`« ${one.said} » over « ${two.said} »`);
    }
  });
  return [...new Set(found)].slice(0, 20);
}"""


@pytest.fixture(scope="module")
def shaped(
    request: pytest.FixtureRequest, migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """A server with campaigns on the grids of ``SHAPES``: those of every run, or all."""
    data = tmp_path_factory.mktemp("shapes") / "data"
    path = settings_for(data).database
    path.parent.mkdir()
    shutil.copy(migrated, path)
    with closing(open_database(path)) as db:
        for name in SHAPES if request.config.getoption("--long") else SOME:
            published(db, SHAPES[name](), place_of(name))
            running(db, SHAPES[name](), place_of(name), year=2027)
    with serving(data) as server:
        yield server


def place_of(name: str) -> str:
    return "Ici " + "".join(sign for sign in name if sign.isalpha())


def slug_of(name: str, year: int) -> str:
    return f"ici-{''.join(sign for sign in name if sign.isalpha())}-{year}"


NAMES = [pytest.param(name, marks=() if name == "long names" else pytest.mark.long) for name in SHAPES]


@pytest.fixture
def look(browser: Browser, shaped: LiveServer) -> Iterator[Callable[[str], dict[str, list[str]]]]:
    """What is wrong with a page, by width."""
    with watched_page(browser, shaped.url, reduced_motion="reduce") as page:
        yield lambda address: dict(_faults(page, address))


def _faults(page: Page, address: str) -> Iterator[tuple[str, list[str]]]:
    answer = page.goto(address, timeout=180_000)  # six hundred skills, computed the first time
    assert answer is not None
    assert answer.status == 200, address
    for size in (PHONE, LAPTOP, PROJECTOR):
        page.set_viewport_size(size)
        page.evaluate("document.fonts.ready")
        if found := page.evaluate(FAULTS):
            yield f"{address}, {size['width']} px", found


@pytest.mark.parametrize("name", NAMES)
def test_results_are_read_whatever_the_shape(name: str, look: Callable[[str], dict[str, list[str]]]) -> None:
    for page in SEEN:
        assert look(f"/restitution/{slug_of(name, 2026)}{page}") == {}


@pytest.mark.parametrize("name", NAMES)
def test_questions_are_read_whatever_the_shape(
    name: str, look: Callable[[str], dict[str, list[str]]], shaped: LiveServer
) -> None:
    from storage.campaigns.campaigns import campaign_by_slug

    with closing(open_database(shaped.database)) as db:
        campaign = campaign_by_slug(db, slug_of(name, 2027))
        assert campaign is not None
        key = start_response(db, campaign, campaign.colleges[0].code, nonce=f"someone {name}")
    for page in ("1", "relecture"):
        assert look(f"/repondre/{key}/{page}") == {}


@pytest.mark.parametrize("name", NAMES)
def test_slides_are_read_and_fill_the_screen_whatever_the_shape(
    name: str, browser: Browser, shaped: LiveServer
) -> None:
    """Every slide, in 16:9, in 4:3 and on a screen on its side: no words cut, small or over others, no empty half."""
    with watched_page(browser, shaped.url, viewport=PROJECTOR, reduced_motion="reduce") as page:
        page.goto(f"/seance/{slug_of(name, 2026)}?devoile=1", timeout=180_000)
        page.evaluate("document.fonts.ready")
        for number in range(1, page.locator(".slide").count() + 1):
            page.evaluate("number => { location.hash = `#s${number}` }", number)
            expect(page.locator(".slide.current")).to_have_id(f"s{number}")
            for size in (PROJECTOR, OLD_PROJECTOR, PORTRAIT):
                page.set_viewport_size(size)
                assert [*badly_placed(page), *empty_bands(page)] == [], f"slide {number}, {size['width']} px"
