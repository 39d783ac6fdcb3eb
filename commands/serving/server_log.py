"""The log of the server: one JSON object per line on the error stream, without anything that people sent.

Messages of libraries may quote an address or a value: whatever could be one is removed, and an error is logged as its
type and its traceback's lines, never its message.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

from flask import g, has_request_context

_TAKEN_OUT = re.compile(
    r"""[^\s@"'<>]+@[^\s@"'<>]+             # an e-mail address
    | (?<![\w.])/[^\s"'\])>]*               # a path, and what follows it
    | https?://\S+                          # a whole address
    | \b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b  # an IP address
    | \[?\b[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,}\b\]?
    | [\w+/=-]{16,}                         # a token, a key, a hash
    """,
    re.VERBOSE,
)


class JsonLines(logging.Formatter):
    """Formats a record as a line: time, level, event, and the fields given as ``extra={"fields": …}``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its line break."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"time": at, "level": record.levelname.lower(), "event": redacted(record.getMessage())}
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            line |= _described(record.exc_info[1])
        if has_request_context() and "reference" in g:
            line["reference"] = g.reference
        return json.dumps(line, ensure_ascii=False)


def _described(error: BaseException | None) -> dict[str, Any]:
    """An error, and those that led to it: types and places."""
    chain = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
        chain.append({"type": type(error).__name__, "through": places[-12:]})
        error = error.__cause__ or error.__context__
    return {"error": chain}


def redacted(message: str) -> str:
    """Return the message without whatever may be an address of a page, a person or a machine, or a secret.

    >>> redacted("Exception on /repondre/k3yk3yk3yk3yk3yk3yk3y/2 [GET] for ada@exemple.fr at 192.0.2.7")
    'Exception on … [GET] for … at …'
    """
    return _TAKEN_OUT.sub("…", message)


def configure() -> None:
    """Send every log of this process through ``JsonLines``."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("grille").setLevel(logging.INFO)
    logging.captureWarnings(True)
