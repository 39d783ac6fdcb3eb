"""Two-factor sign-in: time-based codes of 30 seconds (TOTP, RFC 6238), and recovery codes for a lost phone."""

import base64
import hmac
import secrets
from datetime import datetime

import pyotp

STEP = 30
DIGITS = 6
# The steps accepted around the current one: a phone's clock may be half a minute away from ours.
_AROUND = (0, -1, 1)

_RECOVERY_CODES = 8


def draw_secret() -> str:
    """Return a new random secret of 160 bits, in base32, as authenticator apps read it.

    >>> len(draw_secret())
    32
    """
    return pyotp.random_base32()


def address_of(secret: str, email: str) -> str:
    """Return the ``otpauth:`` URI that an authenticator app reads in the QR code.

    >>> address_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "ada@exemple.fr")
    'otpauth://totp/Grille:ada%40exemple.fr?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Grille'
    """
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP, name=email, issuer="Grille").provisioning_uri()


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """Return the time step (30 s each, counted since 1970) of a typed code; None when the code is not valid now.

    The steps just before and after ``now`` are accepted too. For a code to serve once, the caller stores the step and
    refuses it, and the earlier ones, from then on.

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
    """Return eight random recovery codes of 80 bits, in groups of four characters that can be copied by hand.

    >>> [len(code) for code in draw_recovery_codes()]
    [19, 19, 19, 19, 19, 19, 19, 19]
    """
    drawn = [base64.b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(_RECOVERY_CODES)]
    return ["-".join(code[start : start + 4] for start in range(0, 16, 4)) for code in drawn]


def plain_recovery_code(typed: str) -> str:
    """Return a typed recovery code in the form to compare: lower case, without spaces or dashes.

    >>> plain_recovery_code(" ABCD efgh-ijkl mnop")
    'abcdefghijklmnop'
    """
    return "".join(letter for letter in typed.lower() if letter.isalnum())
