"""Territories of every shape, drawn from a seed: what the reader of sentences is tried on.

2 to 11 levels, 1 to 15 families and colleges, 1 to 6 campaigns, hidden and small cells, volunteers, workshops, sizes,
hindsight, silences that come and go, and changes that are clear, slight or none.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from random import Random
from typing import Any

import pandas as pd

import scoring
from grille.grid import College, Family, Grid, Level, Skill
from restitution.campaign_facts import ComparedCampaign
from restitution.results import CampaignResults
from scoring import Profile, Rules

Row = dict[str, Any]

FAMILIES = (
    *("Coopérer", "Connecter", "Faciliter", "Intégrer", "S’ouvrir", "Agir", "Lire", "Veiller", "Oser", "Soigner"),
    *("Transmettre", "Décider", "Écouter", "Financer", "Évaluer"),
)
COLLEGES = (
    *("Élus", "Agents", "Habitants", "Associations", "Entreprises", "Jeunes", "Aînés", "Commerçants", "Parents"),
    *("Enseignants", "Soignants", "Artisans", "Agriculteurs", "Sportifs", "Artistes"),
)
LEVELS = ("Rien", "Essais", "Peu", "Parfois", "Assez", "Souvent", "Bien", "Partout", "Toujours", "Ancré", "Exemplaire")
SILENCES = ("NSP", "NSP", "SO", None)


@dataclass(frozen=True)
class Campaign:
    """One campaign as it was answered: raw rows, and what the same people say of the year before if they were asked."""

    label: str
    rows: list[Row]
    rules: dict[str, Any]
    then: list[Row] | None = None


@dataclass(frozen=True)
class Territory:
    """A territory drawn from a seed: its grid and its campaigns, oldest first."""

    seed: int
    grid: Grid
    campaigns: tuple[Campaign, ...]

    @property
    def colleges(self) -> dict[str, str]:
        """The labels of the colleges by code."""
        return {college.code: college.label for college in self.grid.colleges}

    @cached_property
    def opened(self) -> tuple[str, ...]:
        """The codes of the colleges that a link led to, in the last campaign."""
        chance = Random(f"{self.seed} opened")
        share = chance.choice([0, 0.5, 1])
        return tuple(college.code for college in self.grid.colleges if chance.random() < share)

    @cached_property
    def publications(self) -> tuple[tuple[date, Campaign], ...]:
        """The last campaign as it was each time that it was published: never, once, or with other answers before."""
        chance, last = Random(f"{self.seed} published"), self.campaigns[-1]
        days = (date(2026, 4, 1), date(2026, 5, 12))[: chance.choice([0, 1, 2])]
        if len(days) < 2:
            return tuple((day, last) for day in days)
        changed = min(len(last.rows), chance.choice([0, 1, 3, len(last.rows) // 2]))
        return (days[0], replace(last, **without(last, changed, chance))), (days[1], last)

    @cached_property
    def targets(self) -> dict[str, int]:
        """How many answers are hoped for, by code, before the campaign opens: not of every college."""
        chance = Random(f"{self.seed} targets")
        hoped = {code: chance.choice([None, 4, 5, 6, 8, 12, 20, 40]) for code in self.colleges}
        return {code: n for code, n in hoped.items() if n}

    @cached_property
    def announced(self) -> dict[str, int]:
        """How many people each college has, by code, as was announced: some colleges have more answers than that."""
        chance, known = Random(f"{self.seed} announced"), self.campaigns[-1].rules["sizes"] or {}
        return {code: max(1, size - chance.choice([0, 0, 0, 2])) for code, size in known.items()}

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The colleges that will be read together once the campaign is closed, by the name of their group."""
        chance = Random(f"{self.seed} groups")
        codes = chance.sample(list(self.colleges), len(self.colleges))
        pairs = [codes[place : place + 2] for place in range(0, 2 * chance.choice([0, 0, 1, 2]), 2)]
        return {f"Groupe {rank}": tuple(pair) for rank, pair in enumerate(pairs, 1) if len(pair) == 2}

    @property
    def public(self) -> bool:
        """Whether the last campaign is public: some that were published have been withdrawn."""
        return bool(self.publications) and self.seed % 4 > 0

    @cached_property
    def profiles(self) -> list[Profile]:
        """What the program computes of each campaign."""
        return [self.profile_of(campaign) for campaign in self.campaigns]

    def profile_of(self, campaign: Campaign) -> Profile:
        """What the program computes of one campaign."""
        then = None if campaign.then is None else self.table(campaign.then)
        return scoring.profile(self.table(campaign.rows), self.grid, Rules(**campaign.rules), hindsight=then)

    def table(self, rows: list[Row]) -> pd.DataFrame:
        """Rows as scoring reads them."""
        columns = ["college", "mode", *(skill.code for skill in self.grid.skills)]
        return pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=object) for name in columns})

    @cached_property
    def results(self) -> CampaignResults:
        """The results of its last campaign, as every page and document tells them."""
        compared = [
            ComparedCampaign(campaign.label, float(campaign.label), profile)
            for campaign, profile in zip(self.campaigns, self.profiles, strict=True)
        ]
        return CampaignResults("Ici", "Bilan", tuple(compared), self.colleges, "collecte close le 1er mars 2026")


