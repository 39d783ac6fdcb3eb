"""What the templates of pages say of figures: each sentence with what must be true for it."""

import re
from collections.abc import Iterable
from fractions import Fraction

from tests.restitution.reader import french
from tests.restitution.reader.desk import clear
from tests.restitution.reader.reading import Place, Reader, Untrue, reads
from tests.restitution.reader.rendered.otherwise import other_conclusions
from tests.restitution.reader.scores import all_blind, blind
from tests.restitution.reader.titles import FALL, verdicts
from tests.scoring.oracle.campaign import TERRITORY


@reads("said", "Depuis {year}", "Depuis {year}, sur ce qui se compare")
def since(reader: Reader, _place: Place, year: str) -> None:
    reader.must(len(reader.facts.labels) > 1, "it is the first campaign")
    reader.same(year, reader.facts.labels[-2], "campaign before")


@reads("compared", "{year}, comparée à {others}")
def beside_others(reader: Reader, _place: Place, year: str, others: str) -> None:
    reader.same(year, reader.facts.labels[-1], "campaign")
    reader.must(set(french.listed(others)) <= set(reader.facts.labels[:-1]), "no such campaigns")


@reads("compared", "{year}, point de départ")
def alone(reader: Reader, _place: Place, year: str) -> None:
    reader.same((year,), reader.facts.labels, "campaigns")


@reads("badge", "Grille {version}", "proposition du projet")
def grid(reader: Reader, _place: Place, version: str = "1") -> None:
    reader.same(version, reader.facts.last.grid.version, "version")
    reader.same(reader.facts.last.grid.status, "proposition", "status")


@reads("badge", "Moyenne des collèges")
def equal(reader: Reader, _place: Place) -> None:
    reader.same(reader.facts.last.rules["weighting"], "equal", "weighting")


@reads("badge", "Moyenne des personnes")
def heads(reader: Reader, _place: Place) -> None:
    reader.same(reader.facts.last.rules["weighting"], "heads", "weighting")


@reads("series", "{label}")
def series(reader: Reader, _place: Place, label: str) -> None:
    reader.must(label in reader.facts.labels, "no such campaign")


FALLEN = (
    "Une baisse ne veut pas toujours dire que l’on fait moins bien. Après une formation, on devient souvent plus "
    "exigeant : on se note plus bas parce que l’on voit mieux le chemin qui reste."
)


@reads("said", FALLEN)
def after_a_fall(reader: Reader, _place: Place) -> None:
    reader.must(FALL in verdicts(reader).values(), "nothing fell")


@reads("said", "Sans comparaison possible depuis {year} : {colleges}.")
def not_compared(reader: Reader, place: Place, year: str, colleges: str) -> None:
    since(reader, place, year)
    rows = by_college(reader)
    true = {label for label, own in rows.items() if own and not any("delta" in row for row in own.values())}
    of_colleges(reader, colleges, true, "why not compared", {label: set(rows[label]) for label in true})


@reads("said", "Comparés sans intervalle ni mot : {colleges}.")
def without_word(reader: Reader, _place: Place, colleges: str) -> None:
    rows = {label: {t: r for t, r in own.items() if "delta" in r} for label, own in by_college(reader).items()}
    true = {label for label, own in rows.items() if own and not any(row.get("verdict") for row in own.values())}
    of_colleges(reader, colleges, true, "why untested", {label: set(rows[label]) for label in true})


def by_college(reader: Reader) -> dict[str, dict[str, dict[str, object]]]:
    """The rows of change of each college, by its name and the title of the family."""
    facts = reader.facts
    codes = {label: code for label, code in facts.colleges.items() if code in facts.last.colleges}
    return {
        label: {title: facts.changes[f, code] for title, f in facts.families.items() if (f, code) in facts.changes}
        for label, code in codes.items()
    }


