"""The minutes of a session, as its team wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

import orjson

from grille.messages import message as _
from grille.typed import too_long, typed_line, typed_text
from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.rows import single_value
from storage.core.timestamps import now, to_text

LONGEST_LINE, LONGEST_TEXT = 120, 4000
TEXTS = ("seen", "votes", "said", "decided", "unanswered")


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes: when, how many people of each college, and texts of one line each or more.

    ``people`` is by the code of a college, "" for those of none.
    """

    held: str = ""
    people: Mapping[str, int] = field(default_factory=dict)
    seen: str = ""
    votes: str = ""
    said: str = ""
    decided: str = ""
    unanswered: str = ""
    next_date: str = ""


def read_minutes(db: Database, campaign: Campaign) -> Minutes | None:
    """Return the saved minutes of a campaign's session; None if nobody saved any."""
    sql = "SELECT document FROM session_minutes WHERE campaign_id = ?"
    stored = single_value(db.conn.execute(sql, (campaign.id,)))
    return None if stored is None else Minutes(**orjson.loads(stored))


def save_minutes(db: Database, campaign: Campaign, minutes: Minutes, author: Account) -> Minutes:
    """Save the minutes over those before. Idempotent. Raises ``CampaignError`` with every problem at once."""
    clean = _clean(minutes)
    lines = ((clean.held, _("La date de la séance")), (clean.next_date, _("La prochaine date")))
    problems = [too_long(text, LONGEST_LINE, name) for text, name in lines]
    problems += [too_long(getattr(clean, name), LONGEST_TEXT) for name in TEXTS]
    if any(problems):
        raise CampaignError([one for one in problems if one])
    with writing(db) as conn:
        conn.execute(
            """INSERT INTO session_minutes (campaign_id, document, author_id, saved_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (campaign_id) DO UPDATE SET document = excluded.document,
                author_id = excluded.author_id, saved_at = excluded.saved_at""",
            (campaign.id, orjson.dumps(asdict(clean)).decode(), author.id, to_text(now())),
        )
    return clean


def _clean(minutes: Minutes) -> Minutes:
    texts = {name: typed_text(getattr(minutes, name)).strip() for name in TEXTS}
    people = {code: count for code, count in minutes.people.items() if count}
    return Minutes(typed_line(minutes.held), people, **texts, next_date=typed_line(minutes.next_date))
