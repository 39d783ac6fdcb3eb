"""Zip files with the same bytes every time: all entries have one date, the one given by the caller.

The clock is not read: a machine set to 1970, which the zip format cannot write, makes the same files.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date

_MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_FIRST = (1980, 1, 1, 0, 0, 0)  # what the zip format calls no date


def repeatable(content: bytes, made: date) -> bytes:
    """Return the same Office file with every time in it replaced by that day."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return office_file(((name, source.read(name)) for name in source.namelist()), made)


def office_file(parts: Iterable[tuple[str, bytes]], made: date) -> bytes:
    """Return an Office file made of these parts (name, content)."""
    return zipped((name, _dated(name, content, made)) for name, content in parts)


def zipped(files: Iterable[tuple[str, bytes]], day: date | None = None) -> bytes:
    """Return a zip of these files dated that day, or undated if the format cannot write it (1980 to 2107)."""
    written = io.BytesIO()
    moment = (day.year, day.month, day.day, 0, 0, 0) if day and 1980 <= day.year <= 2107 else _FIRST
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return written.getvalue()


def _dated(name: str, content: bytes, made: date) -> bytes:
    if name.endswith(".xlsx"):  # the data behind a chart
        return repeatable(content, made)
    if name == "docProps/core.xml":
        return _MOMENTS.sub(rb"\g<1>" + f"{made.isoformat()}T00:00:00Z".encode() + rb"\g<2>", content)
    return content
