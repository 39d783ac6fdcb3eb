"""Lists read page by page (keyset pagination): a page costs the same wherever it is in the list.

A page begins after a row, or ends before one, given by its id. Rows added or removed elsewhere do not move it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

import orjson

from storage.core.engine import Database

PAGE_SIZE = 25

T = TypeVar("T")
U = TypeVar("U")
Row = tuple[Any, ...]


class PositionGone(ValueError):
    """The row after or before which the page should begin or end no longer exists."""


@dataclass(frozen=True, slots=True)
class Position:
    """The page after the row ``after`` or before the row ``before`` (ids); by default the first page."""

    after: int | None = None
    before: int | None = None


FIRST = Position()


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The rows of a page in order, and the positions of the previous and next pages (None at the ends)."""

    rows: tuple[T, ...]
    previous: Position | None = None
    next: Position | None = None

    def map(self, read: Callable[[T], U]) -> "Page[U]":
        """Return the same page with ``read`` applied to each row."""
        return self.with_rows(tuple(map(read, self.rows)))

    def with_rows(self, rows: tuple[U, ...]) -> "Page[U]":
        """Return the same page with other rows."""
        return Page(rows, self.previous, self.next)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list to read: its columns (the id first), its source, and its sorting key (the id last).

    ``source`` and ``condition`` are SQL, with their parameters in ``values``, in that order. With ``branches``
    (conditions with one parameter each), a row must meet at least one of them: each is read through its own index.
    """

    table: str
    columns: str
    key: tuple[str, ...]
    source: str = ""
    condition: str = "TRUE"
    values: Row = ()
    descending: bool = False
    branches: tuple[tuple[str, Any], ...] = ()

    def where(self, condition: str, *values: Any) -> "Listing":
        """Return the rows of this list that also meet a condition."""
        return replace(self, condition=f"{self.condition} AND {condition}", values=(*self.values, *values))


def read_page(db: Database, listing: Listing, position: Position = FIRST, size: int = PAGE_SIZE) -> Page[Row]:
    """Return a page of a list. Raises ``PositionGone`` if the row of ``position`` no longer exists."""
    upward = position.after is not None or (position.before is None and not listing.descending)
    found = _rows(db, listing, position, size + 1, upward=upward)
    backward, more, rows = upward is listing.descending, len(found) > size, found[:size]
    if backward and not more:
        return read_page(db, listing, size=size)
    if not rows and position != FIRST:
        raise PositionGone
    rows = rows[::-1] if backward else rows
    before, after = (_below, _above) if not listing.descending else (_above, _below)
    return Page(
        tuple(rows),
        before(rows[0]) if rows and (more if backward else position != FIRST) else None,
        after(rows[-1]) if rows and (backward or more) else None,
    )


class Numbered(Protocol):
    """A row that has an id."""

    @property
    def id(self) -> int:
        """Its id."""


N = TypeVar("N", bound=Numbered)


def page_among(rows: Sequence[N], position: Position = FIRST, size: int = PAGE_SIZE) -> Page[N]:
    """Return a page of a list that is known whole. Raises ``PositionGone`` if the row of ``position`` is not in it."""
    edge = position.before if position.after is None else position.after
    where = next((rank for rank, row in enumerate(rows) if row.id == edge), None)
    if edge is not None and where is None:
        raise PositionGone
    begins = 0 if where is None else where + 1
    start = max(begins - 1 - size, 0) if position.before is not None and position.after is None else begins
    shown = tuple(rows[start : start + size])
    return Page(
        shown,
        Position(before=shown[0].id) if shown and start > 0 else None,
        Position(after=shown[-1].id) if shown and start + size < len(rows) else None,
    )


def as_json(numbers: Iterable[int | str]) -> str:
    """Return ids, or names, as the parameter of ``json_each``, so that one statement serves any number of them.

    >>> as_json([7, 8])
    '[7,8]'
    """
    return orjson.dumps(list(numbers)).decode()


def _above(row: Row) -> Position:
    number, *_others = row
    return Position(after=number)


def _below(row: Row) -> Position:
    number, *_others = row
    return Position(before=number)


def _rows(db: Database, listing: Listing, position: Position, most: int, *, upward: bool) -> list[Row]:
    bound, edge = _bound(db, listing, position)
    order = ", ".join(f"{column} {'ASC' if upward else 'DESC'}" for column in listing.key)
    end = f"ORDER BY {order} LIMIT {most}"
    parts, values = [], []
    for branch, *value in listing.branches or (("TRUE",),):
        sql = f"""SELECT {listing.columns} FROM {listing.source or listing.table} WHERE {listing.condition}
            AND {bound} AND {branch} {end}"""  # noqa: S608  # of our modules
        parts.append(sql)
        values += [*listing.values, *edge, *value]
    together = " UNION ".join(f"SELECT * FROM ({part})" for part in parts)  # noqa: S608  # as above
    return db.conn.execute(f"{together} {end}" if len(parts) > 1 else parts[0], values).fetchall()


def _bound(db: Database, listing: Listing, position: Position) -> tuple[str, Row]:
    """Return the condition that excludes rows outside of the page, and its parameters."""
    number = position.before if position.after is None else position.after
    if number is None:
        return "TRUE", ()
    key, sign = ", ".join(listing.key), "<" if position.after is None else ">"
    if len(listing.key) == 1:
        return f"{key} {sign} ?", (number,)
    sql = f"SELECT {key} FROM {listing.table} WHERE {listing.key[-1]} = ?"  # noqa: S608  # as above
    edge = db.conn.execute(sql, (number,)).fetchone()
    if edge is None:
        raise PositionGone
    return f"({key}) {sign} ({', '.join('?' * len(edge))})", edge
