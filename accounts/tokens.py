"""Secrets sent by link (an invitation, a reset): random, of limited duration, stored only as their SHA-256."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Token:
    """A secret to give once, with its stored fingerprint and its expiry."""

    secret: str
    fingerprint: str
    expires_at: datetime


def draw(now: datetime, lasts: timedelta) -> Token:
    """Return a new secret of 256 bits, 43 characters that can stand in an address.

    >>> from datetime import UTC
    >>> token = draw(datetime(2026, 3, 31, tzinfo=UTC), timedelta(days=2))
    >>> len(token.secret), token.expires_at.day
    (43, 2)
    """
    secret = secrets.token_urlsafe(32)
    return Token(secret, fingerprint(secret), now + lasts)


def fingerprint(secret: str) -> str:
    """Return the SHA-256 by which a secret is stored and found. Takes any text.

    A fast hash is enough: there is nothing to guess in 256 random bits.

    >>> len(fingerprint("n’importe quoi"))
    64
    """
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
