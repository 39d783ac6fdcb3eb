"""Changes: from what to what, how sure, in which word, and why there is none; hindsight too."""

import math
from fractions import Fraction
from typing import Any

from tests.restitution.reader import french
from tests.restitution.reader.reading import Place, Reader, reads
from tests.scoring.oracle import territory_rows
from tests.scoring.oracle.campaign import TERRITORY
from tests.scoring.oracle.change import without_volunteers
from tests.scoring.oracle.display import half_up

SIGNS = {
    "▲": "hausse nette",
    "▼": "baisse nette",
    "●": "stable",
    "≥": "pas de baisse nette",
    "≤": "pas de hausse nette",
    "?": "on ne peut pas dire",
}


def row_of(reader: Reader, place: Place) -> dict[str, Any]:
    """The row of change of a family and a college, told by their names."""
    facts = reader.facts
    return facts.changes[facts.families[place[0]], facts.colleges[place[1]]]


def signed(reader: Reader, printed: str, value: Fraction, what: str) -> None:
    """A difference as printed: its sign written unless it is zero."""
    reader.same(french.number(printed), value, what)
    reader.same(french.places(printed), reader.facts.places + 1, f"decimals of {what}")
    reader.same(printed[0] in "+−", value != 0, f"sign of {what}")


@reads("change", "De {before} à {after} ({delta}), {skills}.")
def moved(reader: Reader, place: Place, before: str, after: str, delta: str, skills: str) -> None:
    row, places = row_of(reader, place), reader.facts.places + 1
    reader.prints(before, row["before"], places, "before")
    reader.prints(after, row["after"], places, "after")
    signed(reader, delta, french.number(after) - french.number(before), "difference")
    reader.statement("on skills", place, skills)


@reads("change", "De {before} à {after} ({delta})")
def moved_alone(reader: Reader, place: Place, before: str, after: str, delta: str) -> None:
    moved(reader, place, before, after, delta, "")


@reads("on skills", "sur {n} savoir-faire comparable", "sur {n} savoir-faire comparables")
def on_skills(reader: Reader, place: Place, n: str) -> None:
    reader.same(int(n), row_of(reader, place)["comparable_skills"], "skills")


@reads("change", "Pas de comparaison possible : {reason}.")
def not_compared(reader: Reader, place: Place, reason: str) -> None:
    reader.must("delta" not in row_of(reader, place), "they compare")
    reader.statement("why not compared", place, reason)


@reads("change", "Intervalle à {sure} : de {low} à {high}.")
def interval(reader: Reader, place: Place, sure: str, low: str, high: str) -> None:
    shown(reader, row_of(reader, place), sure, low, high)


def shown(reader: Reader, row: dict[str, Any], sure: str, low: str, high: str) -> None:
    """An interval printed outward, at the confidence that it was read at."""
    outward(reader, low, row["low"], up=False)
    outward(reader, high, row["high"], up=True)
    printed = french.percentage(sure)
    reader.must(abs(printed - Fraction(row["confidence"])) <= Fraction(1, 1000) and printed < 1, "confidence")


def outward(reader: Reader, printed: str, end: float, *, up: bool) -> None:
    scale = 10 ** (reader.facts.places + 1)
    true = math.ceil(end * scale - 1e-9) if up else math.floor(end * scale + 1e-9)
    signed(reader, printed, Fraction(true, scale), "end of the interval")


@reads("change", "Sans intervalle ni verdict : {reason}.")
def untested(reader: Reader, place: Place, reason: str) -> None:
    row = row_of(reader, place)
    reader.must("delta" in row and not row.get("verdict"), "it has a word")
    reader.statement("why untested", place, reason)


@reads("verdict", "{sign} {word} {delta}")
def verdict(reader: Reader, place: Place, sign: str, word: str, delta: str) -> None:
    row, places = row_of(reader, place), reader.facts.places + 1
    reader.same(word, row.get("verdict"), "word")
    reader.same(SIGNS.get(sign), word, "sign")
    signed(reader, delta, half_up(row["after"], places) - half_up(row["before"], places), "difference")
    reader.claims_that(word, "verdict", *place)


@reads("verdict", "{reason} {delta}")
def no_verdict(reader: Reader, place: Place, reason: str, delta: str) -> None:
    row, places = row_of(reader, place), reader.facts.places + 1
    reader.must(not row.get("verdict"), "it has a word")
    signed(reader, delta, half_up(row["after"], places) - half_up(row["before"], places), "difference")
    reader.statement("why untested", place, reason)


@reads("verdict", "non comparable")
def incomparable(reader: Reader, place: Place) -> None:
    reader.must("delta" not in row_of(reader, place), "they compare")


@reads("caution", "Ce mot tient aux volontaires : sans eux, ce serait « {word} ».")
def hangs_on_volunteers(reader: Reader, place: Place, word: str) -> None:
    comparison = reader.facts.comparison
    assert comparison is not None
    reader.same(word, without_volunteers(comparison, reader.facts.families[place[0]]), "word without volunteers")
    reader.must(word != row_of(reader, place)["verdict"], "the word is the same")


@reads(
    "caution",
    "La part de réponses sans niveau est passée de {was} à {became} : d’autres voix s’ajoutent ou se taisent, la "
    "moyenne peut bouger sans que personne ait changé d’avis.",
)
def other_voices(reader: Reader, place: Place, was: str, became: str) -> None:
    printed = [french.percentage(was), french.percentage(became)]
    true = silences(reader, place)
    reader.same(printed, [half_up(share, 2) for share in true], "shares without level")
    reader.must(abs(true[1] - true[0]) >= Fraction(1, 10), "they hardly moved")


