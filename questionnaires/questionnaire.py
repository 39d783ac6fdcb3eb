"""A questionnaire: the skills of a grid asked to one college, in its wording, one page per family."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from types import MappingProxyType
from typing import Final, Literal

from flask_babel import LazyString, gettext, lazy_gettext

from grille import Family, Grid, Skill
from grille.grid import Level
from questionnaires.answers import DONT_KNOW, NOT_APPLICABLE, Answer, Value
from questionnaires.local.questions import LOCAL, LocalQuestion

Form = Literal["short", "full"]

WORDS_PER_MINUTE = 180
"""Words per minute, for the expected duration: below the 214 of adults reading French in silence
(Brysbaert 2019, *How many words do we read per minute?*): people answer on phones and read what they compare."""

SILENT_LABELS: Final[Mapping[object, LazyString]] = MappingProxyType(
    {DONT_KNOW: lazy_gettext("Je ne sais pas"), NOT_APPLICABLE: lazy_gettext("Sans objet ici")}
)
"""The labels of the two answers without score."""

PLAIN_LABELS: Final[Mapping[object, LazyString]] = MappingProxyType(
    {DONT_KNOW: lazy_gettext("Je ne sais pas"), NOT_APPLICABLE: lazy_gettext("Cette question n’est pas pour ici")}
)
"""The same labels in easy-to-read French (FALC)."""

SECONDS_TO_DECIDE = 8
"""Seconds to choose an answer once it is read, per question: a convention, until campaigns have measured it."""


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """A level as a respondent reads it: a label, then a full sentence."""

    value: int
    label: str
    sentence: str


@dataclass(frozen=True)
class Question:
    """A skill as it is asked to a college."""

    skill: Skill
    stem: str
    levels: tuple[LevelChoice, ...]
    retrospective: bool = False
    plain: bool = False

    @property
    def code(self) -> str:
        """The code of the skill."""
        return self.skill.code

    @property
    def facts(self) -> tuple[str, ...]:
        """The observable facts that help to choose a level."""
        return self.skill.facts

    @property
    def explained(self) -> bool:
        """Whether its definition and facts are shown; not beside FALC levels, since they have no FALC version."""
        return bool(self.skill.definition or self.facts) and not (self.plain and self.skill.falc_levels)

    @cached_property
    def words(self) -> int:
        """The number of words to read before answering: the question and all its levels."""
        return len(" ".join([self.stem, *(f"{level.label} {level.sentence}" for level in self.levels)]).split())

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The values that may be chosen: the levels, then the two answers without score."""
        return (*(level.value for level in self.levels), DONT_KNOW, NOT_APPLICABLE)

    def label_of(self, value: Value) -> str:
        """Return the label of a value. Raises ``KeyError`` when it is not one of ``values``."""
        labels: dict[object, LazyString | str] = {level.value: level.label for level in self.levels}
        return str({**labels, **self.silent}[value])

    @property
    def silent(self) -> Mapping[object, LazyString]:
        """The labels of the two answers without score, in this wording."""
        return PLAIN_LABELS if self.plain else SILENT_LABELS

    @property
    def asks(self) -> tuple[str, ...]:
        """The names of the parts of its answer, each an input of its form."""
        written = ("reason", "comment", "quote")
        return ("level", "before", *written) if self.retrospective else ("level", *written)

    def answered_by(self, answer: Answer) -> bool:
        """Return whether that answer answers it."""
        return answer.answered


@dataclass(frozen=True)
class AskedLocalQuestion(Question):
    """A local question as it is asked: its choices are in place of levels; without any, its answer is a text.

    Its skill is its own, and in no grid.
    """

    @classmethod
    def of(cls, question: LocalQuestion, rank: int, *, plain: bool) -> "AskedLocalQuestion":
        """Return a question as it is asked at that rank, from 1."""
        stem = (plain and question.easy) or question.text
        skill = Skill(code=f"{LOCAL}{rank}", title=stem, definition="", core=False, levels={})
        choices = (LevelChoice(value, label, "") for value, label in enumerate(question.choices, 1))
        return cls(skill, stem, tuple(choices), plain=plain)

    @property
    def is_open(self) -> bool:
        """Whether its answer is written freely."""
        return not self.levels

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The ranks of its choices."""
        return tuple(level.value for level in self.levels)

    @property
    def silent(self) -> Mapping[object, LazyString]:
        """Nothing: who does not want to answer passes."""
        return {}

    @property
    def asks(self) -> tuple[str, ...]:
        """The one part of its answer."""
        return ("text",) if self.is_open else ("level",)

    def answered_by(self, answer: Answer) -> bool:
        """Return whether that answer answers it."""
        return bool(answer.comment) if self.is_open else answer.answered


@dataclass(frozen=True)
class Page:
    """The questions of one family, answered and saved together."""

    number: int
    family: Family
    questions: tuple[Question, ...]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of its questions, in order."""
        return tuple(question.code for question in self.questions)

    @property
    def is_local(self) -> bool:
        """Whether it asks the campaign's own questions."""
        return self.family.code == LOCAL


