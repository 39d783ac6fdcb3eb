"""The start of a response through a share link, or through an invitation, which works once."""

from grille.messages import message as _
from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import INVITATION, Link
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.tokens import fingerprint, secret_from
from storage.responses.responses import ResponseRefused, find_response, start_response


class InvitationUsed(ResponseRefused):
    """The invitation was already used by another response."""

    sentence = _(
        "Cette invitation a déjà servi. Pour reprendre vos réponses, ouvrez votre propre adresse, "
        "celle que le questionnaire vous a donnée."
    )


def start_by_link(db: Database, campaign: Campaign, link: Link, college: str | None, nonce: str) -> str:
    """Create a response through a link, as ``start_response`` does; an invitation is then used.

    A double click, which sends the same nonce, returns the same key. Raises ``InvitationUsed``, and the errors of
    ``start_response``.
    """
    if link.kind != INVITATION:
        return _started_on(db, campaign, link, college, nonce)
    with writing(db) as conn:
        taken = conn.execute("UPDATE links SET used = 1 WHERE id = ? AND used = 0", (link.id,)).rowcount
        if not taken and begun_with(db, campaign, nonce) is None:
            raise InvitationUsed
        return start_response(db, campaign, college, nonce=nonce)


def _started_on(db: Database, campaign: Campaign, link: Link, college: str | None, nonce: str) -> str:
    """Create a response through a share link; that of a lent device remembers the link, for the next person."""
    with writing(db):
        key = start_response(db, campaign, college, nonce=nonce)
        if link.lent:
            lend(db, key, link)
    return key


def lend(db: Database, key: str, link: Link) -> None:
    """Note that this response is answered on a lent device, which goes back to that link afterwards."""
    with writing(db) as conn:
        conn.execute("UPDATE responses SET lent_link = ? WHERE key_sha256 = ?", (link.id, fingerprint(key)))


def begun_with(db: Database, campaign: Campaign, nonce: str) -> str | None:
    """Return the key of the response that this nonce created, if that one can still be continued."""
    key = secret_from(nonce, campaign.id)
    response = find_response(db, key)
    return key if response and not (response.deleted or response.submitted_at) else None
