"""What documents say of figures, and pages do not."""

import re
from fractions import Fraction

from tests.restitution.reader import french, levels
from tests.restitution.reader.changes import row_of
from tests.restitution.reader.desk import clear
from tests.restitution.reader.reading import Place, Reader, reads
from tests.restitution.reader.rendered.cells import earlier
from tests.restitution.reader.rendered.report_texts import STRENGTHS, WEAKNESSES, WHOLE, WHY
from tests.restitution.reader.rendered.sentences import without_figure
from tests.restitution.reader.scores import all_blind, blind, of_skill
from tests.restitution.reader.titles import FALL, RISE, verdicts

HOW_TO_READ_A_PANEL = (
    "Le score de chaque collège pour la famille « {family} », entre parenthèses le nombre de réponses, puis la marge "
    "d’erreur."
)
MOST_REASONS = 10
"""Colleges: where there are more, a dash stands for the reason of a hidden figure."""
MADE = "1er juin 2026"
"""The day that the documents which are read were made."""


@reads("the same", "{words}")
def the_same(reader: Reader, place: Place, words: str) -> None:
    reader.same(words, french.plain(place[0]), "words")


@reads("number of a slide", "{n}")
def number_of_a_slide(reader: Reader, place: Place, n: str) -> None:
    reader.same(n, place[0], "slide")


@reads("headers", "Tableau : {headers}")
def headers(reader: Reader, place: Place, headers: str) -> None:
    """The whole names of the columns, those that stand cut above them too."""
    named = headers.split(", ")
    reader.same(len(named), len(place), "columns")
    for name, head in zip(named, place, strict=True):
        reader.must(name.startswith(head.removesuffix("…")), f"{head} is another column")
        reader.must(head == name or head.endswith("…"), f"{head} is not {name}")


@reads("head of a college", "{head}")
def head_of_a_college(reader: Reader, place: Place, head: str) -> None:
    """The name of a college over its column: cut, perhaps, but not so that two could be meant."""
    known = [label for label, code in reader.facts.colleges.items() if code in reader.facts.last.colleges]
    meant = [label for label in known if label.startswith(head.removesuffix("…"))]
    reader.same(meant if head.endswith("…") else [head], [place[0]], "college")


@reads("no mean", "–")
def no_mean(reader: Reader, place: Place) -> None:
    reader.must(not of_skill(reader, place)["published"], "it is published")
    reader.must(len(reader.facts.last.colleges) > MOST_REASONS, "its reason would hold")


@reads("said", "Un tiret : pas de chiffre publié ; les notes disent pourquoi.")
def dashes(reader: Reader, place: Place) -> None:
    skills = [skill.title for skill in reader.facts.last.grid.skills if skill.title.startswith(f"{place[0]} ")]
    labels = [label for label, code in reader.facts.colleges.items() if code in reader.facts.last.colleges]
    every = [of_skill(reader, (skill, label)) for skill in skills for label in labels]
    reader.must(any(not row["published"] for row in every), "none is hidden")
    reader.must(len(labels) > MOST_REASONS, "their reasons would hold")


@reads("made on", "établi le {day}", "Document établi le {day}")
def made_on(reader: Reader, _place: Place, day: str) -> None:
    reader.same(day, MADE, "day")


@reads("territory and campaign", "Ici {year}")
@reads("campaign and name", "{year} – Bilan")
@reads("latest campaign", "{year}")
def this_campaign(reader: Reader, _place: Place, year: str) -> None:
    reader.same(year, reader.facts.labels[-1], "campaign")


# Facts of the document


@reads("fact", "{value}")
def fact(reader: Reader, place: Place, value: str) -> None:
    reader.statement(KIND_OF_FACT[place[0]], (), value)


KIND_OF_FACT = {
    "Territoire": "territory",
    "Campagne": "campaign and name",
    "Collecte": "caption",
    "Réponses": "answered",
    "Grille": "name of the grid",
    "Échelle": "scale",
    "Méthode": "edition",
    "Réunion des collèges": "caption",
    "Confidentialité": "privacy",
    "Document établi le": "day",
}


@reads("day", "{day}")
def day_alone(reader: Reader, place: Place, day: str) -> None:
    made_on(reader, place, day)


@reads("territory", "Ici")
@reads("edition", "édition 2 de la méthode")
def of_every_territory(_reader: Reader, _place: Place) -> None:
    """The territories tried have one name and one edition."""


@reads("name of the grid", "Grille d’essai – {status}")
def name_of_the_grid(reader: Reader, _place: Place, status: str) -> None:
    reader.statement("caption", (), status)


@reads("scale", "niveaux de {low} à {high}")
def scale(reader: Reader, _place: Place, low: str, high: str) -> None:
    campaign = reader.facts.last
    reader.same((french.number(low), french.number(high)), (campaign.lowest, campaign.highest), "levels")


@reads("privacy", "aucun chiffre sur moins de {k} personnes")
def privacy(reader: Reader, _place: Place, k: str) -> None:
    reader.same(int(k), reader.facts.last.rules["k"], "k")


# Titles


