"""A level retained by people beside a computed score: when it must be justified."""

from scoring.exact import Number


def must_justify(retained: int | None, score: Number | None) -> bool:
    """Whether retaining that level asks for a written reason: it differs from the score by a level or more.

    Where no score is published, any retained level asks for one. Nothing retained (None) asks for none.

    >>> must_justify(3, 2.4), must_justify(3, 2), must_justify(3, None), must_justify(None, 2.4)
    (False, True, True, False)
    """
    if retained is None:
        return False
    return score is None or abs(retained - score) >= 1
