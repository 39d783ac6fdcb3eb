from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import Answer, State
from questionnaires.answers import UNANSWERED, answer_in, answers_in, empty_document, merged

values = st.one_of(st.none(), st.integers(0, 4), st.sampled_from(["NSP", "SO"]))
texts = st.text(max_size=20)
answers = st.builds(Answer, values, texts, texts)
codes = st.sampled_from(["COO-1", "COO-2", "CON-1"])
changes = st.dictionaries(codes, answers, max_size=3)


@pytest.mark.parametrize(
    ("answer", "state", "level"),
    [
        (Answer(0), State.LEVEL, 0),
        (Answer(4, comment="Oui"), State.LEVEL, 4),
        (Answer.dont_know(), State.DONT_KNOW, None),
        (Answer.not_applicable("Pas de marché"), State.NOT_APPLICABLE, None),
        (UNANSWERED, State.UNANSWERED, None),
        (Answer(comment="Seulement un mot"), State.UNANSWERED, None),
    ],
)
def test_an_answer_is_in_one_of_four_states_and_only_a_level_scores(
    answer: Answer, state: State, level: int | None
) -> None:
    assert (answer.state, answer.level, answer.answered) == (state, level, state is not State.UNANSWERED)


def test_the_lowest_level_is_an_answer_and_silence_is_not() -> None:
    assert Answer(0).answered
    assert Answer(0).for_form()["level"] == "0"
    assert UNANSWERED.for_form()["level"] == ""


def test_a_reason_stays_only_with_not_applicable() -> None:
    assert Answer("SO", reason="Pas ici").reason == "Pas ici"
    assert Answer("NSP", reason="Pas ici").reason == ""


@given(changes)
def test_a_document_gives_back_what_was_written(sent: dict[str, Answer]) -> None:
    document = merged(empty_document(), sent, at=1)
    assert {code: answer_in(document, code) for code in sent} == sent
    assert answers_in(document) == {code: answer for code, answer in sent.items() if answer != UNANSWERED}


@given(changes)
def test_silence_is_absent_from_the_document(sent: dict[str, Answer]) -> None:
    document = merged(empty_document(), sent, at=1)
    assert set(document["answers"]) == {code for code, answer in sent.items() if answer.answered}
    assert all(document["comments"].values())
    assert all(document["reasons"].values())


@given(st.lists(changes, min_size=3, max_size=3))
def test_changes_merge_to_the_same_document_in_whatever_order_they_arrive(sent: list[dict[str, Answer]]) -> None:
    results = []
    for order in permutations(enumerate(sent)):
        document = empty_document()
        for at, change in order:
            document = merged(document, change, at)
        results.append(document)
    assert all(result == results[0] for result in results)


@given(st.lists(st.tuples(st.integers(0, 3), changes), min_size=3, max_size=3))
def test_changes_of_the_same_moment_merge_alike_in_whatever_order_and_however_often(
    sent: list[tuple[int, dict[str, Answer]]],
) -> None:
    results = []
    for order in permutations(sent + sent[:1]):
        document = empty_document()
        for at, change in order:
            document = merged(document, change, at)
        results.append(document)
    assert all(result == results[0] for result in results)


@given(changes, changes)
def test_sending_twice_changes_nothing_and_the_document_given_is_kept(
    first: dict[str, Answer], second: dict[str, Answer]
) -> None:
    document = merged(empty_document(), first, at=1)
    once = merged(document, second, at=2)
    assert document == merged(empty_document(), first, at=1)
    assert merged(once, second, at=2) == once


def test_withdrawing_an_answer_leaves_its_stamp_so_that_an_older_change_does_not_bring_it_back() -> None:
    withdrawn = merged(merged(empty_document(), {"COO-1": Answer(2)}, at=1), {"COO-1": UNANSWERED}, at=3)
    assert merged(withdrawn, {"COO-1": Answer(4)}, at=2)["answers"] == {}


@given(answers, answers)
def test_fingerprints_tell_answers_apart(one: Answer, other: Answer) -> None:
    assert (one.fingerprint == other.fingerprint) == (one == other)


def test_what_is_said_of_the_year_before_is_merged_with_the_rest_and_leaves_no_trace_when_withdrawn() -> None:
    said = merged(empty_document(), {"COO-1": Answer(3, before=1), "COO-2": Answer(before="NSP")}, at=1)
    assert said["retrospective"] == {"COO-1": 1, "COO-2": "NSP"}
    assert said["answers"] == {"COO-1": 3}
    assert answers_in(said) == {"COO-1": Answer(3, before=1), "COO-2": Answer(before="NSP")}
    other = merged(said, {"COO-3": Answer(0)}, at=2)
    assert other["retrospective"] == said["retrospective"]
    withdrawn = merged(said, {"COO-1": Answer(3), "COO-2": UNANSWERED}, at=3)
    assert "retrospective" not in withdrawn
