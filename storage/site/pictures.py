"""Pictures that people send, such as logos: decoded and written again in a process apart, and stored as PNG.

Nothing of the file that was sent is kept: what is stored was drawn point by point from what could be seen.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Final, Literal

import orjson

from grille.messages import message as _
from questionnaires.untrusted.limits import MEGABYTE
from questionnaires.untrusted.process import Limits, ReadingBusy, ReadingStopped, ReadingUnbounded, run
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import now, to_text

HEAVIEST: Final = 4 * MEGABYTE
"""The maximum size of a picture as it is sent, in bytes."""

IN_WORDS: Final = _("PNG, JPEG ou WebP")
Size = Literal["small", "large"]

_LIMITS: Final = Limits(megabytes=512, cpu_seconds=8, seconds=30, output_megabytes=4)
_DIGEST: Final = re.compile("[0-9a-f]{64}")
_MARKUP: Final = re.compile(rb"^(\xef\xbb\xbf)?\s*<|<script|<svg|javascript:", re.IGNORECASE)
_WHY: Final = {
    "unknown": _("Ce fichier n’est pas une image que l’on peut lire : enregistrez votre logo en PNG ou en JPEG."),
    "damaged": _("Cette image est abîmée : enregistrez-la de nouveau en PNG ou en JPEG, puis déposez-la."),
    "huge": _("Cette image a trop de points : réduisez-la, par exemple à 1 000 points de large."),
    "tiny": _("Cette image est trop petite pour être vue : il lui faut au moins 16 points de haut et de large."),
    "narrow": _("Cette image est bien trop étroite : recadrez-la autour du logo."),
    "empty": _("Cette image est toute transparente : on n’y verrait rien."),
}


class PictureRefused(ValueError):
    """The file cannot be used as a picture; the message is a French sentence with the reason and the remedy."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as PNG: ``large`` to be printed, ``small`` for phones; the size in points is that of ``large``."""

    width: int
    height: int
    large: bytes
    small: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of the large picture, by which it is named."""
        return sha256(self.large).hexdigest()


def read_picture(content: bytes) -> Picture:
    """Return the picture that a file shows, written again. Raises ``PictureRefused``."""
    if not content:
        raise PictureRefused(_("Ce fichier est vide : choisissez-en un autre."))
    if len(content) > HEAVIEST:
        most = HEAVIEST // MEGABYTE
        raise PictureRefused(_("Cette image est trop lourde (%(most)s Mo au plus) : réduisez-la.", most=most))
    if _MARKUP.search(content):
        raise PictureRefused(
            _(
                "Ce fichier est un dessin SVG ou une page web, ou cache du code : il n’est pas accepté, car il "
                "pourrait contenir un programme. Enregistrez votre logo en PNG."
            )
        )
    with _run(content) as output:
        return _read(output)


def _run(content: bytes) -> IO[bytes]:
    try:
        return run("picture", content, str(_packages()), limits=_LIMITS)
    except ReadingBusy:
        said = _("D’autres fichiers sont en cours de lecture : déposez votre image dans une minute.")
        raise PictureRefused(said) from None
    except ReadingUnbounded:
        said = _(
            "Ce serveur n’ouvre aucune image, car il ne peut pas s’en protéger : prévenez la personne qui l’installe."
        )
        raise PictureRefused(said) from None
    except ReadingStopped:
        raise PictureRefused(_WHY["damaged"]) from None


def _packages() -> Path:
    """Return the folder where Pillow is installed, without importing it."""
    from importlib.util import find_spec

    found = find_spec("PIL")
    assert found is not None  # noqa: S101  # in requirements.txt
    assert found.origin is not None  # noqa: S101
    return Path(found.origin).parents[1]


def _read(output: IO[bytes]) -> Picture:
    try:
        said = orjson.loads(output.readline())
    except orjson.JSONDecodeError:
        raise PictureRefused(_WHY["damaged"]) from None
    if "refused" in said:
        raise PictureRefused(_WHY[said["refused"]])
    return Picture(said["width"], said["height"], output.read(said["large"]), output.read())


def keep_picture(db: Database, picture: Picture) -> str:
    """Store a picture and return its digest. Idempotent: the same picture is stored once."""
    with writing(db) as conn:
        conn.execute(
            """INSERT INTO pictures (digest, width, height, large, small, added_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (digest) DO UPDATE SET added_at = excluded.added_at""",
            (picture.digest, picture.width, picture.height, picture.large, picture.small, to_text(now())),
        )
    return picture.digest


def picture_content(db: Database, digest: str, size: Size = "small") -> bytes | None:
    """Return the PNG of that digest; None when there is none."""
    if not _DIGEST.fullmatch(digest):
        return None
    sql = f"SELECT {'large' if size == 'large' else 'small'} FROM pictures WHERE digest = ?"  # noqa: S608  # ours
    content = single_value(db.conn.execute(sql, (digest,)))
    return bytes(content) if content is not None else None


def known_picture(db: Database, digest: str) -> str:
    """Return the digest if a picture of that digest is stored, else ""."""
    found = _DIGEST.fullmatch(digest) and db.conn.execute("SELECT 1 FROM pictures WHERE digest = ?", (digest,))
    return digest if found and found.fetchone() else ""
