"""Each test is in the tier of the resources that it uses."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.serving import serving
from tests.tiers import HEAVY, JOURNEYS, tiers_of


@pytest.mark.parametrize(
    ("fixtures", "place", "names", "tiers"),
    [
        ((), "tests/web/test_x.py", {}, set()),
        (("client", "database"), "tests/web/test_x.py", {}, set()),
        (("live_server",), "tests/web/test_x.py", {}, {"server"}),
        (("page", "open_page", "browser", "live_server"), "tests/web/test_x.py", {}, {"journey", "server"}),
        ((), "tests/web/test_x.py", {"serving": serving}, {"server"}),
        ((), str(JOURNEYS / "test_x.py"), {}, {"journey"}),
    ],
)
def test_the_tier_of_a_test_is_what_it_uses(
    fixtures: tuple[str, ...], place: str, names: dict[str, Any], tiers: set[str]
) -> None:
    item = SimpleNamespace(fixturenames=fixtures, path=Path(place), module=SimpleNamespace(**names))
    assert set(tiers_of(cast(pytest.Item, item))) == tiers


def test_the_heavy_modules_are_there() -> None:
    assert [path for path in HEAVY if not path.exists()] == []


def test_a_doctest_is_in_the_fast_tier() -> None:
    doctest = SimpleNamespace(path=Path("scoring/rules.py"), module=None)
    assert list(tiers_of(cast(pytest.Item, doctest))) == []


def test_what_a_page_needs_is_marked(request: pytest.FixtureRequest, pytestconfig: pytest.Config) -> None:
    """This very module takes ``serving``: its tests carry the mark."""
    assert request.node.get_closest_marker("server")
    assert not request.node.get_closest_marker("journey")
