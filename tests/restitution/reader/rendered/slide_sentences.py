"""What slides say of figures."""

import re
from fractions import Fraction

from tests.restitution.reader import french, levels
from tests.restitution.reader.changes import row_of
from tests.restitution.reader.desk import clear
from tests.restitution.reader.reading import Place, Reader, reads
from tests.restitution.reader.scores import all_blind, blind
from tests.restitution.reader.titles import FALL, RISE, verdicts
from tests.scoring.oracle.campaign import TERRITORY
from tests.scoring.oracle.display import half_up


@reads("few of a college", "moins de {k} réponses")
def few_of_a_college(reader: Reader, place: Place, k: str) -> None:
    facts = reader.facts
    reader.same(int(k), facts.last.rules["k"], "k")
    reader.must(facts.respondents(facts.colleges[place[0]]) < int(k), "enough answered")


@reads("title of a radar", "En {year}.")
def of_one_year(reader: Reader, _place: Place, year: str) -> None:
    reader.must(year in reader.facts.labels, "no such campaign")


@reads("title of a radar", "L’an dernier, vu d’aujourd’hui.")
def of_hindsight(reader: Reader, _place: Place) -> None:
    reader.must(reader.facts.last.then is not None, "nobody was asked")


@reads("title of a radar", "{title}.")
def headline(reader: Reader, _place: Place, title: str) -> None:
    for part in title.split(" ; "):
        reader.statement("title", (), part)


@reads("name of a drawing", "{title}", "{title}.")
def name_of_a_drawing(reader: Reader, place: Place, title: str) -> None:
    """The drawing of a slide is named as the slide, whose title is read."""
    reader.same(title, place[0], "title of the slide")


@reads("said", "{family}, {score} : on lit « {level} », le niveau le plus proche.")
@reads("said", "{family}, {score} : on lit {level}, à mi-chemin.")
def how_to_read_a_score(reader: Reader, _place: Place, family: str, score: str, level: str) -> None:
    """Of the oldest campaign of the radar, whichever it is."""
    facts = reader.facts
    known = [facts.at(place).scores.get(family) for place in range(len(facts.campaigns))]
    reader.must(french.number(score) in [facts.shown(one) for one in known if one is not None], "no campaign had it")
    reader.same(level, levels.word(facts, french.number(score)), "level read")


@reads("from and to", "{before} à {after}", "{before} → {after}")
def from_and_to(reader: Reader, place: Place, before: str, after: str) -> None:
    row, places = row_of(reader, place), reader.facts.places + 1
    reader.prints(before, row["before"], places, "before")
    reader.prints(after, row["after"], places, "after")


@reads("change in levels", "On lit {level}")
def one_level(reader: Reader, place: Place, level: str) -> None:
    reader.must(row_of(reader, place).get("verdict") not in (RISE, FALL), "it clearly moved")
    reader.same(level, word_of(reader, place, "after"), "level read")


@reads("change in levels", "De {first_level} à {last_level}")
def two_levels(reader: Reader, place: Place, first_level: str, last_level: str) -> None:
    reader.must(row_of(reader, place).get("verdict") in (RISE, FALL), "it did not clearly move")
    true = word_of(reader, place, "before"), word_of(reader, place, "after")
    reader.same((first_level, last_level), true, "levels")
    reader.must(first_level != last_level, "it is the same level")


@reads("change in levels", "Toujours {level}")
def same_level(reader: Reader, place: Place, level: str) -> None:
    reader.must(row_of(reader, place).get("verdict") in (RISE, FALL), "it did not clearly move")
    reader.same({level}, {word_of(reader, place, "before"), word_of(reader, place, "after")}, "levels")


def word_of(reader: Reader, place: Place, side: str) -> str:
    """The level read in one of the two scores compared, as it is printed."""
    word = levels.word(reader.facts, half_up(row_of(reader, place)[side], reader.facts.places + 1))
    return word if "«" in word else f"« {word} »"


@reads("series", "l’an dernier, avec le recul")
def hindsight_series(reader: Reader, _place: Place) -> None:
    reader.must(reader.facts.last.then is not None, "nobody was asked")


@reads("title of a radar", "En {year} : lire le profil.")
def one_year_to_read(reader: Reader, _place: Place, year: str) -> None:
    reader.same(year, reader.facts.labels[-1], "campaign")


@reads("said", "Avant de montrer {year}.")
def before_it_is_shown(reader: Reader, _place: Place, year: str) -> None:
    reader.same(year, reader.facts.labels[-1], "campaign")


@reads("what changed", "Ce qui se compare à {year}, sans verdict")
def no_word(reader: Reader, _place: Place, year: str) -> None:
    reader.same(year, reader.facts.labels[-2], "campaign before")
    reader.same(verdicts(reader), {}, "words")


@reads("what changed", "{sentence}")
def what_changed(reader: Reader, _place: Place, sentence: str) -> None:
    for part in sentence.split(" ; "):
        known = part.startswith("Ce qui se compare")
        reader.statement("what changed" if known else "title", (), part)


@reads("said", "{skill} : la plus forte hausse depuis {year}")
def most_risen(reader: Reader, _place: Place, skill: str, year: str) -> None:
    reader.must(RISE in verdicts(reader).values(), "nothing clearly rose")
    reader.must(skill in reader.facts.skills, "no such skill")
    reader.same(year, reader.facts.labels[-2], "campaign before")


@reads("risen skill", "{skill}")
def also_risen(reader: Reader, _place: Place, skill: str) -> None:
    reader.must(RISE in verdicts(reader).values(), "nothing clearly rose")
    reader.must(skill in reader.facts.skills, "no such skill")


