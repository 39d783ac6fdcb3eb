"""« Avec le recul » (method § 8): the same people's level for today and for last year, and how they differ.

Only mean differences are published: with the mean of « now », a mean of « then » would give away the one person who
skipped it.
"""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from grille.grid import Family, Grid
from scoring.cells import Tallies, positions
from scoring.coding import WORKSHOP, CodedAnswers, code
from scoring.conventions import Conventions
from scoring.errors import AnswersError, AnswersProblem
from scoring.figures.base import Hindsight, PairedCell, PairedFamily, PairTallies, PairTally, Place, use_of
from scoring.formulas.spread import hindsight_step
from scoring.rules import Rules
from scoring.statistics.exact import total

_WHOLE: Final = 1 << 62
_MISSING: Final = np.iinfo(np.int64).min


def paired_codes(answers: pd.DataFrame, hindsight: pd.DataFrame, grid: Grid, rules: Conventions) -> CodedAnswers:
    """The levels of « then », in the order of the coded answers of « now ».

    ``hindsight`` has one row per row of ``answers``, in the same order; an empty row is somebody who gave none. Its
    college may be left out. Raises ``AnswersError`` when the two tables do not go together or cannot be read.
    """
    if len(hindsight) != len(answers):
        raise AnswersError([AnswersProblem(_other_length(len(answers), len(hindsight)))])
    if "college" in hindsight.columns and "college" in answers.columns:
        _same_colleges(answers["college"], hindsight["college"])
    skills = hindsight.drop(columns=["college", "mode", "campaign", "respondent", "territory"], errors="ignore")
    people = answers[[name for name in ("college", "mode") if name in answers.columns]]
    return code(pd.concat([people.reset_index(drop=True), skills.reset_index(drop=True)], axis=1), grid, rules)


def _other_length(now: int, then: int) -> str:
    return (
        f"la table «\u00a0avec le recul\u00a0» a {then} lignes pour {now} réponses\u00a0: donnez-lui une ligne par "
        "réponse, dans le même ordre, vide pour qui n’a rien dit de l’an dernier."
    )


def _same_colleges(now: "pd.Series[Any]", then: "pd.Series[Any]") -> None:
    said = then.notna().to_numpy()
    apart = np.flatnonzero(said & (now.astype(str).to_numpy() != then.astype(str).to_numpy()))
    problems = [
        AnswersProblem(
            "cette ligne n’est pas du même collège que la réponse\u00a0: remettez les deux tables dans le même ordre.",
            row=row + 1,
            column="college",
        )
        for row in apart.tolist()
    ]
    if problems:
        raise AnswersError(problems)


def hindsight_of(
    now: CodedAnswers, then: CodedAnswers, shown: Tallies, rules: Rules, complete_only: bool = False
) -> tuple[Hindsight, PairTallies]:
    """What is published of hindsight, and its cells whole; nothing where the cell of today is hidden.

    ``complete_only`` is for a campaign whose means of « then » were published under the first edition: it keeps the
    families and colleges where everybody who gave a level for today or then gave both, in every cell.
    """
    pairs = {place: tally for place, tally in _tallies(now, then, shown) if tally.n >= rules.k}
    if complete_only:
        pairs = dict(_complete(pairs, now, then, shown))
    cells = {place: PairedCell(tally.n, tally.delta) for place, tally in pairs.items()}
    families = {}
    for college in now.colleges:
        differences = _differences(now, then, college)
        for family in now.grid.families if college != WORKSHOP else ():
            found = _family(family, college, cells, differences, now, rules)
            if found is not None:
                families[family.code, college] = found
    return Hindsight(cells, families), pairs


def _differences(now: CodedAnswers, then: CodedAnswers, college: str) -> NDArray[np.int64]:
    """now − then by skill and person; the smallest integer where one of the two is missing."""
    one, other = now.block(college).astype(np.int64), then.block(college).astype(np.int64)
    return np.where((one >= 0) & (other >= 0), one - other, _MISSING)


def _tallies(now: CodedAnswers, then: CodedAnswers, shown: Tallies) -> list[tuple[Place, PairTally]]:
    reach = len(now.grid.levels) - 1
    found = []
    for college in now.colleges:
        differences = _differences(now, then, college)
        for row, skill in enumerate(now.grid.skills):
            if (skill.code, college) in shown and college != WORKSHOP:
                known = differences[row][differences[row] != _MISSING]
                counts = np.bincount(known + reach, minlength=2 * reach + 1)
                found.append(((skill.code, college), PairTally(tuple(counts.tolist()))))
    return found


