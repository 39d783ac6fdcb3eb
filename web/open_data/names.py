"""The names that the files of a campaign can have. Loads nothing that writes them."""

from typing import Final

from restitution.documents.data_files.parquet_files import can_write_parquet
from restitution.documents.open_data.data_package import DESCRIPTION, NAMES

SQLITE: Final = "data.sqlite"
PARQUET: Final = ".parquet"


def possible_names() -> frozenset[str]:
    """Return every name that a file of open data can have."""
    tables = {name.removesuffix(".csv") for name in NAMES - {DESCRIPTION}} if can_write_parquet() else set()
    return NAMES | {SQLITE} | {f"{name}{PARQUET}" for name in tables}
