"""Easy reading, from the first page to the last: welcome, college, questions, review, thanks, deletion, levels."""

import re

import pytest

import grille
from grille.grid import Level
from questionnaires import Questionnaire
from questionnaires.outside.wording import choices_of
from tests.web.markup import problems_in
from tests.web.respond.respondent import Respondent

HARD = ("à quel titre", "collège", "clôture", "enregistré", "Pratique installée", "plus proche", "modifiables")
PLACES = (1, "relecture", "plus-tard", "college", "supprimer", "fin")


def easy(person: Respondent, place: object) -> str:
    return person.get(f"{person.address(place)}?lecture=facile").text  # type: ignore[arg-type]


@pytest.mark.parametrize("place", PLACES)
def test_each_page_has_its_easy_words_and_keeps_them(newcomer: Respondent, place: object) -> None:
    newcomer.begin("habitants")
    newcomer.answer(1, COO_1="3")
    if place == "fin":
        newcomer.post(newcomer.address("relecture"), newcomer.form("relecture"))
    html = easy(newcomer, place)
    assert problems_in(html) == []
    words = re.sub(r"<script.*?</script>|<[^>]+>", " ", re.sub(r"<head>.*?</head>", "", html, flags=re.DOTALL))
    assert [word for word in HARD if word in words] == []
    assert "Lecture habituelle" in html
    links = re.findall(r'<a (?!class="switch")[^>]*href="(/repondre/[^"#]+)', html)
    assert [link for link in links if "lecture=facile" not in link and "hors-connexion" not in link] == []


def test_the_welcome_says_all_of_it_in_easy_words(newcomer: Respondent) -> None:
    html = newcomer.get(f"/repondre/{newcomer.token}?lecture=facile").text
    assert problems_in(html) == []
    for sentence in (
        "vous êtes qui",
        "On ne demande pas votre nom",
        "Vous pouvez faire une pause",
        "On choisit la suite",
    ):
        assert sentence in html
    assert "à quel titre" not in html
    assert "à quel titre" in newcomer.get(f"/repondre/{newcomer.token}").text


def test_what_is_deleted_is_said_in_easy_words(newcomer: Respondent) -> None:
    newcomer.begin("habitants")
    newcomer.answer(1, COO_1="3")
    form = newcomer.form("supprimer")
    assert (
        "Vos réponses n’existent plus"
        in newcomer.post(f"{newcomer.address('supprimer')}?lecture=facile", form, 200).text
    )


def test_a_level_is_its_easy_name_or_its_sentence_alone() -> None:
    grid = grille.current()
    asked = Questionnaire(grid, "short", "habitants", plain=True).questions[0]
    easy = asked.skill.falc_levels[3]
    assert (asked.levels[3].label, asked.levels[3].sentence) == ("On le fait à chaque fois", easy)
    unnamed = grid.model_copy(update={"levels": tuple(one.model_copy(update={"falc": ""}) for one in grid.levels)})
    without = Questionnaire(unnamed, "short", "habitants", plain=True).questions[0]
    assert (without.levels[3].label, without.levels[3].sentence) == (easy, "")
    assert without.label_of(3) == choices_of(without)[3] == easy
    assert Questionnaire(grid, "short", "habitants").questions[0].levels[3].label == grid.levels[3].label


def test_the_text_of_a_grid_without_easy_names_stays_the_same() -> None:
    assert "falc" not in Level(value=0, label="Non").model_dump_json()
    assert Level(value=0, label="Non", falc="Pas du tout").model_dump()["falc"] == "Pas du tout"