@reads("said", "Quatre règles pour bien se parler")
@reads("said", "On parle de ce qui se fait, jamais des personnes.")
@reads("said", "Chacun dit ce qu’il voit, d’où il est.")
@reads("said", "On écoute jusqu’au bout, sans corriger.")
@reads("said", "Une question sans réponse se note : elle en aura une.")
@reads("said", "Par groupes de quatre : par quoi commencer ?")
@reads("said", "Chacun choisit, en silence, un savoir-faire à faire progresser.")
@reads("said", "Le groupe en garde un seul.")
@reads("said", "Il écrit une action : un verbe, un service, une date.")
@reads("said", "L’un de vous la dit à tous, en une minute.")
@reads("said", "Merci d’avoir pris ce temps ensemble")
@reads("said", "Vous aurez le compte rendu, avec ce que vous avez décidé.")
@reads("said", "À la prochaine séance, nous commencerons par vos décisions.")
@reads("said", "Répétition : rien de ce qui se décide ici n’est gardé.")
@reads("said", "Bravo !")
@reads("said", "Et aussi")
def asked_of_the_room(_reader: Reader, _place: Place) -> None:
    """What the room is asked or told claims nothing of the results."""


@reads("said", "Ce qui a le plus baissé depuis {year}")
def fell_most(reader: Reader, _place: Place, year: str) -> None:
    reader.must(FALL in verdicts(reader).values(), "nothing clearly fell")
    reader.same(year, reader.facts.labels[-2], "campaign before")


@reads("title of a drawing", "De {since} à {until}, sur l’échelle des niveaux")
def dumbbells(reader: Reader, _place: Place, since: str, until: str) -> None:
    labels = reader.facts.labels
    reader.must(labels.index(since) < labels.index(until), "no such campaigns")


@reads("said", "« Stable » : le changement, s’il existe, fait moins de {gap} niveau.")
@reads("said", "« Pas de baisse nette » : on ne sait pas si cela monte, mais cela n’a pas baissé de {gap} niveau.")
@reads("said", "« Pas de hausse nette » : on ne sait pas si cela baisse, mais cela n’a pas monté de {gap} niveau.")
def words(reader: Reader, _place: Place, gap: str) -> None:
    reader.must(abs(french.number(gap) - clear(reader)) < Fraction(1, 1000), "threshold")


@reads("said", "Niveau moyen, de {low} à {high}.")
def scale(reader: Reader, _place: Place, low: str, high: str) -> None:
    campaign = reader.facts.last
    reader.same((french.number(low), french.number(high)), (campaign.lowest, campaign.highest), "levels")


@reads("said", "Un tiret : moins de {k} niveaux donnés.")
def dash(reader: Reader, _place: Place, k: str) -> None:
    reader.same(int(k), reader.facts.last.rules["k"], "k")


PROTECTED = "Pour protéger les personnes, un score demande au moins {k} réponses "


@reads("said", PROTECTED + "dans un collège. Ce qui manque ici n’est pas un zéro.")
@reads("said", PROTECTED + "par collège, et {n} collèges. Ce qui manque ici n’est pas un zéro.")
def protected(reader: Reader, _place: Place, k: str, n: str = "1") -> None:
    reader.same((int(k), int(n)), (reader.facts.last.rules["k"], reader.facts.needed), "threshold")


@reads("many without level", "{text}")
def many_without_level(reader: Reader, _place: Place, text: str) -> None:
    """« SkillCollege44 % ne savent pas »."""
    found = re.fullmatch(r"(?P<names>.+?)(?P<rate>\d+ %) (?P<what>sans niveau|ne savent pas)", text)
    assert found is not None
    rows = {f"{skill}{college}": row for (skill, college), row in all_blind(reader).items()}
    row = rows[found["names"]]
    reader.same(found["what"] == "sans niveau", "unknown" not in row, "what is known of them")
    reader.same(french.percentage(found["rate"]), half_up(blind(row), 2), "share")


@reads("said", "Ce que nous avions promis : {counted}")
@reads("said", "{n} promesse sur {of} est tenue", "{n} promesses sur {of} sont tenues")
def promised(_reader: Reader, _place: Place, **_said: str) -> None:
    """What was decided is no figure: tests/web/session/test_follow_up.py counts it."""


@reads("level in a campaign", "{word}")
def level_in_a_campaign(reader: Reader, place: Place, word: str) -> None:
    """Read from the score of that campaign as this deck prints it."""
    facts = reader.facts
    score = facts.at(facts.labels.index(place[2])).scores[place[0]]
    reader.same(word, levels.word(facts, facts.shown(score)), "level")


@reads("score before the year", "{score}")
def before_with_hindsight(reader: Reader, place: Place, score: str) -> None:
    """The score less what people say has changed, as both are printed, within the scale."""
    facts, row = reader.facts, reader.facts.hindsight[reader.facts.families[place[0]], TERRITORY]
    reader.must(row["published"], "it is not known")
    now, delta = (facts.shown(Fraction(one), facts.score_places) for one in (facts.scores[place[0]], row["delta"]))
    true = min(max(now - delta, facts.last.lowest), facts.last.highest)
    reader.prints(score, true, facts.score_places, "score before")


@reads("score before the year", "{reason}")
def nothing_before_with_hindsight(reader: Reader, place: Place, reason: str) -> None:
    row = reader.facts.hindsight[reader.facts.families[place[0]], TERRITORY]
    reader.must(not row["published"], "it is known")
    reader.statement("why no hindsight", place, reason)
