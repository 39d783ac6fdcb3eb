"""Conversion of a table of answers to small integers, with all its problems reported at once.

A respondent's answer to a skill is a signed byte: the level counted from 0 for the lowest, or ``UNANSWERED``, ``NSP``,
``SO`` (negative). Each distinct text is parsed once, whatever the number of rows; numeric columns are converted as
arrays.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import is_scalar

from grille.grid import Grid
from scoring import errors
from scoring.conventions import Conventions
from scoring.errors import AnswersError, AnswersProblem, RulesError

Codes = NDArray[np.signedinteger[Any]]

UNANSWERED: Final = -1
NSP: Final = -2
SO: Final = -3
WORKSHOP: Final = "atelier"
MODES: Final = ("individuel", "papier", WORKSHOP)
DESCRIPTORS: Final = ("college", "campaign", "territory", "mode", "respondent")

_INVALID: Final = -9
_LISTED: Final = 1000
_LEVEL_TEXT = re.compile(r"[+-]?\d{1,9}(?:[.,]0+)?", re.ASCII)
_SILENT = {"": UNANSWERED, "NSP": NSP, "SO": SO}


@dataclass(frozen=True, eq=False)
class CodedAnswers:
    """Answers as small integers, grouped by college.

    ``codes`` has one row per skill of the grid and one column per respondent; the respondents of ``colleges[i]`` are
    the columns from ``bounds[i]`` to ``bounds[i + 1]``, excluded. Workshops, if any, are the last college, ``atelier``.
    """

    grid: Grid
    colleges: tuple[str, ...]
    codes: Codes
    bounds: tuple[int, ...]

    @classmethod
    def from_codes(cls, grid: Grid, colleges: tuple[str, ...], college: NDArray[Any], codes: Codes) -> "CodedAnswers":
        """Return coded answers from each respondent's position in ``colleges`` and codes (skills × respondents)."""
        order = np.argsort(college.astype(np.int16), kind="stable")
        counts = np.bincount(college, minlength=len(colleges))
        bounds = (0, *np.cumsum(counts).tolist())
        return cls(grid, colleges, np.take(codes, order, axis=1), bounds)

    def size(self, college: str) -> int:
        """Return the number of respondents of the college."""
        position = self.colleges.index(college)
        return self.bounds[position + 1] - self.bounds[position]

    def block(self, college: str, skills: Sequence[int] | None = None) -> Codes:
        """Return the codes of a college (skills × respondents), for all skills or for those at these positions."""
        position = self.colleges.index(college)
        columns = slice(self.bounds[position], self.bounds[position + 1])
        return self.codes[:, columns] if skills is None else self.codes[list(skills), columns]


def code_type(grid: Grid) -> type[np.int8] | type[np.int16]:
    """Return the smallest integer type for the codes of the grid: one byte, or two for more than 127 levels."""
    return np.int8 if len(grid.levels) <= np.iinfo(np.int8).max else np.int16


def code(answers: pd.DataFrame, grid: Grid, rules: Conventions) -> CodedAnswers:
    """Return the coded answers of a table with one row per respondent.

    A skill's column may hold numbers, texts (``"3"``, ``"3.0"``, ``" 3 "``, ``"nsp"``), categories or a mixture. A
    missing value, an empty text or a missing column means unanswered. Categories and plain numbers are the fastest.

    Raises ``AnswersError`` with every problem, each with its row and column, and ``RulesError`` when the rules name
    colleges that the grid does not have.
    """
    column_problems = list(_column_problems(answers, grid))
    if (
        "college" not in answers.columns or not answers.columns.is_unique
    ):  # the cells of the others are read all the same
        raise AnswersError(column_problems)
    colleges = campaign_colleges(grid, rules)
    workshops, mode_problems = _workshops(answers)
    position, college_problems = _college_positions(answers["college"], colleges, workshops)
    codes, level_problems = _levels(answers, grid)
    problems = [*column_problems, *mode_problems, *college_problems, *level_problems, *_campaign_problems(answers)]
    if problems:
        raise AnswersError(problems)
    present = (*colleges, WORKSHOP) if workshops.any() else colleges
    coded = CodedAnswers.from_codes(grid, present, position, codes)
    _check_sizes(coded, rules)
    return coded


