"""The cells of the tables of pages: scores of each campaign, changes, how a score is made, answers to a skill."""

import re
from fractions import Fraction
from typing import Any

from tests.restitution.reader import french
from tests.restitution.reader.changes import SIGNS, outward, row_of, seen, signed
from tests.restitution.reader.others import both, left_out
from tests.restitution.reader.reading import Place, Reader, reads
from tests.restitution.reader.scores import of_college, of_skill, published, whole
from tests.scoring.oracle.campaign import TERRITORY
from tests.scoring.oracle.display import half_up, terms_shown


def earlier(reader: Reader, label: str) -> Reader:
    """A reader of the page that an earlier campaign would have had alone: why its figures are hidden."""
    return Reader(reader.facts.at(reader.facts.labels.index(label)))


@reads("cell of a campaign", "{text}")
def cell_of_a_campaign(reader: Reader, place: Place, text: str) -> None:
    family, whole_place, label = place
    if label == reader.facts.labels[-1]:
        shown = family in reader.facts.scores
        return reader.statement("score" if shown else "hidden score", (family, whole_place), text)
    past = earlier(reader, label)
    if family not in past.facts.scores:
        return past.statement("hidden score", (family, whole_place), text)
    return past_score(reader, (family, label), text)


def past_score(reader: Reader, place: Place, printed: str) -> None:
    """The territory's score in an earlier campaign, with the decimals of this page."""
    family, label = place
    score = earlier(reader, label).facts.scores[family]
    reader.prints(printed, score, reader.facts.score_places, f"score of {label}")


@reads("past score", "{score}")
def one_of_the_past(reader: Reader, place: Place, score: str) -> None:
    """A number of a drawing beside a family: its score in one of the campaigns before."""
    facts = reader.facts
    known = [facts.at(one).scores.get(place[0]) for one in range(len(facts.campaigns) - 1)]
    reader.same(french.places(score), facts.score_places, "decimals")
    reader.must(french.number(score) in [facts.shown(one) for one in known if one is not None], "no campaign had it")


@reads("verdict's difference", "{delta}")
@reads("difference", "{delta}")
def difference(reader: Reader, place: Place, delta: str) -> None:
    row, places = row_of(reader, place), reader.facts.places + 1
    signed(reader, delta, half_up(row["after"], places) - half_up(row["before"], places), "difference")


@reads("word", "{sign} {word}")
def word_alone(reader: Reader, place: Place, sign: str, word: str) -> None:
    reader.same(word, row_of(reader, place).get("verdict"), "word")
    reader.same(SIGNS.get(sign), word, "sign")
    reader.claims_that(word, "verdict", *place)


@reads("word", "non comparable")
def no_comparison(reader: Reader, place: Place) -> None:
    reader.must("delta" not in row_of(reader, place), "they compare")


@reads("word", "{reason}")
def no_word(reader: Reader, place: Place, reason: str) -> None:
    reader.must(not row_of(reader, place).get("verdict"), "it has a word")
    reader.statement("why untested", place, reason)


@reads("hindsight word", "{sign} {word}")
def hindsight_word(reader: Reader, place: Place, sign: str, word: str) -> None:
    reader.same(word, seen(reader, place).get("verdict"), "word")
    reader.same(SIGNS.get(sign), word, "sign")


@reads("hindsight word", "{reason}")
def no_hindsight_word(reader: Reader, place: Place, reason: str) -> None:
    row = seen(reader, place)
    reader.must(not row.get("verdict"), "it has a word")
    reader.statement("why untested with hindsight" if row["published"] else "why no hindsight", place, reason)


@reads("hindsight difference", "{delta}")
def with_hindsight(reader: Reader, place: Place, delta: str) -> None:
    signed(reader, delta, half_up(seen(reader, place)["delta"], reader.facts.places + 1), "difference")


@reads("skills compared", "{n}")
def skills_compared(reader: Reader, place: Place, n: str) -> None:
    reader.same(int(n), row_of(reader, place)["comparable_skills"], "skills")


