"""What is true of a territory, computed naively from its raw answers: the reader's only source of figures."""

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from tests.scoring.oracle import Campaign, Comparison, family_rows, hindsight_rows, territory_rows, weighting_rows
from tests.scoring.oracle.campaign import TERRITORY, WORKSHOP, skill_rows
from tests.scoring.oracle.display import decimals, half_up
from tests.scoring.oracle.territory import needed

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Around:
    """What is known of the last campaign besides its answers; colleges are codes."""

    opened: tuple[str, ...] = ()  # those that a link led to
    publications: tuple[tuple[date, Campaign], ...] = ()  # the day and the answers of each
    public: bool = True
    targets: dict[str, int] = field(default_factory=dict)  # answers hoped for
    announced: dict[str, int] = field(default_factory=dict)  # people, perhaps fewer than answers
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)  # read together once it is closed


@dataclass(frozen=True)
class Facts:
    """The campaigns of a territory, oldest first, by label; families, skills and colleges are known by their names."""

    labels: tuple[str, ...]
    campaigns: tuple[Campaign, ...]
    around: Around = field(default_factory=Around)
    unmoved: bool = False  # no change is shown beside its scores

    @property
    def last(self) -> Campaign:
        """The campaign that is told."""
        return self.campaigns[-1]

    @property
    def since(self) -> Campaign | None:
        """The one before."""
        return self.campaigns[-2] if len(self.campaigns) > 1 else None

    @cached_property
    def families(self) -> dict[str, str]:
        """Codes by title, in the order of the grid."""
        return {family.title: family.code for family in self.last.grid.families}

    @cached_property
    def colleges(self) -> dict[str, str]:
        """Codes by label; « Territoire » too."""
        named = {college.label: college.code for college in self.last.grid.colleges}
        return named | {"Territoire": TERRITORY, "Atelier": WORKSHOP}

    @cached_property
    def skills(self) -> dict[str, str]:
        """Codes by title."""
        return {skill.title: skill.code for skill in self.last.grid.skills}

    @cached_property
    def level_names(self) -> dict[str, int]:
        """Values by label."""
        return {level.label: level.value for level in self.last.grid.levels}

    @property
    def scale(self) -> int:
        """H − L."""
        return self.last.reach

    @property
    def middle(self) -> Fraction:
        """The middle of the scale."""
        return Fraction(self.last.lowest + self.last.highest, 2)

    @property
    def places(self) -> int:
        """The decimals of a score; one more is shown where a change is."""
        return decimals(len(self.last.levels))

    @cached_property
    def score_places(self) -> int:
        """The decimals of the scores of this page."""
        moved = self.comparison is not None and bool(self.comparison.sides)
        return self.places + ((moved or self.last.then is not None) and not self.unmoved)

    @cached_property
    def comparison(self) -> Comparison | None:
        """The last two campaigns, side by side."""
        return Comparison(self.since, self.last) if self.since else None

    def at(self, place: int) -> "Facts":
        """What was true when that campaign was the last one."""
        return self if place == len(self.campaigns) - 1 else self._past.setdefault(place, self._until(place))

    def alone(self) -> "Facts":
        """The last campaign where no change is shown."""
        return replace(self, labels=self.labels[-1:], campaigns=self.campaigns[-1:], unmoved=True)

    def beside(self, label: str) -> "Facts":
        """The last campaign beside that one, as if nothing had been between them."""
        return Facts((label, self.labels[-1]), (self.campaigns[self.labels.index(label)], self.last))

    def _until(self, place: int) -> "Facts":
        return Facts(self.labels[: place + 1], self.campaigns[: place + 1])

    @cached_property
    def _past(self) -> dict[int, "Facts"]:
        return {}

    def against(self, place: int) -> Comparison:
        """The last campaign beside another."""
        return Comparison(self.campaigns[place], self.last)

    @cached_property
    def changes(self) -> dict[tuple[str, str], Row]:
        """The rows of change by family and place."""
        return {(row["family"], row["college"]): row for row in self.comparison.rows()} if self.comparison else {}

    @cached_property
    def territory(self) -> dict[str, Row]:
        """The rows of the territory by family."""
        return {row["family"]: row for row in territory_rows(self.last)}

    @cached_property
    def by_college(self) -> dict[tuple[str, str], Row]:
        """The rows of families by family and college."""
        return {(row["family"], row["college"]): row for row in family_rows(self.last)}

    @cached_property
    def by_skill(self) -> dict[tuple[str, str], Row]:
        """The rows of skills by skill and college."""
        return {(row["skill"], row["college"]): row for row in skill_rows(self.last)}

    @cached_property
    def weightings(self) -> dict[str, Row]:
        """The rows of both weightings by family."""
        return {row["family"]: row for row in weighting_rows(self.last)}

    @cached_property
    def hindsight(self) -> dict[tuple[str, str], Row]:
        """The rows of hindsight by family and place; none when it was not asked."""
        rows = hindsight_rows(self.last) if self.last.then is not None else []
        return {(row["family"], row["college"]): row for row in rows}

    @property
    def needed(self) -> int:
        """How many colleges publish a territory."""
        return needed(self.last)

    @cached_property
    def scores(self) -> dict[str, Fraction]:
        """The published scores of the territory by title."""
        return {
            title: self.territory[code]["score"]
            for title, code in self.families.items()
            if self.territory[code]["published"]
        }

    def respondents(self, college: str, campaign: Campaign | None = None) -> int:
        """How many people of a college answered."""
        return len((campaign or self.last).groups.get(college, ()))

    def shown(self, value: Fraction, places: int | None = None) -> Fraction:
        """A score as this page prints it."""
        return half_up(value, self.score_places if places is None else places)
