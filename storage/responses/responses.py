"""Responses: one document each, found by a secret key, saved answer by answer.

Every request of a respondent passes here, so each function is a few statements. Nothing says who answered: no address,
no browser, no hour; the moments kept beside answers serve to merge two devices, and are erased at closing.
"""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import orjson

from grille.grid import Grid
from grille.typed import typed_text
from questionnaires.answers import Answer, Document, empty_document, merged
from storage.campaigns.campaigns import Campaign
from storage.campaigns.frozen_grids import frozen
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.timestamps import day_in, today
from storage.core.tokens import SHORTEST_NONCE, fingerprint, new_secret, secret_from, storable

if TYPE_CHECKING:
    import sqlite3

_LATEST = 253_402_300_799_999  # the end of year 9999: a moment that no device may go beyond

Mode = Literal["individuel", "papier", "atelier"]


class ResponseRefused(Exception):
    """What was asked of a response cannot be done; the message is a French sentence, and nothing was written."""

    sentence = "Cette réponse ne peut pas être modifiée."

    def __init__(self) -> None:
        super().__init__(self.sentence)


class CampaignClosed(ResponseRefused):
    """The collection is over."""

    sentence = (
        "La collecte est terminée : vos réponses ne peuvent plus être modifiées. "
        "Celles que vous aviez enregistrées sont bien prises en compte."
    )


class ResponseDeleted(ResponseRefused):
    """Its author has deleted it."""

    sentence = "Ces réponses ont été supprimées à votre demande. Vous pouvez recommencer depuis le lien reçu."


class UnknownResponse(ResponseRefused):
    """No response has that key."""

    sentence = "Cette adresse ne mène à aucune réponse. Vérifiez-la, ou recommencez depuis le lien reçu."


class UnknownCollege(ResponseRefused):
    """The campaign has no such college."""

    sentence = "Ce collège n’existe pas dans cette campagne. Choisissez-en un dans la liste."


@dataclass(frozen=True, slots=True)
class Response:
    """What one respondent, or one workshop, has answered so far.

    ``college`` is None for a workshop of several colleges. ``campaign_open`` tells if it can still change.
    ``document`` is read through ``questionnaires.answers``.
    """

    id: int
    campaign_id: int
    college: str | None
    mode: Mode
    document: Document
    submitted_at: date | None
    deleted: bool
    campaign_open: bool


_FIND = """SELECT responses.id, campaign_id, college, mode, responses.document, submitted_on, deleted, status, sha256
    FROM responses JOIN campaigns ON campaigns.id = campaign_id JOIN grids ON grids.id = grid_id
    WHERE key_sha256 = ?"""


def find_response(db: Database, key: str) -> Response | None:
    """The response of that key, if there is one; a deleted one too, empty, to be told apart from a wrong key."""
    row = db.conn.execute(_FIND, (fingerprint(key),)).fetchone()
    return row and _response(row, orjson.loads(row[4]))


def _response(row: tuple[Any, ...], document: Document) -> Response:
    id_, campaign_id, college, mode, _, submitted_on, deleted, status, _ = row
    return Response(id_, campaign_id, college, mode, document, day_in(submitted_on), bool(deleted), status == "open")


def start_response(
    db: Database, campaign: Campaign, college: str | None, mode: Mode = "individuel", nonce: str | None = None
) -> str:
    """Begin a response and give its key: the only time that it is known, for only its hash is kept.

    The same ``nonce`` (16 characters or more, drawn for the page that asks) gives the same response, so a double click
    makes one, and choosing another college on the way back changes it; once submitted or deleted, it makes a new one,
    for the next person at a shared screen. Raises ``CampaignClosed`` or ``UnknownCollege``.
    """
    if college not in {c.code for c in campaign.colleges} and not (college is None and mode == "atelier"):
        raise UnknownCollege
    key = secret_from(nonce, campaign.id) if nonce and len(nonce) >= SHORTEST_NONCE else new_secret()
    with writing(db) as conn:
        _refuse_closed(conn, campaign)
        row = conn.execute(_FIND, (fingerprint(key),)).fetchone()
        if row and not (row[5] or row[6]):
            conn.execute("UPDATE responses SET college = ?, mode = ? WHERE id = ?", (college, mode, row[0]))
            return key
        if row:
            key = new_secret()
        conn.execute(
            "INSERT INTO responses (campaign_id, college, mode, key_sha256) VALUES (?, ?, ?, ?)",
            (campaign.id, college, mode, fingerprint(key)),
        )
    return key


def _refuse_closed(conn: "sqlite3.Connection", campaign: Campaign) -> None:
    (status,) = conn.execute("SELECT status FROM campaigns WHERE id = ?", (campaign.id,)).fetchone()
    if status != "open":
        raise CampaignClosed


