"""The interactive radar and the deck, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import LAPTOP, PHONE, PROJECTOR

pytestmark = [pytest.mark.journey, pytest.mark.everywhere]

RESULTS, DECK = "/restitution/val-de-brume-2026", "/seance/val-de-brume-2026?devoile=1"


def test_plotly_takes_the_svg_s_place_and_shows_its_points(page: Page) -> None:
    page.goto(RESULTS)
    block = page.locator(".radar-block")
    expect(block).to_have_class("radar-block is-live")
    drawn = page.evaluate("document.querySelector('.radar-live').data.map(trace => trace.name)")
    assert drawn == ["2023", "2025", "2026"]
    discs = page.evaluate("""() => [...document.querySelectorAll('.radar.wide .radar-series circle')].map(one => {
        const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2] })""")
    points = page.evaluate("""() => [...document.querySelectorAll('.radar-live .trace:last-child .point')].map(one => {
        const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2] })""")
    for (x, y), (px, py) in zip(discs, points, strict=False):
        assert abs(x - px) < 2
        assert abs(y - py) < 2


def test_a_series_can_be_hidden_from_the_keyboard(page: Page) -> None:
    page.goto(RESULTS)
    button = page.get_by_role("button", name="2025", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    page.wait_for_function("document.querySelector('.radar-live').data[1].visible === false")


def test_the_radar_follows_the_width(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=LAPTOP)
    page.goto(RESULTS)
    expect(page.locator(".radar-block.is-live")).to_be_visible()
    page.set_viewport_size(PHONE)
    page.wait_for_function("document.querySelector('.radar-live .main-svg').clientWidth < 340")
    expect(page.locator(".radar.phone")).to_be_visible()
    expect(page.locator(".radar.wide")).to_be_hidden()


def test_without_script_the_svg_stays(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(RESULTS)
    expect(page.locator(".radar.wide .radar-series").first).to_be_visible()


@pytest.fixture
def deck(open_page: Callable[..., Page]) -> Page:
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce")
    page.goto(DECK)
    return page


def current(page: Page) -> int:
    return int(page.locator(".slide.current").get_attribute("id")[1:])


def test_every_key_of_a_clicker_and_a_keyboard(deck: Page) -> None:
    last = deck.locator(".slide").count()
    steps = [
        ("ArrowRight", 2),
        ("ArrowDown", 3),
        ("PageDown", 4),
        (" ", 5),
        ("Enter", 6),
        ("ArrowLeft", 5),
        ("ArrowUp", 4),
    ]
    steps += [
        ("PageUp", 3),
        ("Shift+ ", 2),
        ("Backspace", 1),
        ("ArrowLeft", 1),
        ("End", last),
        ("PageDown", last),
        ("Home", 1),
    ]
    for key, expected in steps:
        deck.keyboard.press("Shift+Space" if key == "Shift+ " else "Space" if key == " " else key)
        assert current(deck) == expected, key
    for key in ("1", "2", "Enter"):
        deck.keyboard.press(key)
    assert current(deck) == 12
    assert deck.url.endswith("#s12")


def test_twenty_presses_in_a_row_break_nothing(deck: Page) -> None:
    for _ in range(20):
        deck.keyboard.press("PageDown")
    assert current(deck) == min(21, deck.locator(".slide").count())
    assert deck.locator(".slide:visible").count() == 1


def test_black_help_and_where_one_was(deck: Page) -> None:
    deck.keyboard.press("End")
    deck.keyboard.press("b")
    expect(deck.locator(".slide.current .stage")).to_be_hidden()
    deck.keyboard.press("b")
    expect(deck.locator(".slide.current .stage")).to_be_visible()
    deck.keyboard.press("?")
    expect(deck.locator("#help")).to_be_visible()
    deck.keyboard.press("Escape")
    expect(deck.locator("#help")).to_be_hidden()
    place = current(deck)
    deck.reload()
    assert current(deck) == place


SMALLEST = """() => {
  const found = [];
  document.querySelectorAll('.slide.current *').forEach(one => {
    const own = [...one.childNodes].some(child => child.nodeType === 3 && child.textContent.trim());
    if (!own || one.closest('.unseen, .notes, title')) return;
    const svg = one.closest('svg');
    let size = parseFloat(getComputedStyle(one).fontSize);
    if (svg) size *= svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    if (size < 35.9) found.push(size.toFixed(1) + ' ' + one.textContent.trim().slice(0, 40));
  });
  return found;
}"""

OVERFLOWING = """() => {
  const slide = document.querySelector('.slide.current');
  const limit = slide.querySelector('.foot').getBoundingClientRect().top;
  return [...slide.querySelectorAll('.stage *')].filter(one => {
    const box = one.getBoundingClientRect();
    // The stairs of a celebration stand on the ground, beside the foot: their shapes go to the edge of the slide.
    const low = one.closest('.feast svg') ? innerHeight : limit;
    const out = box.bottom > low + 2 || box.right > innerWidth + 2 || box.left < -2;
    return box.width && !one.closest('.unseen, title') && out;
  }).map(one => one.tagName + ' ' + one.textContent.slice(0, 40));
}"""


@pytest.mark.parametrize(
    ("slug", "size"),
    [
        ("val-de-brume-2026", (1920, 1080)),
        ("saint-aubin-des-pres-2024", (1920, 1080)),
        ("villeroche-2023", (1920, 1080)),
        ("val-de-brume-2026", (1024, 768)),
        ("val-de-brume-2025", (3840, 2160)),
    ],
    ids=str,
)
def test_every_slide_fits_and_is_large_enough(slug: str, size: tuple[int, int], open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page.goto(f"/seance/{slug}?devoile=1")
    for number in range(page.locator(".slide").count()):
        assert current(page) == number + 1
        assert page.evaluate(OVERFLOWING) == []
        page.keyboard.press("r")
        assert page.evaluate(OVERFLOWING) == []
        if size[0] == 1920:
            assert page.evaluate(SMALLEST) == []
        page.keyboard.press("ArrowRight")


def test_the_deck_is_read_by_scrolling_on_a_phone_and_without_script(open_page: Callable[..., Page]) -> None:
    for page in (open_page(viewport=PHONE), open_page(java_script_enabled=False)):
        page.goto(DECK)
        assert page.locator(".slide:visible").count() == page.locator(".slide").count()
