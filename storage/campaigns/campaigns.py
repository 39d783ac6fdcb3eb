"""Campaigns and their colleges, as stored and as read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import orjson

from grille.grid import Grid
from grille.typed import typed_line
from questionnaires.local.questions import LocalQuestion, questions_in
from questionnaires.questionnaire import Form
from storage.campaigns.frozen_grids import frozen
from storage.campaigns.territories import NOT_A_TRIAL, OF_A_TRIAL, Territory, territory_in
from storage.core.engine import Database
from storage.core.pages import FIRST, PAGE_SIZE, Listing, Page, Position, as_json, read_page
from storage.core.rows import single_value
from storage.core.timestamps import paris_day, parse_day, parse_timestamp
from storage.core.tokens import storable
from storage.site.letterhead import NO_LETTERHEAD, Letterhead

if TYPE_CHECKING:
    import sqlite3

Status = Literal["draft", "open", "closed"]
Weighting = Literal["equal", "heads"]
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class CampaignCollege:
    """A college of a campaign: its number of people (``size``), the number of answers hoped for (``target``).

    ``voluntary`` if it was invited by an open call (« répondants volontaires »).
    """

    code: str
    label: str
    size: int | None = None
    target: int | None = None
    voluntary: bool = False

    def known_size(self, count: int) -> int | None:
        """Return the declared size; None if it is below the number of answers, and so wrong.

        >>> [CampaignCollege("elus", "Élus", 27).known_size(count) for count in (26, 27, 28)]
        [27, 27, None]
        """
        return self.size if self.size is not None and count <= self.size else None

    def published_size(self, count: int, k: int) -> int | None:
        """Return the known size as shown; it never tells how many answered when fewer than ``k`` did.

        None as soon as fewer than ``k`` answers could exceed it, whether or not they do.

        >>> [CampaignCollege("elus", "Élus", 3).published_size(count, k=5) for count in (2, 4)]
        [None, None]
        """
        return self.known_size(max(count, k - 1))


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign of a territory, with its own frozen copy of the grid."""

    id: int
    slug: str
    territory: Territory
    name: str
    year: int
    form: Form
    k: int
    weighting: Weighting
    status: Status
    opens_on: date | None
    closes_on: date | None
    retrospective: bool
    opened_at: datetime | None
    closed_at: datetime | None
    published_at: datetime | None
    colleges: tuple[CampaignCollege, ...]
    grid: Grid = field(repr=False, compare=False)
    letterhead: Letterhead = NO_LETTERHEAD
    local_questions: tuple[LocalQuestion, ...] = ()

    @property
    def order(self) -> tuple[int, int]:
        """The key that orders the campaigns of a territory, earliest first."""
        return self.year, self.id

    @property
    def closed_on(self) -> date | None:
        """The day on which the collection was actually closed; None before."""
        return paris_day(self.closed_at) if self.closed_at else None

    @property
    def last_day(self) -> date | None:
        """The closing day, or until then the announced one; None if none was announced."""
        return self.closed_on or self.closes_on

    @property
    def sizes(self) -> dict[str, int]:
        """The declared sizes, for the colleges that have one."""
        return {college.code: college.size for college in self.colleges if college.size is not None}

    @property
    def voluntary(self) -> tuple[str, ...]:
        """The codes of the colleges that were invited by an open call."""
        return tuple(college.code for college in self.colleges if college.voluntary)

    def college(self, code: str) -> CampaignCollege:
        """Return the college of that code. Raises ``KeyError`` when the campaign has none."""
        for college in self.colleges:
            if college.code == code:
                return college
        raise KeyError(code)


