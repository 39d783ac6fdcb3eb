"""Answering as people do: a phone, with and without script, the keyboard alone, a network that comes and goes."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import open_campaign
from storage.core.engine import Database
from storage.responses.responses import delete_response, find_response, start_response
from tests.browsing import PHONE
from tests.serving import LiveServer

pytestmark = [pytest.mark.journey, pytest.mark.everywhere]

NARROW = ViewportSize(width=320, height=568)
SMALLEST_TARGET = 44

Check = Callable[[Page], None]
Open = Callable[..., Page]


class Person:
    """Someone who has chosen a college, and what the database holds of them."""

    def __init__(self, db: Database, campaign: Campaign) -> None:
        self._db = db
        self.key = start_response(db, campaign, "habitants", nonce=uuid4().hex)

    def address(self, page: object) -> str:
        return f"/repondre/{self.key}/{page}"

    @property
    def answers(self) -> dict[str, Answer]:
        response = find_response(self._db, self.key)
        assert response is not None
        return dict(response.document.answers)


@pytest.fixture
def person(db: Database, trial: Campaign) -> Person:
    return Person(db, trial)


@pytest.fixture
def refused_page(browser: Browser, live_server: LiveServer) -> Iterator[Open]:
    """Like ``open_page``, for those whose script will be refused on purpose: a watched page takes that for an error.

    No service worker either: a device that keeps answers sends them when it likes, and leaves the page by itself.
    """
    contexts = []

    def opened(**options: object) -> Page:
        own: dict[str, Any] = {"base_url": live_server.url, "service_workers": "block", **options}
        contexts.append(browser.new_context(**own))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def choice(page: Page, code: str, value: object) -> Locator:
    return page.locator(f"input[name='q_{code}'][value='{value}']")


def status(page: Page) -> Locator:
    return page.locator(".foot .status")


def next_page(page: Page) -> None:
    page.locator(".foot .next").click()


def test_every_change_is_saved_at_once_and_the_page_says_so_when_it_is_true(person: Person, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto(person.address(1))
    expect(status(page)).to_have_text("Pas encore de réponse")
    choice(page, "COO-1", 3).check()
    expect(status(page)).to_contain_text("✓ Enregistré")
    assert person.answers == {"COO-1": Answer(3)}
    page.get_by_text("Ajouter un commentaire").first.click()
    page.get_by_label("Un exemple, un commentaire").first.fill("Le budget, ouvert à tous")
    expect(status(page)).to_have_text("Pas encore enregistré")
    expect(status(page)).to_contain_text("✓ Enregistré")
    assert person.answers == {"COO-1": Answer(3, comment="Le budget, ouvert à tous")}
    expect(page.locator(".step[aria-current]")).to_contain_text("1 sur 3")
    page.reload()
    expect(choice(page, "COO-1", 3)).to_be_checked()


def test_without_network_nothing_is_lost_and_nothing_is_claimed(person: Person, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto(person.address(1))
    page.route("**/repondre/**", lambda route: route.abort())
    choice(page, "COO-1", 2).check()
    expect(status(page)).to_have_text("Pas encore enregistré")
    expect(page.get_by_role("button", name="Réessayer")).to_be_visible()
    next_page(page)
    expect(status(page)).to_have_text("Pas encore enregistré")
    expect(choice(page, "COO-1", 2)).to_be_checked()
    assert person.answers == {}
    page.unroute_all()
    page.get_by_role("button", name="Réessayer").click()
    expect(status(page)).to_contain_text("✓ Enregistré")
    assert person.answers == {"COO-1": Answer(2)}
    expect(page.get_by_role("button", name="Réessayer")).to_be_hidden()


def test_the_network_s_return_alone_saves(person: Person, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto(person.address(1))
    page.context.set_offline(True)
    choice(page, "COO-2", "NSP").check()
    expect(status(page)).to_have_text("Pas encore enregistré")
    page.context.set_offline(False)
    expect(status(page)).to_contain_text("✓ Enregistré")
    assert person.answers == {"COO-2": Answer.dont_know()}


def test_two_tabs_lose_nothing_of_each_other(person: Person, open_page: Open) -> None:
    first = open_page(viewport=PHONE)
    first.goto(person.address(1))
    second = first.context.new_page()
    second.goto(person.address(1))
    choice(first, "COO-1", 4).check()
    expect(status(first)).to_contain_text("✓ Enregistré")
    choice(second, "COO-2", 1).check()
    expect(status(second)).to_contain_text("✓ Enregistré")
    next_page(second)
    second.wait_for_url(f"**{person.address(2)}")
    assert person.answers == {"COO-1": Answer(4), "COO-2": Answer(1)}


def begin(page: Page) -> str:
    """Come in by the link of the campaign as somebody new; the key of the response."""
    page.goto("/repondre/essai")
    page.get_by_role("button", name="Habitants").click()
    page.wait_for_url("**/repondre/*/1")
    return page.url.split("/")[-2]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_second_person_on_the_same_device_starts_from_nothing(script: bool, db: Database, open_page: Open) -> None:
    """What the first said is neither shown nor changed, by whoever opens the link again."""
    page = open_page(viewport=PHONE, java_script_enabled=script)
    first = begin(page)
    page.get_by_role("radio").nth(3).check()
    next_page(page)
    page.wait_for_url("**/2")
    second = begin(page)
    assert second != first
    expect(page.locator("input:checked")).to_have_count(0)
    page.get_by_role("radio").nth(1).check()
    next_page(page)
    page.wait_for_url("**/2")
    expect(page.locator("input:checked")).to_have_count(0)
    said = []
    for key in (first, second):
        response = find_response(db, key)
        assert response is not None
        said.append([answer.value for answer in response.document.answers.values()])
    assert said == [[3], [1]]


def test_an_answer_taken_back_is_taken_back_at_once(person: Person, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto(person.address(1))
    clear = page.get_by_role("button", name="Effacer ma réponse").first
    expect(clear).to_be_hidden()
    choice(page, "COO-1", 4).check()
    expect(status(page)).to_contain_text("✓ Enregistré")
    clear.click()
    expect(status(page)).to_have_text("Pas encore de réponse")
    expect(choice(page, "COO-1", 4)).not_to_be_checked()
    assert person.answers == {}


def test_a_comment_too_long_is_said_where_it_is_and_the_page_is_not_left(
    person: Person, open_page: Open, check_page: Check
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(person.address(1))
    choice(page, "COO-1", 4).check()
    page.get_by_text("Ajouter un commentaire").first.click()
    text = page.get_by_label("Un exemple, un commentaire").first
    text.fill("é" * 2001)
    expect(page.locator("[id='q_COO-1:comment-erreur']")).to_contain_text("la limite est de")
    expect(status(page)).to_have_text("Pas encore tout enregistré")
    next_page(page)
    expect(text).to_be_focused()
    expect(page.locator("[id='q_COO-1:comment-erreur']")).to_contain_text("la limite est de")
    check_page(page)
    expect(text).to_have_value("é" * 2001)
    text.fill("Plus court")
    next_page(page)
    page.wait_for_url(f"**{person.address(2)}")
    assert person.answers == {"COO-1": Answer(4, comment="Plus court")}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_back_and_again(script: bool, person: Person, open_page: Open) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=script)
    page.goto(person.address(1))
    choice(page, "COO-1", 1).check()
    next_page(page)
    page.wait_for_url(f"**{person.address(2)}")
    page.go_back()
    expect(choice(page, "COO-1", 1)).to_be_checked()
    choice(page, "COO-1", 3).check()
    next_page(page)
    page.wait_for_url(f"**{person.address(2)}")
    page.go_back()
    expect(choice(page, "COO-1", 3)).to_be_checked()
    assert person.answers == {"COO-1": Answer(3)}


def test_a_reason_is_asked_only_for_what_does_not_apply_even_without_script(person: Person, open_page: Open) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto(person.address(1))
    why = page.get_by_label("Pourquoi").first
    expect(why).to_be_hidden()
    choice(page, "COO-1", "SO").check()
    why.fill("Nous n’avons pas de projet")
    next_page(page)
    assert person.answers == {"COO-1": Answer.not_applicable("Nous n’avons pas de projet")}


@pytest.mark.chromium
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_closed_while_answering(script: bool, db: Database, trial: Campaign, refused_page: Open) -> None:
    campaign = open_campaign(db, trial.territory, trial.grid, name="Bientôt close", year=2028)
    person = Person(db, campaign)
    page = refused_page(viewport=PHONE, java_script_enabled=script)
    page.goto(person.address(1))
    choice(page, "COO-1", 3).check()
    next_page(page)
    expect(choice(page, "CON-1", 3)).to_be_visible()  # the address changes before the page has come,
    page.wait_for_load_state()  # and the page is there before its script
    db.execute("UPDATE campaigns SET status = 'closed' WHERE id = ?", (campaign.id,))
    choice(page, "CON-1", 3).click()  # not check(): the page may leave before the box can be looked at
    if not script:
        next_page(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("La collecte est terminée")
    expect(page.locator("dl dd b")).to_have_text(["Pratique installée"])
    page.get_by_role("link", name="Voir ce que j’avais répondu").click()
    expect(page.get_by_role("row").filter(has_text="3,0")).to_have_count(1)
    assert person.answers == {"COO-1": Answer(3)}


def test_deleted_from_another_device(db: Database, person: Person, refused_page: Open) -> None:
    page = refused_page(viewport=PHONE)
    page.goto(person.address(1))
    delete_response(db, person.key)
    choice(page, "COO-1", 3).click()  # not check(): the page may leave before the box can be looked at
    expect(page.get_by_role("heading", level=1)).to_have_text("Ces réponses ont été supprimées")


def test_with_the_keyboard_alone(trial: Campaign, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto("/repondre/essai")
    _tab_to(page, page.get_by_role("button", name="Habitants"))
    page.keyboard.press("Enter")
    for step in range(1, 6):
        page.wait_for_url(f"**/{step}")
        _tab_to(page, page.get_by_role("radio").first)
        page.keyboard.press("Space")
        expect(status(page)).to_contain_text("✓ Enregistré")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("radio").nth(1)).to_be_checked()
        if step == 1:
            page.keyboard.press("Enter")
        else:
            _tab_to(page, page.locator(".foot .next"))
            page.keyboard.press("Enter")
    page.wait_for_url("**/relecture")
    _tab_to(page, page.get_by_role("button", name="Envoyer mes réponses"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")


def _tab_to(page: Page, target: Locator) -> None:
    for _press in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {target}")


_FOCUS = """() => {
  const focused = document.activeElement.getBoundingClientRect(), foot = document.querySelector('.foot');
  const bar = foot.getBoundingClientRect(), inside = foot.contains(document.activeElement);
  return {end: document.activeElement === document.body, inside, top: focused.top, bottom: focused.bottom,
          bar: getComputedStyle(foot).position === 'fixed' ? bar.top : innerHeight, outline: outlined()};
  function outlined() {
    const focused = document.activeElement, shown = focused.type === 'radio' ? focused.nextElementSibling : focused;
    return getComputedStyle(shown).outlineStyle !== 'none';
  }
}"""


@pytest.mark.parametrize("size", [PHONE, NARROW, ViewportSize(width=640, height=360)], ids=["phone", "narrow", "lying"])
def test_the_bar_never_hides_what_has_the_focus(size: ViewportSize, person: Person, open_page: Open) -> None:
    page = open_page(viewport=size, reduced_motion="reduce")
    page.goto(person.address(2))
    seen = 0
    for _press in range(60):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        if focus["end"]:
            break
        seen += 1
        assert focus["outline"]
        assert focus["inside"] or (focus["top"] >= 0 and focus["bottom"] <= focus["bar"]), focus
    assert seen > 15


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_phone_reads_a_page_with_everything_open(
    scheme: str, person: Person, open_page: Open, check_page: Check
) -> None:
    page = open_page(viewport=NARROW, color_scheme=scheme)
    page.goto(person.address(1))
    choice(page, "COO-1", "SO").check()
    expect(status(page)).to_contain_text("✓ Enregistré")
    for detail in page.locator("summary").all():
        detail.click()
    check_page(page)


_SMALL_TARGETS = """least => [...document.querySelectorAll("a[href], button, summary, .choice > label, textarea")]
  .filter(target => !target.matches(".skip, [aria-hidden]") && target.getClientRects().length)
  .filter(target => target.getBoundingClientRect().height < least).map(target => target.textContent.trim())"""


_LONG_NAMES = """() => {
  for (const name of document.querySelectorAll(".where b, .where span, tbody th")) {
    name.append(" Bilan de la transition démocratique intercommunale".repeat(3), "x".repeat(60));
  }
}"""


def test_what_is_touched_is_large_enough_and_no_page_is_wider_than_a_narrow_phone(
    person: Person, open_page: Open
) -> None:
    page = open_page(viewport=NARROW, has_touch=True)
    mine = [person.address(place) for place in (1, "relecture", "plus-tard", "college", "supprimer")]
    for address in ["/repondre/essai", "/repondre/", *mine]:
        page.goto(address)
        assert page.evaluate(_SMALL_TARGETS, SMALLEST_TARGET) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        page.evaluate(_LONG_NAMES)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], address


VOICES = """(() => {
  const voices = [{localService: LOCAL, lang: "fr-FR"}, {localService: true, lang: "en-GB"}];
  const speech = Object.assign(new EventTarget(), {getVoices: () => voices, speak() {}, cancel() {}});
  Object.defineProperty(window, "speechSynthesis", {value: speech});
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})()"""


def test_a_question_is_read_aloud_by_a_voice_of_the_device_alone(person: Person, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.add_init_script(VOICES.replace("LOCAL", "true"))
    page.goto(person.address(1))
    listen = page.get_by_role("button", name="Écouter")
    expect(listen).to_have_count(3)
    listen.first.click()
    expect(page.get_by_role("button", name="Arrêter")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Arrêter").click()
    expect(page.get_by_role("button", name="Écouter")).to_have_count(3)


def test_no_voice_from_elsewhere_reads_a_question(person: Person, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.add_init_script(VOICES.replace("LOCAL", "false"))
    page.goto(person.address(1))
    expect(page.get_by_role("status")).to_be_visible()
    page.wait_for_load_state()
    expect(page.get_by_role("button", name="Écouter")).to_have_count(0)
