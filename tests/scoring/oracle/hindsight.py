"""§ 8: what the same people say of today and of last year."""

from dataclasses import dataclass
from fractions import Fraction

from tests.scoring.oracle.campaign import TERRITORY, WORKSHOP, Campaign, Row, Shares, in_shares
from tests.scoring.oracle.display import decimals, half_up
from tests.scoring.oracle.intervals import Component
from tests.scoring.oracle.spread import nearest_step
from tests.scoring.oracle.territory import Seen, whole
from tests.scoring.oracle.verdicts import Page, Tested

STEPS = 16


@dataclass(frozen=True)
class Pairs:
    """A family seen by a college: the shares of its paired skills, and each person's differences."""

    shares: Shares
    people: list[dict[str, int]]

    def of(self, skill: str) -> list[int]:
        return [person[skill] for person in self.people if skill in person]

    def mean(self, skill: str) -> Fraction:
        return Fraction(sum(self.of(skill)), len(self.of(skill)))

    @property
    def delta(self) -> Fraction:
        return sum((share * self.mean(skill) for skill, share in self.shares.items()), Fraction(0))

    def departures(self) -> list[Fraction]:
        """How far each person stands from the college, over the skills that the person paired."""
        found = []
        for person in self.people:
            weight = sum(self.shares[skill] for skill in person)
            off = sum((self.shares[skill] * (d - self.mean(skill)) for skill, d in person.items()), Fraction(0))
            found.append(off / weight)
        return found


def differences(campaign: Campaign, college: str, skills: list[str]) -> list[dict[str, int]]:
    """Now minus then, for each person of a college and each skill with both levels."""
    if campaign.then is None or college == WORKSHOP:
        return []
    found = []
    for place in campaign.groups[college]:
        now, then = campaign.rows[place], campaign.then[place]
        both = [s for s in skills if isinstance(now.get(s), int) and isinstance(then.get(s), int)]
        found.append({skill: now[skill] - then[skill] for skill in both})
    return found


def paired_n(campaign: Campaign, skill: str, college: str) -> int:
    return sum(bool(person) for person in differences(campaign, college, [skill]))


def is_paired(campaign: Campaign, skill: str, college: str) -> bool:
    return campaign.is_published(skill, college) and paired_n(campaign, skill, college) >= campaign.k(college)


def pairs(campaign: Campaign, family: str, college: str) -> Pairs | None:
    skills = [skill for skill in campaign.skills_of(family) if is_paired(campaign, skill, college)]
    shares = in_shares({skill: campaign.weight(skill) for skill in skills}) if campaign.covers(family, skills) else None
    if shares is None:
        return None
    return Pairs(shares, [person for person in differences(campaign, college, list(shares)) if person])


def square(campaign: Campaign, found: Pairs) -> Fraction | None:
    """e_d², in steps as soon as a skill has few pairs; None when it would rest on too few skills."""
    departures = found.departures()
    exact = sum((value**2 for value in departures), Fraction(0)) / (len(departures) - 1)
    if min(len(found.of(skill)) for skill in found.shares) >= campaign.rules["k_detail"]:
        return exact
    if len(found.shares) < campaign.rules["spread_skills"]:
        return None
    return nearest_step(exact, campaign.reach, parts=STEPS, most=STEPS)


def variance(campaign: Campaign, found: Pairs) -> Component | None:
    h = sum((share / len(found.of(skill)) for skill, share in found.shares.items()), Fraction(0))
    n, prior, halo, e2 = 1 / h, campaign.rule("prior_n"), campaign.rule("halo"), square(campaign, found)
    if e2 is None or n < campaign.rules["interval_n"]:
        return None
    g = halo + (1 - halo) * sum(share**2 for share in found.shares.values())
    v = (prior * campaign.at_random * g + (n - 1) * e2) / (prior + n - 1)
    return v * h, n - 1 + prior


def hindsight_skills(campaign: Campaign) -> list[Row]:
    return [skill_row(campaign, skill.code, college) for skill in campaign.grid.skills for college in campaign.colleges]


def skill_row(campaign: Campaign, skill: str, college: str) -> Row:
    row: Row = {"skill": skill, "college": college, "published": is_paired(campaign, skill, college)}
    if not row["published"]:
        return row
    moved = [person[skill] for person in differences(campaign, college, [skill]) if person]
    return row | {"n": len(moved), "delta": Fraction(sum(moved), len(moved))}


def hindsight_rows(campaign: Campaign) -> list[Row]:
    families = [family.code for family in campaign.grid.families]
    found = {(f, c): known for f in families for c in campaign.colleges if (known := pairs(campaign, f, c)) is not None}
    seen = {place: Seen(known.delta, variance(campaign, known), len(known.people)) for place, known in found.items()}
    wholes = {
        family: whole(
            campaign,
            {c: seen[family, c] for c in campaign.colleges if (family, c) in seen},
            campaign.rules["weighting"],
        )
        for family in families
    }
    places = decimals(len(campaign.levels)) + 1
    tested = {
        (family, college): Tested(own.score, half_up(own.score, places), [own.part])
        for (family, college), own in seen.items()
        if own.part is not None and college not in campaign.rules["voluntary"]
    }
    for family, known in wholes.items():
        if (
            known is not None
            and known.parts is not None
            and not set(known.colleges) <= set(campaign.rules["voluntary"])
        ):
            tested[family, TERRITORY] = Tested(known.score, half_up(known.score, places), known.parts)
    said = Page(campaign, places, tested, copied=len(campaign.colleges) == 1).verdicts()
    deltas = {place: (own.n, own.score) for place, own in seen.items()}
    deltas |= {(f, TERRITORY): (sum(seen[f, c].n for c in w.colleges), w.score) for f, w in wholes.items() if w}
    return [
        row_of(family, college, deltas, {} if (family, college) not in said else vars(said[family, college]))
        for family in families
        for college in (*campaign.colleges, TERRITORY)
    ]


def row_of(family: str, college: str, deltas: dict[tuple[str, str], tuple[int, Fraction]], said: Row) -> Row:
    row: Row = {"family": family, "college": college, "published": (family, college) in deltas}
    if not row["published"]:
        return row
    n, delta = deltas[family, college]
    return row | {"n": n, "delta": delta} | said


def now_and_then(now: Fraction, delta: Fraction, campaign: Campaign) -> tuple[Fraction, Fraction]:
    """The two ends of the arrow: the point of last year is today's minus the difference, within the scale."""
    return min(max(now - delta, Fraction(campaign.lowest)), Fraction(campaign.highest)), now
