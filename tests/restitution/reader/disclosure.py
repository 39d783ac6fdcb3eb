"""What results tell of people: what they hide and why, and what could be found again, by going through every content.

Naive, but for sums: those of many cells are written as the bits of a number.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache, lru_cache

from tests.restitution.reader import french
from tests.restitution.reader.reading import Place, Reader, Untrue, reads
from tests.scoring.oracle.campaign import Campaign
from tests.scoring.oracle.hindsight import is_paired
from tests.scoring.oracle.spread import by_rule, spread
from tests.scoring.published_cells import Content

# The one sentence


@reads("warning, said", "Aucun chiffre ne porte sur moins de {said}.")
def protection(reader: Reader, place: Place, said: str) -> None:
    k, *parts = said.split(" ; ")
    reader.same(k, f"{reader.facts.last.rules['k']} personnes", "k")
    for part in parts:
        reader.statement("protection", place, part)
    reader.same(len(parts), len(list(expected(reader.facts.last))), "what is told")


@reads("protection", "Aucun chiffre ne porte sur moins de {k} personnes")
def rule(_reader: Reader, _place: Place, k: str) -> None:
    """Read as the beginning of the whole sentence."""


def without_mean(campaign: Campaign) -> list[str]:
    return [
        one for one in campaign.colleges if not any(campaign.is_published(s.code, one) for s in campaign.grid.skills)
    ]


def cells(campaign: Campaign) -> list[tuple[str, str]]:
    """Every skill and college, but for colleges that show no mean."""
    silent = set(without_mean(campaign))
    return [(s.code, one) for s in campaign.grid.skills for one in campaign.colleges if one not in silent]


def small(campaign: Campaign) -> list[tuple[str, str]]:
    return [place for place in cells(campaign) if campaign.is_published(*place) and campaign.is_small(*place)]


def missing(campaign: Campaign) -> bool:
    return not all(campaign.is_published(*place) for place in cells(campaign))


def pairs_missing(campaign: Campaign) -> bool:
    return campaign.then is not None and not all(is_paired(campaign, *place) for place in cells(campaign))


def expected(campaign: Campaign) -> Iterator[str]:
    """What must be told, each once."""
    apart = without_mean(campaign)
    if len(apart) == len(campaign.colleges):
        yield "no college"
        return
    true = [bool(apart), missing(campaign), bool(small(campaign))]
    yield from ("one" for one in true if one)
    if not any(true) and not pairs_missing(campaign):
        yield "nothing"


@reads("protection", "aucune moyenne d’un collège n’est donc montrée")
def no_college(reader: Reader, _place: Place) -> None:
    reader.same(without_mean(reader.facts.last), reader.facts.last.colleges, "colleges without a mean")


@reads("protection", "aucune moyenne n’est donc montrée pour le collège {colleges}")
@reads("protection", "aucune moyenne n’est donc montrée pour les collèges {colleges}")
def some_colleges(reader: Reader, _place: Place, colleges: str) -> None:
    named = [reader.facts.colleges[name.strip("« »")] for name in french.listed(colleges)]
    reader.same(named, without_mean(reader.facts.last), "colleges without a mean")


@reads("protection", "là où moins de {k} ont donné un niveau, la moyenne est cachée")
def some_means(reader: Reader, _place: Place, k: str) -> None:
    reader.same(int(k), reader.facts.last.rules["k"], "k")
    reader.must(missing(reader.facts.last), "no mean is hidden")


@reads("protection", "sous {n} réponses, seules la moyenne et la part sans niveau sont montrées")
def some_details(reader: Reader, _place: Place, n: str) -> None:
    reader.same(int(n), reader.facts.last.rules["k_detail"], "k_detail")
    reader.must(bool(small(reader.facts.last)), "every cell is large")


@reads("protection", "ici, aucun n’a dû être caché")
def nothing_hidden(reader: Reader, _place: Place) -> None:
    reader.same(list(expected(reader.facts.last)), ["nothing"], "what is hidden")


# What is hidden, table by table


KINDS = {
    "Moyennes des savoir-faire": "why no mean",
    "Scores des familles": "why no score",
    "Différences avec le recul": "why no hindsight",
}


@reads("hidden figures", "{n} : {reason}")
def hidden(reader: Reader, place: Place, n: str, reason: str) -> None:
    true = [title for title in titles(reader, place) if is_reason(reader, KINDS[place[1]], (title, place[0]), reason)]
    reader.same(int(n), len(true), f"figures hidden for that reason ({', '.join(true)})")


def is_reason(reader: Reader, kind: str, place: Place, reason: str) -> bool:
    try:
        reader.statement(kind, place, reason)
    except Untrue:
        return False
    return not is_shown(reader, kind, place)


@reads("shown figures", "{shown} sur {total}")
def shown_figures(reader: Reader, place: Place, shown: str, total: str) -> None:
    known = titles(reader, place)
    there = [title for title in known if is_shown(reader, KINDS[place[1]], (title, place[0]))]
    reader.same((int(shown), int(total)), (len(there), len(known)), "figures")


def titles(reader: Reader, place: Place) -> list[str]:
    return list(reader.facts.families if place[1] == "Scores des familles" else reader.facts.skills)


def is_shown(reader: Reader, kind: str, place: Place) -> bool:
    facts, (title, label) = reader.facts, place
    college = facts.colleges[label]
    if kind == "why no mean":
        return facts.last.is_published(facts.skills[title], college)
    if kind == "why no hindsight":
        return is_paired(facts.last, facts.skills[title], college)
    family = facts.families[title]
    return bool((facts.territory[family] if label == "Territoire" else facts.by_college[family, college])["published"])


# What could be found again


@reads("found again by anyone", "aucune, sur {n} case", "aucune, sur {n} cases")
def found_by_nobody(reader: Reader, place: Place, n: str) -> None:
    found_by_anyone(reader, place, "0", n)


@reads("found again by anyone", "{n} case sur {of}", "{n} cases sur {of}")
def found_by_anyone(reader: Reader, place: Place, n: str, of: str) -> None:
    left = left_of(reader.facts.last, reader.facts.colleges[place[0]])
    reader.same((int(n), int(of)), (sum(len(one) == 1 for one in left.values()), len(left)), "cells")


@reads("found again by a member", "dans aucun cas")
def found_by_no_member(reader: Reader, place: Place) -> None:
    found_by_a_member(reader, place, "0 %")


@reads("found again by a member", "dans {share} des cas au plus")
def found_by_a_member(reader: Reader, place: Place, share: str) -> None:
    left = left_of(reader.facts.last, reader.facts.colleges[place[0]]).values()
    most = sum(max(sum(sum(x in other for other in some) == 1 for x in content) for content in some) for some in left)
    true = Fraction(most, sum(len(some[0]) for some in left))
    reader.same(french.percentage(share), Fraction(math.ceil(100 * true), 100), "share")


@reads("same answers", "{college} : chaque personne a répondu « {level} » à {skills}.")
def same_answers(reader: Reader, _place: Place, college: str, level: str, skills: str) -> None:
    facts, code = reader.facts, reader.facts.colleges[college]
    left = left_of(facts.last, code)
    true = [
        title
        for title, skill in facts.skills.items()
        if facts.last.is_published(skill, code)
        and set(facts.last.given(skill, code)) == {facts.level_names[level]}
        and (not facts.last.is_small(skill, code) or len(left[skill]) == 1)
    ]
    reader.same([name.strip("« »") for name in french.listed(skills)], true, "skills")


@lru_cache(8)
def left_of(campaign: Campaign, college: str) -> dict[str, list[Content]]:
    """The contents of each small cell of a college that agree with its mean and with every spread."""
    skills = [skill for skill, owner in small(campaign) if owner == college]
    scale = math.lcm(*(campaign.n(skill, college) * (campaign.n(skill, college) - 1) for skill in skills))
    left = {skill: by_square(campaign, skill, college, scale) for skill in skills}
    limits = {(tuple(some), low, high) for some, low, high in limits_of(campaign, college, skills)}
    size = -1
    while size != (size := sum(map(len, left.values()))):
        for some, low, high in limits:
            keep(left, some, math.ceil(low * scale), None if high is None else math.ceil(high * scale))
    return {skill: [one for found in squares.values() for one in found] for skill, squares in left.items()}


def by_square(campaign: Campaign, skill: str, college: str, scale: int) -> dict[int, list[Content]]:
    levels = campaign.given(skill, college)
    n, found = len(levels), dict[int, list[Content]]()
    for content in every_content(n, tuple(campaign.levels))[sum(levels)]:
        square = n * sum(x * x for x in content) - sum(content) ** 2
        found.setdefault(square * scale // (n * (n - 1)), []).append(content)
    return found


@cache
def every_content(n: int, levels: tuple[int, ...]) -> dict[int, list[Content]]:
    """Everything that so many people can answer, by its sum."""
    found: dict[int, list[Content]] = {}
    for content in itertools.combinations_with_replacement(levels, n):
        found.setdefault(sum(content), []).append(content)
    return found


def limits_of(
    campaign: Campaign, college: str, skills: Sequence[str]
) -> Iterator[tuple[list[str], Fraction, Fraction | None]]:
    """Cells whose variances add up to at least that, and to less than that."""
    for family in campaign.grid.families:
        if spread(campaign, family.code, college) is None:
            continue
        rule_of, square = by_rule(campaign, family.code, college)
        used = list(campaign.shares(family.code, college) or {}) if rule_of == 2 else list(skills)
        floor = (campaign.rule("spread_default") * campaign.reach) ** 2 if rule_of == 4 else Fraction(-1)
        if rule_of in (2, 4):
            beside = sum((campaign.square(skill, college) for skill in used if skill not in skills), Fraction(0))
            low, high = around(campaign, square, floor)
            cells = [skill for skill in used if skill in skills]
            yield cells, low * len(used) - beside, None if high is None else high * len(used) - beside


def around(campaign: Campaign, square: Fraction, floor: Fraction) -> tuple[Fraction, Fraction | None]:
    """What mean variances are told as that square: those nearest to its step, or to any step under the floor."""
    widths = {j: Fraction(campaign.reach * j, 8) ** 2 for j in range(1, 5)}
    steps = [j for j, width in widths.items() if width == square or (width <= floor == square)]
    lows, highs = ([Fraction(campaign.reach * (2 * j + turn), 16) ** 2 for j in steps] for turn in (-1, 1))
    return (Fraction(0) if 1 in steps else min(lows)), (None if 4 in steps else max(highs))


def keep(left: dict[str, dict[int, list[Content]]], some: Sequence[str], low: int, high: int | None) -> None:
    """Leave out the squares with which no squares of the others add up to that."""
    for skill, others in list(without_each(left, some, 1)):
        left[skill] = {
            own: found
            for own, found in left[skill].items()
            if any_bit(others, max(0, low - own), None if high is None else high - own)
        }


def without_each(
    left: dict[str, dict[int, list[Content]]], some: Sequence[str], sums: int
) -> Iterator[tuple[str, int]]:
    """Each cell, and every sum of squares of the others, one of each."""
    if len(some) == 1:
        yield some[0], sums
        return
    middle = len(some) // 2
    for own, others in ((some[:middle], some[middle:]), (some[middle:], some[:middle])):
        added = sums
        for skill in others:
            bits, added = added, 0
            for square in left[skill]:
                added |= bits << square
        yield from without_each(left, own, added)


def any_bit(bits: int, low: int, high: int | None) -> bool:
    """Whether some bit is set from ``low`` on, and under ``high`` if there is one."""
    width = bits.bit_length() if high is None else max(0, high - low)
    return bits >> low & ((1 << width) - 1) != 0
