"""The audience of a session: its code, the slide it looks at, the phones that joined."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from grille.messages import message as _
from grille.typed import typed_line
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.rows import single_value
from storage.core.timestamps import now, to_text
from storage.core.tokens import fingerprint, new_room_code, storable

if TYPE_CHECKING:
    import sqlite3

MOST_PHONES: Final = 1000
MOST_LINES, LONGEST_LINE = 60, 300

Line = tuple[str, str]
"""A line of a slide in large print: « title », « text » or « item », and its words."""


class AudienceOver(CampaignError):
    """The room takes no more answers: the session has ended."""

    def __init__(self) -> None:
        super().__init__([_("La séance est terminée : on ne peut plus répondre. Merci d’être venus !")])


class TooManyPhones(CampaignError):
    """More phones than a room can hold."""

    def __init__(self) -> None:
        super().__init__([_("La salle est pleine : levez la main, votre réponse sera comptée.")])


@dataclass(frozen=True, slots=True)
class Audience:
    """A room that takes part on its phones.

    ``lines`` are the words of the slide it looks at, and ``asked`` is the key of the question asked there, empty where
    there is none; ``version`` grows when either changes, or what may be answered.
    """

    id: int
    campaign_id: int
    code: str
    asked: str
    lines: tuple[Line, ...]
    version: int
    ended: bool


_AUDIENCE = "SELECT id, campaign_id, code, asked, shown, version, ended_at IS NOT NULL FROM audiences"


def _audience(row: tuple[Any, ...] | None) -> Audience | None:
    if row is None:
        return None
    id_, campaign_id, code, asked, shown, version, ended = row
    lines = tuple((kind, words) for kind, words in orjson.loads(shown))
    return Audience(id_, campaign_id, code, asked, lines, version, bool(ended))


def audience_of(db: Database, campaign: Campaign) -> Audience | None:
    """Return the audience of a campaign's session, if it was ever opened."""
    return _audience(db.conn.execute(f"{_AUDIENCE} WHERE campaign_id = ?", (campaign.id,)).fetchone())


def audience_by_code(db: Database, code: str) -> Audience | None:
    """Return the audience of that code, if there is one."""
    return _audience(db.conn.execute(f"{_AUDIENCE} WHERE code = ?", (storable(code).upper(),)).fetchone())


def open_audience(db: Database, campaign: Campaign, *, code: str | None = None) -> Audience:
    """Open the room to phones, or open it again: the same code, and what it answered is kept. Idempotent."""
    with writing(db) as conn:
        conn.execute(
            """INSERT INTO audiences (campaign_id, code, opened_at) VALUES (?, ?, ?)
                ON CONFLICT (campaign_id) DO UPDATE SET ended_at = NULL, version = version + 1
                WHERE ended_at IS NOT NULL""",
            (campaign.id, code or _free_code(conn), to_text(now())),
        )
        found = audience_of(db, campaign)
        assert found is not None  # noqa: S101  # just written
        return found


def _free_code(conn: "sqlite3.Connection") -> str:
    sql = "SELECT 1 FROM audiences WHERE code = ?"
    return new_room_code(lambda code: conn.execute(sql, (code,)).fetchone() is not None)


def changed(conn: "sqlite3.Connection", audience: Audience) -> None:
    """Note that what phones show has changed."""
    conn.execute("UPDATE audiences SET version = version + 1 WHERE id = ?", (audience.id,))


def show_slide(db: Database, audience: Audience, asked: str, lines: Sequence[Line]) -> None:
    """Note which slide the room looks at: what it asks, and its words, cut to what a phone can hold. Idempotent."""
    kept = [(kind, typed_line(words)[:LONGEST_LINE]) for kind, words in lines[:MOST_LINES] if words.strip()]
    new = {"id": audience.id, "asked": asked, "shown": orjson.dumps(kept).decode()}
    with writing(db) as conn:
        conn.execute(
            """UPDATE audiences SET asked = :asked, shown = :shown, version = version + 1
                WHERE id = :id AND ended_at IS NULL AND (asked, shown) <> (:asked, :shown)""",
            new,
        )


def join_audience(db: Database, audience: Audience, key: str) -> None:
    """Add the phone of that key. Idempotent. Raises ``AudienceOver`` and ``TooManyPhones``."""
    with writing(db) as conn:
        under_way(conn, audience)
        if has_joined(db, audience, key):
            return
        if phones(db, audience) >= MOST_PHONES:
            raise TooManyPhones
        conn.execute(
            "INSERT INTO audience_phones (audience_id, key_sha256, joined_at) VALUES (?, ?, ?)",
            (audience.id, fingerprint(key), to_text(now())),
        )


def under_way(conn: "sqlite3.Connection", audience: Audience) -> None:
    """Raise ``AudienceOver`` if the room no longer takes answers."""
    if single_value(conn.execute("SELECT ended_at IS NOT NULL FROM audiences WHERE id = ?", (audience.id,)), 1):
        raise AudienceOver


def has_joined(db: Database, audience: Audience, key: str) -> bool:
    """Return whether the phone of that key has joined."""
    return phone_id(db, audience, key) is not None


def phone_id(db: Database, audience: Audience, key: str) -> int | None:
    """Return the number of the phone of that key in that room, if it joined."""
    sql = "SELECT id FROM audience_phones WHERE key_sha256 = ? AND audience_id = ?"
    number: int | None = single_value(db.conn.execute(sql, (fingerprint(key), audience.id)))
    return number


class NotJoined(CampaignError):
    """The phone of that key has not joined, or was forgotten with everything of a rehearsal."""

    def __init__(self) -> None:
        super().__init__([_("Ce téléphone n’est plus dans la salle : rejoignez-la avec le code montré à l’écran.")])


def joined_phone(db: Database, audience: Audience, key: str) -> int:
    """Return the number of the phone of that key. Raises ``NotJoined``."""
    phone = phone_id(db, audience, key)
    if phone is None:
        raise NotJoined
    return phone


def phones(db: Database, audience: Audience) -> int:
    """Return how many phones have joined."""
    sql = "SELECT count(*) FROM audience_phones WHERE audience_id = ?"
    return int(single_value(db.conn.execute(sql, (audience.id,))))


def erase_audience(db: Database, audience: Audience) -> None:
    """Forget everything that the room said and who joined, as after a rehearsal; the code stays. Idempotent."""
    with writing(db) as conn:
        for table in ("audience_words", "audience_questions", "audience_phones"):
            conn.execute(f"DELETE FROM {table} WHERE audience_id = ?", (audience.id,))  # noqa: S608  # ours
        conn.execute("UPDATE audiences SET asked = '', shown = '[]' WHERE id = ?", (audience.id,))
        changed(conn, audience)


def end_audience(db: Database, audience: Audience, k: int) -> None:
    """End the room's part: phones, single answers and words that nobody accepted are forgotten. Idempotent.

    What was revealed stays for the minutes, and the words accepted if ``k`` phones have said something.
    """
    with writing(db) as conn:
        conn.execute(
            """DELETE FROM audience_words WHERE audience_id = :id AND phone_id IS NOT NULL AND (state <> 'accepted' OR
                (SELECT count(*) FROM audience_words WHERE audience_id = :id AND phone_id IS NOT NULL) < :k)""",
            {"id": audience.id, "k": k},
        )
        conn.execute("DELETE FROM audience_phones WHERE audience_id = ?", (audience.id,))
        conn.execute(
            """UPDATE audiences SET ended_at = ?, asked = '', shown = '[]', version = version + 1
                WHERE id = ? AND ended_at IS NULL""",
            (to_text(now()), audience.id),
        )