def of_colleges(reader: Reader, printed: str, true: set[str], kind: str, families: dict[str, set[str]]) -> None:
    """« Élus (why, why) ; Agents (why) »: just those colleges; each reason holds of a family, each family has one."""
    said = {
        part.partition(" (")[0]: part.partition(" (")[2].removesuffix(")").split(", ") for part in printed.split(" ; ")
    }
    reader.same(set(said), true, "colleges")
    for label, reasons in said.items():
        holds = {
            (title, why) for title in families[label] for why in reasons if stands(reader, kind, (title, label), why)
        }
        reader.same({why for _title, why in holds}, set(reasons), f"reasons of {label}")
        reader.same({title for title, _why in holds}, families[label], f"families of {label}")


def stands(reader: Reader, kind: str, place: Place, words: str) -> bool:
    """Whether that would be true there."""
    try:
        reader.statement(kind, place, words)
    except Untrue:
        return False
    return True


@reads(
    "said",
    "« Hausse nette » et « baisse nette » : l’écart atteint au moins {gap} niveau, et le hasard des réponses ne "
    "l’explique pas. « Stable » : s’il y a un changement, il fait moins que cela. « On ne peut pas dire » : trop peu "
    "de réponses pour trancher ; ce n’est ni une hausse, ni une baisse.",
)
def words_of_changes(reader: Reader, _place: Place, gap: str) -> None:
    reader.must(abs(french.number(gap) - clear(reader)) < Fraction(1, 1000), "threshold")


@reads(
    "said",
    "Ici, seuls comptent les savoir-faire et les collèges publiés les deux années : un score peut différer un peu de "
    "celui du tableau. L’écart affiché est celui des deux scores affichés.",
)
def on_what_compares(reader: Reader, _place: Place) -> None:
    reader.must(reader.facts.since is not None, "nothing is compared")


@reads("said", "Ce qui n’a pas pu être comparé entre la grille {before} et la grille {after} ({n})")
def other_grid(reader: Reader, _place: Place, before: str, after: str, n: str) -> None:
    assert reader.facts.since is not None
    reader.same((before, after), (reader.facts.since.grid.version, reader.facts.last.grid.version), "grids")
    reader.must(before != after and int(n) > 0, "it is the same grid")


# Colleges


def volunteers_of(reader: Reader) -> list[str]:
    """The names of the colleges of volunteers."""
    campaign = reader.facts.last
    return [label for label, code in reader.facts.colleges.items() if code in campaign.rules["voluntary"]]


@reads(
    "said",
    "Répondants volontaires : {colleges}. Ils ont répondu à un appel ouvert à tous ; rien ne garantit qu’ils "
    "ressemblent à ceux qui n’ont pas répondu. Leur score n’a donc pas de marge.",
)
def named_volunteers(reader: Reader, _place: Place, colleges: str) -> None:
    reader.same(colleges.split(", "), volunteers_of(reader), "volunteers")


@reads("volunteer", "répondants volontaires")
def volunteer(reader: Reader, place: Place) -> None:
    reader.must(place[0] in volunteers_of(reader), "they are not volunteers")


@reads("said", "Trop peu d’ateliers pour en montrer un chiffre.")
def few_workshops(reader: Reader, _place: Place) -> None:
    campaign = reader.facts.last
    shown = [skill for skill in reader.facts.skills.values() if campaign.is_published(skill, "atelier")]
    reader.same(shown, [], "skills noted in workshops")


@reads(
    "said",
    "L’intervalle d’un territoire où comptent des volontaires est une marge de hasard, hors biais des volontaires.",
)
def mixed_interval(reader: Reader, _place: Place) -> None:
    reader.must(bool(volunteers_of(reader)), "none is voluntary")


@reads("answered in all", "–")
def not_said(reader: Reader, _place: Place) -> None:
    campaign = reader.facts.last
    reader.must(
        any(reader.facts.respondents(one) < campaign.rules["k"] for one in campaign.colleges), "it could be told"
    )


@reads("answered in all", "{n}")
def said_in_all(reader: Reader, _place: Place, n: str) -> None:
    people = [reader.facts.respondents(one) for one in reader.facts.last.colleges]
    reader.must(min(people) >= reader.facts.last.rules["k"], "a hidden college is betrayed")
    reader.same(int(french.number(n)), sum(people), "people")