def territory(seed: int) -> Territory:
    """The territory of that seed."""
    chance = Random(seed)
    grid = a_grid(chance)
    years = range(2026 - chance.choice([0, 0, 1, 1, 1, 2, 2, 3, 5]), 2027)
    asked = len(years) > 1 and chance.random() < 0.3
    rules = some_rules(grid, chance)
    tendency = {family.code: chance.random() for family in grid.families}
    campaigns = []
    for year in years:
        moved = chance.choice([0.0, 0.0, 0.15, 0.4, -0.3])
        tendency = {code: min(1.0, max(0.0, at + moved * chance.choice([0, 1, 1]))) for code, at in tendency.items()}
        rows = answers(grid, rules, tendency, chance)
        then = [last_year(row, grid, chance) for row in rows] if asked and year == years[-1] else None
        campaigns.append(Campaign(str(year), rows, rules | {"sizes": sizes(rows, grid, chance)}, then))
    return Territory(seed, grid, tuple(campaigns))


def a_grid(chance: Random) -> Grid:
    """Any scale; many families or many colleges, seldom both."""
    count, lowest = chance.choice([2, 3, 4, 5, 5, 5, 5, 6, 7, 9, 10, 11]), chance.choice([0, 0, 1, -2])
    families, colleges = chance.choice(
        [(1, 1), (1, 3), (2, 4), (3, 1), (3, 2), (5, 3), (5, 4), (5, 5), (4, 6), (6, 3), (15, 2), (8, 3), (2, 15)]
    )
    steps = {lowest + rank: f"observé {rank}" for rank in range(count)}
    return Grid(
        id="essai",
        version="1",
        title="Grille d’essai",
        status="proposition",
        levels=tuple(Level(value=lowest + rank, label=LEVELS[rank]) for rank in range(count)),
        families=tuple(_family(place, steps, chance) for place in range(families)),
        colleges=tuple(College(code=f"c{place}", label=COLLEGES[place]) for place in range(colleges)),
    )


def _family(place: int, steps: dict[int, str], chance: Random) -> Family:
    weights = [chance.choice([1, 1, 1, 1, 2, 0.5, 0]) for _ in range(chance.randint(1, 4))]
    weights[0] = weights[0] or 1
    skills = (
        Skill(
            code=f"F{place}-{rank}",
            title=f"{FAMILIES[place]} {rank}",
            definition="…",
            core=True,
            weight=weight,
            levels=steps,
        )
        for rank, weight in enumerate(weights, start=1)
    )
    return Family(code=f"F{place}", title=FAMILIES[place], skills=tuple(skills))


def some_rules(grid: Grid, chance: Random) -> dict[str, Any]:
    """The defaults most often; some colleges of volunteers, another k or weighting."""
    volunteers = chance.choice([0, 0, 0, 0.3, 0.7])
    return {
        "k": chance.choice([5, 5, 5, 5, 3, 7]),
        "workshop_k": 1,
        "weighting": chance.choice(["equal", "equal", "equal", "heads"]),
        "voluntary": tuple(one.code for one in grid.colleges if chance.random() < volunteers),
    }


def answers(grid: Grid, rules: dict[str, Any], tendency: dict[str, float], chance: Random) -> list[Row]:
    """The rows of a campaign: colleges too small, small, or large; some people silent; some workshops."""
    silence, apart = chance.choice([0, 0, 0.05, 0.1, 0.3, 0.5]), chance.choice([0.05, 0.15, 0.3])
    rows: list[Row] = []
    for college in grid.colleges:
        lean = chance.gauss(0, apart)
        count = chance.choice([0, rules["k"] - 1, rules["k"], 6, 8, 9, 10, 12, 15, 20, 30])
        rows += [person(college.code, grid, tendency, lean, silence, chance) for _ in range(count)]
    for row in chance.sample(rows, min(len(rows), chance.choice([0, 0, 0, 2]))):
        row["mode"] = "atelier"
    return rows


def person(college: str, grid: Grid, tendency: dict[str, float], lean: float, silence: float, chance: Random) -> Row:
    """Someone whose levels lean as their family and college do."""
    row: Row = {"college": college, "mode": "individuel"}
    for family in grid.families:
        for skill in family.skills:
            at = min(1.0, max(0.0, tendency[family.code] + lean + chance.gauss(0, 0.15)))
            level = grid.lowest + round(at * (grid.highest - grid.lowest))
            row[skill.code] = chance.choice(SILENCES) if chance.random() < silence else level
    return row


def without(campaign: Campaign, some: int, chance: Random) -> dict[str, list[Row] | None]:
    """The rows of a campaign, and what they say of the year before, without so many people."""
    kept = sorted(chance.sample(range(len(campaign.rows)), len(campaign.rows) - some))
    then = campaign.then and [campaign.then[place] for place in kept]
    return {"rows": [campaign.rows[place] for place in kept], "then": then}


def sizes(rows: list[Row], grid: Grid, chance: Random) -> dict[str, int] | None:
    """Sizes: none, exactly the number of people, or more."""
    counts = {one.code: sum(row["college"] == one.code for row in rows) for one in grid.colleges}
    moves = {code: chance.choice([None, None, 0, 1, 5, 40]) for code in counts}
    return {code: max(counts[code] + move, 1) for code, move in moves.items() if move is not None} or None


def last_year(row: Row, grid: Grid, chance: Random) -> Row:
    """What the same person says of the year before: nothing, or each level a little lower, or not."""
    then: Row = {"college": row["college"], "mode": row["mode"]}
    if chance.random() < 0.1:
        return then
    for skill in grid.skills:
        if isinstance(row[skill.code], int) and chance.random() < 0.9:
            then[skill.code] = min(grid.highest, max(grid.lowest, row[skill.code] - chance.choice([0, 0, 1, 1, 2])))
    return then
