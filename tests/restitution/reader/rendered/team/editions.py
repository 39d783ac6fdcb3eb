"""« Ce que l’édition 2 change »: both editions side by side, each held to its own naive figures."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

from tests.restitution.reader import french, levels
from tests.restitution.reader.changes import outward, row_of, signed
from tests.restitution.reader.facts import Facts
from tests.restitution.reader.reading import Place, Reader, Text, reads
from tests.restitution.reader.rendered.leaves import Leaf
from tests.restitution.reader.rendered.review_pages import inside
from tests.restitution.reader.scores import of_college
from tests.restitution.reader.titles import FALL, RISE
from tests.scoring.edition_1 import oracle
from tests.scoring.oracle.campaign import TERRITORY, Campaign
from tests.scoring.oracle.display import half_up

SCORES, AGREEMENTS = "Scores et intervalles", "Les mots d’accord qui diffèrent"
CHANGED = "Un mot change : "


def texts_of_editions(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the page with its subject: each row as its two editions and what differs, then words in all."""
    some, counted = inside(found), {"levels": 0, "verdicts": 0, "agreements": 0}
    told: dict[str, list[tuple[str, str]]] = {}
    for leaf in some:
        if not leaf.row:
            kind = "title of the report" if leaf.tag == "h1" else "lead" if "lead" in leaf.classes else "said"
            if kind != "lead":
                yield Text(kind, leaf.headings, leaf.words)
    for kind, (what, who), cells in _rows(some):
        told.setdefault(kind, []).append((what, who))
        for edition, (words, small) in cells.items():
            if edition != "Ce qui diffère":
                yield Text(f"{kind} {edition}", (what, who), f"{words} | {small}")
        (first, margin), (second, other) = cells["Édition 1"], cells["Édition 2"]
        words = cells["Ce qui diffère"][0]
        counted[kind] += words.startswith(CHANGED)
        yield Text(f"{kind} that differ", (first, margin, second, other), words)
    for kind in counted:
        yield Text(f"rows of {kind}", (), "; ".join(map(" | ".join, told.get(kind, []))) or "–")
    lead = next(leaf.words for leaf in some if "lead" in leaf.classes)
    yield Text("words that differ", tuple(map(str, counted.values())), lead)


def _rows(some: list[Leaf]) -> Iterator[tuple[str, tuple[str, str], dict[str, tuple[str, str]]]]:
    """Each row: its table, its subject, and the words of each cell with what is small beside them."""
    cells: dict[str, tuple[str, str]] = {}
    kind = who = what = ""
    for leaf in some:
        if leaf.row and leaf.tag == "th":
            if cells:
                yield kind, (what, who), cells
            heading = leaf.headings[-1]
            kind = {SCORES: "levels", AGREEMENTS: "agreements"}.get(heading, "verdicts")
            what, who, cells = leaf.words, "", {"Édition 1": ("", ""), "Édition 2": ("", "")}
        elif leaf.row and leaf.column == "Qui":
            who = leaf.words
        elif leaf.row:
            words, small = cells.get(leaf.column, ("", ""))
            cells[leaf.column] = (words, leaf.words) if leaf.tag == "small" else (leaf.words, small)
    if cells:
        yield kind, (what, who), cells


# What the first edition said


@lru_cache(8)
def first(campaign: Campaign) -> Any:
    """The campaign as the first edition read it."""
    names = ("k", "workshop_k", "weighting", "sizes")
    return oracle.Campaign(campaign.rows, campaign.grid, **{name: campaign.rules[name] for name in names})


@lru_cache(4)
def first_changes(facts: Facts) -> dict[tuple[str, str], dict[str, Any]]:
    if facts.since is None:
        return {}
    rows = oracle.change(first(facts.since), first(facts.last), facts.last.rules["weighting"])
    return {(row["family"], row["college"]): row for row in rows}


