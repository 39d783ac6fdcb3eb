"""A workshop as it happens: one screen led by keys, phones with and without script, a reveal, a consensus, the end."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import PHONE, PROJECTOR, watched_page
from tests.cable import cable_to
from tests.legibility import ON_A_WORKING_SCREEN, hard_to_read
from tests.serving import LiveServer

pytestmark = [pytest.mark.journey, pytest.mark.everywhere]

Open = Callable[..., Page]


@pytest.fixture
def screen(open_page: Open, signed_in: dict[str, Any]) -> Page:
    """A workshop just opened, projected."""
    page = open_page(**signed_in, viewport=PROJECTOR, reduced_motion="reduce")
    page.goto("/campagnes/demonstration/ateliers")
    page.get_by_label("Nom de l’atelier").fill("Réunion publique")
    page.get_by_label("Combien serez-vous").fill("12")
    page.get_by_role("button", name="Ouvrir et projeter").click()
    page.wait_for_url("**/ateliers/*")
    return page


@pytest.fixture
def join(open_page: Open, screen: Page) -> Callable[..., Page]:
    """A phone that joins this workshop as an inhabitant."""
    code = screen.locator(".code").text_content() or ""

    def joined(**options: Any) -> Page:
        phone = open_page(viewport=PHONE, **options)
        phone.goto("/atelier/")
        phone.get_by_label("Le code montré à l’écran").fill(code.split()[-1].lower())
        phone.get_by_role("button", name="Rejoindre").click()
        phone.get_by_role("button", name="Habitants").click()
        phone.wait_for_url("**/atelier/*/*")
        return phone

    return joined


def choose(phone: Page, level: int) -> None:
    """Choose a level; without script the button saves it."""
    phone.locator(".choice label").nth(level).click()
    if phone.locator(".refresh").is_visible():
        phone.get_by_role("button", name="Enregistrer").click()
    expect(phone.locator(".status").first).to_have_text("✓ Enregistré")


def from_afar(screen: Page) -> list[str]:
    """What the back of the room cannot read, measured as on a slide of a session."""
    screen.locator(".menu > :not(summary)").evaluate_all("closed => closed.forEach(menu => menu.remove())")
    screen.locator("#atelier").evaluate("main => main.classList.add('slide', 'current')")
    return hard_to_read(screen, ON_A_WORKING_SCREEN)


@pytest.mark.timeout(240)
def test_a_workshop_from_its_opening_to_its_end(
    screen: Page, join: Callable[..., Page], check_page: Callable[[Page], None]
) -> None:
    phones = [join(java_script_enabled=position > 1) for position in range(5)]
    for level, phone in enumerate(phones):
        choose(phone, level)
    expect(screen.locator("[data-count]")).to_have_text("5\u00a0téléphones, 5\u00a0réponses")
    assert screen.locator(".said").count() == 0, "nothing shows before it is revealed"

    screen.keyboard.press("PageDown")
    expect(screen.locator(".said b")).to_have_text(["1"] * 5)
    check_page(screen)
    assert from_afar(screen) == []
    with_script, without = phones[-1], phones[0]
    choose(with_script, 0)
    screen.reload()
    assert screen.locator(".said b").all_inner_texts() == ["1"] * 5, "a drawing that was shown never moves"

    screen.keyboard.press("2")
    screen.keyboard.press("c")
    screen.keyboard.type("Cela dépend des projets")
    screen.keyboard.press("Escape")
    screen.keyboard.press("n")
    expect(screen.get_by_text("✓ retenu par le groupe")).to_be_visible()

    first = with_script.locator("legend").inner_text()
    screen.keyboard.press("PageDown")
    expect(screen.get_by_text("Savoir-faire 2 sur 15")).to_be_visible()
    expect(with_script.locator("legend")).not_to_have_text(first)
    without.get_by_role("link", name="Où en est le groupe").click()
    expect(without.get_by_text("Savoir-faire 2 sur 15")).to_be_visible()
    with_script.get_by_role("link", name="Construire un but commun").click()
    expect(with_script.locator("legend")).to_have_text(first)
    expect(with_script.locator("input:checked")).to_have_value("0")
    check_page(with_script)

    screen.get_by_text("Terminer", exact=True).click()
    screen.get_by_label("Oui, terminer pour de bon").check()
    screen.get_by_role("button", name="Terminer l’atelier").click()
    expect(screen.get_by_text("Cela dépend des projets")).to_be_visible()
    check_page(screen)
    expect(with_script.get_by_role("heading", level=1)).to_have_text("L’atelier est terminé. Merci\u202f!")
    check_page(with_script)
    with_script.get_by_role("link", name="Finir le questionnaire").click()
    assert "/repondre/" in with_script.url


def test_the_screen_stays_through_an_outage_and_does_what_was_asked_once(
    browser: Browser, signed_in: dict[str, Any], live_server: LiveServer, screen: Page
) -> None:
    options = {"viewport": PROJECTOR, "reduced_motion": "reduce", **signed_in}
    with cable_to(live_server.url) as cable, watched_page(browser, cable.url, **options) as led:
        led.goto(screen.url.replace(live_server.url, cable.url))
        cable.cut()
        led.keyboard.press("2")
        led.get_by_label("Ce que le groupe veut dire de plus").fill("Entendu malgré la coupure")
        led.keyboard.press("Enter")
        for _press in range(3):
            led.keyboard.press("PageDown")
        expect(led.locator("#late")).to_contain_text("Le réseau ne répond pas")
        assert from_afar(led) == []
        expect(led.get_by_text("Savoir-faire 1 sur 15")).to_be_visible()
        cable.mend()
        expect(led.get_by_text("Savoir-faire 2 sur 15")).to_be_visible(timeout=20_000)
        expect(led.locator("#late")).to_be_empty()
        expect(led.locator(".level :checked")).to_have_count(0)
        led.keyboard.press("PageUp")
        expect(led.get_by_text("✓ retenu par le groupe")).to_be_visible()
        expect(led.get_by_label("Ce que le groupe veut dire de plus")).to_have_value("Entendu malgré la coupure")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_proxy_that_starts_again_is_never_projected(
    status: int, open_page: Open, signed_in: dict[str, Any], screen: Page
) -> None:
    led, failures = open_page(accepted=(status,), viewport=PROJECTOR, **signed_in), [status, status]
    led.route("**/aller", lambda route: route.fulfill(status=failures.pop()) if failures else route.fallback())
    led.goto(screen.url)
    led.keyboard.press("PageDown")
    expect(led.locator("#late")).to_contain_text("Suivant")
    expect(led.get_by_text("Savoir-faire 2 sur 15")).to_be_visible(timeout=20_000)


def test_a_comment_not_noted_yet_waits_at_its_savoir_faire(
    open_page: Open, signed_in: dict[str, Any], screen: Page
) -> None:
    address, screen = screen.url, open_page(accepted=(422,), viewport=PROJECTOR, **signed_in)
    screen.goto(address)
    comment = screen.get_by_label("Ce que le groupe veut dire de plus")
    long = "Pas encore fini. " * 130
    comment.fill(long)
    screen.keyboard.press("Escape")
    screen.keyboard.press("PageDown")
    expect(screen.get_by_text("Savoir-faire 2 sur 15")).to_be_visible()
    expect(screen.get_by_text("n’est pas encore noté")).to_be_visible()
    expect(comment).to_have_value("")
    screen.keyboard.press("PageUp")
    expect(comment).to_have_value(long)
    comment.press("Enter")
    expect(screen.get_by_role("alert")).to_contain_text("Ce commentaire compte")
    expect(comment).to_have_value(long)
    comment.fill("Assez court")
    comment.press("Enter")
    expect(screen.get_by_role("alert")).to_have_count(0)
    screen.reload()
    expect(comment).to_have_value("Assez court")


def test_a_clicker_alone_goes_on_while_there_are_too_few_answers(screen: Page, join: Callable[..., Page]) -> None:
    choose(join(), 2)
    expect(screen.locator("[data-count]")).to_have_text("1\u00a0téléphone, 1\u00a0réponse")
    expect(screen.get_by_text("Une seule fois, à partir de 5 réponses qui choisissent un niveau")).to_be_visible()
    screen.keyboard.press("PageDown")
    expect(screen.get_by_text("Savoir-faire 2 sur 15")).to_be_visible()
    expect(screen.get_by_role("alert")).to_have_count(0)


def test_a_phone_never_follows_away_from_a_comment_that_was_refused(screen: Page, join: Callable[..., Page]) -> None:
    phone, long = join(accepted=(422,)), "Une phrase de trop. " * 110
    phone.get_by_text("Ajouter un commentaire").click()
    phone.get_by_label("Un exemple, un commentaire").fill(long)
    expect(phone.get_by_text("la limite est de")).to_be_visible()
    phone.get_by_label("Un exemple, un commentaire").blur()
    expect(phone.locator(".clear")).to_be_hidden()  # no level is chosen
    screen.keyboard.press("PageDown")
    follow = phone.get_by_role("link", name="Le groupe est passé à un autre savoir-faire")
    expect(follow).to_be_visible()
    expect(phone.get_by_label("Un exemple, un commentaire")).to_have_value(long)
    phone.get_by_label("Un exemple, un commentaire").fill("Une phrase.")
    expect(phone.get_by_text("Savoir-faire 2 sur 15")).to_be_visible()


def test_enter_on_a_phone_never_clears_an_answer(join: Callable[..., Page]) -> None:
    for scripted in (True, False):
        phone = join(java_script_enabled=scripted)
        choose(phone, 2)
        phone.locator("input[type=radio]:checked").focus()
        with phone.expect_response(lambda answer: answer.request.method == "POST"):
            phone.keyboard.press("Enter")
        phone.wait_for_load_state()
        expect(phone.locator(".status").first).to_have_text("✓ Enregistré")
        phone.reload()
        assert phone.locator("input:checked").input_value() == "2"


def test_a_phone_that_scans_again_finds_its_answers(screen: Page, join: Callable[..., Page]) -> None:
    phone = join()
    choose(phone, 3)
    own = phone.url
    phone.goto(own.rpartition("/")[0])
    phone.get_by_role("link", name="Reprendre mes réponses").click()
    phone.wait_for_url(own)
    assert phone.locator("input:checked").input_value() == "3"


def test_a_second_person_on_the_same_phone_starts_from_nothing(join: Callable[..., Page]) -> None:
    """The page of the code offers to go on with the answers of before; whoever chooses a college has their own."""
    phone = join()
    choose(phone, 3)
    first = phone.url
    phone.goto(first.rpartition("/")[0])
    expect(phone.locator("input:checked")).to_have_count(0)
    phone.get_by_role("button", name="Habitants").click()
    phone.wait_for_url("**/atelier/*/*")
    assert phone.url != first
    expect(phone.locator("input:checked")).to_have_count(0)
    choose(phone, 1)
    phone.goto(first)
    assert phone.locator("input:checked").input_value() == "3"


def test_a_screen_without_script_does_the_same(open_page: Open, signed_in: dict[str, Any], screen: Page) -> None:
    plain = open_page(**signed_in, java_script_enabled=False)
    plain.goto(screen.url)
    plain.get_by_role("button", name="Révéler").click()
    assert "il faut au moins 5 réponses" in plain.get_by_role("alert").inner_text()
    plain.get_by_role("link", name="Actualiser").click()
    plain.get_by_label("Pratique installée").check()
    plain.get_by_role("button", name="Noter le niveau retenu").click()
    expect(plain.get_by_text("✓ retenu par le groupe")).to_be_visible()
    expect(screen.get_by_text("✓ retenu par le groupe")).to_be_visible()
