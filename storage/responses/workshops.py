"""Workshops: a group that discusses skills one by one, on phones or around a table, in an open campaign.

The answers of each phone are an ordinary response. The consensus of the group is a response of its own (mode
``atelier``). Distributions revealed on the way are shown once (decision 0110).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from grille.messages import message as _
from grille.typed import too_long, typed_line
from questionnaires.answers import UNANSWERED, Answer
from storage.campaigns.campaigns import Campaign, current_status
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, to_text
from storage.core.tokens import new_room_code, storable
from storage.responses.responses import Response, response_by_id, save_answers

if TYPE_CHECKING:
    import sqlite3

LONGEST_NAME = 80


class WorkshopOver(CampaignError):
    """The workshop has ended, or its campaign has closed."""

    def __init__(self) -> None:
        super().__init__([_("L’atelier est terminé : ce qui a été noté est gardé, et ne change plus.")])


class ConsensusChanged(CampaignError):
    """Somebody else noted another consensus since the page was shown."""

    def __init__(self) -> None:
        super().__init__(
            [_("Quelqu’un d’autre vient de noter un autre niveau, montré ci-dessous. Vérifiez, puis notez de nouveau.")]
        )


@dataclass(frozen=True, slots=True)
class Workshop:
    """A workshop and its state. ``position`` is the current index in ``skills``, ``reached`` the highest so far.

    ``version`` grows with every action of the facilitator; ``ended`` is also True once the campaign is closed.
    """

    id: int
    campaign_id: int
    code: str
    name: str
    people: int
    skills: tuple[str, ...]
    position: int
    reached: int
    version: int
    response_id: int
    ended: bool

    @property
    def current(self) -> str:
        """The code of the skill under discussion."""
        return self.skills[self.position]

    @property
    def reached_skills(self) -> tuple[str, ...]:
        """The codes of the skills reached so far, which phones may answer."""
        return self.skills[: self.reached + 1]


@dataclass(frozen=True, slots=True)
class Attendance:
    """The number of phones that joined, and of those that answered a skill."""

    joined: int
    answered: int


_WORKSHOP = """SELECT workshops.id, campaign_id, code, workshops.name, people, skills, position, reached, version,
    response_id, ended_at IS NOT NULL OR status <> 'open' FROM workshops JOIN campaigns ON campaigns.id = campaign_id"""


def _workshop(row: tuple[Any, ...] | None) -> Workshop | None:
    if row is None:
        return None
    id_, campaign_id, code, name, people, skills, *progress, response_id, ended = row
    position, reached, version = progress
    chosen = tuple(orjson.loads(skills))
    return Workshop(
        id_, campaign_id, code, name, people, chosen, position, reached, version, response_id, ended=bool(ended)
    )


def normal_code(typed: str) -> str:
    """Return a typed code in its stored form: capitals, without blanks or dashes.

    >>> normal_code(" kdr-4tx ")
    'KDR4TX'
    """
    return "".join(sign for sign in typed.upper() if sign.isalnum())[:40]


def open_workshop(
    db: Database,
    campaign: Campaign,
    *,
    name: str,
    people: int | None,
    skills: Iterable[str],
    code: str | None = None,
    refused: Iterable[str] = (),
) -> Workshop:
    """Open a workshop on these skills, in that order, for ``people`` around the table.

    ``code`` fixes the code, for demonstrations. Raises ``CampaignError`` with every problem, such as fewer people than
    the campaign's k, followed by the problems ``refused`` that the form has already found.
    """
    chosen = tuple(dict.fromkeys(skills))
    with writing(db) as conn:
        if problems := [*_problems(conn, campaign, name, people, chosen), *refused]:
            raise CampaignError(problems)
        response = conn.execute("INSERT INTO responses (campaign_id, mode) VALUES (?, 'atelier')", (campaign.id,))
        cursor = conn.execute(
            """INSERT INTO workshops (campaign_id, code, name, people, skills, response_id, opened_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (
                *(campaign.id, code or _free_code(conn), typed_line(name), people, orjson.dumps(chosen).decode()),
                *(response.lastrowid, to_text(now())),
            ),
        )
        return _found(conn, "workshops.id = ?", cursor.lastrowid)


def _problems(
    conn: "sqlite3.Connection", campaign: Campaign, name: str, people: int | None, skills: tuple[str, ...]
) -> Iterable[str]:
    status = current_status(conn, campaign)
    if status != "open":
        yield _("La collecte n’est pas ouverte : un atelier se tient pendant la collecte.")
    if not name.strip():
        yield _("Donnez un nom à l’atelier, par exemple « Réunion du 12 mars ».")
    if problem := too_long(typed_line(name), LONGEST_NAME, _("Ce nom")):
        yield problem
    if people is None or people < campaign.k:
        yield (
            _(
                "Un atelier réunit au moins %(k)s personnes : à moins, ce que le groupe retient dirait ce que "
                "chacun pense. Écrivez combien vous êtes ; si vous êtes moins, proposez à chacun de répondre seul.",
                k=campaign.k,
            )
        )
    known = {skill.code for skill in campaign.grid.skills}
    if not skills:
        yield _("Choisissez au moins un savoir-faire.")
    for code in skills:
        if code not in known:
            yield _("La grille n’a pas de savoir-faire « %(code)s » : choisissez dans la liste.", code=code[:40])


def _free_code(conn: "sqlite3.Connection") -> str:
    sql = "SELECT 1 FROM workshops WHERE code = ?"
    return new_room_code(lambda code: conn.execute(sql, (code,)).fetchone() is not None)


