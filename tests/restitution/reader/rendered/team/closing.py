"""The page read before a collection is closed: what will stay hidden, with the groups decided so far."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from tests.restitution.reader import french
from tests.restitution.reader.facts import Facts
from tests.restitution.reader.reading import Place, Reader, Text, reads
from tests.restitution.reader.rendered.leaves import Leaf
from tests.restitution.reader.rendered.review_pages import inside
from tests.scoring.oracle.campaign import WORKSHOP, Campaign
from tests.scoring.oracle.territory import needed, territory_rows


def texts_of_closing(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the page with its subject, then who is in its list and how many warnings there are."""
    who, some = "", [leaf for leaf in inside(found) if "kicker" not in leaf.classes]
    listed: list[str] = []
    for leaf in some:
        if "badge" in leaf.classes and "rows" not in leaf.parents:
            yield Text("state of a campaign", (), leaf.words)
        elif "rows" in leaf.parents and leaf.tag == "li":
            who, _space, answers = leaf.words.removesuffix(" ·").rpartition(" ")
            listed.append(who)
            yield Text("answers so far", (who,), answers)
        elif "rows" in leaf.parents:
            yield Text("what becomes of it", (who,), leaf.words)
        elif "warn" in leaf.parents and leaf.tag == "li":
            yield Text("what will be hidden", (), leaf.words)
        elif "group" in leaf.parents and leaf.tag != "button":
            yield Text("group", (), leaf.words)
        elif leaf.tag not in {"a", "button"} and "hint" not in leaf.classes:
            yield Text("said", leaf.headings, leaf.words)
    yield Text("who is listed", (), " | ".join(listed))
    warnings = [leaf for leaf in some if "warn" in leaf.parents and leaf.tag == "li"]
    yield Text("hidden once closed", (), str(len(warnings)))
    exceeded = [leaf for leaf in some if " : plus de réponses que l’effectif annoncé " in leaf.words]
    yield Text("exceeded sizes", (), str(len(exceeded)))


# What will be published


@lru_cache(8)
def closed(facts: Facts) -> Campaign:
    """The last campaign with its groups: each is a college, in the place of its first member."""
    becomes = {code: label for label, codes in facts.around.groups.items() for code in codes}
    last = facts.last
    rows = [row | {"college": becomes.get(row["college"], row["college"])} for row in last.rows]
    names = list(dict.fromkeys(becomes.get(code, code) for code in last.colleges))
    return _Grouped(rows, last, names)


class _Grouped(Campaign):
    """A campaign whose colleges are those names; nobody is said to be a volunteer, and no size is known."""

    def __init__(self, rows: list[dict[str, Any]], last: Campaign, names: list[str]) -> None:
        super().__init__(rows, last.grid, **(last.rules | {"sizes": None, "voluntary": ()}))
        grouped = {name: self.groups.get(name, []) for name in names}
        self.groups = grouped | {WORKSHOP: self.groups[WORKSHOP]} if WORKSHOP in self.groups else grouped
        self.colleges = names
        self.cells = {
            (skill.code, name): [rows[p][skill.code] for p in places if isinstance(rows[p].get(skill.code), int)]
            for skill in self.grid.skills
            for name, places in self.groups.items()
        }


def named(reader: Reader, label: str) -> str:
    """The code of a college, or the name of its group."""
    return label if label in reader.facts.around.groups else reader.facts.colleges[label]


def labels(reader: Reader) -> list[str]:
    codes = {code: label for label, code in reader.facts.colleges.items()}
    return [codes.get(name, name) for name in closed(reader.facts).colleges]


def hidden(reader: Reader, label: str) -> list[str]:
    """The titles of the families that the college will have no score of."""
    campaign = closed(reader.facts)
    return [t for t, f in reader.facts.families.items() if campaign.shares(f, named(reader, label)) is None]


def without_score(reader: Reader) -> list[str]:
    """The titles of the families that the territory will have no score of."""
    published = {row["family"]: row["published"] for row in territory_rows(closed(reader.facts))}
    return [title for title, family in reader.facts.families.items() if not published[family]]


def answers(reader: Reader, label: str) -> int:
    """How many have answered: those of workshops are not counted apart before the end."""
    members = reader.facts.around.groups.get(label) or (reader.facts.colleges[label],)
    return sum(row["college"] in members for row in reader.facts.last.rows)


def some_mean(reader: Reader, label: str) -> bool:
    campaign = closed(reader.facts)
    return any(campaign.is_published(skill.code, named(reader, label)) for skill in campaign.grid.skills)


# What the page says


@reads("who is listed", "{who}")
def who_is_listed(reader: Reader, _place: Place, who: str) -> None:
    reader.same(who.split(" | "), labels(reader), "colleges")


@reads("answers so far", "{n}")
def answers_so_far(reader: Reader, place: Place, n: str) -> None:
    reader.same(int(n), answers(reader, place[0]), "answers")


@reads("what becomes of it", "apparaîtra")
def all_shown(reader: Reader, place: Place) -> None:
    reader.same(hidden(reader, place[0]), [], "hidden families")
    reader.claims_that(True, "shown", place[0])


@reads("what becomes of it", "apparaîtra pour {n} famille sur {of}", "apparaîtra pour {n} familles sur {of}")
def some_shown(reader: Reader, place: Place, n: str, of: str) -> None:
    every = len(reader.facts.families)
    reader.same((int(n), int(of)), (every - len(hidden(reader, place[0])), every), "families")
    reader.must(0 < int(n) < every, "all or none")
    reader.claims_that(True, "shown", place[0])


