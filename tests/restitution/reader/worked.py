"""Skills worked on, beside what skills that started as low did without being worked on."""

from fractions import Fraction
from typing import Any

from tests.restitution.reader import french
from tests.restitution.reader.changes import signed
from tests.restitution.reader.reading import Place, Reader, reads
from tests.scoring.oracle.display import half_up
from tests.scoring.oracle.progress import points
from tests.scoring.oracle.progress import progress as compared

# Skills worked on: the place names those that were.


def means(reader: Reader, place: Place) -> tuple[list[Fraction], list[Fraction]]:
    """How far the skills worked on moved, then the others."""
    facts, worked = reader.facts, {reader.facts.skills[title] for title in place}
    assert facts.since is not None
    found = points(facts.since, facts.last)
    sides = (
        [after - before for skill, (before, after) in found.items() if (skill in worked) is side]
        for side in (True, False)
    )
    return next(sides), next(sides)


def mean_is(reader: Reader, printed: str, moves: list[Fraction], what: str) -> None:
    signed(reader, printed, half_up(sum(moves, Fraction(0)) / len(moves), reader.facts.places + 1), what)


@reads("progress", "De {since} à {until}, {worked}, {others}.")
def both_groups(reader: Reader, place: Place, since: str, until: str, worked: str, others: str) -> None:
    reader.same((since, until), reader.facts.labels[-2:], "campaigns")
    reader.statement("worked", place, worked)
    reader.statement("others", place, others)


@reads("progress", "De {since} à {until}, {worked} ; aucun autre ne se compare.")
def no_others(reader: Reader, place: Place, since: str, until: str, worked: str) -> None:
    reader.same((since, until), reader.facts.labels[-2:], "campaigns")
    reader.statement("worked", place, worked)
    reader.same(means(reader, place)[1], [], "others")


@reads("progress", "Aucun savoir-faire travaillé ne se compare d’une campagne à l’autre.")
def none_worked(reader: Reader, place: Place) -> None:
    reader.same(means(reader, place)[0], [], "worked on")


@reads(
    "worked",
    "le savoir-faire travaillé a bougé de {amount}",
    "les {n} savoir-faire travaillés ont bougé de {amount} en moyenne",
)
def worked(reader: Reader, place: Place, amount: str, n: str = "1") -> None:
    moves = means(reader, place)[0]
    reader.same(int(n), len(moves), "skills worked on")
    mean_is(reader, french.of_levels(amount), moves, "worked on")


@reads("others", "l’autre de {by}", "les {n} autres de {by}")
def others(reader: Reader, place: Place, by: str, n: str = "1") -> None:
    moves = means(reader, place)[1]
    reader.same(int(n), len(moves), "others")
    mean_is(reader, by, moves, "others")


@reads(
    "progress",
    "Travaillés {by} ; des savoir-faire partis d’aussi bas : {expected} ; en plus : {more} (± {margin}).",
)
def beyond(reader: Reader, place: Place, by: str, expected: str, more: str, margin: str) -> None:
    facts = reader.facts
    assert facts.since is not None
    true = compared(facts.since, facts.last, {facts.skills[title] for title in place})
    assert true is not None
    places = facts.places + 1
    signed(reader, by, half_up(true["worked"], places), "worked on")
    signed(reader, expected, half_up(true["expected"], places), "expected")
    signed(reader, more, french.number(by) - french.number(expected), "more")
    reader.must(french.number(margin) >= Fraction(true["margin"]) - Fraction(1, 10**9), "margin")


@reads("progress", "Le seul hasard peut l’expliquer.")
def by_chance(reader: Reader, place: Place) -> None:
    found = line(reader, place)
    reader.must(abs(found["beyond"]) <= found["margin"], "chance is not enough")


@reads("progress", "C’est plus que le seul hasard.")
def more_than_chance(reader: Reader, place: Place) -> None:
    found = line(reader, place)
    reader.must(found["beyond"] > found["margin"], "chance is enough")


@reads("progress", "C’est moins, au-delà du seul hasard.")
def less_than_chance(reader: Reader, place: Place) -> None:
    found = line(reader, place)
    reader.must(-found["beyond"] > found["margin"], "chance is enough")


def line(reader: Reader, place: Place) -> dict[str, Any]:
    """What the line of the others gives."""
    facts = reader.facts
    assert facts.since is not None
    found = compared(facts.since, facts.last, {facts.skills[title] for title in place})
    assert found is not None
    return found


@reads("progress", "Trop peu d’autres savoir-faire pour dire ce qu’auraient fait des savoir-faire partis d’aussi bas.")
def too_few_others(reader: Reader, place: Place) -> None:
    facts = reader.facts
    assert facts.since is not None
    reader.same(compared(facts.since, facts.last, {facts.skills[title] for title in place}), None, "line of the others")
