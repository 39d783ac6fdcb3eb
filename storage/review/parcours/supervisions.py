"""The supervision of a parcours during the year: dated moments, who came in numbers, what was seen and adjusted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import orjson

from grille.messages import message as _
from grille.typed import too_long
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, parse_day, to_text
from storage.review.parcours.plans import LONGEST_TEXT
from storage.review.sheets import normalised_text

if TYPE_CHECKING:
    from storage.accounts.accounts import Account
    from storage.campaigns.territories import Territory

MOST_PEOPLE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Supervision:
    """A moment of supervision; ``people`` is how many of each group came, and names nobody."""

    held_on: date
    seen: str
    people: tuple[tuple[str, int], ...] = ()
    adjusted: str = ""
    id: int = 0


def supervisions_of(db: Database, territory: "Territory") -> list[Supervision]:
    """Return the moments of a territory, earliest first."""
    sql = "SELECT id, held_on, people, seen, adjusted FROM supervisions WHERE territory_id = ? ORDER BY held_on, id"
    rows = db.conn.execute(sql, (territory.id,)).fetchall()
    return [
        Supervision(day, seen, _people(people), adjusted, id_)
        for id_, held, people, seen, adjusted in rows
        if (day := parse_day(held))
    ]


def _people(document: str) -> tuple[tuple[str, int], ...]:
    try:
        return tuple((str(group), int(count)) for group, count in orjson.loads(document).items())
    except (ValueError, TypeError, AttributeError):
        return ()


def save_supervision(db: Database, territory: "Territory", moment: Supervision, author: "Account | None" = None) -> int:
    """Add a moment, or replace the one of its id; return its id. Raises ``CampaignError`` with every problem."""
    moment = replace(moment, seen=normalised_text(moment.seen), adjusted=normalised_text(moment.adjusted))
    if problems := _problems(moment):
        raise CampaignError(problems)
    values = (
        *(moment.held_on.isoformat(), orjson.dumps(dict(moment.people)).decode(), moment.seen, moment.adjusted),
        *(author and author.id, to_text(now())),
    )
    with writing(db) as conn:
        if moment.id:
            conn.execute(
                """UPDATE supervisions SET held_on = ?, people = ?, seen = ?, adjusted = ?, author_id = ?, saved_at = ?
                    WHERE id = ? AND territory_id = ?""",
                (*values, moment.id, territory.id),
            )
            return moment.id
        cursor = conn.execute(
            """INSERT INTO supervisions (held_on, people, seen, adjusted, author_id, saved_at, territory_id)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (*values, territory.id),
        )
        return int(cursor.lastrowid or 0)


def _problems(moment: Supervision) -> list[str]:
    counts: Mapping[str, int] = dict(moment.people)
    checks = [
        "" if moment.seen else _("Dites ce qui a été vu."),
        too_long(moment.seen, LONGEST_TEXT),
        too_long(moment.adjusted, LONGEST_TEXT),
        "" if all(0 < one <= MOST_PEOPLE for one in counts.values()) else _("Un nombre de personnes est impossible."),
    ]
    return [said for said in checks if said]
