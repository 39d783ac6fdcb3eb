"""The coefficients of a grid's questions are read, with the words about them: they are those of the raw answers."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any
from unittest.mock import patch

import pandas as pd
import pytest
from flask import Flask, render_template

import scoring
from restitution.findings.method import instrument
from restitution.findings.method.instrument import InstrumentView
from tests.restitution.reader.french import number, percentage
from tests.restitution.reader.reading import Untrue
from tests.restitution.reader.rendered.leaves import Leaf, leaves, parsed
from tests.scoring.oracle.display import half_up
from tests.web.programme.coefficients import (
    LABELS,
    alpha,
    alpha_ends,
    alpha_within,
    complete,
    counted,
    is_one_factor,
    link,
    omega,
    omega_ends,
)
from tests.web.programme.test_read_instrument import (
    GRID,
    PLACES,
    SKILLS,
    Row,
    ends,
    levels,
    shown,
    unknown,
    value,
)

SEEDS = range(4)
# A bootstrap interval is drawn: another draw of as many people ends that near.
NEAR = 0.05
AGAINST = "Cette question va à rebours de sa famille."
LITTLE = "Cette question va peu avec le reste de sa famille ("


def programme(seed: int) -> list[Row]:
    """Many answers: questions that go together, little, or backwards; some at an end of the scale, some not known."""
    chance = Random(f"coefficients {seed}")
    tied = {skill: chance.choice([0.3, 0.8, 1.0, 1.0]) for skill in SKILLS}
    tied[SKILLS[seed % len(SKILLS)]] = (-1.0, 0.1, 0.5, 1.0)[seed % 4]
    at = {skill: chance.choice([0, 1, 2, 2, 3, 4]) for skill in SKILLS}
    rows = []
    for place in PLACES:
        for college in LABELS.values():
            for _one in range(chance.randint(14, 18)):
                usual, row = chance.gauss(0, 1.2), {"territory": place, "college": college}
                for skill in SKILLS:
                    level = round(at[skill] + tied[skill] * usual + chance.gauss(0, 0.7))
                    row[skill] = "NSP" if chance.random() < 0.04 * (seed + 1) else min(4, max(0, level))
                rows.append(row)
    return rows


# What is said.


def page(app: Flask, rows: list[Row]) -> list[Leaf]:
    frame = pd.DataFrame(rows).astype(dict.fromkeys(SKILLS, object))
    found = scoring.instrument(frame, GRID)
    with app.test_request_context("/grilles/x/1/instrument"):
        words = render_template("programme/instrument_figures.html", view=InstrumentView(found), grid=GRID)
    return list(leaves(parsed(f"<main>{words}</main>")))


def same(said: object, true: object, what: str) -> None:
    if said != true:
        raise Untrue(f"{what}: {said} is said, {true} is true")


def read(app: Flask, seed: int) -> None:
    """Read the page of that programme. Raises ``Untrue`` at the first figure or advice that is not so."""
    rows = programme(seed)
    found = page(app, rows)
    about = f"{len(rows)} réponses, {len(PLACES)} campagnes closes, {len(PLACES)} territoires. "
    same([leaf.words.startswith(about) for leaf in found if "lead" in leaf.classes], [True], about)
    for family in GRID.families:
        read_family(rows, family, [leaf for leaf in found if leaf.row == family.title])
    for skill in SKILLS:
        read_link(rows, skill, [leaf for leaf in found if leaf.row == skill and leaf.tag == "td"])
        advice = [leaf.words for leaf in found if leaf.headings == ("À revoir", skill) and leaf.tag == "li"]
        read_advice(rows, skill, advice)


def read_family(rows: list[Row], family: Any, cells: list[Leaf]) -> None:
    """Its coefficients, each with its interval, in both forms, which ask the same questions here."""
    codes = [skill.code for skill in family.skills]
    answers, said = counted(rows, codes), {}
    for leaf in cells:
        said.setdefault((leaf.column, leaf.tag), []).append(leaf.words)
    same(said["Réponses complètes", "td"], [str(len(complete(rows, codes)))] * 2, family.title)
    same(said["Forme", "td"], ["courte", "complète"], family.title)
    same(said["Forme", "small"], [f"{len(codes)} questions"] * 2, family.title)
    true = alpha(answers)
    same([value(one) for one in said["Alpha", "td"]], [_printed(true)] * 2, f"alpha of {family.title}")
    same(said["Ses questions", "td"], [_reading(_printed(true))] * 2, family.title)
    if true is None:
        return
    within = _printed(alpha_within(rows, codes))
    same([value(one) for one in said["Alpha entre semblables", "td"]], [within] * 2, "alpha within")
    known = [half_up(end, 2) for end in alpha_ends(true, len(answers), len(codes))]
    same([_ends(one) for one in said["Alpha", "small"]], [known] * 2, f"interval of alpha of {family.title}")
    if len(codes) == 2:
        same([value(one) for one in said["Oméga", "td"]], [None] * 2, "omega of two questions")
    elif is_one_factor(answers):
        same([value(one) for one in said["Oméga", "td"]], [_printed(omega(answers))] * 2, "omega")
        for one in said["Oméga", "small"]:
            off = [abs(end - true_end) for end, true_end in zip(_ends(one), omega_ends(answers), strict=True)]
            same(max(off) < NEAR, True, f"interval of omega, {one}")


def _printed(true: float | None) -> Fraction | None:
    return None if true is None else half_up(true, 2)


def _ends(words: str) -> list[Fraction]:
    low, high = words.removeprefix("de ").split(" à ")
    return [number(low), number(high)]


def _reading(printed: Fraction | None) -> str:
    if printed is None:
        return "pas assez de réponses complètes ou de territoires"
    if printed < Fraction("0.7"):
        return "vont peu ensemble : lisez-les une à une"
    return "se répètent peut-être" if printed >= Fraction("0.95") else "vont bien ensemble"


def read_link(rows: list[Row], skill: str, cells: list[Leaf]) -> None:
    """How many levels, and the link in both forms."""
    given = sum(len(levels(answers)) for answers in shown(rows, skill).values())
    for leaf in cells:
        if leaf.column == "Niveaux donnés":
            same(leaf.words, str(given), f"levels of {skill}")
        elif leaf.column.startswith("Lien"):
            same(value(leaf.words), link(rows, skill), f"link of {skill}")
            weak = (known := link(rows, skill)) is not None and known < Fraction("0.3")
            same(leaf.words.endswith("(à revoir)"), weak, f"{skill} is to be reviewed")


def read_advice(rows: list[Row], skill: str, advice: list[str]) -> None:
    """Each piece of advice that is due is given, with its figure, and no other."""
    due, known = [], link(rows, skill)
    if known is not None and known < Fraction("0.3"):
        due.append((AGAINST, None) if known < 0 else (LITTLE, known))
    for level, where in ((0, "bas"), (4, "haut")):
        some = ends(rows, skill, level)
        if some is not None and half_up(some, 2) >= Fraction("0.5"):
            due.append((f"réponses sont au niveau le plus {where} (« {GRID.levels[level].label} »)", half_up(some, 2)))
    silent = {label: unknown(rows, skill, college) for label, college in LABELS.items()}
    rounded = {label: half_up(one, 2) for label, one in silent.items() if one is not None}
    many = {label: one for label, one in rounded.items() if one >= Fraction("0.25")}
    if many:
        due.append((f" : {', '.join(f'{label} {int(100 * one)} %' for label, one in many.items())}.", None))
    same(len(advice), len(due), f"pieces of advice on {skill}, {advice}")
    for words, (part, figure) in zip(advice, due, strict=True):
        same(part in words, True, f"« {words} » has « {part} »")
        if part == LITTLE:
            same(number(words.removeprefix(LITTLE).partition(")")[0]), figure, words)
        elif figure is not None:
            same(percentage(words.partition(" des réponses")[0]), figure, words)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_coefficient_and_every_advice_is_that_of_the_answers(seed: int, app: Flask) -> None:
    read(app, seed)


# Faults of the page, each caught.


def of_another_row(figure: str) -> Callable[[Any], Any]:
    """A family whose figure is another one."""
    return lambda was: lambda view, row: was(view, row | {figure: 0.5 * row[figure] if row[figure] else None})


FAMILY = (InstrumentView, "_family")
FAULTS: dict[str, tuple[tuple[Any, str], Callable[[Any], Any]]] = {
    "another omega": (FAMILY, of_another_row("omega")),
    "another interval of omega": (FAMILY, of_another_row("omega_low")),
    "another interval of alpha": (FAMILY, of_another_row("alpha_high")),
    "another alpha between people alike": (FAMILY, of_another_row("alpha_within")),
    "other words for a family": ((instrument, "TOGETHER"), lambda _was: 0.99),
    "a link without its sign": (
        (instrument, "_coefficient"),
        lambda was: lambda value, least: was(None if value is None else abs(value), least),
    ),
    "advice on the other end": (
        (InstrumentView, "_about_the_ends"),
        lambda was: lambda view, floor, ceiling: was(view, ceiling, floor),
    ),
    "no advice on silences": ((InstrumentView, "_about_silences"), lambda _was: lambda *_: iter(())),
    "advice without its link": ((InstrumentView, "_about_the_rest"), lambda _was: lambda *_: iter(())),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_page_is_caught(fault: str, app: Flask) -> None:
    (where, name), instead = FAULTS[fault]
    with patch.object(where, name, instead(getattr(where, name))), pytest.raises(Untrue):
        read_all(app)


def read_all(app: Flask) -> None:
    for seed in SEEDS:
        read(app, seed)


def test_what_is_printed_alike_is_judged_alike() -> None:
    """A link of 0.296 is printed « 0,30 », which is not under 0.3."""
    found = scoring.instrument(pd.DataFrame(programme(0)).astype(dict.fromkeys(SKILLS, object)), GRID)
    near = replace(found, skills=found.skills.assign(item_rest_short=0.296, item_rest_full=0.296, floor=0.496))
    for line in InstrumentView(near).skills:
        assert (line.short.text, line.short.weak) == ("0,30", False)
        assert (line.floor.text.replace("\u00a0", " "), line.floor.weak) == ("50 %", True)
