"""Scores and their intervals, levels in words, spreads, the absent, skills, silences, and how a score is made."""

import math
from fractions import Fraction
from functools import lru_cache
from typing import Any

from tests.restitution.reader import french, levels
from tests.restitution.reader.reading import Place, Reader, reads
from tests.scoring.oracle.campaign import TERRITORY, Campaign
from tests.scoring.oracle.display import half_up, terms_shown
from tests.scoring.oracle.territory import of_territory


def of_college(reader: Reader, place: Place) -> dict[str, Any]:
    """The row of a family and a college, or of the territory, told by their names."""
    facts = reader.facts
    family, college = facts.families[place[0]], facts.colleges[place[1]]
    return facts.territory[family] if college == TERRITORY else facts.by_college[family, college]


def of_skill(reader: Reader, place: Place) -> dict[str, Any]:
    """The row of a skill and a college, told by their names."""
    return reader.facts.by_skill[reader.facts.skills[place[0]], reader.facts.colleges[place[1]]]


@reads("score", "{score}")
def score(reader: Reader, place: Place, score: str) -> None:
    row = of_college(reader, place)
    reader.must(row["published"], "it is hidden")
    reader.prints(score, row["score"], reader.facts.score_places, "score")
    reader.claims_that(score, "score", *place)


@reads("hidden score", "{reason}")
def hidden(reader: Reader, place: Place, reason: str) -> None:
    reader.must(not of_college(reader, place)["published"], "it is published")
    reader.statement("why no score", place, reason)


@reads("level", "{word}")
def level(reader: Reader, place: Place, word: str) -> None:
    printed = reader.facts.shown(of_college(reader, place)["score"])
    reader.same(word, levels.word(reader.facts, printed), "level read")
    reader.claims_that(word, "level", *place)


@reads("margin", "{low} à {high}")
def interval(reader: Reader, place: Place, low: str, high: str) -> None:
    row, places = of_college(reader, place), reader.facts.places
    reader.same(row.get("margin"), "intervalle", "margin")
    scale, campaign = 10**places, reader.facts.last
    ends = math.floor(row["low"] * scale + 1e-9), math.ceil(row["high"] * scale - 1e-9)
    within = max(campaign.lowest * scale, ends[0]), min(campaign.highest * scale, ends[1])
    reader.same((french.places(low), french.places(high)), (places, places), "decimals")
    reader.same((french.number(low) * scale, french.number(high) * scale), within, "interval")


@reads("margin", "{reason}")
def no_interval(reader: Reader, place: Place, reason: str) -> None:
    reader.must(of_college(reader, place).get("margin") != "intervalle", "it has an interval")
    reader.statement("why no interval", place, reason)


@reads("people", "{n}", "{n} sur {size}")
def people(reader: Reader, place: Place, n: str, size: str = "") -> None:
    facts = reader.facts
    reader.same(int(french.number(n)), of_college(reader, place)["n"], "people")
    known = facts.last.size(facts.colleges[place[1]])
    reader.same(int(french.number(size)) if size else None, known, "size")


@reads("answers", "{n} réponses", "{n} réponses sur {size}")
def answers(reader: Reader, place: Place, n: str, size: str = "") -> None:
    """How many answered, and of how many people when that is known: those are no answers."""
    people(reader, place, n, size)


@reads("spread", "{spread}")
def spread(reader: Reader, place: Place, spread: str) -> None:
    row = of_college(reader, place)
    if row["spread"] is None:
        return reader.statement("why no spread", place, spread)
    return reader.prints(spread, row["spread"], reader.facts.places + 1, "spread")


@reads("coverage", "{share}")
def coverage(reader: Reader, place: Place, share: str) -> None:
    reader.same(french.percentage(share), half_up(of_college(reader, place)["coverage"], 2), "coverage")


