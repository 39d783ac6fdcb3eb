"""Titles: what moved, what is weakest and strongest, and what the colleges see alike."""

from fractions import Fraction

from tests.restitution.reader import french
from tests.restitution.reader.levels import at
from tests.restitution.reader.reading import Place, Reader, reads
from tests.scoring.oracle.campaign import TERRITORY
from tests.scoring.oracle.display import half_up

RISE, FALL, STEADY, UNKNOWN = "hausse nette", "baisse nette", "stable", "on ne peut pas dire"


def verdicts(reader: Reader) -> dict[str, str]:
    """The words said of the territory, by title."""
    rows = {title: reader.facts.changes.get((code, TERRITORY), {}) for title, code in reader.facts.families.items()}
    return {title: row["verdict"] for title, row in rows.items() if row.get("verdict")}


def named(reader: Reader, printed: str, true: set[str], compared: int) -> None:
    """A list of families, or how many they are."""
    facts = reader.facts
    if printed.startswith("Les ") and printed.endswith(" familles comparées"):
        reader.same(french.counted(printed.split()[1]), len(true), "number of families")
        reader.same(len(true), compared, "families compared")
        reader.must(compared < len(facts.families), "all families are compared")
    elif printed.startswith("Les ") and printed.endswith(" familles"):
        reader.same(french.counted(printed.split()[1]), len(true), "number of families")
        reader.same(len(true), len(facts.families), "families of the grid")
    elif " familles sur " in printed:
        some, every = printed.split(" familles sur ")
        reader.same((int(some), int(every)), (len(true), len(facts.families)), "families")
    else:
        reader.same(set(french.listed(printed)), true, "families")


def rebounds(reader: Reader) -> dict[str, set[str]]:
    """The families that rose and stand below an older campaign: its label, the highest of them."""
    facts, found = reader.facts, {}
    for title in (title for title, word in verdicts(reader).items() if word == RISE):
        lost: dict[str, Fraction] = {}
        for place, label in enumerate(facts.labels[:-2]):
            row = {(one["family"], one["college"]): one for one in facts.against(place).rows()}
            side = row.get((facts.families[title], TERRITORY), {})
            if "delta" in side:
                shown = half_up(side["after"], facts.places + 1) - half_up(side["before"], facts.places + 1)
                if shown < 0:
                    lost[label] = shown
        if lost:
            found[title] = {label for label, shown in lost.items() if shown == min(lost.values())}
    return found


@reads("title", "{family} a nettement progressé", "{family} ont nettement progressé")
def progressed(reader: Reader, _place: Place, family: str) -> None:
    said, back = verdicts(reader), rebounds(reader)
    named(reader, family, {title for title, word in said.items() if word == RISE and title not in back}, len(said))


@reads("title", "{family} a nettement baissé", "{family} ont nettement baissé")
def receded(reader: Reader, _place: Place, family: str) -> None:
    said = verdicts(reader)
    named(reader, family, {title for title, word in said.items() if word == FALL}, len(said))


@reads(
    "title",
    "{families} remonte depuis {before}, sans retrouver son niveau de {year}",
    "{families} remontent depuis {before}, sans retrouver leur niveau de {year}",
)
def regained(reader: Reader, _place: Place, families: str, before: str, year: str) -> None:
    reader.same(before, reader.facts.labels[-2], "campaign before")
    for title in french.listed(families):
        reader.must(year in rebounds(reader).get(title, ()), f"{title} has found its level of {year} again")


@reads("title", "avec le recul, {family} a nettement progressé", "avec le recul, {family} ont nettement progressé")
def seen_again(reader: Reader, _place: Place, family: str) -> None:
    said, facts = verdicts(reader), reader.facts
    rows = {title: facts.hindsight.get((code, TERRITORY), {}) for title, code in facts.families.items()}
    rising = {title for title, row in rows.items() if row.get("verdict") == RISE and said.get(title) != RISE}
    named(reader, family, rising, -1)