@reads("said", "Les lettres : {colleges}.")
def letters(reader: Reader, _place: Place, colleges: str) -> None:
    names = [one.partition(" ")[2] for one in colleges.split(", ")]
    reader.same(names, [college.label for college in reader.facts.last.grid.colleges], "colleges")


@reads("said", "Sur chaque ligne, les collèges sont placés de « {bottom} » à « {top} ».")
def along_the_levels(reader: Reader, _place: Place, bottom: str, top: str) -> None:
    labels = list(reader.facts.level_names)
    reader.same((bottom, top), (labels[0], labels[-1]), "levels")


@reads(
    "said",
    "Sans chiffre publié (question non posée, ou moins de {k} niveaux donnés dans chaque collège) : {skills}.",
)
def without_figure(reader: Reader, place: Place, k: str, skills: str) -> None:
    facts, family = reader.facts, next(reader.facts.families[one] for one in place if one in reader.facts.families)
    reader.same(int(k), facts.last.rules["k"], "k")
    hidden = [
        skill.title
        for skill in next(one for one in facts.last.grid.families if one.code == family).skills
        if not any(facts.last.is_published(skill.code, college) for college in facts.last.colleges)
    ]
    reader.same(skills.split(", "), hidden, "skills")


# Residents


@reads("said", "On a demandé où l’on en est ici à : {colleges}. Voici ce qui en ressort.")
def asked(reader: Reader, _place: Place, colleges: str) -> None:
    reader.same(colleges.split(", "), [one.label for one in reader.facts.last.grid.colleges], "colleges")


@reads("said", "Ce qui a bougé depuis {year}")
def moved_since(reader: Reader, place: Place, year: str) -> None:
    since(reader, place, year)


@reads("said", "Aucune famille ne se compare avec {year}.")
def no_family_compares(reader: Reader, place: Place, year: str) -> None:
    since(reader, place, year)
    rows = reader.facts.changes
    reader.must(not any("delta" in row for (_f, where), row in rows.items() if where == TERRITORY), "some compare")


@reads("said", "Là où beaucoup n’ont pas donné de niveau")
def where_many_gave_none(reader: Reader, _place: Place) -> None:
    reader.must(bool(all_blind(reader)), "nowhere")


@reads("said", "Beaucoup de personnes n’ont pas donné de niveau à : {skills}.")
def least_known(reader: Reader, _place: Place, skills: str) -> None:
    """The skills most often without level, each once, where that is most frequent; five at most."""
    parts, blinds = re.split(r"(?<=\)), ", skills), all_blind(reader)
    every = sorted((blind(row) for row in blinds.values()), reverse=True)
    highest: dict[str, Fraction] = {}
    for (skill, _college), row in blinds.items():
        highest[skill] = max(blind(row), highest.get(skill, blind(row)))
    told = [part.rpartition(" (")[0] for part in parts]
    reader.same([highest[skill] for skill in told], sorted(highest.values(), reverse=True)[:5], "shares")
    for skill, part in zip(told, parts, strict=True):
        reader.statement("silence", (str(every.index(highest[skill])),), part)


# The story


@reads("said", "Vu par : {colleges}")
def seen_by(reader: Reader, _place: Place, colleges: str) -> None:
    named = french.listed(colleges)
    reader.must(set(named) <= set(reader.facts.colleges) and len(named) <= 3, "no such colleges")


@reads("said", "Le chemin parcouru de {first} à {final}")
def way(reader: Reader, _place: Place, first: str, final: str) -> None:
    reader.same((first, final), (reader.facts.labels[0], reader.facts.labels[-1]), "campaigns")


@reads("said", "Ce qui a été travaillé, et le reste, de {first} à {final}")
def worked(reader: Reader, _place: Place, first: str, final: str) -> None:
    reader.same((first, final), reader.facts.labels[-2:], "campaigns")


