"""The page of a campaign before it opens: the smallest changes that the expected numbers can show."""

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from tests.restitution.reader import french
from tests.restitution.reader.facts import Facts
from tests.restitution.reader.reading import Place, Reader, Text, reads
from tests.restitution.reader.rendered.leaves import Leaf
from tests.restitution.reader.rendered.review_pages import inside
from tests.scoring.oracle.campaign import TERRITORY, Campaign
from tests.scoring.oracle.intervals import Component
from tests.scoring.oracle.territory import needed
from tests.scoring.oracle.verdicts import Page, Tested, Verdict

SHOWN = "Ce que ces nombres pourront montrer"


def texts_before_opening(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the page with its subject."""
    who, some = "", inside(found)
    for leaf in some:
        heading = leaf.headings[-1] if leaf.headings else ""
        if "badge" in leaf.classes:
            yield Text("state of a campaign", (), leaf.words)
        elif leaf.tag == "dt":
            who = leaf.words
            if heading == SHOWN:
                yield Text("said", leaf.headings, leaf.words)
        elif leaf.tag == "dd":
            yield Text("smallest change" if heading == SHOWN else "setting", (who,), leaf.words)
        elif leaf.tag == "li" and leaf.headings:
            who = leaf.words
        elif "kicker" not in leaf.classes and leaf.tag not in {"a", "button", "label"}:
            expected = leaf.tag == "span" and "muted" in leaf.classes
            yield Text("people expected", (who,), leaf.words) if expected else Text("said", leaf.headings, leaf.words)
    told = [leaf.words for leaf in some if leaf.tag == "dt" and leaf.headings[-1:] == (SHOWN,)]
    yield Text("who can change", (), " | ".join(told) or "–")


# What could be shown


def expected(reader: Reader) -> dict[str, int]:
    """The answers expected of each college, by code: those hoped for, else everybody."""
    around, campaign = reader.facts.around, reader.facts.last
    return {code: around.targets.get(code) or around.announced.get(code) or 0 for code in campaign.colleges}


def enough(reader: Reader) -> dict[str, int]:
    """Those of which enough are expected for an interval."""
    rules = reader.facts.last.rules
    return {code: n for code, n in expected(reader).items() if n >= max(rules["interval_n"], rules["k"])}


def part(campaign: Campaign, n: int, skills: int) -> Component:
    """V⁰ of n answers to every skill of a family, spread over a quarter of the scale, and its degrees."""
    prior, halo, square = campaign.rule("prior_n"), campaign.rule("halo"), Fraction(campaign.reach, 4) ** 2
    v = (prior * campaign.at_random + (n - 1) * square) / (prior + n - 1)
    return v * (halo + (1 - halo) / skills) / n, n - 1 + prior


def usual_skills(campaign: Campaign) -> int:
    """The median number of skills of some weight in a family, the lower one of two."""
    counts = sorted(sum(campaign.weight(s.code) > 0 for s in family.skills) for family in campaign.grid.families)
    return max(1, counts[(len(counts) - 1) // 2])


def judged(reader: Reader, moved: int) -> dict[tuple[str, str], Verdict]:
    """What is said when every territory row moves by so much, and no college by itself."""
    return judged_once(reader.facts, moved)


@lru_cache(4)
def judged_once(facts: Facts, moved: int) -> dict[tuple[str, str], Verdict]:
    reader = Reader(facts)
    campaign, known = facts.last, enough(reader)
    parts = {code: part(campaign, n, usual_skills(campaign)) for code, n in known.items()}
    tested = {code for code in known if code not in campaign.rules["voluntary"]}
    heads = known if campaign.rules["weighting"] == "heads" else dict.fromkeys(known, 1)
    whole = [(Fraction(heads[code], sum(heads.values())) ** 2 * v, d) for code, (v, d) in parts.items()]
    rows: dict[tuple[str, str], Tested] = {}
    for family in campaign.grid.families:
        if len(known) >= needed(campaign) and tested:
            rows[family.code, TERRITORY] = Tested(Fraction(moved), Fraction(moved), whole * 2)
        for code in tested:
            delta = Fraction(moved or 1)
            rows[family.code, code] = Tested(delta, delta, [parts[code]] * 2)
    copied = len(campaign.colleges) == 1 and bool(rows)
    return Page(campaign, reader.facts.places + 1, rows, copied=copied).verdicts()


def smallest(reader: Reader, college: str, moved: int) -> float:
    found = judged(reader, moved)
    (one,) = {verdict.visible for (_family, where), verdict in found.items() if where == college}
    reader.must(one <= reader.facts.scale, "no change is as large")
    return one


FAR = 1000


@reads("smallest change", "{gap} niveau", "{gap} niveaux")
def one_gap(reader: Reader, place: Place, gap: str) -> None:
    """Of the territory, or of a college beside which no territory is judged."""
    college = reader.facts.colleges[place[0]]
    reader.prints(gap, Fraction(smallest(reader, college, 0)), reader.facts.places + 1, "change")
    if college != TERRITORY:
        beside = {where for _family, where in judged(reader, 0)} - {college}
        reader.must(TERRITORY not in beside or len(reader.facts.last.colleges) == 1, "the territory may move too")


@reads(
    "smallest change",
    "{together} si le territoire bouge dans le même sens, {alone} si le collège bouge seul",
)
def two_gaps(reader: Reader, place: Place, together: str, alone: str) -> None:
    gap, more = (french.of_levels(one) for one in (together, alone))
    college, places = reader.facts.colleges[place[0]], reader.facts.places + 1
    reader.must(len(reader.facts.last.colleges) > 1, "it is the territory")
    reader.must(any(where == TERRITORY for _family, where in judged(reader, 0)), "there is no territory")
    reader.prints(gap, Fraction(smallest(reader, college, FAR)), places, "change with the territory")
    reader.prints(more, Fraction(smallest(reader, college, 0)), places, "change alone")


@reads("smallest change", "aucun : des volontaires ne disent pas le changement de tous")
def volunteers(reader: Reader, place: Place) -> None:
    college, voluntary = reader.facts.colleges[place[0]], set(reader.facts.last.rules["voluntary"])
    reader.must(({college} if college != TERRITORY else set(enough(reader))) <= voluntary, "not all are volunteers")


@reads("smallest change", "aucun : trop peu de réponses attendues, ou un nombre que l’on ne connaît pas")
def few(reader: Reader, place: Place) -> None:
    college = reader.facts.colleges[place[0]]
    reader.must(college != TERRITORY and college not in enough(reader), "enough are expected")


@reads("smallest change", "aucun : moins de {n} collège dont on attend assez de réponses")
@reads("smallest change", "aucun : moins de {n} collèges dont on attend assez de réponses")
def few_colleges(reader: Reader, place: Place, n: str) -> None:
    reader.same((place[0], int(n)), ("Territoire", needed(reader.facts.last)), "colleges needed")
    reader.must(len(enough(reader)) < int(n), "there are enough")


@reads("who can change", "{who}")
def who_can_change(reader: Reader, _place: Place, who: str) -> None:
    names = [label for label, code in reader.facts.colleges.items() if code in reader.facts.last.colleges]
    reader.same(who, " | ".join(["Territoire", *names]) if any(expected(reader).values()) else "–", "rows")


# The rest of the page


@reads("people expected", "effectif inconnu", "{n} personne", "{n} personnes")
def size_alone(reader: Reader, place: Place, n: str = "") -> None:
    people_expected(reader, place, in_words(int(n)) if n else "effectif inconnu")


@reads("people expected", "{people}, {n} réponse espérée", "{people}, {n} réponses espérées")
def people_expected(reader: Reader, place: Place, people: str, n: str = "") -> None:
    around, code = reader.facts.around, reader.facts.colleges[place[0]]
    reader.same(people, in_words(around.announced.get(code)), "people")
    reader.same(n, str(around.targets.get(code) or ""), "answers hoped for")


def in_words(size: int | None) -> str:
    if size is None:
        return "effectif inconnu"
    return "1 personne" if size == 1 else f"{size} personnes"


@reads("setting", "court")
def form(_reader: Reader, _place: Place) -> None:
    """Every skill is asked, in the short form too."""


@reads("setting", "{grid} · proposition du projet")
def version(reader: Reader, _place: Place, grid: str) -> None:
    asked = reader.facts.last.grid
    reader.must(grid.endswith(f" {asked.version}") and grid.startswith(asked.title), "another grid")


@reads("setting", "{k} personnes")
def threshold(reader: Reader, _place: Place, k: str) -> None:
    reader.same(int(k), reader.facts.last.rules["k"], "k")


@reads("said", "{name} : tout relire avant d’ouvrir")
def before_opening(reader: Reader, _place: Place, name: str) -> None:
    reader.same(name, "Bilan", "name of the campaign")


@reads("said", "Vous pouvez aussi préparer dès maintenant .")
def may_prepare(_reader: Reader, _place: Place) -> None:
    """What follows is a link."""


@reads("state of a campaign", "en préparation")
def draft(reader: Reader, _place: Place) -> None:
    reader.claims_that("draft", "state")
