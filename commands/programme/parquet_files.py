"""Tables as Parquet files, written by a bounded process: what is missing there, or fails, is said in a sentence."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import orjson

from commands.errors import Refusal
from grille.messages import message as _
from questionnaires.untrusted.bounded_start import bounded_command
from questionnaires.untrusted.limits import MEGABYTE
from restitution.documents.open_data.columns import Column, Kind
from restitution.documents.open_data.tables import Row

MOST_MEMORY: Final = 2048 * MEGABYTE
"""Of addresses: DuckDB reserves more of them than it uses of memory."""

LARGEST_FILE: Final = 512 * MEGABYTE

_PROCESS: Final = "commands.programme.parquet_process"

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


@dataclass
class TableRows:
    """The rows of one table, and every column that one of them has."""

    columns: dict[str, Column] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def add(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Add rows; what is not counted because it is too few (« <k ») is told as nothing."""
        self.columns |= {column.name: column for column in columns}
        counts = {column.name for column in columns if column.kind == "count"}
        self.rows += [{name: _plain(value, name in counts) for name, value in row.items()} for row in rows]


def _plain(value: object, is_count: bool) -> str | int | float | bool | None:
    return None if is_count and isinstance(value, str) else value  # type: ignore[return-value]  # of a row


def require_duckdb() -> None:
    """Refuse, saying what to install, where the library that writes Parquet is not there."""
    if find_spec("duckdb") is None:
        raise Refusal(
            _(
                "Il manque de quoi écrire des fichiers Parquet\u00a0: installez-le avec «\u00a0.venv/bin/python -m pip "
                "install --require-hashes -r requirements-export.txt\u00a0», puis recommencez."
            )
        )


def write_parquet(tables: Mapping[str, TableRows], folder: Path) -> None:
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
