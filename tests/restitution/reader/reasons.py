"""Why a figure is not there: each reason is true of the raw answers, and it is the one that holds."""

from fractions import Fraction

from tests.restitution.reader.reading import Place, Reader, reads
from tests.scoring.oracle.campaign import TERRITORY
from tests.scoring.oracle.hindsight import is_paired, paired_n
from tests.scoring.oracle.intervals import family_pooled
from tests.scoring.oracle.territory import needed
from tests.scoring.oracle.units import usable


def names(reader: Reader, place: Place) -> tuple[str, str]:
    """The codes of the family (or skill) and of the college that the place names."""
    facts = reader.facts
    return facts.families.get(place[0]) or facts.skills[place[0]], facts.colleges[place[1]]


def few_people(reader: Reader, college: str) -> bool:
    return reader.facts.respondents(college) < reader.facts.last.rules["k"]


@reads("why no score", "moins de {n} collège publié", "moins de {n} collèges publiés")
def few_colleges(reader: Reader, place: Place, n: str) -> None:
    facts, (family, college) = reader.facts, names(reader, place)
    reader.same(college, TERRITORY, "place")
    reader.same(int(n), facts.needed, "colleges needed")
    shown = [one for one in facts.last.colleges if facts.by_college[family, one]["published"]]
    reader.must(len(shown) < int(n), "there are enough colleges")


@reads("why no score", "moins de {k} réponses")
def few_answers(reader: Reader, place: Place, k: str) -> None:
    _family, college = names(reader, place)
    reader.same(int(k), reader.facts.last.rules["k"], "k")
    reader.must(few_people(reader, college), f"{reader.facts.respondents(college)} people answered")


@reads("why no score", "moins de {k} niveaux donnés")
def few_levels(reader: Reader, place: Place, k: str) -> None:
    family, college = names(reader, place)
    reader.same(int(k), reader.facts.last.rules["k"], "k")
    reader.must(not few_people(reader, college), "few people answered at all")
    reader.must(reader.facts.last.family_n(family, college) < int(k), "there are enough levels")


@reads("why no score", "trop peu de savoir-faire")
def few_skills(reader: Reader, place: Place) -> None:
    (family, college), campaign = names(reader, place), reader.facts.last
    reader.must(campaign.family_n(family, college) >= campaign.rules["k"], "too few answered")
    reader.must(not campaign.covers(family, campaign.shown_skills(family, college)), "there are enough skills")


@reads("why no mean", "moins de {k} réponses")
def few_answers_to_it(reader: Reader, place: Place, k: str) -> None:
    reader.same(int(k), reader.facts.last.rules["k"], "k")
    reader.must(few_people(reader, names(reader, place)[1]), "enough people answered")


@reads("why no mean", "moins de {k} niveaux donnés")
def few_levels_of_it(reader: Reader, place: Place, k: str) -> None:
    (skill, college), campaign = names(reader, place), reader.facts.last
    reader.same(int(k), campaign.rules["k"], "k")
    reader.must(not few_people(reader, college), "few people answered at all")
    reader.must(campaign.n(skill, college) < int(k), "there are enough levels")


# Intervals


@reads("why no interval", "répondants volontaires")
def volunteers(reader: Reader, place: Place) -> None:
    family, college = names(reader, place)
    reader.same(row(reader, family, college)["margin"], "volontaires", "margin")


@reads("why no interval", "tout le collège a répondu", "tous les collèges ont répondu en entier")
def census(reader: Reader, place: Place) -> None:
    family, college = names(reader, place)
    reader.same(row(reader, family, college)["margin"], "recensement", "margin")


@reads("why no interval", "trop peu de réponses", "un collège n’a pas d’intervalle")
def no_variance(reader: Reader, place: Place) -> None:
    family, college = names(reader, place)
    reader.same(row(reader, family, college)["margin"], "aucune", "margin")


def row(reader: Reader, family: str, college: str) -> dict[str, object]:
    facts = reader.facts
    return facts.territory[family] if college == TERRITORY else facts.by_college[family, college]


@reads("why no spread", "trop peu de réponses")
def no_spread(reader: Reader, place: Place) -> None:
    family, college = names(reader, place)
    reader.same(family_pooled(reader.facts.last, family, college), None, "variance")


# The absent


@reads("why no gap", "tous ont donné un niveau")
def nobody_absent(reader: Reader, place: Place) -> None:
    family, college = names(reader, place)
    reader.same(reader.facts.last.size(college), row(reader, family, college)["n"], "size")


@reads("why no gap", "aucun avis des absents ne changerait le niveau lu")
def no_reachable_limit(reader: Reader, place: Place) -> None:
    family, college = names(reader, place)
    size, n = reader.facts.last.size(college), row(reader, family, college)["n"]
    reader.must(size is not None and size > int(str(n)), "nobody is absent, or nobody knows")


# Changes


@reads("why not compared", "aucun savoir-faire de cette famille ne se compare d’une grille à l’autre")
def no_unit(reader: Reader, place: Place) -> None:
    family, _college = names(reader, place)
    facts = reader.facts
    assert facts.since is not None
    reader.must(facts.since.grid != facts.last.grid, "it is the same grid")
    reader.same([usable(facts.since, facts.last, family, one) for one in facts.last.colleges], [], "comparable units")


