"""Reading of untrusted ZIP archives: members are counted before they are listed, and decompressed up to a limit.

Runs in the process of ``questionnaires.untrusted.process``; imports the standard library only.
"""

import io
import json
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Final

MOST_MEMBERS: Final = 4_000
_CHUNK: Final = 64 * 1024
_FURTHEST_END: Final = 65_557
_LONG_ENTRY: Final = 300
_IN_ZIP64: Final = 0xFFFFFFFF
BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)


class Refused(Exception):
    """Raised for a file that cannot be used: ``why`` is the code of a reason, ``where`` a cell or ""."""

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(why)
        self.why, self.where = why, where


class Archive:
    """A ZIP archive; ``budget`` is the number of bytes that may be decompressed from it in all.

    Raises ``Refused`` when it is damaged or has too many members.
    """

    def __init__(self, file: IO[bytes], budget: int) -> None:
        _refuse_too_many(file)
        try:
            self._archive = zipfile.ZipFile(file)
        except BROKEN as error:
            raise Refused("damaged") from error
        self.members = self._archive.infolist()
        self.names = [member.filename for member in self.members]
        if len(self.members) > MOST_MEMBERS:
            raise Refused("members")
        if len(set(self.names)) < len(self.names):
            raise Refused("damaged")
        self._left = budget

    def find(self, name: str) -> zipfile.ZipInfo | None:
        """Return the member with that name, ignoring case and the kind of slash; None when there is none."""
        wanted = name.lower()
        return next((one for one in self.members if one.filename.replace("\\", "/").lower() == wanted), None)

    def chunks(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield the content of a member in pieces; the size that it declares is not trusted.

        Raises ``Refused`` when it is encrypted, damaged, or beyond the budget.
        """
        if member.flag_bits & 0x1:
            raise Refused("encrypted")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("damaged")
        try:
            with self._archive.open(member) as file:
                while chunk := file.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise Refused("heavy")
                    yield chunk
        except BROKEN as error:
            raise Refused("damaged") from error


def _refuse_too_many(file: IO[bytes]) -> None:
    """Raise ``Refused`` for a long list of members before reading it: in memory, it would be ten times as large."""
    length = file.seek(0, io.SEEK_END)
    file.seek(max(0, length - _FURTHEST_END))
    tail = file.read(_FURTHEST_END)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(tail):
        raise Refused("damaged")
    (size,) = struct.unpack_from("<I", tail, end + 12)
    if size > MOST_MEMBERS * _LONG_ENTRY and size != _IN_ZIP64:
        raise Refused("members")


def main() -> None:
    """Print a JSON object about the archive on standard input: its members' names and its declared media type.

    For an archive that is refused, print the reason.
    """
    try:
        archive = Archive(sys.stdin.buffer, _CHUNK)
        said: dict[str, object] = {"names": archive.names, "media_type": _media_type(archive)}
    except Refused as refusal:
        said = {"refused": refusal.why}
    sys.stdout.write(json.dumps(said))


def _media_type(archive: Archive) -> str:
    """Return the text of the first member when it is named ``mimetype``, at most 200 bytes, else ""."""
    first = archive.members[0] if archive.members else None
    if first is None or first.filename != "mimetype":
        return ""
    return b"".join(archive.chunks(first))[:200].decode("ascii", "replace")
