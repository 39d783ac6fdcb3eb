"""Office files that are the same bytes each time: entries of one date, and only the date that was asked for inside."""

import io
import re
import zipfile
from datetime import date

_MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_FIRST = (1980, 1, 1, 0, 0, 0)  # what the zip format calls no date


def repeatable(content: bytes, made: date) -> bytes:
    """The same Office file, every clock that was read while writing it replaced by that day."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(_entry(name), _dated(name, source.read(name), made))
    return written.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _dated(name: str, content: bytes, made: date) -> bytes:
    if name.endswith(".xlsx"):  # the data behind a chart
        return repeatable(content, made)
    if name == "docProps/core.xml":
        return _MOMENTS.sub(rb"\g<1>" + f"{made.isoformat()}T00:00:00Z".encode() + rb"\g<2>", content)
    return content
