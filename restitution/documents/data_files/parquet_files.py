"""Tables as Parquet files, written by a bounded process."""

import subprocess
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import orjson

from questionnaires.untrusted.bounded_start import bounded_command
from questionnaires.untrusted.limits import MEGABYTE
from restitution.documents.data_files.plain_rows import PlainRows
from restitution.documents.open_data.columns import Kind

MOST_MEMORY: Final = 2048 * MEGABYTE
"""Of addresses: DuckDB reserves more of them than it uses of memory."""

LARGEST_FILE: Final = 512 * MEGABYTE

_PROCESS: Final = "restitution.documents.data_files.parquet_process"

_TYPES: Final[dict[Kind, str]] = {
    "text": "VARCHAR",
    "count": "BIGINT",
    "level": "DOUBLE",
    "figure": "DOUBLE",
    "share": "DOUBLE",
    "flag": "BOOLEAN",
}


class NotWritten(Exception):
    """The files could not be written: what the process said of it."""


@cache
def can_write_parquet() -> bool:
    """Whether this installation has the optional library that writes Parquet."""
    return find_spec("duckdb") is not None


def write_parquet(tables: Mapping[str, PlainRows], folder: Path) -> None:
    """Write ``name.parquet`` in that folder for each table. Raises ``NotWritten`` or ``OSError``."""
    types = {
        name: {column.name: _TYPES[column.kind] for column in table.columns.values()} for name, table in tables.items()
    }
    (folder / "tables.json").write_bytes(orjson.dumps(types))
    for name, table in tables.items():
        (folder / f"{name}.jsonl").write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in table.rows))
    bounds = {"memory": MOST_MEMORY, "output": LARGEST_FILE}
    done = subprocess.run(  # noqa: S603  # our own interpreter and modules
        bounded_command(_PROCESS, str(folder), bounds=bounds, must_bound=False, installed=True),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotWritten(done.stderr.strip().rpartition("\n")[2])
