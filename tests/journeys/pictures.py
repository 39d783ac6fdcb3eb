"""The pictures of the documentation: ``make pictures`` takes them again, from the demonstration as it is served.

``PICTURES`` names them all: a document may show no other (tests/docs/test_guide.py).
"""

import io
import re
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from commands.demo_credentials import DEMO_EMAIL, DEMO_PASSWORD, TRIAL_SLUG
from questionnaires import Answer
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import open_database
from storage.responses.recorded_responses import Recorded, record_responses
from tests.browsing import LAPTOP, PROJECTOR, launched, watched_page
from tests.conftest import make_demo
from tests.serving import ROOT, LiveServer, serving

FOLDER = ROOT / "docs/pictures"
COLOURS = 128  # a page has few: a quarter of the weight, and no difference to the eye

PHONE, LONG_PHONE = ViewportSize(width=360, height=720), ViewportSize(width=360, height=1000)
HIGH, TALL = ViewportSize(width=1280, height=1080), ViewportSize(width=1280, height=1580)


@dataclass(frozen=True)
class Picture:
    """How to take one: where to go, in which window, by whom, and what to do there first."""

    address: str
    size: ViewportSize
    signed_in: bool = False
    first: Callable[[Page], None] | None = None


def _begin(page: Page) -> None:
    page.get_by_role("button", name="Habitants").click()
    page.get_by_role("radio").nth(2).check()
    page.get_by_text(re.compile("^✓ Enregistré")).wait_for()


def _look_at_question(page: Page) -> None:
    _begin(page)
    page.get_by_text("Question 1 sur").evaluate("words => words.scrollIntoView()")


def _answer_all(page: Page) -> None:
    """A choice in each question of each page, then the review."""
    _begin(page)
    choices = cycle((2, 3, 1, 3, 2, 4, 1, 0, 3, 2, 2))
    while not page.url.endswith("/relecture"):
        for question in page.locator(".question").all():
            question.get_by_role("radio").nth(next(choices)).check()
        page.get_by_text(re.compile("^✓ Enregistré")).wait_for()
        with page.expect_navigation():
            page.locator("button.next").click()


def _send(page: Page) -> None:
    _answer_all(page)
    page.get_by_role("button", name="Envoyer mes réponses").click()
    page.wait_for_url("**/fin")


def _make_links(page: Page) -> None:
    page.locator("[name=pour][value='*']").check()
    page.get_by_role("button", name="Faire ces liens").click()
    page.wait_for_load_state("networkidle")


PICTURES = {
    "accueil": Picture("/", LAPTOP),
    "arrivee": Picture("/repondre/essai", PHONE),
    "question": Picture("/repondre/essai", LONG_PHONE, first=_look_at_question),
    "relecture": Picture("/repondre/essai", PHONE, first=_answer_all),
    "merci": Picture("/repondre/essai", LONG_PHONE, first=_send),
    "preparer": Picture("/campagnes/territoires/villeroche/nouvelle", HIGH, signed_in=True),
    "liens": Picture(f"/campagnes/{TRIAL_SLUG}/liens", HIGH, signed_in=True, first=_make_links),
    "participation": Picture(f"/campagnes/{TRIAL_SLUG}", HIGH, signed_in=True),
    "cloture": Picture(f"/campagnes/{TRIAL_SLUG}/cloture", HIGH, signed_in=True),
    "restitution": Picture("/restitution/villeroche-2026", TALL),
    "revue": Picture("/campagnes/villeroche-2026/revue", HIGH, signed_in=True),
    "famille": Picture("/campagnes/villeroche-2026/revue/familles/INT", TALL, signed_in=True),
    "parcours": Picture("/parcours/villeroche", HIGH, signed_in=True),
    "session": Picture("/seance/villeroche-2026#s6", PROJECTOR),
    "presentateur": Picture("/seance/villeroche-2026/presentateur", LAPTOP),
}


def main() -> None:
    """Serve a fresh demonstration and photograph it."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        make_demo(data)
        with serving(data) as server, launched() as browser:
            _fill(server)
            signed_in = _signed_in(browser, server)
            for name, picture in PICTURES.items():
                _take(name, picture, browser, server, signed_in)


def _fill(server: LiveServer) -> None:
    """Some answers to the open campaign, so that following it shows something."""
    with closing(open_database(server.database)) as db:
        campaign = campaign_by_slug(db, TRIAL_SLUG)
        assert campaign
        skill = next(skill.code for family in campaign.grid.families for skill in family.skills if skill.core)
        people = {"elus": 9, "agents": 14, "associations": 7, "habitants": 38, "entreprises": 3}
        answer = {skill: Answer(campaign.grid.levels[1].value)}
        record_responses(db, campaign, [Recorded(code, answer) for code, many in people.items() for _ in range(many)])


def _signed_in(browser: Browser, server: LiveServer) -> dict[str, Any]:
    """What a browser keeps once the demonstration's account is signed in."""
    with watched_page(browser, server.url) as page:
        page.goto("/connexion")
        page.get_by_label("Adresse").fill(DEMO_EMAIL)
        page.get_by_label("Mot de passe").fill(DEMO_PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Se connecter").click()
        page.wait_for_url("**/compte")
        return {"storage_state": page.context.storage_state()}


def _take(name: str, picture: Picture, browser: Browser, server: LiveServer, signed_in: dict[str, Any]) -> None:
    options = signed_in if picture.signed_in else {}
    with watched_page(browser, server.url, viewport=picture.size, reduced_motion="reduce", **options) as page:
        page.goto(picture.address, wait_until="networkidle")
        if picture.first:
            picture.first(page)
        _keep(page.screenshot(animations="disabled"), FOLDER / f"{name}.png")


def _keep(png: bytes, path: Path) -> None:
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