@reads(
    "absent",
    "Pour que le niveau lu change, il faudrait que les {n} absents soient en moyenne {amount} {where}.",
    "Pour que le niveau lu change, il faudrait que la personne absente soit {amount} {where}.",
)
def absent(reader: Reader, place: Place, amount: str, where: str, n: str = "1") -> None:
    row, size = of_college(reader, place), reader.facts.last.size(reader.facts.colleges[place[1]])
    assert size is not None
    reader.same(int(french.number(n)), size - row["n"], "absent people")
    reader.prints(french.of_levels(amount), abs(row["absent"]), reader.facts.places, "gap")
    above = {"au-dessus de ceux qui ont répondu": True, "au-dessous de ceux qui ont répondu": False}
    reader.same(above[where], row["absent"] > 0, "above")


@reads("absent", "Le score est à mi-chemin de deux niveaux : les absents peuvent le faire lire autrement.")
def half_way(reader: Reader, place: Place) -> None:
    reader.same(of_college(reader, place)["absent"], 0, "gap")


@reads("absent", "Effectif inconnu : rien ne dit ce que pensent ceux qui n’ont pas répondu.")
def unknown_size(reader: Reader, place: Place) -> None:
    reader.same(reader.facts.last.size(reader.facts.colleges[place[1]]), None, "size")


@reads("absent", "{reason}.")
def no_absent(reader: Reader, place: Place, reason: str) -> None:
    reader.same(of_college(reader, place)["absent"], None, "gap")
    reader.statement("why no gap", place, reason[0].lower() + reason[1:])


# Skills


@reads("mean", "{mean}")
def mean(reader: Reader, place: Place, mean: str) -> None:
    row = of_skill(reader, place)
    reader.must(row["published"], "it is hidden")
    reader.prints(mean, row["mean"], reader.facts.score_places, "mean")


@reads("hidden mean", "{reason}")
def hidden_mean(reader: Reader, place: Place, reason: str) -> None:
    reader.must(not of_skill(reader, place)["published"], "it is published")
    reader.statement("why no mean", place, reason)


@reads("mean", "moins de {n} réponses : la moyenne seule")
def small(reader: Reader, place: Place, n: str) -> None:
    row = of_skill(reader, place)
    reader.same(int(n), reader.facts.last.rules["k_detail"], "k_detail")
    reader.must(row["published"] and row["n"] < int(n), "its detail is known")


@reads("mean", "sans niveau : {share}")
def without_level(reader: Reader, place: Place, share: str) -> None:
    reader.same(french.percentage(share), half_up(of_skill(reader, place)["silence"], 2), "share without level")


def published(reader: Reader, skill: str) -> dict[str, dict[str, Any]]:
    """The published rows of a skill by college label."""
    facts = reader.facts
    rows = {
        label: facts.by_skill[facts.skills[skill], code]
        for label, code in facts.colleges.items()
        if code in facts.last.colleges
    }
    return {label: row for label, row in rows.items() if row["published"]}


def blind(row: dict[str, Any]) -> Fraction:
    """The share who cannot judge: « je ne sais pas », or without level where the detail is not shown."""
    return Fraction(row["unknown"] if "unknown" in row else row["silence"])


QUARTER = Fraction(1, 4)


@reads("remark", "Avis opposés : {colleges}")
def opposed(reader: Reader, place: Place, colleges: str) -> None:
    rows = published(reader, place[0])
    reader.same(
        colleges.split(", "), [c for c, row in rows.items() if row.get("agreement") == "avis opposés"], "opposed"
    )


@reads("remark", "Beaucoup de « je ne sais pas » : {colleges}")
def many_unsure(reader: Reader, place: Place, colleges: str) -> None:
    rows = {c: row for c, row in published(reader, place[0]).items() if "unknown" in row}
    rates(reader, colleges, rows)


@reads("remark", "Beaucoup sans niveau : {colleges}")
def many_silent(reader: Reader, place: Place, colleges: str) -> None:
    rows = {c: row for c, row in published(reader, place[0]).items() if "unknown" not in row}
    rates(reader, colleges, rows)


def rates(reader: Reader, printed: str, rows: dict[str, dict[str, Any]]) -> None:
    true = {college: half_up(blind(row), 2) for college, row in rows.items() if blind(row) >= QUARTER}
    said = {}
    for part in printed.split(", "):
        college, share, _sign = part.rsplit(" ", 2)
        said[college] = french.percentage(f"{share} %")
    reader.same(said, true, "rates")


