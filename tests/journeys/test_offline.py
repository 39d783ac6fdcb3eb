"""Answering without a network: it goes on, says so, and every answer arrives once when the network is back."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from questionnaires import Answer
from questionnaires.local.questions import LocalQuestion
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import open_campaign
from storage.core.engine import Database
from storage.operations.cancellation import cancel_campaign
from storage.responses.responses import delete_response, find_response, start_response
from tests.browsing import PHONE
from tests.cable import Cable

pytestmark = [pytest.mark.journey, pytest.mark.everywhere]

Open = Callable[[], Page]
OFFLINE = "Hors connexion : vos réponses sont gardées sur cet appareil"
# Both are true of a phone without a network: a page opened then by an older Chromium is still told that it has one.
KEPT = re.compile(r"^\s*(Hors connexion|Le site ne répond pas)\s:\s+vos réponses sont gardées sur cet appareil\s*$")


@pytest.fixture
def refused_phone(browser: Browser, cable: Cable) -> Iterator[Page]:
    """A phone whose sending will be refused on purpose: a watched page takes that for an error."""
    with closing(browser.new_context(base_url=cable.url, viewport=PHONE)) as context:
        yield context.new_page()


class Person:
    """Someone who has chosen a college, and what the server holds of them."""

    def __init__(self, db: Database, campaign: Campaign) -> None:
        self.db = db
        self.key = start_response(db, campaign, "habitants", nonce=uuid4().hex)

    def address(self, page: object) -> str:
        return f"/repondre/{self.key}/{page}"

    @property
    def answers(self) -> dict[str, Answer]:
        response = find_response(self.db, self.key)
        assert response is not None
        return dict(response.document.answers)

    @property
    def submitted(self) -> bool:
        response = find_response(self.db, self.key)
        return response is not None and response.submitted_at is not None


@pytest.fixture
def person(db: Database, trial: Campaign) -> Person:
    return Person(db, trial)


def choice(page: Page, code: str, value: object) -> Locator:
    return page.locator(f"input[name='q_{code}'][value='{value}']")


def status(page: Page) -> Locator:
    return page.locator(".status")


def go_on(page: Page, there: str) -> None:
    page.locator(".foot .next").click()
    page.wait_for_url(f"**{there}")


def comment(page: Page, text: str) -> None:
    page.get_by_text("Ajouter un commentaire").first.click()
    page.get_by_label("Un exemple, un commentaire").first.fill(text)


def ready(page: Page, address: str) -> Page:
    """The page, once the device holds all that it needs to go on without a network."""
    page.goto(address)
    expect(page.locator("form[data-ready]")).to_have_count(1)
    return page


def left_at_the_end(page: Page) -> dict[str, object]:
    """What the device still holds once the page that ends a response has wiped what it could."""
    expect(page.locator("[data-forgotten]")).to_have_count(1)
    return left_on(page)


def left_on(page: Page) -> dict[str, object]:
    """What the device still holds: names of caches with an answer in them, rows of its store."""
    left: dict[str, object] = page.evaluate(
        """async () => ({caches: (await caches.keys()).filter(name => name.startsWith("reponse-")),
            keys: await new Promise((resolve, reject) => {
                const opening = indexedDB.open("grille", 1);
                opening.onerror = reject;
                opening.onsuccess = () => {
                    const kept = opening.result.transaction("responses").objectStore("responses").getAllKeys();
                    kept.onsuccess = () => resolve(kept.result);
                };
            })})"""
    )
    return left


def test_a_whole_questionnaire_without_a_network_arrives_once(
    person: Person, cable: Cable, on_phone: Open, check_page: Callable[[Page], None]
) -> None:
    page = ready(on_phone(), person.address(1))
    cable.cut(page.context)
    choice(page, "COO-1", 3).check()
    expect(status(page)).to_have_text(KEPT)
    comment(page, "La halle, le samedi")
    for number, code in ((2, "CON-1"), (3, "FAC-1"), (4, "INT-1"), (5, "OUV-1")):
        go_on(page, person.address(number))
        expect(status(page)).to_have_text(KEPT)
        choice(page, code, "NSP").check()
    check_page(page)
    page.locator(".step").first.click()
    page.wait_for_url(f"**{person.address(1)}")
    expect(choice(page, "COO-1", 3)).to_be_checked()
    expect(page.get_by_label("Un exemple, un commentaire").first).to_have_value("La halle, le samedi")
    page.locator(".step").nth(4).click()
    page.wait_for_url(f"**{person.address(5)}")
    expect(choice(page, "OUV-1", "NSP")).to_be_checked()
    go_on(page, person.address("relecture"))
    expect(page.locator("dd b")).to_have_text(["Pratique installée", *["Je ne sais pas"] * 4])
    assert person.answers == {}
    check_page(page)
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(status(page)).to_contain_text("vos réponses partiront")
    cable.mend(page.context)
    page.wait_for_url(f"**{person.address('fin')}")
    assert person.submitted
    silent = {code: Answer.dont_know() for code in ("CON-1", "FAC-1", "INT-1", "OUV-1")}
    assert person.answers == {"COO-1": Answer(3, comment="La halle, le samedi"), **silent}
    assert left_at_the_end(page) == {"caches": [], "keys": []}


def test_local_questions_are_answered_and_read_again_without_a_network(
    db: Database, trial: Campaign, cable: Cable, on_phone: Open, check_page: Callable[[Page], None]
) -> None:
    day = LocalQuestion("Quel jour pour le marché\u202f?", ("Le samedi", "Le mardi"))
    free = LocalQuestion("Que manque-t-il sur la place\u202f?", is_open=True)
    campaign = open_campaign(db, trial.territory, trial.grid, name="D’ici", year=2029, local_questions=(day, free))
    person = Person(db, campaign)
    page = ready(on_phone(), person.address(5))
    cable.cut(page.context)
    choice(page, "OUV-1", 2).check()
    expect(status(page)).to_have_text(KEPT)
    go_on(page, person.address(6))
    expect(page.get_by_role("heading", level=1)).to_have_text("Questions d’ici")
    choice(page, "@1", 2).check()
    page.get_by_label("Votre réponse, si vous le souhaitez").fill("Un banc à l’ombre")
    expect(status(page)).to_have_text(KEPT)
    check_page(page)
    go_on(page, person.address("relecture"))
    expect(page.locator('.said[data-code="@1"] b')).to_have_text("Le mardi")
    expect(page.locator('.said[data-code="@2"] q')).to_have_text("Un banc à l’ombre")
    expect(page.locator('.said[data-code="@2"] .none')).to_have_count(0)
    check_page(page)
    assert person.answers == {}
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(status(page)).to_contain_text("vos réponses partiront")
    cable.mend(page.context)
    expect(page).to_have_url(re.compile(rf"{person.address('fin')}$"))
    assert person.submitted
    assert person.answers == {"OUV-1": Answer(2), "@1": Answer(2), "@2": Answer(comment="Un banc à l’ombre")}


def test_the_page_tells_the_truth_as_the_network_goes_and_comes(person: Person, cable: Cable, on_phone: Open) -> None:
    page = ready(on_phone(), person.address(1))
    choice(page, "COO-1", 3).check()
    expect(status(page)).to_have_text("✓ Enregistré : 1 sur 15")
    assert person.answers == {"COO-1": Answer(3)}
    cable.cut(page.context)
    choice(page, "COO-2", 1).check()
    expect(status(page)).to_have_text(OFFLINE)
    page.context.set_offline(False)
    expect(status(page)).to_contain_text("Le site ne répond pas : vos réponses sont gardées")
    page.context.set_offline(True)
    cable.mend(page.context)
    expect(status(page)).to_have_text("✓ Enregistré : 2 sur 15")
    assert person.answers == {"COO-1": Answer(3), "COO-2": Answer(1)}


def test_what_waits_on_a_closed_phone_is_sent_when_it_opens_the_page_again(
    person: Person, cable: Cable, on_phone: Open
) -> None:
    page = ready(on_phone(), person.address(1))
    cable.cut(page.context)
    choice(page, "COO-1", 4).check()
    expect(status(page)).to_have_text(KEPT)
    other = page.context.new_page()
    page.close()
    other.goto(person.address(1))
    expect(choice(other, "COO-1", 4)).to_be_checked()
    expect(status(other)).to_have_text(KEPT)
    cable.mend(other.context)
    expect(status(other)).to_have_text("✓ Enregistré : 1 sur 15")
    assert person.answers == {"COO-1": Answer(4)}


def test_two_devices_offline_at_once_lose_nothing_and_the_latest_change_wins(
    person: Person, cable: Cable, on_phone: Open
) -> None:
    phones = [ready(on_phone(), person.address(1)) for _phone in range(2)]
    contexts = [phone.context for phone in phones]
    cable.cut(*contexts)
    for phone, own, value in ((phones[0], "COO-1", 0), (phones[1], "COO-2", 4)):
        choice(phone, own, value).check()
        choice(phone, "COO-3", value).check()
        expect(status(phone)).to_have_text(KEPT)
    cable.mend()
    for phone in phones:
        phone.context.set_offline(False)
        expect(status(phone)).to_contain_text("✓ Enregistré")
    assert person.answers == {"COO-1": Answer(0), "COO-2": Answer(4), "COO-3": Answer(4)}


def test_a_device_whose_clock_is_wrong_neither_loses_nor_wins_for_ever(
    person: Person, cable: Cable, on_phone: Open
) -> None:
    late, right = on_phone(), on_phone()
    late.clock.set_fixed_time("2019-01-01T08:00:00")
    for phone in (late, right):
        ready(phone, person.address(1))
    cable.cut(late.context, right.context)
    choice(right, "COO-1", 0).check()
    expect(status(right)).to_have_text(KEPT)
    late.clock.set_fixed_time("2019-01-01T08:05:00")
    choice(late, "COO-1", 3).check()
    expect(status(late)).to_have_text(KEPT)
    cable.mend(late.context, right.context)
    for phone in (late, right):
        phone.bring_to_front()
        expect(status(phone)).to_contain_text("✓ Enregistré")
    assert person.answers == {"COO-1": Answer(3)}
    ready(right, person.address(1))
    with right.expect_response("**/envoi"):
        choice(right, "COO-1", 1).check()
    assert person.answers == {"COO-1": Answer(1)}


def test_two_tabs_offline_lose_nothing_of_each_other(person: Person, cable: Cable, on_phone: Open) -> None:
    first = ready(on_phone(), person.address(1))
    second = ready(first.context.new_page(), person.address(1))
    cable.cut(first.context)
    choice(first, "COO-1", 4).check()
    choice(second, "COO-2", 2).check()
    for tab in (first, second):
        expect(status(tab)).to_have_text(KEPT)
    cable.mend(first.context)
    for tab in (first, second):
        expect(status(tab)).to_contain_text("✓ Enregistré")
    assert person.answers == {"COO-1": Answer(4), "COO-2": Answer(2)}


def test_a_collection_closed_meanwhile_gives_back_what_was_typed(
    db: Database, trial: Campaign, cable: Cable, refused_phone: Page, check_page: Callable[[Page], None]
) -> None:
    campaign = open_campaign(db, trial.territory, trial.grid, name="Close au marché", year=2029)
    person = Person(db, campaign)
    page = ready(refused_phone, person.address(1))
    cable.cut(page.context)
    choice(page, "COO-1", 2).check()
    comment(page, "Le comité de la halle")
    go_on(page, person.address(2))
    choice(page, "CON-1", "SO").check()
    expect(status(page)).to_have_text(KEPT)
    db.execute("UPDATE campaigns SET status = 'closed' WHERE id = ?", (campaign.id,))
    cable.mend(page.context)
    expect(page.get_by_role("heading", level=1)).to_have_text("La collecte est terminée")
    expect(page.locator("dd b")).to_have_text(["Pratique régulière", "Sans objet ici"])
    expect(page.locator("dd q")).to_have_text(["Le comité de la halle"])
    check_page(page)
    assert person.answers == {}
    assert left_at_the_end(page) == {"caches": [], "keys": []}


def test_answers_deleted_elsewhere_do_not_come_back(
    db: Database, person: Person, cable: Cable, refused_phone: Page
) -> None:
    page = ready(refused_phone, person.address(1))
    cable.cut(page.context)
    choice(page, "COO-1", 2).check()
    expect(status(page)).to_have_text(KEPT)
    delete_response(db, person.key)
    cable.mend(page.context)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ces réponses ont été supprimées")
    assert person.answers == {}
    assert left_at_the_end(page) == {"caches": [], "keys": []}


def test_a_campaign_cancelled_meanwhile_says_so_and_gives_back_what_was_written(
    db: Database, trial: Campaign, cable: Cable, refused_phone: Page, check_page: Callable[[Page], None]
) -> None:
    campaign = open_campaign(db, trial.territory, trial.grid, name="Ouverte par erreur", year=2029)
    page = ready(refused_phone, Person(db, campaign).address(1))
    cable.cut(page.context)
    choice(page, "COO-1", 2).check()
    comment(page, "Le comité de la halle")
    expect(status(page)).to_have_text(KEPT)
    cancel_campaign(db, campaign)
    cable.mend(page.context)
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette campagne a été annulée")
    expect(page.locator(".given-back")).to_have_text(["Le comité de la halle"])
    check_page(page)
    assert left_at_the_end(page) == {"caches": [], "keys": []}


def test_the_next_person_on_the_phone_finds_nothing_of_the_one_before(
    db: Database, trial: Campaign, person: Person, cable: Cable, on_phone: Open
) -> None:
    page = ready(on_phone(), person.address(1))
    choice(page, "COO-1", 2).check()
    expect(status(page)).to_contain_text("✓ Enregistré")
    following = Person(db, trial)
    ready(page, following.address(1))
    assert left_on(page) == {"caches": [f"reponse-{following.key}"], "keys": [following.key]}


def test_a_text_too_long_is_said_when_the_network_is_back(person: Person, cable: Cable, on_phone: Open) -> None:
    page = ready(on_phone(), person.address(1))
    cable.cut(page.context)
    choice(page, "COO-1", 2).check()
    comment(page, "é" * 2001)
    go_on(page, person.address(2))
    cable.mend(page.context)
    page.get_by_role("alert").get_by_role("link").click()
    page.wait_for_url(f"**{person.address(1)}#*")
    text = page.get_by_label("Un exemple, un commentaire").first
    expect(text).to_have_value("é" * 2001)
    assert person.answers == {"COO-1": Answer(2)}
    text.fill("Plus court")
    expect(status(page)).to_have_text("✓ Enregistré : 1 sur 15")
    assert person.answers == {"COO-1": Answer(2, comment="Plus court")}


def test_what_needs_the_network_says_so(person: Person, cable: Cable, on_phone: Open) -> None:
    page = ready(on_phone(), person.address(1))
    cable.cut(page.context)
    page.get_by_role("button", name="Continuer plus tard").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Il n’y a pas de connexion")


LONG = "Une phrase de trop. " * 400

# What a device needs to go on without a network comes late, as it does through a bad one.
HELD_BACK = """const real = window.fetch, late = new Promise(come => { window.letCome = come; });
window.fetch = (what, how) => String(what).includes("/trousse") && !sessionStorage.come
  ? late.then(() => real(what, how)) : real(what, how);"""


def test_a_comment_refused_before_the_device_is_ready_is_never_left_behind(person: Person, on_phone: Open) -> None:
    page = on_phone()
    page.add_init_script(HELD_BACK)
    page.goto(person.address(1))
    comment(page, LONG)
    field = page.get_by_label("Un exemple, un commentaire").first
    page.locator(".foot .next").click()
    expect(page.get_by_text("la limite est de 2\u202f000").first).to_be_visible()
    expect(page.get_by_text("5999 caractères de trop")).to_be_visible()
    assert page.url.endswith("/1")
    page.evaluate("sessionStorage.come = 1; letCome()")
    expect(page.locator("form[data-ready]")).to_have_count(1)
    for _press in range(2):
        page.locator(".foot .next").click()
        expect(field).to_be_focused()
        expect(status(page)).not_to_have_text("✓ Enregistré")
        assert page.url.endswith("/1")
    page.reload()
    expect(field).to_have_value(LONG)
    expect(page.get_by_text("la limite est de 2\u202f000").first).to_be_visible()
    expect(status(page)).not_to_have_text("✓ Enregistré")
    field.fill("Une phrase.")
    go_on(page, "/2")
    assert {answer.comment for answer in person.answers.values()} == {"Une phrase."}


def test_a_comment_too_long_is_given_back_whole_without_script(person: Person, open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto(person.address(1))
    comment(page, LONG)
    for _press in range(2):
        page.locator(".foot .next").click()
        expect(page.get_by_text("la limite est de 2\u202f000").first).to_be_visible()
        expect(page.get_by_label("Un exemple, un commentaire").first).to_have_value(LONG.strip())


def test_the_room_left_is_said_before_the_limit(
    person: Person, on_phone: Open, check_page: Callable[[Page], None]
) -> None:
    page = ready(on_phone(), person.address(1))
    comment(page, "a" * 1000)
    room, field = page.locator(".room"), page.get_by_label("Un exemple, un commentaire").first
    expect(page.locator(".room:not(:empty)")).to_have_count(0)
    field.fill("é" * 1900 + "😀")
    expect(room).to_have_text("Il reste 99 caractères.")
    check_page(page)
    field.fill("é" * 2003)
    expect(room).to_contain_text("3 caractères de trop")
    expect(field).to_have_value("é" * 2003)
