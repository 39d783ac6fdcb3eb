"""The main journey, from the home page, by visible links and buttons only."""

from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, expect

import grille
from commands.demo_credentials import TRIAL_SLUG
from storage.campaigns.campaigns import campaign_by_slug, participation
from storage.core.database import open_database
from tests.browsing import PHONE, PROJECTOR
from tests.serving import LiveServer

pytestmark = [pytest.mark.journey, pytest.mark.everywhere]

FAMILIES = [family.title for family in grille.current().families]
SECOND_LEVEL = grille.current().levels[1].label


def people(server: LiveServer, college: str) -> int:
    """How many people of a college have answered the open campaign."""
    with closing(open_database(server.database)) as db:
        campaign = campaign_by_slug(db, TRIAL_SLUG)
        assert campaign is not None
        return participation(db, campaign)[college]


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("link", name=words).click()


def question(page: Page, number: int) -> Locator:
    return page.get_by_role("group").filter(has_text=f"Question {number} sur")


def answer(page: Page, number: int, words: str) -> None:
    question(page, number).get_by_role("radio", name=words).check()


def arrive(page: Page, college: str) -> None:
    """From the home page to the first question."""
    page.goto("/")
    follow(page, "Essayer le questionnaire")
    page.get_by_role("button", name=college).click()
    expect(page.get_by_text(f"Étape 1 sur {len(FAMILIES)}", exact=True)).to_be_visible()


def answer_every_page(page: Page, words: str) -> None:
    """The same level everywhere, to the review of one's answers."""
    for step, family in enumerate(FAMILIES, 1):
        expect(page.get_by_role("heading", level=1)).to_have_text(family)
        for number in (1, 2, 3):
            answer(page, number, words)
        press(page, "Suivant" if step < len(FAMILIES) else "Relire")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Relisez")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_from_the_home_page_to_an_answered_questionnaire(
    script: bool, open_page: Callable[..., Page], live_server: LiveServer
) -> None:
    before = people(live_server, "habitants")
    page = open_page(viewport=PHONE, has_touch=True, java_script_enabled=script)
    arrive(page, "Habitants")
    answer_every_page(page, SECOND_LEVEL)
    press(page, "Envoyer mes réponses")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    expect(page.get_by_role("row").filter(has_text="1,0")).to_have_count(len(FAMILIES))
    assert people(live_server, "habitants") == before + 1
    assert page.context.cookies() == []


def test_an_answer_survives_a_reload_and_can_be_changed(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE)
    arrive(page, "Élus")
    answer(page, 1, SECOND_LEVEL)
    press(page, "Suivant")
    expect(page.get_by_role("heading", level=1)).to_have_text(FAMILIES[1])
    page.reload()
    press(page, "Étape précédente")
    expect(question(page, 1).get_by_role("radio", name=SECOND_LEVEL)).to_be_checked()
    answer(page, 1, "Je ne sais pas")
    press(page, "Relire mes réponses")
    expect(page.get_by_role("main")).to_contain_text("Je ne sais pas")


def test_from_the_home_page_to_the_projected_radar(page: Page) -> None:
    page.set_viewport_size(PROJECTOR)
    page.goto("/")
    follow(page, "J’anime une séance")
    page.get_by_role("link", name="Projeter").nth(1).click()
    # Until its script has run, a deck is a long page where every slide is visible.
    page.wait_for_url("**/seance/**")
    radar = page.get_by_role("img", name="radar").or_(page.locator("svg.radar")).first
    expect(page.locator(".slide.current")).to_have_id("s1")
    for _slide in range(6):
        if radar.is_visible():
            break
        page.keyboard.press("ArrowRight")
    expect(radar).to_be_in_viewport()


def test_from_the_home_page_to_the_figures_of_a_territory(page: Page) -> None:
    page.goto("/")
    follow(page, "J’analyse")
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_text("Territoire fictif").first).to_be_visible()
    for family in FAMILIES:
        expect(page.get_by_role("row").filter(has_text=family).first).to_be_visible()
