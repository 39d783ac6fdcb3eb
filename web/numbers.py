"""Numbers as French pages write them."""


def grouped(number: int) -> str:
    """A whole number with a narrow no-break space between thousands.

    >>> grouped(1234567).replace("\\u202f", "_")
    '1_234_567'
    """
    return f"{number:,}".replace(",", "\u202f")
