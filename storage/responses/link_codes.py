"""Codes of share links: six letters and digits that a poster shows, typed where resume codes are.

A code is derived from the token of its link, so it can be shown again; the database keeps only its HMAC, to find it.
"""

from collections.abc import Iterable
from itertools import count

from storage.campaigns.after_opening.cancelled import cancelled_campaign
from storage.campaigns.share_links import ShareLink
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.tokens import drawn_code, keyed_hash
from storage.responses.next_person import token_of_link

LENGTH = 6


def link_codes(db: Database, links: Iterable[ShareLink], secret: str) -> dict[int, str]:
    """Return the code of each link whose token is known, by the number of the link; stored at the first call."""
    return {one.link.id: link_code(db, one.link.id, one.token, secret) for one in links if one.token}


def link_code(db: Database, link_id: int, token: str, secret: str) -> str:
    """Return the code of that link, always the same; it is stored at the first call.

    Raises ``DatabaseUnavailable`` when it cannot be stored.
    """
    for attempt in count():
        code = drawn_code(secret, LENGTH, "link code", token, str(attempt))
        holder = _holder(db, code, secret)
        if holder == link_id or (holder is None and _stored(db, link_id, code, secret)):
            return code
    raise AssertionError  # count() does not end


def token_by_code(db: Database, code: str, secret: str) -> str | None:
    """Return the token of the link that this code opens, revoked or not; None if it opens none."""
    holder = _holder(db, code, secret)
    return None if holder is None else token_of_link(db, holder, secret)


def was_cancelled(db: Database, code: str, secret: str) -> bool:
    """Return whether this code opened a link of a campaign that was cancelled."""
    return cancelled_campaign(db, _mark(code, secret)) is not None


def _holder(db: Database, code: str, secret: str) -> int | None:
    number: int | None = single_value(
        db.conn.execute("SELECT id FROM links WHERE code_hmac = ?", (_mark(code, secret),))
    )
    return number


def _stored(db: Database, link_id: int, code: str, secret: str) -> bool:
    """Store the code of a link; False if it is that of a workshop, which is typed in the same field."""
    with writing(db, patience=0.5) as conn:
        if conn.execute("SELECT 1 FROM workshops WHERE code = ?", (code,)).fetchone():
            return False
        conn.execute("UPDATE links SET code_hmac = ? WHERE id = ?", (_mark(code, secret), link_id))
        return True


def _mark(code: str, secret: str) -> str:
    return keyed_hash(secret, "link code mark", code).hex()
