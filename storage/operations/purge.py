"""The purge of outdated data: rows are counted before and after, then their content is searched for in the files.

The levels answered are kept, since results are computed from them, and so is the audit log.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from accounts.audit_events import AuditEvent
from grille.messages import message as _
from storage.campaigns.territories import outdated_trials
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.rows import single_value, single_values
from storage.core.timestamps import now, paris_day, to_text
from storage.operations.audit_log import NOTHING, record
from storage.operations.erasure_proof import erase_files, is_legible, is_needed, remaining, traces_to_find
from storage.operations.jobs import erase_jobs
from storage.operations.published_copies import copies_of
from storage.operations.sent_forms import KEPT
from storage.operations.trials.erasing import erase_trial
from storage.review.parcours.outdated import OUTDATED, forget_pilots

if TYPE_CHECKING:
    import sqlite3


_ON_SLIDES: Final = """SELECT json_extract(value, '$.picture') FROM sequences, json_each(document, '$.texts')
    WHERE json_extract(value, '$.picture') <> ''"""

REMEMBERED: Final = timedelta(days=365)
"""How long whoever still comes is told that a campaign was cancelled."""


@dataclass(frozen=True, slots=True)
class Periods:
    """Retention periods in days, from the closing of the campaign or from the removal."""

    comments: int = 180
    codes: int = 30
    invitations: int = 30
    removed: int = 30
    evidence: int = 1095
    people: int = 1095

    def limits(self, at: datetime) -> dict[str, str]:
        """Return, for each kind, the timestamp before which data are outdated; ``now``, ``sent`` (an hour ago) too."""
        days = {name: getattr(self, name) for name in self.__slots__}
        fixed = {
            "now": to_text(at),
            "today": paris_day(at).isoformat(),
            "sent": to_text(at - KEPT),
            "yesterday": to_text(at - timedelta(days=1)),
            "cancelled": to_text(at - REMEMBERED),
        }
        return fixed | {name: to_text(at - timedelta(days=n)) for name, n in days.items()}


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
        "local_counts",
        _("chiffres des questions locales"),
        "local_counts",
        "campaign_id",
        f"campaign_id IN ({_CLOSED} :comments)",
    ),
    Kind(
        "local_texts",
        _("réponses libres à une question locale"),
        "local_texts",
        "mark",
        f"campaign_id IN ({_CLOSED} :comments)",
        traces=("mark",),
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
    *(
        Kind(table, label, table, key, outdated, traces=(trace,))
        for table, label, key, outdated, trace in (
            ("sessions", _("connexions expirées"), "id", "expires_at <= :now", "token_sha256"),
            ("account_links", _("liens de mot de passe expirés"), "id", "expires_at <= :now", "token_sha256"),
            ("api_keys", _("clés d’autres logiciels, expirées"), "id", "expires_at <= :removed", "token_sha256"),
            ("webhook_deliveries", _("messages à d’autres logiciels"), "id", "happened_at <= :removed", "message"),
            ("idempotent_requests", _("demandes déjà faites"), "key_sha256", "sent_at <= :yesterday", "key_sha256"),
        )
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
        _("images dont aucune campagne ni aucune diapositive ne se sert"),
        "pictures",
        "digest",
        f"added_at <= :sent AND digest NOT IN (SELECT logo FROM campaigns) AND digest NOT IN ({_ON_SLIDES})",  # noqa: S608
        traces=("digest",),
    ),
    Kind(
        "cancelled",
        _("marques des campagnes annulées il y a plus d’un an"),
        "cancelled_campaigns",
        "id",
        "cancelled_at <= :cancelled",
    ),
    Kind("trials", _("essais de campagne dont le temps est fini"), "territories", "id", "trial_until < :today"),
    Kind(
        "words",
        _("mots d’une séance que personne n’a retenus"),
        "audience_words",
        "id",
        "said_at <= :removed AND (phone_id IS NOT NULL OR state <> 'accepted')",
    ),
    Kind(
        "phones",
        _("téléphones d’une séance, avec leurs choix"),
        "audience_phones",
        "id",
        "joined_at <= :removed",
        traces=("key_sha256",),
    ),
    Kind(
        "evidence",
        _("preuves retirées, ou d’une campagne ancienne sans diagnostic adopté"),
        "evidence",
        "id",
        f"""removed_at <= :removed OR (campaign_id IN ({_CLOSED} :evidence)
            AND campaign_id NOT IN (SELECT campaign_id FROM snapshots))""",  # noqa: S608
    ),
    *(Kind(*one) for one in OUTDATED),
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
        forget_pilots(conn, limits)
        for trial in outdated_trials(db, paris_day(at or now())):
            erased = erase_trial(db, trial)
            traces += erased.traces
            files += erased.files
        for kind in KINDS:
            if kind.name not in ("reasons", "trials", "pilots"):
                conn.execute(f"DELETE FROM {kind.table} WHERE {kind.rows}", limits)  # noqa: S608  # names of ours
        after = _counts(conn, limits)
        unneeded = [sha256 for sha256 in files if not is_needed(conn, sha256)]
        if any(before.values()):
            record(
                db, AuditEvent.DATA_PURGED, None, NOTHING, **{name: count for name, count in before.items() if count}
            )
    erase_files(db, unneeded)
    copies_of(db).clear()
    erase_jobs(db)
    traces = traces_to_find(db, traces)
    return Purged(before, after, len(unneeded), len(traces), tuple(_left(db, traces, unneeded, after)))


def _forget_texts(conn: "sqlite3.Connection", limits: Mapping[str, str]) -> None:
    """Remove the outdated comments and reasons from the documents of responses."""
    rows = conn.execute(f"SELECT response_id, skill FROM comments WHERE {_UNREAD}", limits).fetchall()  # noqa: S608
    conn.executemany(
        """UPDATE responses SET document = json_remove(document, '$.comments."' || :skill || '"',
            '$.quotable."' || :skill || '"') WHERE id = :response""",
        [{"skill": skill, "response": response} for response, skill in rows],
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
    yield from filter(is_legible, single_values(conn.execute(texts, limits)))
    written = f"SELECT text FROM local_texts WHERE campaign_id IN ({_CLOSED} :comments)"  # noqa: S608
    yield from filter(is_legible, single_values(conn.execute(written, limits)))
    reasons = next(kind for kind in KINDS if kind.name == "reasons")
    sql = f"SELECT value FROM responses, json_each(document, '$.reasons') WHERE {reasons.rows}"  # noqa: S608
    yield from filter(is_legible, single_values(conn.execute(sql, limits)))


def _evidence_files(conn: "sqlite3.Connection", limits: Mapping[str, str]) -> list[str]:
    kind = next(kind for kind in KINDS if kind.name == "evidence")
    sql = f"SELECT DISTINCT sha256 FROM evidence WHERE sha256 IS NOT NULL AND ({kind.rows})"  # noqa: S608
    return single_values(conn.execute(sql, limits))


def _left(db: Database, traces: list[str], files: list[str], after: Mapping[str, int]) -> Iterator[str]:
    """Yield what remains of the erased data, as French sentences."""
    yield from (
        _("%(after)s %(label)s : il en reste.", after=after[kind.name], label=kind.label)
        for kind in KINDS
        if after[kind.name]
    )
    yield from remaining(db, traces, files)
