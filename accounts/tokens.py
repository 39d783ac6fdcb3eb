"""Secret tokens sent in links (invitations, password resets): random, with an expiry, stored as their SHA-256 only."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Token:
    """A new token: the ``secret`` to send, the fingerprint to store, and when it expires."""

    secret: str
    fingerprint: str
    expires_at: datetime


def draw(now: datetime, lasts: timedelta) -> Token:
    """Return a new token of 256 random bits that expires ``lasts`` after ``now``; its secret is 43 URL-safe characters.

    >>> from datetime import UTC
    >>> token = draw(datetime(2026, 3, 31, tzinfo=UTC), timedelta(days=2))
    >>> len(token.secret), token.expires_at.day
    (43, 2)
    """
    secret = secrets.token_urlsafe(32)
    return Token(secret, fingerprint(secret), now + lasts)


def fingerprint(secret: str) -> str:
    """Return the SHA-256 of a secret, in hexadecimal, under which it is stored and looked up. Any text is accepted.

    A fast hash is enough: 256 random bits cannot be guessed.

    >>> len(fingerprint("n’importe quoi"))
    64
    """
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
