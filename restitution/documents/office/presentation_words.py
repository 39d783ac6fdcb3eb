"""Texts of a presentation: notes of slides, and texts cut to fit their place."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 620


def joined(*lines: str) -> str:
    """Return the lines that are not empty, one under the other."""
    return "\n".join(line for line in lines if line)


def cut(text: str, letters: int) -> str:
    """Return the text, cut at a word if it is longer than ``letters``; the notes have the whole text.

    >>> cut("un deux trois", 9), cut("un deux", 9)
    ('un deux…', 'un deux')
    """
    return text if len(text) <= letters else text[: letters + 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def lines(text: str) -> list[str]:
    """Return the lines of a text, cut to what fits on a slide."""
    return [line.strip() for line in cut(text, LONGEST).split("\n") if line.strip()]


def shares(width: float, parts: Sequence[float]) -> list[float]:
    """Return the parts scaled so that their sum is ``width``."""
    return [width * part / sum(parts) for part in parts]
