from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grille import College, Family, Grid, Level, Skill
from questionnaires import Questionnaire
from tests.questionnaires.conftest import EASY


def codes(questionnaire: Questionnaire) -> list[list[str]]:
    return [[question.code for question in page.questions] for page in questionnaire.pages]


def test_the_full_form_has_one_page_per_family(questionnaire: Questionnaire) -> None:
    assert codes(questionnaire) == [["SOL-1", "SOL-2"], ["EAU-1"]]
    assert [(page.number, page.family.code) for page in questionnaire.pages] == [(1, "SOL"), (2, "EAU")]


def test_the_short_form_asks_core_skills_and_skips_families_that_have_none(grid: Grid) -> None:
    assert codes(Questionnaire(grid, "short", "voisins")) == [["SOL-1"]]


def test_each_college_is_asked_in_its_own_words(grid: Grid, questionnaire: Questionnaire) -> None:
    assert [question.stem for question in questionnaire.questions] == [
        "Le sol est-il nourri ?",
        "Dans votre rue, voyez-vous : Titre SOL-2",
        "Dans votre rue, voyez-vous : Titre EAU-1",
    ]
    assert Questionnaire(grid, "short", "equipe").questions[0].stem == "Titre SOL-1"


def test_a_college_merged_for_a_campaign_is_asked_by_titles(grid: Grid) -> None:
    assert Questionnaire(grid, "short", "voisins-et-equipe").questions[0].stem == "Titre SOL-1"


def test_plain_wording_replaces_the_stem_where_there_is_one(questionnaire: Questionnaire) -> None:
    plain = replace(questionnaire, plain=True)
    assert [question.stem for question in plain.questions] == [
        "La terre est-elle bonne ?",
        "Dans votre rue, voyez-vous : Titre SOL-2",
        "Dans votre rue, voyez-vous : Titre EAU-1",
    ]


def test_plain_wording_replaces_levels_and_silences_where_it_can(questionnaire: Questionnaire) -> None:
    first, second, _ = replace(questionnaire, plain=True).questions
    assert [(level.label, level.sentence) for level in first.levels] == [(sentence, "") for sentence in EASY.values()]
    assert [level.label for level in second.levels] == [level.label for level in questionnaire.questions[1].levels]
    assert [level.sentence for level in second.levels] == [
        level.sentence for level in questionnaire.questions[1].levels
    ]
    assert first.label_of("SO") == "Cette question n’est pas pour ici"
    assert questionnaire.questions[0].label_of("SO") == "Sans objet ici"


def test_the_duration_is_the_measured_one_once_it_is_known(questionnaire: Questionnaire) -> None:
    assert questionnaire.minutes_at(None) == questionnaire.minutes
    assert [questionnaire.minutes_at(speed) for speed in (1, 20, 21, 60)] == [1, 1, 2, 3]


def test_levels_come_lowest_first_as_full_sentences(questionnaire: Questionnaire) -> None:
    levels = questionnaire.questions[0].levels
    assert [(level.value, level.label, level.sentence) for level in levels] == [
        (value, f"Étape {value}", f"SOL-1 se fait au niveau {value}.") for value in (1, 2, 3)
    ]


def test_whatever_may_be_chosen_has_its_words(questionnaire: Questionnaire) -> None:
    assert questionnaire.questions[0].label_of(3) == "Étape 3"
    assert questionnaire.questions[0].label_of("NSP") == "Je ne sais pas"
    assert questionnaire.questions[0].label_of("SO") == "Sans objet ici"
    with pytest.raises(KeyError):
        questionnaire.questions[0].label_of(4)


def test_the_stated_duration_grows_with_the_questions(grid: Grid, questionnaire: Questionnaire) -> None:
    assert Questionnaire(grid, "short", "voisins").minutes == 1
    assert questionnaire.minutes >= 1


@pytest.mark.parametrize("form", ["short", "full"])
@pytest.mark.parametrize("college", ["voisins", "equipe"])
def test_every_question_of_every_form_is_on_exactly_one_page(grid: Grid, form: str, college: str) -> None:
    asked = Questionnaire(grid, form, college)  # type: ignore[arg-type]
    assert [code for page in asked.pages for code in page.codes] == [question.code for question in asked.questions]
    assert asked.questions


@given(st.integers(min_value=-3, max_value=2), st.integers(min_value=2, max_value=7))
def test_any_scale_is_asked(lowest: int, count: int) -> None:
    values = range(lowest, lowest + count)
    skill = Skill(code="S", title="S", definition="", core=True, levels=dict.fromkeys(values, "x"))
    grid = Grid(
        id="g",
        version="1",
        title="G",
        status="officielle",
        levels=tuple(Level(value=value, label=f"N{value}") for value in values),
        colleges=(College(code="c", label="C"),),
        families=(Family(code="F", title="F", skills=(skill,)),),
    )
    (question,) = Questionnaire(grid, "short", "c").questions
    assert [level.value for level in question.levels] == list(values)
