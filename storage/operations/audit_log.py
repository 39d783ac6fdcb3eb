"""The audit log: who did what to which object, and when. Entries are added, never changed nor removed.

An entry is written in the transaction of the change that it records, so that neither exists without the other. It holds
ids and codes only: no name, no address, nothing about respondents. Each entry contains the SHA-256 of its content and
of the previous entry, so that a change made by hand is detected (``problems``).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

import orjson

from accounts.audit_events import AuditEvent
from grille.messages import message as _
from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign
from storage.campaigns.territories import Territory
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.pages import FIRST, PAGE_SIZE, Listing, Page, Position, read_page
from storage.core.rows import single_value
from storage.core.timestamps import PARIS, now, to_text
from storage.operations.jobs import Demand, ask
from storage.webhooks.deliveries import SENDING, announce

Detail = str | int
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class About:
    """The ids of the objects of an entry; ``account`` is the account that the event changed."""

    territory: int | None = None
    campaign: int | None = None
    account: int | None = None


NOTHING = About()


def about(thing: Campaign | Territory | Account | None) -> About:
    """Return the ``About`` of a campaign, a territory or an account."""
    if isinstance(thing, Campaign):
        return About(territory=thing.territory.id, campaign=thing.id)
    if isinstance(thing, Territory):
        return About(territory=thing.id)
    return About(account=thing.id) if thing else NOTHING


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the log. ``by`` is the id of the author's account; None for a command or the program."""

    id: int
    at: datetime
    by: int | None
    event: str
    about: About
    detail: Mapping[str, Detail]
    sha256: str


