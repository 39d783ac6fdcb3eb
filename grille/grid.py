"""The models of a grid (pydantic): immutable, validated, the same from a file or from a campaign's frozen copy."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from grille.raw_values import as_level
from grille.validation import essentials

PRESENTATION = frozenset({"short_title", "author", "licence", "notice", "language", "words"})
"""The keys of a grid that change nothing of what is asked, nor of what is computed."""

LONGEST_SHORT_TITLE = 24

USUAL_LANGUAGE = "fr"
"""The language of a grid that does not say its own."""


class _Part(BaseModel):
    """Base class of the parts of a grid: immutable, and refusing unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Level(_Part):
    """A level of the scale, described by observable behaviour; ``falc`` is its name in easy-to-read French (FALC)."""

    value: int
    label: str
    description: str = ""
    falc: str = ""

    @model_serializer(mode="wrap")
    def _without_empty_falc(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave the easy name out where there is none: the text of a grid frozen before this key stays the same."""
        written: dict[str, Any] = handler(self)
        return written if self.falc else {key: text for key, text in written.items() if key != "falc"}


class College(_Part):
    """A group of respondents; ``wording`` begins its questions where a skill has no wording for this college."""

    code: str
    label: str
    wording: str = ""


class Skill(_Part):
    """A skill (« savoir-faire »): its definition, its levels, and its question for each college.

    ``falc`` and ``falc_levels`` are its question and its levels in easy-to-read French (FALC).
    """

    code: str
    title: str
    definition: str
    core: bool
    weight: float = Field(default=1.0, ge=0, allow_inf_nan=False)
    levels: dict[int, str]
    wording: dict[str, str] = {}
    falc: str = ""
    falc_levels: dict[int, str] = {}
    facts: tuple[str, ...] = ()

    @field_validator("levels", "falc_levels", mode="before")
    @classmethod
    def _level_values(cls, levels: Any) -> Any:
        """Convert level values that JSON or quotes made texts to integers."""
        return {as_level(key): text for key, text in levels.items()} if isinstance(levels, Mapping) else levels


class Family(_Part):
    """A group of skills, one axis of the radar; ``falc`` is its description in easy-to-read French (FALC)."""

    code: str
    title: str
    description: str = ""
    falc: str = ""
    skills: tuple[Skill, ...]


class Correspondence(_Part):
    """The skills of this version that continue those of an earlier one: ``old code -> new codes``."""

    from_version: str
    skills: dict[str, tuple[str, ...]]


class Words(_Part):
    """A grid's own words for what it assesses, said as they are where a page, a form or a poster speaks of it.

    Each may be empty: words that fit any grid then take its place.
    """

    question: str = ""
    promise: str = ""
    welcome: str = ""
    poster: str = ""


class Grid(_Part):
    """A version of a grid: its levels, colleges, families and skills. A published version never changes."""

    id: str
    version: str
    title: str
    short_title: str = ""
    status: Literal["proposition", "officielle"]
    author: str = ""
    licence: str = ""
    notice: str = ""
    language: str = USUAL_LANGUAGE
    words: Words = Words()
    levels: tuple[Level, ...]
    families: tuple[Family, ...]
    colleges: tuple[College, ...]
    correspondence: Correspondence | None = None

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        remarks = [message for _, message in essentials(self.model_dump())]
        if remarks:
            raise PydanticCustomError("incoherent_grid", "{remarks}", {"remarks": "\n".join(remarks)})
        return self

    @model_serializer(mode="wrap")
    def _without_empty_presentation(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out the keys of presentation that are empty: a grid without any keeps the hash that it always had."""
        written: dict[str, Any] = write(self)
        empty: tuple[Any, ...] = ("", {}, Words().model_dump())
        if self.language == USUAL_LANGUAGE:
            written.pop("language", None)
        return {key: one for key, one in written.items() if key not in PRESENTATION or one not in empty}

    @cached_property
    def skills(self) -> tuple[Skill, ...]:
        """Every skill, in the order of the families."""
        return tuple(skill for family in self.families for skill in family.skills)

    @cached_property
    def _skill_by_code(self) -> dict[str, Skill]:
        return {skill.code: skill for skill in self.skills}

    @cached_property
    def _family_by_skill(self) -> dict[str, Family]:
        return {skill.code: family for family in self.families for skill in family.skills}

    @cached_property
    def _college_by_code(self) -> dict[str, College]:
        return {college.code: college for college in self.colleges}

    def skill(self, code: str) -> Skill:
        """Return the skill with that code. Raises ``KeyError`` when there is none."""
        return self._skill_by_code[code]

    def family_of(self, skill_code: str) -> Family:
        """Return the family of a skill, given by its code. Raises ``KeyError`` when the grid has no such skill."""
        return self._family_by_skill[skill_code]

    def college(self, code: str) -> College:
        """Return the college with that code. Raises ``KeyError`` when there is none."""
        return self._college_by_code[code]

    @property
    def name(self) -> str:
        """Its short title, or its title, with its version."""
        return f"{self.short_title or self.title} {self.version}"

    @property
    def lowest(self) -> int:
        """The value of the first level."""
        return self.levels[0].value

    @property
    def highest(self) -> int:
        """The value of the last level."""
        return self.levels[-1].value

    @property
    def levels_range(self) -> range:
        """The values of the levels."""
        return range(self.lowest, self.highest + 1)

    def to_json(self) -> str:
        """Return the whole grid as JSON text, which a campaign stores; ``Grid.model_validate_json`` reads it back."""
        return self.model_dump_json()
