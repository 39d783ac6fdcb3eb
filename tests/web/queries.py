"""Counts the database queries of a page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

MOST_QUERIES = 10

_QUERY = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


@contextmanager
def queries(app: Flask) -> Iterator[list[str]]:
    """The statements that read or write rows in the block, through this thread's connection; not what triggers do."""
    found: list[str] = []
    connection = app.extensions["database"].get().conn
    connection.set_trace_callback(lambda sql: found.append(sql) if _QUERY.match(sql) else None)
    try:
        yield found
    finally:
        connection.set_trace_callback(None)
