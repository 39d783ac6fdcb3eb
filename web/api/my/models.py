"""The documents that are answered to who has a key."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from accounts.scopes import Scope
from web.api.models import CollegeReference, Document, GridReference, Listing

PositiveCount = Annotated[int, Field(ge=0)] | None


class KeyDocument(Document):
    """The key of the request: what it allows, and until when."""

    name: str
    scopes: list[Scope]
    expires_at: datetime


class FollowedTerritory(Document):
    """A territory that the account follows; ``roles`` are those of its account there."""

    slug: str
    name: str
    kind: str
    code: str | None
    fictional: bool
    roles: list[str]


class FollowedTerritories(Listing):
    """The territories that the account follows, by name."""

    items: list[FollowedTerritory]


class FollowedLinks(Document):
    """Where the rest of a campaign is: the address of its page, for people."""

    participation: str
    results: str
    page: str


class FollowedCampaign(Document):
    """A campaign that the account follows, in preparation, open or closed, published or not."""

    slug: str
    name: str
    year: int
    territory: str
    status: Literal["draft", "open", "closed"]
    form: str
    k: Annotated[int, Field(ge=1)]
    grid: GridReference
    opens_on: date | None
    closes_on: date | None
    closed_on: date | None
    published_at: datetime | None
    colleges: list[CollegeReference]
    links: FollowedLinks


class FollowedCampaigns(Listing):
    """The campaigns of a territory that the account follows, the latest year first."""

    items: list[FollowedCampaign]


class CollegeParticipation(Document):
    """How many people of a college have answered; null below k once the campaign is closed.

    ``size`` is the number of its people, ``target`` the number of answers hoped for.
    """

    code: str
    label: str
    count: PositiveCount
    size: PositiveCount
    target: PositiveCount


class Participation(Document):
    """How many have answered, by college; ``total`` is null when a college is hidden, for it would tell its number."""

    status: Literal["open", "closed"]
    total: PositiveCount
    colleges: list[CollegeParticipation]


class Link(Document):
    """A link that people answer by: to one college, or to all of them (null); its QR code, as SVG."""

    number: int
    college: str | None
    lent: bool
    address: str
    qr_svg: str


class Links(Document):
    """The links in force of a campaign."""

    items: list[Link]


class ImportedCount(Document):
    """How many responses of a table are of a college (null for a workshop of several) and of a mode."""

    college: str | None
    mode: str
    responses: Annotated[int, Field(ge=0)]


class ImportDocument(Document):
    """What a table holds, ``taken`` or only looked at.

    ``silent`` rows have no answer, those of ``known`` people came with an earlier table: neither is imported.
    ``left_out`` columns are not read, ``absent`` ones are of the mapping alone, ``unanswered`` are skills.
    """

    taken: bool
    responses: Annotated[int, Field(ge=0)]
    counts: list[ImportedCount]
    silent: Annotated[int, Field(ge=0)]
    known: Annotated[int, Field(ge=0)]
    left_out: list[str]
    absent: list[str]
    unanswered: list[str]
    remarks: list[str]


class RatingDocument(Document):
    """The rating of an action for a year: relevance of the method and transfer of skills, 1 (low) to 4 (high)."""

    year: int
    relevance: int
    transfer: int
    words: str


class ActionDocument(Document):
    """An action of a parcours; ``version`` goes back with what changes it."""

    number: int
    version: int
    kind: str
    title: str
    skills: list[str]
    purpose: str
    starts_on: date | None
    ends_on: date | None
    campaign: str | None
    provider: str
    supports: list[str]
    status: str
    partners: str
    budget: int | None
    funders: str
    priority: str
    ratings: list[RatingDocument]


class Actions(Document):
    """The actions of a parcours, by their start."""

    items: list[ActionDocument]


class Removed(Document):
    """What was asked is removed."""

    removed: Literal[True]


class DecisionDocument(Document):
    """A decision of a session. Neither who noted it nor the person who takes it on is said: only an office is."""

    number: int
    text: str
    noted_at: datetime
    office: str
    due_on: date | None
    skill: str
    state: str
    action: int | None
    published: bool


class Decisions(Document):
    """The decisions of the session of a campaign, in the order in which they were noted."""

    items: list[DecisionDocument]


class DiagnosticDocument(Document):
    """An adopted diagnostic: ``document`` is its whole frozen content (docs/formats.md), ``sha256`` its hash."""

    number: int
    adopted_at: datetime
    reason: str
    sha256: str
    document: dict[str, object]


class Diagnostics(Document):
    """The adopted diagnostics of a campaign, oldest first; the last one is in force."""

    items: list[DiagnosticDocument]


class ChangeDocument(Document):
    """What changed in a family for a college since the campaign before; figures are null where they are hidden.

    ``visible`` is the smallest difference that these answers could show.
    """

    family: str
    family_title: str
    college: str
    college_label: str
    before: float | None
    after: float | None
    delta: float | None
    low: float | None
    high: float | None
    confidence: float | None
    verdict: str | None
    reason: str | None
    visible: float | None
    comparable_skills: int | None


class Changes(Document):
    """The comparison of a campaign with the one before that its page compares it with; ``since`` is its label."""

    since: str | None
    items: list[ChangeDocument]