def silences(reader: Reader, place: Place) -> list[Fraction]:
    """Σ a_s·silence over the cells compared, before then after."""
    facts, comparison = reader.facts, reader.facts.comparison
    assert comparison is not None
    family, where = facts.families[place[0]], facts.colleges[place[1]]
    colleges = comparison.in_territory(family) if where == TERRITORY else [where]
    found = []
    for campaign in comparison.campaigns:
        heads = {c: campaign.family_n(family, c) if comparison.weighting == "heads" else 1 for c in colleges}
        total = Fraction(0)
        for college in colleges:
            both = [
                skill
                for skill in campaign.skills_of(family)
                if comparison.before.is_published(skill, college) and comparison.after.is_published(skill, college)
            ]
            whole = sum(campaign.weight(skill) for skill in both)
            own = sum((campaign.weight(s) * campaign.silence(s, college) for s in both), Fraction(0)) / whole
            total += Fraction(heads[college], sum(heads.values())) * own
        found.append(total)
    return found


def odd_differences(reader: Reader) -> list[str]:
    """The families whose difference is not that of the two scores which the table prints beside it."""
    facts, places = reader.facts, reader.facts.places + 1
    assert facts.since is not None
    then = {row["family"]: row.get("score") for row in territory_rows(facts.since)}
    pairs = {
        family: [(row["before"], then.get(family)), (row["after"], facts.territory[family].get("score"))]
        for (family, college), row in facts.changes.items()
        if college == TERRITORY and "delta" in row
    }
    return [
        family
        for family, ends in pairs.items()
        if any(score is None or half_up(own, places) != half_up(score, places) for own, score in ends)
    ]


@reads(
    "table note, said",
    "L’écart depuis {year} se compte sur les savoir-faire et les collèges publiés les deux fois : il n’est pas "
    "toujours la différence des deux scores de ce tableau.",
)
def differences_are_explained(reader: Reader, _place: Place, year: str) -> None:
    reader.same(year, reader.facts.labels[-2], "earlier campaign")
    reader.must(bool(odd_differences(reader)), "every difference is that of the scores beside it")


@reads("table note", "–")
def differences_need_no_word(reader: Reader, _place: Place) -> None:
    reader.must(not odd_differences(reader), "a difference is not that of the scores beside it")


@reads(
    "visible, said",
    "Collège par collège, le plus petit écart qui puisse se voir va de {low} à {high}, en niveaux.",
    "Collège par collège, le plus petit écart qui puisse se voir est de {low}, en niveaux.",
)
def visible(reader: Reader, _place: Place, low: str, high: str = "") -> None:
    rows = reader.facts.changes.values()
    true = [row["visible"] for row in rows if row["college"] != TERRITORY and row.get("visible") is not None]
    places = reader.facts.places + 1
    reader.prints(low, min(true), places, "smallest")
    reader.prints(high or low, max(true), places, "largest")


# Hindsight


def seen(reader: Reader, place: Place) -> dict[str, Any]:
    """The row of hindsight of a family, for the territory."""
    return reader.facts.hindsight[reader.facts.families[place[0]], TERRITORY]


@reads("hindsight", "Avec le recul : {delta}.")
def with_hindsight(reader: Reader, place: Place, delta: str) -> None:
    signed(reader, delta, half_up(seen(reader, place)["delta"], reader.facts.places + 1), "difference")


@reads("hindsight", "Intervalle à {sure} : de {low} à {high}.")
def hindsight_interval(reader: Reader, place: Place, sure: str, low: str, high: str) -> None:
    shown(reader, seen(reader, place), sure, low, high)


@reads("hindsight", "Effet d’exigence : {demand}.")
def demand_effect(reader: Reader, place: Place, demand: str) -> None:
    row, moves, places = seen(reader, place), row_of(reader, (place[0], "Territoire")), reader.facts.places + 1
    campaigns = half_up(moves["after"], places) - half_up(moves["before"], places)
    signed(reader, demand, campaigns - half_up(row["delta"], places), "effect of demands")


@reads("hindsight", "Pas de chiffre avec le recul : {reason}.")
def no_hindsight(reader: Reader, place: Place, reason: str) -> None:
    reader.must(not seen(reader, place)["published"], "it is published")
    reader.statement("why no hindsight", place, reason)


@reads("hindsight verdict", "{sign} {word} {delta}")
def hindsight_verdict(reader: Reader, place: Place, sign: str, word: str, delta: str) -> None:
    reader.same(word, seen(reader, place).get("verdict"), "word")
    reader.same(SIGNS.get(sign), word, "sign")
    with_hindsight(reader, place, delta)


@reads("hindsight verdict", "{reason} {delta}")
def no_hindsight_verdict(reader: Reader, place: Place, reason: str, delta: str) -> None:
    reader.must(not seen(reader, place).get("verdict"), "it has a word")
    with_hindsight(reader, place, delta)
    reader.statement("why untested with hindsight", place, reason)


@reads("hindsight verdict", "{reason}")
def hidden_hindsight(reader: Reader, place: Place, reason: str) -> None:
    no_hindsight(reader, place, reason)
