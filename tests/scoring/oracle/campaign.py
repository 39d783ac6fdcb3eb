"""§§ 1 to 3: a campaign as raw rows, its cells, what each band publishes of them, and the scores."""

from fractions import Fraction
from typing import Any

from grille.grid import Grid
from tests.scoring.oracle.agreement import word

Row = dict[str, Any]
Shares = dict[str, Fraction]

WORKSHOP = "atelier"
TERRITORY = "territoire"
DEFAULTS: dict[str, Any] = {
    "k": 5,
    "k_detail": 10,
    "workshop_k": None,
    "weighting": "equal",
    "colleges": None,
    "sizes": None,
    "voluntary": (),
    "coverage": 0.5,
    "territory_colleges": 3,
    "confidence": 0.95,
    "interval_n": 5,
    "prior_n": 1,
    "halo": 0.5,
    "spread_skills": 3,
    "spread_default": 0.375,
    "agreement_divisor": 6,
    "agreement_chance": 0.05,
    "opposed_share": 0.625,
    "clear_change": 0.125,
    "progress_others": 5,
}
# What an edition-1 document says of its own comparisons; the other conventions come from the later campaign.
OF_EDITION_1 = {
    *("k", "workshop_k", "weighting", "colleges", "sizes", "voluntary", "coverage"),
    *("territory_colleges", "confidence", "interval_n", "agreement_divisor"),
}


def written(number: Any) -> Fraction:
    """The number as it is written in decimals, not as binary holds it."""
    return number if isinstance(number, Fraction) else Fraction(str(number))


class Campaign:
    """One campaign: its rows (dictionaries with a college, a mode and one value per skill), its grid, its rules."""

    def __init__(self, rows: list[Row], grid: Grid, then: list[Row] | None = None, **rules: Any) -> None:
        self.rows, self.grid, self.then = rows, grid, then
        self.rules = DEFAULTS | rules
        self.levels = [level.value for level in grid.levels]
        self.lowest, self.highest, self.reach = min(self.levels), max(self.levels), len(self.levels) - 1
        self.at_random = Fraction(len(self.levels) ** 2 - 1, 12)
        named = self.rules["colleges"]
        self.colleges = [college.code for college in grid.colleges if named is None or college.code in named]
        self.groups: dict[str, list[int]] = {college: [] for college in self.colleges}
        for place, row in enumerate(rows):
            where = WORKSHOP if row.get("mode") == WORKSHOP else row["college"]
            self.groups.setdefault(where, []).append(place)
        self.cells = {
            (skill.code, college): [rows[p][skill.code] for p in places if isinstance(rows[p].get(skill.code), int)]
            for skill in grid.skills
            for college, places in self.groups.items()
        }
        self.squares: dict[tuple[str, str], Fraction] = {}

    def rule(self, name: str) -> Fraction:
        return written(self.rules[name])

    def read_with(self, later: "Campaign") -> "Campaign":
        """This campaign, published in edition 1, as edition 2 reads it beside a later campaign."""
        own = {name: value for name, value in self.rules.items() if name in OF_EDITION_1}
        return Campaign(self.rows, self.grid, **(later.rules | own))

    # Cells

    def k(self, college: str) -> int:
        own = self.rules["workshop_k"] if college == WORKSHOP else None
        return int(self.rules["k"] if own is None else own)

    def people(self, college: str) -> list[Row]:
        return [self.rows[place] for place in self.groups[college]]

    def shown(self, n: int, college: str) -> int | str:
        return n if n >= self.k(college) else "<k"

    def given(self, skill: str, college: str) -> list[int]:
        return self.cells[skill, college]

    def n(self, skill: str, college: str) -> int:
        return len(self.given(skill, college))

    def is_published(self, skill: str, college: str) -> bool:
        return college in self.groups and self.n(skill, college) >= self.k(college)

    def is_small(self, skill: str, college: str) -> bool:
        return self.n(skill, college) < self.rules["k_detail"]

    def mean(self, skill: str, college: str) -> Fraction:
        levels = self.given(skill, college)
        return Fraction(sum(levels), len(levels))

    def square(self, skill: str, college: str) -> Fraction:
        """The variance of the levels of a cell, over n − 1; remembered."""
        if (skill, college) not in self.squares:
            levels, mean = self.given(skill, college), self.mean(skill, college)
            self.squares[skill, college] = sum(((x - mean) ** 2 for x in levels), Fraction(0)) / (len(levels) - 1)
        return self.squares[skill, college]

    def size(self, college: str) -> int | None:
        """The declared size, unknown when more people than that answered, an empty form included."""
        declared = (self.rules["sizes"] or {}).get(college)
        return None if declared is None or declared < len(self.groups[college]) else int(declared)

    def silence(self, skill: str, college: str) -> Fraction:
        return 1 - Fraction(self.n(skill, college), len(self.groups[college]))

    # Families

    def weight(self, skill: str) -> Fraction:
        return written(self.grid.skill(skill).weight)

    def skills_of(self, family: str) -> list[str]:
        return [skill.code for known in self.grid.families if known.code == family for skill in known.skills]

    def shown_skills(self, family: str, college: str) -> list[str]:
        return [skill for skill in self.skills_of(family) if self.is_published(skill, college)]

    def coverage(self, family: str, kept: list[str]) -> Fraction:
        whole = sum(self.weight(skill) for skill in self.skills_of(family))
        return sum(self.weight(skill) for skill in kept) / whole if whole else Fraction(0)

    def covers(self, family: str, kept: list[str]) -> bool:
        return self.coverage(family, kept) >= self.rule("coverage")

    def family_n(self, family: str, college: str) -> int:
        """Who gave a level to one of the published skills, those of weight 0 included."""
        kept = self.shown_skills(family, college)
        return sum(any(isinstance(row.get(skill), int) for skill in kept) for row in self.people(college))

    def shares(self, family: str, college: str) -> Shares | None:
        """a_s of the skills used; None when the family is hidden."""
        kept = self.shown_skills(family, college)
        if not self.covers(family, kept):
            return None
        return in_shares({skill: self.weight(skill) for skill in kept})

    def score(self, shares: Shares, college: str) -> Fraction:
        return sum((share * self.mean(skill, college) for skill, share in shares.items()), Fraction(0))


