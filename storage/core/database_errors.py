"""Why the database cannot be used, as sentences that give the remedy."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grille.messages import message as _

SQLError = sqlite3.Error


class DatabaseNotReady(Exception):
    """The database cannot be used in its present state; the message gives the remedy."""


class DatabaseUnavailable(Exception):
    """A statement could not run for a reason outside the program (busy, full disk…); nothing was written."""


REASONS = {
    "SQLITE_BUSY": _("La base de données est occupée. Rien n’a été modifié : réessayez dans un instant."),
    "SQLITE_FULL": _("Le disque est plein. Rien n’a été modifié : libérez de la place, puis réessayez."),
    "SQLITE_READONLY": _("La base de données ne peut pas être modifiée : donnez le droit d’écrire dans son dossier."),
    "SQLITE_IOERR": _(
        "Le disque ne répond pas comme il le devrait. Rien n’a été modifié : vérifiez-le, puis réessayez."
    ),
    "SQLITE_CANTOPEN": _("La base de données ne s’ouvre pas : vérifiez que son dossier existe et qu’on peut y écrire."),
    "SQLITE_CORRUPT": _("La base de données est abîmée : remettez une sauvegarde à sa place."),
    "SQLITE_NOTADB": _("Le fichier n’est pas une base de données : remettez une sauvegarde à sa place."),
}


def reason(error: BaseException) -> str | None:
    """Return why a statement failed, as a French sentence; None if the cause is a bug of the program.

    >>> reason(ValueError()) is None
    True
    """
    name = getattr(error, "sqlite_errorname", None) or ""
    return next((sentence for code, sentence in REASONS.items() if name.startswith(code)), None)


def not_ours(path: Path) -> str:
    """Return the sentence about a file that belongs to another application."""
    return _(
        "Le fichier %(path)s n’est pas une base de données de Grille. "
        "Remettez une sauvegarde à sa place, ou choisissez un autre dossier avec DATA=…",
        path=path,
    )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """In the block, turn errors of SQLite or of the file system into errors that name the file and the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise DatabaseNotReady(not_ours(path)) from error
        if sentence := reason(error):
            raise DatabaseNotReady(f"{path} : {sentence}") from error
        raise
    except UnicodeDecodeError as error:  # a name in its structure is no text any more
        raise DatabaseNotReady(f"{path} : {REASONS['SQLITE_CORRUPT']}") from error
    except OSError as error:
        raise DatabaseNotReady(
            _(
                "Le dossier %(parent)s ne peut pas être utilisé (%(strerror)s). Choisissez-en un autre avec DATA=…",
                parent=path.parent,
                strerror=error.strerror,
            )
        ) from error
