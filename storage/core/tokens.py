"""Secret tokens and short codes.

Tokens are drawn at random, given once, and stored only as their SHA-256. A plain hash is enough, and fast: they have
128 random bits or more, so they cannot be guessed. Passwords are hashed by ``accounts`` instead.

Codes are copied by hand, so they are short, read forgivingly, and written in groups of three in an alphabet without
look-alikes. A code is an HMAC under the installation's secret: the same material always gives the same code, and the
database keeps only a mark of it. Codes that resume a response and codes of links are typed in one field.

Codes of rooms, those of workshops and of sessions, are shown to everybody: drawn at random, and stored as they are.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from typing import Final

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


ALPHABET = "0123456789ACDEFGHJKMNPQRTVWXY"
"""No letter that looks like a digit or like another letter: those are read as what they look like."""

_MEANT = str.maketrans("BILOSUZ", "81105V2")
_NOT_IN_A_CODE = re.compile(r"[\W_]+")


def read_code(typed: str, length: int) -> str | None:
    """Return the code typed, whatever its case, spaces and hyphens; None if it cannot be one of that length.

    >>> read_code(" k7q-m4x rt2 ", 9), read_code("KlQ MAX RTZ", 9), read_code("K7Q-M4X", 9)
    ('K7QM4XRT2', 'K1QMAXRT2', None)
    """
    code = _NOT_IN_A_CODE.sub("", typed[:100]).upper().translate(_MEANT)
    return code if len(code) == length and set(code) <= set(ALPHABET) else None


def spelled(code: str) -> str:
    """Return a code as it is shown, in groups of three characters.

    >>> spelled("K7QM4XRT2")
    'K7Q-M4X-RT2'
    """
    return "-".join(code[start : start + 3] for start in range(0, len(code), 3))


# No vowels, so that codes form no word, and no characters that look alike on a distant screen.
ROOM_CODE_LETTERS: Final = "CDFGHJKMNPQRTVWXY34679"
ROOM_CODE_LENGTH: Final = 6


def new_room_code(is_taken: Callable[[str], bool]) -> str:
    """Return the code of a new room: one that no other room has.

    >>> len(new_room_code(lambda code: code.startswith("C")))
    6
    """
    while is_taken(code := "".join(secrets.choice(ROOM_CODE_LETTERS) for _ in range(ROOM_CODE_LENGTH))):
        pass
    return code


def drawn_code(secret: str, length: int, *material: str) -> str:
    """Return the code of that length derived from a secret and this material.

    >>> drawn_code("a", 6, "b") == drawn_code("a", 6, "b") != drawn_code("c", 6, "b")
    True
    """
    number = int.from_bytes(keyed_hash(secret, *material))
    signs = []
    for _position in range(length):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)


def keyed_hash(secret: str, *parts: str) -> bytes:
    """Return the HMAC of these parts under a secret."""
    return hmac.digest(secret.encode(), "\0".join(parts).encode(), "sha256")
