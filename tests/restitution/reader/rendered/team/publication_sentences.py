"""What the report on a publication says."""

from datetime import date
from pathlib import Path

from tests.restitution.reader import french
from tests.restitution.reader.disclosure import left_of, small
from tests.restitution.reader.reading import Place, Reader, reads
from tests.restitution.reader.rendered.team.republication import betrayed
from tests.scoring.oracle.campaign import WORKSHOP

MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def in_words(day: date) -> str:
    """« 1er avril 2026 »."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


@reads("said", "Ici · Bilan")
def campaign(_reader: Reader, _place: Place) -> None:
    """The names of the territory and of its campaign."""


# Whether it is public


@reads(
    "said",
    "Ces résultats sont publics depuis le {day}. Voici ce qu’ils cachent, ce que l’on pourrait retrouver du reste, et "
    "s’ils peuvent être publiés de nouveau.",
)
def public_since(reader: Reader, _place: Place, day: str) -> None:
    reader.claims_that(True, "public")
    reader.must(reader.facts.around.public, "nothing is public")
    reader.same(day, in_words(reader.facts.around.publications[-1][0]), "day")


@reads("title of the report", "Ce que la publication dit des personnes")
def is_public(reader: Reader, _place: Place) -> None:
    reader.claims_that(True, "public")


@reads(
    "said",
    "Rien n’est public pour l’instant. Voici ce que la publication cachera, ce que l’on pourrait retrouver du reste, "
    "et si elle est possible.",
)
@reads("title of the report", "Avant de publier : ce que les résultats diront des personnes")
def nothing_public(reader: Reader, _place: Place) -> None:
    reader.claims_that(False, "public")
    reader.must(not reader.facts.around.public, "results are public")


# What is hidden


@reads("no such figures", "–")
def no_such_figures(reader: Reader, place: Place) -> None:
    reader.must(place[0] == "Territoire" and place[1] != "Scores des familles", "there are such figures")


@reads("who hides", "{who}")
def who_hides(reader: Reader, _place: Place, who: str) -> None:
    colleges = [label for label, code in reader.facts.colleges.items() if code in reader.facts.last.colleges]
    reader.same(who.split(" | "), [*colleges, "Territoire"], "rows")


@reads("hidden in all", "{n} – {shown} sur {total}")
def hidden_in_all(reader: Reader, place: Place, n: str, shown: str, total: str) -> None:
    reader.same(int(n), int(total) - int(shown), "figures with a reason")


# What could be found again


@reads(
    "said",
    "Une case est un savoir-faire vu par un collège. La retrouver, c’est savoir combien de personnes ont choisi chaque "
    "niveau, sans savoir lesquelles. À partir de {n} réponses, la répartition est publiée : il n’y a rien à retrouver. "
    "En dessous, on n’a que la moyenne, la part sans niveau et l’étalement de la famille, dit par pas ; il arrive "
    "qu’une seule répartition s’accorde avec eux.",
)
def detailed_from(reader: Reader, _place: Place, n: str) -> None:
    reader.same(int(n), reader.facts.last.rules["k_detail"], "k_detail")


def with_small_cells(reader: Reader) -> dict[str, list[int]]:
    """The colleges that have small cells, and how many answers are in each."""
    campaign, named = reader.facts.last, {code: label for label, code in reader.facts.colleges.items()}
    found: dict[str, list[int]] = {}
    for college in campaign.colleges:
        sizes = [campaign.n(skill, owner) for skill, owner in small(campaign) if owner == college]
        if sizes:
            found[named[college]] = sizes
    return found


@reads("who has small cells", "{who}")
def who_has_small_cells(reader: Reader, _place: Place, who: str) -> None:
    reader.same(who.split(" | ") if who != "–" else [], list(with_small_cells(reader)), "rows")


@reads("said", "Aucun collège n’a de case à la moyenne seule : rien ne se retrouve au-delà de ce qui est publié.")
def no_small_cell(reader: Reader, _place: Place) -> None:
    reader.same(with_small_cells(reader), {}, "colleges with small cells")


@reads("answers of small cells", "{n}", "{fewest} à {most}")
def answers_of_small_cells(reader: Reader, place: Place, n: str = "", fewest: str = "", most: str = "") -> None:
    sizes = with_small_cells(reader)[place[0]]
    reader.same((int(fewest or n), int(most or n)), (min(sizes), max(sizes)), "answers")
    reader.must(not fewest or fewest != most, "all have as many")


@reads(
    "said",
    "Quelqu’un du collège met sa propre réponse à une question à côté de ce qui est publié. « Dans 10 % des cas au "
    "plus » : de dix réponses données à ces questions, une au plus permet à son auteur de savoir ce que tous les "
    "autres y ont répondu.",
)
def a_member(reader: Reader, _place: Place) -> None:
    reader.claims_that(True, "hindsight is told apart") if reader.facts.last.then else None


@reads("said", "Les différences « avec le recul » en disent un peu plus : elles ne sont pas comptées ici.")
def hindsight_tells_more(reader: Reader, _place: Place) -> None:
    reader.must(reader.facts.last.then is not None, "nobody was asked")


# Simulated colleges: the tables of docs/method.md

METHOD = french.plain(Path("docs/method.md").read_text("utf-8"))
SHAPES = {
    "la plupart au milieu de l’échelle": "au milieu",
    "plutôt en bas de l’échelle, ou plutôt en haut": "en bas",
    "plutôt aux deux bouts, quelques-uns entre les deux": "aux deux bouts",
    "presque tous à l’un ou l’autre bout": "en U",
    "quatre sur cinq au plus bas, ou au plus haut": "plancher 80 %",
}
WHO = ("N’importe qui", "Quelqu’un du collège", "Deux personnes ensemble")


def simulated() -> dict[tuple[int, str], list[str]]:
    """The shares found again in edition 2, by number of answers and shape: the first table of § 11."""
    lines = METHOD.split("<!-- cases publiées -->")[1].strip().split("\n\n")[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {
        (int(n), shape): [one.split("→")[1].strip() for one in shares] for n, shape, *shares in cells if n.isdigit()
    }


def smallest_simulated(reader: Reader) -> int:
    """The size that was simulated: that of the smallest cells, or the next smaller."""
    least = min(min(sizes) for sizes in with_small_cells(reader).values())
    return max(n for n, _shape in simulated() if n <= least)


@reads("measured", "{share}")
def measured(reader: Reader, place: Place, share: str) -> None:
    shape, who = place
    reader.same(share, simulated()[smallest_simulated(reader), SHAPES[shape]][WHO.index(who)], "share")


@reads(
    "said",
    "Mesuré sur mille collèges simulés de {n} réponses pour chaque ligne : quelqu’un du collège retrouve avec "
    "certitude {share} des cases au plus, là où les avis s’y prêtent le mieux. La façon dont les avis se partagent "
    "compte plus que tout.",
)
def measured_on(reader: Reader, _place: Place, n: str, share: str) -> None:
    size = smallest_simulated(reader)
    reader.same(int(n), size, "answers")
    members = [int(shares[1].split()[0]) for (own, _shape), shares in simulated().items() if own == size]
    reader.same(share, f"{max(members)} %", "share")


# Where everybody says the same


def same_everywhere(reader: Reader) -> set[tuple[str, int]]:
    """The colleges, and the levels that everybody of them gave to some skill, as far as figures tell."""
    campaign, found = reader.facts.last, set()
    for label, college in reader.facts.colleges.items():
        for skill in reader.facts.skills.values() if college in campaign.groups else ():
            given = set(campaign.given(skill, college)) if campaign.is_published(skill, college) else set()
            if len(given) == 1 and college in campaign.colleges:
                told = not campaign.is_small(skill, college) or len(left_of(campaign, college)[skill]) == 1
                found |= {(label, level) for level in given if told}
    return found


@reads("same answers in all", "{n}")
def same_in_all(reader: Reader, _place: Place, n: str) -> None:
    reader.same(int(n), len(same_everywhere(reader)), "colleges and levels")


@reads(
    "said",
    "Ici, les chiffres disent ce que chaque personne a répondu. Aucune règle ne l’évite, quel que soit le nombre de "
    "réponses : si cela peut gêner quelqu’un, parlez-en avec ce collège avant de publier.",
)
def everybody_is_known(reader: Reader, _place: Place) -> None:
    reader.must(bool(same_everywhere(reader)), "nowhere")


@reads("said", "Aucun chiffre ne dit que tout un collège a répondu de la même façon.")
def nobody_is_known(reader: Reader, _place: Place) -> None:
    reader.same(same_everywhere(reader), set(), "colleges and levels")


# Links and workshops


def opened(reader: Reader) -> list[str]:
    return [label for label, code in reader.facts.colleges.items() if code in reader.facts.around.opened]


@reads(
    "said",
    "Ouverts par un lien : {colleges}. {sizes}Rien n’empêche une personne de répondre plusieurs fois par ce lien : le "
    "seuil de k ne protège pas contre elle. Pour un collège fermé, préférez les invitations à usage unique.",
)
@reads(
    "said",
    "Ouverts par un lien : {colleges}. Rien n’empêche une personne de répondre plusieurs fois par ce lien : le "
    "seuil de k ne protège pas contre elle. Pour un collège fermé, préférez les invitations à usage unique.",
)
def opened_by_link(reader: Reader, place: Place, colleges: str, sizes: str = "") -> None:
    reader.same(french.listed(colleges), opened(reader), "colleges")
    if sizes:
        return reader.statement("without size", place, sizes.strip())
    reader.same(unsized(reader), [], "colleges without a size")
    return None


def unsized(reader: Reader) -> list[str]:
    declared = reader.facts.last.rules["sizes"] or {}
    return [label for label in opened(reader) if reader.facts.colleges[label] not in declared]


@reads(
    "without size",
    "Sans effectif déclaré : {colleges} ; un effectif borne ce qu’une personne peut ajouter.",
)
def without_size(reader: Reader, _place: Place, colleges: str) -> None:
    reader.same(french.listed(colleges), unsized(reader), "colleges")


@reads("said", "Aucun collège n’a été ouvert par un lien qui sert plusieurs fois.")
def none_opened(reader: Reader, _place: Place) -> None:
    reader.same(opened(reader), [], "colleges")


@reads(
    "said",
    "Ce que des ateliers ont retenu a été dit à voix haute : ces niveaux sont publiés à part, et ne comptent dans "
    "aucune case ci-dessus. Rien n’empêche une personne de répondre plusieurs fois par ce code : le seuil de k ne "
    "protège pas contre elle.",
)
@reads(
    "said",
    "Ce que des ateliers ont retenu a été dit à voix haute : ces niveaux sont publiés à part, et ne comptent dans "
    "aucune case ci-dessus.",
)
def workshops(reader: Reader, _place: Place) -> None:
    reader.must(WORKSHOP in reader.facts.last.groups, "there was none")


# Publishing again


@reads(
    "said",
    "Déjà publié le {days}. Quelqu’un peut en avoir gardé une copie : mises côte à côte, deux publications ne doivent "
    "pas différer de quelques réponses.",
)
def published_on(reader: Reader, _place: Place, days: str) -> None:
    reader.same(days, ", ".join(in_words(day) for day, _one in reader.facts.around.publications), "days")


@reads("said", "Ces résultats n’ont jamais été publiés : il n’y a rien à mettre à côté.")
def never_published(reader: Reader, _place: Place) -> None:
    reader.same(reader.facts.around.publications, (), "publications")


def refused(reader: Reader) -> dict[str, set[str]]:
    return betrayed(reader.facts)


@reads("said", "Une nouvelle publication serait refusée :")
def would_be_refused(reader: Reader, _place: Place) -> None:
    reader.must(bool(refused(reader)), "nothing is betrayed")


@reads(
    "said",
    "Publier de nouveau ne livrerait rien : les réponses sont les mêmes, ou diffèrent par assez de personnes dans "
    "chaque case.",
)
def again(reader: Reader, _place: Place) -> None:
    reader.must(bool(reader.facts.around.publications), "it was never published")
    reader.same(refused(reader), {}, "what would be betrayed")


@reads("said", "Rien n’empêche de publier.")
def nothing_forbids(reader: Reader, _place: Place) -> None:
    reader.same(reader.facts.around.publications, (), "publications")


@reads(
    "said",
    "{who} : cette publication ne diffère d’une précédente que de quelques réponses ({skills}) ; "
    "ensemble, elles diraient ce que ces personnes ont répondu. Publier est refusé : rétablissez d’abord les réponses "
    "d’origine, par exemple depuis une sauvegarde.",
)
def few_differ(reader: Reader, _place: Place, who: str, skills: str) -> None:
    codes = {code: f"Collège « {label} »" for label, code in reader.facts.colleges.items()} | {WORKSHOP: "Ateliers"}
    titles = {code: f"« {title} »" for title, code in reader.facts.skills.items()}
    true = {codes[code]: {named(one, titles) for one in found} for code, found in refused(reader).items()}
    reader.same(set(skills.split(", ")), true.get(who, set()), "skills")


def named(skill: str, titles: dict[str, str]) -> str:
    """« Titre », or « Titre » avec le recul, for a skill's code."""
    code, _space, hindsight = skill.partition(" ")
    return " ".join(filter(None, (titles[code], hindsight)))


@reads(
    "said",
    "Cette publication n’a pas les mêmes conventions qu’une précédente ({moved}) : de petits groupes y seraient "
    "décrits deux fois, et deux descriptions en disent plus qu’une. Publier est refusé : reprenez les conventions "
    "d’origine.",
)
def other_conventions(reader: Reader, _place: Place, moved: str) -> None:
    own = [one.rules for _day, one in reader.facts.around.publications]
    now = reader.facts.last.rules
    changed = {words for words, name in CONVENTIONS.items() if any(rules[name] != now[name] for rules in own)}
    reader.same(set(moved.split(", ")), changed, "conventions")


CONVENTIONS = {
    "le nombre de réponses à partir duquel un chiffre est montré": "k",
    "le nombre de réponses à partir duquel tout le détail est montré": "k_detail",
    "le nombre de réponses à partir duquel une marge est donnée": "interval_n",
    "la part d’une famille qu’il faut pour son score": "coverage",
    "le nombre de savoir-faire à partir duquel un étalement est dit par pas": "spread_skills",
    "l’étalement supposé là où rien ne le mesure": "spread_default",
}
