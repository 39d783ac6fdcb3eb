"""The file types accepted as evidence, detected from the content and compared with the name.

Only types that no browser executes: no HTML, no SVG, no macros. Archives are opened in a process with limited
resources, which only lists their content (``questionnaires.untrusted``).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

import orjson

from grille.messages import message as _
from questionnaires.untrusted.process import ReadingBusy, ReadingStopped, ReadingUnbounded, run

LONGEST_NAME = 100

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "odt": f"{_OPEN}text",
    "ods": f"{_OPEN}spreadsheet",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
ACCEPTED: Final = ", ".join(f".{extension}" for extension in MEDIA_TYPES)
IN_WORDS: Final = _("PDF, PNG, JPEG, ODT, ODS, DOCX, XLSX, TXT ou CSV")


class FileRefused(ValueError):
    """The file cannot be accepted; the message is a French sentence with the reason and the remedy."""


@dataclass(frozen=True, slots=True)
class FileType:
    """A file type and its extensions."""

    extensions: tuple[str, ...]
    is_this: Callable[[bytes], bool]


def recognised(name: str, content: bytes) -> str:
    """Return the media type with which this file may be served. Raises ``FileRefused``.

    >>> recognised("compte rendu.pdf", b"%PDF-1.7 ...")
    'application/pdf'
    >>> recognised("programme.exe", b"MZ")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    storage.review.file_types.FileRefused: Ce type de fichier n’est pas accepté. Déposez un fichier PDF...
    """
    extension = PurePosixPath(name).suffix.lower().lstrip(".")
    if not content:
        raise FileRefused(_("Ce fichier est vide. Vérifiez-le, puis déposez-le de nouveau."))
    if extension in {"svg", "html", "htm", "xhtml", "xml"} or _is_markup(content):
        raise FileRefused(
            _(
                "Les pages web et les dessins SVG ne sont pas acceptés, car ils peuvent contenir un programme. "
                "Enregistrez-le en PDF ou en PNG, puis déposez-le de nouveau."
            )
        )
    if extension not in MEDIA_TYPES:
        raise FileRefused(
            _("Ce type de fichier n’est pas accepté. Déposez un fichier %(in_words)s.", in_words=IN_WORDS)
        )
    if not any(extension in type_.extensions and type_.is_this(content) for type_ in TYPES):
        raise FileRefused(
            _(
                "Ce fichier s’appelle « .%(extension)s » mais son contenu est d’une autre sorte. "
                "Enregistrez-le de nouveau dans le bon format (%(in_words)s), sans macro.",
                extension=extension,
                in_words=IN_WORDS,
            )
        )
    return MEDIA_TYPES[extension]


def neutral_name(name: str) -> str:
    """Return the last part of a file's path, without characters that could deceive a reader or a program.

    >>> neutral_name("../../etc/../Charte 2026.pdf"), neutral_name("C:\\\\docs\\\\x.csv"), neutral_name("..")
    ('Charte 2026.pdf', 'x.csv', 'fichier')
    """
    last = re.split(r"[/\\\\]", name)[-1]
    shown = "".join(letter for letter in last if letter.isprintable()).strip().lstrip(".").strip()
    stem, dot, extension = shown.rpartition(".")
    if len(shown) > LONGEST_NAME and dot:
        shown = f"{stem[: LONGEST_NAME - len(extension) - 1]}.{extension}"
    return shown[:LONGEST_NAME] or "fichier"


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _inside(content: bytes) -> Mapping[str, Any]:
    """Return the names in an archive and its declared media type; empty if it is none, or an unreasonable one."""
    if not content.startswith(b"PK"):
        return {}
    try:
        with run("archives", content) as output:
            said: dict[str, Any] = orjson.loads(output.read())
    except ReadingBusy:
        raise FileRefused(_("D’autres fichiers sont en cours de lecture. Déposez celui-ci dans une minute.")) from None
    except ReadingUnbounded:
        raise FileRefused(
            _(
                "Ce serveur n’ouvre aucun document bureautique, car il ne peut pas s’en protéger. "
                "Prévenez la personne qui l’installe ; en attendant, enregistrez-le en PDF."
            )
        ) from None
    except (ReadingStopped, orjson.JSONDecodeError):
        return {}
    return {} if "refused" in said else said


def _open_document(media_type: str) -> Callable[[bytes], bool]:
    """Return a check: an archive whose first member declares that media type, without macros."""

    def is_this(content: bytes) -> bool:
        inside = _inside(content)
        macros = any(name.startswith(("Basic/", "Scripts/")) for name in inside.get("names", ()))
        return inside.get("media_type") == media_type and not macros

    return is_this


def _office(folder: str) -> Callable[[bytes], bool]:
    """Return a check: an archive with a list of content types and that folder, without macros."""

    def is_this(content: bytes) -> bool:
        names = _inside(content).get("names", ())
        macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return "[Content_Types].xml" in names and any(n.startswith(folder) for n in names) and not macros

    return is_this


def _is_text(content: bytes) -> bool:
    """Return whether it is plain text, UTF-8 or one byte a character: no control character but tabs and line ends."""
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", content)


_MARKUP = re.compile(
    rb"^(\xef\xbb\xbf)?\s*<\s*(!doctype|!--|\?xml|html|head|body|svg|script|iframe|img|a|div|meta)\b", re.IGNORECASE
)


def _is_markup(content: bytes) -> bool:
    """Return whether a browser could take it for a page: it begins like one or contains a script."""
    return bool(_MARKUP.match(content[:1024])) or (_is_text(content) and b"<script" in content.lower())


TYPES: Final = (
    FileType(("pdf",), _begins(b"%PDF-")),
    FileType(("png",), _begins(b"\x89PNG\r\n\x1a\n")),
    FileType(("jpg", "jpeg"), _begins(b"\xff\xd8\xff")),
    FileType(("odt",), _open_document(MEDIA_TYPES["odt"])),
    FileType(("ods",), _open_document(MEDIA_TYPES["ods"])),
    FileType(("docx",), _office("word/")),
    FileType(("xlsx",), _office("xl/")),
    FileType(("txt", "csv"), _is_text),
)
