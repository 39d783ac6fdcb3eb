"""Two versions side by side: each skill in a word and a sentence, and what is compared, as changes are computed."""

import xml.etree.ElementTree as ET
from itertools import combinations, product

import pandas as pd
import pytest
from hypothesis import given, settings

import grille
from grille import Grid
from restitution.charts.versions_chart import PAGE, PHONE, versions_drawing
from restitution.findings.change.versions import Versions, in_order, versions_of
from scoring import compare, profile
from tests import successions
from tests.grille.test_correspondence import grid_of, versions
from tests.restitution.charts.test_rows import texts_of
from tests.shapes import SHAPES


def links(found: Versions) -> list[tuple[str, str, str, str]]:
    """Each link: the codes before and after, the word, the sentence."""
    return [
        (
            "+".join(name.code for name in link.before),
            "+".join(name.code for name in link.after),
            link.word,
            link.meaning,
        )
        for family in found.families
        for link in family.links
    ]


def test_each_skill_is_said_once_with_what_happened_and_what_is_compared() -> None:
    one, alone = "Se compare un à un.", "Sans passé : se comparera entre deux campagnes sur la version 2."
    assert links(versions_of(successions.before(), successions.after())) == [
        ("1-1", "1-1", "inchangé", one),
        ("1-2", "1-2+1-3", "partagé en 2", "L’ancien se compare à la moyenne des nouveaux."),
        ("1-3", "1-4", "renommé", one),
        ("1-4", "", "retiré", "Sa courbe s’arrête là."),
        ("2-1+2-2", "2-1", "2 réunis en un", "La moyenne des anciens se compare au nouveau."),
        ("2-3", "2-2", "nouveau code", one),
        ("", "2-3", "nouveau", alone),
        ("3-1", "3-1", "inchangé", one),
        ("3-2", "3-2", "inchangé", one),
    ]


def test_the_page_says_what_keeps_its_past_and_what_does_not() -> None:
    found = versions_of(successions.before(), successions.after())
    assert found.headline == "8 savoir-faire sur 9 gardent leur passé, 1 part de zéro"
    assert dict(found.summary) == {
        "Un à un": "5 savoir-faire, avec leur courbe.",
        "Ensemble": "1-2 → 1-2 + 1-3, 2-1 + 2-2 → 2-1. Leur moyenne compte dans la famille, chacun n’a pas sa courbe.",
        "Pas du tout": "Nouveaux en 2 : 2-3. Retirés de 1 : 1-4.",
        "Les familles": "Toutes se comparent.",
    }
    assert [family.meaning for family in found.families] == [
        "Se compare, sur tous ses savoir-faire d’aujourd’hui.",
        "Se compare, sur 2 de ses 3 savoir-faire d’aujourd’hui.",
        "Se compare, sur tous ses savoir-faire.",
    ]
    assert found.warnings == ()


def test_a_skill_whose_text_changed_goes_on_and_a_family_left_out_stops() -> None:
    older, newer = grille.shipped_grids()
    words = {word for _was, _now, word, _meaning in links(versions_of(older, newer))}
    assert words == {"inchangé, texte revu", "partagé en 2", "renommé", "nouveau"}
    before, after = grid_of("1", ["A1", "B1"]), grid_of("2", ["A1", "C1"], {})
    assert [(family.axis.title, family.meaning) for family in versions_of(before, after).families] == [
        ("A", "Se compare, sur tous ses savoir-faire."),
        ("C", "Famille nouvelle : sans passé."),
        ("B", "Famille retirée : sa courbe s’arrête là."),
    ]


def test_a_link_across_families_is_said_by_both_and_compared_by_neither() -> None:
    found = versions_of(grid_of("1", ["A1", "B1"]), grid_of("2", ["A1", "B1", "B2"], {"A1": ["A1", "B2"]}))
    first, second = (family.links for family in found.families)
    assert [name.elsewhere for name in first[0].after] == ["", "B"]
    assert [name.elsewhere for name in second[1].before] == ["A"]
    assert first[0].meaning == second[1].meaning == "Ne se compare pas : à cheval sur plusieurs familles."
    assert not found.families[0].compared
    assert dict(found.summary)["Pas du tout"] == "Liés, mais sans comparaison possible : A1 → A1 + B2."