@reads("what becomes of it", "sans score de famille")
def no_score(reader: Reader, place: Place) -> None:
    reader.must(some_mean(reader, place[0]), "it has no mean either")
    reader.same(len(hidden(reader, place[0])), len(reader.facts.families), "hidden families")
    reader.claims_that(True, "shown", place[0])


@reads("what becomes of it", "restera masqué")
def all_hidden(reader: Reader, place: Place) -> None:
    reader.must(not some_mean(reader, place[0]), "it has a mean")
    reader.claims_that(False, "shown", place[0])


@reads("hidden once closed", "{n}")
def hidden_once_closed(reader: Reader, _place: Place, n: str) -> None:
    reader.same(int(n), sum(bool(hidden(reader, label)) for label in labels(reader)) + bool(without_score(reader)), "")


@reads("said", "Avec {k} réponses au moins par collège, voici ce qui restera masqué :")
def what_will_be_hidden(reader: Reader, _place: Place, k: str) -> None:
    reader.same(int(k), reader.facts.last.rules["k"], "k")
    reader.must(bool(without_score(reader)) or any(hidden(reader, one) for one in labels(reader)), "nothing is")


@reads("said", "Chaque collège a assez de réponses pour apparaître.")
def nothing_hidden(reader: Reader, _place: Place) -> None:
    reader.same([label for label in labels(reader) if hidden(reader, label)], [], "colleges")
    reader.same(without_score(reader), [], "families")


@reads("count of answers", "aucune réponse", "{n} réponse", "{n} réponses")
def count_of_answers(reader: Reader, place: Place, n: str = "0") -> None:
    reader.same(int(n), answers(reader, place[0]), "answers")


@reads("what will be hidden", "{college} : {count}. Ce collège n’apparaîtra pas.")
def too_few(reader: Reader, _place: Place, college: str, count: str) -> None:
    reader.statement("count of answers", (college,), count)
    reader.must(answers(reader, college) < reader.facts.last.rules["k"], "enough answered")
    reader.claims_that(False, "shown", college)


@reads(
    "what will be hidden",
    "{college} : {count}, mais aucun savoir-faire n’a reçu {k} niveaux. Ce collège n’apparaîtra pas.",
)
def no_level(reader: Reader, _place: Place, college: str, count: str, k: str) -> None:
    reader.statement("count of answers", (college,), count)
    reader.same(int(k), reader.facts.last.rules["k"], "k")
    reader.must(answers(reader, college) >= int(k) and not some_mean(reader, college), "a mean is shown")
    reader.claims_that(False, "shown", college)


@reads("what will be hidden", "{college} : {count}, mais trop peu de niveaux donnés pour un score de {families}.")
def few_levels(reader: Reader, _place: Place, college: str, count: str, families: str) -> None:
    reader.statement("count of answers", (college,), count)
    reader.must(some_mean(reader, college), "it has no mean")
    reader.same(french.listed(families), hidden(reader, college), "families")
    reader.claims_that(True, "shown", college)


NO_TERRITORY = "Le profil du territoire n’apparaîtra pas : aucune famille n’y est publiée par au moins {n} collège"


@reads("what will be hidden", f"{NO_TERRITORY}.", f"{NO_TERRITORY}s.")
def no_territory(reader: Reader, _place: Place, n: str) -> None:
    reader.same(int(n), needed(closed(reader.facts)), "colleges needed")
    reader.same(len(without_score(reader)), len(reader.facts.families), "families")


FAMILIES = "Le territoire n’aura pas de score pour {families} : il y faut au moins {n} collège"


@reads("what will be hidden", f"{FAMILIES} publié.", f"{FAMILIES}s publiés.")
def some_families(reader: Reader, _place: Place, families: str, n: str) -> None:
    reader.same(int(n), needed(closed(reader.facts)), "colleges needed")
    reader.same(french.listed(families), without_score(reader), "families")
    reader.must(len(french.listed(families)) < len(reader.facts.families), "it has no score at all")


@reads("what will be hidden", "Ces réponses n’ont pas pu être calculées : ce qui restera masqué n’est pas connu.")
@reads("what becomes of it", "à vérifier après la clôture")
@reads("said", "L’atelier « {name} » n’est pas terminé : la clôture y mettra fin.")
def not_here(reader: Reader, _place: Place, **_said: str) -> None:
    """Answers that cannot be read and workshops that go on: tests/web/campaigns holds when that is said."""
    reader.must(False, "all can be computed, and no workshop goes on")


@reads(
    "said",
    "« {college} » : plus de réponses que l’effectif annoncé ({size}). Tant qu’il n’est pas corrigé, les résultats se "
    "calculent comme si cet effectif était inconnu.",
)
def exceeded(reader: Reader, _place: Place, college: str, size: str) -> None:
    reader.same(int(french.number(size)), reader.facts.around.announced[reader.facts.colleges[college]], "size")
    reader.must(answers(reader, college) > int(french.number(size)), "there are not more")


@reads("exceeded sizes", "{n}")
def exceeded_sizes(reader: Reader, _place: Place, n: str) -> None:
    named, sizes = {code: label for label, code in reader.facts.colleges.items()}, reader.facts.around.announced
    reader.same(int(n), sum(answers(reader, named[code]) > size for code, size in sizes.items()), "colleges")


@reads("state of a campaign", "collecte en cours")
def going_on(reader: Reader, _place: Place) -> None:
    reader.claims_that("open", "state")


@reads("group", "{name}")
def group(reader: Reader, _place: Place, name: str) -> None:
    codes = {code: label for label, code in reader.facts.colleges.items()}
    groups = reader.facts.around.groups
    known = {*groups, *(" + ".join(codes[code] for code in some) for some in groups.values())}
    reader.must(name in known, "no such group")
