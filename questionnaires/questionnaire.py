"""A questionnaire: the skills of a grid that one college is asked about, a page per family, in words for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from types import MappingProxyType
from typing import Final, Literal

from flask_babel import LazyString, lazy_gettext

from grille import Family, Grid, Skill
from questionnaires.answers import DONT_KNOW, NOT_APPLICABLE, Value

Form = Literal["short", "full"]

WORDS_PER_MINUTE = 180
"""Reading speed behind the stated duration: below the 214 words a minute of adults reading French in silence
(Brysbaert 2019, *How many words do we read per minute?*): people answer on phones and read what they compare."""

SILENT_LABELS: Final[Mapping[object, LazyString]] = MappingProxyType(
    {DONT_KNOW: lazy_gettext("Je ne sais pas"), NOT_APPLICABLE: lazy_gettext("Sans objet ici")}
)
"""What the two answers that carry no score are called."""

PLAIN_LABELS: Final[Mapping[object, LazyString]] = MappingProxyType(
    {DONT_KNOW: lazy_gettext("Je ne sais pas"), NOT_APPLICABLE: lazy_gettext("Cette question n’est pas pour ici")}
)
"""The same, in words easy to read and understand."""

SECONDS_TO_DECIDE = 8
"""What choosing takes beyond reading, per question: our convention, until campaigns have measured better."""


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """One level as a respondent reads it: a label, then a full sentence."""

    value: int
    label: str
    sentence: str


@dataclass(frozen=True)
class Question:
    """One skill as one college is asked about it."""

    skill: Skill
    stem: str
    levels: tuple[LevelChoice, ...]
    retrospective: bool = False
    plain: bool = False

    @property
    def code(self) -> str:
        """The skill's stable code, whatever the wording."""
        return self.skill.code

    @property
    def facts(self) -> tuple[str, ...]:
        """Observable facts that help to choose."""
        return self.skill.facts

    @property
    def explained(self) -> bool:
        """Whether its definition and facts go with it: they have no easy version, so not beside easy levels."""
        return bool(self.skill.definition or self.facts) and not (self.plain and self.skill.falc_levels)

    @cached_property
    def words(self) -> int:
        """How many words are read to answer: the stem and every sentence."""
        return len(" ".join([self.stem, *(f"{level.label} {level.sentence}" for level in self.levels)]).split())

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Everything that may be chosen: its levels, then the two answers that carry no score."""
        return (*(level.value for level in self.levels), DONT_KNOW, NOT_APPLICABLE)

    def label_of(self, value: Value) -> str:
        """The words of something that may be chosen. Raises ``KeyError`` for anything else."""
        labels: dict[object, LazyString | str] = {level.value: level.label for level in self.levels}
        return str({**labels, **self.silent}[value])

    @property
    def silent(self) -> Mapping[object, LazyString]:
        """What the two answers that carry no score are called in this wording."""
        return PLAIN_LABELS if self.plain else SILENT_LABELS


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


@dataclass(frozen=True)
class Questionnaire:
    """A grid put into questions: ``form`` is ``"short"`` (core skills) or ``"full"``; ``plain`` asks in FALC wording.

    ``retrospective`` also asks of each skill how people now see the year before, « avec le recul ».

    A college that the grid does not word (two colleges merged for a campaign, say) is asked by the skills' titles.
    """

    grid: Grid
    form: Form
    college: str
    plain: bool = False
    retrospective: bool = False

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """One page per family that has questions, numbered from 1 in the grid's order."""
        return tuple(
            Page(number, family, tuple(self._question(skill) for skill in skills))
            for number, (family, skills) in enumerate(self._asked(), start=1)
        )

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, page after page."""
        return tuple(question for page in self.pages for question in page.questions)

    def minutes_at(self, seconds: int | None) -> int:
        """The stated duration, at so many seconds per answer; the expected one as long as none is known."""
        return max(1, ceil(len(self.questions) * seconds / 60)) if seconds else self.minutes

    @cached_property
    def minutes(self) -> int:
        """The expected duration: time to read every sentence and to choose, in whole minutes rounded up."""
        reading = sum(question.words for question in self.questions) / WORDS_PER_MINUTE
        choices = len(self.questions) * (2 if self.retrospective else 1)
        return max(1, ceil(reading + choices * SECONDS_TO_DECIDE / 60))

    def _asked(self) -> Iterator[tuple[Family, list[Skill]]]:
        for family in self.grid.families:
            skills = [skill for skill in family.skills if skill.core or self.form == "full"]
            if skills:
                yield family, skills

    def _question(self, skill: Skill) -> Question:
        sentences = (self.plain and skill.falc_levels) or skill.levels
        levels = tuple(LevelChoice(level.value, level.label, sentences[level.value]) for level in self.grid.levels)
        return Question(skill, self._stem(skill), levels, self.retrospective, self.plain)

    def _stem(self, skill: Skill) -> str:
        if self.plain and skill.falc:
            return skill.falc
        return skill.wording.get(self.college) or f"{self._opening} {skill.title}".strip()

    @cached_property
    def _opening(self) -> str:
        return next((college.wording for college in self.grid.colleges if college.code == self.college), "")
