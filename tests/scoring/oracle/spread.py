"""§ 4: the spread of a family seen by a college, squared and exact."""

from fractions import Fraction

from tests.scoring.oracle.campaign import WORKSHOP, Campaign


def spread(campaign: Campaign, family: str, college: str) -> Fraction | None:
    """e², or None when there is none: family hidden, workshops, too few answers for an interval."""
    shares = campaign.shares(family, college)
    if shares is None or college == WORKSHOP:
        return None
    if 1 / sum(share / campaign.n(skill, college) for skill, share in shares.items()) < campaign.rules["interval_n"]:
        return None
    return by_rule(campaign, family, college)[1]


def by_rule(campaign: Campaign, family: str, college: str) -> tuple[int, Fraction]:
    """The number of the first of the six rules that holds, and e²."""
    shares = campaign.shares(family, college) or {}
    squares = {skill: campaign.square(skill, college) for skill in shares}
    small = [skill for skill in shares if campaign.is_small(skill, college)]
    large = [skill for skill in shares if skill not in small]
    if not small:
        return 1, sum((shares[skill] * squares[skill] for skill in shares), Fraction(0))
    if len(small) >= campaign.rules["spread_skills"]:
        return 2, stepped(campaign, average(list(squares.values())))
    if large:
        weights = sum(shares[skill] for skill in large)
        return 3, sum((shares[skill] * squares[skill] for skill in large), Fraction(0)) / weights
    return from_college(campaign, college)


def from_college(campaign: Campaign, college: str) -> tuple[int, Fraction]:
    """The last three rules: what is known of the college elsewhere, never under the default."""
    published = [skill.code for skill in campaign.grid.skills if campaign.is_published(skill.code, college)]
    small = [campaign.square(skill, college) for skill in published if campaign.is_small(skill, college)]
    large = [campaign.square(skill, college) for skill in published if not campaign.is_small(skill, college)]
    default = (campaign.rule("spread_default") * campaign.reach) ** 2
    if len(small) >= campaign.rules["spread_skills"]:
        return 4, max(stepped(campaign, average(small)), default)
    if large:
        return 5, max(average(large), default)
    return 6, default


def average(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def stepped(campaign: Campaign, square: Fraction) -> Fraction:
    return nearest_step(square, campaign.reach, parts=8, most=4)


def nearest_step(square: Fraction, reach: int, parts: int, most: int) -> Fraction:
    """(R·j/parts)², j being the whole number nearest to parts·√square/R, ties up, from 1 to ``most``."""
    j = 1
    while j < most and square >= (Fraction(reach * (2 * j + 1), 2 * parts)) ** 2:
        j += 1
    return Fraction(reach * j, parts) ** 2