@reads("said", "Ce qui ne se compare pas avec {years}")
def incomparable_with(reader: Reader, _place: Place, years: str) -> None:
    for year in french.listed(years):
        before = reader.facts.campaigns[reader.facts.labels.index(year)]
        reader.must(before.grid.version != reader.facts.last.grid.version, "it is the same grid")


# Comparisons


@reads("said", "De {before} à {after}, sur ce qui se compare")
def one_comparison(reader: Reader, _place: Place, before: str, after: str) -> None:
    reader.same((before, after), reader.facts.labels[-2:], "campaigns")


@reads("said", "{n} comparaisons : chacune a sa part de hasard, aucune ne corrige pour les autres.")
def comparisons(reader: Reader, _place: Place, n: str) -> None:
    reader.must(1 < int(n) < len(reader.facts.labels), "there are not so many")


@reads("said", "Les mêmes questions ont été posées : tout savoir-faire publié les deux fois se compare.")
def same_questions(reader: Reader, _place: Place) -> None:
    assert reader.facts.since is not None
    reader.same(reader.facts.since.grid.version, reader.facts.last.grid.version, "grids")


@reads("said", "Il n’y a pas d’autre année à comparer pour le moment.")
def nothing_to_compare(reader: Reader, _place: Place) -> None:
    reader.same(len(reader.facts.labels), 1, "campaigns")


# How to read


@reads(
    "said",
    "Un score est un niveau moyen de {low} à {high}. Les mots à côté sont ceux du niveau le plus proche ; des deux, "
    "quand le score affiché est à mi-chemin.",
)
def scale(reader: Reader, _place: Place, low: str, high: str) -> None:
    campaign = reader.facts.last
    reader.same((french.number(low), french.number(high)), (campaign.lowest, campaign.highest), "levels")


@reads(
    "said",
    "Aucune conclusion de cette page ne changerait : ni un niveau, ni un verdict, ni la famille la plus faible ou la "
    "plus avancée.",
)
def nothing_would_change(reader: Reader, _place: Place) -> None:
    reader.same(other_conclusions(reader), [], "conclusions that would change")


@reads(
    "said",
    "Aucune mesure plus ancienne ne se lit ici : il n’y a pas encore d’année à comparer. Au bilan suivant, ce profil "
    "apparaît en pointillés sous le nouveau.",
)
def first_campaign(reader: Reader, _place: Place) -> None:
    reader.same(len(reader.facts.labels), 1, "campaigns")


@reads("said", "Comparer {year} avec (deux années au plus)")
def choice(reader: Reader, _place: Place, year: str) -> None:
    reader.same(year, reader.facts.labels[-1], "campaign")


@reads("said", "Le calcul du score de {family}")
def of_the_family(reader: Reader, place: Place, family: str) -> None:
    reader.same(family, place[-1], "family")


@reads("said", "Les chiffres, de {before} à {after}", "Les chiffres, de {before} à {after}, collège par collège")
def between_campaigns(reader: Reader, _place: Place, before: str, after: str) -> None:
    reader.same(after, reader.facts.labels[-1], "campaign")
    reader.must(before in reader.facts.labels[:-1], "no such campaign")


@reads("counted", "{title} ({n})")
def counted(reader: Reader, place: Place, title: str, n: str) -> None:
    reader.must(title == "Ce qui se dirait autrement", "nothing else is counted")
    reader.same(int(n), int(place[0]), "things told")


BY_ROWS, BY_AXES = "Plus le point est à droite", "Plus le point est loin du centre"


@reads("said", f"Une ligne par famille de savoir-faire. {BY_ROWS}, plus la pratique est installée.")
@reads("said", f"Une ligne par famille. {BY_ROWS}, plus la pratique est installée.")
def drawn_as_rows(reader: Reader, _place: Place) -> None:
    reader.must(not 3 <= len(reader.facts.families) <= 6, "a radar is drawn")


@reads("said", f"Un axe par famille de savoir-faire. {BY_AXES}, plus la pratique est installée.")
@reads("said", f"Un axe par famille. {BY_AXES}, plus la pratique est installée.")
def drawn_as_a_radar(reader: Reader, _place: Place) -> None:
    reader.must(3 <= len(reader.facts.families) <= 6, "rows are drawn")


