"""Share links of a campaign, which a pilot can show again, and invitations, which work once each.

A share link is shown, printed and scanned again, yet a stolen database must not open it: its token is derived from the
installation's secret and a seed stored with the link. The token of an invitation is random and given once; only its
hash is stored.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from grille.messages import message as _
from storage.campaigns.campaigns import Campaign, CampaignCollege
from storage.campaigns.college_merges import CollegeMerge
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, parse_timestamp, to_text
from storage.core.tokens import fingerprint, keyed_hash, new_secret


@dataclass(frozen=True, slots=True)
class Link:
    """A stored link. ``college`` if it leads to one only; ``used`` if it is an invitation that was used.

    ``lent`` if it is for a device that several people use in turn.
    """

    id: int
    campaign_id: int
    college: str | None
    kind: str
    revoked: bool
    used: bool = False
    lent: bool = False


def create_link(
    db: Database, campaign: Campaign, college: str | None = None, kind: str = "public", *, token: str | None = None
) -> str:
    """Create a link that cannot be shown again and return its token, of which only the hash is stored.

    ``token`` fixes the token, for demonstrations. Raises ``KeyError`` when the campaign has no such college.
    """
    if college is not None:
        campaign.college(college)
    token = token or new_secret()
    with writing(db) as conn:
        conn.execute(
            "INSERT INTO links (campaign_id, college, kind, token_sha256, created_at) VALUES (?, ?, ?, ?, ?)",
            (campaign.id, college, kind, fingerprint(token), to_text(now())),
        )
    return token


_LINK = "SELECT id, campaign_id, college, kind, revoked_at IS NOT NULL, used, lent FROM links"


def find_link(db: Database, token: str) -> Link | None:
    """Return the link of that token, revoked or not, if any."""
    row = db.conn.execute(f"{_LINK} WHERE token_sha256 = ?", (fingerprint(token),)).fetchone()
    return row and _link(*row)


def links_of(db: Database, campaign: Campaign) -> list[Link]:
    """Return the links of a campaign, oldest first."""
    return [_link(*row) for row in db.conn.execute(f"{_LINK} WHERE campaign_id = ? ORDER BY id", (campaign.id,))]


def opened_by_link(db: Database, campaign: Campaign) -> set[str]:
    """Return the codes of the colleges that a reusable link leads or once led to, even if it was revoked.

    A link for everyone leads to every college. Codes are those of the frozen grid, so no merge is among them.
    """
    led = {link.college for link in links_of(db, campaign) if link.kind != INVITATION}
    return {college.code for college in campaign.grid.colleges} if None in led else {code for code in led if code}


def colleges_opened_by_link(db: Database, campaign: Campaign, merges: Iterable[CollegeMerge]) -> list[CampaignCollege]:
    """Return the campaign's colleges that a reusable link led to, in order, with the merges of one of them."""
    led = opened_by_link(db, campaign)
    led |= {merge.code for merge in merges if led & set(merge.members)}
    return [college for college in campaign.colleges if college.code in led]


def revoke_link(db: Database, link: Link) -> None:
    """Revoke a link. Idempotent. Responses started through it stay and can be finished."""
    with writing(db) as conn:
        conn.execute("UPDATE links SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", (to_text(now()), link.id))


RESTORABLE: Final = timedelta(hours=24)
"""How long a revoked link, or revoked invitations, can be given again."""


def restore_link(db: Database, campaign: Campaign, number: int) -> bool:
    """Put a link revoked within the day back in force; return whether there was one. Idempotent.

    Raises ``CampaignError`` once the campaign is closed.
    """
    _refuse_closed(campaign)
    with writing(db) as conn:
        sql = f"UPDATE links SET revoked_at = NULL WHERE id = ? AND {_RESTORABLE}"  # noqa: S608  # ours
        return conn.execute(sql, (number, campaign.id, *_shared_and_recent())).rowcount == 1


_RESTORABLE = "campaign_id = ? AND (kind = ?) = ? AND revoked_at > ?"


def _shared_and_recent(*, invitations: bool = False) -> tuple[str, int, str]:
    return INVITATION, int(invitations), to_text(now() - RESTORABLE)


def _refuse_closed(campaign: Campaign) -> None:
    if campaign.status == "closed":
        raise CampaignError([_("La collecte est close : ce lien ne mènerait nulle part.")])


def _link(id_: int, campaign_id: int, college: str | None, kind: str, revoked: int, used: int, lent: int) -> Link:
    return Link(id_, campaign_id, college, kind, bool(revoked), bool(used), bool(lent))


