"""The pictures of the documentation: ``make pictures`` takes them again, from the demonstration as it is served."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from tests.browsing import PROJECTOR, launched, watched_page
from tests.conftest import make_demo
from tests.serving import ROOT, LiveServer, serving

FOLDER = ROOT / "docs/pictures"
TALL, LONG_PHONE = ViewportSize(width=1280, height=1580), ViewportSize(width=360, height=1000)


def main() -> None:
    """Serve a fresh demonstration and photograph it."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        make_demo(Path(folder) / "data")
        with serving(Path(folder) / "data") as server, launched() as browser:
            _restitution(browser, server)
            _session(browser, server)
            _question(browser, server)


def _restitution(browser: Browser, server: LiveServer) -> None:
    with _photographed("restitution", browser, server, TALL) as page:
        page.goto("/restitution/villeroche-2026", wait_until="networkidle")


def _session(browser: Browser, server: LiveServer) -> None:
    with _photographed("session", browser, server, PROJECTOR) as page:
        page.goto("/seance/villeroche-2026#s6")


def _question(browser: Browser, server: LiveServer) -> None:
    with _photographed("question", browser, server, LONG_PHONE) as page:
        page.goto("/repondre/essai")
        page.get_by_role("button", name="Habitants").click()
        page.get_by_role("radio").nth(2).check(force=True)
        page.get_by_text("Question 1 sur").evaluate("words => words.scrollIntoView()")


@contextmanager
def _photographed(name: str, browser: Browser, server: LiveServer, size: ViewportSize) -> Iterator[Page]:
    with watched_page(browser, server.url, viewport=size, reduced_motion="reduce") as page:
        yield page
        page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
