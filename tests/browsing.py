"""A real browser that fails the test on errors that a person would not see: console, requests, cookies.

Debian's Chromium, or its Firefox, driven by Playwright. A page may ask nothing of another machine, break no rule of the
Content-Security-Policy, and log no error; ``check_page`` adds what axe and the width of the page say.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests import firefox
from tests.proxies import NAME, Certificate

PHONE, LAPTOP, OLD_PROJECTOR, SMALL_PROJECTOR, PROJECTOR, LARGEST, PORTRAIT = (
    ViewportSize(width=w, height=h)
    for w, h in ((360, 740), (1280, 800), (1024, 768), (1280, 720), (1920, 1080), (3840, 2160), (1080, 1920))
)

# What is waited for comes within a second; on a machine busy with other work, or in a browser that says nothing of a
# network that is back, much later: no test is about how long.
expect.set_options(timeout=30_000)

_QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# No name is found but those of this machine: what a page would ask of another one fails, as without a network.
_ALONE = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
_EXPECTED = ("Failed to load resource", "Service Worker registration blocked by Playwright")
# Before a picture, Playwright stops what moves by a style in the page: our policy refuses it, and Firefox says so.
_STYLE_OF_PICTURES = "sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT+SmwNZWA="
_AXE = Axe()
_ONLY_CHROMIUM = {"java_script_enabled": False, "color_scheme": "dark"}
_EVERY_RULE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_CONTRAST = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def chromium() -> str:
    """The path of the Chromium to drive; ``CHROMIUM`` names another than Debian's."""
    path = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    assert path, "Chromium is missing: « make test » installs it, or « apt install chromium » does."
    return path


@contextmanager
def launched(*settings: str) -> Iterator[Browser]:
    """One browser, headless, with settings of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*_arguments(), *settings])
        yield browser
        browser.close()


@contextmanager
def launched_firefox() -> Iterator[Browser]:
    """The same with Debian's Firefox, where nothing moves."""
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        path = firefox.program(Path(folder))
        still = {"ui.prefersReducedMotion": 1}
        browser = playwright.firefox.launch(channel="moz-firefox", executable_path=path, firefox_user_prefs=still)
        yield browser
        browser.close()


def trusting(certificate: Certificate) -> list[str]:
    """The settings of a Chromium that finds the site's name on this machine, and that knows this certificate."""
    place = f"--host-resolver-rules=MAP {NAME} 127.0.0.1, {_ALONE}"
    return [place, f"--ignore-certificate-errors-spki-list={certificate.fingerprint}"]


@contextmanager
def another(browser: Browser, *settings: str) -> Iterator[Browser]:
    """A second browser beside that one, with settings of its own."""
    second = browser.browser_type.launch(executable_path=chromium(), args=[*_arguments(), *settings])
    yield second
    second.close()


def _arguments() -> list[str]:
    """What every browser is started with; root may not use Chromium's sandbox."""
    return [*_QUIET, f"--host-resolver-rules={_ALONE}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


@dataclass
class Watch:
    """What went wrong in a browser's context, as sentences."""

    home: str
    accepted: tuple[int, ...] = ()
    problems: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Listen to a page, from before its first request."""
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("response", self._response)

    def requested(self, request: Request) -> None:
        """Tell of what does not go to the site itself; no other machine is found (see ``_ALONE``)."""
        if not request.url.startswith((self.home + "/", "data:", "blob:")):
            self.problems.append(f"request to another machine: {request.url}")

    def _error(self, error: Error) -> None:
        if _STYLE_OF_PICTURES not in str(error):
            self.problems.append(f"script error: {error}")

    def _console(self, message: ConsoleMessage) -> None:
        # A missing file is told by its response below, with its address; an error page may answer 404 on purpose.
        if message.type in {"error", "warning"} and not message.text.startswith(_EXPECTED):
            self.problems.append(f"console {message.type}: {message.text}")

    def _response(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status not in self.accepted and response.status >= (500 if is_page else 400):
            self.problems.append(f"{response.status} for {response.url}")


@contextmanager
def watched_page(
    browser: Browser, home: str, *, workers: bool = False, accepted: tuple[int, ...] = (), **options: Any
) -> Iterator[Page]:
    """A page in a browser of its own (no cookie, French); every problem seen meanwhile fails at the end.

    Answers with an ``accepted`` status are part of the test. Requests are listened to, never held: a page that is being
    left while its context closes would wait for its answer for ever.
    """
    if browser.browser_type.name == "firefox" and _ONLY_CHROMIUM.items() & options.items():
        pytest.skip("Playwright can ask this of Chromium only")
    watch = Watch(home, accepted)
    own = {"service_workers": "allow" if workers else "block"}
    context = browser.new_context(**{"base_url": home, "locale": "fr-FR", "viewport": LAPTOP, **own, **options})
    try:
        context.on("request", watch.requested)
        context.on("page", watch.follow)
        yield context.new_page()
    finally:
        context.close()
    assert not watch.problems, "\n".join(watch.problems)


def problems_of(page: Page) -> list[str]:
    """What is wrong with the page that is shown: accessibility (WCAG 2.2 AA), width, title, heading, Enter key."""
    return [*_axe_violations(page, _EVERY_RULE), *_overflow(page), *_nameless(page), *misleading_forms(page)]


def pale_parts_of(page: Page) -> list[str]:
    """What is hard to see in the colours that are shown: all that another colour scheme can change."""
    return _axe_violations(page, _CONTRAST)


def _axe_violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """One line per rule that is broken, with the first element at fault."""
    results = _AXE.run(page, options={"resultTypes": ["violations"], "runOnly": rules})
    return [_describe_violation(violation) for violation in results.response["violations"]]


def _describe_violation(violation: dict[str, Any]) -> str:
    first, *others = violation["nodes"]
    why = " ".join(check["message"] for check in [*first["any"], *first["all"], *first["none"]])
    return f"{violation['id']}: {first['html'][:200]} {why[:200]}" + (f" (and {len(others)} more)" if others else "")


def _overflow(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"the page scrolls sideways by {wide} px"] if wide > 0 else []


def misleading_forms(page: Page) -> list[str]:
    """The forms where the Enter key, in a field, presses something else than their main button.

    Enter presses the first submit button in the order of the document, those tied by ``form=`` included. It is the main
    one when it is a full button, one put there for this key (``.enter``), or one marked ``data-main``.
    """
    return [f"Enter presses {button}" for button in page.evaluate(_ENTER)]


_ENTER = """() => [...document.forms].map(form => {
  const submits = [...form.elements].filter(one => one.type === 'submit');
  const fields = [...form.elements].filter(one => one.matches('input:not([type=hidden])'));
  const main = submits[0] && submits[0].matches('.enter, [data-main], .button:not(.quiet, .plain)');
  return submits.length > 1 && fields.length && !main ? submits[0].outerHTML.slice(0, 200) : '';
}).filter(Boolean)"""


def _nameless(page: Page) -> list[str]:
    problems = [] if page.title().strip() else ["the page has no title"]
    headings = page.locator("h1").count()
    return problems if headings == 1 else [*problems, f"the page has {headings} h1"]


def photograph(page: Page, path: Path) -> None:
    """Keep a picture of the whole page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True, animations="disabled")
