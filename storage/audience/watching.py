"""What phones ask every two seconds, answered without a query as long as nothing was written to the database."""

import threading

from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.tokens import storable

_known = threading.local()


def version_of(db: Database, code: str) -> int | None:
    """Return the version of the audience of that code, None when there is none.

    SQLite says whether another connection has written (``data_version``), and how much this one has.
    """
    conn = db.conn
    mark = (single_value(conn.execute("PRAGMA data_version")), conn.total_changes)
    if getattr(_known, "of", None) is not conn or _known.mark != mark:
        _known.of, _known.mark, _known.versions = conn, mark, {}
    versions: dict[str, int | None] = _known.versions
    if code not in versions and len(versions) < _MOST:
        versions[code] = _read(db, code)
    return versions[code] if code in versions else _read(db, code)


_MOST = 100


def _read(db: Database, code: str) -> int | None:
    sql = "SELECT version FROM audiences WHERE code = ?"
    version: int | None = single_value(db.conn.execute(sql, (storable(code).upper(),)))
    return version
