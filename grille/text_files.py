"""Reading of text files from outside, with errors that say why one cannot be read and what to do."""

import codecs
import re
from pathlib import Path

from grille.messages import message as _

UNDECODED = re.compile("[\udc80-\udcff]")
_FOREIGN_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


class UnreadableError(Exception):
    """Raised for a file that cannot be read as text: ``message`` says why and what to do, ``line`` where, if known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def foreign_encoding(head: bytes) -> str | None:
    """Return the name of the encoding when the first bytes of a file show that it is not UTF-8, else None.

    >>> foreign_encoding("college;COO-1".encode("utf-16"))
    'UTF-16'
    >>> foreign_encoding("college;COO-1".encode("utf-16-le"))
    'UTF-16'
    >>> foreign_encoding(b"college;COO-1") is None
    True
    """
    for mark, name in _FOREIGN_MARKS.items():
        if head.startswith(mark):
            return name
    sample = head[:400]
    blank = max(sample[0::2].count(0), sample[1::2].count(0))
    return "UTF-16" if len(sample) >= 4 and blank > len(sample) * 0.4 else None


def why_not(error: OSError) -> str:
    """Return a French sentence that says why the system refuses to open a file."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return _("ce fichier n’existe pas : vérifiez son nom et son dossier.")
    if isinstance(error, IsADirectoryError):
        return _("c’est un dossier : donnez le chemin d’un fichier.")
    if isinstance(error, PermissionError):
        return _("ce fichier ne peut pas être lu : vérifiez vos droits sur ce fichier.")
    return _("ce fichier ne peut pas être ouvert : vérifiez son nom et réessayez.")


def read_text(path: Path, at_most: int) -> str:
    """Return the text of a UTF-8 file, with or without byte-order mark.

    Raises ``UnreadableError`` when it cannot be read, is not UTF-8 or has more than ``at_most`` bytes.
    """
    return decoded(_read_bytes(path, at_most))


def decoded(data: bytes) -> str:
    """Return the text of the content of a UTF-8 file, with or without byte-order mark.

    Raises ``UnreadableError`` when it is not UTF-8.
    """
    encoding = foreign_encoding(data[:400])
    if encoding:
        raise UnreadableError(
            _("ce fichier est en %(encoding)s : enregistrez-le à nouveau en UTF-8.", encoding=encoding)
        )
    if b"\0" in data:
        raise UnreadableError(
            _("ce fichier contient un octet nul, ce n’est pas du texte : vérifiez que c’est le bon fichier."),
            _line_at(data, data.index(b"\0")),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            _(
                "cette ligne n’est pas en UTF-8 (le fichier semble être en Windows-1252 ou ISO-8859-1) : "
                "enregistrez-le à nouveau en UTF-8."
            ),
            _line_at(data, error.start),
        ) from None


def _read_bytes(path: Path, at_most: int) -> bytes:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UnreadableError(_("ce n’est pas un fichier ordinaire : donnez le chemin d’un fichier."))
        with path.open("rb") as file:
            data = file.read(at_most + 1)
    except OSError as error:
        raise UnreadableError(why_not(error)) from None
    except ValueError:
        raise UnreadableError(_("ce nom de fichier n’est pas possible : vérifiez-le.")) from None
    if len(data) > at_most:
        raise UnreadableError(
            _(
                "ce fichier dépasse %(at_most)s Mo, bien plus qu’une grille : vérifiez que c’est le bon fichier.",
                at_most=at_most // 1_000_000,
            )
        )
    return data


def _line_at(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