@reads("remark", "Avis convergents dans chaque collège")
def all_convergent(reader: Reader, place: Place) -> None:
    rows = published(reader, place[0])
    reader.must(len(rows) > 1, "one college")
    reader.same({row.get("agreement") for row in rows.values()}, {"avis convergents"}, "words")


def all_blind(reader: Reader) -> dict[tuple[str, str], dict[str, Any]]:
    """Every published cell a quarter of which or more cannot judge, by skill and college."""
    found = {(skill, c): row for skill in reader.facts.skills for c, row in published(reader, skill).items()}
    return {place: row for place, row in found.items() if blind(row) >= QUARTER}


@reads(
    "silence",
    "{skill} ({college} : {rate}, {n} personne sur {of})",
    "{skill} ({college} : {rate}, {n} personnes sur {of})",
)
def silence(reader: Reader, place: Place, skill: str, college: str, rate: str, n: str, of: str) -> None:
    """The place tells the rank: none that is left is more frequent."""
    row, facts = all_blind(reader)[skill, college], reader.facts
    reader.same(rate.endswith(" sans niveau"), "unknown" not in row, "without level")
    reader.must(rate.endswith((" sans niveau", " ne savent pas")), "what is known of them is not told")
    reader.same(
        french.percentage(rate.removesuffix(" sans niveau").removesuffix(" ne savent pas")),
        half_up(blind(row), 2),
        "share",
    )
    people = facts.respondents(facts.colleges[college])
    reader.same((int(n), int(of)), (int(blind(row) * people), people), "people")
    rank, every = int(place[0]), sorted(map(blind, all_blind(reader).values()), reverse=True)
    reader.same(blind(row), every[rank], "rank")


@reads(
    "silence",
    "{share} des répondants du collège {college} ne savent pas juger « {skill} »",
    "{share} des répondants du collège {college} ne donnent pas de niveau à « {skill} »",
)
def silence_title(reader: Reader, _place: Place, share: str, college: str, skill: str) -> None:
    row = all_blind(reader)[skill, college]
    reader.same(french.percentage(share), half_up(blind(row), 2), "share")


# How a score is made


def whole(reader: Reader, place: Place) -> Any:
    return of_territory_once(reader.facts.last, reader.facts.families[place[0]])


@lru_cache(64)
def of_territory_once(campaign: Campaign, family: str) -> Any:
    """The territory of a family, remembered while its page is read."""
    return of_territory(campaign, family)


@reads("explained", "C’est la moyenne des {n} collèges publiés : chacun compte {weights} son nombre de réponses.")
def mean_of_colleges(reader: Reader, place: Place, n: str, weights: str) -> None:
    reader.same(int(n), len(whole(reader, place).colleges), "colleges")
    equal = {"autant, quel que soit": "equal", "selon": "heads"}
    reader.same(equal[weights], reader.facts.last.rules["weighting"], "weighting")


@reads("explained", "C’est le score du seul collège de la campagne.")
def only_college(reader: Reader, _place: Place) -> None:
    reader.same(len(reader.facts.last.colleges), 1, "colleges")


@reads("sum", "{parts} = {total}")
def terms(reader: Reader, place: Place, parts: str, total: str) -> None:
    """What each college brings, printed so as to add up to the total printed."""
    facts, family = reader.facts, reader.facts.families[place[0]]
    found, places = whole(reader, place), facts.places + 1
    heads = {
        c: facts.last.family_n(family, c) if facts.last.rules["weighting"] == "heads" else 1 for c in found.colleges
    }
    brought = [Fraction(heads[c], sum(heads.values())) * facts.by_college[family, c]["score"] for c in found.colleges]
    printed = [french.number(part) for part in parts.split(" + ")]
    reader.same(printed, terms_shown(brought, places), "terms")
    reader.prints(total, found.score, places, "total")
    reader.same(sum(printed), french.number(total), "sum")


@reads("explained", "Le score d’un collège est la moyenne de ses savoir-faire publiés.")
@reads("explained", "Celui d’un savoir-faire est la moyenne des niveaux choisis.")
@reads("explained", "Ne pas répondre, ou répondre « je ne sais pas », ne compte jamais pour zéro.")
def always_true(_reader: Reader, _place: Place) -> None:
    """What the method does for every score."""
