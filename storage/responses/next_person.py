"""The link by which the next person begins: the one that anybody may be given, or the one of a lent device."""

from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import share_links_of, token_of
from storage.core.engine import Database
from storage.core.tokens import fingerprint


def token_to_share(db: Database, campaign: Campaign, secret: str) -> str | None:
    """Return the token of the link that anybody may be given: for everyone, valid, not of a lent device. None if none.

    The latest is taken: a pilot who made another one prefers it.
    """
    found = [
        one.token
        for one in share_links_of(db, campaign, secret)
        if one.token and one.link.college is None and not one.link.lent
    ]
    return found[-1] if found else None


def token_of_link(db: Database, link_id: int, secret: str) -> str | None:
    """Return the token of a share link, revoked or not; None if this installation cannot compute it again."""
    row = db.conn.execute("SELECT seed, token_sha256 FROM links WHERE id = ?", (link_id,)).fetchone()
    seed, sha256 = row or (None, None)
    token = token_of(secret, seed) if seed else None
    return token if token and fingerprint(token) == sha256 else None