@reads(
    "why not compared",
    "moins de {n} collège publié les deux fois sur les mêmes savoir-faire",
    "moins de {n} collèges publiés les deux fois sur les mêmes savoir-faire",
)
def few_colleges_twice(reader: Reader, place: Place, n: str) -> None:
    (family, college), comparison = names(reader, place), reader.facts.comparison
    assert comparison is not None
    reader.same(college, TERRITORY, "place")
    reader.same(int(n), max(map(needed, comparison.campaigns)), "colleges needed")
    reader.must(len(comparison.in_territory(family)) < int(n), "there are enough")


@reads("why not compared", "absent de la campagne précédente")
def absent_before(reader: Reader, place: Place) -> None:
    since = reader.facts.since
    assert since is not None
    reader.must(names(reader, place)[1] not in since.groups, "it was there")


@reads("why not compared", "trop peu de savoir-faire publiés les deux fois")
def few_skills_twice(reader: Reader, place: Place) -> None:
    family, college = names(reader, place)
    since, last = reader.facts.since, reader.facts.last
    assert since is not None
    both = [s for s in last.skills_of(family) if since.is_published(s, college) and last.is_published(s, college)]
    reader.must(not (since.covers(family, both) and last.covers(family, both)), "there are enough")


@reads("why untested", "répondants volontaires")
def untested_volunteers(reader: Reader, place: Place) -> None:
    (family, college), comparison = names(reader, place), reader.facts.comparison
    assert comparison is not None
    colleges = set(comparison.in_territory(family)) if college == TERRITORY else {college}
    reader.must(colleges <= comparison.voluntary, "not all are volunteers")


@reads("why untested", "trop peu de réponses")
def untested_few(reader: Reader, place: Place) -> None:
    (family, college), comparison = names(reader, place), reader.facts.comparison
    assert comparison is not None
    colleges = comparison.in_territory(family) if college == TERRITORY else [college]
    parts = [one.part for name in colleges for one in comparison.seen[family, name]]
    reader.must(any(part is None for part in parts), "every variance is known")


# Hindsight


@reads(
    "why no hindsight",
    "moins de {n} collège publié avec le recul",
    "moins de {n} collèges publiés avec le recul",
)
def few_paired_colleges(reader: Reader, place: Place, n: str) -> None:
    facts, family = reader.facts, reader.facts.families[place[0]]
    reader.same(int(n), facts.needed, "colleges needed")
    paired = [one for one in facts.last.colleges if facts.hindsight[family, one]["published"]]
    reader.must(len(paired) < int(n), "there are enough")


@reads("why untested with hindsight", "répondants volontaires")
def hindsight_of_volunteers(reader: Reader, place: Place) -> None:
    facts, (family, college) = reader.facts, names(reader, place)
    paired = {one for one in facts.last.colleges if facts.hindsight[family, one]["published"]}
    paired = paired if college == TERRITORY else {college}
    reader.must(paired <= set(facts.last.rules["voluntary"]), "not all are volunteers")


@reads("why untested with hindsight", "trop peu de réponses")
def few_pairs(reader: Reader, place: Place) -> None:
    facts, (family, college) = reader.facts, names(reader, place)
    colleges = facts.last.colleges if college == TERRITORY else [college]
    rows = [facts.hindsight[family, one] for one in colleges]
    few = [row for row in rows if row["published"] and not row.get("verdict")]
    reader.must(bool(few), "every college is precise")


# In the tables taken away, where every null has its reason: of the colleges too.


@reads("why no hindsight", "moins de {k} personnes ont donné les deux niveaux")
def few_gave_both(reader: Reader, place: Place, k: str) -> None:
    (code, college), campaign = names(reader, place), reader.facts.last
    reader.same(int(k), campaign.rules["k"], "k")
    skills = campaign.skills_of(code) or [code]
    reader.must(all(paired_n(campaign, skill, college) < int(k) for skill in skills), "enough gave both")


@reads("why no hindsight", "trop peu de savoir-faire")
def few_paired_skills(reader: Reader, place: Place) -> None:
    (family, college), campaign = names(reader, place), reader.facts.last
    paired = [skill for skill in campaign.skills_of(family) if is_paired(campaign, skill, college)]
    reader.must(bool(paired) and not campaign.covers(family, paired), "there are enough")


@reads("why no interval", "atelier")
@reads("why no spread", "atelier")
@reads("why untested", "atelier")
def workshop(reader: Reader, place: Place) -> None:
    reader.same(names(reader, place)[1], "atelier", "place")


@reads("why no mean", "aucun atelier n’en a noté", "moins de {k} ateliers")
@reads("why no score", "aucun atelier n’en a noté", "moins de {k} ateliers")
def no_workshop(reader: Reader, place: Place, k: str = "1") -> None:
    (code, college), campaign = names(reader, place), reader.facts.last
    reader.same(int(k), campaign.k(college), "workshops needed")
    skills = campaign.skills_of(code) or [code]
    reader.must(any(campaign.n(skill, college) < int(k) for skill in skills), "workshops noted it")


@reads("why no gap", "le collège n’est pas fait de volontaires")
def no_volunteers(reader: Reader, place: Place) -> None:
    reader.must(names(reader, place)[1] not in reader.facts.last.rules["voluntary"], "they are volunteers")


@reads("why no gap", "effectif inconnu")
def nobody_knows(reader: Reader, place: Place) -> None:
    reader.same(reader.facts.last.size(names(reader, place)[1]), None, "size")


@reads("why no detail", "moins de {n} réponses : la moyenne seule")
def small_cell(reader: Reader, place: Place, n: str) -> None:
    (skill, college), campaign = names(reader, place), reader.facts.last
    reader.same(int(n), campaign.rules["k_detail"], "k_detail")
    reader.must(Fraction(campaign.n(skill, college)) < int(n), "its detail is known")
