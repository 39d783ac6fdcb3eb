"""Resume codes: nine letters and digits that open a response on another device.

A code is derived from the response's key and the installation's secret, so that the same key always gives the same
code. The database stores an HMAC of the code, to find it, and the key encrypted with the code and the secret: without
the secret, trying every code on the database would open nothing (decision 0066).
"""

import base64
import hmac
import re
from itertools import count

from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import Link
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.responses.responses import ResponseDeleted, UnknownResponse, find_response
from storage.responses.starting import start_by_link

ALPHABET = "0123456789ACDEFGHJKMNPQRTVWXY"
"""No letter that looks like a digit or like another letter: those are read as what they look like."""

LENGTH = 9
_MEANT = str.maketrans("BILOSUZ", "81105V2")
_NOT_IN_A_CODE = re.compile(r"[\W_]+")


def read_code(typed: str) -> str | None:
    """Return the code typed, whatever its case, spaces and hyphens; None if it cannot be one.

    >>> read_code(" k7q-m4x rt2 "), read_code("KlQ MAX RTZ"), read_code("K7Q-M4X")
    ('K7QM4XRT2', 'K1QMAXRT2', None)
    """
    code = _NOT_IN_A_CODE.sub("", typed[:100]).upper().translate(_MEANT)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def spelled(code: str) -> str:
    """Return a code as it is shown, in groups of three characters.

    >>> spelled("K7QM4XRT2")
    'K7Q-M4X-RT2'
    """
    return "-".join(code[start : start + 3] for start in range(0, len(code), 3))


def start_with_code(db: Database, campaign: Campaign, link: Link, college: str | None, nonce: str, secret: str) -> str:
    """Create a response as ``start_by_link`` does, and store its resume code in the same transaction."""
    with writing(db):
        key = start_by_link(db, campaign, link, college, nonce)
        resume_code(db, key, secret)
    return key


def resume_code(db: Database, key: str, secret: str) -> str:
    """Return the code of that response, always the same; it is stored at the first call.

    Raises ``UnknownResponse``, ``ResponseDeleted``, or ``DatabaseUnavailable`` when it cannot be stored.
    """
    response = find_response(db, key)
    if response is None:
        raise UnknownResponse
    if response.deleted:
        raise ResponseDeleted
    for attempt in count():
        code = _drawn(secret, key, attempt)
        if _holder(db, code, secret) == response.id or _kept(db, response.id, code, key, secret):
            return code
    raise AssertionError  # count() does not end


def key_of(db: Database, code: str, secret: str) -> str | None:
    """Return the key of the response that this code opens; None if it opens none."""
    sql = "SELECT sealed_key FROM resume_codes WHERE code_hmac = ?"
    seal = single_value(db.conn.execute(sql, (_mark(secret, code),)))
    return None if seal is None else _sealed(seal, code, secret)


def _drawn(secret: str, key: str, attempt: int) -> str:
    """Return the code derived from a key; each ``attempt`` gives another, in case the code is taken."""
    number = int.from_bytes(_hmac(secret, "code", key, str(attempt)))
    digits = []
    for _position in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(digits)


def _holder(db: Database, code: str, secret: str) -> int | None:
    sql = "SELECT response_id FROM resume_codes WHERE code_hmac = ?"
    number: int | None = single_value(db.conn.execute(sql, (_mark(secret, code),)))
    return number


def _kept(db: Database, response_id: int, code: str, key: str, secret: str) -> bool:
    """Store the code and return True; False if another response already has it."""
    with writing(db, patience=0.5) as conn:
        cursor = conn.execute(
            """INSERT INTO resume_codes (response_id, code_hmac, sealed_key) VALUES (?, ?, ?)
                ON CONFLICT (code_hmac) DO NOTHING
                ON CONFLICT (response_id)
                DO UPDATE SET code_hmac = excluded.code_hmac, sealed_key = excluded.sealed_key""",
            (response_id, _mark(secret, code), _sealed(key, code, secret)),
        )
        return cursor.rowcount == 1


def _mark(secret: str, code: str) -> str:
    return _hmac(secret, "code mark", code).hex()


def _sealed(key: str, code: str, secret: str) -> str:
    """Return the key combined with a pad derived from code and secret; applied twice, it returns the key."""
    pad = _hmac(secret, "code seal", code)
    plain = base64.urlsafe_b64decode(key + "==")
    sealed = bytes(one ^ other for one, other in zip(plain, pad, strict=False))
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def _hmac(secret: str, *parts: str) -> bytes:
    return hmac.digest(secret.encode(), "\0".join(parts).encode(), "sha256")
