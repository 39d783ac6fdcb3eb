"""Does the grid measure well? Figures on the questions themselves, across the whole programme, for the grid's owner.

Never on one territory: with a few answers these figures say nothing, and they would be read as a judgement. And only on
published cells: a programme's total minus the territories that are published must not tell what another one hides.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from grille.model import Family, Grid
from scoring import frames, reliability
from scoring.cells import Cell, Tallies, blank_hidden, positions, published, tally
from scoring.coding import WORKSHOP, CodedAnswers, code
from scoring.problems import AnswersError, AnswersProblem
from scoring.rules import Rules

FORMS: Final = ("short", "full")


@dataclass(frozen=True, eq=False)
class Instrument:
    """What a programme's answers say of its grid.

    ``skills``: `skill, family, n, item_rest_short, item_rest_full, floor, ceiling`. ``families``: for the short form
    (core skills) and the full one, `family, form, items, n, alpha, alpha_low, alpha_high, alpha_within, omega,
    omega_low, omega_high`, ``n`` counting complete answers. ``silence``: by skill and college, `skill, family, college,
    respondents, unknown, not_applicable, unanswered, cells, hidden`, the last two counting the campaigns where the cell
    is published and hidden: a skill that many do not know is first seen by its hidden cells.
    """

    grid: Grid
    rules: Rules
    territories: int
    campaigns: int
    skills: pd.DataFrame
    families: pd.DataFrame
    silence: pd.DataFrame

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "grid": {"id": self.grid.id, "version": self.grid.version},
            "territories": self.territories,
            "campaigns": self.campaigns,
            "skills": frames.records(self.skills),
            "families": frames.records(self.families),
            "silence": frames.records(self.silence),
        }


@dataclass(frozen=True, eq=False)
class _Wave:
    """One campaign's part: its published cells, and its answers without the hidden ones."""

    cells: Tallies
    shown: Tallies
    answers: CodedAnswers


def instrument(answers: pd.DataFrame, grid: Grid, rules: Rules | None = None) -> Instrument:
    """Check a grid on the answers of a programme, one row per respondent, with a column ``territory``.

    A column ``campaign`` tells the waves of a territory apart; one wave per territory is best, since people who answer
    twice are not two people. Workshops are left out: they are not respondents.

    Raises ``AnswersError`` for answers that cannot be read, or that come from too few territories.
    """
    rules = rules or Rules()
    alone = replace(rules, sizes=None)
    waves = [_wave(code(part, grid, alone), rules) for part in _campaigns(_checked(answers, grid, rules))]
    return Instrument(
        grid=grid,
        rules=rules,
        territories=answers["territory"].nunique(),
        campaigns=len(waves),
        skills=frames.build([_skill_row(skill.code, waves, grid, rules) for skill in grid.skills], frames.ITEMS),
        families=frames.build(list(_family_rows(waves, grid, rules)), frames.RELIABILITY),
        silence=frames.build(list(_silence_rows(waves, grid)), frames.SILENCE),
    )


def _checked(answers: pd.DataFrame, grid: Grid, rules: Rules) -> pd.DataFrame:
    code(answers.drop(columns="campaign", errors="ignore"), grid, Rules(colleges=rules.colleges))
    if "territory" not in answers.columns or answers["territory"].isna().any():
        raise AnswersError([AnswersProblem("chaque réponse doit nommer son territoire.", column="territory")])
    found = answers["territory"].nunique()
    if found < rules.instrument_territories:
        raise AnswersError(
            [
                AnswersProblem(
                    f"la qualité de la grille se juge sur tout un programme : au moins {rules.instrument_territories} "
                    f"territoires ; il y en a {found}."
                )
            ]
        )
    return answers


def _campaigns(answers: pd.DataFrame) -> Iterator[pd.DataFrame]:
    keys = [name for name in ("territory", "campaign") if name in answers.columns]
    for _, part in answers.groupby(keys, dropna=False, sort=False, observed=True):
        yield part


