"""The page on a grid's questions is read: its counts, shares and coefficients are those of the raw answers."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from random import Random
from statistics import variance
from typing import Any

import pandas as pd
import pytest
from flask import Flask, render_template

import scoring
from restitution.findings.method.instrument import InstrumentView
from tests.restitution.reader.french import misnumbered, number, percentage
from tests.restitution.reader.rendered.leaves import Leaf, leaves, parsed
from tests.scoring.campaigns import make_grid
from tests.scoring.oracle.display import half_up

GRID = make_grid({"F": [1, 1, 1], "G": [1, 1]}, colleges=("elus", "agents"))
SKILLS, PLACES, K = [skill.code for skill in GRID.skills], ("a", "b", "c"), 5
Row = dict[str, Any]


def programme(seed: int) -> list[Row]:
    """Answers of three territories; in some, few of a college know a skill, and nobody's answers are alike."""
    chance = Random(seed)
    rows = []
    for place in PLACES:
        for college, people in (("elus", 12), ("agents", chance.choice([4, 9, 14]))):
            unknown = {skill: chance.choice([0, 0.1, 0.3, 0.7]) for skill in SKILLS}
            for _one in range(people):
                usual = chance.randint(0, 4)
                given = {skill: min(4, max(0, usual + chance.choice([-1, 0, 0, 1]))) for skill in SKILLS}
                said = {skill: "NSP" if chance.random() < unknown[skill] else given[skill] for skill in SKILLS}
                rows.append({"territory": place, "college": college, **said})
    return rows


def cell(rows: list[Row], place: str, college: str, skill: str) -> list[Any]:
    return [row[skill] for row in rows if (row["territory"], row["college"]) == (place, college)]


def levels(answers: list[Any]) -> list[int]:
    return [one for one in answers if isinstance(one, int)]


def is_shown(answers: list[Any]) -> bool:
    return len(levels(answers)) >= K


def shown(rows: list[Row], skill: str, colleges: tuple[str, ...] = ("elus", "agents")) -> dict[str, list[Any]]:
    """The answers of the published cells of a skill, by territory."""
    found = {
        place: [one for c in colleges for one in cell(rows, place, c, skill) if is_shown(cell(rows, place, c, skill))]
        for place in PLACES
    }
    return {place: answers for place, answers in found.items() if answers}


def may_be_said(by_place: Mapping[str, int]) -> bool:
    """Three territories at least, none of which has more than two thirds."""
    counts = [n for n in by_place.values() if n]
    return len(counts) >= 3 and max(counts) <= Fraction(2, 3) * sum(counts)


def ends(rows: list[Row], skill: str, level: int) -> Fraction | None:
    given = {place: levels(answers) for place, answers in shown(rows, skill).items()}
    if not may_be_said({place: len(some) for place, some in given.items()}):
        return None
    every = [one for some in given.values() for one in some]
    return Fraction(every.count(level), len(every))


def unknown(rows: list[Row], skill: str, college: str) -> Fraction | None:
    found = shown(rows, skill, (college,))
    if not may_be_said({place: len(answers) for place, answers in found.items()}):
        return None
    every = [one for answers in found.values() for one in answers]
    return Fraction(every.count("NSP"), len(every))


def hidden(rows: list[Row], skill: str, college: str) -> int:
    return sum(not is_shown(cell(rows, place, college, skill)) for place in PLACES)


def alpha(rows: list[Row], skills: list[str]) -> float | None:
    """Cronbach's, on the answers that are whole once hidden cells are left out."""
    whole = [
        (row["territory"], [row[skill] for skill in skills])
        for row in rows
        if all(
            isinstance(row[skill], int) and is_shown(cell(rows, row["territory"], row["college"], skill))
            for skill in skills
        )
    ]
    if len(whole) < 30 or not may_be_said(Counter(place for place, _answers in whole)):
        return None
    given = [answers for _place, answers in whole]
    items, totals = [variance(one) for one in zip(*given, strict=True)], variance([sum(one) for one in given])
    return len(skills) / (len(skills) - 1) * (1 - sum(items) / totals)


@pytest.fixture
def read(app: Flask) -> Any:
    """The texts of the page, for a programme."""

    def of(rows: list[Row]) -> list[Leaf]:
        frame = pd.DataFrame(rows).astype(dict.fromkeys(SKILLS, object))
        found = scoring.instrument(frame, GRID)
        with app.test_request_context("/grilles/x/1/instrument"):
            page = render_template("programme/instrument_figures.html", view=InstrumentView(found), grid=GRID)
        return list(leaves(parsed(f"<main>{page}</main>")))

    return of


def value(words: str) -> Fraction | None:
    """« 12 % » or « 0,71 »; none for a dash. « (à revoir) » may follow."""
    first = words.removesuffix(" (à revoir)").strip()
    if first == "–":
        return None
    return percentage(first) if first.endswith("%") else number(first)


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_is_that_of_the_answers(seed: int, read: Any) -> None:
    rows = programme(seed)
    found = read(rows)
    assert [leaf.words for leaf in found if misnumbered(leaf.words)] == []
    titles = {skill.title: skill.code for skill in GRID.skills}
    labels = {college.label: college.code for college in GRID.colleges}
    asked = [leaf for leaf in found if leaf.tag in {"td", "small"} and leaf.row]
    held = 0
    for leaf in asked:
        skill = next((code for title, code in titles.items() if title in leaf.row), "")
        if leaf.column in {"Au plus bas", "Au plus haut"}:
            true = ends(rows, skill, 0 if leaf.column == "Au plus bas" else 4)
            assert value(leaf.words) == (None if true is None else half_up(true, 2)), leaf
            held += 1
        elif leaf.column in labels and leaf.tag == "td":
            true = unknown(rows, skill, labels[leaf.column])
            assert value(leaf.words) == (None if true is None else half_up(true, 2)), leaf
            held += 1
        elif leaf.column in labels:
            n, _hidden, _on, of = leaf.words.split(" ")
            assert (int(n), int(of)) == (hidden(rows, skill, labels[leaf.column]), 3), leaf
    assert held == len(SKILLS) * 4
    for family in GRID.families:
        true_alpha = alpha(rows, [skill.code for skill in family.skills])
        said = {
            leaf.words for leaf in asked if family.title in leaf.row and leaf.column == "Alpha" and leaf.tag == "td"
        }
        assert {value(one) for one in said} <= {None if true_alpha is None else half_up(true_alpha, 2)}
