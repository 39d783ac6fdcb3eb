"""Evidence for observable facts: a file, stored beside the database under its SHA-256, or a web address."""

import hashlib
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlsplit

from grille.messages import message as _
from grille.typed import typed_line
from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign
from storage.core.database import file_of, writing
from storage.core.database_errors import DatabaseUnavailable
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import now, parse_timestamp, to_text
from storage.core.tokens import storable
from storage.review.file_types import neutral_name, recognised

LONGEST_ADDRESS = 2000


class AddressRefused(ValueError):
    """The text is not an address that a browser can open; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence for a fact of a skill: a file (``sha256``, ``media_type``, ``size`` in bytes) or an ``address``."""

    id: int
    skill: str
    fact: int
    name: str
    address: str | None
    sha256: str | None
    media_type: str | None
    size: int | None
    author: str
    added_at: datetime
    removed_at: datetime | None

    @property
    def host(self) -> str:
        """The host of the address."""
        return urlsplit(self.address or "").netloc


_EVIDENCE = """SELECT evidence.id, skill, fact, evidence.name, address, sha256, media_type, size, accounts.name,
    added_at, removed_at FROM evidence JOIN accounts ON accounts.id = author_id WHERE campaign_id = ?"""


def evidence_of(db: Database, campaign: Campaign, skill: str | None = None, *, removed: bool = False) -> list[Evidence]:
    """Return the evidence of a campaign, or of one skill, in order of addition; with ``removed``, all of it."""
    conditions = f"{'' if removed else ' AND removed_at IS NULL'}{' AND skill = ?' if skill else ''}"
    values = (campaign.id, skill) if skill else (campaign.id,)
    rows = db.conn.execute(f"{_EVIDENCE}{conditions} ORDER BY skill, fact, evidence.id", values).fetchall()
    return [_evidence(row) for row in rows]


def find_evidence(db: Database, campaign: Campaign, id_: int) -> Evidence | None:
    """Return the evidence of that id, if the campaign has it and it was not removed."""
    row = db.conn.execute(f"{_EVIDENCE} AND evidence.id = ? AND removed_at IS NULL", (campaign.id, id_)).fetchone()
    return _evidence(row) if row else None


def add_file(
    db: Database, campaign: Campaign, skill: str, fact: int, name: str, content: bytes, author: Account
) -> Evidence:
    """Store a file as evidence.

    Raises ``FileRefused`` for a type that is not accepted, and then stores nothing.
    """
    name = neutral_name(typed_line(name))
    media_type = recognised(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    with writing(db) as conn:
        _keep(file_path(db, sha256), content)
        added = conn.execute(
            """INSERT INTO evidence (campaign_id, skill, fact, name, sha256, media_type, size, author_id, added_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (campaign.id, skill, fact, name, sha256, media_type, len(content), author.id, to_text(now())),
        )
        return _added(db, campaign, added.lastrowid)


def add_address(
    db: Database,
    campaign: Campaign,
    skill: str,
    fact: int,
    address: str,
    author: Account,
    name: str = "",
    at: datetime | None = None,
) -> Evidence:
    """Store an address as evidence, with an optional name. Raises ``AddressRefused`` if it is not a web address."""
    address = checked_address(address)
    with writing(db) as conn:
        added = conn.execute(
            """INSERT INTO evidence (campaign_id, skill, fact, name, address, author_id, added_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (campaign.id, skill, fact, typed_line(name) or address, address, author.id, to_text(at or now())),
        )
        return _added(db, campaign, added.lastrowid)


def checked_address(address: str) -> str:
    """Return the address in a form that is safe in a link. Raises ``AddressRefused``.

    >>> checked_address(" https://exemple.fr/charte.pdf ")
    'https://exemple.fr/charte.pdf'
    >>> checked_address("javascript:alert(1)")
    Traceback (most recent call last):
    storage.review.evidence.AddressRefused: Écrivez une adresse complète, qui commence par https:// ou http://.
    """
    address = storable(address).strip()
    try:
        parts = urlsplit(address)
        sound = parts.scheme in {"http", "https"} and _is_host(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or len(address) > LONGEST_ADDRESS or not _is_plain(address):
        raise AddressRefused(_("Écrivez une adresse complète, qui commence par https:// ou http://."))
    if "@" in parts.netloc:
        raise AddressRefused(
            _("Retirez de l’adresse ce qui précède « @ » : un nom ou un mot de passe ne se partage pas.")
        )
    return address


def _is_host(name: str | None) -> bool:
    return bool(name) and re.fullmatch(r"[\w.:-]*[\w:]", name or "") is not None


def _is_plain(address: str) -> bool:
    r"""Return whether browsers read the address as we do: they take ``\`` for ``/`` and drop unseen characters."""
    return address.isprintable() and not any(letter.isspace() or letter in '\\<>"`{}|^' for letter in address)


def remove_evidence(db: Database, campaign: Campaign, evidence: Evidence) -> None:
    """Remove evidence, and its file unless other evidence or an adopted diagnostic still refers to it."""
    with writing(db) as conn:
        conn.execute(
            "UPDATE evidence SET removed_at = coalesce(removed_at, ?) WHERE id = ? AND campaign_id = ?",
            (to_text(now()), evidence.id, campaign.id),
        )
        if evidence.sha256 and not _needed(conn, evidence.sha256):
            with suppress(OSError):
                file_path(db, evidence.sha256).unlink()


def _needed(conn: Any, sha256: str) -> bool:
    sql = """SELECT EXISTS (SELECT 1 FROM evidence WHERE sha256 = :file AND removed_at IS NULL)
        OR EXISTS (SELECT 1 FROM snapshots WHERE instr(document, :file))"""
    return bool(single_value(conn.execute(sql, {"file": sha256})))


def file_path(db: Database, sha256: str) -> Path:
    """Return the path of the file of that hash. No address of the site serves it directly."""
    return Path(file_of(db)).parent / "evidence" / sha256[:2] / sha256


def _keep(path: Path, content: bytes) -> None:
    """Write a file atomically, readable by its owner only. Raises ``DatabaseUnavailable`` if it fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists():
            return
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:  # made for its owner only
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
    except OSError as error:
        raise DatabaseUnavailable(
            _("Le fichier n’a pas pu être gardé (%(strerror)s). Rien n’a été modifié.", strerror=error.strerror)
        ) from error


def _added(db: Database, campaign: Campaign, id_: int | None) -> Evidence:
    found = find_evidence(db, campaign, id_ or 0)
    assert found is not None  # noqa: S101  # just written in the same transaction
    return found


def _evidence(row: tuple[Any, ...]) -> Evidence:
    id_, skill, fact, name, address, sha256, media_type, size, author, added_at, removed_at = row
    added, removed = datetime.fromisoformat(added_at), parse_timestamp(removed_at)
    return Evidence(id_, skill, fact, name, address, sha256, media_type, size, author, added, removed)