def in_shares(weights: Shares) -> Shares | None:
    """Weights brought to a sum of 1, those of 0 left out; None when nothing weighs."""
    whole = sum(weights.values(), Fraction(0))
    return {skill: weight / whole for skill, weight in weights.items() if weight} if whole else None


def skill_rows(campaign: Campaign) -> list[Row]:
    return [
        skill_row(campaign, skill, family.code, college)
        for family in campaign.grid.families
        for skill in campaign.skills_of(family.code)
        for college in campaign.groups
    ]


def skill_row(campaign: Campaign, skill: str, family: str, college: str) -> Row:
    n = campaign.n(skill, college)
    row: Row = {
        "skill": skill,
        "family": family,
        "college": college,
        "n": campaign.shown(n, college),
        "published": False,
    }
    if not campaign.is_published(skill, college):
        return row
    row |= {"published": True, "mean": campaign.mean(skill, college), "silence": campaign.silence(skill, college)}
    return row if campaign.is_small(skill, college) else row | detail(campaign, skill, college)


def detail(campaign: Campaign, skill: str, college: str) -> Row:
    """What a cell of ``k_detail`` levels or more shows besides."""
    levels, mean, people = campaign.given(skill, college), campaign.mean(skill, college), campaign.people(college)
    square = campaign.square(skill, college)
    return {
        "sd": float(square) ** 0.5,
        "ad": sum(abs(x - mean) for x in levels) / len(levels),
        "rwg": max(Fraction(0), 1 - square / campaign.at_random),
        "agreement": word(levels, campaign.levels, campaign.rules),
        "distribution": [levels.count(level) for level in campaign.levels],
        "unknown": Fraction(sum(row.get(skill) == "NSP" for row in people), len(people)),
        "not_applicable": Fraction(sum(row.get(skill) == "SO" for row in people), len(people)),
        "unanswered": Fraction(sum(row.get(skill) is None for row in people), len(people)),
    }