def campaign_colleges(grid: Grid, rules: Conventions) -> tuple[str, ...]:
    """Return the colleges of the campaign, in the order of the grid. Raises ``RulesError`` for unknown ones."""
    known = tuple(college.code for college in grid.colleges)
    named = {"colleges": rules.colleges or (), "sizes": rules.sizes or {}, "voluntary": rules.voluntary}
    problems = [
        errors.unknown_college(name, college, grid, known)
        for name, colleges in named.items()
        for college in colleges
        if college not in known
    ]
    if problems:
        raise RulesError(problems)
    return tuple(college for college in known if rules.colleges is None or college in rules.colleges)


def _column_problems(answers: pd.DataFrame, grid: Grid) -> Iterator[AnswersProblem]:
    known = {*DESCRIPTORS, *(skill.code for skill in grid.skills)}
    for name, count in Counter(answers.columns).items():
        if name not in known:
            yield AnswersProblem(errors.unknown_column(name, grid, DESCRIPTORS))
        elif count > 1:
            yield AnswersProblem(errors.repeated_column(name, count))
    if "college" not in answers.columns:
        yield AnswersProblem(errors.no_college_column())


def _workshops(answers: pd.DataFrame) -> tuple[NDArray[np.bool_], list[AnswersProblem]]:
    """Return which rows are workshops, and the problems found."""
    if "mode" not in answers.columns:
        return np.zeros(len(answers), dtype=bool), []
    readings, which = _distinct(answers["mode"])
    table = np.array([_mode(value) for value in readings], dtype=np.int8)
    coded = table[which]
    problems = list(_cell_problems(answers["mode"], coded, errors.no_mode(MODES)))
    return coded == MODES.index(WORKSHOP), problems


def _mode(value: object) -> int:
    text = "" if _is_missing(value) else str(value).strip().lower()
    if not text:
        return 0
    return MODES.index(text) if text in MODES else _INVALID


def _college_positions(
    column: "pd.Series[Any]", colleges: tuple[str, ...], workshops: NDArray[np.bool_]
) -> tuple[NDArray[np.int16], list[AnswersProblem]]:
    """Return each row's position among the colleges, and the problems found; workshops come last."""
    readings, which = _distinct(column)
    places = {name: place for place, name in enumerate(colleges)}
    table = np.array([places.get(_text(value), _INVALID) for value in readings], dtype=np.int16)
    allowed = np.array([_text(value) in ("", WORKSHOP) for value in readings], dtype=bool)
    positions = table[which]
    positions[workshops & (allowed[which] | (positions >= 0))] = len(colleges)
    return positions, list(_cell_problems(column, positions, errors.no_college(colleges)))


def _levels(answers: pd.DataFrame, grid: Grid) -> tuple[Codes, list[AnswersProblem]]:
    """Return the codes of every skill of the grid (skills × rows), and the problems of the invalid cells."""
    codes = np.full((len(grid.skills), len(answers)), UNANSWERED, dtype=code_type(grid))
    problems: list[AnswersProblem] = []
    refused = errors.no_level(grid)
    for row, skill in enumerate(grid.skills):
        if skill.code in answers.columns:
            column = answers[skill.code]
            _code_column(column, grid, codes[row])
            if codes[row].min(initial=0) == _INVALID:
                problems.extend(_cell_problems(column, codes[row], refused))
    return codes, problems


def _code_column(column: "pd.Series[Any]", grid: Grid, into: Codes) -> None:
    kind = column.dtype
    if isinstance(kind, np.dtype) and kind.kind in "iuf":
        _code_numbers(column.to_numpy(), grid, into)
    else:
        readings, which = _distinct(column)
        table = np.array([_level(value, grid) for value in readings], dtype=into.dtype)
        into[:] = table[which]


