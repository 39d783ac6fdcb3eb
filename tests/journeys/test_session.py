"""A session led for real: two windows in step, rows revealed, decisions typed live, a file that needs no network."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from storage.core.database import migrate, open_database
from tests.browsing import OLD_PROJECTOR, PROJECTOR, SMALL_PROJECTOR, pale_parts_of, problems_of, watched_page
from tests.cable import cable_to
from tests.conftest import settings_for
from tests.journeys.unlucky import unlucky_campaigns
from tests.legibility import empty_bands, hard_to_read
from tests.serving import LiveServer, serving

pytestmark = [pytest.mark.journey, pytest.mark.everywhere]

DECK = "/seance/villeroche-2026"


def current(page: Page) -> int:
    return int(page.locator(".slide.current").get_attribute("id")[1:])


def show(page: Page, number: int) -> None:
    """Show a slide by its number, from 0."""
    page.evaluate("number => { location.hash = `#s${number + 1}` }", number)
    expect(page.locator(".slide.current")).to_have_id(f"s{number + 1}")


def kinds_of(page: Page) -> list[str]:
    """The kind of each slide, in order."""
    kinds = page.locator(".slide").evaluate_all("all => all.map(one => one.className.split(' ')[1])")
    return [str(kind) for kind in kinds]


def go_to(page: Page, kind: str) -> None:
    number = page.evaluate(
        "kind => 1 + [...document.querySelectorAll('.slide')].findIndex(one => one.matches('.slide-' + kind))", kind
    )
    for digit in str(number):
        page.keyboard.press(digit)
    page.keyboard.press("Enter")


@pytest.mark.chromium
def test_what_the_room_guesses_comes_when_it_is_shown_from_the_presenter_without_network(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce")
    page.goto(DECK)
    go_to(page, "question")
    asked = current(page)
    assert "2,69" not in page.content()
    page.route("**/*devoile*", lambda route: route.abort())
    page.keyboard.press("PageDown")
    assert current(page) == asked, "the slide stays until the next one is there"
    presenter = page.context.new_page()  # by its link, not from the room
    presenter.goto(f"{DECK}/presentateur")
    expect(page.locator(".slide.current")).to_have_id(f"s{asked + 1}")
    expect(presenter.locator(".slide.current")).to_have_id(f"s{asked + 1}")  # where the room is
    expect(page.locator(".slide.current")).to_contain_text("2,69")
    expect(page.locator(".sealed")).to_have_count(0)


@pytest.mark.chromium
def test_the_other_keys_and_a_finger(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce", has_touch=True)
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1 }")
    page.goto(DECK)
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("F")
    page.wait_for_function("document.fullscreenElement === null")
    body = page.locator("body")
    for key, name in ((".", "black"), ("n", "with-notes")):
        page.keyboard.press(key)
        expect(body).to_have_class(re.compile(name))
        page.keyboard.press(key)
        expect(body).not_to_have_class(re.compile(name))
    assert page.evaluate("window.printed") == 2
    page.keyboard.press("h")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    fingers = page.context.new_cdp_session(page)
    for start, end, expected in ((1500, 500, 2), (500, 1500, 1)):
        for kind, x in (("touchStart", start), ("touchMove", (start + end) / 2), ("touchMove", end)):
            fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": 500}]})
        fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        expect(page.locator(".slide.current")).to_have_id(f"s{expected}")


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
    expect(presenter.locator("#remaining")).to_have_text(
        re.compile("Règles de la séance\u00a0: 0\u00a0min sur 5\u00a0min")
    )
    presenter.get_by_role("button", name="Suite").click()
    expect(page).to_have_url(re.compile(r"#s3$"))
    presenter.keyboard.press("b")
    expect(page.locator("body")).to_have_class(re.compile("black"))


def test_a_phone_leads_with_titles_notes_time_and_two_buttons(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page.goto(f"{DECK}/presentateur?repetition=1")
    expect(page.locator("[data-title='0']")).to_have_text(re.compile("^1 / "))
    expect(page.locator(".slide:visible")).to_have_count(0)
    page.get_by_role("button", name="Suite").click()
    expect(page.locator("[data-title='0']")).to_have_text(re.compile("^2 / .*Quatre règles pour bien se parler"))
    expect(page.locator("#said")).to_contain_text("Une minute")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.reload()  # what was spent is not lost
    expect(page.locator("#remaining")).to_contain_text("sur 5")


def test_windows_are_in_step_where_there_is_no_channel(open_page: Callable[..., Page]) -> None:
    """Browsers without BroadcastChannel follow what the other window writes down: events of the storage."""
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce")
    page.context.add_init_script("delete window.BroadcastChannel")
    page.goto(DECK)
    with page.context.expect_page() as opened:
        page.keyboard.press("p")
    presenter = opened.value
    expect(presenter.locator("#said")).not_to_be_empty()
    assert not presenter.evaluate("'BroadcastChannel' in window")
    page.keyboard.press("ArrowRight")
    expect(presenter).to_have_url(re.compile(r"#s2$"))
    presenter.keyboard.press("b")
    expect(page.locator("body")).to_have_class(re.compile("black"))


@pytest.mark.chromium
def test_print_gives_a_page_a_slide_and_notes_when_wished(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce")
    page.goto(f"{DECK}?devoile=1")
    page.keyboard.press("ArrowRight")
    notes = page.locator(".slide .notes").all()
    for with_notes in (False, True):
        page.evaluate("yes => document.body.classList.toggle('with-notes', yes)", with_notes)
        content = page.pdf(prefer_css_page_size=True, print_background=True)
        with pikepdf.open(BytesIO(content)) as printed:
            assert len(printed.pages) == len(notes)
            assert all(sheet.mediabox[2] > sheet.mediabox[3] for sheet in printed.pages)
        page.emulate_media(media="print")
        shown = page.locator(".slide .notes").evaluate_all("all => all.filter(one => one.offsetHeight > 0).length")
        assert shown == (len(notes) if with_notes else 0)
        below = """all => all.filter(one => {
          const note = one.querySelector('.notes').getBoundingClientRect(), foot = one.querySelector('.foot');
          return note.height && note.bottom > foot.getBoundingClientRect().top + 1;
        }).length"""
        assert page.locator(".slide").evaluate_all(below) == 0
        page.emulate_media(media="null")


def test_campaigns_and_colleges_chosen_by_the_presenter_are_shown_in_the_room(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce")
    page.goto(DECK)
    presenter = page.context.new_page()
    presenter.goto(f"{DECK}/presentateur")
    for college in ("Élus", "Agents", "Habitants"):
        presenter.get_by_label(college, exact=True).check()
    presenter.get_by_role("button", name="Montrer").click()
    expect(page).to_have_url(re.compile("colleges="))  # not wait_for_url: a room told twice goes there twice
    page.keyboard.press("r")
    series = page.locator(".slide-radar:has(#radar-colleges-titre) .legend li")
    expect(series).to_have_text(["Élus", "Agents", "Habitants"])


def test_what_the_room_decides_is_kept_without_leaving_the_slide(
    open_page: Callable[..., Page], signed_in: dict[str, Any]
) -> None:
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce", **signed_in)
    page.goto("/seance/val-de-brume-2026")
    go_to(page, "decide")
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


SENTENCES = [f"Décision {n}" for n in range(1, 10)]


@pytest.mark.parametrize("scripted", [True, False])
def test_nine_decisions_typed_with_enter_are_nine(
    scripted: bool, open_page: Callable[..., Page], signed_in: dict[str, Any]
) -> None:
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce", java_script_enabled=scripted, **signed_in)
    page.goto(f"/seance/saint-aubin-des-pres-{2026 if scripted else 2024}#decider")
    if scripted:
        go_to(page, "decide")
    for sentence in SENTENCES:
        page.get_by_label("Ce que nous décidons").focus()
        page.keyboard.type(sentence)
        page.keyboard.press("Enter")
        expect(page.locator("#decided li").filter(has_text=sentence)).to_be_visible()
        page.wait_for_load_state()  # without script, what is typed while the page comes back goes nowhere
    expect(page.locator("#decided li > span")).to_have_text(SENTENCES)
    page.get_by_role("button", name="Retirer : Décision 4").press("Enter")
    expect(page.locator("#decided li")).to_have_count(8)
    expect(page.locator("#decided li").filter(has_text="Décision 4")).to_have_count(0)


def test_what_is_decided_while_the_network_is_gone_is_kept_when_it_is_back(
    browser: Browser, signed_in: dict[str, Any], live_server: LiveServer
) -> None:
    options = {"viewport": PROJECTOR, "reduced_motion": "reduce", **signed_in}
    with cable_to(live_server.url) as cable, watched_page(browser, cable.url, **options) as page:
        page.goto("/seance/villeroche-2025")
        go_to(page, "decide")
        cable.cut()
        field = page.get_by_label("Ce que nous décidons")
        for sentence in SENTENCES[:3]:
            field.fill(sentence)
            field.press("Enter")
        expect(page.get_by_text("Pas encore gardé : le réseau ne répond pas")).to_be_visible()
        expect(page.locator("#waiting li")).to_have_text(SENTENCES[:3])
        assert hard_to_read(page) == []
        field.fill("Une quatrième, pas finie")
        cable.mend()
        expect(page.locator("#decided li > span")).to_have_text(SENTENCES[:3])
        expect(page.locator("#waiting li")).to_have_count(0)
        expect(field).to_have_value("Une quatrième, pas finie")
        page.reload()
        expect(page.get_by_label("Ce que nous décidons")).to_have_value("Une quatrième, pas finie")
        expect(page.locator("#decided li")).to_have_count(3)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_proxy_that_starts_again_costs_no_decision(
    status: int, open_page: Callable[..., Page], signed_in: dict[str, Any]
) -> None:
    page = open_page(viewport=PROJECTOR, reduced_motion="reduce", accepted=(status,), **signed_in)
    failures = [status]
    page.route("**/decisions", lambda route: route.fulfill(status=failures.pop()) if failures else route.fallback())
    page.goto("/seance/villeroche-2024")
    go_to(page, "decide")
    field, sentence = page.get_by_label("Ce que nous décidons"), f"Malgré un {status}"
    field.fill(sentence)
    field.press("Enter")
    expect(page.locator("#decided li").filter(has_text=sentence)).to_be_visible()
    expect(page.locator("#late")).to_be_empty()


def test_a_decision_too_long_is_given_back_whole(open_page: Callable[..., Page], signed_in: dict[str, Any]) -> None:
    long = "Nous décidons ensemble. " * 13 + "Nous décidons ensemble👏"  # the last letter counts as one
    for scripted in (True, False):
        page = open_page(viewport=PROJECTOR, reduced_motion="reduce", java_script_enabled=scripted, **signed_in)
        page.goto("/seance/villeroche-2023")
        if scripted:
            go_to(page, "decide")
        field = page.get_by_label("Ce que nous décidons")
        field.fill(long)
        field.press("Enter")
        words = "35 caractères de trop" if scripted else "enlevez-en 35"
        expect(page.get_by_text(words)).to_be_visible()
        expect(page.get_by_label("Ce que nous décidons")).to_have_value(long)


@pytest.mark.chromium
def test_the_file_opens_from_a_stick_without_network(
    browser: Browser, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    online = open_page()  # only the browser itself knows where the name of the site is
    online.goto(DECK)
    read = "address => fetch(address).then(answer => answer.text())"
    content = online.evaluate(read, f"{DECK}/fichier").encode()
    assert len(content) < 2_000_000
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
    go_to(page, "decide")
    expect(page.locator(".slide.current h2")).to_have_text("À nous de décider")
    assert page.locator("form[action], a[href^='/']").count() == 0
    faces = "document.fonts.ready.then(all => [...all].filter(one => one.status === 'loaded').map(one => one.family))"
    assert {'"Atkinson Hyperlegible Next"', '"Source Serif 4"'} <= {
        f'"{one.strip(chr(34))}"' for one in page.evaluate(faces)
    }
    context.close()
    assert asked == [path.as_uri()]
    assert problems == []


@pytest.mark.chromium
def test_a_polygon_grows_into_its_year_and_stands_still_when_asked(open_page: Callable[..., Page]) -> None:
    moving, still = open_page(viewport=PROJECTOR), open_page(viewport=PROJECTOR, reduced_motion="reduce")
    for page in (moving, still):
        page.goto(f"{DECK}?devoile=1#s4")
    written = still.locator("#s5 .radar-series").nth(1).locator("polygon").first.get_attribute("points")
    assert written
    newest = ".slide.current .radar-series"
    still.keyboard.press("ArrowRight")
    assert still.locator(newest).nth(1).locator("polygon").first.get_attribute("points") == written
    moving.evaluate(
        """() => { window.seen = []; new MutationObserver(all => all.forEach(one => seen.push(one.oldValue)))
        .observe(document.getElementById('s5'), {subtree: true, attributeFilter: ['points'],
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
    page.goto(f"{DECK}?devoile=1")
    kinds = kinds_of(page)
    for number, kind in enumerate(kinds):
        if scheme == "dark" and kinds.index(kind) != number:
            continue  # the same colours again
        show(page, number)
        page.keyboard.press("r")
        problems = problems_of(page) if scheme == "light" else pale_parts_of(page)
        assert not problems, f"slide {number + 1}: {problems}"


@pytest.mark.chromium
@pytest.mark.parametrize(("address", "scheme"), [(DECK, "light"), ("/seance/val-de-brume-2025", "dark")])
def test_every_kind_of_slide_is_read_from_ten_metres(
    address: str, scheme: Any, open_page: Callable[..., Page], signed_in: dict[str, Any]
) -> None:
    page = open_page(viewport=OLD_PROJECTOR, reduced_motion="reduce", color_scheme=scheme, **signed_in)
    page.goto(f"{address}?devoile=1")
    kinds = kinds_of(page)
    assert len(set(kinds)) > 9
    for kind in set(kinds):  # one of each; benchmarks/legibility.py looks at them all, on three screens
        show(page, kinds.index(kind))
        page.keyboard.press("r")
        assert not [*hard_to_read(page), *empty_bands(page)], kind


@pytest.mark.chromium
def test_the_measure_of_legibility_sees_what_is_small_pale_cut_or_covered(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=OLD_PROJECTOR, reduced_motion="reduce")
    page.goto(DECK)
    for fault, change in {
        "letters of": "one.style.fontSize = '12px'",
        "contrast": "one.style.opacity = .5",
        "cut by": "one.style.marginLeft = '-60px'",
        "stands over": "one.style.marginBottom = '-1.6em'",
    }.items():
        page.evaluate(f"() => {{ const one = document.querySelector('.slide.current .place'); {change} }}")
        assert any(fault in problem for problem in hard_to_read(page)), fault
        page.evaluate("() => document.querySelector('.slide.current .place').removeAttribute('style')")
    assert not [*hard_to_read(page), *empty_bands(page)]
    page.evaluate("() => document.querySelector('.slide.current .drawing').remove()")
    assert any("nothing is below" in problem for problem in empty_bands(page))


@pytest.fixture(scope="module")
def unlucky(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LiveServer, list[str]]]:
    data = tmp_path_factory.mktemp("unlucky") / "data"
    migrate(settings_for(data).database)
    with closing(open_database(settings_for(data).database)) as db:
        slugs = unlucky_campaigns(db)
    with serving(data) as server:
        yield server, slugs


@pytest.mark.chromium
def test_bad_luck_looks_designed(browser: Browser, unlucky: tuple[LiveServer, list[str]]) -> None:
    server, slugs = unlucky
    for slug in slugs:
        with watched_page(browser, server.url, viewport=SMALL_PROJECTOR, reduced_motion="reduce") as page:
            page.goto(f"/seance/{slug}")
            kinds = kinds_of(page)
            assert ("slide-family" in kinds) == (slug != "tout-est-cache-2026")
            assert ("slide-colleges" in kinds) == (slug != "tout-est-cache-2026")
            for kind in {"slide-opening", "slide-radar", "slide-family"}.intersection(kinds):
                show(page, kinds.index(kind))
                assert not hard_to_read(page), f"{slug}: {kind}"
            tall = "one => one.offsetHeight / parseFloat(getComputedStyle(one).fontSize)"
            assert page.locator(".slide.current .foot span").first.evaluate(tall) < 2, "the foot has one line"


def test_an_interrupted_load_leaves_slides_to_read(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PROJECTOR)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(DECK)
    assert page.locator(".slide:visible").count() == page.locator(".slide").count()
    page.locator("#s1 .next").click()
    expect(page).to_have_url(re.compile("#s2$"))


def test_twenty_presses_within_a_second_lose_none(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PROJECTOR)  # with every transition
    page.goto(f"{DECK}?devoile=1")
    page.evaluate(
        """() => { for (let i = 0; i < 20; i++)
        document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'PageDown', bubbles: true})) }"""
    )
    assert current(page) == 21
    assert page.locator(".slide:visible").count() == 1