def first_score(reader: Reader, place: Place) -> dict[str, Any]:
    family, college = reader.facts.families[place[0]], reader.facts.colleges[place[1]]
    own = first(reader.facts.last)
    row = own.territory_row(family) if college == TERRITORY else own.family_row(family, college)
    return dict(row)


def near(reader: Reader, printed: str, value: Fraction | float, places: int, what: str) -> None:
    """A figure of the first edition, rounded either way when it is half way."""
    reader.same(french.places(printed), places, f"decimals of {what}")
    gap = abs(french.number(printed) - Fraction(value))
    reader.must(gap <= Fraction(1, 2 * 10**places) + Fraction(1, 10**9), f"{what}: {printed}, {float(value)} is true")


@reads("levels Édition 1", "{score} {word} | ({certain})")
def first_said(reader: Reader, place: Place, score: str, word: str, certain: str) -> None:
    row, places, facts = first_score(reader, place), reader.facts.places, reader.facts
    reader.must(row["published"], "it was hidden")
    near(reader, score, row["score"], places, "score")
    distance = {name: abs(row["score"] - value) for name, value in facts.level_names.items()}
    reader.same(distance[word], min(distance.values()), "level read")
    if certain == "sans intervalle":
        return reader.same(row["low"], None, "interval")
    low, high = certain.split(" à ")
    near(reader, low, row["low"], places, "low end")
    return near(reader, high, row["high"], places, "high end")


@reads("levels Édition 1", " | moins de {k} réponses")
def first_few(reader: Reader, place: Place, k: str) -> None:
    row = first_score(reader, place)
    reader.must(not row["published"] and row.get("n") == "<k", "enough answered")
    reader.same(int(k), reader.facts.last.rules["k"], "k")


@reads("levels Édition 1", " | masqué")
def first_hidden(reader: Reader, place: Place) -> None:
    row = first_score(reader, place)
    reader.must(not row["published"] and row.get("n") != "<k", "it was published, or few answered")


@reads("verdicts Édition 1", "{delta} {word} | ({certain})", "{delta} {word} | ")
def first_moved(reader: Reader, place: Place, delta: str, word: str, certain: str = "") -> None:
    row, places = first_row(reader, place), reader.facts.places + 1
    near(reader, delta, row["delta"], places, "difference")
    reader.same(word, row["verdict"], "word")
    reader.same(bool(certain), row.get("low") is not None, "interval")
    if certain:
        for printed, end in zip(certain.split(" à "), ("low", "high"), strict=True):
            near(reader, printed, row[end], places, end)


@reads("verdicts Édition 1", " | non comparable")
def first_incomparable(reader: Reader, place: Place) -> None:
    reader.must("delta" not in first_row(reader, place), "they compared")


def first_row(reader: Reader, place: Place) -> dict[str, Any]:
    return first_changes(reader.facts)[reader.facts.families[place[0]], reader.facts.colleges[place[1]]]


# What the second edition says


@reads("levels Édition 2", "{score} {word} | ({certain})")
def second_said(reader: Reader, place: Place, score: str, word: str, certain: str) -> None:
    row, facts = of_college(reader, place), reader.facts
    reader.must(row["published"], "it is hidden")
    reader.prints(score, row["score"], facts.places, "score")
    reader.same(word, levels.word(facts, half_up(row["score"], facts.places)), "level read")
    reader.statement("margin", place, certain)


@reads("levels Édition 2", " | {reason}")
def second_hidden(reader: Reader, place: Place, reason: str) -> None:
    reader.statement("hidden score", place, reason)


@reads("verdicts Édition 2", "{delta} {word} | ({low} à {high})")
def second_moved(reader: Reader, place: Place, delta: str, word: str, low: str, high: str) -> None:
    row, places = row_of(reader, place), reader.facts.places + 1
    signed(reader, delta, half_up(row["after"], places) - half_up(row["before"], places), "difference")
    reader.same(word, row.get("verdict"), "word")
    outward(reader, low, row["low"], up=False)
    outward(reader, high, row["high"], up=True)


