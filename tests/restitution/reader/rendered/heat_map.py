"""The heat map of the desk: what each reading says of a skill and a college, redone from the answers."""

from fractions import Fraction

from tests.restitution.reader import french, levels
from tests.restitution.reader.desk import known, means, spread
from tests.restitution.reader.reading import Place, Reader, reads
from tests.restitution.reader.scores import blind, of_skill, published
from tests.scoring.oracle.campaign import WORKSHOP, Campaign
from tests.scoring.oracle.display import half_up
from tests.scoring.oracle.units import units


def middle(reader: Reader, skill: str) -> Fraction:
    """The plain mean of the published colleges."""
    values = list(means(reader, skill).values())
    return sum(values, Fraction(0)) / len(values)


def moved(reader: Reader, skill: str) -> dict[str, tuple[Fraction, Fraction]]:
    """The means before and now of a skill that is the same, by the colleges published in both campaigns."""
    facts = reader.facts
    before, now, code = facts.since, facts.last, facts.skills[skill]
    assert before is not None
    alone = [old for old, new in units(before.grid, now.grid) if new == (code,) and len(old) == 1]
    if not alone or before.levels != now.levels:
        return {}
    return {
        label: (before.mean(alone[0][0], college), now.mean(code, college))
        for label, college in facts.colleges.items()
        if college in now.colleges and college != WORKSHOP and _both(before, now, alone[0][0], code, college)
    }


def _both(before: Campaign, now: Campaign, was: str, code: str, college: str) -> bool:
    return college in before.colleges and before.is_published(was, college) and now.is_published(code, college)


def difference(reader: Reader, was: Fraction, now: Fraction) -> Fraction:
    return half_up(now, reader.facts.places + 1) - half_up(was, reader.facts.places + 1)


@reads("heat niveau", "{mean}")
def a_mean(reader: Reader, place: Place, mean: str) -> None:
    reader.prints(mean, of_skill(reader, place)["mean"], reader.facts.score_places, "mean")


@reads("heat ecart", "{gap}")
def a_gap(reader: Reader, place: Place, gap: str) -> None:
    own = of_skill(reader, place)["mean"]
    shown = reader.facts.shown(own) - reader.facts.shown(middle(reader, place[0]))
    reader.same(french.number(gap), shown, "gap")


@reads("heat ne-sait-pas", "{share}")
def a_share(reader: Reader, place: Place, share: str) -> None:
    row = of_skill(reader, place)
    reader.must("unknown" in row, "its detail is not published")
    reader.same(french.percentage(share), half_up(blind(row), 2), "share")


@reads("heat changement", "{gap}")
def a_difference(reader: Reader, place: Place, gap: str) -> None:
    reader.same(french.number(gap), difference(reader, *moved(reader, place[0])[place[1]]), "difference")


@reads("heat ecart", "un seul collège publié")
def alone(reader: Reader, place: Place) -> None:
    reader.same(list(published(reader, place[0])), [place[1]], "published colleges")


@reads("heat ne-sait-pas", "moins de {n} réponses : la moyenne seule")
def small(reader: Reader, place: Place, n: str) -> None:
    reader.same(int(n), reader.facts.last.rules["k_detail"], "k_detail")
    reader.must("unknown" not in of_skill(reader, place), "its detail is published")


@reads("heat changement", "pas comparable")
def not_comparable(reader: Reader, place: Place) -> None:
    reader.must(place[1] not in moved(reader, place[0]), "it compares")


# The figure of all the colleges


@reads("all niveau", "{text}")
def mean_of_all(reader: Reader, place: Place, text: str) -> None:
    value = known(reader).get(place[0])
    reader.same(text == "–", value is None, "mean")
    if value is not None:
        reader.prints(text, value, reader.facts.score_places, "mean")


@reads("all ecart", "{text}")
def reach_of_all(reader: Reader, place: Place, text: str) -> None:
    values = {label: reader.facts.shown(mean) for label, mean in means(reader, place[0]).items()}
    reader.same(None if text == "–" else french.number(text), spread(values) if len(values) > 1 else None, "reach")


@reads("all ne-sait-pas", "{text}")
def most_unsure(reader: Reader, place: Place, text: str) -> None:
    shares = [half_up(blind(row), 2) for row in published(reader, place[0]).values() if "unknown" in row]
    reader.same(None if text == "–" else french.percentage(text), max(shares, default=None), "share")


@reads("all changement", "{text}")
def difference_of_all(reader: Reader, place: Place, text: str) -> None:
    pairs = list(moved(reader, place[0]).values())
    if len(pairs) < reader.facts.needed:
        reader.same(text, "–", "difference")
        return
    was, now = (sum((pair[side] for pair in pairs), Fraction(0)) / len(pairs) for side in (0, 1))
    reader.same(french.number(text), difference(reader, was, now), "difference")


# What is to be looked at first


@reads("look Point bas", "{mean} en moyenne des collèges : {level}")
def lowest(reader: Reader, place: Place, mean: str, level: str) -> None:
    shown = {title: reader.facts.shown(value) for title, value in known(reader).items()}
    reader.same(french.number(mean), shown[place[0]], "mean")
    reader.same(shown[place[0]], min(shown.values()), "lowest")
    reader.same(level, levels.word(reader.facts, shown[place[0]]), "level read")


@reads("look Aucune action", "un point faible que rien ne vise au parcours")
def no_action(reader: Reader, place: Place) -> None:
    value, limit = known(reader), reader.facts.last.rule("clear_change") * reader.facts.scale
    reader.same(value[place[0]], min(value.values()), "lowest")
    reader.must(value[place[0]] <= reader.facts.middle - limit, "it is not weak")


@reads("look Désaccord", "{words}")
def disagreement(reader: Reader, place: Place, words: str) -> None:
    for part in words.split(" · "):
        reader.statement("apart", (place[0],), part)


@reads("look Silence", "{words}")
def silence(reader: Reader, place: Place, words: str) -> None:
    for part in words.split(", "):
        reader.statement("unseen", (place[0],), part)


@reads("said", "Rien ne ressort des chiffres publiés.")
def nothing_stands_out(reader: Reader, _place: Place) -> None:
    reader.same(known(reader), {}, "skills with a mean")
    reader.statement("desk apart", ("",), "–")
    reader.statement("desk unseen", ("",), "–")


DIFFERENCE = (
    "La différence simple avec {year}, pour les savoir-faire restés les mêmes : elle peut tenir au hasard. Les mots "
    "sont plus bas, famille par famille."
)


@reads("said", "Différence avec {year}", DIFFERENCE)
def since_the_year_before(reader: Reader, _place: Place, year: str) -> None:
    reader.must(len(reader.facts.labels) > 1, "there is no campaign before")
    reader.same(year, reader.facts.labels[-2], "year")


@reads("said", "La part de « je ne sais pas », là où {n} personnes ou plus ont donné un niveau.")
def where_shares_are(reader: Reader, _place: Place, n: str) -> None:
    reader.same(int(n), reader.facts.last.rules["k_detail"], "k_detail")


# Nobody visited, handed over or adopted.


@reads("said", "Depuis votre passage du {day}", "Suivie par {who} depuis le {day}.")
@reads("said", "Ce qui change depuis la version {n}")
def nobody_came(reader: Reader, _place: Place, **_said: str) -> None:
    reader.must(False, "nobody was there")