def save_answers(
    db: Database, key: str, changes: Mapping[str, Answer], stamps: Mapping[str, int] | None = None
) -> Response:
    """Merge these answers into the response, durably: when this returns, they survive a power cut. Gives the result.

    ``stamps`` are the moments of the changes, in milliseconds since 1970, for those that a device made and dated
    (decision 0067); the others are made just now, after all that is stored. The latest change of each answer wins,
    whatever the order in which they arrive, and sending them again changes nothing.
    Raises ``UnknownResponse``, ``ResponseDeleted``, ``CampaignClosed``, and ``ValueError`` for an answer that the
    campaign's grid does not have: forms refuse those before.
    """
    with writing(db) as conn:
        row = _changeable(conn, key)
        changes = _checked(changes, frozen(db, row[8]))
        stored = orjson.loads(row[4])
        document = _merged(stored, changes, stamps or {})
        _write(conn, row[0], document, recount=len(document["answers"]) != len(stored.get("answers", ())))
    return _response(row, document)


def save_together(db: Database, id_: int, changes: Mapping[str, Answer]) -> None:
    """Merge what a workshop agrees on into its response, which no key opens. Raises as ``save_answers`` does."""
    with writing(db) as conn:
        row = conn.execute(_FIND.replace("key_sha256 = ?", "responses.id = ?"), (id_,)).fetchone()
        if row is None:
            raise UnknownResponse
        if row[7] != "open":
            raise CampaignClosed
        document = _merged(orjson.loads(row[4]), _checked(changes, frozen(db, row[8])), {})
        _write(conn, id_, document, recount=True)


def _write(conn: "sqlite3.Connection", id_: int, document: Document, *, recount: bool) -> None:
    """Store a document; its count of answers only when it moved, for naming that column rewrites a page of an index."""
    text = orjson.dumps(document).decode()
    if recount:
        sql = "UPDATE responses SET document = ?, answered = ? WHERE id = ?"
        conn.execute(sql, (text, len(document["answers"]), id_))
    else:
        conn.execute("UPDATE responses SET document = ? WHERE id = ?", (text, id_))


def _changeable(conn: "sqlite3.Connection", key: str) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = conn.execute(_FIND, (fingerprint(key),)).fetchone()
    if row is None:
        raise UnknownResponse
    if row[6]:
        raise ResponseDeleted
    if row[7] != "open":
        raise CampaignClosed
    return row


def _merged(document: Document, changes: Mapping[str, Answer], stamps: Mapping[str, int]) -> Document:
    # A clock that was set back, or a device's that is ahead, must not make what is sent now older than what is stored.
    now = max([time.time_ns() // 1_000_000, *(moment + 1 for moment in document.get("stamps", {}).values())])
    by_moment: defaultdict[int, dict[str, Answer]] = defaultdict(dict)
    for code, answer in changes.items():
        by_moment[min(max(stamps[code], 0), _LATEST) if code in stamps else now][code] = answer
    for moment, answers in by_moment.items():
        document = merged(document, answers, moment)
    return document if by_moment else {**empty_document(), **document}


def _checked(changes: Mapping[str, Answer], grid: Grid) -> dict[str, Answer]:
    """The same answers with texts that can be stored. Raises ``ValueError`` for a skill or a level not of this grid."""
    return {code: _storable(answer) for code, answer in changes.items() if _of_this_grid(code, answer, grid)}


def _of_this_grid(code: str, answer: Answer, grid: Grid) -> bool:
    try:
        grid.skill(code)
    except KeyError:
        raise ValueError(f"La grille n’a pas de savoir-faire « {code} ».") from None
    levels = [value for value in (answer.value, answer.before) if isinstance(value, int)]
    if strange := [level for level in levels if not grid.lowest <= level <= grid.highest]:
        raise ValueError(f"Le niveau {strange[0]} n’est pas dans l’échelle de « {code} ».")
    return True


def _storable(answer: Answer) -> Answer:
    """The same answer without what no document can hold: lone surrogates and NUL."""
    if not answer.comment and not answer.reason:
        return answer
    return replace(answer, reason=typed_text(answer.reason), comment=typed_text(answer.comment))


def change_college(db: Database, key: str, college: str) -> None:
    """Move a response to another college of its campaign. Raises as ``save_answers`` does, or ``UnknownCollege``."""
    with writing(db) as conn:
        id_, campaign_id, *_ = _changeable(conn, key)
        sql = "SELECT 1 FROM campaign_colleges WHERE campaign_id = ? AND code = ?"
        if conn.execute(sql, (campaign_id, storable(college))).fetchone() is None:
            raise UnknownCollege
        conn.execute("UPDATE responses SET college = ? WHERE id = ?", (college, id_))


def submit_response(db: Database, key: str) -> None:
    """Mark a response as finished, today; it can still change until the campaign closes. Twice is as once."""
    with writing(db) as conn:
        id_, *_ = _changeable(conn, key)
        conn.execute("UPDATE responses SET submitted_on = coalesce(submitted_on, ?) WHERE id = ?", (today(), id_))


def delete_response(db: Database, key: str) -> None:
    """Erase everything that a response holds; only the fact that it was deleted stays. Twice is as once.

    Raises ``UnknownResponse``, and ``CampaignClosed`` once the results are frozen.
    """
    with writing(db) as conn:
        try:
            id_, *_ = _changeable(conn, key)
        except ResponseDeleted:
            return
        conn.execute(
            "UPDATE responses SET document = '{}', answered = 0, submitted_on = NULL, deleted = 1 WHERE id = ?", (id_,)
        )
        conn.execute("DELETE FROM resume_codes WHERE response_id = ?", (id_,))
