"""The pictures of the documentation: ``make pictures`` takes them again, from the demonstration as it is served."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.browsing import LAPTOP, PHONE, PROJECTOR, launched, watched_page
from tests.conftest import make_demo
from tests.serving import ROOT, serving

FOLDER = ROOT / "docs/pictures"
RESTITUTION, SESSION, WELCOME = "/restitution/villeroche-2026", "/seance/villeroche-2026", "/repondre/essai"


def main() -> None:
    """Serve a fresh demonstration and photograph it."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        make_demo(data)
        with serving(data) as server, launched() as browser:
            for name, size, address in (
                ("home", LAPTOP, "/"),
                ("restitution", LAPTOP, RESTITUTION),
                ("session", PROJECTOR, SESSION),
            ):
                with watched_page(browser, server.url, viewport=size, reduced_motion="reduce") as page:
                    page.goto(address, wait_until="networkidle")
                    _keep(page, name)
            with watched_page(browser, server.url, viewport=PHONE, device_scale_factor=2) as page:
                page.goto(WELCOME)
                page.get_by_role("button", name="Habitants").click()
                page.get_by_role("radio").first.wait_for(state="attached")
                _keep(page, "question")


def _keep(page: Page, name: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
