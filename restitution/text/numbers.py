"""Numbers as French readers write them: decimal comma, real minus sign, spaces that never break."""

import math
from decimal import ROUND_HALF_UP, Decimal

NO_BREAK = "\u00a0"
THIN_NO_BREAK = "\u202f"
MINUS = "\u2212"


def number_or_none(value: object) -> float | None:
    """The value as a float, or ``None`` for everything that is no number: silence is never zero.

    >>> number_or_none(0), number_or_none(float("nan")), number_or_none(None), number_or_none("<5")
    (0.0, None, None, None)
    """
    if value is None or isinstance(value, str):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except TypeError:  # pandas.NA
        return None
    return None if math.isnan(number) else number


def rounded(value: float, digits: int = 1) -> Decimal:
    """The value rounded half up, as people do by hand (2.25 gives 2.3, where Python's ``round`` gives 2.2)."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def decimal(value: float, digits: int = 1) -> str:
    """A number with a decimal comma.

    >>> decimal(2.25), decimal(-0.04), decimal(3, digits=2)
    ('2,3', '0,0', '3,00')
    """
    number = rounded(value, digits)
    return f"{MINUS if number < 0 else ''}{abs(number)}".replace(".", ",")


def signed(value: float, digits: int = 1) -> str:
    """A difference, its sign always written unless it rounds to zero.

    >>> signed(0.46), signed(-0.5), signed(0.01)
    ('+0,5', '−0,5', '0,0')
    """
    text = decimal(value, digits)
    return f"+{text}" if rounded(value, digits) > 0 else text


def share(value: float) -> str:
    """A proportion (0–1) as a whole percentage.

    >>> share(0.455)
    '46\\xa0%'
    """
    return f"{rounded(value * 100, 0)}{NO_BREAK}%"


def count(value: int) -> str:
    """A count, thousands set apart by a thin space.

    >>> count(12345)
    '12\\u202f345'
    """
    return f"{value:,}".replace(",", THIN_NO_BREAK)


def interval(low: float, high: float) -> str:
    """Two bounds in words.

    >>> interval(1.94, 2.6)
    'entre 1,9 et 2,6'
    """
    return f"entre {decimal(low)} et {decimal(high)}"


def respondents(value: object, k: int) -> str:
    """How many answered; a number below ``k`` (or written ``"<k"``) is only said to be below.

    >>> respondents(12, 5), respondents("<5", 5), respondents(3, 5)
    ('12', 'moins de 5', 'moins de 5')
    """
    number = number_or_none(value)
    return count(int(number)) if number is not None and number >= k else f"moins de {k}"


def grouped(number: int) -> str:
    """A whole number with a narrow no-break space between thousands.

    >>> grouped(1234567).replace("\\u202f", "_")
    '1_234_567'
    """
    return f"{number:,}".replace(",", "\u202f")
