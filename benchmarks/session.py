"""The cost of a session: bytes before the first slide and in all, time to the next slide on a slow machine.

    python -m benchmarks.session [--rounds 5]

The demonstration is served for real and read in Chromium. Bytes are what the network carried, bodies as sent. The next
slide is timed from the key press to the frame after the one that shows it, with the CPU slowed four times by the
browser's own tools (``Emulation.setCPUThrottlingRate``); the yardstick, printed beside it, is the same browser's time
for two frames with nothing to do. Exits with 1 when a figure is beyond its limit.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, Response

from benchmarks.demonstration import make_demo
from tests.browsing import PROJECTOR, launched
from tests.serving import LiveServer, serving

DECK, RESIDENTS = "/seance/villeroche-2026", "/restitution/villeroche-2026/habitants"
FIRST, WHOLE, FILE, NEXT = 100_000, 600_000, 1_500_000, 100.0
SLOWDOWN = 4
FRAMES = """key => new Promise(done => {
  const begun = performance.now();
  if (key) document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
})"""


@contextmanager
def demonstration() -> Iterator[LiveServer]:
    """Serve the demonstration during the block."""
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        make_demo(data)
        with serving(data) as server:
            yield server


def weight(browser: Browser, server: LiveServer, address: str, *, script: bool) -> int:
    """Return the bytes of bodies, as sent, of a page on a first visit."""
    page = browser.new_context(base_url=server.url, viewport=PROJECTOR, java_script_enabled=script).new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # Playwright marks its handlers
    page.goto(address, wait_until="networkidle")
    total = sum(answer.request.sizes()["responseBodySize"] for answer in answers)
    page.context.close()
    return total


def next_slides(page: Page, key: str) -> list[float]:
    """Return the milliseconds after each key press, from the first slide to the last."""
    presses = page.locator(".slide").count() + page.locator(".moves li").count() - 1
    return [float(page.evaluate(FRAMES, key)) for _press in range(presses)]


def slowed(browser: Browser, server: LiveServer) -> Page:
    """Return the deck in a browser with a processor four times slower."""
    page = browser.new_context(base_url=server.url, viewport=PROJECTOR, reduced_motion="reduce").new_page()
    page.goto(DECK)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    return page


def main() -> int:
    """Measure, print; return 0 if every figure is within its limit, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with demonstration() as server, launched() as browser:
        sizes = {
            "First slide, without script": (weight(browser, server, DECK, script=False), FIRST),
            "Whole deck, with script": (weight(browser, server, DECK, script=True), WHOLE),
            "Page for residents": (weight(browser, server, RESIDENTS, script=True), FIRST),
        }
        asked = browser.new_context(base_url=server.url)
        sizes["File to take away, as saved"] = (len(asked.request.get(f"{DECK}/fichier").body()), FILE)
        good = all(size <= limit for size, limit in sizes.values())
        for name, (size, limit) in sizes.items():
            print(f"{name}: {size / 1000:.1f} kB (limit {limit / 1000:.0f} kB)")
        return 0 if report(browser, server, rounds) and good else 1


def report(browser: Browser, server: LiveServer, rounds: int) -> bool:
    """Print the time to the next slide beside two idle frames; return whether the median is within its limit."""
    times, idle = [], []
    for _round in range(rounds):
        page = slowed(browser, server)
        idle += [float(page.evaluate(FRAMES, "")) for _frame in range(10)]
        times += next_slides(page, "PageDown")
        page.context.close()
    ranked = sorted(times)
    late = ranked[int(len(ranked) * 0.95)]
    print(
        f"Next slide, CPU slowed {SLOWDOWN} times: median {median(times):.0f} ms (limit {NEXT:.0f}), 95 in 100 under "
        f"{late:.0f} ms, × {median(times) / median(idle):.2f} two idle frames ({len(times)} presses, {rounds} rounds)"
    )
    return median(times) <= NEXT


if __name__ == "__main__":
    sys.exit(main())
