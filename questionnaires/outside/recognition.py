"""Recognition of the exports of KoboToolbox, ODK and LimeSurvey, whose columns and answers then need no mapping.

A column is recognised by the name that our forms give it, within groups or not, or by the question it asks; an answer
by its code or its text. What two questions or two levels share is recognised as neither.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from grille import Grid
from questionnaires.column_mapping import ColumnMapping
from questionnaires.outside.beside import BEFORE, beside_columns, beside_labels, limesurvey_beside, xlsform_beside
from questionnaires.outside.names import limesurvey_college, limesurvey_level, limesurvey_names, xlsform_names
from questionnaires.outside.tools import Tool, technical, tool_of
from questionnaires.outside.wording import COLLEGE_QUESTION, choices_of, one_line, read_as, stems_of, titled
from questionnaires.questionnaire import Form, Question, Questionnaire
from questionnaires.words import canonical, stripped_cell

_FORMS: Final[tuple[Form, ...]] = ("short", "full")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:[.,]0*)?")


@dataclass(frozen=True)
class RecognisedExport(ColumnMapping):
    """The mapping of a table that names its columns and its answers as our forms do; ``tool`` made it.

    ``texts`` has, for each of our columns, the answers that it can hold, by what ``read_as`` keeps of them.
    """

    tool: Tool = ""
    technical: frozenset[str] = frozenset()
    ours: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def value(self, column: str, value: str) -> str:
        """Return our code for an answer; the answer itself when it is a code already, or unknown."""
        text = stripped_cell(value)
        known = self.texts.get(self.ours.get(column, column))
        if known is None or not text or _NUMBER.fullmatch(text):
            return value
        if self.tool == "LimeSurvey" and text == "N/A":
            return ""
        return known.get(read_as(text), value)


def recognised(header: Sequence[str], grid: Grid) -> RecognisedExport:
    """Return the mapping of a table with these columns, as far as they are recognised."""
    tool, vocabulary = tool_of(header), _Vocabulary(grid)
    ours = {column: code for column in header if (code := vocabulary.column(column))}
    apart = frozenset(column for column in header if column not in ours and technical(column, tool))
    dropped = {} if tool else dict.fromkeys(apart, "")
    renamed = {column: code for column, code in ours.items() if column != code}
    texts = {code: dict(vocabulary.answers(code)) for code in set(ours.values())}
    return RecognisedExport({**renamed, **dropped}, {}, tool, apart, ours, texts)


def known_columns(grid: Grid) -> list[str]:
    """Return the names that our columns can have in exports; they help to find the header of a table."""
    codes = [skill.code for skill in grid.skills]
    return [*xlsform_names(codes).values(), *limesurvey_names(codes).values(), "_uuid", "submitdate"]


class _Vocabulary:
    """What our questions and answers are called, in the forms that we make and in the exports of these."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.codes = [skill.code for skill in grid.skills]
        self.beside = beside_columns(self.codes)
        self.names = {**_unshared(self._names()), "college": "college"}
        self.labels = {**_unshared(self._labels()), read_as(str(COLLEGE_QUESTION)): "college"}
        self.groups = {f"f_{name}" for name in xlsform_names(one.code for one in grid.families).values()}
        self.questions = {plain: self._questions(plain) for plain in (False, True)}

    def column(self, column: str) -> str:
        """Return our name for a column: "college", a skill’s code, what goes beside it; "" when it is none of ours."""
        ours = ["college", *self.codes, *self.beside]
        if (word := canonical(column, ours)) in ours:
            return word
        return self._named(column) or self._labelled(column)

    def _named(self, column: str) -> str:
        """Recognise a name alone, after groups, or before its question (LimeSurvey's « code and text »)."""
        name = re.sub(r"^\$\{t_(\w+)\}$", r"\1", column.rpartition("/")[2].strip()).casefold()
        if name in self.names:
            return self.names[name]
        grouped = re.fullmatch(r"(?:.*\W)?(f_\w+?)\W(\w+)", column)
        if grouped and grouped[1] in self.groups:
            return self.names.get(grouped[2].casefold(), "")
        before = re.match(r"(\w+)[.:]\s", column)
        return self.names.get(before[1].casefold(), "") if before else ""

    def _labelled(self, column: str) -> str:
        """Recognise a question, after the titles of its groups if there are any."""
        parts = column.split("/")
        endings = (read_as("/".join(parts[place:])) for place in range(len(parts)))
        return next((self.labels[one] for one in endings if one in self.labels), "")

    def answers(self, code: str) -> Iterator[tuple[str, str]]:
        """Yield what the answers to a question are called, with our code for each."""
        beside = self.beside.get(code)
        if beside and beside.part != BEFORE:
            return
        found = _unshared(self._colleges() if code == "college" else self._levels(beside.code if beside else code))
        yield from ((text, value) for text, value in found.items() if not _NUMBER.fullmatch(text))

    def _names(self) -> Iterator[tuple[str, str]]:
        for names in (
            xlsform_names(self.codes),
            limesurvey_names(self.codes),
            dict(zip(self.codes, self.codes, strict=True)),
        ):
            yield from ((name.casefold(), code) for code, name in names.items())
        for columns in (xlsform_beside(self.grid), limesurvey_beside(self.grid)):
            yield from ((name.casefold(), column.name) for column, name in columns.items())

    def _labels(self) -> Iterator[tuple[str, str]]:
        for plain in (False, True):
            yield from ((read_as(text), one.name) for one, text in beside_labels(self.grid, plain=plain))
        for college in self.grid.colleges:
            for form in _FORMS:
                for plain in (False, True):
                    asked = Questionnaire(self.grid, form, college.code, plain).questions
                    yield from ((read_as(stem), code) for code, stem in stems_of(asked))
                    yield from ((read_as(text), one.code) for one in asked for text in (one.stem, titled(one)))

    def _questions(self, plain: bool) -> Mapping[str, Question]:
        asked = Questionnaire(self.grid, "full", self.grid.colleges[0].code, plain).questions
        return {question.code: question for question in asked}

    def _levels(self, code: str) -> Iterator[tuple[str, str]]:
        for questions in self.questions.values():
            question = questions[code]
            for value, text in choices_of(question).items():
                yield read_as(text), str(value)
                yield read_as(limesurvey_level(value)), str(value)
            for level in question.levels:
                yield read_as(level.label), str(level.value)
                if level.sentence:
                    yield read_as(level.sentence), str(level.value)

    def _colleges(self) -> Iterator[tuple[str, str]]:
        for college in self.grid.colleges:
            for name in (college.code, college.label, one_line(college.label), limesurvey_college(college.code)):
                yield read_as(name), college.code


def _unshared(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what is called by a name, for the names of one thing only."""
    found: dict[str, set[str]] = {}
    for name, thing in named:
        found.setdefault(name, set()).add(thing)
    return {name: next(iter(things)) for name, things in found.items() if name and len(things) == 1}
