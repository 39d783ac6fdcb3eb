"""Moderated comments of respondents: only reviewers read a comment until it is accepted.

At closing, the database gives each comment a random mark. Pages identify it by that mark only, and sort comments by
their text, so that two comments of one person cannot be linked. The free answers to a local question are read and
decided like comments; they belong to no response any more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from questionnaires.local.questions import is_local
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import now, to_text

if TYPE_CHECKING:
    from storage.accounts.accounts import Account
    from storage.campaigns.campaigns import Campaign

Decision = Literal["accepted", "refused"]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a skill, or a free answer to a local question.

    ``skill`` is a code, perhaps that of a local question; ``college`` is a code, ``"atelier"``, or None if it would
    identify the author.
    """

    mark: str
    skill: str
    text: str
    college: str | None
    decision: Decision | None

    @property
    def is_local(self) -> bool:
        """Whether it answers a local question."""
        return is_local(self.skill)


_READ = """SELECT mark, skill, json_extract(document, '$.comments."' || skill || '"'), mode, college, decision
    FROM comments JOIN responses ON responses.id = response_id
    WHERE comments.campaign_id = ? AND deleted = 0"""


def comments_of(db: Database, campaign: "Campaign", skill: str | None = None) -> list[Comment]:
    """Return the comments of a campaign, moderated or not, sorted by skill then by text; or those of one skill.

    Without a skill, the free answers to its local question come after them.
    """
    named = nameable_colleges(campaign.k, _sizes(db, campaign))
    sql, values = (f"{_READ} AND skill = ?", (campaign.id, skill)) if skill else (_READ, (campaign.id,))
    found = [one for row in db.conn.execute(sql, values) if (one := _comment(named, *row)).text]
    if skill is None:
        found += free_answers(db, campaign)
    place = {known.code: position for position, known in enumerate(campaign.grid.skills)}
    return sorted(found, key=lambda one: (place.get(one.skill, len(place)), one.text.casefold(), one.mark))


def free_answers(db: Database, campaign: "Campaign") -> list[Comment]:
    """Return the free answers to the local question of a closed campaign, decided or not, sorted by text.

    There are none where fewer than k people wrote one.
    """
    sql = "SELECT mark, question, text, NULL, decision FROM local_texts WHERE campaign_id = ?"
    found = [Comment(*row) for row in db.conn.execute(sql, (campaign.id,))]
    return sorted(found, key=lambda one: (one.text.casefold(), one.mark))


def _comment(named: frozenset[str], mark: str, skill: str, text: str, mode: str, college: str, *rest: Any) -> Comment:
    shown = "atelier" if mode == "atelier" else college if college in named else None
    return Comment(mark, skill, text, shown, *rest)


def _sizes(db: Database, campaign: "Campaign") -> dict[str, int]:
    sql = """SELECT college, count(*) FROM responses
        WHERE campaign_id = ? AND answered > 0 AND mode <> 'atelier' GROUP BY college"""
    counts = dict(db.conn.execute(sql, (campaign.id,)).fetchall())
    return {college.code: counts.get(college.code, 0) for college in campaign.colleges}


def nameable_colleges(k: int, sizes: Mapping[str, int]) -> frozenset[str]:
    """Return the colleges that may be named beside a comment: ``k`` respondents or more.

    The unnamed ones must have ``k`` respondents together, or none: otherwise a comment without college would identify
    them. If they have fewer, the smallest named college is not named either.

    >>> sorted(nameable_colleges(5, {"elus": 8, "agents": 12, "habitants": 30}))
    ['agents', 'elus', 'habitants']
    >>> sorted(nameable_colleges(5, {"elus": 3, "agents": 12, "habitants": 30}))
    ['habitants']
    """
    unnamed = sum(size for size in sizes.values() if size < k)
    named = sorted((code for code, size in sizes.items() if size >= k), key=lambda code: sizes[code])
    while named and 0 < unnamed < k:
        unnamed += sizes[named.pop(0)]
    return frozenset(named)


PENDING: Final = """(SELECT count(*) FROM comments WHERE campaign_id = :campaign AND decision IS NULL)
    + (SELECT count(*) FROM local_texts WHERE campaign_id = :campaign AND decision IS NULL)"""
"""How many comments and free answers of a campaign have no decision, as SQL."""


def pending_comments(db: Database, campaign: "Campaign") -> int:
    """Return the number of comments and of free answers without a decision."""
    return int(single_value(db.conn.execute(f"SELECT {PENDING}", {"campaign": campaign.id})))


@dataclass(frozen=True, slots=True)
class ModerationChoice:
    """A reviewer's decision on a comment, and the decision that the page showed before."""

    mark: str
    decision: Decision | None
    read: Decision | None


def decide_comments(
    db: Database,
    campaign: "Campaign",
    choices: Iterable[ModerationChoice],
    author: "Account",
    at: datetime | None = None,
) -> list[ModerationChoice]:
    """Record these decisions; return those not recorded because somebody else had changed them meanwhile."""
    with writing(db) as conn:
        moment = to_text(at or now())
        return [choice for choice in choices if not _decide(conn, campaign, choice, author, moment)]


def _decide(conn: Any, campaign: "Campaign", choice: ModerationChoice, author: "Account", at: str) -> bool:
    """Record one decision; return whether the comment now has it."""
    if choice.decision == choice.read:
        return True
    return any(_decide_in(table, conn, campaign, choice, author, at) for table in ("comments", "local_texts"))


def _decide_in(
    table: str, conn: Any, campaign: "Campaign", choice: ModerationChoice, author: "Account", at: str
) -> bool:
    cursor = conn.execute(
        f"""UPDATE {table} SET decision = ?, author_id = ?, decided_at = ?
            WHERE mark = ? AND campaign_id = ? AND decision IS ?""",  # noqa: S608  # two names of ours
        (choice.decision, author.id, choice.decision and at, choice.mark, campaign.id, choice.read),
    )
    sql = f"SELECT 1 FROM {table} WHERE mark = ? AND campaign_id = ? AND decision IS ?"  # noqa: S608
    return bool(cursor.rowcount or conn.execute(sql, (choice.mark, campaign.id, choice.decision)).fetchone())


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A current decision on a comment: when it was made, and by whom."""

    at: datetime
    author: str
    decision: Decision


def decisions_made(db: Database, campaign: "Campaign") -> list[DecisionMade]:
    """Return every current decision, oldest first, without the comments concerned."""
    decided = (
        "SELECT decided_at, name, decision FROM {} JOIN accounts ON accounts.id = author_id WHERE campaign_id = :id"
    )
    parts = [decided.format(table) for table in ("comments", "local_texts")]
    sql = f"{' UNION ALL '.join(parts)} ORDER BY decided_at"
    return [
        DecisionMade(datetime.fromisoformat(at), author, decision)
        for at, author, decision in db.conn.execute(sql, {"id": campaign.id})
        if decision
    ]
