"""Rows of text (JSON lines) as Parquet: runs in a process of its own, which alone loads DuckDB.

One thread and nothing random: the same rows give the same bytes.
"""

import json
import sys
from pathlib import Path

import duckdb

TABLES = "tables.json"
"""The tables to write: for each, its columns with their types, in order."""

MEMORY = "512MB"


def write_tables(folder: Path) -> None:
    """Write ``name.parquet`` beside each ``name.jsonl`` of the folder."""
    with duckdb.connect(config={"threads": 1, "memory_limit": MEMORY, "temp_directory": ""}) as database:
        for name, columns in json.loads((folder / TABLES).read_text("utf-8")).items():
            _write(database, folder / f"{name}.jsonl", columns)


def _write(database: duckdb.DuckDBPyConnection, rows: Path, columns: dict[str, str]) -> None:
    read = "read_json($rows, format = 'newline_delimited', columns = $columns)"
    relation = database.sql(f"SELECT * FROM {read}", params={"rows": str(rows), "columns": columns})  # noqa: S608
    relation.write_parquet(str(rows.with_suffix(".parquet")), compression="zstd")


def main(folder: str) -> None:
    """Write them; exits with 1, and says in one line what went wrong."""
    try:
        write_tables(Path(folder))
    except (duckdb.Error, OSError) as error:
        print(str(error).partition("\n")[0], file=sys.stderr)
        sys.exit(1)
