"""Sentences that cannot be false: each text of the results is read as French and held to naive figures."""

import pytest

from tests.restitution.reader import (
    changes,
    desk,
    disclosure,
    french,
    method,
    others,
    reasons,
    scores,
    skills,
    territories,
    titles,
    worked,
)
from tests.restitution.reader.catalogue import PARTS, WORDS, templates
from tests.restitution.reader.facts import Around, Facts
from tests.restitution.reader.pages import texts_of
from tests.restitution.reader.reading import RULES, Reader, Untrue
from tests.restitution.reader.rendered import page_reader
from tests.restitution.reader.territories import Territory, territory
from tests.scoring.oracle import Campaign

# Importing these modules registers their rules.
ROOMS = (page_reader, changes, desk, disclosure, method, others, reasons, scores, skills, titles, worked)
# Territories tried: their seeds are their numbers, so that one that fails is named. Each has 1 to 6 campaigns.
SAMPLE, EVERY, PART = 25, 2000, 50


def facts_of(place: Territory) -> Facts:
    labels = tuple(one.label for one in place.campaigns)
    publications = tuple((day, answered(place, one)) for day, one in place.publications)
    campaigns = tuple(answered(place, one) for one in place.campaigns)
    around = Around(place.opened, publications, place.public, place.targets, place.announced, place.groups)
    return Facts(labels, campaigns, around)


def answered(place: Territory, one: territories.Campaign) -> Campaign:
    return Campaign(one.rows, place.grid, one.then, **one.rules)


def read(seed: int) -> None:
    """Read the whole page of the territory of that seed."""
    place = territory(seed)
    try:
        Reader(facts_of(place)).read(texts_of(place.results))
    except Untrue as problem:
        pytest.fail(f"territory({seed}): {problem}")


@pytest.mark.parametrize("seed", range(SAMPLE))
def test_every_sentence_is_true(seed: int) -> None:
    read(seed)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("first", range(SAMPLE, EVERY, PART))
def test_every_sentence_of_two_thousand_territories_is_true(first: int) -> None:
    for seed in range(first, min(first + PART, EVERY)):
        read(seed)


def test_every_template_has_its_rule() -> None:
    """A sentence that nobody knows how to check may not be written."""
    known = {french.anonymous(rule.skeleton) for rule in RULES} | PARTS | WORDS
    assert {text: where for text, where in templates().items() if french.skeleton_of(text) not in known} == {}


def test_the_lists_of_what_has_no_rule_name_templates_that_exist() -> None:
    assert (PARTS | WORDS) - {french.skeleton_of(text) for text in templates()} == set()


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("il faudrait 2,9 niveau de plus", "2,9 niveau"),
        ("1 réponses dans 3 collèges", "1 réponses"),
        ("0,5 niveaux au plus", "0,5 niveaux"),
        ("2 100 personne", "2 100 personne"),
        ("1 réponse, 0,5 niveau, 2 100 personnes et 2,0 niveaux", ""),
    ],
)
def test_a_number_and_its_noun_agree(words: str, wrong: str) -> None:
    assert french.misnumbered(words) == wrong


@pytest.mark.parametrize(
    "words",
    [
        "La famille la plus avancée est Faciliter, Intégrer, S’ouvrir et Agir ; sans le collège « Élus », ce seraient "
        "Coopérer, Connecter, Faciliter, Intégrer, S’ouvrir et Agir.",
        "Les familles les plus avancées sont Faciliter, Intégrer, S’ouvrir et Agir ; sans le collège « Élus », ce "
        "serait Coopérer, Connecter, Faciliter, Intégrer, S’ouvrir et Agir.",
    ],
)
def test_a_verb_agrees_with_the_families_beside_it(words: str) -> None:
    reader = Reader(facts_of(territory(57)))
    with pytest.raises(Untrue, match="does not agree"):
        reader.statement("sensitivity", (), words)
    true = words.replace("La famille la plus avancée est", "Les familles les plus avancées sont")
    reader.statement("sensitivity", (), true.replace("ce serait ", "ce seraient "))


def test_a_page_that_says_two_things_is_refused() -> None:
    reader = Reader(facts_of(territory(5)))
    reader.claims_that("hausse nette", "verdict", "Agir", "Territoire")
    with pytest.raises(Untrue, match="the page says"):
        reader.claims_that("stable", "verdict", "Agir", "Territoire")
