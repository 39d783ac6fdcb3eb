"""The size of a text that a team wrote for a slide: as large as it fits, never under 36 px."""

from __future__ import annotations

import re
from typing import Final

from restitution.charts.markup import wrapped_to
from restitution.charts.stage.picture import SMALLEST, WIDTH

SIZES: Final = (72, 56, 44, SMALLEST)
# What the style sheet leaves under a title, between two paragraphs, and beside a picture.
_HEIGHT, _BETWEEN, _LINE, _BESIDE = 780, 24, 1.3, 860


def own_text_size(text: str, *, beside: bool = False) -> int:
    """Return the size at which a text fits, in pixels of 1920 × 1080; 0 when it does not. ``beside`` a picture.

    >>> own_text_size("Merci à vous"), own_text_size("mot " * 900)
    (72, 0)
    """
    return next((size for size in SIZES if _fits(text, size, beside=beside)), 0)


def words_too_many(text: str, *, beside: bool = False) -> int:
    """Return how many words to take out of the end of a text so that it fits."""
    words = re.findall(r"\S+\s*", text)
    least, most = 0, len(words)
    while least < most:
        middle = (least + most) // 2
        if own_text_size("".join(words[: len(words) - middle]), beside=beside):
            most = middle
        else:
            least = middle + 1
    return least


def _fits(text: str, size: int, *, beside: bool) -> bool:
    paragraphs = [line for line in text.splitlines() if line.strip()]
    width = (_BESIDE if beside else WIDTH) * 0.96
    lines = sum(len(wrapped_to(line, width, size)) for line in paragraphs)
    return lines * size * _LINE + _BETWEEN * max(len(paragraphs) - 1, 0) <= _HEIGHT