INVITATION = "invitation"
MOST_INVITATIONS = 2000


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A link with its token, or None if this installation cannot compute it again."""

    link: Link
    token: str | None
    created_at: datetime
    revoked_at: datetime | None = None

    @property
    def restorable_until(self) -> datetime | None:
        """The moment until which a revoked link can be given again; None while it is in force."""
        return self.revoked_at and self.revoked_at + RESTORABLE


def create_share_link(db: Database, campaign: Campaign, college: str | None, secret: str, *, lent: bool = False) -> str:
    """Create a share link, for all colleges or one, and return its token.

    ``lent`` makes it one for a device that several people use in turn.

    Raises ``KeyError`` when the campaign has no such college, ``CampaignError`` once it is closed.
    """
    if campaign.status == "closed":
        raise CampaignError([_("La collecte est close : un nouveau lien ne mènerait nulle part.")])
    if college is not None:
        campaign.college(college)
    seed = new_secret()
    token = token_of(secret, seed)
    with writing(db) as conn:
        conn.execute(
            "INSERT INTO links (campaign_id, college, kind, token_sha256, created_at, seed, lent) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(campaign.id, college, "college" if college else "public", fingerprint(token), to_text(now())),
                *(seed, int(lent)),
            ),
        )
    return token


def token_of(secret: str, seed: str) -> str:
    """Return the token derived from the installation's secret and a seed: 22 characters, always the same.

    >>> token_of("a", "b") == token_of("a", "b") != token_of("c", "b")
    True
    """
    return base64.urlsafe_b64encode(keyed_hash(secret, "link", seed)[:16]).rstrip(b"=").decode()


def share_links_of(db: Database, campaign: Campaign, secret: str) -> list[ShareLink]:
    """Return the valid links of a campaign, without invitations, oldest first."""
    sql = f"{_SHARED} AND revoked_at IS NULL ORDER BY id"
    return [_share_link(secret, *row) for row in db.conn.execute(sql, (campaign.id, INVITATION))]


def restorable_links_of(db: Database, campaign: Campaign, secret: str) -> list[ShareLink]:
    """Return the links that can be given again, without invitations: the last revoked first."""
    sql = f"{_SHARED} AND revoked_at > ? ORDER BY revoked_at DESC, id"
    values = (campaign.id, INVITATION, to_text(now() - RESTORABLE))
    return [_share_link(secret, *row) for row in db.conn.execute(sql, values)]


_SHARED = """SELECT id, campaign_id, college, kind, used, lent, created_at, revoked_at, seed, token_sha256 FROM links
    WHERE campaign_id = ? AND kind <> ?"""


def _share_link(
    secret: str,
    id_: int,
    campaign_id: int,
    college: str | None,
    kind: str,
    used: int,
    lent: int,
    created_at: str,
    revoked_at: str | None,
    seed: str | None,
    sha256: str,
) -> ShareLink:
    token = token_of(secret, seed) if seed else None
    known = token if token and fingerprint(token) == sha256 else None
    created, revoked = parse_timestamp(created_at), parse_timestamp(revoked_at)
    assert created is not None  # noqa: S101  # NOT NULL
    link = Link(id_, campaign_id, college, kind, bool(revoked), bool(used), bool(lent))
    return ShareLink(link, known, created, revoked)


def invite(db: Database, campaign: Campaign, college: str | None, count: int) -> list[str]:
    """Create ``count`` invitations and return their tokens: only their hashes are stored.

    Raises ``KeyError`` when the campaign has no such college, ``CampaignError`` for too many or once it is closed.
    """
    if not 1 <= count <= MOST_INVITATIONS:
        raise CampaignError(
            [_("Demandez de 1 à %(most_invitations)s invitations à la fois.", most_invitations=MOST_INVITATIONS)]
        )
    if campaign.status == "closed":
        raise CampaignError([_("La collecte est close : une invitation ne mènerait nulle part.")])
    if college is not None:
        campaign.college(college)
    tokens = [new_secret() for _ in range(count)]
    made = to_text(now())
    with writing(db) as conn:
        conn.executemany(
            "INSERT INTO links (campaign_id, college, kind, token_sha256, created_at) VALUES (?, ?, ?, ?, ?)",
            [(campaign.id, college, INVITATION, fingerprint(token), made) for token in tokens],
        )
    return tokens


@dataclass(frozen=True, slots=True)
class Invitations:
    """The valid invitations of one college, or (``None``) of those whose holder chooses the college."""

    college: str | None
    made: int
    used: int


def invitations_of(db: Database, campaign: Campaign) -> list[Invitations]:
    """Return the numbers of valid and of used invitations of each college."""
    rows = db.conn.execute(
        """SELECT college, count(*), sum(used) FROM links
            WHERE campaign_id = ? AND kind = ? AND revoked_at IS NULL GROUP BY college ORDER BY college""",
        (campaign.id, INVITATION),
    )
    return [Invitations(*row) for row in rows]


def revoke_invitations(db: Database, campaign: Campaign, college: str | None) -> int:
    """Revoke the unused invitations of a college and return their number. Responses already started stay."""
    with writing(db) as conn:
        cursor = conn.execute(
            """UPDATE links SET revoked_at = ? WHERE campaign_id = ? AND kind = ? AND college IS ?
                AND used = 0 AND revoked_at IS NULL""",
            (to_text(now()), campaign.id, INVITATION, college),
        )
        return cursor.rowcount


def restorable_invitations_of(db: Database, campaign: Campaign) -> list[Invitations]:
    """Return the numbers of unused invitations that can be given again, by college."""
    sql = f"""SELECT college, count(*), 0 FROM links WHERE used = 0 AND {_RESTORABLE}
        GROUP BY college ORDER BY college"""  # noqa: S608  # ours
    rows = db.conn.execute(sql, (campaign.id, *_shared_and_recent(invitations=True)))
    return [Invitations(*row) for row in rows]


def restore_invitations(db: Database, campaign: Campaign, college: str | None) -> int:
    """Put the invitations of a college revoked within the day back in force, and return their number. Idempotent.

    Raises ``CampaignError`` once the campaign is closed.
    """
    _refuse_closed(campaign)
    with writing(db) as conn:
        sql = f"UPDATE links SET revoked_at = NULL WHERE college IS ? AND used = 0 AND {_RESTORABLE}"  # noqa: S608
        return conn.execute(sql, (college, campaign.id, *_shared_and_recent(invitations=True))).rowcount


def withdraw(db: Database, tokens: list[str]) -> None:
    """Delete invitations that could not be delivered to anyone."""
    with writing(db) as conn:
        conn.executemany(
            "DELETE FROM links WHERE token_sha256 = ? AND kind = ? AND used = 0",
            [(fingerprint(token), INVITATION) for token in tokens],
        )