def _code_numbers(values: NDArray[Any], grid: Grid, into: Codes) -> None:
    """Write the codes of a numeric column into ``into``, by array operations only; NaN is unanswered."""
    numbers = values.astype(np.float64, copy=False)
    shifted = numbers - grid.lowest if grid.lowest else numbers
    with np.errstate(invalid="ignore"):
        np.copyto(into, shifted, casting="unsafe")
    missing = np.isnan(shifted)
    changed = into != shifted
    if np.count_nonzero(changed) > np.count_nonzero(missing):
        into[changed] = _INVALID
    silent = -missing.astype(into.dtype)  # 0, or −1 (every bit set), the value of UNANSWERED
    np.bitwise_and(into, ~silent, out=into)
    if into.min(initial=0) < 0 or into.max(initial=0) >= len(grid.levels):
        into[(into < 0) | (into >= len(grid.levels))] = _INVALID
    np.bitwise_or(into, silent, out=into)


def _distinct(column: "pd.Series[Any]") -> tuple[list[object], NDArray[Any]]:
    """Return the distinct values of a column, None last for missing ones, and the index of each row's value."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        which, values = column.cat.codes.to_numpy(), column.cat.categories
    elif column.dtype == object and _look_alikes(column):
        return _distinct_by_type(column)
    else:
        which, values = pd.factorize(column)
    return [*values, None], which


def _look_alikes(column: "pd.Series[Any]") -> bool:
    """Return whether the column has values that ``pd.factorize`` would confuse (``True`` and 1) or cannot hash."""
    return any(kind in (bool, np.bool_) or not issubclass(kind, Hashable) for kind in set(map(type, column.to_numpy())))


def _distinct_by_type(column: "pd.Series[Any]") -> tuple[list[object], NDArray[Any]]:
    """Do as ``_distinct``, more slowly, without confusing values of different types."""
    places: dict[object, int] = {}
    values: list[object] = []
    which = np.empty(len(column), dtype=np.intp)
    for row, value in enumerate(column):
        key = (type(value), repr(value))
        if places.setdefault(key, len(values)) == len(values):
            values.append(value)
        which[row] = places[key]
    return values, which


def _level(value: object, grid: Grid) -> int:
    """Return the code of a value of a skill's column, ``_INVALID`` when it cannot be read."""
    if _is_missing(value):
        return UNANSWERED
    if isinstance(value, bool | np.bool_):
        return _INVALID
    text = str(value).strip().upper()
    if text in _SILENT:
        return _SILENT[text]
    level = _whole_number(value, text)
    return level - grid.lowest if level is not None and grid.lowest <= level <= grid.highest else _INVALID


def _whole_number(value: object, text: str) -> int | None:
    if isinstance(value, Real | Decimal):
        number = float(value)
        return int(number) if number.is_integer() else None
    return int(re.split("[.,]", text)[0]) if _LEVEL_TEXT.fullmatch(text) else None


def _is_missing(value: Any) -> bool:
    return value is None or (is_scalar(value) and bool(pd.isna(value)))


def _text(value: object) -> str:
    return "" if _is_missing(value) else str(value).strip()


def _cell_problems(column: "pd.Series[Any]", coded: NDArray[Any], refused: errors.Refused) -> Iterator[AnswersProblem]:
    """Yield the problems of the first thousand invalid cells of a column, then the number of the others."""
    rows = np.flatnonzero(coded == _INVALID)
    name = str(column.name)
    for row in rows[:_LISTED].tolist():
        yield AnswersProblem(refused(_text(column.iloc[row])), row=row + 1, column=name)
    if len(rows) > _LISTED:
        yield AnswersProblem(errors.other_cells(len(rows) - _LISTED), column=name)


def _campaign_problems(answers: pd.DataFrame) -> Iterator[AnswersProblem]:
    """Yield a problem when the table has several campaigns, which must not be averaged by mistake."""
    if "campaign" in answers.columns:
        names = [_text(value) for value in answers["campaign"].dropna().unique()]
        if len(names) > 1:
            yield AnswersProblem(errors.several_campaigns(names), column="campaign")


def _check_sizes(coded: CodedAnswers, rules: Conventions) -> None:
    """Raise ``AnswersError`` when a college has more respondents than its declared size."""
    problems = [
        AnswersProblem(errors.too_many_answers(college, coded.size(college), size))
        for college, size in (rules.sizes or {}).items()
        if college in coded.colleges and coded.size(college) > size
    ]
    if problems:
        raise AnswersError(problems)