def test_too_little_in_common_is_no_comparison() -> None:
    before, after = grid_of("1", ["A1", "A2", "A3"]), grid_of("2", ["A1", "A4", "A5"], {})
    (family,) = versions_of(before, after).families
    assert family.meaning == (
        "Ne se compare pas : ce qui est commun ne fait que 33 % du poids de la famille en 1, et il en faut 50 %."
    )
    nothing = versions_of(grid_of("1", ["A1"]), grid_of("2", ["A2"], {}))
    assert nothing.families[0].meaning == "Ne se compare pas : les deux versions n’y ont rien en commun qui compte."
    assert nothing.headline == "Aucun savoir-faire ne garde de passé"


def test_other_levels_compare_nothing_and_links_still_say_what_became_of_skills() -> None:
    found = versions_of(grid_of("1", ["A1"]), grid_of("2", ["A1", "A2"], {"A1": ["A1", "A2"]}, levels=4))
    assert found.headline.startswith("Les niveaux ne sont pas les mêmes (0 à 2 dans la version 1")
    assert links(found) == [("A1", "A1+A2", "partagé en 2", "Ne se compare pas : les niveaux ne sont pas les mêmes.")]
    assert dict(found.summary)["Les familles"] == "Ne se comparent pas : A."


def test_versions_that_say_nothing_of_each_other_compare_by_code_and_it_is_said() -> None:
    found = versions_of(grid_of("1", ["A1", "A2"]), grid_of("3", ["A1", "A3"], {"A2": ["A3"]}, from_version="2"))
    assert "ne dit comment elle continue l’autre" in found.warnings[0]
    assert [was for was, now, _word, _meaning in links(found) if was == now] == ["A1"]


def test_a_correspondence_that_names_what_was_not_there_says_so() -> None:
    found = versions_of(grid_of("1", ["A1"]), grid_of("2", ["A1", "A2"], {"A9": ["A2"]}))
    assert "que la version 1 n’a pas : A9." in found.warnings[0]


@pytest.mark.parametrize("links", [None, {"A1": ["A1"]}])
def test_the_earlier_version_comes_first_whatever_the_order_asked(links: dict[str, list[str]] | None) -> None:
    before, after = grid_of("2024.9", ["A1"]), grid_of("2024.10", ["A1"], links, from_version="2024.9")
    assert in_order(before, after) == in_order(after, before) == (before, after)


def test_the_version_that_continues_comes_second_whatever_its_number() -> None:
    before, after = grid_of("9", ["A1"]), grid_of("1", ["A1"], {}, from_version="9")
    assert in_order(after, before) == in_order(before, after) == (before, after)


def answered(grid: Grid) -> pd.DataFrame:
    """Six people of its college, who gave a level to every skill."""
    return pd.DataFrame({"college": ["c"] * 6} | {skill.code: [0, 1, 2] * 2 for skill in grid.skills})


@settings(max_examples=30, deadline=None)
@given(versions())
def test_a_family_said_to_compare_does_when_everything_is_published(pair: tuple[Grid, Grid]) -> None:
    """The page and the computation of changes agree, family by family, on answers that publish every skill."""
    before, after = pair
    was, now = (profile(answered(grid), grid) for grid in pair)
    computed = {row.family: row.delta is not None for row in compare(was, now).rows if row.place == "c"}
    shown = {family.axis.code: family.compared for family in versions_of(before, after).families}
    assert {code: shown[code] for code in computed} == computed
    assert not any(compared for code, compared in shown.items() if code not in computed)


def continued(grid: Grid) -> Grid:
    """A later version, in which each family has a skill that is split, another one merged or renamed."""
    links: dict[str, tuple[str, ...]] = {}
    for family in grid.families:
        first, *others = (skill.code for skill in family.skills)
        links[first] = (first, *others[:1])
        links |= dict.fromkeys(others[2:3], ())
    return Grid.model_validate(
        grid.model_dump() | {"version": "2", "correspondence": {"from_version": "1", "skills": links}}
    )


@pytest.mark.parametrize("name", SHAPES)
def test_words_stay_in_their_drawing_and_meet_no_other(name: str) -> None:
    grid = SHAPES[name]()
    for frame, family in product((PAGE, PHONE), versions_of(grid, continued(grid)).families[:3]):
        drawing = versions_drawing(family, frame=frame, ident="une")
        _left, _top, width, height = (float(side) for side in ET.fromstring(drawing).attrib["viewBox"].split())
        boxes = [*texts_of(drawing)]
        out = [words for words, box in boxes if box.left + box.width > width + 1 or box.top + box.height > height]
        met = [(one, two) for (one, a), (two, b) in combinations(boxes, 2) if a.overlaps(b)]
        assert (out, met) == ([], [])
