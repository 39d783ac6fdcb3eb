"""What the pages of the review say of figures, beyond what other pages say."""

from fractions import Fraction

from tests.restitution.reader import french
from tests.restitution.reader.changes import row_of
from tests.restitution.reader.reading import Place, Reader, reads
from tests.restitution.reader.rendered.sentences import since
from tests.restitution.reader.scores import of_skill

SIGNS_SINCE = "Le signe dit ce qui a changé depuis {year}, sur ce qui se compare."


@reads("said", SIGNS_SINCE)
def signs(reader: Reader, place: Place, year: str) -> None:
    since(reader, place, year)


@reads(
    "said",
    "▲ hausse nette, ▼ baisse nette, ● stable, ≥ pas de baisse nette, ≤ pas de hausse nette, ? on ne peut pas dire.",
)
def legend(reader: Reader, _place: Place) -> None:
    reader.must(reader.facts.since is not None, "no sign is there")


@reads("change at the desk", "{delta} {word}")
def change(reader: Reader, place: Place, delta: str, word: str) -> None:
    row = row_of(reader, place)
    reader.statement("difference", place, delta)
    if row.get("verdict"):
        reader.same(word, row["verdict"], "word")
        reader.claims_that(word, "verdict", *place)
    else:
        reader.statement("why untested", place, word)


@reads("said", "Deux collèges à {far} d’écart ou plus, en niveaux, ou des avis opposés dans un collège.")
def far_apart(reader: Reader, _place: Place, far: str) -> None:
    reader.same(french.number(far), Fraction(reader.facts.scale, 4), "distance")


@reads("said", "Au moins trois collèges à moins de {near} niveau les uns des autres, aucun divisé.")
def near(reader: Reader, _place: Place, near: str) -> None:
    reader.same(french.number(near), Fraction(reader.facts.scale, 8), "distance")


NONE_LISTED = {
    "Aucun savoir-faire ne divise les collèges publiés.": "desk apart",
    "Aucun savoir-faire n’est vu de la même façon par trois collèges publiés.": "desk alike",
    "Aucun collège publié n’en est là.": "desk unseen",
}


@reads("said", *NONE_LISTED)
def none(reader: Reader, place: Place) -> None:
    """Its card lists nothing, and that is true."""
    cards = {"Les regards s’écartent": "apart", "On est d’accord": "alike", "On ne voit pas": "unseen"}
    reader.statement(f"desk {cards[place[-1]]}", ("",), "–")


@reads("said", "Juger {family}", "Revoir le jugement {family}")
def judged(reader: Reader, place: Place, family: str) -> None:
    reader.same(family, place[0], "family")


# The review of a territory that nobody has reviewed: what counts what was written is read, to be refused here.


@reads("step", "un en attente", "{n} en attente", "version {n} adoptée")
@reads("step", "le brouillon diffère de la version {n} adoptée")
@reads("said", "Un commentaire attend d’être relu.", "{n} commentaires attendent d’être relus.", "En {year} :")
def nothing_was_written(reader: Reader, _place: Place, **_written: str) -> None:
    reader.must(False, "nobody wrote anything")


@reads("said", "Aucun commentaire à montrer.", "Aucune preuve pour le moment.")
def nothing_to_show(_reader: Reader, _place: Place) -> None:
    """Nobody wrote anything."""


@reads("said", "La grille ne donne pas de fait observable pour ce savoir-faire.")
def no_fact_of_skill(reader: Reader, place: Place) -> None:
    skill = reader.facts.last.grid.skill(reader.facts.skills[place[0]])
    reader.same(skill.facts, (), "facts")


@reads("said", "{kinds}, {size} Mo au plus.")
def kinds_of_files(_reader: Reader, _place: Place, kinds: str, size: str) -> None:
    """A setting, which no answer changes."""


@reads("step", "0 sur {total}")
def families_to_judge(reader: Reader, place: Place, total: str) -> None:
    reader.same((place[0], int(total)), ("Juger les familles", len(reader.facts.families)), "families")


@reads("step", "fait · aucun en attente")
def no_comment(reader: Reader, place: Place) -> None:
    reader.same(place[0], "Relire les commentaires", "step")


@reads("step", "fait · la grille n’en donne pas")
def no_fact(reader: Reader, place: Place) -> None:
    reader.same(place[0], "Répondre aux faits observables", "step")
    reader.must(not any(skill.facts for skill in reader.facts.last.grid.skills), "the grid gives some")


@reads("step", "à écrire")
def note_to_write(reader: Reader, place: Place) -> None:
    reader.same(place[0], "Écrire la note de l’année", "step")


@reads("step", "pas encore adopté")
def not_adopted(reader: Reader, place: Place) -> None:
    reader.same(place[0], "Faire adopter le diagnostic", "step")


# A family, a skill


@reads("said", "Trop peu de collèges publiés pour donner un score au territoire.")
def no_score(reader: Reader, place: Place) -> None:
    needed = reader.facts.needed
    words = "moins de {n} collège publié" if needed == 1 else "moins de {n} collèges publiés"
    reader.statement("why no score", (place[0], "Territoire"), words.format(n=needed))


@reads("said", "Famille suivante : {family}")
def next_family(reader: Reader, place: Place, family: str) -> None:
    titles = list(reader.facts.families)
    reader.same(titles.index(family), titles.index(place[0]) + 1, "place")


@reads("said", "Comment ce savoir-faire compte dans le score de « {family} »")
def family_of_skill(reader: Reader, place: Place, family: str) -> None:
    facts = reader.facts
    reader.same(facts.families[family], facts.last.grid.family_of(facts.skills[place[0]]).code, "family")


@reads("mean among campaigns", "{mean}")
def among_campaigns(reader: Reader, place: Place, mean: str) -> None:
    facts, row = reader.facts, of_skill(reader, place)
    reader.must(row["published"], "it is hidden")
    places = facts.places + 1 if len(facts.labels) > 1 else facts.score_places
    reader.prints(mean, row["mean"], places, "mean")


@reads("level described", "{text}")
def level_described(reader: Reader, _place: Place, text: str) -> None:
    """The name of a level, and what one observes there."""
    described = {
        f"{level.label} {skill.levels[level.value]}"
        for level in reader.facts.last.grid.levels
        for skill in reader.facts.last.grid.skills
    }
    reader.must(text in described, "no such level")