@reads("title of answers", "Qui a répondu : {answered}")
def who_answered(reader: Reader, _place: Place, answered: str) -> None:
    reader.statement("answered", (), answered)


@reads("lowered title", "Le profil : {title}")
def lowered(reader: Reader, place: Place, title: str) -> None:
    """The headline after a colon, where only a word that is no name loses its capital."""
    reader.same(title[1:], place[0][1:], "headline")
    first = place[0].partition(" ")[0]
    common = first in {"Les", "Aucun", "Aucune", "On"} and not place[0].startswith(tuple(reader.facts.families))
    reader.same(title[0], place[0][0].lower() if common else place[0][0], "capital")


@reads("title of changes", "Depuis {year}, {changes}")
def moved_since(reader: Reader, _place: Place, year: str, changes: str) -> None:
    reader.same(year, reader.facts.labels[-2], "campaign before")
    clauses = dict(part.split(" : ") for part in changes.split(" ; "))
    true = {f"en {word}": [title for title, said in verdicts(reader).items() if said == word] for word in (RISE, FALL)}
    found = {word: french.listed(families) for word, families in clauses.items()}
    reader.same(found, {word: families for word, families in true.items() if families}, "families")


@reads("part of a title of changes", "en hausse nette : {families}", "en baisse nette : {families}")
def part_of_a_title(reader: Reader, place: Place, families: str) -> None:
    """Read by the rule of the whole."""


@reads("title of changes", "Ce qui se compare à {year}, sans verdict")
def without_verdict(reader: Reader, _place: Place, year: str) -> None:
    reader.same(year, reader.facts.labels[-2], "campaign before")
    reader.same(verdicts(reader), {}, "words")
    reader.must(any("delta" in row for (_f, where), row in reader.facts.changes.items()), "nothing compares")


@reads("title of changes", "{sentence}")
def nothing_clear(reader: Reader, _place: Place, sentence: str) -> None:
    reader.must(not {RISE, FALL} & set(verdicts(reader).values()), "something moved clearly")
    reader.statement("title", (), sentence)


@reads("title of a family", "{family} est {at} ({score})")
def family_at(reader: Reader, _place: Place, family: str, at: str, score: str) -> None:
    reader.statement("score", (family, WHOLE), score)
    word = levels.word(reader.facts, french.number(score))
    reader.same(at, word if word.startswith("entre ") else f"au niveau « {word} »", "level")


@reads("title of a family", "{family} : {missing} pour le territoire")
def hidden_family(reader: Reader, _place: Place, family: str, missing: str) -> None:
    reader.statement("hidden score", (family, WHOLE), missing)


# What reviewers retained


@reads("retained", "{level}")
def retained(reader: Reader, place: Place, level: str) -> None:
    """The lowest level, of the first family: « 1 – Rien »."""
    lowest = reader.facts.last.lowest
    name = next(name for name, value in reader.facts.level_names.items() if value == lowest)
    reader.same(place[0], next(iter(reader.facts.families)), "family")
    reader.same(level, f"{lowest} – {name}".replace("-", "−"), "level retained")


@reads("said", "Niveau retenu : {level}.")
def retained_below(reader: Reader, place: Place, level: str) -> None:
    retained(reader, place, level)


@reads("typed of a family", "{words}")
def typed(reader: Reader, place: Place, words: str) -> None:
    reader.same(place[0], next(iter(reader.facts.families)), "family")
    reader.must(words in {WHY, STRENGTHS, WEAKNESSES}, "nobody typed it")


@reads("retained in full", "{family} : {level}. {why} Points forts : {strengths} À renforcer : {weaknesses}")
def retained_in_full(
    reader: Reader, place: Place, family: str, level: str, why: str, strengths: str, weaknesses: str
) -> None:
    reader.same((family, why, strengths, weaknesses), (place[0], WHY, STRENGTHS, WEAKNESSES), "what was typed")
    retained(reader, place, level)


# Changes


@reads("word in a sentence", "{word}.")
def word_in_a_sentence(reader: Reader, place: Place, word: str) -> None:
    reader.same(word, row_of(reader, place).get("verdict"), "word")
    reader.claims_that(word, "verdict", *place)


@reads(
    "said",
    "Une baisse peut venir de personnes mieux formées, donc plus exigeantes : demandez-leur ce qui a changé.",
    "Une baisse peut venir de personnes mieux formées, donc plus exigeantes. Demandez-leur ce qui a changé : le "
    "chiffre seul ne le dit pas.",
)
def after_a_fall(reader: Reader, _place: Place) -> None:
    reader.must(FALL in verdicts(reader).values(), "nothing fell")


@reads(
    "said",
    "Un changement est dit net s’il atteint {gap} niveau et si son intervalle exclut zéro, sur les savoir-faire et les "
    "collèges comparables. « Stable » : il fait moins que cela.",
)
def said_clear(reader: Reader, _place: Place, gap: str) -> None:
    reader.must(abs(french.number(gap) - clear(reader)) < Fraction(1, 1000), "threshold")


# Figures in words, and those that charts hold


