"""Opening of files and buffers from outside as lines of text; problems of encoding are noted while reading."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from grille.messages import message as _
from grille.text_files import UNDECODED, foreign_encoding, why_not
from questionnaires.findings import TableFindings

Source = Path | str | IO[str] | IO[bytes]

_EXPORT: Final = _("exportez-le à nouveau (dans le tableur : « Enregistrer sous », format « CSV UTF-8 »).")
_BOOK: Final = _(
    "c’est un classeur, il faut ici du texte : dans le tableur, « Enregistrer sous », format « CSV UTF-8 »."
)
BOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""The first bytes of spreadsheets: ZIP archives (XLSX, ODS), and the older format (XLS)."""


@dataclass
class Lines:
    """The lines of an open source, and the share of it that has been read, from 0 to 1 (None: unknown)."""

    text: Iterator[str]
    share: Callable[[], float | None]


def name_of(source: Source) -> str:
    """Return how to name a source in a sentence: its file name, or « tableau »."""
    name = source if isinstance(source, str | Path) else getattr(source, "name", None)
    return str(name) if isinstance(name, str | Path) else "tableau"


@contextmanager
def opened(source: Source, findings: TableFindings) -> Iterator[Lines | None]:
    """Open a file, or a text or binary buffer (which is left open), as lines; None when it cannot be read as text.

    The reason is then in the findings.
    """
    if not isinstance(source, str | Path):
        with _buffer(source, findings) as lines:
            yield lines
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115 - closed below, once the opening has succeeded
    except (OSError, ValueError) as error:
        findings.add(why_not(error) if isinstance(error, OSError) else _("ce nom de fichier n’est pas possible."))
        yield None
        return
    with file, _decoded(file, findings, Path(source).stat().st_size) as lines:
        yield lines


@contextmanager
def _buffer(source: IO[Any], findings: TableFindings) -> Iterator[Lines | None]:
    if isinstance(source.read(0), str):
        yield Lines(_cleaned(source, findings), lambda: None)
        return
    buffered = io.BufferedReader(source)  # type: ignore[type-var]
    try:
        with _decoded(buffered, findings, 0) as lines:
            yield lines
    finally:
        buffered.detach()


@contextmanager
def _decoded(binary: "io.BufferedReader[Any]", findings: TableFindings, size: int) -> Iterator[Lines | None]:
    head = binary.peek(400)[:400]
    if head.startswith(BOOKS):
        findings.add(_BOOK)
        yield None
        return
    encoding = foreign_encoding(head)
    if encoding:
        findings.add(
            _("ce tableau est en %(encoding)s ; il doit être en UTF-8 : %(export)s", encoding=encoding, export=_EXPORT)
        )
        yield None
        return
    text = io.TextIOWrapper(binary, "utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield Lines(_cleaned(text, findings), lambda: binary.tell() / size if size else None)
    finally:
        text.detach()


def _cleaned(lines: Iterator[str] | IO[str], findings: TableFindings) -> Iterator[str]:
    """Yield the lines; note those that are not UTF-8, and read them as Windows-1252 to find the other problems too."""
    foreign = False
    for number, line in enumerate(lines, 1):
        if not line.isascii() and UNDECODED.search(line):
            if not foreign:
                findings.add(
                    _("cette ligne n’est pas en UTF-8 (le tableau semble être en Windows-1252 ou ISO-8859-1) : ")
                    + _EXPORT,
                    number,
                )
            foreign = True
            line = line.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        if "\0" in line:
            findings.add(_("cette ligne contient un octet nul, ce n’est pas du texte : effacez-le."), number)
            line = line.replace("\0", "")
        yield line