def _wave(coded: CodedAnswers, rules: Rules) -> _Wave:
    cells = {place: cell for place, cell in tally(coded).items() if place[1] != WORKSHOP}
    shown = published(cells, rules)
    return _Wave(cells, shown, blank_hidden(coded, shown))


def _skill_row(skill: str, waves: Sequence[_Wave], grid: Grid, rules: Rules) -> frames.Row:
    counts = _summed(cell.counts for wave in waves for (code, _), cell in wave.shown.items() if code == skill)
    n, family = sum(counts), grid.family_of(skill)
    shares = {"floor": counts[0] / n, "ceiling": counts[-1] / n} if n else {}
    rests = {f"item_rest_{form}": _item_rest(skill, family, form, waves, rules) for form in FORMS}
    return {"skill": skill, "family": family.code, "n": n} | shares | rests


def _summed(counts: Iterable[tuple[int, ...]]) -> list[int]:
    return [sum(column) for column in zip(*counts, strict=True)] or [0]


def _items(family: Family, form: str) -> list[str]:
    return [skill.code for skill in family.skills if form == "full" or skill.core]


def _item_rest(skill: str, family: Family, form: str, waves: Sequence[_Wave], rules: Rules) -> float | None:
    items = _items(family, form)
    answers, _ = _complete(waves, items)
    if skill not in items or len(items) < 2 or len(answers) < rules.instrument_n:
        return None
    return float(reliability.item_rest(answers)[items.index(skill)])


def _family_rows(waves: Sequence[_Wave], grid: Grid, rules: Rules) -> Iterator[frames.Row]:
    for family in grid.families:
        for form in FORMS:
            items = _items(family, form)
            answers, groups = _complete(waves, items)
            row: frames.Row = {"family": family.code, "form": form, "items": len(items), "n": len(answers)}
            enough = len(answers) >= rules.instrument_n and len(items) > 1
            yield row | _coefficients(answers, groups, float(rules.confidence)) if enough else row


def _coefficients(answers: reliability.Matrix, groups: NDArray[Any], confidence: float) -> frames.Row:
    found = {
        "alpha": reliability.alpha_interval(answers, confidence),
        "omega": reliability.omega_interval(answers, confidence),
    }
    return {
        key: value
        for name, coefficient in found.items()
        for key, value in (
            (name, coefficient.value),
            (f"{name}_low", coefficient.low),
            (f"{name}_high", coefficient.high),
        )
    } | {"alpha_within": reliability.alpha(reliability.within(answers, groups))}


def _complete(waves: Sequence[_Wave], items: Sequence[str]) -> tuple[reliability.Matrix, NDArray[Any]]:
    """The answers of those who gave a level to every item (respondents × items), and the group of each: one per college
    and campaign."""
    blocks, groups = [np.empty((0, len(items)))], [np.empty(0, dtype=np.intp)]
    for wave in waves:
        for college in wave.answers.colleges:
            codes = wave.answers.block(college, positions(wave.answers, items))
            kept = codes[:, (codes >= 0).all(axis=0)].T
            groups.append(np.full(len(kept), len(groups) - 1, dtype=np.intp))
            blocks.append(kept.astype(np.float64))
    return np.concatenate(blocks), np.concatenate(groups)


def _silence_rows(waves: Sequence[_Wave], grid: Grid) -> Iterator[frames.Row]:
    for skill in grid.skills:
        for college in (college.code for college in grid.colleges):
            place = (skill.code, college)
            shown = [wave.shown[place] for wave in waves if place in wave.shown]
            asked = sum(place in wave.cells for wave in waves)
            row = {"skill": skill.code, "family": grid.family_of(skill.code).code, "college": college}
            yield row | _silence(shown) | {"cells": len(shown), "hidden": asked - len(shown)}


def _silence(cells: Sequence[Cell]) -> frames.Row:
    everyone = sum(cell.respondents for cell in cells)
    if not everyone:
        return {"respondents": 0}
    names = ("unknown", "not_applicable", "unanswered")
    return {"respondents": everyone} | {name: sum(getattr(c, name) for c in cells) / everyone for name in names}