@reads("title", "Aucun changement net depuis {before}")
def nothing_clear(reader: Reader, _place: Place, before: str) -> None:
    words = set(verdicts(reader).values())
    reader.same(before, reader.facts.labels[-2], "campaign before")
    reader.must(bool(words) and not words & {RISE, FALL}, "something moved clearly")
    reader.must(words not in ({STEADY}, {UNKNOWN}), "a better word is known")


@reads("title", "Les familles comparées sont stables depuis {before}")
def all_steady(reader: Reader, _place: Place, before: str) -> None:
    reader.same(before, reader.facts.labels[-2], "campaign before")
    reader.same(set(verdicts(reader).values()), {STEADY}, "words")


@reads("title", "On ne peut pas dire ce qui a changé depuis {before}")
def nothing_known(reader: Reader, _place: Place, before: str) -> None:
    reader.same(before, reader.facts.labels[-2], "campaign before")
    reader.same(set(verdicts(reader).values()), {UNKNOWN}, "words")


def ends(reader: Reader, scores: dict[str, Fraction], *, low: bool) -> set[str]:
    """The one or two families clearly at an end, none when the profile is flat or the end crowded."""
    if not scores or flat(reader, scores):
        return set()
    end = (min if low else max)(scores.values())
    group = {title for title, score in scores.items() if abs(score - end) < Fraction(reader.facts.scale, 16)}
    return group if len(group) <= 2 else set()


def flat(reader: Reader, scores: dict[str, Fraction]) -> bool:
    return max(scores.values()) - min(scores.values()) < Fraction(reader.facts.scale, 8)


def called(reader: Reader, titles: set[str], what: str) -> None:
    """What the families at an end are called: weak or strong only on that side of the middle of the scale."""
    facts = reader.facts
    scores = [facts.scores[title] for title in titles]
    names = {
        "le point faible": (1, max(scores) < facts.middle, True),
        "les points faibles": (2, max(scores) < facts.middle, True),
        "le moins avancé": (1, max(scores) >= facts.middle, True),
        "les moins avancés": (2, max(scores) >= facts.middle, True),
        "le point fort": (1, min(scores) >= facts.middle, False),
        "les points forts": (2, min(scores) >= facts.middle, False),
        "le plus avancé": (1, min(scores) < facts.middle, False),
        "les plus avancés": (2, min(scores) < facts.middle, False),
    }
    count, true, low = names[what]
    reader.same(count, len(titles), "number")
    reader.must(true, f"not {what}")
    reader.same(titles, ends(reader, facts.scores, low=low), "families")
    reader.claims_that(False, "flat")
    reader.claims_that(frozenset(titles), "weakest" if low else "strongest")


END = ("le point faible", "les points faibles", "le moins avancé", "les moins avancés")
TOP = ("le point fort", "les points forts", "le plus avancé", "les plus avancés")


@reads("title", "{families} {verb} {what}")
def one_end(reader: Reader, _place: Place, families: str, verb: str, what: str) -> None:
    reader.must(what in END + TOP, "no such end")
    titles = set(french.listed(families))
    called(reader, titles, what)
    reader.same(verb in {"est", "reste"}, len(titles) == 1, "one family")
    facts = reader.facts
    if facts.since is None or what in TOP:
        return reader.must(verb in {"est", "sont"}, "nothing to stay like")
    before = {
        title: row["before"]
        for title, code in facts.families.items()
        if title in facts.scores and "before" in (row := facts.changes.get((code, TERRITORY), {}))
    }
    whole = before.keys() == facts.scores.keys()
    low = ends(reader, before, low=True) if whole else set()
    stays = low == titles and (max(before[t] for t in low) < facts.middle) == ("faible" in what)
    if not verdicts(
        reader
    ):  # a page may leave out what no word is said of; it may not say that it stays if it does not
        return reader.must(stays or verb in {"est", "sont"}, "it was not so")
    return reader.same(verb in {"reste", "restent"}, stays, "stays")


@reads("title", "{strong} {verb} {what}, {weak} {end}")
def both_ends(reader: Reader, _place: Place, strong: str, verb: str, what: str, weak: str, end: str) -> None:
    reader.must(what in TOP and end in END and verb in {"est", "sont"}, "no such ends")
    reader.same(verb == "est", len(french.listed(strong)) == 1, "one family")
    called(reader, set(french.listed(strong)), what)
    called(reader, set(french.listed(weak)), end)