# Names and graduations


@reads("said", "{name}")
def name(reader: Reader, place: Place, name: str) -> None:
    """A name alone: of a family, a skill, a college, a level or a campaign."""
    facts = reader.facts
    known: Iterable[str] = (*facts.families, *facts.skills, *facts.colleges, *facts.level_names, *facts.labels)
    reader.must(name in set(known), f"nobody knows « {name} »")


@reads("said", "Par collège : {skill}")
def of_a_skill(reader: Reader, place: Place, skill: str) -> None:
    reader.same(skill, place[-1], "skill")


@reads("name of a level", "{name}")
def level_name(reader: Reader, _place: Place, name: str) -> None:
    reader.must(name in reader.facts.level_names, "no such level")


@reads("title of a drawing", "{title}. Les mêmes chiffres sont dans le tableau qui suit.")
def drawing(reader: Reader, _place: Place, title: str) -> None:
    for part in title.split(" ; "):
        reader.statement("title", (), part)


@reads("title of a drawing", "Score de chaque famille, de {first} à {final}")
def slope(reader: Reader, _place: Place, first: str, final: str) -> None:
    reader.same((first, final), (reader.facts.labels[0], reader.facts.labels[-1]), "campaigns")


@reads("title of a drawing", "Niveau moyen de chaque savoir-faire, de {first} à {final}")
def slope_of_skills(reader: Reader, _place: Place, first: str, final: str) -> None:
    labels = reader.facts.labels
    reader.must(labels.index(first) < labels.index(final), "no such campaigns")


@reads("title of a drawing", "{family}")
def line_of_a_slope(reader: Reader, _place: Place, family: str) -> None:
    reader.must(family in reader.facts.families, "no such family")


@reads("gap of a slope", "rien de publié", "1 non publiée", "{n} non publiées")
def gap_of_a_slope(reader: Reader, _place: Place, n: str = "1") -> None:
    """Of one campaign of the drawing, or of each: some campaign hides as many."""
    hidden = [hidden_families(reader, place) for place in range(len(reader.facts.campaigns))]
    reader.must(int(n) in hidden or len(reader.facts.families) in hidden, "none hides as many")


def hidden_families(reader: Reader, place: int) -> int:
    """How many families of a campaign have no score."""
    return len(reader.facts.families) - len(reader.facts.at(place).scores)


MEANINGS = {
    "réponses nécessaires pour publier un chiffre": "k",
    "niveaux donnés à partir desquels une case montre sa répartition et son accord": "k_detail",
    "collèges publiés nécessaires pour publier le territoire, au plus un de plus que la moitié": "territory_colleges",
    "niveau de confiance des intervalles": "confidence",
    "réponses nécessaires pour donner un intervalle": "interval_n",
    "plus petite différence dite nette d’une année à l’autre, en part de l’échelle": "clear_change",
    "part du poids de la famille que ses savoir-faire publiés doivent porter": "coverage",
}


@reads("value", "{value}")
def value(reader: Reader, place: Place, value: str) -> None:
    name = MEANINGS.get(place[0])
    if name:
        reader.same(french.number(value), reader.facts.last.rule(name), place[0])
    if place[0].startswith("poids des collèges"):
        reader.same(value, {"equal": "égal", "heads": "selon les réponses"}[reader.facts.last.rules["weighting"]], "")
    if place[0].startswith(("effectif déclaré", "collèges invités par appel ouvert")):
        values_of_colleges(reader, place[0], value)


def values_of_colleges(reader: Reader, meaning: str, value: str) -> None:
    """Colleges are named as people name them, never by a code; with their sizes, or alone."""
    labels, rules = {code: label for label, code in reader.facts.colleges.items()}, reader.facts.last.rules
    sizes = [f"{labels[code]} {n}" for code, n in (rules["sizes"] or {}).items()]
    voluntary = [labels[code] for code in rules["voluntary"]]
    reader.same(value, ", ".join(sizes if meaning.startswith("effectif") else voluntary) or "–", "colleges")