@reads("verdicts Édition 2", "{delta} | {reason}")
def second_untested(reader: Reader, place: Place, delta: str, reason: str) -> None:
    row, places = row_of(reader, place), reader.facts.places + 1
    signed(reader, delta, half_up(row["after"], places) - half_up(row["before"], places), "difference")
    reader.must(not row.get("verdict"), "it has a word")
    reader.statement("why untested", place, reason)


@reads("verdicts Édition 2", " | non comparable")
def second_incomparable(reader: Reader, place: Place) -> None:
    reader.must("delta" not in row_of(reader, place), "they compare")


# Agreement


def agreements(reader: Reader, place: Place) -> tuple[str, str]:
    """The word of each edition, empty when there is none."""
    skill, college = reader.facts.skills[place[0]], reader.facts.colleges[place[1]]
    family = reader.facts.last.grid.family_of(skill).code
    then = first(reader.facts.last).skill_row(skill, family, college).get("agreement")
    return then or "", reader.facts.by_skill[skill, college].get("agreement") or ""


@reads("agreements Édition 1", "– | ", "{word} | ")
def first_agreement(reader: Reader, place: Place, word: str = "") -> None:
    reader.same(word if word != "–" else "", agreements(reader, place)[0], "word")


@reads("agreements Édition 2", "{word} | ")
def second_agreement(reader: Reader, place: Place, word: str) -> None:
    reader.same(word, agreements(reader, place)[1], "word")


@reads("agreements Édition 2", " | {reason}")
def no_second_agreement(reader: Reader, place: Place, reason: str) -> None:
    reader.same(agreements(reader, place)[1], "", "word")
    reader.statement("why no detail", place, reason)


# Which rows


@reads("rows of levels", "{rows}")
def rows_of_levels(reader: Reader, _place: Place, rows: str) -> None:
    reader.same(
        rows.split("; "), [f"{title} | {who}" for title in reader.facts.families for who in seen(reader)], "rows"
    )


@reads("rows of verdicts", "{rows}")
def rows_of_verdicts(reader: Reader, _place: Place, rows: str) -> None:
    every = [f"{title} | {who}" for title in reader.facts.families for who in seen(reader)]
    reader.same(rows.split("; "), every if reader.facts.since else ["–"], "rows")


@reads("rows of agreements", "{rows}")
def rows_of_agreements(reader: Reader, _place: Place, rows: str) -> None:
    places = [(skill, who) for skill in reader.facts.skills for who in seen(reader)[1:]]
    true = [" | ".join(place) for place in places if len(set(agreements(reader, place))) > 1]
    reader.same(rows.split("; "), true or ["–"], "rows")


def seen(reader: Reader) -> list[str]:
    """The territory, then each college."""
    colleges = [label for label, code in reader.facts.colleges.items() if code in reader.facts.last.colleges]
    return ["Territoire", *colleges]


# What differs, from both cells as they are printed; each of them has been read


CELL = re.compile(r"(?P<figure>[+−]?\d+,\d+)?\s*(?P<word>.*)")


def differences(place: Place, *, precise: bool) -> tuple[list[str], bool]:
    """What a row must say that differs, and whether a word does."""
    first_cell, first_small, second_cell, second_small = place
    (figure, word), (now, other) = (split(one) for one in (first_cell, second_cell))
    said: list[str] = []
    changed = word != other
    if changed and precise and word == "stable ou incertain" and other not in ("", RISE, FALL):
        said, changed = ["dit plus précisément"], False
    elif changed and not precise and not (word and other):
        return ["plus publié" if word else "publié désormais"], True
    elif changed and not other:
        return [f"« {word} » n’est plus dit" + (f" ({second_small})" if second_small else "")], True
    elif changed:
        said = [f"« {word} » devient « {other} »" if word else f"« {other} », désormais"]
    if not changed and not figure and not now:
        return said, False
    return [*said, *intervals(first_small, second_small), *(["chiffre arrondi autrement"] * (figure != now))], changed


