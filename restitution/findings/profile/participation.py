"""The number of respondents of each college, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from restitution.text.numbers import count, number_or_none, respondents

if TYPE_CHECKING:
    from scoring import Profile


@dataclass(frozen=True)
class CollegeParticipation:
    """The number of respondents of a college (None if hidden), and the same in words."""

    code: str
    label: str
    count: int | None
    words: str


def participation(profile: Profile, colleges: Mapping[str, str]) -> list[CollegeParticipation]:
    """Return the participation of each college of the campaign, in order."""
    known = {code: profile.respondents.get(code) for code in colleges}
    return [
        CollegeParticipation(code, label, _whole(known[code]), respondents(known[code], profile.rules.k))
        for code, label in colleges.items()
    ]


def _whole(value: object) -> int | None:
    number = number_or_none(value)
    return None if number is None else int(number)


def total_in_words(found: Sequence[CollegeParticipation]) -> str:
    """Return the total number of respondents; a dash if a college is hidden, which it would disclose."""
    numbers = [one.count for one in found]
    return "–" if None in numbers else count(sum(number or 0 for number in numbers))
