"""The tables of a data package with the type and the key of each column, as they are put into a database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Final

from restitution.documents.data_files.plain_rows import TYPES, PlainRows
from restitution.documents.open_data.columns import Column, Dictionary
from restitution.documents.open_data.data_package import KEYS, LICENCE, Package
from restitution.documents.open_data.tables import DataTable, Row

ABOUT: Final = "about"
COLUMNS: Final = "columns"


@dataclass(frozen=True)
class TypedTable:
    """A table: the type of each column (``str``, ``int``, ``float`` or ``bool``), its key, and its rows."""

    name: str
    columns: Mapping[str, type]
    key: tuple[str, ...]
    rows: list[Row]


def typed(table: DataTable, *more_key: str) -> TypedTable:
    """Return the table with its types; ``more_key`` are columns that its key begins with.

    Of the key of a package's table, only the columns that this one has.
    """
    plain = PlainRows()
    plain.add(table.columns, table.rows)
    key = (name for name in KEYS[table.name] if name in {column.name for column in table.columns})
    types = {column.name: TYPES[column.kind] for column in table.columns}
    return TypedTable(table.name, types, (*more_key, *key), plain.rows)


def described(about: Package, tables: Iterable[DataTable], dictionary: Dictionary) -> Iterator[TypedTable]:
    """Yield the tables, then ``about`` (title, licence, source…) and ``columns`` (what each column means)."""
    tables = list(tables)
    yield from map(typed, tables)
    yield about_table(about)
    rows = [_meaning(table, column, dictionary) for table in tables for column in table.columns]
    yield TypedTable(COLUMNS, dict.fromkeys(rows[0], str), ("table", "name"), rows)


def _meaning(table: DataTable, column: Column, dictionary: Dictionary) -> Row:
    said = {"name": column.name, "title": column.title, "meaning": column.meaning}
    return {"table": table.name, **said, "unit": dictionary.unit(column)}


def about_table(about: Package) -> TypedTable:
    """Return what the data are, a line each: name, title, description, date, version, source, licence."""
    licence = {"licence": LICENCE["title"], "licence_address": LICENCE["path"]}
    said = {**asdict(about), "created": about.created.isoformat(), **licence}
    rows: list[Row] = [{"name": name, "value": value} for name, value in said.items()]
    return TypedTable(ABOUT, {"name": str, "value": str}, ("name",), rows)