def local_family() -> Family:
    """Return what stands for a family on the page of local questions: its title, and why they are asked."""
    return Family(
        code=LOCAL,
        title=gettext("Questions d’ici"),
        description=gettext("Ces questions ne sont posées qu’ici. Elles ne comptent dans aucune note."),
        falc=gettext("Ces questions sont posées seulement ici. Vous pouvez ne pas répondre."),
        skills=(),
    )


@dataclass(frozen=True)
class Questionnaire:
    """The questions of a grid for one college: ``form`` is ``"short"`` (core skills) or ``"full"``.

    ``plain`` uses the easy-to-read wording (FALC). ``retrospective`` also asks, for each skill, how people now see the
    year before, « avec le recul ». ``local`` are the campaign's own questions, on a page of their own, the last one.

    For a college without wording in the grid (two colleges merged for a campaign, for instance), the questions are the
    titles of the skills.
    """

    grid: Grid
    form: Form
    college: str
    plain: bool = False
    retrospective: bool = False
    local: tuple[LocalQuestion, ...] = ()

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """A page per family that has questions, numbered from 1, in the order of the grid; then the local questions."""
        pages = tuple(
            Page(number, family, tuple(self._question(skill) for skill in skills))
            for number, (family, skills) in enumerate(self._asked(), start=1)
        )
        return (*pages, self._local_page(len(pages) + 1)) if self.local else pages

    def _local_page(self, number: int) -> Page:
        asked = (AskedLocalQuestion.of(one, rank, plain=self.plain) for rank, one in enumerate(self.local, 1))
        return Page(number, local_family(), tuple(asked))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All the questions, in the order of the pages."""
        return tuple(question for page in self.pages for question in page.questions)

    def minutes_at(self, seconds: int | None) -> int:
        """Return the duration in minutes, at so many seconds per answer; the expected one when that is unknown."""
        return max(1, ceil(len(self.questions) * seconds / 60)) if seconds else self.minutes

    @cached_property
    def minutes(self) -> int:
        """The expected duration, in whole minutes rounded up: the time to read every sentence and to choose."""
        reading = sum(question.words for question in self.questions) / WORDS_PER_MINUTE
        choices = sum(2 if question.retrospective else 1 for question in self.questions)
        return max(1, ceil(reading + choices * SECONDS_TO_DECIDE / 60))

    def _asked(self) -> Iterator[tuple[Family, list[Skill]]]:
        for family in self.grid.families:
            skills = [skill for skill in family.skills if skill.core or self.form == "full"]
            if skills:
                yield family, skills

    def _question(self, skill: Skill) -> Question:
        easy = self.plain and bool(skill.falc_levels)
        sentences = skill.falc_levels if easy else skill.levels
        levels = tuple(self._level(level, sentences[level.value], easy) for level in self.grid.levels)
        return Question(skill, self._stem(skill), levels, self.retrospective, self.plain)

    def _level(self, level: Level, sentence: str, easy: bool) -> LevelChoice:
        """Return a level as it is read; in easy words without an easy name, its sentence is its name."""
        if self.plain and level.falc:
            return LevelChoice(level.value, level.falc, sentence)
        return LevelChoice(level.value, sentence, "") if easy else LevelChoice(level.value, level.label, sentence)

    def _stem(self, skill: Skill) -> str:
        if self.plain and skill.falc:
            return skill.falc
        return skill.wording.get(self.college) or f"{self._opening} {skill.title}".strip()

    @cached_property
    def _opening(self) -> str:
        return next((college.wording for college in self.grid.colleges if college.code == self.college), "")
