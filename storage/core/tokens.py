"""Secret tokens: drawn at random, given once, stored only as their SHA-256.

A plain hash is enough, and fast: these secrets are 128 random bits or more, so there is nothing to guess.
Passwords are another matter, and arrive here already hashed by ``accounts``.
"""

import base64
import hashlib
import secrets

SHORTEST_NONCE = 16


def new_secret() -> str:
    """Return a secret of 22 characters that can stand in an address.

    >>> len(new_secret()), new_secret() == new_secret()
    (22, False)
    """
    return secrets.token_urlsafe(16)


def secret_from(nonce: str, *context: object) -> str:
    """Return a secret derived from this nonce and this context: a form sent twice names the same thing. Deterministic.

    >>> secret_from("a nonce drawn by the page", 7) == secret_from("a nonce drawn by the page", 7)
    True
    >>> len(secret_from("a nonce drawn by the page", 7))
    22
    """
    material = "\0".join([nonce, *map(str, context)])
    return base64.urlsafe_b64encode(_sha256(material).digest()[:16]).rstrip(b"=").decode()


def fingerprint(secret: str) -> str:
    """Return the SHA-256 stored for a secret. Takes any text: an address may hold lone surrogates or a NUL.

    >>> fingerprint("essai")[:12]
    '71b4e190fc7a'
    """
    return _sha256(secret).hexdigest()


def storable(text: str) -> str:
    """Return the text without what SQLite and JSON cannot hold: lone surrogates and NUL, as a broken browser may send.

    For what is compared exactly, such as a provider's number for a person. What people write goes through
    ``grille.typed``.

    >>> storable("a\\ud800b\\0c 😀")
    'a?bc 😀'
    """
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _sha256(text: str) -> "hashlib._Hash":
    return hashlib.sha256(text.encode("utf-8", "surrogatepass"))
