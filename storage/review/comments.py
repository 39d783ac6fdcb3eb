"""Moderated comments of respondents: only reviewers read a comment until it is accepted.

At closing, the database gives each comment a random mark. Pages identify it by that mark only, and sort comments by
their text, so that two comments of one person cannot be linked. The free answers to a local question are read and
decided like comments; they belong to no response any more.
"""

import re
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

Decision = Literal["accepted", "refused", "quoted"]
"""« Quoted » is accepted, and to be quoted: shown to everyone, without its college."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a skill, or a free answer to a local question.

    ``skill`` is a code, perhaps that of a local question; ``college`` is a code, ``"atelier"``, or None if it would
    identify the author. ``quotable`` is whether its author ticked that it may be quoted.
    """

    mark: str
    skill: str
    text: str
    college: str | None
    decision: Decision | None
    quotable: bool = False

    @property
    def is_accepted(self) -> bool:
        """Whether it may be shown to those who see the review."""
        return self.decision in ("accepted", "quoted")

    @property
    def is_local(self) -> bool:
        """Whether it answers a local question."""
        return is_local(self.skill)


_DECISION = "CASE quoted WHEN 1 THEN 'quoted' ELSE decision END"
_QUOTABLE = """coalesce(json_extract(document, '$.quotable."' || skill || '"'), 0)"""
_READ = f"""SELECT mark, skill, json_extract(document, '$.comments."' || skill || '"'), mode, college, {_DECISION},
    {_QUOTABLE} FROM comments JOIN responses ON responses.id = response_id
    WHERE comments.campaign_id = ? AND deleted = 0"""  # noqa: S608  # ours


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


def _comment(
    named: frozenset[str],
    mark: str,
    skill: str,
    text: str,
    mode: str,
    college: str,
    decision: Decision | None,
    quotable: int,
) -> Comment:
    shown = "atelier" if mode == "atelier" else college if college in named else None
    return Comment(mark, skill, text, shown, decision, bool(quotable))


@dataclass(frozen=True, slots=True)
class QuotedComment:
    """A comment that may be quoted: its author ticked it, and a reviewer accepted it. Nothing else is told of it."""

    mark: str
    skill: str
    text: str


def quoted_comments(db: Database, campaign: "Campaign") -> list[QuotedComment]:
    """Return the comments of a campaign that may be quoted, by skill then by text.

    There are none where fewer than k people answered: nothing is shown of such a campaign.
    """
    rows = db.conn.execute(_QUOTED, {"campaign": campaign.id, "k": campaign.k})
    place = {known.code: position for position, known in enumerate(campaign.grid.skills)}
    return sorted(
        (QuotedComment(*row) for row in rows), key=lambda one: (place[one.skill], one.text.casefold(), one.mark)
    )


_QUOTED: Final = f"""SELECT mark, skill, json_extract(document, '$.comments."' || skill || '"') AS text
    FROM comments JOIN responses ON responses.id = response_id
    WHERE comments.campaign_id = :campaign AND deleted = 0 AND quoted AND {_QUOTABLE} AND text <> ''
    AND (SELECT count(*) FROM responses WHERE campaign_id = :campaign AND answered > 0 AND mode <> 'atelier') >= :k"""  # noqa: S608  # ours


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
    values = {
        "mark": choice.mark,
        "campaign": campaign.id,
        "author": author.id,
        "at": choice.decision and at,
        "read": choice.read,
        "new": choice.decision,
        "decision": "accepted" if choice.decision == "quoted" else choice.decision,
    }
    cursors = [conn.execute(sql, values) for sql in _DECIDE]
    return any(one.rowcount for one in cursors) or any(conn.execute(sql, values).fetchone() for sql in _DECIDED)


_DECIDE: Final = (
    f"""UPDATE comments SET decision = :decision, quoted = :new IS 'quoted', author_id = :author, decided_at = :at
        WHERE mark = :mark AND campaign_id = :campaign AND {_DECISION} IS :read AND (:new IS NOT 'quoted'
        OR (SELECT {_QUOTABLE} FROM responses WHERE responses.id = response_id))""",  # noqa: S608  # ours
    """UPDATE local_texts SET decision = :decision, author_id = :author, decided_at = :at
        WHERE mark = :mark AND campaign_id = :campaign AND decision IS :read AND :new IS NOT 'quoted'""",
)
"""A comment whose author did not tick that it may be quoted never is, nor a free answer to a local question."""

_DECIDED: Final = (
    f"SELECT 1 FROM comments WHERE mark = :mark AND campaign_id = :campaign AND {_DECISION} IS :new",  # noqa: S608
    "SELECT 1 FROM local_texts WHERE mark = :mark AND campaign_id = :campaign AND decision IS :new",
)


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


Passages = tuple[tuple[int, int], ...]
"""The passages of a text, in order: where each begins and ends."""

CUT: Final = "[…]"
_CUT: Final = re.compile(r"\[(?:…|\.\.\.)\]")


def excerpt(text: str, passages: Passages) -> str:
    """Return these passages of a text, « […] » standing for what is left out; the whole text when there are none.

    >>> excerpt("Bien. Long. Merci.", ((0, 5), (12, 18)))
    'Bien. […] Merci.'
    """
    if not passages:
        return text
    parts = [text[start:end] for start, end in passages]
    before = [CUT] if text[: passages[0][0]].strip() else []
    after = [CUT] if text[passages[-1][1] :].strip() else []
    return " ".join([*before, f" {CUT} ".join(parts), *after])


def passages_in(text: str, typed: str) -> Passages | None:
    """Return the passages of a text that somebody kept of it; None when other words are there, or none.

    Spaces and line breaks may differ, words may not.

    >>> passages_in("Bien. Long. Merci.", "Bien. [...] Merci."), passages_in("Bien.", "Très bien.")
    (((0, 5), (12, 18)), None)
    """
    found: list[tuple[int, int]] = []
    for piece in filter(None, (part.split() for part in _CUT.split(typed))):
        words = r"\s+".join(map(re.escape, piece))
        match = re.compile(rf"(?<!\w){words}(?!\w)").search(text, found[-1][1] if found else 0)
        if match is None:
            return None
        found.append(match.span())
    return tuple(found) or None


def beginning(text: str, words: int) -> Passages:
    """Return as many words as that from the beginning of a text.

    >>> excerpt("Bien. Long. Merci.", beginning("Bien. Long. Merci.", 2))
    'Bien. Long. […]'
    """
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    return ((spans[0][0], spans[max(1, min(words, len(spans))) - 1][1]),)
