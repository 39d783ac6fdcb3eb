"""The documents that the API answers with; their schemas are in its description."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Figure = float | None
Count = Annotated[int, Field(ge=0)] | Literal["<k"] | None
"""A number of people; « <k » stands for fewer than the ``k`` of the rules."""

Share = Annotated[float, Field(ge=0, le=1)] | None


class Document(BaseModel):
    """A document of the API: nothing else than what its schema says."""

    model_config = ConfigDict(extra="forbid", defer_build=True)  # each takes memory, once it is used


class TerritoryReference(Document):
    """A territory: ``code`` is its official code (INSEE of a commune, SIREN of a group), null without one."""

    slug: str
    name: str
    kind: str
    code: str | None
    fictional: bool
    address: str


class GridReference(Document):
    """A version of a grid."""

    id: str
    version: str
    title: str
    address: str


class CollegeReference(Document):
    """A college that was asked; ``voluntary`` when it was invited by an open call."""

    code: str
    label: str
    voluntary: bool


class CampaignLinks(Document):
    """Where the rest of a campaign is: its figures here, its page for people, its open data."""

    results: str
    files: str
    page: str
    data: str


class CampaignDocument(Document):
    """A published campaign. ``k`` is the smallest number of people on whom a figure is given."""

    slug: str
    name: str
    year: int
    territory: TerritoryReference
    grid: GridReference
    form: str
    k: Annotated[int, Field(ge=1)]
    opens_on: date | None
    closed_on: date | None
    published_at: datetime
    colleges: list[CollegeReference]
    links: CampaignLinks


class Listing(Document):
    """A page of a list; ``next`` is the cursor of the next page, null on the last."""

    next: str | None


class Territories(Listing):
    """Territories that have published results, by name."""

    items: list[TerritoryReference]


class Campaigns(Listing):
    """Published campaigns, the latest year first."""

    items: list[CampaignDocument]


class Level(Document):
    """A level of the scale of a grid."""

    value: int
    label: str


class SkillDocument(Document):
    """A savoir-faire. ``core`` when the short form asks about it."""

    code: str
    title: str
    definition: str
    core: bool


class FamilyDocument(Document):
    """A family of savoir-faire."""

    code: str
    title: str
    skills: list[SkillDocument]


class GridDocument(GridReference):
    """A grid: its scale and its families. ``withdrawn`` when no new campaign may use it."""

    author: str
    licence: str
    status: Literal["proposition", "officielle"]
    withdrawn: bool
    levels: list[Level]
    families: list[FamilyDocument]


class Grids(Document):
    """Every grid of the library."""

    items: list[GridReference]


class File(Document):
    """A file to download."""

    title: str
    address: str


class Files(Document):
    """The files of a campaign."""

    items: list[File]


class GridIdentity(Document):
    """Which grid figures are about."""

    id: str
    version: str


class SkillFigures(Document):
    """What a college says of a savoir-faire; null where a figure is hidden or does not exist."""

    skill: str
    family: str
    college: str
    n: Count
    mean: Figure
    silence: Share
    sd: Figure
    ad: Figure
    rwg: Figure
    agreement: str | None
    unknown: Share
    not_applicable: Share
    unanswered: Share
    distribution: dict[str, int] | list[int] | None
    published: bool


class FamilyFigures(Document):
    """The score of a college on a family, with its interval."""

    family: str
    college: str
    n: Count
    score: Figure
    low: Figure
    high: Figure
    margin: str | None
    spread: Figure
    coverage: Share
    absent: Figure
    published: bool


class TerritoryFigures(Document):
    """The score of the territory on a family."""

    family: str
    score: Figure
    low: Figure
    high: Figure
    margin: str | None
    colleges: int | None
    voluntary: list[str] | str | None
    published: bool


class WeightingFigures(Document):
    """The score of the territory when colleges, or people, weigh the same."""

    family: str
    equal: Figure
    heads: Figure
    difference: Figure
    published: bool


class HindsightFigures(Document):
    """What the same people say has changed in a year, on a family: ``delta``, and its interval."""

    family: str
    college: str
    n: Count
    delta: Figure
    low: Figure
    high: Figure
    confidence: Share
    verdict: str | None
    visible: Figure
    published: bool


class SkillHindsight(Document):
    """What the same people say has changed in a year, on a savoir-faire."""

    skill: str
    college: str
    n: Count
    delta: Figure
    published: bool


class Results(Document):
    """The figures of a campaign: the document « profile.json » (docs/formats.md)."""

    edition: int
    grid: GridIdentity
    rules: dict[str, object]
    respondents: dict[str, Count]
    skills: list[SkillFigures]
    families: list[FamilyFigures]
    territory: list[TerritoryFigures]
    weightings: list[WeightingFigures]
    hindsight: list[HindsightFigures] | None = None
    hindsight_skills: list[SkillHindsight] | None = None
    first_published_on: date | None = None
    recomputed_on: date | None = None


class WrongField(BaseModel):
    """What is wrong with a field: ``pointer`` is a JSON Pointer into what was sent, empty for the whole."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """An error (RFC 9457): ``title`` says what happened, ``detail`` what to do; ``errors``, which fields are wrong."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[WrongField] = Field(default_factory=list)


class Query(BaseModel):
    """The parameters of a list: ``cursor`` is the ``next`` of the page before."""

    model_config = ConfigDict(extra="forbid", defer_build=True)  # each takes memory, once it is used

    cursor: str | None = Field(default=None, max_length=40)


class TerritoryQuery(Query):
    """``q`` searches names."""

    q: str = Field(default="", max_length=200)


class CampaignQuery(Query):
    """``territory`` is the slug of one territory; without it, those of the demonstration are left out."""

    territory: str | None = Field(default=None, max_length=200)
