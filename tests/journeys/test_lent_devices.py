"""A device that passes from hand to hand, with a network or not; and coming back to one's own."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import create_link, create_share_link
from storage.core.engine import Database
from storage.responses.responses import response_by_id
from tests.cable import Cable
from tests.journeys.conftest import secret_of
from tests.serving import LiveServer

pytestmark = [pytest.mark.journey, pytest.mark.everywhere]

NOTHING = "Cette adresse n’ouvre aucun questionnaire"


@pytest.fixture
def lent(live_server: LiveServer, db: Database, trial: Campaign) -> str:
    """The address of a link for a lent device."""
    return f"/repondre/{create_share_link(db, trial, None, secret_of(live_server), lent=True)}"


@pytest.fixture
def tablet(on_phone: Callable[[], Page]) -> Page:
    """The device that is lent."""
    return on_phone()


def latest(db: Database) -> int:
    """The number of the last response that began."""
    return int(db.conn.execute("SELECT max(id) FROM responses").fetchone()[0])


def answers_of(db: Database, number: int) -> dict[str, Answer]:
    response = response_by_id(db, number)
    return dict(response.document.answers) if response else {}


def begin(page: Page) -> None:
    """Choose « Habitants » and stand before the first page, ready to go on without a network."""
    page.get_by_role("button", name="Habitants").first.click()
    expect(page.locator("h1.family")).to_be_visible()
    expect(page.locator("form[data-ready]")).to_have_count(1)


def answer(page: Page, value: int) -> None:
    page.locator(f"input[name='q_COO-1'][value='{value}']").check()
    expect(page.locator(".status")).not_to_have_text("Enregistrement…")


def give_back(page: Page) -> None:
    page.get_by_role("button", name="Rendre l’appareil").click()
    expect(page.get_by_role("heading", name="Rendre l’appareil")).to_be_visible()
    page.wait_for_load_state()
    page.get_by_role("button", name="Rendre l’appareil sans envoyer").click()
    expect(page.get_by_text("L’appareil est rendu")).to_be_visible()
    expect(page.locator("form[data-lent][data-ready]")).to_have_count(1)


def test_going_back_shows_nothing_of_the_person_before_and_the_next_begins(
    tablet: Page, lent: str, db: Database
) -> None:
    tablet.goto(lent)
    begin(tablet)
    first = latest(db)
    answer(tablet, 3)
    give_back(tablet)
    for _time in range(2):
        tablet.go_back()
        expect(tablet.locator("h1.family")).to_have_count(0)
        expect(tablet.locator("input[value='3']:checked")).to_have_count(0)
    tablet.goto(lent)
    begin(tablet)
    assert latest(db) != first
    expect(tablet.locator("input[name='q_COO-1']:checked")).to_have_count(0)
    assert answers_of(db, first) == {"COO-1": Answer(3)}


def test_people_follow_one_another_without_a_network_and_all_arrive(
    tablet: Page, lent: str, cable: Cable, db: Database
) -> None:
    tablet.goto(lent)
    expect(tablet.locator("form[data-lent][data-ready]")).to_have_count(1)
    before = latest(db)
    cable.cut(tablet.context)
    for value in (1, 2):
        tablet.goto(lent)
        begin(tablet)
        there = tablet.url
        answer(tablet, value)
        tablet.get_by_role("button", name="Rendre l’appareil").click()
        expect(tablet.get_by_text("Sans réseau, votre code ne peut pas être donné")).to_be_visible()
        tablet.wait_for_load_state()
        tablet.get_by_role("button", name="fini").click()
        expect(tablet.get_by_role("button", name="Habitants").first).to_be_visible()
        tablet.goto(there)
        expect(tablet.locator("h1.family")).to_have_count(0)
    assert latest(db) == before
    cable.mend(tablet.context)
    tablet.goto(lent)
    expect(tablet.locator("form[data-lent][data-ready][data-settled]")).to_have_count(1)
    arrived = [answers_of(db, number) for number in range(before + 1, latest(db) + 1)]
    assert sorted(arrived, key=str) == [{"COO-1": Answer(1)}, {"COO-1": Answer(2)}]


def test_who_begins_where_the_battery_died_sees_nothing_of_the_other(tablet: Page, lent: str, db: Database) -> None:
    tablet.goto(lent)
    begin(tablet)
    answer(tablet, 4)
    number, address = latest(db), tablet.url
    again = tablet.context.new_page()
    again.goto(lent)
    expect(again.get_by_role("heading", name="Quelqu’un a commencé")).to_be_visible()
    tablet.close()
    again.wait_for_load_state()
    again.get_by_role("button", name="Ce n’est pas moi").click()
    expect(again.get_by_text("L’appareil est rendu")).to_be_visible()
    answered = again.request.get(address)
    assert NOTHING in answered.text()
    assert answers_of(db, number) == {"COO-1": Answer(4)}


def test_the_same_device_asks_whether_to_go_on_then_says_that_a_response_has_left(
    on_phone: Callable[[], Page], db: Database, trial: Campaign
) -> None:
    token = uuid4().hex
    create_link(db, trial, kind="invitation", token=token)
    page = on_phone()
    page.goto(f"/repondre/{token}")
    begin(page)
    answer(page, 3)
    there = page.url
    page.goto(f"/repondre/{token}")
    expect(page.get_by_role("heading", name="Quelqu’un a commencé")).to_be_visible()
    page.wait_for_load_state()
    expect(page.get_by_role("link", name="C’est moi")).to_have_attribute("href", there)
    page.get_by_role("link", name="C’est moi").click()
    expect(page.locator("input[name='q_COO-1'][value='3']")).to_be_checked()
    page.goto("/repondre/essai")
    page.wait_for_load_state()
    page.get_by_role("link", name="Ce n’est pas moi").click()
    expect(page.get_by_role("button", name="Habitants").first).to_be_visible()
    page.goto(there.removesuffix("1") + "relecture")
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(page.locator("[data-forgotten]")).to_have_count(1)
    page.goto("/repondre/essai")
    expect(page.get_by_text("Une réponse à ces questions est déjà partie")).to_be_visible()