def _found(conn: "sqlite3.Connection", condition: str, *values: object) -> Workshop:
    found = _workshop(conn.execute(f"{_WORKSHOP} WHERE {condition}", values).fetchone())
    assert found is not None  # noqa: S101  # read in the transaction that wrote it
    return found


def workshop_by_code(db: Database, code: str) -> Workshop | None:
    """Return the workshop of that code, as people type it, if there is one."""
    return _workshop(db.conn.execute(f"{_WORKSHOP} WHERE code = ?", (normal_code(storable(code)),)).fetchone())


def workshop_by_id(db: Database, campaign: Campaign, id_: int) -> Workshop | None:
    """Return the workshop of that number in that campaign, if there is one."""
    sql = f"{_WORKSHOP} WHERE workshops.id = ? AND campaign_id = ?"
    return _workshop(db.conn.execute(sql, (id_, campaign.id)).fetchone())


def workshops_of(db: Database, campaign: Campaign) -> list[Workshop]:
    """Return the workshops of a campaign, oldest first."""
    rows = db.conn.execute(f"{_WORKSHOP} WHERE campaign_id = ? ORDER BY workshops.id", (campaign.id,))
    return [workshop for row in rows if (workshop := _workshop(row))]


def go_to(db: Database, workshop: Workshop, position: int) -> None:
    """Move the group to the skill at that index, or to the nearest end. Raises ``WorkshopOver``."""
    with writing(db) as conn:
        fresh = workshop_under_way(conn, workshop)
        position = max(0, min(position, len(fresh.skills) - 1))
        if position != fresh.position:
            conn.execute(
                "UPDATE workshops SET position = ?, reached = max(reached, ?), version = version + 1 WHERE id = ?",
                (position, position, workshop.id),
            )


def workshop_under_way(conn: "sqlite3.Connection", workshop: Workshop) -> Workshop:
    fresh = _found(conn, "workshops.id = ?", workshop.id)
    if fresh.ended:
        raise WorkshopOver
    return fresh


def end_workshop(db: Database, workshop: Workshop) -> None:
    """End a workshop: its consensus no longer changes; phones continue their own response. Idempotent."""
    with writing(db) as conn:
        conn.execute(
            "UPDATE workshops SET ended_at = ?, version = version + 1 WHERE id = ? AND ended_at IS NULL",
            (to_text(now()), workshop.id),
        )


def join_workshop(db: Database, workshop: Workshop, response_id: int) -> None:
    """Add this response to the phones of the workshop. Idempotent. Raises ``WorkshopOver``."""
    with writing(db) as conn:
        workshop_under_way(conn, workshop)
        conn.execute("INSERT OR IGNORE INTO workshop_phones VALUES (?, ?)", (workshop.id, response_id))


def has_joined(db: Database, response_id: int, code: str) -> bool:
    """Return whether this response is among the phones of the workshop of that code."""
    sql = """SELECT 1 FROM workshop_phones JOIN workshops ON workshops.id = workshop_id
        WHERE workshop_phones.response_id = ? AND code = ?"""
    return db.conn.execute(sql, (response_id, normal_code(storable(code)))).fetchone() is not None


def joined_by(db: Database, response_id: int) -> list[str]:
    """Return the names of the workshops that this response joined; empty once the campaign is closed."""
    sql = """SELECT name FROM workshop_phones JOIN workshops ON workshops.id = workshop_id
        WHERE workshop_phones.response_id = ? ORDER BY workshops.id"""
    return [name for (name,) in db.conn.execute(sql, (response_id,))]


def attendance(db: Database, workshop: Workshop, skill: str) -> Attendance:
    """Return the number of phones that joined and of those that answered that skill, never their answers."""
    row = db.conn.execute(
        """SELECT count(*), count(json_extract(document, '$.answers."' || ? || '"'))
            FROM workshop_phones JOIN responses ON responses.id = response_id
            WHERE workshop_id = ? AND deleted = 0""",
        (skill, workshop.id),
    ).fetchone()
    return Attendance(*row)


def consensus_of(db: Database, workshop: Workshop) -> Mapping[str, Answer]:
    """Return the answers that the group has agreed on so far, by skill code."""
    return _response_of(db, workshop).document.answers


def _response_of(db: Database, workshop: Workshop) -> Response:
    """Return the response that holds the consensus."""
    response = response_by_id(db, workshop.response_id)
    assert response is not None  # noqa: S101  # a foreign key holds it
    return response


def record_consensus(db: Database, workshop: Workshop, skill: str, answer: Answer, seen: str) -> None:
    """Record the group's answer to a skill, in place of the one shown (``seen`` is its fingerprint). Idempotent.

    Raises ``WorkshopOver``, ``ConsensusChanged``, ``KeyError`` for a skill that the workshop does not have, and
    ``ValueError`` for a level that the grid does not have.
    """
    with writing(db) as conn:
        fresh = workshop_under_way(conn, workshop)
        if skill not in fresh.skills:
            raise KeyError(skill)
        response = _response_of(db, workshop)
        stored = response.document.answers.get(skill, UNANSWERED)
        if answer == stored:
            return
        if stored not in (UNANSWERED, answer) and stored.fingerprint != seen:
            raise ConsensusChanged
        save_answers(db, response, {skill: answer})
        conn.execute("UPDATE workshops SET version = version + 1 WHERE id = ?", (workshop.id,))
