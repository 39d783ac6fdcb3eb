"""The second step of signing in: codes that change every thirty seconds (RFC 6238), recovery codes for a lost phone."""

import base64
import hmac
import secrets
from datetime import datetime

import pyotp

STEP = 30
DIGITS = 6
# A phone's clock may be half a minute away from ours.
_AROUND = (0, -1, 1)

_RECOVERY_CODES = 8


def draw_secret() -> str:
    """Return a new secret of 160 bits, as authenticator apps read it.

    >>> len(draw_secret())
    32
    """
    return pyotp.random_base32()


def address_of(secret: str, email: str) -> str:
    """Return the ``otpauth`` address that the QR code gives to an authenticator app.

    >>> address_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "ada@exemple.fr")
    'otpauth://totp/Grille:ada%40exemple.fr?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Grille'
    """
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP, name=email, issuer="Grille").provisioning_uri()


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """Return the time step whose code was typed, counted since 1970; None when it is no code of these moments.

    Whoever accepts it keeps the step and refuses it, and those before it, from then on: a code serves once.

    >>> from datetime import UTC
    >>> step_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287 082", datetime(1970, 1, 1, 0, 0, 59, tzinfo=UTC))
    1
    """
    digits = "".join(typed.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) == DIGITS):
        return None
    code, current = pyotp.TOTP(secret, digits=DIGITS, interval=STEP), int(now.timestamp()) // STEP
    steps = [current + gap for gap in _AROUND if current + gap >= 0]
    matching = [step for step in steps if hmac.compare_digest(code.generate_otp(step), digits)]
    return matching[0] if matching else None


def draw_recovery_codes() -> list[str]:
    """Eight codes of 80 bits, in groups of four that can be copied by hand.

    >>> [len(code) for code in draw_recovery_codes()]
    [19, 19, 19, 19, 19, 19, 19, 19]
    """
    drawn = [base64.b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(_RECOVERY_CODES)]
    return ["-".join(code[start : start + 4] for start in range(0, 16, 4)) for code in drawn]


def plain_recovery_code(typed: str) -> str:
    """Return a recovery code as it is compared, however it was typed.

    >>> plain_recovery_code(" ABCD efgh-ijkl mnop")
    'abcdefghijklmnop'
    """
    return "".join(letter for letter in typed.lower() if letter.isalnum())
