"""Zip files that are the same bytes each time: entries of one date, and only the date that was asked for inside.

No clock is read: a machine whose clock says 1970, which the zip format cannot write, makes the same files.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date

_MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_FIRST = (1980, 1, 1, 0, 0, 0)  # what the zip format calls no date


def repeatable(content: bytes, made: date) -> bytes:
    """The same Office file, every clock that was read while writing it replaced by that day."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return office_file(((name, source.read(name)) for name in source.namelist()), made)


def office_file(parts: Iterable[tuple[str, bytes]], made: date) -> bytes:
    """An Office file of these parts, by their names."""
    return zipped((name, _dated(name, content, made)) for name, content in parts)


def zipped(files: Iterable[tuple[str, bytes]], day: date | None = None) -> bytes:
    """A zip file of these files, of that day where the format can say it (from 1980 to 2107), else of no date."""
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
