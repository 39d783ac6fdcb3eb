"""How to read the figures: what the words mean, what must be known not to be misled, and margins that can be redone."""

import math
from fractions import Fraction
from typing import Any

from tests.restitution.reader import french
from tests.restitution.reader.desk import clear
from tests.restitution.reader.reading import Place, Reader, reads
from tests.scoring.oracle.campaign import TERRITORY
from tests.scoring.oracle.intervals import family_pooled, half_width, welch
from tests.scoring.oracle.territory import of_territory

HALF = (
    "« Hausse nette » : le hasard ne l’explique pas, et cela fait au moins un demi-niveau. « Stable » : le changement, "
    "s’il existe, fait moins d’un demi-niveau. « Pas de baisse nette » : on ne sait pas si cela monte, mais cela n’a "
    "pas baissé d’un demi-niveau."
)
OTHER = (
    "« Hausse nette » : le hasard ne l’explique pas, et cela fait au moins {gap} niveau. « Stable » : le changement, "
    "s’il existe, fait moins de {less} niveau. « Pas de baisse nette » : on ne sait pas si cela monte, mais cela n’a "
    "pas baissé de {fall} niveau."
)


@reads("how to read", HALF)
def half_a_level(reader: Reader, _place: Place) -> None:
    reader.same(clear(reader), Fraction(1, 2), "threshold")


@reads("how to read", OTHER)
def another_threshold(reader: Reader, _place: Place, gap: str, less: str, fall: str) -> None:
    reader.same({gap, less, fall}, {gap}, "threshold")
    reader.must(abs(french.number(gap) - clear(reader)) < Fraction(1, 1000), "threshold")
    reader.must(clear(reader) != Fraction(1, 2), "it is half a level")


@reads("how to read", "{sentence}")
def of_the_method(reader: Reader, _place: Place, sentence: str) -> None:
    """What the method says of itself: without a figure."""
    reader.must(not any(sign.isdigit() for sign in sentence) and "niveau" not in sentence, "a figure")


@reads(
    "warning, said",
    "La marge dit le hasard des réponses ; elle suppose que ceux qui se taisent ressemblent aux autres.",
)
@reads("warning, said", "Un score compte les niveaux comme également espacés : c’est une convention.")
def for_every_campaign(_reader: Reader, _place: Place) -> None:
    """Said of every campaign."""


@reads(
    "warning, said",
    "Des répondants volontaires ont choisi de répondre : leur score n’a ni marge ni verdict, car le hasard n’explique "
    "pas qui a répondu.",
)
def volunteers(reader: Reader, _place: Place) -> None:
    reader.must(bool(set(reader.facts.last.rules["voluntary"]) & set(reader.facts.last.colleges)), "none is voluntary")


def cells(reader: Reader) -> list[dict[str, Any]]:
    """Every published cell, those of workshops too."""
    return [row for row in reader.facts.by_skill.values() if row["published"]]


@reads(
    "warning, said",
    "Une moyenne au bout de l’échelle dit ce que chacun a répondu : toutes ces personnes ont choisi ce niveau.",
)
def at_an_end(reader: Reader, _place: Place) -> None:
    campaign = reader.facts.last
    reader.must(
        any(row["mean"] in (campaign.lowest, campaign.highest) for row in cells(reader)), "no mean is at an end"
    )


@reads("warning, said", "Les réponses de deux années ne sont pas rapprochées : d’autres personnes ont pu répondre.")
def other_people(reader: Reader, _place: Place) -> None:
    reader.must(reader.facts.since is not None, "there is one year")


@reads(
    "margin line",
    "marge = t × √(v × g × (h − 1/N)) = {t} × √({v} × {g} × ({h} − 1/{size})) = {margin} (ñ = {harmonic})",
)
@reads("margin line", "marge = t × √(v × g × h) = {t} × √({v} × {g} × {h}) = {margin} (ñ = {harmonic})")
def of_college(
    reader: Reader, place: Place, t: str, v: str, g: str, h: str, margin: str, harmonic: str, size: str = ""
) -> None:
    facts = reader.facts
    family, college = facts.families[place[0]], facts.colleges[place[1]]
    found, known = family_pooled(facts.last, family, college), facts.last.size(college)
    assert found is not None
    reader.same(int(size) if size else None, known, "size")
    near(reader, v, found.v)
    near(reader, g, found.g)
    near(reader, h, found.h)
    near(reader, harmonic, found.n)
    redone(reader, margin, half_width(float(facts.last.rules["confidence"]), found.variance(known), found.degrees))
    left = number(h) - (Fraction(1, known) if known else 0)
    printed = float(number(t)) * math.sqrt(max(Fraction(0), number(v) * number(g) * left))
    reader.must(
        abs(printed - float(number(margin))) <= 1.001 * 10 ** -french.places(margin),
        f"{printed} is redone from what is printed",
    )


@reads("margin line", "marge = t × √V = {t} × √{V} = {margin}")
def of_territory_line(reader: Reader, place: Place, t: str, V: str, margin: str) -> None:  # noqa: N803 — the letter
    facts = reader.facts
    family = facts.families[place[0]]
    reader.same(facts.colleges[place[1]], TERRITORY, "place")
    whole = of_territory(facts.last, family)
    assert whole is not None
    assert whole.parts
    variance = sum((part for part, _degrees in whole.parts), Fraction(0))
    near(reader, V, variance)
    redone(reader, margin, half_width(float(facts.last.rules["confidence"]), variance, welch(whole.parts)))
    printed = float(number(t)) * math.sqrt(number(V))
    reader.must(
        abs(printed - float(number(margin))) <= 1.001 * 10 ** -french.places(margin),
        f"{printed} is redone from what is printed",
    )


def number(printed: str) -> Fraction:
    return french.number(printed)


def near(reader: Reader, printed: str, true: Fraction) -> None:
    reader.prints(printed, true, french.places(printed), "part of the margin")


def redone(reader: Reader, margin: str, true: float) -> None:
    reader.must(abs(float(number(margin)) - true) <= 0.6 * 10 ** -french.places(margin), f"margin: {margin}, {true}")


def found_again(reader: Reader, margin: str, printed: float) -> None:
    """The numbers of the line give its margin, give or take one in its last decimal."""
    reader.must(abs(printed - float(number(margin))) <= 1.001 * 10 ** -french.places(margin), f"{printed} is redone")