def record(db: Database, event: AuditEvent, by: int | None, about: About = NOTHING, **detail: Detail) -> None:
    """Add an entry, in the current transaction if there is one.

    ``detail`` gives the part of the object concerned by its code or id. Raises ``ValueError`` for a value that looks
    like an address or free text.
    """
    written = _written(detail)
    with writing(db) as conn:
        last, previous = last_seal(db)
        values = (last + 1, to_text(now()), by, str(event), about.territory, about.campaign, about.account, written)
        conn.execute(
            """INSERT INTO audit (id, at, by_id, deed, territory_id, campaign_id, account_id, detail, previous, sha256)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (*values, previous, seal((*values, previous))),
        )
        for delivery in announce(db, event, about.campaign):
            ask(db, Demand(SENDING, delivery.key, delivery.parameters, not_before=delivery.due_at))


@contextmanager
def recorded(
    db: Database, event: AuditEvent, by: int | None, about: About = NOTHING, **detail: Detail
) -> Iterator[None]:
    """Run the block and record ``event`` in one transaction; nothing is recorded if no row changes."""
    with writing(db) as conn:
        before = conn.total_changes
        yield
        if conn.total_changes != before:
            record(db, event, by, about, **detail)


def seal(values: tuple[Any, ...]) -> str:
    """Return the SHA-256 of an entry: its columns in order as a JSON list, ending with the seal of the previous entry.

    >>> seal((1, "2026-03-31T18:00:00+00:00", 7, "signed in", None, None, None, "{}", ""))[:12]
    'a1b76e565d5c'
    """
    return sha256(orjson.dumps(values)).hexdigest()


def _written(detail: Mapping[str, Detail]) -> str:
    for name, value in detail.items():
        if isinstance(value, str) and not _is_code(value):
            raise ValueError(f"{name}: the audit log keeps codes and numbers, not texts")
    return orjson.dumps(detail, option=orjson.OPT_SORT_KEYS).decode()


def _is_code(value: str) -> bool:
    return len(value) <= _LONGEST and value.isprintable() and not set(value) & set("@ \u00a0")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter of entries; None means any. Days are days in Paris; the last one is included."""

    events: tuple[AuditEvent, ...] | None = None
    by: int | None = None
    territory: int | None = None
    since: date | None = None
    until: date | None = None

    def listing(self, db: Database) -> Listing:
        """Return the entries that match, as a list to read page by page, latest first."""
        listing = _LISTING
        if self.by is not None:
            listing = replace(listing, branches=(("by_id = ?", self.by), ("account_id = ?", self.by)))
        if self.events is not None and self.by is not None:
            listing = listing.where("deed IN (SELECT value FROM json_each(?))", orjson.dumps(self.events).decode())
        elif self.events is not None:
            listing = replace(listing, branches=tuple(("deed = ?", str(event)) for event in self.events))
        if self.territory is not None:
            listing = listing.where("territory_id = ?", self.territory)
        if self.since:
            start = to_text(datetime.combine(self.since, time.min, PARIS))
            first = _near(db, "at >= ? ORDER BY at", start)
            listing = listing.where("id >= ? AND +at >= ?", first - _CLOCK_CHANGES if first else _MOST, start)
        if self.until:
            end = to_text(datetime.combine(self.until, time.max, PARIS))
            last = _near(db, "at <= ? ORDER BY at DESC", end)
            listing = listing.where("id <= ? AND +at <= ?", last + _CLOCK_CHANGES if last else 0, end)
        return listing


_COLUMNS = "id, at, by_id, deed, territory_id, campaign_id, account_id, detail, previous, sha256"
_LISTING = Listing("audit", _COLUMNS, ("id",), descending=True)
_CLOCK_CHANGES = 1000
"""Lines follow one another in time, but for so many around a change of the machine's clock."""

_MOST = 2**62


def _near(db: Database, condition: str, at: str) -> int | None:
    number = single_value(db.conn.execute(f"SELECT id FROM audit WHERE {condition} LIMIT 1", (at,)))  # noqa: S608  # ours
    return None if number is None else int(number)


def entry_page(db: Database, wanted: Wanted, position: Position = FIRST, size: int = PAGE_SIZE) -> Page[Entry]:
    """Return a page of the entries, latest first. Raises ``PositionGone``."""
    return read_page(db, wanted.listing(db), position, size).map(_entry)


def entries(db: Database, wanted: Wanted, *, before: int | None = None, limit: int = 50) -> list[Entry]:
    """Return at most ``limit`` matching entries with an id below ``before``, latest first."""
    return list(entry_page(db, wanted, Position(before=before), limit).rows)


def lines(db: Database) -> Iterator[dict[str, Any]]:
    """Yield every entry as stored, oldest first."""
    names = _COLUMNS.split(", ")
    for row in db.conn.execute(f"SELECT {_COLUMNS} FROM audit ORDER BY id"):  # noqa: S608  # ours
        line = dict(zip(names, row, strict=True))
        yield line | {"detail": orjson.loads(line["detail"])}


def last_seal(db: Database) -> tuple[int, str]:
    """Return the id and the SHA-256 of the last entry, to be kept elsewhere; ``(0, "")`` if the log is empty."""
    number, kept = db.conn.execute("SELECT id, sha256 FROM audit ORDER BY id DESC LIMIT 1").fetchone() or (0, "")
    return int(number), str(kept)


def problems(db: Database, known: str = "") -> Iterator[str]:
    """Yield the signs that the log was altered, as French sentences; nothing if it is intact.

    ``known`` is a SHA-256 noted earlier: its absence shows that the whole log was rewritten.
    """
    expected, previous, met = 1, "", not known
    for number, *values, previous_kept, kept in db.conn.execute(f"SELECT {_COLUMNS} FROM audit ORDER BY id"):  # noqa: S608
        if number != expected:
            yield _("Il manque %(missing)s.", missing=_missing(expected, number - 1))
        elif previous_kept != previous:
            yield _("La ligne %(values)s ne suit pas celle d’avant.", values=number)
        if seal((number, *values, previous_kept)) != kept:
            yield _("La ligne %(values)s a été modifiée.", values=number)
        expected, previous, met = number + 1, kept, met or kept == known
    drawn = single_value(db.conn.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'"), 0)
    if drawn >= expected:
        yield _("Il manque %(missing)s, à la fin.", missing=_missing(expected, drawn))
    if not met:
        yield _("Le sceau noté n’est plus dans le journal : il a été réécrit.")


def _missing(first: int, last: int) -> str:
    return (
        _("la ligne %(first)s", first=first)
        if first == last
        else _("les lignes %(first)s à %(last)s", first=first, last=last)
    )


def _entry(row: tuple[Any, ...]) -> Entry:
    id_, at, by, event, territory, campaign, account, detail, _, sealed = row
    about = About(territory, campaign, account)
    return Entry(id_, datetime.fromisoformat(at), by, event, about, orjson.loads(detail), sealed)
