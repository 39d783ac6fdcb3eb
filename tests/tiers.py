"""The tiers of tests, which decide when each runs, derived from its folder and its fixtures.

``journey`` drives a real browser, ``server`` starts the real program in a process of its own, ``heavy`` computes for
seconds; ``make test-fast`` leaves the three out. ``long`` is the one mark that a test carries itself: it runs before a
release only, with ``--long``.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
JOURNEYS = TESTS / "journeys"
# Modules that take 4 seconds of a processor or more, most of it in a few tests. Split one rather than lose quick tests.
HEAVY = {
    TESTS / "benchmarks/test_disclosure_tables.py",
    TESTS / "benchmarks/test_method_simulation.py",
    TESTS / "fuzz/test_fuzz.py",
    TESTS / "restitution/test_mutants.py",
    TESTS / "restitution/test_reader.py",
    TESTS / "restitution/test_reasons.py",
    TESTS / "scoring/edition_1/test_disclosure.py",
    TESTS / "scoring/edition_1/test_scoring_oracle.py",
    TESTS / "scoring/test_method.py",
    TESTS / "scoring/test_closure.py",
    TESTS / "scoring/test_disclosure.py",
    TESTS / "scoring/test_engine_and_oracle.py",
    TESTS / "scoring/test_properties.py",
    TESTS / "scoring/test_published_cells.py",
    TESTS / "scoring/test_shown_and_oracle.py",
    TESTS / "commands/test_demo.py",
    TESTS / "commands/test_score_command.py",
    TESTS / "web/test_damaged_texts.py",
    TESTS / "web/test_pages.py",
    TESTS / "web/test_read_pages.py",
    TESTS / "web/session/test_session.py",
}
BROWSER_FIXTURES, SERVER_FIXTURES = {"browser"}, {"live_server"}  # every other fixture of a page asks for those
# What a module takes from tests/browsing.py, serving.py, proxies.py or benchmarks/kills.py to start one by itself.
BROWSER_STARTERS, SERVER_STARTERS = {"launched"}, {"serving", "Killable", "behind_nginx", "behind_caddy"}


# Where a test marked « everywhere » goes besides Chromium without a proxy: a browser, and a proxy.
ELSEWHERE = (("firefox", ""), ("chromium", "nginx"), ("chromium", "caddy"))


def everywhere(metafunc: pytest.Metafunc) -> None:
    """Repeat a test marked ``everywhere`` in the other places, before a release; in Chromium alone if so marked."""
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    used = set(metafunc.fixturenames)
    if not metafunc.config.getoption("--long") or "everywhere" not in marks or not used >= {"browser", "live_server"}:
        return
    places = [place for place in ELSEWHERE if not ("chromium" in marks and place[0] == "firefox")]
    home, *others = ("chromium", ""), *(pytest.param(*place, marks=pytest.mark.long) for place in places)
    names = [" ".join(filter(None, place)) for place in places]
    metafunc.parametrize(("browser", "live_server"), [home, *others], indirect=True, ids=["", *names], scope="session")


def mark_tiers(items: list[pytest.Item]) -> None:
    """Mark each test that drives a browser, starts a server or computes for long; an hour for those of a release."""
    for item in items:
        for mark in tiers_of(item):
            item.add_marker(mark)
        if item.get_closest_marker("long") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(3600))


def tiers_of(item: pytest.Item) -> Iterator[str]:
    """The marks of a test, from its fixtures, its folder and what its module imports."""
    fixtures, names = set(getattr(item, "fixturenames", ())), vars(getattr(item, "module", None) or object)
    if fixtures & BROWSER_FIXTURES or names.keys() & BROWSER_STARTERS or JOURNEYS in item.path.parents:
        yield "journey"
    if fixtures & SERVER_FIXTURES or names.keys() & SERVER_STARTERS:
        yield "server"
    if item.path in HEAVY:
        yield "heavy"


def leave_out_long(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests marked ``long``, unless ``--long`` asks for them."""
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]