@reads("radar in words", "{series}")
def radar_in_words(reader: Reader, _place: Place, series: str) -> None:
    """« 2026 : Agir 1,2, Lire 3,4. 2025 : … »: every family of each campaign, in the order of the grid."""
    families = "|".join(reader.facts.families)
    for one in re.split(r"(?<=\.) (?=\d{4} : )", series):
        label, _colon, scores = one.removesuffix(".").partition(" : ")
        parts = re.split(f", (?=(?:{families}) )", scores)
        reader.same(len(parts), len(reader.facts.families), "families")
        for family, part in zip(reader.facts.families, parts, strict=True):
            reader.must(part.startswith(f"{family} "), f"{family} is not told")
            reader.statement("cell of a campaign", (family, WHOLE, label), part.removeprefix(f"{family} "))


@reads("trend", "{scores}")
def trend(reader: Reader, place: Place, scores: str) -> None:
    """« 2025 moins de 2 collèges publiés, 2026 3,66 »."""
    parts = re.split(r", (?=\d{4} )", scores)
    reader.same([part[:4] for part in parts], list(reader.facts.labels), "campaigns")
    for part in parts:
        reader.statement("cell of a campaign", (*place, part[:4]), part[5:])


@reads("said", "La grille a changé en chemin : tout ne se compare pas forcément d’une année à l’autre.")
def another_grid(reader: Reader, _place: Place) -> None:
    reader.must(len({one.grid.version for one in reader.facts.campaigns}) > 1, "the grid is the same")


@reads("not published", "non publié")
def not_published(reader: Reader, place: Place) -> None:
    reader.must(place[0] not in earlier(reader, place[2]).facts.scores, "it is published")


@reads("plotted", "{value}")
def plotted(reader: Reader, place: Place, value: str) -> None:
    """The score that a chart holds: of a family in a campaign, or as a college sees it."""
    facts = reader.facts
    if len(place) > 2:
        held(reader, value, earlier(reader, place[2]).facts.scores.get(place[0]))
    else:
        held(reader, value, facts.by_college[facts.families[place[0]], facts.colleges[place[1]]].get("score"))


def held(reader: Reader, value: str, true: Fraction | float | None) -> None:
    """A chart holds that figure, or a gap where none may be shown."""
    if value == "–" or true is None:
        return reader.same(None if value == "–" else value, true, "figure of a chart")
    return reader.must(abs(float(value) - float(true)) < 1e-9, f"{value} is plotted, {float(true)} is true")


@reads("plotted count", "{value}")
def plotted_count(reader: Reader, place: Place, value: str) -> None:
    facts = reader.facts
    people = facts.respondents(facts.colleges[place[0]])
    held(reader, value, people if people >= facts.last.rules["k"] else None)


@reads("plotted silence", "{value}")
def plotted_silence(reader: Reader, place: Place, value: str) -> None:
    """The place tells its rank: none that is left is more frequent."""
    held(reader, value, blind(all_blind(reader)[place[:2]]))
    every = sorted(map(blind, all_blind(reader).values()), reverse=True)
    held(reader, value, every[int(place[2])])


@reads("said", "Sans chiffre publié : {skills}.")
def without(reader: Reader, place: Place, skills: str) -> None:
    without_figure(reader, place, str(reader.facts.last.rules["k"]), skills)


# The PDF report


@reads("said", "Ce qui a changé depuis {year}")
def changed_since(reader: Reader, _place: Place, year: str) -> None:
    reader.same(year, reader.facts.labels[-2], "campaign before")


@reads("how to read a panel", HOW_TO_READ_A_PANEL)
def how_to_read_a_panel(reader: Reader, place: Place, family: str) -> None:
    reader.same(family, place[0], "family")


@reads("part of a trend", "{words} en {label}")
def part_of_a_trend(reader: Reader, place: Place, words: str, label: str) -> None:
    reader.statement("cell of a campaign", (*place, label), words)


@reads("trend in years", "{scores}")
def trend_in_years(reader: Reader, place: Place, scores: str) -> None:
    """« 1,57 en 2025, 3,32 en 2026 »."""
    parts = re.split(r"(?<= en \d{4}), ", scores)
    reader.same([part[-4:] for part in parts], list(reader.facts.labels), "campaigns")
    for part in parts:
        reader.statement("part of a trend", place, part)


@reads("levels given", "n = {n}")
def levels_given(reader: Reader, place: Place, n: str) -> None:
    reader.same(int(french.number(n)), of_skill(reader, place)["n"], "levels given")


@reads("word or reason", "{words}")
def word_or_reason(reader: Reader, place: Place, words: str) -> None:
    verdict = row_of(reader, place).get("verdict")
    if verdict is None:
        return reader.statement("why untested", place, words)
    reader.claims_that(words, "verdict", *place)
    return reader.same(words, verdict, "word")


@reads("rank of a silence", "{college}")
def rank_of_a_silence(reader: Reader, place: Place, college: str) -> None:
    every = sorted(map(blind, all_blind(reader).values()), reverse=True)
    reader.same(blind(all_blind(reader)[place[1], college]), every[int(place[0])], "rank")


@reads("value of a level", "{value}")
def value_of_a_level(reader: Reader, place: Place, value: str) -> None:
    reader.same(french.number(value), reader.facts.level_names[place[0]], "level")