@reads("who", "{who}")
def who(reader: Reader, _place: Place, who: str) -> None:
    reader.must(who in reader.facts.colleges, "no such college")


@reads("interval", "{low} à {high}")
def interval(reader: Reader, place: Place, low: str, high: str) -> None:
    row = row_of(reader, place)
    outward(reader, low, row["low"], up=False)
    outward(reader, high, row["high"], up=True)


@reads("interval", "–")
def no_interval(reader: Reader, place: Place) -> None:
    reader.must(row_of(reader, place).get("low") is None, "it has an interval")


@reads("confidence", "{sure}")
def confidence(reader: Reader, place: Place, sure: str) -> None:
    printed = french.percentage(sure)
    reader.must(
        abs(printed - Fraction(row_of(reader, place)["confidence"])) <= Fraction(1, 1000) and printed < 1, "confidence"
    )


@reads("compared score", "{score}")
def compared_score(reader: Reader, place: Place, score: str) -> None:
    row, (*_who, label) = row_of(reader, place[:2]), place
    side = "after" if label == reader.facts.labels[-1] else "before"
    reader.prints(score, row[side], reader.facts.places + 1, side)


# Colleges


@reads("people or few", "{n} sur {size}", "{n}", "moins de {k}")
def people_or_few(reader: Reader, place: Place, n: str = "", size: str = "", k: str = "") -> None:
    facts = reader.facts
    row = facts.by_college[facts.families[place[0]], facts.colleges[place[1]]]
    people = facts.last.family_n(facts.families[place[0]], facts.colleges[place[1]])
    if k:
        reader.same(int(k), facts.last.rules["k"], "k")
        return reader.must(people < int(k), "there are enough")
    reader.same(int(french.number(n)), people, "people")
    if row["published"]:
        known = facts.last.size(facts.colleges[place[1]])
        reader.same(int(french.number(size)) if size else None, known, "size")
    return None


@reads("college in words", "{score} ({people}), {certainty}", "{score} ({people})")
def college_in_words(reader: Reader, place: Place, score: str, people: str, certainty: str = "") -> None:
    reader.statement("score", place, score)
    reader.statement("people", place, people)
    if certainty:
        reader.statement("margin", place, certainty)


@reads("college in words", "{reason}")
def hidden_college(reader: Reader, place: Place, reason: str) -> None:
    reader.statement("hidden score", place, reason)


@reads("noted in workshops", "{text}")
def noted(reader: Reader, _place: Place, text: str) -> None:
    """Figures and names of the workshops' own measure."""
    reader.must("atelier" in reader.facts.last.groups, "there was no workshop")


# How a score is made


@reads("why", "Pourquoi ce score de {score} ?", "la somme des apports, arrondie à {score} sur la page")
def why(reader: Reader, place: Place, score: str) -> None:
    reader.statement("score", (place[0], "Territoire"), score)


def shares_of(reader: Reader, family: str) -> dict[str, Fraction]:
    """The share of each college in the territory, by its code."""
    campaign, found = reader.facts.last, whole(reader, (family,))
    code = reader.facts.families[family]
    heads = {c: campaign.family_n(code, c) if campaign.rules["weighting"] == "heads" else 1 for c in found.colleges}
    return {c: Fraction(n, sum(heads.values())) for c, n in heads.items()}


@reads("share of the territory", "× {share_of_all}")
def share_of_the_territory(reader: Reader, place: Place, share_of_all: str) -> None:
    true = shares_of(reader, place[0])[reader.facts.colleges[place[1]]]
    if "%" in share_of_all:
        return reader.same(french.percentage(share_of_all), half_up(true, 2), "share")
    return reader.same(rational(share_of_all), true, "share")


def rational(printed: str) -> Fraction:
    """« 1/3 », « 0,25 » or « 1 »."""
    over, _slash, under = printed.partition("/")
    return french.number(over) / (french.number(under) if under else 1)


