"""sqlite-utils, imported without the pandas that it would load by itself.

``sqlite_utils`` imports pandas and numpy whenever they are installed, to name a few more column types that our strict
tables never use. That is 45 MB in every process that answers a phone (decision 0031), so both stay hidden meanwhile.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _hidden(*names: str) -> Iterator[None]:
    """Make ``import name`` fail in the block, for the modules not loaded yet."""
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