def keep_colleges(conn: "sqlite3.Connection", campaign_id: int, colleges: Iterable[CampaignCollege]) -> None:
    """Write the colleges of a campaign that has none, in their order."""
    conn.executemany(
        """INSERT INTO campaign_colleges (campaign_id, position, code, label, size, target, voluntary)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
        [
            (campaign_id, i, c.code, typed_line(c.label), c.size, c.target, int(c.voluntary))
            for i, c in enumerate(colleges)
        ],
    )


# The colleges are read with it, as one JSON text: most requests read a campaign, and lists read many.
_COLLEGES = """(SELECT json_group_array(json_array(position, code, label, size, target, voluntary))
    FROM campaign_colleges WHERE campaign_id = campaigns.id)"""

_COLUMNS = f"""campaigns.id, campaigns.slug, campaigns.name, year, form, k, weighting, status,
    opens_on, closes_on, retrospective, opened_at, closed_at, published_at, introduction, organiser, contact, logo,
    local_questions, sha256, {_COLLEGES},
    territories.id, territories.slug, territories.name, kind, fictional, official_code, trial_of, trial_until"""
_SOURCE = "campaigns JOIN territories ON territories.id = territory_id JOIN grids ON grids.id = grid_id"
_CAMPAIGN = f"SELECT {_COLUMNS} FROM {_SOURCE}"  # noqa: S608  # ours

_LISTING = Listing("campaigns", _COLUMNS, ("year", "campaigns.id"), source=_SOURCE, descending=True)


def campaign_by_slug(db: Database, slug: str) -> Campaign | None:
    """Return the campaign of that slug, if there is one."""
    return _campaign(db, db.conn.execute(f"{_CAMPAIGN} WHERE campaigns.slug = ?", (storable(slug),)).fetchone())


def campaign_by_id(db: Database, id_: int) -> Campaign | None:
    """Return the campaign of that number, if there is one."""
    return _campaign(db, db.conn.execute(f"{_CAMPAIGN} WHERE campaigns.id = ?", (id_,)).fetchone())


def current_status(conn: "sqlite3.Connection", campaign: Campaign) -> Status | None:
    """Return the status of the campaign as stored now; None when it has been cancelled or discarded meanwhile."""
    status: Status | None = single_value(conn.execute("SELECT status FROM campaigns WHERE id = ?", (campaign.id,)))
    return status


def campaigns_of(db: Database, territory: Territory) -> list[Campaign]:
    """Return the campaigns of a territory, earliest first."""
    sql = f"{_CAMPAIGN} WHERE territory_id = ? ORDER BY year, campaigns.id"
    return [existing(_campaign(db, row)) for row in db.conn.execute(sql, (territory.id,)).fetchall()]


def closed_before(db: Database, campaign: Campaign) -> list[Campaign]:
    """Return the closed campaigns of the same territory before this one, latest first."""
    found = [one for one in campaigns_of(db, campaign.territory) if one.status == "closed"]
    return [one for one in reversed(found) if one.order < campaign.order]


def previous_campaign(db: Database, campaign: Campaign) -> Campaign | None:
    """Return the closed campaign of the same territory just before this one; None if there is none."""
    return next(iter(closed_before(db, campaign)), None)


def all_campaigns(db: Database) -> list[Campaign]:
    """Return every campaign that counts, by territory and then earliest first."""
    rows = db.conn.execute(f"{_CAMPAIGN} WHERE {NOT_A_TRIAL} ORDER BY name_key, territories.id, year, campaigns.id")
    return [existing(_campaign(db, row)) for row in rows.fetchall()]


def latest_campaigns(
    db: Database, territories: Iterable[int], shown: str = "TRUE", most: int = 12, *, by_status: bool = False
) -> dict[int, tuple[Campaign, ...]]:
    """Return the ``most`` latest campaigns of each of these territories, by territory id, latest first.

    ``shown`` is an SQL condition on campaigns. ``by_status``: as many in each status.
    """
    each = "territory_id, status" if by_status else "territory_id"
    ranked = f"""SELECT id, row_number() OVER (PARTITION BY {each} ORDER BY year DESC, id DESC) AS rank
        FROM campaigns WHERE territory_id IN (SELECT value FROM json_each(?)) AND {shown}"""  # noqa: S608  # ours
    which = f"campaigns.id IN (SELECT id FROM ({ranked}) WHERE rank <= ?)"  # noqa: S608  # ours
    found: dict[int, tuple[Campaign, ...]] = dict.fromkeys(territories, ())
    latest_first = f"{_CAMPAIGN} WHERE {which} ORDER BY year DESC, campaigns.id DESC"
    for row in db.conn.execute(latest_first, (as_json(found), most)).fetchall():
        one = existing(_campaign(db, row))
        found[one.territory.id] += (one,)
    return found


def campaign_page(
    db: Database, territory: Territory, shown: str = "TRUE", position: Position = FIRST
) -> Page[Campaign]:
    """Return a page of the campaigns of a territory, latest first. Raises ``PositionGone``.

    ``shown`` is an SQL condition on campaigns.
    """
    listing = _LISTING.where("territory_id = ?", territory.id).where(shown)
    return read_page(db, listing, position).map(lambda row: existing(_campaign(db, row)))


def published_page(db: Database, position: Position = FIRST, size: int = PAGE_SIZE) -> Page[Campaign]:
    """Return a page of the published campaigns of real territories, latest year first. Raises ``PositionGone``."""
    listing = _LISTING.where("published_at IS NOT NULL").where("NOT fictional")
    return read_page(db, listing, position, size).map(lambda row: existing(_campaign(db, row)))


def some_published_slug(db: Database) -> str:
    """Return the slug of any published campaign, to show as an example; empty if there is none."""
    last = "SELECT id FROM territories WHERE published ORDER BY name_key DESC, id DESC LIMIT 1"
    sql = f"""SELECT slug FROM campaigns WHERE published_at IS NOT NULL AND territory_id = ({last})
        ORDER BY year DESC, id DESC LIMIT 1"""  # noqa: S608  # ours
    return str(single_value(db.conn.execute(sql), ""))


def has_campaigns(db: Database) -> bool:
    """Return whether there is any campaign that counts."""
    sql = f"SELECT EXISTS (SELECT 1 FROM campaigns WHERE NOT {OF_A_TRIAL})"  # noqa: S608  # ours
    return bool(single_value(db.conn.execute(sql)))


def campaign_counts(db: Database, territories: Iterable[int]) -> dict[int, int]:
    """Return how many campaigns each of these territories has, by its number."""
    numbers = list(territories)
    sql = """SELECT territory_id, count(*) FROM campaigns WHERE territory_id IN (SELECT value FROM json_each(?))
        GROUP BY territory_id"""
    return dict.fromkeys(numbers, 0) | dict(db.conn.execute(sql, (as_json(numbers),)).fetchall())


def campaign_names(db: Database, numbers: Iterable[int]) -> dict[int, str]:
    """Return the names of the campaigns of these numbers, where there are any."""
    sql = "SELECT id, name FROM campaigns WHERE id IN (SELECT value FROM json_each(?))"
    return dict(db.conn.execute(sql, (as_json(numbers),)))


def respondent_counts(db: Database, campaigns: Iterable[Campaign]) -> dict[int, int]:
    """Return the number of respondents who began, online or on paper, by campaign id."""
    numbers = [campaign.id for campaign in campaigns]
    sql = """SELECT campaign_id, count(*) FROM responses WHERE campaign_id IN (SELECT value FROM json_each(?))
        AND answered > 0 AND mode <> 'atelier' GROUP BY campaign_id"""
    return dict.fromkeys(numbers, 0) | dict(db.conn.execute(sql, (as_json(numbers),)).fetchall())


def _campaign(db: Database, row: tuple[Any, ...] | None) -> Campaign | None:
    if row is None:
        return None
    id_, slug, name, year, form, k, weighting, status, opens_on, closes_on, retrospective, *more = row
    opened, closed, published, introduction, organiser, contact, logo, local, sha256, colleges, *territory = more
    return Campaign(
        id=id_,
        slug=slug,
        territory=territory_in(*territory),
        name=name,
        year=year,
        form=form,
        k=k,
        weighting=weighting,
        status=status,
        opens_on=parse_day(opens_on),
        closes_on=parse_day(closes_on),
        retrospective=bool(retrospective),
        opened_at=parse_timestamp(opened),
        closed_at=parse_timestamp(closed),
        published_at=parse_timestamp(published),
        colleges=_colleges(colleges),
        grid=frozen(db, sha256),
        letterhead=Letterhead(introduction, organiser, contact, logo),
        local_questions=questions_in(local),
    )


def _colleges(written: str) -> tuple[CampaignCollege, ...]:
    rows = sorted(orjson.loads(written))  # by their position
    return tuple(CampaignCollege(*(*values, bool(voluntary))) for _, *values, voluntary in rows)


def participation(db: Database, campaign: Campaign) -> dict[str, int]:
    """Return the number of respondents of each college, online or on paper; 0 for a college without any."""
    sql = """SELECT college, count(*) FROM responses
        WHERE campaign_id = ? AND answered > 0 AND mode <> 'atelier' GROUP BY college"""
    counts = dict(db.conn.execute(sql, (campaign.id,)).fetchall())
    return {college.code: counts.get(college.code, 0) for college in campaign.colleges}


def existing(row: _Row | None) -> _Row:
    assert row is not None  # noqa: S101  # just written or read in the same transaction
    return row
