"""How many answered in each college, as far as it may be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from restitution.text.numbers import count, number_or_none, respondents

if TYPE_CHECKING:
    from scoring import Profile


@dataclass(frozen=True)
class CollegeParticipation:
    """How many answered in a college: a number, or None when too few for it to be said; and the same in words."""

    code: str
    label: str
    count: int | None
    words: str


def participation(profile: Profile, colleges: Mapping[str, str]) -> list[CollegeParticipation]:
    """One line per college of the campaign, in order."""
    known = {code: profile.respondents.get(code) for code in colleges}
    return [
        CollegeParticipation(code, label, _whole(known[code]), respondents(known[code], profile.rules.k))
        for code, label in colleges.items()
    ]


def _whole(value: object) -> int | None:
    number = number_or_none(value)
    return None if number is None else int(number)


def total_in_words(found: Sequence[CollegeParticipation]) -> str:
    """How many answered in all; a dash when a college is hidden, for a total would betray it."""
    numbers = [one.count for one in found]
    return "–" if None in numbers else count(sum(number or 0 for number in numbers))
