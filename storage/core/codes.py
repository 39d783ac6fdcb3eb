"""Short codes that people copy by hand: read forgivingly, written in groups of three, derived from a secret.

A code is an HMAC written in an alphabet without look-alikes, so the same material always gives the same code; the
database keeps only its mark, to find it. Codes that resume a response and codes of links are typed in one field.
"""

import hmac
import re

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
