"""The official list: searches find the intended territory, equal names are distinguished, the cost is low."""

import gzip
import subprocess
import sys
from collections import Counter
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.campaigns.gazetteer import DATA, MOST, OfficialTerritory, _lines, by_code, folded, search, telling_name


@lru_cache(1)
def words_of_places() -> dict[str, list[str]]:
    """Every word by which each place may be named."""
    known = {}
    for _, line in _lines():
        kind, code, _, department, postal, *_more = line.split(";")
        place = by_code(code)
        assert place is not None
        assert {"COM": "commune", "ARM": "arrondissement"}.get(kind, "epci") == place.kind
        known[code] = [*folded(place.name).split(), department.lower(), *postal.split()]
    return known


def naive(typed: str) -> set[str]:
    """The codes of the places that match, the slow way: word by word."""
    words = folded(typed).split()
    return {
        code
        for code, known in words_of_places().items()
        if all(any(one.startswith(word) for one in known) for word in words)
        and all(word in known for word in words[:-1] if len(word) == 1)
    }


def test_the_table_states_its_source_and_its_date() -> None:
    with gzip.open(DATA, "rt", encoding="utf-8") as file:
        head = file.readline() + file.readline()
    assert "1er janvier 2026" in head
    assert "@etalab/decoupage-administratif 6.0.0" in head
    assert "Licence Ouverte" in head
    assert DATA.stat().st_size < 700_000


def test_the_table_is_whole() -> None:
    kinds = Counter({"COM": "commune", "ARM": "arrondissement"}.get(line[:3], "epci") for _, line in _lines())
    assert kinds == {"commune": 34_963, "arrondissement": 45, "epci": 1_266}
    assert len({line.split(";")[1] for _, line in _lines()}) == sum(kinds.values())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("L’Haÿ", "L’Haÿ-les-Roses (94)"),
        ("l'hay", "L’Haÿ-les-Roses (94)"),
        ("L HAŸ LES ROSES", "L’Haÿ-les-Roses (94)"),
        ("œuilly 51", "Œuilly (51)"),
        ("oeuilly 02", "Œuilly (02)"),
        ("st malo", "Saint-Malo (35)"),
        ("35400", "Saint-Malo (35)"),
        ("ste foy les lyon", "Sainte-Foy-lès-Lyon (69)"),
        ("ajaccio 2a", "Ajaccio (2A)"),
        ("communauté de communes faucigny", "Communauté de communes Faucigny - Glières (74)"),
        ("Île-de-Batz", "Île-de-Batz (29)"),
    ],
)
def test_what_people_type_finds_the_place(typed: str, first: str) -> None:
    assert search(typed)[0].label == first


def test_homonyms_are_distinguished_by_their_department() -> None:
    found = search("Saint-Aubin", most=1000)
    alone = [place for place in found if place.name == "Saint-Aubin"]
    assert len(alone) > 5
    assert len(search("Saint-Aubin")) == MOST
    assert found[: len(alone)] == alone, "exact names come first"
    assert len({place.label for place in alone}) == len(alone)
    assert [place.department for place in search("Saint-Aubin (91)")[:1]] == ["91"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("papeete", "Papeete (987)"),
        ("nouméa", "Nouméa (988)"),
        ("marseille 1er", "Marseille 1er Arrondissement (13)"),
        ("75011", "Paris 11e Arrondissement (75)"),
        ("plaine commune", "Plaine Commune (93)"),
    ],
)
def test_overseas_arrondissements_and_greater_paris_are_there(typed: str, first: str) -> None:
    assert first in [place.label for place in search(typed)[:2]]


def test_a_name_says_its_department_where_it_is_not_unique() -> None:
    names = [telling_name(one) for one in search("montreuil", most=100)]
    assert {"Montreuil (93)", "Montreuil (28)", "Montreuil-sur-Mer"} <= set(names)
    assert "Montreuil" not in names
    known = [telling_name(one) for one in search("saint", most=50_000)]
    assert len(set(known)) == len(known)


def test_saint_is_not_sainte_but_begins_it() -> None:
    assert all("Sainte" in place.name for place in search("Sainte-Marie"))
    assert {"Saint", "Sainte"} <= {place.name.split("-")[0] for place in search("saint", most=50_000)}


@pytest.mark.parametrize("typed", ["", "   ", "'-’", "zzzzzz", "\0", "🏡"])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert search(typed) == []


@pytest.mark.parametrize(
    "typed", ["saint aub", "35", "val d", "cc", "œ", "l’haÿ-les", "a b", "saint-aubin (35)", "des pres 14"]
)
def test_search_finds_what_a_naive_reading_finds(typed: str) -> None:
    assert {place.code for place in search(typed, most=50_000)} == naive(typed)


@given(st.text(max_size=30))
def test_folding_is_stable_whatever_is_typed(typed: str) -> None:
    assert folded(folded(typed)) == folded(typed)


def test_a_code_is_found_back() -> None:
    population = search("saint-malo")[0].population
    found = OfficialTerritory("35288", "Saint-Malo", "commune", "35", population, "213502883", "243500782")
    assert by_code("35288") == found
    around = by_code(found.epci)
    assert around is not None
    assert around.siren == around.code == "243500782"
    assert by_code("nothing") is None


def test_serving_respondents_does_not_read_the_table() -> None:
    script = "import sys, web.respond; print('storage.campaigns.gazetteer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
