"""A room that takes part for real: presenter, projector, phones; a network that goes and comes back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import PHONE, PROJECTOR
from tests.legibility import hard_to_read

pytestmark = [pytest.mark.journey, pytest.mark.chromium]

DECK = "/seance/villeroche-2026"
CHOICES = ("Coopérer", "Connecter", "Connecter", "Faciliter", "Connecter")


def turn_to(page: Page, kind: str) -> None:
    """Show the slide of that kind, by its number."""
    number = page.evaluate(
        "kind => 1 + [...document.querySelectorAll('.slide')].findIndex(one => one.matches('.slide-' + kind))", kind
    )
    for digit in str(number):
        page.keyboard.press(digit)
    page.keyboard.press("Enter")
    expect(page.locator(".slide.current")).to_have_id(f"s{number}")


@pytest.mark.timeout(240)
def test_a_room_guesses_and_speaks_on_its_phones(
    open_page: Callable[..., Page], signed_in: dict[str, Any], check_page: Callable[[Page], None]
) -> None:
    room = open_page(viewport=PROJECTOR, reduced_motion="reduce", **signed_in)
    room.goto(f"{DECK}/salle")
    room.get_by_role("button", name="Ouvrir la séance aux téléphones").click()
    expect(room.get_by_role("button", name="Fermer la salle")).to_be_visible()
    code = room.locator("main p b").first.inner_text()
    room.goto(DECK)
    expect(room.locator("body.live")).to_be_visible()
    presenter = room.context.new_page()
    presenter.goto(f"{DECK}/presentateur")
    phones = []
    for _choice in CHOICES:
        phone = open_page(viewport=PHONE, reduced_motion="reduce")
        phone.goto(f"/seance/{code}")
        phone.get_by_role("button", name="Rejoindre la salle").click()
        expect(phone.locator("#salle")).to_be_visible()
        phones.append(phone)
    larger = phones[1].get_by_role("button", name="Écrire plus grand")
    for percent in ("125%", "150%", "200%"):
        larger.click()
        expect(phones[1].locator("html")).to_have_attribute("style", f"font-size: {percent};")
    expect(larger).to_be_disabled()
    phones[1].goto(f"/seance/{code}")  # the same phone again, and still one
    expect(phones[1].get_by_role("button", name="Quelqu’un d’autre rejoint avec ce téléphone")).to_be_visible()
    phones[1].get_by_role("link", name="Y revenir").click()
    expect(phones[1].locator("#salle")).to_be_visible()
    room.bring_to_front()
    turn_to(room, "radar")
    expect(phones[0].locator(".print .item").first).to_contain_text("Coopérer")  # the slide, in large print
    turn_to(room, "question")
    first = phones[0]
    expect(first.locator("h1")).to_contain_text("Qu’est-ce qui a le plus progressé")
    check_page(first)
    first.context.set_offline(True)
    for phone, choice in zip(phones, CHOICES, strict=True):
        phone.get_by_text(choice, exact=True).click()
        phone.get_by_role("button", name=f"Envoyer : {choice}".replace(" :", "\u00a0:")).dblclick()
    expect(first.locator(".foot .status")).to_contain_text("Pas encore envoyé")
    for phone in phones[1:]:
        expect(phone.locator(".foot .status")).to_contain_text("Envoyé")
    current = room.locator(".slide.current")
    expect(current.locator("[data-count]")).to_have_text("4 réponses sur 5")
    first.context.set_offline(False)
    expect(first.locator(".foot .status")).to_contain_text("✓ Envoyé")
    expect(current.locator("[data-count]")).to_have_text("5 réponses sur 5")
    assert "1,58" not in current.inner_html()
    expect(presenter.get_by_role("button", name="Montrer les réponses")).not_to_have_class(re.compile("quiet"))
    room.keyboard.press("ArrowRight")  # shows what the room answered, then only goes on
    expect(current.locator(".right")).to_contain_text("S’ouvrir")
    assert hard_to_read(room) == []
    turn_to(room, "words")
    for number, phone in enumerate(phones):
        expect(phone.locator("[name=words]")).to_be_visible()
        phone.fill("[name=words]", f"merci {number}")
        phone.locator(".foot .next").click()
        expect(phone.locator(".foot .status")).to_contain_text("✓ Envoyé")
    presenter.bring_to_front()
    presenter.get_by_role("button", name="Accepter\u00a0: merci 3").click()
    expect(presenter.locator(".reading li")).to_have_count(4)
    room.bring_to_front()
    expect(current.locator(".spoken li")).to_have_text(["merci 3"])
    room.goto(f"{DECK}/salle")
    room.get_by_role("button", name="Fermer la salle").click()
    expect(first.locator("h1")).to_contain_text("La séance est terminée")


def test_two_computers_are_in_step_and_come_back_into_step(
    open_page: Callable[..., Page], signed_in: dict[str, Any]
) -> None:
    presenter = open_page(viewport=PROJECTOR, reduced_motion="reduce", **signed_in)
    projector = open_page(viewport=PROJECTOR, reduced_motion="reduce", **signed_in)
    presenter.goto(f"{DECK}/presentateur")
    presenter.get_by_role("button", name="Relier un autre ordinateur").click()
    expect(presenter.get_by_role("button", name="Ne plus relier les ordinateurs")).to_be_visible()
    turn_to(presenter, "radar")
    there = presenter.locator(".slide.current").get_attribute("id") or ""
    projector.goto(DECK)
    shown, followed = projector.locator(".slide.current"), presenter.locator(".slide.current")
    expect(shown).to_have_id(there)
    for _click in range(20):
        projector.keyboard.press("End")
        projector.keyboard.press("ArrowLeft")
    last = shown.get_attribute("id") or ""
    expect(followed).to_have_id(last)
    presenter.keyboard.press("b")
    expect(projector.locator("body.black")).to_have_count(1)
    projector.context.set_offline(True)
    projector.keyboard.press("Home")
    presenter.keyboard.press("ArrowLeft")  # the later gesture
    before = followed.get_attribute("id") or ""
    expect(shown).to_have_id("s1")
    projector.context.set_offline(False)
    expect(shown).to_have_id(before)
    turn_to(presenter, "question")
    assert "1,58" not in projector.content()
    presenter.get_by_role("button", name="Suite").click()
    expect(shown).to_have_id(followed.get_attribute("id") or "")
    presenter.get_by_role("button", name="Ne plus relier les ordinateurs").click()
    expect(presenter.get_by_role("button", name="Relier un autre ordinateur")).to_be_visible()
