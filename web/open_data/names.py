"""The names that the files of a campaign can have. Loads nothing that writes them."""

from functools import cache
from importlib.util import find_spec
from typing import Final

from restitution.documents.open_data.data_package import DESCRIPTION, NAMES

SQLITE: Final = "data.sqlite"
PARQUET: Final = ".parquet"


@cache
def has_parquet() -> bool:
    """Whether this installation has the optional library that writes Parquet."""
    return find_spec("duckdb") is not None


def possible_names() -> frozenset[str]:
    """Return every name that a file of open data can have."""
    tables = {name.removesuffix(".csv") for name in NAMES - {DESCRIPTION}} if has_parquet() else set()
    return NAMES | {SQLITE} | {f"{name}{PARQUET}" for name in tables}
