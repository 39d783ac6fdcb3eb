"""Debian's WebKitGTK (Safari's engine), driven by WebDriver on a virtual screen."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Remote, WebKitGTKOptions
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service

T = TypeVar("T")

DRIVER, SCREEN = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
_BROWSERS = ("/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/libexec/webkit2gtk-4.1/MiniBrowser")
_PATIENCE, _AGAIN = 60, 0.05


def is_installed() -> bool:
    """Whether all that it takes is there."""
    return bool(DRIVER and SCREEN and minibrowser())


def minibrowser() -> str | None:
    """The browser that comes with the engine."""
    return next((str(path) for place in _BROWSERS for path in Path("/").glob(place[1:])), None)


class Window:
    """One window of WebKit: what is seen in it is waited for, then used."""

    def __init__(self, driver: Remote, home: str) -> None:
        self.driver, self._home = driver, home
        self._waiting = WebDriverWait(driver, _PATIENCE, _AGAIN, [StaleElementReferenceException])

    def until(self, true: Callable[[], T], words: str = "") -> T:
        """Wait for what is said to be true."""
        return self._waiting.until(lambda _driver: true(), words)

    def goto(self, path: str) -> None:
        """Open an address of the site."""
        self.driver.get(self._home + path)

    def at(self, end: str) -> None:
        """Wait for the address to end so."""
        self.until(lambda: self.driver.current_url.endswith(end), f"the address does not end with {end}")

    def all(self, css: str, words: str = "") -> list[WebElement]:
        """What is shown now of those elements, with these words in them."""
        found = self.driver.find_elements(By.CSS_SELECTOR, css)
        return [one for one in found if one.is_displayed() and words in " ".join(one.text.split())]

    def see(self, css: str, words: str = "") -> WebElement:
        """Wait for such an element."""
        return self.until(lambda: self.all(css, words), f"no {css} with « {words} »")[0]

    def has(self, css: str) -> None:
        """Wait for such an element, shown or not."""
        self.until(lambda: self.driver.find_elements(By.CSS_SELECTOR, css), f"no {css}")

    def press(self, css: str, words: str = "") -> None:
        """Click on it."""
        element = self.see(css, words)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def fill(self, css: str, text: str) -> None:
        """Type a text in it, in place of what it holds."""
        field = self.see(css)
        field.clear()
        field.send_keys(text)

    def key(self, key: str) -> None:
        """Press a key of the keyboard."""
        self.driver.find_element(By.TAG_NAME, "body").send_keys(getattr(Keys, key, key))


@contextmanager
def launched_webkit(home: str, width: int, height: int) -> Iterator[Window]:
    """A WebKit of that size, with nothing of others in it."""
    options = WebKitGTKOptions()
    options.binary_location = minibrowser() or ""
    options.add_argument("--automation")
    with _screen() as display, _driving(display) as server, Remote(server, options=options) as driver:
        driver.set_window_size(width, height)
        yield Window(driver, home)


@contextmanager
def _driving(display: str) -> Iterator[RemoteConnection]:
    """What drives the browser, on that screen."""
    service = Service(DRIVER, env=_environment(display))
    service.start()
    try:
        yield RemoteConnection(client_config=ClientConfig(service.service_url))
    finally:
        service.stop()


@contextmanager
def _screen() -> Iterator[str]:
    """A screen in memory: its name."""
    assert SCREEN
    reading, writing = os.pipe()
    command = [SCREEN, "-displayfd", str(writing), "-screen", "0", "1920x1200x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as stream:
            yield f":{stream.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


def _environment(display: str) -> dict[str, str]:
    """Root may not use WebKit's sandbox."""
    sandbox = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"} if os.geteuid() == 0 else {}
    return {**os.environ, "DISPLAY": display, "LANG": "fr_FR.UTF-8", **sandbox}
