"""The rest of a page: other ways of counting, and who answered."""

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from tests.restitution.reader import french, levels
from tests.restitution.reader.reading import Place, Reader, reads
from tests.scoring.oracle.campaign import TERRITORY
from tests.scoring.oracle.change import of_campaigns
from tests.scoring.oracle.display import change_shown, half_up
from tests.scoring.oracle.territory import mean_of, of_territory, seen
from tests.scoring.oracle.verdicts import Tested

# Other weightings, other colleges


def both(reader: Reader, family: str) -> tuple[Fraction, Fraction] | None:
    """The scores under both weightings as printed; none when hidden."""
    row = reader.facts.weightings[family]
    places = reader.facts.places + 1
    return (half_up(row["equal"], places), half_up(row["heads"], places)) if row["published"] else None


def moved(reader: Reader) -> set[str]:
    """The families whose level would be read otherwise under the other weighting."""
    facts = reader.facts
    return {
        title
        for title, code in facts.families.items()
        if facts.weightings[code]["published"]
        and levels.word(facts, facts.shown(facts.weightings[code]["equal"]))
        != levels.word(facts, facts.shown(facts.weightings[code]["heads"]))
    }


@reads("otherwise", "Aucun score de territoire n’est publié : il n’y a rien à comparer.")
def nothing_to_weigh(reader: Reader, _place: Place) -> None:
    reader.same(reader.facts.scores, {}, "scores")


@reads("otherwise", "{otherwise}, aucune famille ne changerait de niveau ; aucun score ne bougerait de plus de {most}.")
def nothing_moves(reader: Reader, place: Place, otherwise: str, most: str) -> None:
    reader.statement("other weighting", place, otherwise)
    reader.same(moved(reader), set(), "families")
    found = [pair for code in reader.facts.families.values() if (pair := both(reader, code))]
    reader.same(french.number(most), max(abs(heads - equal) for equal, heads in found), "largest difference")


@reads("otherwise", "{otherwise}, {said} : cette conclusion dépend du poids donné aux collèges.")
def something_moves(reader: Reader, place: Place, otherwise: str, said: str) -> None:
    reader.statement("other weighting", place, otherwise)
    reader.statement("moved", place, said)


@reads("moved", "{families} changerait de niveau", "{families} changeraient de niveau")
def moved_families(reader: Reader, _place: Place, families: str) -> None:
    reader.same(set(french.listed(families)), moved(reader), "families")


@reads("other weighting", "Si chaque personne comptait autant, et non chaque collège")
def as_heads(reader: Reader, _place: Place) -> None:
    reader.same(reader.facts.last.rules["weighting"], "equal", "weighting")


@reads("other weighting", "Si chaque collège comptait autant, et non chaque personne")
def as_equal(reader: Reader, _place: Place) -> None:
    reader.same(reader.facts.last.rules["weighting"], "heads", "weighting")


@reads("weightings", "{equal} | {heads} | {difference} | {left}")
def weightings(reader: Reader, place: Place, equal: str, heads: str, difference: str, left: str) -> None:
    family = reader.facts.families[place[0]]
    pair = both(reader, family)
    if pair is None:
        return reader.same((equal, heads, difference, left), ("–",) * 4, "hidden figures")
    reader.same((french.number(equal), french.number(heads)), pair, "weightings")
    reader.same(french.number(difference), pair[1] - pair[0], "difference")
    without = [half_up(score, reader.facts.places + 1) for score in left_out(reader, family).values()]
    if not without:
        return reader.same(left, "–", "without one college")
    return reader.statement("range", (str(min(without)), str(max(without))), left)


@reads("range", "{low} à {high}")
def span(reader: Reader, place: Place, low: str, high: str) -> None:
    reader.same((french.number(low), french.number(high)), tuple(map(Fraction, place)), "range")


