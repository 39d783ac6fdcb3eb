"""The desk: what stands apart, what is seen alike, what cannot be seen; what is proposed, and what is weak."""

from collections.abc import Mapping
from fractions import Fraction

from tests.restitution.reader import french
from tests.restitution.reader.reading import Place, Reader, reads
from tests.restitution.reader.scores import QUARTER, blind, published
from tests.scoring.oracle.display import half_up


def means(reader: Reader, skill: str) -> dict[str, Fraction]:
    return {college: row["mean"] for college, row in published(reader, skill).items()}


def opposed(reader: Reader, skill: str) -> list[str]:
    return [college for college, row in published(reader, skill).items() if row.get("agreement") == "avis opposés"]


def groups_in(text: str) -> dict[str, str]:
    """The findings of a card: words by skill."""
    return dict(part.split(": ", 1) for part in text.split("; ")) if text != "–" else {}


MOST = 5


@reads("desk apart", "{text}")
def desk_apart(reader: Reader, place: Place, text: str) -> None:
    far, found = Fraction(reader.facts.scale, 4), groups_in(text)
    reader.same(french.number(place[0]) if place[0] else far, far, "distance")
    true = {s for s in reader.facts.skills if (m := means(reader, s)) and (spread(m) >= far or opposed(reader, s))}
    reader.must(set(found) <= true and len(found) == min(len(true), MOST), f"skills: {set(found)}, {true}")
    for skill, words in found.items():
        for part in words.split(" · "):
            reader.statement("apart", (skill,), part)
        gap = spread(means(reader, skill)) >= far
        reader.same(len(words.split(" · ")), gap + bool(opposed(reader, skill)), "reasons")


def spread(values: Mapping[str, Fraction]) -> Fraction:
    return max(values.values()) - min(values.values())


@reads("apart", "avis opposés : {colleges}")
def desk_opposed(reader: Reader, place: Place, colleges: str) -> None:
    reader.same(colleges.split(", "), opposed(reader, place[0]), "opposed")


@reads("apart", "{a} {x}, {b} {y}")
def two_colleges(reader: Reader, place: Place, a: str, x: str, b: str, y: str) -> None:
    values = means(reader, place[0])
    reader.same((values[a], values[b]), (max(values.values()), min(values.values())), "ends")
    reader.prints(x, values[a], reader.facts.score_places, a)
    reader.prints(y, values[b], reader.facts.score_places, b)


def groups(reader: Reader, skill: str) -> list[list[Fraction]]:
    """The groups of three colleges or more nearer than an eighth of the scale, none of them divided."""
    values = sorted(value for college, value in means(reader, skill).items() if college not in opposed(reader, skill))
    runs = [values[i:j] for i in range(len(values)) for j in range(i + 3, len(values) + 1)]
    return [run for run in runs if run[-1] - run[0] < Fraction(reader.facts.scale, 8)]


@reads("desk alike", "{text}")
def desk_alike(reader: Reader, _place: Place, text: str) -> None:
    found, true = groups_in(text), {skill for skill in reader.facts.skills if groups(reader, skill)}
    reader.must(set(found) <= true and len(found) == min(len(true), MOST), f"skills: {set(found)}, {true}")
    for skill, words in found.items():
        reader.statement("alike", (skill,), words)


@reads("alike", "{n} collèges sur {of}, de {low} à {high}")
def alike(reader: Reader, place: Place, n: str, of: str, low: str, high: str) -> None:
    facts, runs = reader.facts, groups(reader, place[0])
    largest = [run for run in runs if len(run) == max(map(len, runs))]
    reader.same((int(n), int(of)), (len(largest[0]), len(means(reader, place[0]))), "colleges")
    ends = {(facts.shown(run[0]), facts.shown(run[-1])) for run in largest}
    reader.must((french.number(low), french.number(high)) in ends, f"from {low} to {high}: {ends}")


@reads("desk unseen", "{text}")
def desk_unseen(reader: Reader, _place: Place, text: str) -> None:
    found = groups_in(text)
    true = {s for s in reader.facts.skills if any(blind(row) >= QUARTER for row in published(reader, s).values())}
    reader.must(set(found) <= true and len(found) == min(len(true), MOST), f"skills: {set(found)}, {true}")
    for skill, words in found.items():
        rows = {c: row for c, row in published(reader, skill).items() if blind(row) >= QUARTER}
        reader.same(words.count("%"), len(rows), "colleges")
        for part in words.split(", "):
            reader.statement("unseen", (skill,), part)