@reads("title", "Les familles publiées vont de {low} à {high}")
def two_crowds(reader: Reader, _place: Place, low: str, high: str) -> None:
    scores = reader.facts.scores
    reader.prints(low, min(scores.values()), reader.facts.places, "lowest")
    reader.prints(high, max(scores.values()), reader.facts.places, "highest")
    reader.must(not flat(reader, scores), "they are close")
    reader.must(not ends(reader, scores, low=True) and not ends(reader, scores, low=False), "something stands out")


@reads("title", "Les familles publiées sont proches les unes des autres")
def close(reader: Reader, _place: Place) -> None:
    reader.must(flat(reader, reader.facts.scores), "they are far apart")
    reader.claims_that(True, "flat")


@reads("title", "Les familles publiées sont toutes {at}")
def all_at(reader: Reader, _place: Place, at: str) -> None:
    close(reader, _place)
    for score in reader.facts.scores.values():
        at_level(reader, score, at)


@reads("title", "{family}, seule famille publiée, est {at}")
def alone(reader: Reader, _place: Place, family: str, at: str) -> None:
    reader.same(set(reader.facts.scores), {family}, "published families")
    at_level(reader, reader.facts.scores[family], at)


def at_level(reader: Reader, score: Fraction, printed: str) -> None:
    reader.same(printed, at(reader.facts, reader.facts.shown(score, reader.facts.places)), "level")


@reads("title", "Aucune famille n’a de score publié")
def hidden(reader: Reader, _place: Place) -> None:
    reader.same(reader.facts.scores, {}, "published scores")


def gaps(reader: Reader) -> dict[str, dict[str, Fraction]]:
    """The published scores of the colleges, by family and college, where two can be compared."""
    facts, found = reader.facts, {}
    labels = {code: label for label, code in facts.colleges.items()}
    for title, code in facts.families.items():
        scores = {
            labels[college]: facts.by_college[code, college]["score"]
            for college in facts.last.colleges
            if facts.by_college[code, college]["published"]
        }
        if len(scores) > 1:
            found[title] = scores
    return found


def width(scores: dict[str, Fraction]) -> Fraction:
    return max(scores.values()) - min(scores.values())


@reads("divergence", "C’est sur {family} que les regards s’écartent le plus : {one} ({up}) et {other} ({down})")
def apart(reader: Reader, _place: Place, family: str, one: str, up: str, other: str, down: str) -> None:
    found, places = gaps(reader), reader.facts.score_places
    scores = found[family]
    reader.same(width(scores), max(map(width, found.values())), "widest gap")
    reader.must(width(scores) >= Fraction(reader.facts.scale, 8), "they are alike")
    reader.same((scores[one], scores[other]), (max(scores.values()), min(scores.values())), "ends")
    reader.prints(up, scores[one], places, one)
    reader.prints(down, scores[other], places, other)


@reads("divergence", "{family} vu d’ailleurs : {one} ({up}), {other} ({down})")
def apart_too(reader: Reader, _place: Place, family: str, one: str, up: str, other: str, down: str) -> None:
    scores, places = gaps(reader)[family], reader.facts.score_places
    reader.must(width(scores) >= Fraction(reader.facts.scale, 8), "they are alike")
    reader.same((scores[one], scores[other]), (max(scores.values()), min(scores.values())), "ends")
    reader.prints(up, scores[one], places, one)
    reader.prints(down, scores[other], places, other)


@reads("divergence", "Les collèges publiés voient à peu près la même chose")
def alike(reader: Reader, _place: Place) -> None:
    widths = [width(scores) for scores in gaps(reader).values()]
    reader.must(bool(widths) and max(widths) < Fraction(reader.facts.scale, 8), "they are apart, or not two")


@reads("divergence", "Aucune famille n’est publiée pour deux collèges : rien à comparer")
def nothing_beside(reader: Reader, _place: Place) -> None:
    reader.same(gaps(reader), {}, "families of two colleges")