def split(cell: str) -> tuple[str, str]:
    match = CELL.fullmatch(cell)
    assert match is not None
    return match["figure"] or "", match["word"] if match["word"] != "–" else ""


def intervals(first_small: str, second_small: str) -> list[str]:
    """How the intervals differ, as they are printed."""
    if first_small == second_small:
        return []
    widths = [width(one) for one in (first_small, second_small)]
    if widths[1] is None:
        return [] if widths[0] is None else ["plus d’intervalle : " + second_small.strip("()")]
    if widths[0] is None:
        return ["un intervalle désormais"]
    if widths[0] == widths[1]:
        return ["intervalle déplacé"]
    return ["intervalle plus large" if widths[1] > widths[0] else "intervalle plus étroit"]


def width(small: str) -> Fraction | None:
    low, _to, high = small.strip("()").partition(" à ")
    return french.number(high) - french.number(low) if high and low[-1:].isdigit() else None


def check(reader: Reader, place: Place, words: str, *, precise: bool) -> None:
    true, changed = differences(place, precise=precise)
    told = ", ".join(true) or "rien"
    reader.same(words, f"{CHANGED}{told}" if changed else told, "what differs")


@reads("levels that differ", "{words}")
def levels_differ(reader: Reader, place: Place, words: str) -> None:
    check(reader, place, words, precise=False)


@reads("verdicts that differ", "{words}")
@reads("agreements that differ", "{words}")
def words_differ(reader: Reader, place: Place, words: str) -> None:
    check(reader, place, words, precise=True)


@reads(
    "words that differ",
    "Mots qui diffèrent d’une édition à l’autre : {levels} dans les niveaux lus, {verdicts} dans les évolutions, "
    "{agreements} dans les accords.",
)
def counted(reader: Reader, place: Place, **said: str) -> None:
    reader.same(tuple(said.values()), place, "words of each table")


@reads("words that differ", "Aucun mot ne diffère d’une édition à l’autre.")
def none_differs(reader: Reader, place: Place) -> None:
    reader.same(set(place), {"0"}, "words of each table")


# Around


@reads(
    "said",
    "Ces résultats ont été publiés le {published} avec l’édition 1 de la méthode, et recalculés le {recomputed} avec "
    "l’édition 2. Les réponses et les moyennes sont les mêmes. Les intervalles comptent toujours une réponse au hasard "
    "en plus ; un changement se dit d’abord du territoire ; sous dix réponses, seule la moyenne est montrée.",
)
def days(reader: Reader, _place: Place, published: str, recomputed: str) -> None:
    reader.same((published, recomputed), ("1er juin 2025", "10 septembre 2026"), "days")
    reader.same(reader.facts.last.rules["k_detail"], 10, "k_detail")


@reads("title of the report", "Ce que l’édition 2 change")
def title(_reader: Reader, _place: Place) -> None:
    """The name of the page."""


@reads("said", "Ce qui se disait des évolutions depuis {year}")
def since(reader: Reader, _place: Place, year: str) -> None:
    reader.same(year, reader.facts.labels[-2], "campaign before")


@reads("said", "C’est la première campagne du territoire : aucune évolution n’est à comparer.")
def alone(reader: Reader, _place: Place) -> None:
    reader.same(reader.facts.since, None, "campaign before")


@reads("said", "Rien ne se compare avec la campagne précédente.")
def damaged_before(reader: Reader, _place: Place) -> None:
    reader.must(False, "both campaigns can be read")


@reads("said", "Aucun : chaque savoir-faire garde le sien dans chaque collège.")
def same_agreements(reader: Reader, _place: Place) -> None:
    rows_of_agreements(reader, (), "–")
