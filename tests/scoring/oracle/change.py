"""§ 6: two campaigns side by side."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from tests.scoring.oracle.campaign import TERRITORY, WORKSHOP, Campaign, Row, Shares, in_shares
from tests.scoring.oracle.display import change_shown, decimals
from tests.scoring.oracle.intervals import Component, pooled
from tests.scoring.oracle.spread import spread
from tests.scoring.oracle.territory import Seen, Whole, mean_of, whole
from tests.scoring.oracle.units import usable, weight_of, weights_after, weights_before
from tests.scoring.oracle.verdicts import Page, Place, Tested, Verdict


@dataclass(frozen=True)
class Side:
    """Both campaigns' figures of one row, and whether it is a kind of row that is tested."""

    before: Fraction
    after: Fraction
    parts: list[Component] | None

    @property
    def delta(self) -> Fraction:
        return self.after - self.before


class Comparison:
    """Two campaigns, on what both publish and both grids share, read with the later one's conventions."""

    def __init__(self, before: Campaign, after: Campaign, weighting: str | None = None) -> None:
        self.before, self.after = before, after
        self.weighting = weighting or after.rules["weighting"]
        self.comparable = len(before.levels) == len(after.levels)
        self.families = [family.code for family in after.grid.families]
        self.voluntary = {*before.rules["voluntary"], *after.rules["voluntary"]}

    @cached_property
    def seen(self) -> dict[Place, tuple[Seen, Seen]]:
        """Each comparable family × college, both campaigns."""
        places = [(family, college) for family in self.families for college in self.after.groups]
        return {place: found for place in places if (found := self.both(*place)) is not None}

    def both(self, family: str, college: str) -> tuple[Seen, Seen] | None:
        if not self.comparable or college not in self.before.groups:
            return None
        kept = usable(self.before, self.after, family, college)
        earlier = self.one(self.before, family, college, weights_before(self.before, self.after, kept))
        later = self.one(self.after, family, college, weights_after(self.after, kept))
        return None if earlier is None or later is None else (earlier, later)

    def one(self, campaign: Campaign, family: str, college: str, weights: Shares) -> Seen | None:
        """A campaign's score on those cells alone, with the spread and the n that it published."""
        shares = in_shares(weights) if campaign.covers(family, list(weights)) else None
        if shares is None:
            return None
        found = pooled(campaign, college, shares, spread(campaign, family, college))
        part = None if found is None else (found.variance(None), found.degrees)
        return Seen(campaign.score(shares, college), part, campaign.family_n(family, college))

    def in_territory(self, family: str) -> list[str]:
        return [c for c in self.after.colleges if (family, c) in self.seen and c in self.before.colleges]

    def whole(self, family: str, colleges: list[str]) -> tuple[Whole, Whole] | None:
        sides = [
            whole(campaign, {college: self.seen[family, college][side] for college in colleges}, self.weighting)
            for side, campaign in enumerate((self.before, self.after))
        ]
        return None if sides[0] is None or sides[1] is None else (sides[0], sides[1])

    @cached_property
    def sides(self) -> dict[Place, Side]:
        found = {place: self.of_college(place) for place in self.seen}
        for family in self.families:
            pair = self.whole(family, self.in_territory(family))
            if pair is not None:
                found[family, TERRITORY] = of_campaigns(*pair, silent=set(pair[1].colleges) <= self.voluntary)
        return found

    def of_college(self, place: Place) -> Side:
        before, after = self.seen[place]
        untested = place[1] == WORKSHOP or place[1] in self.voluntary
        parts = None if untested or not before.part or not after.part else [before.part, after.part]
        return Side(before.score, after.score, parts)

    @cached_property
    def page(self) -> Page:
        places = decimals(len(self.after.levels)) + 1
        tested = {
            place: Tested(side.delta, change_shown(side.before, side.after, places), side.parts)
            for place, side in self.sides.items()
            if side.parts is not None
        }
        alone = len(self.after.colleges) == 1
        return Page(self.after, places, tested, copied=alone and self.every_territory())

    def every_territory(self) -> bool:
        """Whether the territory can be compared wherever a college can."""
        return all((family, TERRITORY) in self.sides for family, college in self.sides if college != WORKSHOP)

    @cached_property
    def verdicts(self) -> dict[Place, Verdict]:
        return self.page.verdicts()

    def rows(self) -> list[Row]:
        places = [(family, college) for family in self.families for college in (*self.after.groups, TERRITORY)]
        return [self.row(*place) for place in places]

    def row(self, family: str, college: str) -> Row:
        row: Row = {"family": family, "college": college, "comparable_skills": self.skills(family, college)}
        side, said = self.sides.get((family, college)), self.verdicts.get((family, college))
        if side is not None:
            row |= {"before": side.before, "after": side.after, "delta": side.delta}
        return row if said is None else row | vars(said)

    def skills(self, family: str, college: str) -> int:
        """How many units are compared, those of no weight left out; for the territory, in one college at least."""
        if not self.comparable or ((family, college) not in self.sides and college == TERRITORY):
            return 0
        colleges = self.in_territory(family) if college == TERRITORY else [college]
        kept = {unit for c in colleges if c in self.before.groups for unit in usable(*self.campaigns, family, c)}
        return sum(weight_of(self.after, unit) > 0 for unit in kept)

    @property
    def campaigns(self) -> tuple[Campaign, Campaign]:
        return self.before, self.after


def of_campaigns(before: Whole, after: Whole, silent: bool) -> Side:
    parts = None if silent or before.parts is None or after.parts is None else before.parts + after.parts
    return Side(before.score, after.score, parts)


def without_volunteers(found: Comparison, family: str) -> str | None:
    """The word of a territory row computed again without its volunteers, however few colleges are left.

    None when the row has no word or no volunteer.
    """
    colleges, said = found.in_territory(family), found.verdicts.get((family, TERRITORY))
    others = [college for college in colleges if college not in found.voluntary]
    if said is None or others == colleges:
        return None
    sides = [mean_of({c: found.seen[family, c][side] for c in others}, found.weighting) for side in (0, 1)]
    side = of_campaigns(sides[0], sides[1], silent=False)
    shown = change_shown(side.before, side.after, found.page.places)
    again = Tested(side.delta, shown, side.parts or [])
    return found.page.said(again, said.confidence).verdict
