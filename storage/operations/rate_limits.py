"""Rate limits, counted for all processes of the server in a small database of their own.

A limit is a leaky bucket: « 10 in 10 minutes » allows ten tries at once, then one a minute. There is one row per limit
and client, deleted once its bucket is empty; beyond ``MOST_ROWS`` the emptiest are deleted first. A client is stored
only as a keyed hash, which expires sooner than the limit. The file is not backed up: it is written without waiting for
the disk and made again when it is missing or damaged. Deleting it resets all counts.
"""

import hmac
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network
from math import ceil
from pathlib import Path
from time import time

from grille.messages import message as _
from storage.core.database_errors import DatabaseUnavailable
from storage.core.rows import single_value
from storage.core.thread_cleanup import ClosedAtEnd

MOST_ROWS = 20_000
_BUSY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Limit:
    """A rate limit: at most ``most`` tries ``within`` a period. Its name separates its counts from the others'."""

    name: str
    most: int
    within: timedelta

    @property
    def leak(self) -> float:
        """The time after which one try is forgotten, in seconds."""
        return self.within.total_seconds() / self.most


class Counts:
    """The counted tries. ``clock`` returns seconds; all counts are forgotten if it goes far back."""

    def __init__(self, path: Path, secret: str, clock: Callable[[], float] = time, most: int = MOST_ROWS) -> None:
        self._path, self._secret, self._clock, self._most = path, secret.encode(), clock, most
        self._of_thread = threading.local()
        self._one_by_one = threading.RLock()  # a thread that makes the file or closes it must not meet another

    def hit(self, limit: Limit, who: str) -> timedelta | None:
        """Count one try and return None if it is allowed; else return the delay before the next, uncounted.

        Raises ``DatabaseUnavailable`` when it cannot be counted.
        """
        return self._changed(limit, who, 1)

    def wait(self, limit: Limit, who: str) -> timedelta | None:
        """Return the delay before the next try; None if it is allowed now. Counts nothing."""
        with self._one_by_one:
            empty_at, now = self._empty_at(limit, who), self._clock()
        left = empty_at + limit.leak - now - limit.within.total_seconds()
        return timedelta(seconds=left) if 1e-6 < left <= limit.leak + 1e-6 else None

    def level(self, limit: Limit, who: str) -> int:
        """Return the number of tries still counted. Counts nothing."""
        with self._one_by_one:
            left = self._empty_at(limit, who) - self._clock()
        return ceil(left / limit.leak - 1e-6) if 0 < left <= limit.within.total_seconds() + 1e-6 else 0

    def _empty_at(self, limit: Limit, who: str) -> float:
        try:
            found = self._connection().execute("SELECT empty_at FROM tries WHERE mark = ?", (self._mark(limit, who),))
            return float(single_value(found, 0.0))
        except sqlite3.DatabaseError:
            return 0.0  # what must be counted says so at its next try

    def refund(self, limit: Limit, who: str) -> None:
        """Uncount one try."""
        self._changed(limit, who, -1)

    def _changed(self, limit: Limit, who: str, tries: int) -> timedelta | None:
        with self._one_by_one:
            return self._counted(limit, who, tries)

    def _counted(self, limit: Limit, who: str, tries: int) -> timedelta | None:
        try:
            return self._change(limit, self._mark(limit, who), tries)
        except sqlite3.DatabaseError as error:
            self.close()
            if isinstance(error, sqlite3.OperationalError):
                raise DatabaseUnavailable(_("Les essais ne peuvent pas être comptés pour le moment.")) from error
            self._path.unlink(missing_ok=True)  # not a database any more: nothing in it is worth keeping
            return self._change(limit, self._mark(limit, who), tries)

    def _change(self, limit: Limit, mark: bytes, tries: int) -> timedelta | None:
        conn, now, longest = self._connection(), self._clock(), limit.within.total_seconds()
        with conn:
            conn.execute("BEGIN IMMEDIATE")
            empty_at = single_value(conn.execute("SELECT empty_at FROM tries WHERE mark = ?", (mark,)), now)
            before = empty_at if now < empty_at <= now + longest else now
            after = before + tries * limit.leak
            if after - now > longest + 1e-6:
                return timedelta(seconds=after - now - longest)
            conn.execute("INSERT OR REPLACE INTO tries (mark, empty_at) VALUES (?, ?)", (mark, after))
            conn.execute("DELETE FROM tries WHERE empty_at <= ?", (now,))
            conn.execute(
                """DELETE FROM tries WHERE mark IN (SELECT mark FROM tries ORDER BY empty_at
                    LIMIT max(0, (SELECT count(*) FROM tries) - ?))""",
                (self._most,),
            )
        return None

    def _mark(self, limit: Limit, who: str) -> bytes:
        text = f"{limit.name}\0{who}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._secret, text, "sha256")[:16]

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._of_thread, "conn", None)
        if found is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            found = self._of_thread.conn = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
            self._of_thread.end = ClosedAtEnd(found)
            found.executescript(
                """PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
                CREATE TABLE IF NOT EXISTS tries (mark BLOB PRIMARY KEY, empty_at REAL NOT NULL) STRICT, WITHOUT ROWID;
                CREATE INDEX IF NOT EXISTS tries_by_time ON tries (empty_at);"""
            )
        return found

    def close(self) -> None:
        """Close this thread's connection; the next try opens another."""
        conn: sqlite3.Connection | None = self._of_thread.__dict__.pop("conn", None)
        if conn is not None:
            with self._one_by_one, suppress(sqlite3.Error):
                conn.close()


def block_of(address: str | None) -> str:
    """Return the network of an address: the address in IPv4, its first 56 bits in IPv6; "" if invalid.

    >>> block_of("203.0.113.7"), block_of("2001:db8:12:3456::1"), block_of(None)
    ('203.0.113.7', '2001:db8:12:3400::', '')
    """
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return ""
    mapped = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(mapped if mapped.version == 4 else ip_network((mapped, 56), strict=False).network_address)
