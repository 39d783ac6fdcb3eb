"""Hindsight, « avec le recul » (method § 8): the levels that the same people give to now and to the year before.

Only mean differences are published: the means of « now » and of « then » together would disclose the answer of a single
person who skipped the question on « then ».
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from grille.grid import Family, Grid
from grille.messages import Message, counted
from grille.messages import message as _
from scoring.cells import Tallies, positions
from scoring.coding import WORKSHOP, CodedAnswers, code
from scoring.conventions import Conventions
from scoring.errors import AnswersError, AnswersProblem
from scoring.figures.base import Hindsight, PairedCell, PairedFamily, PairTallies, PairTally, Place, use_of
from scoring.formulas.spread import hindsight_step
from scoring.rules import Rules
from scoring.statistics.exact import total

_WHOLE: Final = 1 << 62
_MISSING: Final = np.iinfo(np.int16).min

Gaps = NDArray[np.int16]
"""The differences now − then, in levels, of the people of a college (skills × people)."""


def paired_codes(answers: pd.DataFrame, hindsight: pd.DataFrame, grid: Grid, rules: Conventions) -> CodedAnswers:
    """Return the coded levels of « then », with people in the order of the coded answers of « now ».

    ``hindsight`` has one row per row of ``answers``, in the same order, empty for people who gave no level. Its column
    of colleges may be missing. Raises ``AnswersError`` when the two tables do not match or cannot be read.
    """
    if len(hindsight) != len(answers):
        raise AnswersError([AnswersProblem(_other_length(len(answers), len(hindsight)))])
    if "college" in hindsight.columns and "college" in answers.columns:
        _same_colleges(answers["college"], hindsight["college"])
    skills = hindsight.drop(columns=["college", "mode", "campaign", "respondent", "territory"], errors="ignore")
    people = answers[[name for name in ("college", "mode") if name in answers.columns]]
    return code(pd.concat([people.reset_index(drop=True), skills.reset_index(drop=True)], axis=1), grid, rules)


def _other_length(now: int, then: int) -> Message:
    return _(
        "la table «\u00a0avec le recul\u00a0» a %(lines)s pour %(answers)s\u00a0: donnez-lui une ligne "
        "par réponse, dans le même ordre, vide pour qui n’a rien dit de l’an dernier.",
        lines=counted("%(n)s ligne", "%(n)s lignes", then),
        answers=counted("%(n)s réponse", "%(n)s réponses", now),
    )


def _same_colleges(now: "pd.Series[Any]", then: "pd.Series[Any]") -> None:
    said = then.notna().to_numpy()
    apart = np.flatnonzero(said & (now.astype(str).to_numpy() != then.astype(str).to_numpy()))
    problems = [
        AnswersProblem(
            _(
                "cette ligne n’est pas du même collège que la réponse\u00a0: remettez les deux tables dans le même "
                "ordre."
            ),
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
    """Return the published figures of hindsight, and the complete counts of its cells, which are never shown.

    A cell that is hidden for « now » is hidden here too. ``complete_only`` is for a campaign whose means of « then »
    were published under edition 1: only the families and colleges are kept where everybody who gave one of the two
    levels gave both, in every cell.
    """
    differences = {college: _differences(now, then, college) for college in now.colleges if college != WORKSHOP}
    pairs = {place: tally for place, tally in _tallies(differences, now.grid, shown) if tally.n >= rules.k}
    if complete_only:
        pairs = dict(_complete(pairs, now, then, shown))
    cells = {place: PairedCell(tally.n, tally.delta) for place, tally in pairs.items()}
    families = {}
    for college, gaps in differences.items():
        for family in now.grid.families:
            found = _family(family, college, cells, gaps, now, rules)
            if found is not None:
                families[family.code, college] = found
    return Hindsight(cells, families), pairs


def _differences(now: CodedAnswers, then: CodedAnswers, college: str) -> Gaps:
    """Return now − then by skill and person, ``_MISSING`` where one of the two is missing."""
    one, other = now.block(college), then.block(college)
    gaps = np.subtract(one, other, dtype=np.int16)
    np.copyto(gaps, _MISSING, where=np.minimum(one, other) < 0)
    return gaps


def _tallies(differences: Mapping[str, Gaps], grid: Grid, shown: Tallies) -> Iterator[tuple[Place, PairTally]]:
    reach = len(grid.levels) - 1
    for college, gaps in differences.items():
        for row, skill in enumerate(grid.skills):
            if (skill.code, college) in shown:
                places = np.maximum(gaps[row], -reach - 1).astype(np.intp) + reach + 1  # 0 where one level is missing
                counts = np.bincount(places, minlength=2 * reach + 2)[1:]
                yield (skill.code, college), PairTally(tuple(counts.tolist()))


def _complete(
    pairs: PairTallies, now: CodedAnswers, then: CodedAnswers, shown: Tallies
) -> list[tuple[Place, PairTally]]:
    """Return the cells of the families and colleges whose published cells all have pairs = n now = n then."""
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
    """Return how many people of the college gave a level to that skill."""
    return int(np.count_nonzero(answers.block(college, positions(answers, [skill])) >= 0))


def _family(
    family: Family,
    college: str,
    cells: Mapping[Place, PairedCell],
    gaps: Gaps,
    now: CodedAnswers,
    rules: Rules,
) -> PairedFamily | None:
    own = {skill.code: cells[skill.code, college] for skill in family.skills if (skill.code, college) in cells}
    weights = use_of(family, own, rules).weights
    if not weights:
        return None
    chosen = gaps[positions(now, tuple(weights))]
    n, squares = person_squares(chosen, list(weights.values()), [own[skill].delta for skill in weights])
    exact_square = squares / (n - 1)
    if min(own[skill].n for skill in weights) >= rules.k_detail:
        return PairedFamily(n, exact_square)
    if len(weights) < rules.spread_skills:
        return PairedFamily(n, None)
    return PairedFamily(n, hindsight_step(exact_square, len(now.grid.levels)))


def person_squares(gaps: Gaps, weights: Sequence[Fraction], means: Sequence[Fraction]) -> tuple[int, Fraction]:
    """Return how many people have a pair, and the exact Σδ², where δ = Σ a(d − d̄)/Σ a over a person's pairs.

    ``weights`` are the a and ``means`` the d̄ of the skills. People with pairs in the same skills are summed together,
    in integers.

    >>> missing = np.iinfo(np.int16).min
    >>> gaps = np.array([[1, 1, 1, 1, 1, missing], [1, 1, 1, 1, 0, 1], [1, 1, 1, 1, 1, 1]], dtype=np.int16)
    >>> quarter, half = Fraction(1, 4), Fraction(1, 2)
    >>> person_squares(gaps, [quarter, quarter, half], [Fraction(1), Fraction(5, 6), Fraction(1)])
    (6, Fraction(277, 5184))
    """
    paired = gaps != _MISSING
    unit, common = math.lcm(*(one.denominator for one in weights)), math.lcm(*(one.denominator for one in means))
    whole, scaled = [int(weight * unit) for weight in weights], [int(mean * common) for mean in means]
    values = _integers(np.where(paired, gaps, 0), whole)
    n, squares = 0, Counter[int]()
    for pattern, people, once, twice in _by_pattern(paired, values):
        used = [place for place, there in enumerate(pattern) if there]
        if used:
            expected = sum(whole[place] * scaled[place] for place in used)
            n += people
            squares[sum(whole[place] for place in used)] += (
                twice * common**2 - 2 * expected * once * common + people * expected**2  # Σ(c·u − e)²
            )
    return n, total([Fraction(square, (carried * common) ** 2) for carried, square in squares.items()])


def _by_pattern(paired: NDArray[np.bool_], values: NDArray[Any]) -> Iterator[tuple[list[bool], int, int, int]]:
    """Yield each set of skills in which some people have pairs, their number, and Σu, Σu² of their values."""
    packed = np.packbits(paired, axis=0)  # eight skills a byte: sorting bytes is fast
    keys = packed[0] if len(packed) == 1 else np.unique(packed, axis=1, return_inverse=True)[1].ravel()
    order = np.argsort(keys, kind="stable")
    sorted_keys, sorted_values = keys[order], values[order]
    starts = np.concatenate([[0], np.flatnonzero(sorted_keys[1:] != sorted_keys[:-1]) + 1])
    once, twice = (np.add.reduceat(some, starts).tolist() for some in (sorted_values, sorted_values * sorted_values))
    people = np.diff([*starts.tolist(), len(order)]).tolist()
    yield from zip(paired[:, order[starts]].T.tolist(), people, once, twice, strict=True)


def _integers(gaps: Gaps, whole: Sequence[int]) -> NDArray[Any]:
    """Return Σ w·d for each person, in an integer type wide enough for the sum of their squares."""
    largest = max(1, int(np.abs(gaps).max(initial=0))) * sum(whole)
    kind = np.int64 if largest**2 * max(1, gaps.shape[1]) < _WHOLE else object
    found: NDArray[Any] = np.zeros(gaps.shape[1], dtype=kind)
    for weight, row in zip(whole, gaps, strict=True):
        found += weight * row.astype(kind)
    return found
