"""§ 6: the words for a change, and the confidence of each row of a page."""

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from tests.scoring.oracle.campaign import TERRITORY, Campaign
from tests.scoring.oracle.display import outward
from tests.scoring.oracle.intervals import Component, half_width, student, welch

RISE, FALL, STEADY = "hausse nette", "baisse nette", "stable"
NO_FALL, NO_RISE, UNKNOWN = "pas de baisse nette", "pas de hausse nette", "on ne peut pas dire"
Place = tuple[str, str]  # a family, and a college or the territory


@dataclass(frozen=True)
class Tested:
    """A difference with the variances that it adds up, exact and as it is shown."""

    delta: Fraction
    shown: Fraction
    parts: list[Component]

    @property
    def variance(self) -> Fraction:
        return sum((variance for variance, _ in self.parts), Fraction(0))

    def half(self, confidence: float) -> float:
        return half_width(confidence, self.variance, welch(self.parts))


@dataclass(frozen=True)
class Verdict:
    low: float
    high: float
    confidence: float
    verdict: str
    visible: float


@dataclass(frozen=True)
class Page:
    """One comparison: its differences that can be tested, by place, and the conventions it is read with."""

    rules: Campaign
    places: int
    tested: dict[Place, Tested]
    copied: bool = False  # a campaign of one college: the territory alone is tested, the college repeats it
    territories: list[Place] = field(init=False)
    colleges: list[Place] = field(init=False)

    def __post_init__(self) -> None:
        whole = [place for place in self.tested if place[1] == TERRITORY]
        object.__setattr__(self, "territories", whole)
        rest = [] if self.copied else [place for place in self.tested if place[1] != TERRITORY]
        object.__setattr__(self, "colleges", rest)

    @property
    def threshold(self) -> Fraction:
        return self.rules.rule("clear_change") * self.rules.reach

    @property
    def alpha(self) -> float:
        return 1 - float(self.rules.rules["confidence"])

    def alpha_of(self, series: Literal["territory", "colleges"]) -> float:
        """Each series has half of α when both exist, shared equally among its rows."""
        rows = len(self.territories if series == "territory" else self.colleges)
        return (self.alpha / 2 if self.territories and self.colleges else self.alpha) / rows

    def confidence(self, place: Place) -> float:
        family, college = place
        if college == TERRITORY:
            return 1 - self.alpha_of("territory")
        if self.is_open(family, self.tested[place]):
            return 1 - 2 * self.alpha
        return 1 - self.alpha_of("colleges")

    def is_open(self, family: str, row: Tested) -> bool:
        """Whether the territory clearly moved the way this college did."""
        whole = self.tested.get((family, TERRITORY))
        if whole is None:
            return False
        said = self.said(whole, self.confidence((family, TERRITORY))).verdict
        return (said == RISE and row.delta > 0) or (said == FALL and row.delta < 0)

    def verdicts(self) -> dict[Place, Verdict]:
        found = {place: self.said(self.tested[place], self.confidence(place)) for place in self.territories}
        found |= {place: self.said(self.tested[place], self.confidence(place)) for place in self.colleges}
        if self.copied:
            copies = [place for place in self.tested if place[1] != TERRITORY]
            found |= {place: found[place[0], TERRITORY] for place in copies}
        return found

    def said(self, row: Tested, confidence: float) -> Verdict:
        half = row.half(confidence)
        low, high = float(row.delta) - half, float(row.delta) + half
        word = self.word(row, low, high)
        return Verdict(low, high, confidence, word, max(float(self.threshold), half))

    def word(self, row: Tested, low: float, high: float) -> str:
        shown_low, shown_high = outward(low, high, self.places)
        if (shown_low > 0 or shown_high < 0) and abs(row.shown) >= self.threshold:
            return RISE if row.delta > 0 else FALL
        one_sided = student(float(self.rules.rules["confidence"]), float(welch(row.parts))) * math.sqrt(row.variance)
        no_fall = float(row.delta) - one_sided > -self.threshold
        no_rise = float(row.delta) + one_sided < self.threshold
        if no_fall and no_rise:
            return STEADY
        if no_fall:
            return NO_FALL
        return NO_RISE if no_rise else UNKNOWN