def _complete(
    pairs: PairTallies, now: CodedAnswers, then: CodedAnswers, shown: Tallies
) -> list[tuple[Place, PairTally]]:
    """The cells of families and colleges where pairs = n now = n then everywhere that something is published."""
    broken = {
        (now.grid.family_of(skill).code, college)
        for (skill, college), cell in shown.items()
        if college != WORKSHOP and not (_given(then, skill, college) == cell.n == _n_of(pairs.get((skill, college))))
    }
    return [
        (place, tally) for place, tally in pairs.items() if (now.grid.family_of(place[0]).code, place[1]) not in broken
    ]


def _n_of(tally: PairTally | None) -> int:
    return tally.n if tally else 0


def _given(answers: CodedAnswers, skill: str, college: str) -> int:
    """How many people gave a level to that skill."""
    return int(np.count_nonzero(answers.block(college, positions(answers, [skill])) >= 0))


def _family(
    family: Family,
    college: str,
    cells: Mapping[Place, PairedCell],
    differences: NDArray[np.int64],
    now: CodedAnswers,
    rules: Rules,
) -> PairedFamily | None:
    own = {skill.code: cells[skill.code, college] for skill in family.skills if (skill.code, college) in cells}
    weights = use_of(family, own, rules).weights
    if not weights:
        return None
    chosen = differences[positions(now, tuple(weights))]
    n, squares = person_squares(chosen, list(weights.values()), [own[skill].delta for skill in weights])
    exact_square = squares / (n - 1)
    if min(own[skill].n for skill in weights) >= rules.k_detail:
        return PairedFamily(n, exact_square)
    if len(weights) < rules.spread_skills:
        return PairedFamily(n, None)
    return PairedFamily(n, hindsight_step(exact_square, len(now.grid.levels)))


def person_squares(
    differences: NDArray[np.int64], weights: Sequence[Fraction], means: Sequence[Fraction]
) -> tuple[int, Fraction]:
    """How many people have a pair, and Σδ², δ = Σ a(d − d̄)/Σ a over the pairs of each: exact.

    People with the same skills paired are summed together, in whole numbers.

    >>> missing = np.iinfo(np.int64).min
    >>> five = np.array([[1, 1, 1, 1, 1, missing], [1, 1, 1, 1, 0, 1], [1, 1, 1, 1, 1, 1]])
    >>> quarter, half = Fraction(1, 4), Fraction(1, 2)
    >>> person_squares(five, [quarter, quarter, half], [Fraction(1), Fraction(5, 6), Fraction(1)])
    (6, Fraction(277, 5184))
    """
    paired = differences != _MISSING
    unit = math.lcm(*(weight.denominator for weight in weights))
    whole = [int(weight * unit) for weight in weights]
    values = _integers(np.where(paired, differences, 0), whole)
    patterns, group = np.unique(paired, axis=1, return_inverse=True)
    n, squares = 0, []
    for place, pattern in enumerate(patterns.T):
        carried = sum(weight for weight, there in zip(whole, pattern, strict=True) if there)
        if carried:
            people = values[group == place]
            expected = total([w * mean for w, mean, there in zip(whole, means, pattern, strict=True) if there])
            n += len(people)
            squares.append(_squared(people, expected) / carried**2)
    return n, total(squares)


def _integers(differences: NDArray[np.int64], whole: Sequence[int]) -> NDArray[Any]:
    """Σ w·d for each person, as integers wide enough for their squares to be summed."""
    largest = max(1, int(np.abs(differences).max(initial=0))) * sum(whole)
    if largest**2 * max(1, differences.shape[1]) < _WHOLE:
        return np.asarray(np.array(whole, dtype=np.int64) @ differences)
    return np.asarray(np.array(whole, dtype=object) @ differences.astype(object))


def _squared(values: NDArray[Any], expected: Fraction) -> Fraction:
    """Σ(u − c)², from the whole numbers n, Σu, Σu²."""
    once, twice = int(values.sum()), int((values * values).sum())
    return twice - 2 * expected * once + len(values) * expected**2
