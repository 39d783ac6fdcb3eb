"""The purge of outdated data: rows are counted before and after, then their content is searched for in the files.

The levels answered are kept, since results are computed from them, and so is the audit log.
"""

import mmap
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from accounts.audit_events import AuditEvent
from grille.messages import message as _
from storage.core.database import file_of, writing
from storage.core.engine import Database
from storage.core.rows import single_value, single_values
from storage.core.timestamps import now, to_text
from storage.operations.audit_log import NOTHING, record
from storage.operations.jobs import erase_jobs
from storage.operations.published_copies import copies_of
from storage.operations.sent_forms import KEPT
from storage.review.evidence import file_path

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class Periods:
    """Retention periods in days, from the closing of the campaign or from the removal."""

    comments: int = 180
    codes: int = 30
    invitations: int = 30
    removed: int = 30
    evidence: int = 1095

    def limits(self, at: datetime) -> dict[str, str]:
        """Return, for each kind, the timestamp before which data are outdated; ``now``, ``sent`` (an hour ago) too."""
        days = {name: getattr(self, name) for name in self.__slots__}
        return {"now": to_text(at), "sent": to_text(at - KEPT)} | {
            name: to_text(at - timedelta(days=n)) for name, n in days.items()
        }


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data to erase: its name, its French label, the SQL of its outdated rows and of their traces.

    ``rows`` selects ids. ``traces`` are columns whose values exist nowhere else, so that none may remain in the file.
    """

    name: str
    label: str
    table: str
    key: str
    rows: str
    traces: tuple[str, ...] = ()


_CLOSED: Final = "SELECT id FROM campaigns WHERE status = 'closed' AND closed_at <= "
_UNREAD: Final = f"campaign_id IN ({_CLOSED} :comments) AND decision IS NOT 'accepted'"

KINDS: Final = (
    Kind(
        "comments",
        _("commentaires non retenus"),
        "comments",
        "mark",
        _UNREAD,
        traces=("mark",),
    ),
    Kind(
        "reasons",
        _("raisons données à un « sans objet »"),
        "responses",
        "id",
        f"""campaign_id IN ({_CLOSED} :comments) AND deleted = 0
            AND json_extract(document, '$.reasons') IS NOT NULL AND json_extract(document, '$.reasons') <> '{{}}'""",
    ),
    Kind(
        "responses",
        _("réponses supprimées par leur auteur, ou restées vides"),
        "responses",
        "id",
        f"""campaign_id IN ({_CLOSED} :removed) AND mode <> 'atelier' AND (deleted = 1 OR answered = 0)
            AND id NOT IN (SELECT response_id FROM comments)
            AND id NOT IN (SELECT response_id FROM workshops)
            AND id NOT IN (SELECT response_id FROM workshop_phones)
            AND id NOT IN (SELECT response_id FROM paper_sheets WHERE response_id IS NOT NULL)""",  # noqa: S608  # a constant of ours
        traces=("key_sha256",),
    ),
    Kind(
        "codes",
        _("codes de reprise"),
        "resume_codes",
        "response_id",
        f"response_id IN (SELECT id FROM responses WHERE deleted = 1 OR campaign_id IN ({_CLOSED} :codes))",  # noqa: S608
        traces=("code_hmac", "sealed_key", "sealed_code"),
    ),
    Kind("sessions", _("connexions expirées"), "sessions", "id", "expires_at <= :now", traces=("token_sha256",)),
    Kind(
        "account_links",
        _("liens de mot de passe expirés"),
        "account_links",
        "id",
        "expires_at <= :now",
        traces=("token_sha256",),
    ),
    Kind(
        "sent_forms",
        _("formulaires envoyés il y a plus d’une heure"),
        "sent_forms",
        "key_sha256",
        "sent_at <= :sent",
        traces=("key_sha256", "outcome"),
    ),
    Kind(
        "invitations",
        _("invitations à répondre"),
        "links",
        "id",
        f"kind = 'invitation' AND campaign_id IN ({_CLOSED} :invitations)",
        traces=("token_sha256",),
    ),
    Kind(
        "pictures",
        _("images dont aucune campagne ne se sert"),
        "pictures",
        "digest",
        "added_at <= :sent AND digest NOT IN (SELECT logo FROM campaigns)",
        traces=("digest",),
    ),
    Kind(
        "evidence",
        _("preuves retirées, ou d’une campagne ancienne sans diagnostic adopté"),
        "evidence",
        "id",
        f"""removed_at <= :removed OR (campaign_id IN ({_CLOSED} :evidence)
            AND campaign_id NOT IN (SELECT campaign_id FROM snapshots))""",  # noqa: S608
    ),
)


@dataclass(frozen=True, slots=True)
class Purged:
    """The result of a purge: outdated rows of each kind before and after, and problems found by the check."""

    before: Mapping[str, int]
    after: Mapping[str, int]
    files: int
    looked_for: int
    problems: tuple[str, ...]


def outdated(db: Database, periods: Periods, at: datetime | None = None) -> dict[str, int]:
    """Return the number of outdated rows of each kind."""
    return _counts(db.conn, periods.limits(at or now()))


def _counts(conn: "sqlite3.Connection", limits: Mapping[str, str]) -> dict[str, int]:
    return {
        kind.name: single_value(conn.execute(f"SELECT count(*) FROM {kind.table} WHERE {kind.rows}", limits))  # noqa: S608
        for kind in KINDS
    }


def purge(db: Database, periods: Periods, at: datetime | None = None) -> Purged:
    """Erase every outdated row in one transaction, then check that nothing of it remains.

    Freed space is overwritten (``secure_delete``) and the write-ahead log emptied; then the bytes of the files are
    searched for every erased hash, mark and text.
    """
    limits = periods.limits(at or now())
    with writing(db) as conn:
        before = _counts(conn, limits)
        traces = [*_traces(conn, limits)]
        files = _evidence_files(conn, limits)
        _forget_texts(conn, limits)
        for kind in KINDS:
            if kind.name != "reasons":
                conn.execute(f"DELETE FROM {kind.table} WHERE {kind.rows}", limits)  # noqa: S608  # names of ours
        after = _counts(conn, limits)
        unneeded = [sha256 for sha256 in files if not _needed(conn, sha256)]
        if any(before.values()):
            record(
                db, AuditEvent.DATA_PURGED, None, NOTHING, **{name: count for name, count in before.items() if count}
            )
    for sha256 in unneeded:
        with suppress(FileNotFoundError):
            file_path(db, sha256).unlink()
    copies_of(db).clear()
    erase_jobs(db)
    traces = [trace for trace in _some(traces) if not _still_written(db.conn, trace)]
    return Purged(before, after, len(unneeded), len(traces), tuple(_left(db, traces, unneeded, after)))


def _forget_texts(conn: "sqlite3.Connection", limits: Mapping[str, str]) -> None:
    """Remove the outdated comments and reasons from the documents of responses."""
    rows = conn.execute(f"SELECT response_id, skill FROM comments WHERE {_UNREAD}", limits).fetchall()  # noqa: S608
    conn.executemany(
        "UPDATE responses SET document = json_remove(document, '$.comments.\"' || ? || '\"') WHERE id = ?",
        [(skill, response) for response, skill in rows],
    )
    reasons = next(kind for kind in KINDS if kind.name == "reasons")
    conn.execute(
        f"UPDATE responses SET document = json_remove(document, '$.reasons') WHERE {reasons.rows}",  # noqa: S608
        limits,
    )


def _traces(conn: "sqlite3.Connection", limits: Mapping[str, str]) -> Iterator[str]:
    """Yield the traces of the outdated rows: hashes of secrets, marks, and texts that people wrote."""
    for kind in KINDS:
        for column in kind.traces:
            sql = f"SELECT {column} FROM {kind.table} WHERE {column} IS NOT NULL AND ({kind.rows})"  # noqa: S608
            yield from single_values(conn.execute(sql, limits))
    texts = f"""SELECT json_extract(document, '$.comments."' || skill || '"') FROM comments
        JOIN responses ON responses.id = response_id WHERE comments.{_UNREAD}"""  # noqa: S608
    yield from filter(_is_legible, single_values(conn.execute(texts, limits)))
    reasons = next(kind for kind in KINDS if kind.name == "reasons")
    sql = f"SELECT value FROM responses, json_each(document, '$.reasons') WHERE {reasons.rows}"  # noqa: S608
    yield from filter(_is_legible, single_values(conn.execute(sql, limits)))


# Each is searched for in the whole file: a sample of this size, spread evenly, is enough.
LOOKED_FOR: Final = 300


def _some(traces: list[str]) -> list[str]:
    step = -(-len(traces) // LOOKED_FOR) or 1
    return traces[::step]


# A shorter text may occur by chance in data that are kept.
LEGIBLE: Final = 16


def _is_legible(text: str | None) -> bool:
    return bool(text) and len(text or "") >= LEGIBLE


def _still_written(conn: "sqlite3.Connection", text: str) -> bool:
    """Return whether a row that is kept holds the same text, so that finding it proves nothing."""
    wanted = {"text": text}
    sql = """SELECT EXISTS (SELECT 1 FROM responses WHERE instr(document, :text))
        OR EXISTS (SELECT 1 FROM sheets WHERE instr(document, :text))
        OR EXISTS (SELECT 1 FROM snapshots WHERE instr(document, :text))"""
    return bool(single_value(conn.execute(sql, wanted)))


def _evidence_files(conn: "sqlite3.Connection", limits: Mapping[str, str]) -> list[str]:
    kind = next(kind for kind in KINDS if kind.name == "evidence")
    sql = f"SELECT DISTINCT sha256 FROM evidence WHERE sha256 IS NOT NULL AND ({kind.rows})"  # noqa: S608
    return single_values(conn.execute(sql, limits))


def _needed(conn: Any, sha256: str) -> bool:
    sql = """SELECT EXISTS (SELECT 1 FROM evidence WHERE sha256 = :file AND removed_at IS NULL)
        OR EXISTS (SELECT 1 FROM snapshots WHERE instr(document, :file))"""
    return bool(single_value(conn.execute(sql, {"file": sha256})))


def _left(db: Database, traces: list[str], files: list[str], after: Mapping[str, int]) -> Iterator[str]:
    """Yield what remains of the erased data, as French sentences."""
    if single_value(db.conn.execute("PRAGMA secure_delete")) != 1:
        yield _("SQLite ne réécrit pas ce qu’il libère : rien ne prouve que l’effacement est complet.")
    busy, *_pages = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        yield _("Le journal d’écriture n’a pas pu être vidé : recommencez quand personne n’écrit.")
    yield from (
        _("%(after)s %(label)s : il en reste.", after=after[kind.name], label=kind.label)
        for kind in KINDS
        if after[kind.name]
    )
    found = _found_in_bytes(db, traces)
    if found:
        yield _(
            "%(found)s éléments effacés se lisent encore dans le fichier de la base : recommencez, serveur arrêté.",
            found=found,
        )
    for sha256 in files:
        if file_path(db, sha256).exists():
            yield _(
                "Le fichier %(sha256)s… n’a pas pu être effacé : vérifiez les droits de son dossier.",
                sha256=sha256[:12],
            )


def _found_in_bytes(db: Database, traces: list[str]) -> int:
    """Return how many of these traces are still in the database's files."""
    path = Path(file_of(db))
    written = [orjson.dumps(trace)[1:-1] for trace in traces]
    met: set[bytes] = set()
    for one in (path, path.with_name(f"{path.name}-wal")):
        if one.exists() and one.stat().st_size:
            with one.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                met.update(trace for trace in written if content.find(trace) >= 0)
    return len(met)
