"""The script of a session is put in order with the mouse, and with the keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import LAPTOP

pytestmark = [pytest.mark.journey, pytest.mark.chromium]

ABOVE = {"x": 40, "y": 4}


def drag(page: Page, row: str, before: str) -> None:
    """Take a part or a slide by its handle, and let it go on the upper edge of another."""
    page.locator(f"#{row} > form .handle").drag_to(page.locator(f"#{before}"), target_position=ABOVE)


def test_parts_and_slides_are_dragged_with_the_mouse_and_moved_with_the_keyboard(
    open_page: Callable[..., Page], signed_in: dict[str, Any]
) -> None:
    page = open_page(viewport={**LAPTOP, "height": 6000}, **signed_in)  # Playwright loses what it drags as it scrolls
    page.goto("/seance/saint-aubin-des-pres-2025/preparer")
    parts, slides = page.locator(".part"), page.locator(".sequence > li")
    first, second, *_others = parts.evaluate_all("all => all.map(one => one.id)")
    drag(page, second, before=first)
    expect(parts.first).to_have_id(second)
    expect(parts.nth(1)).to_have_id(first)
    page.wait_for_load_state()
    told, moved = (slides.nth(place).get_attribute("id") for place in (0, 3))
    assert told
    assert moved
    drag(page, moved, before=told)
    expect(slides.first).to_have_id(moved)
    page.wait_for_load_state()
    page.locator(f"#{second} > form button[value=down]").press("Enter")
    expect(parts.first).to_have_id(first)
    expect(page.locator(f"#{second} > form button[value=down]")).to_be_focused()
    page.get_by_role("button", name="Revenir au déroulé d’origine").click()
    expect(slides.first).not_to_have_id(moved)
