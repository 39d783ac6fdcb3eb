"""Easy reading, from the first page to the last: welcome, college, questions, review, thanks, deletion, levels."""

import re
from html import unescape
from pathlib import Path

import pytest

import grille
from grille.grid import Level
from questionnaires import Questionnaire
from questionnaires.outside.wording import choices_of
from tests.web.markup import problems_in
from tests.web.respond.respondent import Respondent

ROOT = Path(__file__).parents[3]

HARD = ("à quel titre", "collège", "clôture", "enregistré", "Pratique installée", "plus proche", "modifiables")
PLACES = (1, "relecture", "plus-tard", "college", "supprimer", "fin", "rendre", "ici", "copie")


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


def test_lent_devices_sharing_and_codes_have_their_easy_words(newcomer: Respondent) -> None:
    for address, words in (
        (f"/repondre/{newcomer.token}/partager", "Donnez ce lien"),
        ("/repondre/", "On vous a donné un lien ou un code"),
        (f"/repondre/?lien={newcomer.token}", "On vous a donné un lien ou un code"),
    ):
        usual = newcomer.get(address).text
        assert words not in usual
        (switch,) = re.findall(r'class="switch" href="([^"]+)"', usual)
        easy = newcomer.get(unescape(switch)).text
        assert words in easy
        assert problems_in(easy) == []
        assert ("lien=" in address) == (f'name="lien" value="{newcomer.token}"' in easy)


def test_the_next_person_at_a_device_reads_the_usual_words(newcomer: Respondent) -> None:
    newcomer.begin("habitants")
    form = newcomer.form("rendre")
    given = newcomer.post(f"{newcomer.address('rendre')}?lecture=facile", form, 303)
    assert "lecture" not in str(given.location)


def test_every_page_of_a_respondent_has_both_wordings() -> None:
    templates = ROOT / "web/templates/respond"
    without = {
        one.name
        for one in templates.glob("*.html")
        if re.search(r"\b_\(", one.read_text()) and not re.search(r"\bplain\b", one.read_text())
    }
    assert without == {
        "layout.html",  # links of two words
        "counter_attributes.html",  # how many signs are left
        "letterhead.html",  # what a logo is
        "offline_data.html",  # sentences of the script
        "offline.html",  # shown by the device in place of any page
        "error_summary.html",  # sentences of the forms
        "refused.html",  # as above
    }


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
