"""Tables as docs/method.md holds them, each after its marker."""

from collections.abc import Iterable, Iterator

NO_BREAK = "\u00a0"


def table(marker: str, headings: Iterable[str], lines: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a marker, then a table in Markdown, line by line."""
    headings = list(headings)
    yield f"\n<!-- {marker} -->\n"
    yield f"| {' | '.join(headings)} |"
    yield "|" + "---|" * len(headings)
    for line in lines:
        yield f"| {' | '.join(line)} |"


def percent(share: float, decimals: int = 0) -> str:
    """Return a share as a percentage in French.

    >>> percent(0.934, 1), percent(0.5)
    ('93,4\\xa0%', '50\\xa0%')
    """
    return f"{share:.{decimals}%}".replace(".", ",").replace("%", f"{NO_BREAK}%")


def number(value: float, decimals: int = 2) -> str:
    """Return a number in French.

    >>> number(-0.013, 3), number(-0.004)
    ('−0,013', '0,00')
    """
    shown = f"{value:.{decimals}f}".replace(".", ",")
    return (shown if shown.strip("-0,") else shown.lstrip("-")).replace("-", "−")


def span(shares: Iterable[float], decimals: int = 0) -> str:
    """Return the smallest and the largest of several shares.

    >>> span([0.48, 0.68, 0.5])
    '48 à 68\\xa0%'
    """
    shares = list(shares)
    low, high = percent(min(shares), decimals), percent(max(shares), decimals)
    return high if low == high else f"{low.removesuffix(f'{NO_BREAK}%')} à {high}"
