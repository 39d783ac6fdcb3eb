"""Responses: one document each, opened by a secret key, saved answer by answer.

Every request of a respondent passes here, so each function runs only a few statements. Nothing identifies the
respondent: no address, browser or time. The timestamps stored with answers serve to merge the changes of two devices;
they are erased at closing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from grille.grid import Grid
from grille.messages import message as _
from grille.typed import typed_text
from questionnaires.answers import NO_MOMENTS, Answer, ResponseDocument
from questionnaires.local.questions import is_local, is_possible
from storage.campaigns.after_opening.cancelled import cancelled_campaign
from storage.campaigns.campaigns import Campaign, current_status
from storage.campaigns.frozen_grids import frozen
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.timestamps import parse_day, today
from storage.core.tokens import SHORTEST_NONCE, fingerprint, new_secret, secret_from, storable

if TYPE_CHECKING:
    import sqlite3

Mode = Literal["individuel", "papier", "atelier"]


class ResponseRefused(Exception):
    """The operation on a response is refused; the message is a French sentence. Nothing was written."""

    sentence = _("Cette réponse ne peut pas être modifiée.")

    def __init__(self) -> None:
        super().__init__(self.sentence)


class CampaignClosed(ResponseRefused):
    """The campaign takes no answers: it is closed."""

    sentence = _(
        "La collecte est terminée : vos réponses ne peuvent plus être modifiées. "
        "Celles que vous aviez enregistrées sont bien prises en compte."
    )


class ResponseDeleted(ResponseRefused):
    """The response was deleted by its author."""

    sentence = _("Ces réponses ont été supprimées à votre demande. Vous pouvez recommencer depuis le lien reçu.")


class UnknownResponse(ResponseRefused):
    """No response has that key."""

    sentence = _("Cette adresse ne mène à aucune réponse. Vérifiez-la, ou recommencez depuis le lien reçu.")


class CampaignCancelled(ResponseRefused):
    """The campaign was cancelled: its answers are erased."""

    sentence = _(
        "Elle avait été ouverte par erreur : il n’y a plus rien à répondre, et toutes les réponses données ont été "
        "effacées. Merci de votre temps."
    )


class UnknownCollege(ResponseRefused):
    """The campaign has no such college."""

    sentence = _("Ce collège n’existe pas dans cette campagne. Choisissez-en un dans la liste.")


@dataclass(frozen=True, slots=True)
class Response:
    """The answers so far of a respondent or of a workshop.

    ``college`` is None for a workshop of several colleges. ``campaign_open`` says whether the response can still
    change. ``grid_sha256`` identifies the frozen grid of its campaign. ``lent_link`` is the link that a lent device
    goes back to; None elsewhere, and once the device was given back. ``revision`` stands for what is known of its
    territory and of its campaigns.
    """

    id: int
    campaign_id: int
    college: str | None
    mode: Mode
    document: ResponseDocument
    submitted_at: date | None
    deleted: bool
    campaign_open: bool
    grid_sha256: str
    lent_link: int | None = None
    revision: str = field(default="", compare=False)


_FIND = """SELECT responses.id, campaign_id, college, mode, responses.document, submitted_on, deleted, status, sha256,
        lent_link, coalesce(revision, '')
    FROM responses JOIN campaigns ON campaigns.id = campaign_id JOIN grids ON grids.id = grid_id
        LEFT JOIN results_revisions USING (territory_id)"""
_BY_KEY = f"{_FIND} WHERE key_sha256 = ?"
_BY_ID = f"{_FIND} WHERE responses.id = ?"


def missing_response(db: Database, key: str) -> ResponseRefused:
    """Return why no response has this key: its campaign was cancelled, or it never was a key."""
    return CampaignCancelled() if cancelled_campaign(db, fingerprint(key)) else UnknownResponse()


def find_response(db: Database, key: str) -> Response | None:
    """Return the response of that key; None if the key is wrong. A deleted response is returned empty."""
    return _read(db.conn, _BY_KEY, fingerprint(key))


def response_by_id(db: Database, id_: int) -> Response | None:
    """Return the response of that id, if there is one. For workshops, whose response has no key."""
    return _read(db.conn, _BY_ID, id_)


def _read(conn: "sqlite3.Connection", sql: str, value: str | int) -> Response | None:
    row = conn.execute(sql, (value,)).fetchone()
    if row is None:
        return None
    id_, campaign_id, college, mode, text, submitted_on, deleted, status, *more = row
    day, document = parse_day(submitted_on), ResponseDocument(text)
    return Response(id_, campaign_id, college, mode, document, day, bool(deleted), status == "open", *more)


def start_response(
    db: Database, campaign: Campaign, college: str | None, mode: Mode = "individuel", nonce: str | None = None
) -> str:
    """Create a response and return its key, known only now: only its hash is stored.

    The same ``nonce`` (16 characters or more, drawn for the page) gives the same response, so that a double click
    creates only one, and a new choice of college replaces the former. Once that response is submitted or deleted, the
    nonce creates another one, for the next person at a shared screen. Raises ``CampaignClosed`` or ``UnknownCollege``.
    """
    if college not in {c.code for c in campaign.colleges} and not (college is None and mode == "atelier"):
        raise UnknownCollege
    key = secret_from(nonce, campaign.id) if nonce and len(nonce) >= SHORTEST_NONCE else new_secret()
    with writing(db) as conn:
        refuse_closed(conn, campaign)
        begun = _read(conn, _BY_KEY, fingerprint(key))
        if begun and not (begun.submitted_at or begun.deleted):
            conn.execute("UPDATE responses SET college = ?, mode = ? WHERE id = ?", (college, mode, begun.id))
            return key
        if begun:
            key = new_secret()
        conn.execute(
            "INSERT INTO responses (campaign_id, college, mode, key_sha256) VALUES (?, ?, ?, ?)",
            (campaign.id, college, mode, fingerprint(key)),
        )
    return key


def refuse_closed(conn: "sqlite3.Connection", campaign: Campaign) -> None:
    status = current_status(conn, campaign)
    if status is None:
        raise CampaignCancelled
    if status != "open":
        raise CampaignClosed


def save_answers(
    db: Database, response: Response, changes: Mapping[str, Answer], moments: Mapping[str, int] = NO_MOMENTS
) -> Response:
    """Merge these answers into the response and return it as stored; it is on disk when this returns.

    ``moments`` are the times of changes, in milliseconds since 1970, on the device that made them (decision 0067);
    other changes are dated now. The latest change of each answer wins, in whatever order they arrive. Idempotent.

    The row is not read again: the write compares it with ``response``, and only if another one has been saved meanwhile
    is it read and merged once more.

    Raises ``UnknownResponse``, ``ResponseDeleted``, ``CampaignClosed``, and ``ValueError`` for an answer that the
    campaign's grid does not have (forms refuse those before).
    """
    changes = checked_answers(changes, frozen(db, response.grid_sha256))
    document = response.document.merge(changes, moments)
    with writing(db) as conn:
        if not _replace_document(conn, response, document):
            response = _changeable(conn, _BY_ID, response.id)
            document = response.document.merge(changes, moments)
            _replace_document(conn, response, document)
    return replace(response, document=document)


_UNCHANGED = """WHERE id = ? AND document = ? AND deleted = 0
    AND EXISTS (SELECT 1 FROM campaigns WHERE campaigns.id = responses.campaign_id AND status = 'open')"""
_REPLACE = f"UPDATE responses SET document = ? {_UNCHANGED}"  # noqa: S608  # our own text
_REPLACE_AND_COUNT = f"UPDATE responses SET document = ?, answered = ? {_UNCHANGED}"  # noqa: S608


def _replace_document(conn: "sqlite3.Connection", response: Response, document: ResponseDocument) -> bool:
    """Store ``document`` if the row still equals ``response`` and can change; return whether it was stored."""
    stored = response.document
    if document.answered == stored.answered:  # naming the column of the count would rewrite a page of an index
        return conn.execute(_REPLACE, (document.text, response.id, stored.text)).rowcount == 1
    values = (document.text, document.answered, response.id, stored.text)
    return conn.execute(_REPLACE_AND_COUNT, values).rowcount == 1


def _changeable(conn: "sqlite3.Connection", sql: str, value: str | int) -> Response:
    """Read the row again; raise ``UnknownResponse``, ``ResponseDeleted`` or ``CampaignClosed`` if it cannot change."""
    response = _read(conn, sql, value)
    if response is None:
        raise UnknownResponse
    if response.deleted:
        raise ResponseDeleted
    if not response.campaign_open:
        raise CampaignClosed
    return response


def checked_answers(changes: Mapping[str, Answer], grid: Grid) -> dict[str, Answer]:
    """Return the same answers, with storable texts. Raises ``ValueError`` for an unknown skill, level or question."""
    return {code: _storable(answer) for code, answer in changes.items() if _of_this_grid(code, answer, grid)}


def _of_this_grid(code: str, answer: Answer, grid: Grid) -> bool:
    if is_local(code):
        if not is_possible(code, "?" if answer.value is None else answer.value):
            raise ValueError(_("Aucune question locale n’a cette réponse : « %(code)s ».", code=code))
        return True
    try:
        grid.skill(code)
    except KeyError:
        raise ValueError(_("La grille n’a pas de savoir-faire « %(code)s ».", code=code)) from None
    levels = [value for value in (answer.value, answer.before) if isinstance(value, int)]
    if strange := [level for level in levels if not grid.lowest <= level <= grid.highest]:
        raise ValueError(
            _("Le niveau %(strange)s n’est pas dans l’échelle de « %(code)s ».", strange=strange[0], code=code)
        )
    return True


def _storable(answer: Answer) -> Answer:
    """Return the same answer without characters that cannot be stored (lone surrogates, NUL)."""
    if not answer.comment and not answer.reason:
        return answer
    return replace(answer, reason=typed_text(answer.reason), comment=typed_text(answer.comment))


def change_college(db: Database, key: str, college: str) -> None:
    """Move a response to another college of its campaign. Raises ``UnknownCollege``, or as ``save_answers``."""
    with writing(db) as conn:
        response = _changeable(conn, _BY_KEY, fingerprint(key))
        sql = "SELECT 1 FROM campaign_colleges WHERE campaign_id = ? AND code = ?"
        if conn.execute(sql, (response.campaign_id, storable(college))).fetchone() is None:
            raise UnknownCollege
        conn.execute("UPDATE responses SET college = ? WHERE id = ?", (college, response.id))


def submit_response(db: Database, key: str) -> None:
    """Mark the response as submitted today; it can still change until the closing. Idempotent.

    Raises ``UnknownResponse``, ``ResponseDeleted`` or ``CampaignClosed``.
    """
    with writing(db) as conn:
        response = _changeable(conn, _BY_KEY, fingerprint(key))
        sql = "UPDATE responses SET submitted_on = coalesce(submitted_on, ?) WHERE id = ?"
        conn.execute(sql, (today(), response.id))


def delete_response(db: Database, key: str) -> None:
    """Delete the content of a response; only the fact that it was deleted is kept. Idempotent.

    Raises ``UnknownResponse``, or ``CampaignClosed`` once the campaign is closed.
    """
    with writing(db) as conn:
        try:
            response = _changeable(conn, _BY_KEY, fingerprint(key))
        except ResponseDeleted:
            return
        conn.execute(
            "UPDATE responses SET document = '{}', answered = 0, submitted_on = NULL, deleted = 1, lent_link = NULL "
            "WHERE id = ?",
            (response.id,),
        )
        conn.execute("DELETE FROM resume_codes WHERE response_id = ?", (response.id,))
