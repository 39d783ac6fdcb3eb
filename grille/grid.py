"""The grid as values: immutable, validated at the border, the same from a file or from a campaign's frozen copy."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from grille.raw_values import as_level
from grille.validation import essentials


class _Part(BaseModel):
    """A part of a grid: frozen, and refusing any key that the format does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Level(_Part):
    """One step of the scale, described by behaviour that anyone can observe."""

    value: int
    label: str
    description: str = ""


class College(_Part):
    """A group of respondents; ``wording`` opens the questions put to it when a skill has no wording of its own."""

    code: str
    label: str
    wording: str = ""


class Skill(_Part):
    """One savoir-faire: what it is, its levels, and how each college is asked about it.

    ``falc`` and ``falc_levels`` say its question and its levels in words easy to read and understand.
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
        """JSON and quotes make texts of the level values: take them as the integers they are."""
        return {as_level(key): text for key, text in levels.items()} if isinstance(levels, Mapping) else levels


class Family(_Part):
    """Skills that are read together and become one axis of the radar; ``falc`` is its description, easy to read."""

    code: str
    title: str
    description: str = ""
    falc: str = ""
    skills: tuple[Skill, ...]


class Correspondence(_Part):
    """How the skills of an earlier version continue in this one: ``old code -> new codes``."""

    from_version: str
    skills: dict[str, tuple[str, ...]]


class Grid(_Part):
    """A versioned set of families and skills; a published version is never edited."""

    id: str
    version: str
    title: str
    status: Literal["proposition", "officielle"]
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
        """The skill of that code. Raises ``KeyError`` when the grid has none."""
        return self._skill_by_code[code]

    def family_of(self, skill_code: str) -> Family:
        """The family that holds that skill. Raises ``KeyError`` when the grid has no such skill."""
        return self._family_by_skill[skill_code]

    def college(self, code: str) -> College:
        """The college of that code. Raises ``KeyError`` when the grid has none."""
        return self._college_by_code[code]

    @property
    def lowest(self) -> int:
        """The value of the first level."""
        return self.levels[0].value

    @property
    def highest(self) -> int:
        """The value of the last level."""
        return self.levels[-1].value

    def to_json(self) -> str:
        """The whole grid as JSON text: what a campaign freezes. ``Grid.model_validate_json`` reads it back."""
        return self.model_dump_json()