@reads("exact score", "{score}")
def exact_score(reader: Reader, place: Place, score: str) -> None:
    """One decimal more than elsewhere, so that what is added up is seen."""
    reader.prints(score, of_college(reader, place)["score"], reader.facts.places + 1, "score")


@reads("brought", "{term}")
def brought(reader: Reader, place: Place, term: str) -> None:
    facts, family = reader.facts, reader.facts.families[place[0]]
    shares, places = shares_of(reader, place[0]), facts.places + 1
    printed = terms_shown([share * facts.by_college[family, c]["score"] for c, share in shares.items()], places)
    true = dict(zip(shares, printed, strict=True))[facts.colleges[place[1]]]
    reader.same(french.number(term), true, "what it brings")


@reads("total", "{total}")
def total(reader: Reader, place: Place, total: str) -> None:
    reader.prints(total, whole(reader, place).score, reader.facts.places + 1, "total")


@reads("parts", "{text}")
def parts(reader: Reader, place: Place, text: str) -> None:
    """« Title mean × share » for each skill of the college."""
    facts = reader.facts
    family, college = facts.families[place[0]], facts.colleges[place[1]]
    true = facts.last.shares(family, college)
    assert true is not None
    printed = dict(re.fullmatch(r"(.+ [^ ]+) × ([^ ]+)", part).groups() for part in text.split(" · "))  # type: ignore[union-attr]
    reader.same(len(printed), len(true), "skills")
    for said, share in printed.items():
        title, mean = said.rsplit(" ", 1)
        skill = of_skill(reader, (title, place[1]))
        reader.prints(mean, skill["mean"], facts.places + 1, title)
        reader.must(abs(rational(share) - true[facts.skills[title]]) < Fraction(1, 1000), "weight of a skill")


# Skills


@reads("mean", "sur {n} niveaux donnés")
def on_levels(reader: Reader, place: Place, n: str) -> None:
    reader.same(int(french.number(n)), of_skill(reader, place)["n"], "levels given")


@reads("share of silence", "{share}")
def share_of_silence(reader: Reader, place: Place, share: str) -> None:
    reader.same(french.percentage(share), half_up(of_skill(reader, place[:2])[place[2]], 2), place[2])


@reads("agreement", "{word}")
def agreement(reader: Reader, place: Place, word: str) -> None:
    reader.same(word, of_skill(reader, place)["agreement"], "agreement")


@reads("distribution", "{text}")
def distribution(reader: Reader, place: Place, text: str) -> None:
    facts = reader.facts
    given = facts.last.given(facts.skills[place[0]], facts.colleges[place[1]])
    printed = {one.rpartition(" ")[0]: int(one.rpartition(" ")[2]) for one in text.split(", ")}
    reader.same(printed, {label: given.count(value) for label, value in facts.level_names.items()}, "levels chosen")


@reads("strip", "{text}")
def strip(reader: Reader, place: Place, text: str) -> None:
    found = re.findall(r"(.+?) ([−\d]\S*?)(?:, |$)", text)
    reader.same([college for college, _mean in found], list(published(reader, place[0])), "colleges")
    for college, mean in found:
        reader.statement("mean", (place[0], college), mean)


# Other weightings


@reads("one weighting", "{text}")
def one_weighting(reader: Reader, place: Place, text: str) -> None:
    family, column = reader.facts.families[place[0]], place[1]
    pair, places = both(reader, family), reader.facts.places + 1
    if pair is None:
        return reader.same(text, "–", column)
    if column == "En laissant un college de côté" or "de côté" in column:
        without = [half_up(score, places) for score in left_out(reader, family).values()]
        if not without:
            return reader.same(text, "–", column)
        return reader.statement("range", (str(min(without)), str(max(without))), text)
    equal, heads = pair
    true = {"Chaque collège compte autant": equal, "Chaque personne compte autant": heads, "Différence": heads - equal}
    return reader.same(french.number(text), true[column], column)


def changed(reader: Reader, place: Place) -> dict[str, Any]:
    """The row of change of a family for the territory."""
    return reader.facts.changes.get((reader.facts.families[place[0]], TERRITORY), {})
