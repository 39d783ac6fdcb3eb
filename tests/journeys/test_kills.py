"""A bounded run of ``benchmarks/kills.py``: the server is killed while people answer; nothing acknowledged is lost."""

from pathlib import Path

import pytest

from benchmarks.kills import run

pytestmark = pytest.mark.journey


def test_what_was_acknowledged_survives_the_server(tmp_path: Path) -> None:
    acknowledged, problems = run(tmp_path / "data", kills=8, clients=6, seed=2, whole_every=8)
    assert acknowledged > 50
    assert problems == []
