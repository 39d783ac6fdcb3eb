"""Every page of the site, as people see it: three widths, light and dark, with axe, and without script.

A new address fails ``test_every_address_has_a_sample`` until it is in ``tests/journeys/pages.py``.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browsing import LAPTOP, PHONE, PROJECTOR, pale_parts_of, photograph
from tests.journeys.pages import FILES, PAGES, PICTURES, REFUSALS, Sample, get_endpoints
from tests.serving import LiveServer

pytestmark = pytest.mark.journey

Visit = Callable[..., Page]


@pytest.fixture
def visit(open_page: Callable[..., Page], live_server: LiveServer, request: pytest.FixtureRequest) -> Visit:
    """Open a sample as the person it is for; whatever it is, who answers people computes nothing."""

    def opened(sample: Sample, **options: Any) -> Page:
        if sample.reader != "anyone":
            options = {**request.getfixturevalue(sample.reader.replace(" ", "_")), **options}
        keys = {name: request.getfixturevalue(name) for name in re.findall(r"\{(\w+)\}", sample.address)}
        page = open_page(**options)
        response = page.goto(sample.address.format(**keys))
        assert response is not None
        assert response.status == sample.status, f"{response.status} for {page.url}"
        assert not live_server.loaded
        return page

    return opened


def test_every_address_has_a_sample(app: Flask) -> None:
    known = {sample.endpoint for sample in PAGES} | FILES
    assert known == get_endpoints(app)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("sample", PAGES + REFUSALS, ids=lambda sample: sample.name)
def test_a_page_is_accessible_and_fits_in_three_widths(
    sample: Sample, visit: Visit, check_page: Callable[[Page], None], pictures: Path | None
) -> None:
    page = visit(sample, reduced_motion="reduce")
    for size in (PHONE, LAPTOP, PROJECTOR):
        page.set_viewport_size(size)
        _seen(page, "light", sample, pictures)
        check_page(page)
        _seen(page, "dark", sample, pictures)
        assert not pale_parts_of(page), f"in the dark, {size['width']} px wide"


def _seen(page: Page, scheme: Literal["dark", "light"], sample: Sample, pictures: Path | None) -> None:
    page.emulate_media(color_scheme=scheme)
    if pictures and page.viewport_size:
        photograph(page, pictures / f"{sample.name}-{page.viewport_size['width']}-{scheme}.png")


@pytest.mark.parametrize("sample", PAGES + REFUSALS, ids=lambda sample: sample.name)
def test_a_page_says_the_same_without_script(sample: Sample, visit: Visit) -> None:
    with_script, without = visit(sample), visit(sample, java_script_enabled=False)
    assert without.locator("h1").inner_text() == with_script.locator("h1").inner_text()


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path | None:
    """Where to keep pictures, when they are asked for."""
    return PICTURES if request.config.getoption("--pictures") else None