def left_out(reader: Reader, family: str) -> dict[str, Fraction]:
    """The score without each college, where two others remain."""
    campaign = reader.facts.last
    found = of_territory(campaign, family)
    if found is None or len(found.colleges) < 3:
        return {}
    known = {college: one for college in found.colleges if (one := seen(campaign, family, college)) is not None}
    return {
        out: mean_of({c: one for c, one in known.items() if c != out}, campaign.rules["weighting"]).score
        for out in known
    }


# What would be said otherwise: what is said now, and what would be, are both computed again.


def scores_by(reader: Reader, how: str) -> dict[str, Fraction]:
    """The score of each published family under another way of counting, by title."""
    facts = reader.facts
    code = without(reader, how)
    if code is None:
        weighting = WEIGHTINGS[how]
        reader.must(weighting != facts.last.rules["weighting"], "it is counted so")
        return {title: facts.weightings[facts.families[title]][weighting] for title in facts.scores}
    return {title: left_out(reader, facts.families[title]).get(code, score) for title, score in facts.scores.items()}


WEIGHTINGS = {"si chaque répondant comptait autant": "heads", "si chaque collège comptait autant": "equal"}


def without(reader: Reader, how: str) -> str | None:
    """The code of the college that is left out, if one is."""
    named = re.fullmatch("sans le collège « (.+) »", how)
    return reader.facts.colleges[named[1]] if named else None


@reads("sensitivity", "La famille la plus faible est {said} ; {then}.")
@reads("sensitivity", "Les familles les plus faibles sont {said} ; {then}.")
def weakest_otherwise(reader: Reader, _place: Place, said: str, then: str) -> None:
    end_otherwise(reader, said, then, min)


@reads("sensitivity", "La famille la plus avancée est {said} ; {then}.")
@reads("sensitivity", "Les familles les plus avancées sont {said} ; {then}.")
def strongest_otherwise(reader: Reader, _place: Place, said: str, then: str) -> None:
    end_otherwise(reader, said, then, max)


End = Callable[[Iterable[Fraction]], Fraction]
ENDS: dict[str, End] = {"weakest": min, "strongest": max}


def end_otherwise(reader: Reader, said: str, then: str, end: End) -> None:
    reader.same(set(french.listed(said)), at_end(reader, reader.facts.scores, end), "families at that end")
    name = next(name for name, known in ENDS.items() if known is end)
    reader.statement("would be at an end", (name, said), then)


@reads("would be at an end", "{how}, ce serait {families}", "{how}, ce seraient {families}")
def would_be(reader: Reader, place: Place, how: str, families: str) -> None:
    true = at_end(reader, scores_by(reader, how), ENDS[place[0]])
    reader.same(set(french.listed(families)), true, "families there otherwise")
    reader.must(families != place[1], "nothing changes")
    may_be_left_out(reader, how)


def at_end(reader: Reader, scores: dict[str, Fraction], end: End) -> set[str]:
    printed = {title: reader.facts.shown(score) for title, score in scores.items()}
    return {title for title, score in printed.items() if score == end(printed.values())}


@reads("sensitivity", "{family} est {level} ; {how}, ce serait {instead}.")
def level_otherwise(reader: Reader, _place: Place, family: str, level: str, how: str, instead: str) -> None:
    facts = reader.facts
    reader.same(level, levels.at(facts, facts.shown(facts.scores[family])), "level read")
    reader.same(instead, levels.at(facts, facts.shown(scores_by(reader, how)[family])), "level otherwise")
    reader.must(level != instead, "nothing changes")


@reads("sensitivity", "{family} : « {word} » ; {how}, ce serait « {instead} ».")
def word_otherwise(reader: Reader, _place: Place, family: str, word: str, how: str, instead: str) -> None:
    facts, code = reader.facts, reader.facts.families[family]
    reader.same(word, facts.changes[code, TERRITORY].get("verdict"), "word")
    reader.same(instead, word_by(reader, code, how), "word otherwise")
    reader.must(word != instead, "nothing changes")


