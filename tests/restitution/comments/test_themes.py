"""Themes of comments: as people would sort them, the same at each run, and none for a few."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from math import comb
from pathlib import Path

from restitution.comments.lemmas import lemma, lemmas_of
from restitution.comments.themes import FEWEST_COMMENTS, MOST_COMPARED, groups_of

# Written for this test and sorted by hand: eight themes of fifteen comments.
LINES = [line.split("|", 1) for line in Path(__file__).with_name("labelled.txt").read_text("utf-8").splitlines()]
COMMENTS = {f"c{rank:03}": text for rank, (_theme, text) in enumerate(LINES)}
SORTED = [theme for theme, _text in LINES]


def adjusted_rand(one: Sequence[object], other: Sequence[object]) -> float:
    """How far two ways of sorting agree: 1 for the same one, 0 for chance (Hubert & Arabie 1985)."""
    together = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    rows, columns = (sum(comb(n, 2) for n in Counter(some).values()) for some in (one, other))
    expected = rows * columns / comb(len(one), 2)
    return (together - expected) / ((rows + columns) / 2 - expected)


def test_themes_are_those_that_people_find() -> None:
    assert len(COMMENTS) == 120
    place = {key: rank for rank, group in enumerate(groups_of(COMMENTS)) for key in group.keys}
    assert adjusted_rand(SORTED, [place[key] for key in COMMENTS]) >= 0.5


def test_they_are_the_same_at_each_run_and_in_any_order() -> None:
    found = [group.keys for group in groups_of(COMMENTS)]
    assert [group.keys for group in groups_of(dict(reversed(COMMENTS.items())))] == found
    code = (
        "from tests.restitution.comments.test_themes import *\n"
        "print([group.keys for group in groups_of(COMMENTS)] == eval(sys.stdin.read()))"
    )
    again = subprocess.run(
        [sys.executable, "-c", code],
        input=repr(found),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "12345"},
    )
    assert again.stdout == "True\n"


def test_a_few_comments_are_not_grouped() -> None:
    few = dict(list(COMMENTS.items())[: FEWEST_COMMENTS - 1])
    assert groups_of(few) == []
    assert groups_of(few | {"last": "encore un"}) != []


def test_comments_that_say_nothing_do_not_break_it() -> None:
    assert sum(len(group.keys) for group in groups_of({str(rank): "…" for rank in range(25)})) == 25


def test_many_comments_join_the_nearest_group() -> None:
    many = {f"{rank}": COMMENTS[f"c{rank % 120:03}"] for rank in range(MOST_COMPARED + 120)}
    groups = groups_of(many)
    assert sum(len(group.keys) for group in groups) == len(many)


def test_words_are_brought_back_to_their_lemmas() -> None:
    assert {lemma(word) for word in ("réunions", "Réunion")} == {"reunion"}
    assert lemmas_of("Les élus n’écoutaient jamais les habitants") == ["elu", "ecouter", "habitant"]
