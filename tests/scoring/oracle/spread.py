"""§ 4: the spread of a family seen by a college, squared and exact."""

from fractions import Fraction

from tests.scoring.oracle.wave import WORKSHOP, Wave


def spread(wave: Wave, family: str, college: str) -> Fraction | None:
    """e², or None when there is none: family hidden, workshops, too few answers for an interval."""
    shares = wave.shares(family, college)
    if shares is None or college == WORKSHOP:
        return None
    if 1 / sum(share / wave.n(skill, college) for skill, share in shares.items()) < wave.rules["interval_n"]:
        return None
    return by_rule(wave, family, college)[1]


def by_rule(wave: Wave, family: str, college: str) -> tuple[int, Fraction]:
    """The number of the first of the six rules that holds, and e²."""
    shares = wave.shares(family, college) or {}
    squares = {skill: wave.square(skill, college) for skill in shares}
    small = [skill for skill in shares if wave.is_small(skill, college)]
    large = [skill for skill in shares if skill not in small]
    if not small:
        return 1, sum((shares[skill] * squares[skill] for skill in shares), Fraction(0))
    if len(small) >= wave.rules["spread_skills"]:
        return 2, stepped(wave, average(list(squares.values())))
    if large:
        weights = sum(shares[skill] for skill in large)
        return 3, sum((shares[skill] * squares[skill] for skill in large), Fraction(0)) / weights
    return from_college(wave, college)


def from_college(wave: Wave, college: str) -> tuple[int, Fraction]:
    """The last three rules: what is known of the college elsewhere, never under the default."""
    published = [skill.code for skill in wave.grid.skills if wave.is_published(skill.code, college)]
    small = [wave.square(skill, college) for skill in published if wave.is_small(skill, college)]
    large = [wave.square(skill, college) for skill in published if not wave.is_small(skill, college)]
    default = (wave.rule("spread_default") * wave.reach) ** 2
    if len(small) >= wave.rules["spread_skills"]:
        return 4, max(stepped(wave, average(small)), default)
    if large:
        return 5, max(average(large), default)
    return 6, default


def average(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def stepped(wave: Wave, square: Fraction) -> Fraction:
    return nearest_step(square, wave.reach, parts=8, most=4)


def nearest_step(square: Fraction, reach: int, parts: int, most: int) -> Fraction:
    """(R·j/parts)², j being the whole number nearest to parts·√square/R, ties up, from 1 to ``most``."""
    j = 1
    while j < most and square >= (Fraction(reach * (2 * j + 1), 2 * parts)) ** 2:
        j += 1
    return Fraction(reach * j, parts) ** 2
