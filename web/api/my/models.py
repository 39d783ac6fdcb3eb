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
