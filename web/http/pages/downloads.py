"""Files to keep, which browsers download rather than show."""

import re
from typing import Final

from flask import Response

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]")

TYPES: Final = {
    "xlf": "application/xliff+xml",
    "csv": "text/csv",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml; charset=utf-8",
}
"""The media type of each kind of file, by the end of its name."""


def download(content: bytes | str, name: str, kind: str = "") -> Response:
    """Return a file to keep under that name, where ``_`` stands for what a header may not hold.

    ``kind`` is its media type, when the end of its name does not say it.
    """
    response = Response(content, mimetype=kind or TYPES[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = f"attachment; filename={_UNSAFE.sub('_', name)}"
    return response
