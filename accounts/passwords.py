"""Passwords: hashed with argon2id, checked in the same time whether the account exists or not."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 512

# OWASP's argon2id (19 MiB, 2 passes, 1 lane). Only so many at once, so that a flood of sign-ins cannot fill the memory.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_at_once = BoundedSemaphore(2)

# The hash of no password: what is checked when there is no account, so that the answer takes as long.
_NOBODY = _hasher.hash("no password hashes to this one, whose text nobody keeps")


def hashed(password: str) -> str:
    """What is stored of a password. Raises ``ValueError`` when it is too short or too long.

    >>> hashed("une phrase assez longue")[:9]
    '$argon2id'
    """
    if problem := weakness(password):
        raise ValueError(problem)
    with _at_once:
        return _hasher.hash(_bytes(password))


def weakness(password: str) -> str:
    """Why a password cannot be chosen, as a French sentence; empty when it can.

    >>> weakness("court")[:32], weakness("une phrase assez longue")
    ('Choisissez au moins 10 caractère', '')
    """
    if len(password) < SHORTEST:
        return f"Choisissez au moins {SHORTEST} caractères\u00a0: une phrase de quelques mots est facile à retenir."
    if len(password) > LONGEST:
        return f"Choisissez au plus {LONGEST} caractères."
    return ""


def matches(stored: str | None, password: str) -> bool:
    """Whether that is the password. Without a stored hash (no account, no password yet), no, after as long.

    >>> matches(hashed("une phrase assez longue"), "une phrase assez longue"), matches(None, "une phrase assez longue")
    (True, False)
    """
    with _at_once:
        try:
            right = _hasher.verify(stored or _NOBODY, _bytes(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
    return right and stored is not None


def outdated(stored: str) -> bool:
    """Whether a hash was made with other parameters than today's, and should be remade at the next sign-in."""
    return _hasher.check_needs_rehash(stored)


def _bytes(password: str) -> bytes:
    """The password as bytes; a broken browser may send half of a character."""
    return password.encode("utf-8", "surrogatepass")
