"""The log of the server: one JSON object per line on the error stream, without anything that people sent.

Messages are written by us and by libraries, which may quote an address or a value: what could be one is taken out, and
an error is told by its type and the lines it went through, never by its words.
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
    """A record as a line: when, how grave, what, and the fields that ``extra={"fields": …}`` gives."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
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
    """The message without what may be an address of a page, of a person or of a machine, or a secret.

    >>> redacted("Exception on /repondre/k3yk3yk3yk3yk3yk3yk3y/2 [GET] for ada@exemple.fr at 192.0.2.7")
    'Exception on … [GET] for … at …'
    """
    return _TAKEN_OUT.sub("…", message)


def configure() -> None:
    """Write every log of this process that way."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("grille").setLevel(logging.INFO)
    logging.captureWarnings(True)
