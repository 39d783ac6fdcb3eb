"""A session led for real: two windows in step, rows revealed, decisions typed live, a file that needs no network."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import PROJECTOR, pale_parts_of, problems_of
from tests.serving import LiveServer

pytestmark = pytest.mark.journey

DECK = "/seance/villeroche-2026"


def current(page: Page) -> int:
    return int(page.locator(".slide.current").get_attribute("id")[1:])


def go_to(page: Page, kind: str) -> None:
    number = page.evaluate(
        "kind => 1 + [...document.querySelectorAll('.slide')].findIndex(one => one.matches('.slide-' + kind))", kind
    )
    for digit in str(number):
        page.keyboard.press(digit)
    page.keyboard.press("Enter")


def test_rows_are_revealed_one_press_at_a_time_or_all_at_once(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce")
    page.goto(DECK)
    go_to(page, "changes")
    place, rows = current(page), page.locator(".slide.current .moves li")
    expect(rows.first.locator(".numbers")).to_be_hidden()
    expect(rows.first.locator(".ask")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(rows.first.locator(".numbers")).to_be_visible()
    expect(rows.last.locator(".numbers")).to_be_hidden()
    page.keyboard.press("r")
    expect(rows.last.locator(".numbers")).to_be_visible()
    assert current(page) == place
    page.keyboard.press("PageDown")
    assert current(page) == place + 1


def test_the_presenter_s_window_is_in_step_both_ways(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce")
    page.goto(DECK)
    with page.context.expect_page() as opened:
        page.keyboard.press("p")
    presenter = opened.value
    expect(presenter.locator("#said")).not_to_be_empty()
    page.keyboard.press("ArrowRight")
    expect(presenter).to_have_url(re.compile(r"#s2$"))
    expect(presenter.locator(".slide.upcoming")).to_have_id("s3")
    presenter.get_by_role("button", name="Suite").click()
    expect(page).to_have_url(re.compile(r"#s3$"))
    presenter.keyboard.press("b")
    expect(page.locator("body")).to_have_class(re.compile("black"))


def test_waves_and_colleges_chosen_by_the_presenter_are_shown_in_the_room(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce")
    page.goto(DECK)
    presenter = page.context.new_page()
    presenter.goto(f"{DECK}/presentateur")
    for college in ("Élus", "Agents", "Habitants"):
        presenter.get_by_label(college, exact=True).check()
    presenter.get_by_role("button", name="Montrer").click()
    page.wait_for_url(re.compile("colleges="))
    series = page.locator(".slide-radar:has(#radar-colleges-titre) .legend li")
    assert [text.strip() for text in series.all_text_contents()] == ["Élus", "Agents", "Habitants"]


def test_what_the_room_decides_is_kept_without_leaving_the_slide(
    open_page: Callable[..., Page], signed_in: dict[str, Any]
) -> None:
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce", **signed_in)
    page.goto("/seance/val-de-brume-2026")
    page.keyboard.press("End")
    place = current(page)
    field = page.get_by_label("Ce que nous décidons")
    field.fill("Une fête des voisins en juin")
    field.press("Enter")
    expect(page.locator("#decided li")).to_have_text(re.compile("Une fête des voisins en juin"))
    expect(field).to_have_value("")
    field.type("fb?")  # letters are typed, they drive nothing
    assert current(page) == place
    expect(page.locator("body")).not_to_have_class(re.compile("black"))
    page.reload()
    expect(page.locator("#decided li")).to_have_count(1)
    page.get_by_role("button", name="Retirer").click()
    expect(page.locator("#decided li")).to_have_count(0)


def test_the_file_opens_from_a_stick_without_network(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    online = browser.new_context(base_url=live_server.url)
    content = online.request.get(f"{DECK}/fichier").body()
    online.close()
    assert len(content) < 1_500_000
    path = tmp_path / "seance.html"
    path.write_bytes(content)
    asked: list[str] = []
    problems: list[str] = []
    context = browser.new_context(offline=True, viewport=PROJECTOR, reduced_motion="reduce")
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(path.as_uri())
    assert page.locator(".slide:visible").count() == 1
    page.keyboard.press("ArrowRight")
    assert current(page) == 2
    page.keyboard.press("End")
    expect(page.locator(".slide.current h2")).to_have_text("À nous de décider")
    assert page.locator("form[action], a[href^='/']").count() == 0
    context.close()
    assert asked == [path.as_uri()]
    assert problems == []


def test_a_polygon_grows_into_its_year_and_stands_still_when_asked(open_page: Callable[..., Page]) -> None:
    moving, still = open_page(viewport=PROJECTOR), open_page(viewport=PROJECTOR, reduced_motion="reduce")
    for page in (moving, still):
        page.goto(f"{DECK}#s3")
    written = still.locator("#s4 .radar-series").nth(1).locator("polygon").first.get_attribute("points")
    assert written
    newest = ".slide.current .radar-series"
    still.keyboard.press("ArrowRight")
    assert still.locator(newest).nth(1).locator("polygon").first.get_attribute("points") == written
    moving.evaluate(
        """() => { window.seen = []; new MutationObserver(all => all.forEach(one => seen.push(one.oldValue)))
        .observe(document.getElementById('s4'), {subtree: true, attributeFilter: ['points'],
        attributeOldValue: true}) }"""
    )
    moving.keyboard.press("ArrowRight")
    expect(moving.locator(newest).nth(3)).not_to_have_class(re.compile("unborn"))
    assert moving.locator(newest).nth(1).locator("polygon").first.get_attribute("points") == written
    assert len(set(moving.evaluate("seen"))) > 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_slide_passes_axe_as_the_room_sees_it(
    scheme: Any, open_page: Callable[..., Page], signed_in: dict[str, Any]
) -> None:
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce", color_scheme=scheme, **signed_in)
    page.goto(DECK)
    for number in range(page.locator(".slide").count()):
        assert current(page) == number + 1
        page.keyboard.press("r")
        problems = problems_of(page) if scheme == "light" else pale_parts_of(page)
        assert not problems, f"slide {number + 1}: {problems}"
        page.evaluate("number => deck.show(number, false)", number + 1)


def test_an_interrupted_load_leaves_slides_to_read(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PROJECTOR)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(DECK)
    assert page.locator(".slide:visible").count() == page.locator(".slide").count()
    page.locator("#s1 .next").click()
    expect(page).to_have_url(re.compile("#s2$"))


def test_twenty_presses_within_a_second_lose_none(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PROJECTOR)  # with every transition
    page.goto(DECK)
    page.evaluate(
        """() => { for (let i = 0; i < 20; i++)
        document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'PageDown', bubbles: true})) }"""
    )
    rows = page.locator(".moves li").count()
    assert current(page) == 21 - rows
    assert page.locator(".slide:visible").count() == 1
