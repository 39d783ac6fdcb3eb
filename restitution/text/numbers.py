"""Numbers as French readers write them: decimal comma, real minus sign, spaces that never break."""

import math
from decimal import Decimal
from fractions import Fraction

from babel.numbers import get_decimal_symbol

from grille.rounding import decimals as decimals
from grille.rounding import half_up
from restitution.text.language import gettext as _
from restitution.text.language import locale, number

Figure = float | Fraction | Decimal

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


def rounded(value: Figure, digits: int = 1) -> Decimal:
    """The value rounded half up, once, from the exact figure.

    >>> rounded(2.25), rounded(-2.25), rounded(Fraction(17, 8), 2)
    (Decimal('2.3'), Decimal('-2.2'), Decimal('2.13'))
    """
    return half_up(value, digits)


def decimal_text(number: Decimal) -> str:
    """A figure that is rounded already, as people write it.

    >>> decimal_text(Decimal("-0.50")), decimal_text(Decimal("2.1"))
    ('−0,50', '2,1')
    """
    return f"{MINUS if number < 0 else ''}{abs(number)}".replace(".", get_decimal_symbol(locale()))


def level_text(level: int) -> str:
    """A level, a real minus sign before it when it is below zero.

    >>> level_text(-2), level_text(4)
    ('−2', '4')
    """
    return decimal_text(Decimal(level))


def decimal(value: Figure, digits: int = 1) -> str:
    """A number with a decimal comma.

    >>> decimal(2.25), decimal(-0.04), decimal(3, digits=2)
    ('2,3', '0,0', '3,00')
    """
    return decimal_text(rounded(value, digits))


def short(value: Figure) -> str:
    """A number written as short as it is exact, as far as three decimals.

    >>> short(Fraction(1, 2)), short(Fraction(1, 8)), short(1.0)
    ('0,5', '0,125', '1')
    """
    return decimal(value, 3).rstrip("0").rstrip(get_decimal_symbol(locale()))


def signed(value: Figure, digits: int = 1) -> str:
    """A difference, its sign always written unless it rounds to zero.

    >>> signed(0.46), signed(-0.5), signed(0.01)
    ('+0,5', '−0,5', '0,0')
    """
    return with_sign(rounded(value, digits))


def with_sign(number: Decimal) -> str:
    """A difference that is rounded already, its sign written unless it is zero.

    >>> with_sign(Decimal("0.87")), with_sign(Decimal("0.00"))
    ('+0,87', '0,00')
    """
    return f"+{decimal_text(number)}" if number > 0 else decimal_text(number)


def share(value: Figure) -> str:
    """A proportion (0–1) as a whole percentage.

    >>> share(0.455), share(Fraction(29, 200))
    ('46\\xa0%', '15\\xa0%')
    """
    return _("%(number)s\u00a0%%", number=int(rounded(value, 2) * 100))


def count(value: int) -> str:
    """A count, thousands set apart by a thin space.

    >>> count(12345)
    '12\\u202f345'
    """
    return number(value)


def respondents(value: object, k: int) -> str:
    """How many answered; a number below ``k`` (or written ``"<k"``) is only said to be below.

    >>> respondents(12, 5), respondents("<5", 5), respondents(3, 5)
    ('12', 'moins de 5', 'moins de 5')
    """
    number = number_or_none(value)
    return count(int(number)) if number is not None and number >= k else _("moins de %(k)s", k=k)
