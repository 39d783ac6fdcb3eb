"""The compiled pages of questions: every part has its partial, every placeholder is filled."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from questionnaires import Answer
from questionnaires.fields import PARTS, field_name
from storage.campaigns.campaigns import Campaign
from tests.web.respond.respondent import Respondent, form_of
from web.respond.forms import FormProblem
from web.respond.pages.compiled import CompiledPage, placeholder
from web.respond.pages.questions import QuestionPage, question_page, rendered

PARTIALS = Path(__file__).parents[3] / "web" / "templates" / "respond" / "fields"


@pytest.fixture
def ready(app: Flask, opened: Campaign) -> QuestionPage:
    with app.test_request_context("/repondre/x/1"):
        return question_page(opened, 1, "habitants", plain=False)


def test_every_part_of_an_answer_has_its_reader_and_its_partial() -> None:
    assert {path.stem for path in PARTIALS.iterdir()} == set(PARTS)


def test_every_part_of_every_question_is_on_its_page(respondent: Respondent, opened: Campaign) -> None:
    for number, family in enumerate(opened.grid.families, 1):
        page = respondent.get(respondent.address(number)).text
        for skill in family.skills:
            for part in set(PARTS) - {"before", "text"}:
                assert (f'name="{field_name(skill.code, part)}"' in page) == skill.core


@pytest.mark.parametrize("retrospective", [False, True])
def test_every_placeholder_is_filled_by_some_answer_or_some_problem(
    app: Flask, opened: Campaign, retrospective: bool
) -> None:
    with app.test_request_context("/repondre/x/1"):
        ready = question_page(replace(opened, retrospective=retrospective), 1, "habitants", plain=False)
    taken = set()

    class Spy(CompiledPage):
        def __init__(self, page: CompiledPage) -> None:
            self.__dict__ = page.__dict__

        def fill(self, values: Mapping[str, str]) -> str:
            taken.update(values)
            return super().fill(values)

    spied = replace(ready, compiled=Spy(ready.compiled))
    names = [field_name(one.code, part) for one in ready.page.questions for part in one.asks if part != "quote"]
    with app.test_request_context("/repondre/x/1"):
        for value in ready.page.questions[0].values:
            answers = {
                question.code: Answer(value, "r", "c", value, quotable=True)
                for question in ready.questionnaire.questions
            }
            rendered(spied, "token", answers)
        rendered(spied, "token", {}, {}, [FormProblem("Non", name) for name in names], latest=0, lent=True)
    assert taken == ready.compiled.placeholders


def test_a_name_without_its_placeholder_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        CompiledPage(f"<p>{placeholder('one')}</p>").fill({"other": "lost"})


def test_pages_are_made_once_per_college_and_wording_and_again_when_the_campaign_changes(
    app: Flask, opened: Campaign
) -> None:
    with app.test_request_context("/repondre/x/1"):
        first = question_page(opened, 1, "habitants", plain=False)
        assert question_page(opened, 1, "habitants", plain=False) is first
        assert question_page(opened, 1, "habitants", plain=True) is not first
        assert question_page(opened, 1, "elus", plain=False) is not first
        renamed = question_page(replace(opened, name="Bilan retardé"), 1, "habitants", plain=False)
    assert "Bilan retardé" in renamed.compiled.fill({})


def test_two_people_never_share_what_fills_a_page(app: Flask, ready: QuestionPage) -> None:
    with app.test_request_context("/repondre/x/1"):
        one = rendered(ready, "un", {"COO-1": Answer(3, comment="À moi")})
        other = rendered(ready, "deux", {})
    assert form_of(one)["q_COO-1:comment"] == "À moi"
    assert "À moi" not in other
    assert "checked" not in other
