"""Words that a room says in answer to a question: each waits for a moderator, all wait for k people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from grille.messages import message as _
from grille.typed import too_long, typed_line
from storage.audience.audiences import Audience, joined_phone, phone_id, under_way
from storage.audience.questions import AnswerRefused
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import now, to_text

LONGEST_WORDS: Final = 80
DECISIONS: Final = ("accepted", "refused")


@dataclass(frozen=True, slots=True)
class Words:
    """What a phone said; ``state`` is « waiting », « accepted » or « refused ».

    ``kept`` says that they come from a part of the session that has ended, which ``k`` phones had answered.
    """

    id: int
    text: str
    state: str
    kept: bool = False


def say_words(db: Database, audience: Audience, key: str, text: str) -> None:
    """Record the words of the phone of that key, over those of before; other words wait for the moderator again.

    Idempotent. Raises ``AudienceOver``, ``NotJoined`` and ``AnswerRefused``.
    """
    words = typed_line(text)
    if not words:
        raise AnswerRefused([_("Écrivez quelques mots, puis envoyez.")])
    if problem := too_long(words, LONGEST_WORDS):
        raise AnswerRefused([problem])
    with writing(db) as conn:
        under_way(conn, audience)
        conn.execute(
            """INSERT INTO audience_words (audience_id, phone_id, text, said_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (phone_id) DO UPDATE SET text = excluded.text, state = 'waiting', said_at = excluded.said_at
                WHERE text <> excluded.text""",
            (audience.id, joined_phone(db, audience, key), words, to_text(now())),
        )


def words_of(db: Database, audience: Audience) -> list[Words]:
    """Return everything that was said, in order, for the moderator."""
    sql = "SELECT id, text, state, phone_id IS NULL FROM audience_words WHERE audience_id = ? ORDER BY id"
    rows = db.conn.execute(sql, (audience.id,)).fetchall()
    return [Words(id_, text, state, bool(kept)) for id_, text, state, kept in rows]


def shown_words(said: Sequence[Words], k: int) -> list[str]:
    """Return the accepted words, once ``k`` phones have said something.

    >>> shown_words([Words(1, "merci", "accepted"), Words(2, "dur", "refused")], 2)
    ['merci']
    >>> shown_words([Words(1, "merci", "accepted")], 2)
    []
    """
    enough = sum(not one.kept for one in said) >= k
    return [one.text for one in said if one.state == "accepted" and (one.kept or enough)]


def words_said(db: Database, audience: Audience, key: str) -> str:
    """Return what the phone of that key has said; empty when it has not."""
    sql = "SELECT text FROM audience_words WHERE phone_id = ?"
    return str(single_value(db.conn.execute(sql, (phone_id(db, audience, key),)), ""))


def moderate(db: Database, audience: Audience, id_: int, decision: str, read: str) -> None:
    """Accept or refuse words as they were read. Idempotent.

    Raises ``AnswerRefused`` when they have changed meanwhile.
    """
    if decision not in DECISIONS:
        raise AnswerRefused([_("Choisissez « Accepter » ou « Refuser ».")])
    with writing(db) as conn:
        done = conn.execute(
            "UPDATE audience_words SET state = ? WHERE id = ? AND audience_id = ? AND text = ?",
            (decision, id_, audience.id, typed_line(read)),
        )
        if not done.rowcount:
            raise AnswerRefused([_("Ces mots ont changé entre-temps : relisez-les.")])
