import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires import Answer, Page, Questionnaire
from questionnaires.answers import UNANSWERED
from questionnaires.fields import PARTS, cleaned, field_name
from questionnaires.forms import PageForm, page_form, shown, unknown_fields


@pytest.fixture
def page(questionnaire: Questionnaire) -> Page:
    return questionnaire.pages[0]


def sent(page: Page, *, seen: str = "", **fields: str) -> PageForm:
    return page_form(page)({"shown": seen, "whole": "1", **fields})


def test_a_page_has_one_field_per_question(page: Page) -> None:
    form = page_form(page)()
    assert [form.question(code).name for code in page.codes] == ["q_SOL-1", "q_SOL-2"]
    with pytest.raises(KeyError):
        form.question("EAU-1")


def test_the_parts_of_an_answer_are_exactly_the_registered_ones(page: Page) -> None:
    assert list(UNANSWERED.for_form()) == list(PARTS)
    read = {part.attribute for part in PARTS.values()}
    assert read == {field.name for field in dataclasses.fields(Answer)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.builds(Answer, st.sampled_from([None, 1, 2, 3, "NSP", "SO"]), *[st.text(max_size=30).map(cleaned)] * 2))
def test_whatever_an_answer_is_the_form_gives_it_back(questionnaire: Questionnaire, answer: Answer) -> None:
    fields = {field_name("SOL-1", part): text for part, text in answer.for_form().items()}
    form = sent(questionnaire.pages[0], **fields)
    assert form.question("SOL-1").data == answer
    assert form.question("SOL-1").typed_over(Answer(2, comment="Avant")) == answer


def test_a_level_a_silence_a_reason_and_a_comment_are_read(page: Page) -> None:
    form = sent(
        page,
        **{
            "q_SOL-1": "SO",
            "q_SOL-1:reason": " Il n’y a pas de sol ",
            "q_SOL-2": "1",
            "q_SOL-2:comment": "Bien\r\n\x00vu 🌱",
        },
    )
    assert form.changes({}) == {
        "SOL-1": Answer.not_applicable("Il n’y a pas de sol"),
        "SOL-2": Answer(1, comment="Bien\nvu 🌱"),
    }
    assert list(form.problems()) == []


def test_nothing_chosen_is_valid_and_changes_nothing(page: Page) -> None:
    assert sent(page).changes({}) == {}
    assert list(sent(page).problems()) == []


@pytest.mark.parametrize("level", ["0", "4", "9", "-1", "x", "\x00", "NSP ", "🌱", "1.0"])
def test_a_level_outside_the_scale_is_refused_and_leaves_the_stored_answer(page: Page, level: str) -> None:
    form = sent(page, **{"q_SOL-1": level, "q_SOL-1:comment": "Gardé"})
    ((field, sentence),) = form.problems()
    assert field == "q_SOL-1"
    assert "n’existe pas dans la grille" in sentence
    assert form.changes({"SOL-1": Answer(2)}) == {"SOL-1": Answer(2, comment="Gardé")}


def test_a_text_too_long_says_both_lengths_and_is_given_back_whole(page: Page) -> None:
    text = "é" * 100_000
    form = sent(page, **{"q_SOL-1": "3", "q_SOL-1:comment": text})
    ((field, sentence),) = form.problems()
    assert field == "q_SOL-1:comment"
    assert "100\u202f000" in sentence
    assert "2\u202f000" in sentence
    assert form.typed({})["SOL-1"].comment == text
    assert form.changes({"SOL-1": Answer(comment="Avant")}) == {"SOL-1": Answer(3, comment="Avant")}


def test_only_what_differs_from_what_was_shown_is_a_change(page: Page) -> None:
    before = {"SOL-1": Answer(2), "SOL-2": Answer(1)}
    seen = shown(before[code] for code in page.codes)
    form = sent(page, seen=seen, **{"q_SOL-1": "2", "q_SOL-2": "3"})
    elsewhere = {**before, "SOL-1": Answer(3)}
    assert form.changes(elsewhere) == {"SOL-2": Answer(3)}


def test_once_saved_the_page_still_knows_what_it_shows_and_not_what_another_tab_has_changed(page: Page) -> None:
    seen = shown([UNANSWERED, UNANSWERED])
    first = sent(page, seen=seen, **{"q_SOL-2": "3"})
    elsewhere = {"SOL-1": Answer(2)}
    changes = first.changes(elsewhere)
    after = first.shown_after(changes, elsewhere)
    assert after == shown([UNANSWERED, Answer(3)])
    second = sent(page, seen=after, **{"q_SOL-2": "1"})
    assert second.changes({**elsewhere, **changes}) == {"SOL-2": Answer(1)}


def test_a_page_given_back_shows_what_another_tab_has_changed(page: Page) -> None:
    form = sent(page, seen=shown([UNANSWERED, UNANSWERED]), **{"q_SOL-1:comment": "", "q_SOL-2": "9"})
    assert form.typed({"SOL-1": Answer(2, comment="Ailleurs")})["SOL-1"] == Answer(2, comment="Ailleurs")


def test_withdrawing_an_answer_is_a_change(page: Page) -> None:
    before = {"SOL-1": Answer(2)}
    form = sent(page, seen=shown(before.get(code, UNANSWERED) for code in page.codes))
    assert form.changes(before) == {"SOL-1": UNANSWERED}


def test_a_reason_too_long_for_an_answer_that_needs_none_is_no_problem(page: Page) -> None:
    form = sent(page, **{"q_SOL-1": "2", "q_SOL-1:reason": "x" * 301})
    assert list(form.problems()) == []
    assert form.changes({}) == {"SOL-1": Answer(2)}
    assert [name for name, _ in sent(page, **{"q_SOL-1": "SO", "q_SOL-1:reason": "x" * 301}).problems()] == [
        "q_SOL-1:reason"
    ]


def test_texts_that_were_not_sent_are_left_alone_and_a_choice_that_was_not_is_withdrawn(page: Page) -> None:
    stored = {"SOL-1": Answer("SO", "Une raison", "Un mot")}
    assert sent(page).changes(stored) == {"SOL-1": Answer(comment="Un mot")}


def test_a_form_cut_on_the_way_shows_what_is_stored_for_what_did_not_arrive(page: Page) -> None:
    cut = page_form(page)({"q_SOL-1": "1"})
    stored = {"SOL-1": Answer(2, comment="Un mot"), "SOL-2": Answer(3)}
    assert cut.typed(stored) == {"SOL-1": Answer(1, comment="Un mot"), "SOL-2": Answer(3)}


@pytest.mark.parametrize("seen", ["", "x", "00000000 11111111 22222222", "\x00"])
def test_without_what_was_shown_the_sent_answers_are_compared_with_the_stored_ones(page: Page, seen: str) -> None:
    form = sent(page, seen=seen, **{"q_SOL-1": "2", "q_SOL-2": "3"})
    assert form.changes({"SOL-2": Answer(3)}).get("SOL-1") == Answer(2)


def test_a_body_cut_on_the_way_is_not_whole(page: Page) -> None:
    assert sent(page).whole
    assert not page_form(page)({"q_SOL-1": "2"}).whole


def test_answers_to_other_questions_are_named(page: Page) -> None:
    names = ["q_SOL-1", "q_SOL-1:comment", "q_EAU-1", "q_", "q_SOL-1:data", "vers"]
    assert unknown_fields(page_form(page), names) == ["EAU-1", "", "SOL-1:data"]
