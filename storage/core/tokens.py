"""Secret tokens: drawn at random, given once, stored only as their SHA-256.

A plain hash is enough, and fast: these secrets have 128 random bits or more, so they cannot be guessed. Passwords are
hashed by ``accounts`` instead.
"""

import base64
import hashlib
import secrets

SHORTEST_NONCE = 16


def new_secret() -> str:
    """Return a random secret of 22 characters, safe in a URL.

    >>> len(new_secret()), new_secret() == new_secret()
    (22, False)
    """
    return secrets.token_urlsafe(16)


def secret_from(nonce: str, *context: object) -> str:
    """Return a secret derived from this nonce and context. Deterministic: a form sent twice gives the same one.

    >>> secret_from("a nonce drawn by the page", 7) == secret_from("a nonce drawn by the page", 7)
    True
    >>> len(secret_from("a nonce drawn by the page", 7))
    22
    """
    material = "\0".join([nonce, *map(str, context)])
    return base64.urlsafe_b64encode(_sha256(material).digest()[:16]).rstrip(b"=").decode()


def fingerprint(secret: str) -> str:
    """Return the SHA-256 stored for a secret. Accepts any text, even with lone surrogates or NUL.

    >>> fingerprint("essai")[:12]
    '71b4e190fc7a'
    """
    return _sha256(secret).hexdigest()


def storable(text: str) -> str:
    """Return the text with « ? » for lone surrogates and without NUL: SQLite and JSON can store neither.

    For identifiers that are compared exactly, such as a provider's subject. Texts that people write go through
    ``grille.typed``.

    >>> storable("a\\ud800b\\0c 😀")
    'a?bc 😀'
    """
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _sha256(text: str) -> "hashlib._Hash":
    return hashlib.sha256(text.encode("utf-8", "surrogatepass"))