def word_by(reader: Reader, family: str, how: str) -> str:
    """The word on the territory's change, counted otherwise, at the confidence of its row."""
    found, out = reader.facts.comparison, without(reader, how)
    assert found is not None
    kept = [college for college in found.in_territory(family) if college != out]
    weighting = found.weighting if out else WEIGHTINGS[how]
    before, after = (mean_of({c: found.seen[family, c][side] for c in kept}, weighting) for side in (0, 1))
    side = of_campaigns(before, after, silent=False)
    places = found.page.places
    again = Tested(side.delta, change_shown(side.before, side.after, places), side.parts or [])
    return found.page.said(again, found.verdicts[family, TERRITORY].confidence).verdict


def may_be_left_out(reader: Reader, how: str) -> None:
    """A college that is left out leaves two others wherever it takes part."""
    facts, code = reader.facts, without(reader, how)
    shares = [of_territory(facts.last, family) for family in facts.families.values()] if code else []
    concerned = [found for found in shares if found and code in found.colleges]
    reader.must(all(len(found.colleges) > 2 for found in concerned), f"{how}, two do not remain")


# People


def counts(reader: Reader) -> dict[str, int]:
    return {college: reader.facts.respondents(college) for college in reader.facts.last.colleges}


def shown(reader: Reader) -> list[int]:
    return [n for n in counts(reader).values() if n >= reader.facts.last.rules["k"]]


@reads("answered", "{responses} dans {colleges}", "{responses} dans {colleges} (et {n} de moins de {k})")
def answered(reader: Reader, place: Place, responses: str, colleges: str, n: str = "0", k: str = "") -> None:
    reader.statement("responses", place, responses)
    reader.statement("colleges", place, colleges)
    hidden = len(counts(reader)) - len(shown(reader))
    reader.same((int(n), k), (hidden, str(reader.facts.last.rules["k"]) if hidden else ""), "hidden colleges")


@reads("responses", "{n} réponse", "{n} réponses")
def responses(reader: Reader, _place: Place, n: str) -> None:
    reader.same(int(french.number(n)), sum(shown(reader)), "responses")


@reads("colleges", "{n} collège", "{n} collèges")
def colleges(reader: Reader, _place: Place, n: str) -> None:
    reader.same(int(n), len(shown(reader)), "colleges")


@reads("answered", "moins de {k} réponses dans chaque collège")
def few_everywhere(reader: Reader, _place: Place, k: str) -> None:
    reader.same((int(k), shown(reader)), (reader.facts.last.rules["k"], []), "people")


@reads("participation", "moins de {k}", "{n}")
def participation(reader: Reader, place: Place, n: str = "", k: str = "") -> None:
    people, least = reader.facts.respondents(reader.facts.colleges[place[0]]), reader.facts.last.rules["k"]
    reader.same(
        (int(french.number(n)) if n else None, int(k) if k else None),
        (people, None) if people >= least else (None, least),
        "people",
    )


@reads("caption", "collecte close le {day}")
@reads("caption", "grille {version}", "grille {version}, proposition du projet")
@reads("caption", "moyenne des collèges", "moyenne des personnes")
@reads("caption", "niveau moyen, de {low} à {high}")
@reads("caption", "répondants volontaires : {colleges}")
def caption(reader: Reader, _place: Place, **said: Any) -> None:
    campaign = reader.facts.last
    true: dict[str, Any] = {
        "low": signed(campaign.lowest),
        "high": signed(campaign.highest),
        "version": "1",
        "day": "1er mars 2026",
    }
    labels = {code: label for label, code in reader.facts.colleges.items()}
    true["colleges"] = ", ".join(labels[code] for code in campaign.colleges if code in campaign.rules["voluntary"])
    reader.same(said, {name: true[name] for name in said}, "caption")


def signed(level: int) -> str:
    """A level as people write it, a real minus before it."""
    return f"−{-level}" if level < 0 else str(level)
