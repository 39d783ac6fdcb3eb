"""Every module of benchmarks/ can be imported."""

from importlib import import_module
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.mark.parametrize("name", sorted(path.stem for path in BENCHMARKS.glob("[a-z]*.py")))
def test_it_imports(name: str) -> None:
    import_module(f"benchmarks.{name}")
