"""Encryption of short texts stored in the database, with a key derived from the installation's secret.

AES-GCM, with a key derived from ``SECRET_KEY`` by HKDF for this purpose. ``about`` is authenticated with the text, so
that a text moved to another row cannot be decrypted.
"""

import base64
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class DecryptionFailed(ValueError):
    """The text was encrypted with another secret or for another purpose, or was altered."""


def encrypt(text: str, secret: str, about: str) -> str:
    """Return the encrypted text, in URL-safe base64.

    >>> decrypt(encrypt("a seed", "the secret", "account 7"), "the secret", "account 7")
    'a seed'
    """
    nonce = os.urandom(12)
    return base64.urlsafe_b64encode(nonce + _cipher(secret).encrypt(nonce, text.encode(), about.encode())).decode()


def decrypt(seal: str, secret: str, about: str) -> str:
    """Return the decrypted text. Raises ``DecryptionFailed``."""
    from cryptography.exceptions import InvalidTag

    try:
        content = base64.urlsafe_b64decode(seal.encode())
        return _cipher(secret).decrypt(content[:12], content[12:], about.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise DecryptionFailed from error


def _cipher(secret: str) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # never where people only answer: 9 MB
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    key = HKDF(SHA256(), 32, salt=None, info=b"grille: sealed texts").derive(secret.encode())
    return AESGCM(key)