@reads("unseen", "{college} {share} sans niveau", "{college} {share}")
def unseen(reader: Reader, place: Place, college: str, share: str) -> None:
    reader.same(french.percentage(share), half_up(blind(published(reader, place[0])[college]), 2), "share")


# Strengths, weaknesses, weak skills


def known(reader: Reader, family: str | None = None) -> dict[str, Fraction]:
    """The mean of the colleges of each skill published by enough of them."""
    facts, found = reader.facts, {}
    for title, code in facts.skills.items():
        own = family is None or facts.last.grid.family_of(code).title == family
        values = list(means(reader, title).values())
        if own and len(values) >= facts.needed:
            found[title] = sum(values, Fraction(0)) / len(values)
    return found


def clear(reader: Reader) -> Fraction:
    return reader.facts.last.rule("clear_change") * reader.facts.scale


@reads("strengths", "{text}")
def strengths(reader: Reader, place: Place, text: str) -> None:
    values = known(reader, place[0])
    true = [title for title, value in values.items() if value >= reader.facts.middle + clear(reader)]
    proposed(reader, text, values, set(true))


@reads("weaknesses", "{text}")
def weaknesses(reader: Reader, place: Place, text: str) -> None:
    values = known(reader, place[0])
    low = {title for title, value in values.items() if value <= reader.facts.middle - clear(reader)}
    unseen = {t for t in values if any(blind(row) >= QUARTER for row in published(reader, t).values())}
    proposed(reader, text, values, low | unseen)


def proposed(reader: Reader, text: str, values: dict[str, Fraction], true: set[str]) -> None:
    lines = [] if text == "–" else text.split(" | ")
    for line in lines:
        title, rest = line.removesuffix(")").split(" (", 1)
        mean, _comma, unseen = rest.partition(", difficile à voir pour : ")
        reader.prints(mean, values[title], reader.facts.places, title)
        colleges = [c for c, row in published(reader, title).items() if blind(row) >= QUARTER]
        reader.same(unseen.split(", ") if unseen else [], colleges, "colleges that cannot see")
    reader.same({line.split(" (")[0] for line in lines}, true, "skills proposed")


@reads("proposal", ", difficile à voir pour : {colleges}")
def hard_to_see(_reader: Reader, _place: Place, colleges: str) -> None:
    """Read as a part of a line proposed."""


RULE = (
    "Est proposé comme force un savoir-faire dont la moyenne des collèges atteint {high}, soit le milieu de l’échelle "
    "plus {clear} niveau ; comme faiblesse, celui dont elle ne dépasse pas {low}, ou qu’au moins {blind} d’un collège "
    "dit ne pas pouvoir juger. Il faut au moins {n} "
)
WEAK = (
    "Est dit faible un savoir-faire dont la moyenne des collèges ne dépasse pas {limit} (le milieu de l’échelle moins "
    "{clear} niveau). Il faut au moins {n} "
)


@reads("rule", RULE + "collège publié.", RULE + "collèges publiés.")
def rule_of_proposals(reader: Reader, _place: Place, high: str, low: str, clear: str, blind: str, n: str) -> None:
    facts, step = reader.facts, _clear(reader)
    reader.prints(high, facts.middle + step, facts.places, "strength")
    reader.prints(low, facts.middle - step, facts.places, "weakness")
    reader.same((french.number(clear), french.percentage(blind), int(n)), (step, QUARTER, facts.needed), "rule")


@reads("rule", WEAK + "collège publié.", WEAK + "collèges publiés.")
def rule_of_the_weak(reader: Reader, _place: Place, limit: str, clear: str, n: str) -> None:
    facts, step = reader.facts, _clear(reader)
    reader.prints(limit, facts.middle - step, facts.places, "limit")
    reader.same((french.number(clear), int(n)), (step, facts.needed), "rule")


def _clear(reader: Reader) -> Fraction:
    return half_up(clear(reader), 3)


@reads("weak", "{mean}")
def weak(reader: Reader, place: Place, mean: str) -> None:
    value = known(reader)[place[0]]
    reader.must(value <= reader.facts.middle - clear(reader), "it is not weak")
    reader.prints(mean, value, reader.facts.places, "mean")
