"""Numbers in French typography: decimal comma, minus sign, no-break spaces."""

import math
from decimal import Decimal
from fractions import Fraction

from babel.numbers import get_decimal_symbol

from grille.rounding import decimals as decimals
from grille.rounding import half_up
from restitution.text.language import gettext as _
from restitution.text.language import locale, ngettext, number

Figure = float | Fraction | Decimal

NO_BREAK = "\u00a0"
THIN_NO_BREAK = "\u202f"
MINUS = "\u2212"


def number_or_none(value: object) -> float | None:
    """Return the value as a float; ``None`` if it is not a number.

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
    """Return the value rounded once from the exact figure, halves towards plus infinity.

    >>> rounded(2.25), rounded(-2.25), rounded(Fraction(17, 8), 2)
    (Decimal('2.3'), Decimal('-2.2'), Decimal('2.13'))
    """
    return half_up(value, digits)


def decimal_text(number: Decimal) -> str:
    """Return a figure that is already rounded, as printed.

    >>> decimal_text(Decimal("-0.50")), decimal_text(Decimal("2.1"))
    ('−0,50', '2,1')
    """
    return f"{MINUS if number < 0 else ''}{abs(number)}".replace(".", _decimal_symbol())


def _decimal_symbol() -> str:
    """Return what stands before decimals; without Babel's data for French: 5 MB where people only answer."""
    reads = locale()
    return "," if reads.language == "fr" else get_decimal_symbol(reads)


def level_text(level: int) -> str:
    """Return a level, with a real minus sign if it is negative.

    >>> level_text(-2), level_text(4)
    ('−2', '4')
    """
    return decimal_text(Decimal(level))


def decimal(value: Figure, digits: int = 1) -> str:
    """Return a number with a decimal comma.

    >>> decimal(2.25), decimal(-0.04), decimal(3, digits=2)
    ('2,3', '0,0', '3,00')
    """
    return decimal_text(rounded(value, digits))


def short(value: Figure) -> str:
    """Return a number with as few decimals as it needs, three at most.

    >>> short(Fraction(1, 2)), short(Fraction(1, 8)), short(1.0)
    ('0,5', '0,125', '1')
    """
    return decimal(value, 3).rstrip("0").rstrip(get_decimal_symbol(locale()))


def signed(value: Figure, digits: int = 1) -> str:
    """Return a difference with its sign, unless it rounds to zero.

    >>> signed(0.46), signed(-0.5), signed(0.01)
    ('+0,5', '−0,5', '0,0')
    """
    return with_sign(rounded(value, digits))


def with_sign(number: Decimal) -> str:
    """Return a difference that is already rounded, with its sign unless it is zero.

    >>> with_sign(Decimal("0.87")), with_sign(Decimal("0.00"))
    ('+0,87', '0,00')
    """
    return f"+{decimal_text(number)}" if number > 0 else decimal_text(number)


def levels_in_words(number: Decimal, *, sign: bool = False) -> str:
    """Return a difference that is already rounded, with its noun, whose plural begins at two in French.

    >>> levels_in_words(Decimal("1.9")), levels_in_words(Decimal("2.0")), levels_in_words(Decimal("-3.37"), sign=True)
    ('1,9 niveau', '2,0 niveaux', '−3,37 niveaux')
    """
    text = with_sign(number) if sign else decimal_text(number)
    return ngettext("%(gap)s niveau", "%(gap)s niveaux", int(abs(number)), gap=text)


def share(value: Figure) -> str:
    """Return a proportion (0 to 1) as a whole percentage.

    >>> share(0.455), share(Fraction(29, 200))
    ('46\\xa0%', '15\\xa0%')
    """
    return _("%(number)s\u00a0%%", number=int(rounded(value, 2) * 100))


def count(value: int) -> str:
    """Return a number with thin spaces between thousands.

    >>> count(12345)
    '12\\u202f345'
    """
    return number(value)


def respondents(value: object, k: int) -> str:
    """Return a number of respondents; below ``k`` (or ``"<k"``), only that it is below.

    >>> respondents(12, 5), respondents("<5", 5), respondents(3, 5)
    ('12', 'moins de 5', 'moins de 5')
    """
    number = number_or_none(value)
    return count(int(number)) if number is not None and number >= k else _("moins de %(k)s", k=k)
