"""sqlite-utils, imported without pandas, which it would load by itself.

``sqlite_utils`` imports pandas and numpy whenever they are installed, for column types that our strict tables never
use. They take 45 MB in every process that serves respondents (decision 0031), so both are hidden during the import.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _hidden(*names: str) -> Iterator[None]:
    """Make ``import name`` fail in the block, for modules not loaded yet."""
    unloaded = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(unloaded))  # type: ignore[arg-type]  # None is how Python marks "not importable"
    try:
        yield
    finally:
        for name in unloaded:
            del sys.modules[name]


with _hidden("pandas", "numpy"):
    from sqlite_utils import Database, Migrations

__all__ = ["Database", "Migrations"]
