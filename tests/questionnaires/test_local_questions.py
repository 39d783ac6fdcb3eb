"""Local questions: read as they are stored, asked on a page of their own, answered like any question."""

from werkzeug.datastructures import MultiDict

import grille
from questionnaires import Answer, Questionnaire
from questionnaires.answers import ResponseDocument
from questionnaires.forms import page_form
from questionnaires.local.questions import LocalQuestion, as_stored, questions_in

DAYS = LocalQuestion("Quel jour vous convient ?", ("Le samedi", "Le mardi"), "Quel jour pour vous ?")
FREE = LocalQuestion("Que manque-t-il ici ?", is_open=True)


def asked(*, plain: bool = False, local: tuple[LocalQuestion, ...] = (DAYS, FREE)) -> Questionnaire:
    return Questionnaire(grille.current(), "short", "elus", plain, local=local)


def test_they_are_read_as_they_were_stored() -> None:
    assert questions_in(as_stored([DAYS, FREE])) == (DAYS, FREE)


def test_they_are_the_last_page_and_nothing_changes_without_them() -> None:
    alone, pages = asked(local=()).pages, asked().pages
    assert pages[:-1] == alone
    assert pages[-1].number == len(alone) + 1
    assert pages[-1].codes == ("@1", "@2")
    assert [page.is_local for page in pages] == [False] * len(alone) + [True]


def test_they_are_said_in_easy_words_where_there_are_some() -> None:
    assert [one.stem for one in asked(plain=True).pages[-1].questions] == [DAYS.easy, FREE.text]


def test_an_answer_is_a_choice_or_a_text_and_never_counts_among_those_of_the_grid() -> None:
    form = page_form(asked().pages[-1])(MultiDict({"q_@1": "2", "q_@2:text": " Un banc ", "whole": "1"}))
    said = form.changes({})
    assert said == {"@1": Answer(2), "@2": Answer(comment="Un banc")}
    document = ResponseDocument("{}").merge({**said, "COO-1": Answer(3)})
    assert (document.answered, document.content["local"]) == (1, {"@1": 2, "@2": "Un banc"})
    assert document.content["answers"] == {"COO-1": 3}
    assert document.content["comments"] == {}
    assert {code: document.answers[code] for code in said} == said


def test_what_is_taken_back_leaves_nothing() -> None:
    document = ResponseDocument("{}").merge({"@1": Answer(2), "@2": Answer(comment="Un banc")})
    assert "local" not in document.merge({"@1": Answer(), "@2": Answer()}).content


def test_the_latest_change_wins_in_whatever_order_they_arrive() -> None:
    late, early = ({"@1": Answer(1)}, {"@1": 20}), ({"@1": Answer(2)}, {"@1": 10})
    both = [ResponseDocument("{}").merge(*first).merge(*second) for first, second in ((late, early), (early, late))]
    assert [document.answers["@1"] for document in both] == [Answer(1), Answer(1)]


def test_a_choice_that_is_not_proposed_and_a_text_too_long_are_refused() -> None:
    form = page_form(asked().pages[-1])(MultiDict({"q_@1": "3", "q_@2:text": "x" * 1001, "whole": "1"}))
    problems = dict(form.problems())
    assert set(problems) == {"q_@1", "q_@2:text"}
    assert "1\u202f000" in problems["q_@2:text"]
    assert form.typed({})["@2"].comment == "x" * 1001
