"""Campaigns: their life, the frozen grid of each, and the links by which people come in."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from grille.model import Grid
from grille.typed import typed_line
from questionnaires.questionnaire import Form
from storage.alphabet import alphabetical
from storage.database import writing
from storage.engine import Database
from storage.grids import freeze, frozen
from storage.import_marks import forget_marks
from storage.merging import apply_merges
from storage.moments import day_in, moment_in, now, paris_day, text_of
from storage.pace import measured_pace
from storage.problems import CampaignError
from storage.territories import Territory, all_territories, create_territory, slugify, territory_by_slug, territory_in
from storage.tokens import fingerprint, new_secret, storable

if TYPE_CHECKING:
    import sqlite3

__all__ = [
    "Campaign",
    "CampaignCollege",
    "CampaignError",
    "Form",
    "Link",
    "Status",
    "Territory",
    "Weighting",
    "all_campaigns",
    "all_territories",
    "campaign_by_id",
    "campaign_by_slug",
    "campaigns_of",
    "close_campaign",
    "create_link",
    "create_territory",
    "find_link",
    "links_of",
    "open_campaign",
    "participation",
    "publish_campaign",
    "revoke_link",
    "slugify",
    "territory_by_slug",
]

Status = Literal["draft", "open", "closed"]
Weighting = Literal["equal", "heads"]
_Row = TypeVar("_Row")

SMALLEST_K, LARGEST_K = 3, 11


@dataclass(frozen=True, slots=True)
class CampaignCollege:
    """A college of one campaign: how many people it has (``size``), how many answers are hoped for (``target``).

    ``voluntary`` when people came by an open call: « répondants volontaires ».
    """

    code: str
    label: str
    size: int | None = None
    target: int | None = None
    voluntary: bool = False

    def known_size(self, count: int) -> int | None:
        """The declared size, unless more people than that have answered: it is then wrong, and counts as unknown.

        >>> [CampaignCollege("elus", "Élus", 27).known_size(count) for count in (26, 27, 28)]
        [27, 27, None]
        """
        return self.size if self.size is not None and count <= self.size else None


@dataclass(frozen=True, slots=True)
class Campaign:
    """One wave of one territory, on its own frozen copy of a grid."""

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

    @property
    def closed_on(self) -> date | None:
        """The day on which the collection was closed, whatever was announced; None until then."""
        return paris_day(self.closed_at) if self.closed_at else None

    @property
    def last_day(self) -> date | None:
        """The day of its closing, or until then the last one announced."""
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
        """The college of that code. Raises ``KeyError`` when the campaign has none."""
        for college in self.colleges:
            if college.code == code:
                return college
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Link:
    """A way into a campaign; ``college`` when it leads to one college only; ``used``, an invitation that has served."""

    id: int
    campaign_id: int
    college: str | None
    kind: str
    revoked: bool
    used: bool = False


def open_campaign(
    db: Database,
    territory: Territory,
    grid: Grid,
    *,
    name: str,
    year: int,
    form: Form = "short",
    colleges: Iterable[CampaignCollege] | None = None,
    k: int = 5,
    weighting: Weighting = "equal",
    opens_on: date | None = None,
    closes_on: date | None = None,
    retrospective: bool = False,
    slug: str | None = None,
    opened_at: datetime | None = None,
) -> Campaign:
    """Open a wave: freeze the grid with its texts, name the colleges (by default the grid's), let answers come in.

    ``retrospective`` says that it also asks how people now see the year before, « avec le recul ».
    Raises ``CampaignError`` with every problem at once, and then nothing is written.
    """
    chosen = tuple(colleges) if colleges is not None else tuple(CampaignCollege(c.code, c.label) for c in grid.colleges)
    problems = [*wave_problems(name, year, k, opens_on, closes_on), *college_problems(chosen, grid)]
    if problems:
        raise CampaignError(problems)
    with writing(db) as conn:
        slug = _free_slug(db, slug or f"{territory.slug}-{year}")
        cursor = conn.execute(
            """INSERT INTO campaigns (territory_id, grid_id, slug, name, year, form, k, weighting, retrospective,
                status, opens_on, closes_on, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?)""",
            (
                *(territory.id, freeze(db, grid), slug, typed_line(name), year, form, k, weighting),
                int(retrospective),
                *(opens_on and opens_on.isoformat(), closes_on and closes_on.isoformat(), text_of(opened_at or now())),
            ),
        )
        keep_colleges(conn, int(cursor.lastrowid or 0), chosen)
        return _found(campaign_by_slug(db, slug))


def wave_problems(name: str, year: int, k: int, opens_on: date | None, closes_on: date | None) -> list[str]:
    """What is wrong with a wave so described, as sentences; none when it can be kept."""
    checks = [
        (not name.strip(), "La campagne n’a pas de nom : donnez-lui-en un."),
        (not 2000 <= year <= 2100, f"L’année {year} n’est pas plausible : donnez une année entre 2000 et 2100."),
        (
            not SMALLEST_K <= k <= LARGEST_K,
            f"Le seuil de confidentialité est de {k} : choisissez un nombre de {SMALLEST_K} à {LARGEST_K}.",
        ),
        (
            bool(opens_on and closes_on and closes_on < opens_on),
            "La campagne se termine avant de commencer : vérifiez ses dates.",
        ),
    ]
    return [sentence for wrong, sentence in checks if wrong]


def college_problems(colleges: tuple[CampaignCollege, ...], grid: Grid) -> Iterator[str]:
    """What is wrong with these colleges on that grid, as sentences."""
    if not colleges:
        yield "La campagne n’a aucun collège : nommez-en au moins un."
    known = [college.code for college in grid.colleges]
    for code, times in Counter(college.code for college in colleges).items():
        if times > 1:
            yield f"Le collège « {code} » est donné {times} fois : ne le donnez qu’une fois."
        if code not in known:
            yield f"Le collège « {code} » n’est pas dans la grille : choisissez parmi {', '.join(known)}."
    for college in colleges:
        if any(number is not None and number < 1 for number in (college.size, college.target)):
            yield f"Le collège « {college.code} » : son effectif et son objectif doivent être d’au moins 1."


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


def _free_slug(db: Database, wanted: str) -> str:
    """The wanted slug, or the first of ``wanted-2``, ``wanted-3``… that is free."""
    slug, number = wanted, 1
    while db.conn.execute("SELECT 1 FROM campaigns WHERE slug = ?", (slug,)).fetchone():
        number += 1
        slug = f"{wanted}-{number}"
    return slug


_CAMPAIGN = """SELECT campaigns.id, campaigns.slug, campaigns.name, year, form, k, weighting, status,
    opens_on, closes_on, retrospective, opened_at, closed_at, published_at, sha256,
    territories.id, territories.slug, territories.name, kind, fictional, official_code
    FROM campaigns JOIN territories ON territories.id = territory_id JOIN grids ON grids.id = grid_id"""


def campaign_by_slug(db: Database, slug: str) -> Campaign | None:
    """The campaign of that slug, if there is one."""
    return _campaign(db, db.conn.execute(f"{_CAMPAIGN} WHERE campaigns.slug = ?", (storable(slug),)).fetchone())


def campaign_by_id(db: Database, id_: int) -> Campaign | None:
    """The campaign of that number, if there is one."""
    return _campaign(db, db.conn.execute(f"{_CAMPAIGN} WHERE campaigns.id = ?", (id_,)).fetchone())


def campaigns_of(db: Database, territory: Territory) -> list[Campaign]:
    """The waves of a territory, earliest first."""
    rows = db.conn.execute(
        f"{_CAMPAIGN} WHERE territory_id = ? ORDER BY year, campaigns.id", (territory.id,)
    ).fetchall()
    return [_found(_campaign(db, row)) for row in rows]


def all_campaigns(db: Database) -> list[Campaign]:
    """Every campaign, by territory and then earliest first."""
    rows = db.conn.execute(f"{_CAMPAIGN} ORDER BY territories.id, year, campaigns.id").fetchall()
    return sorted((_found(_campaign(db, row)) for row in rows), key=lambda one: alphabetical(one.territory.name))


def _campaign(db: Database, row: tuple[Any, ...] | None) -> Campaign | None:
    if row is None:
        return None
    id_, slug, name, year, form, k, weighting, status, *moments, sha256 = row[:15]
    opens_on, closes_on, retrospective, opened, closed, published = moments
    return Campaign(
        id=id_,
        slug=slug,
        territory=territory_in(*row[15:]),
        name=name,
        year=year,
        form=form,
        k=k,
        weighting=weighting,
        status=status,
        opens_on=day_in(opens_on),
        closes_on=day_in(closes_on),
        retrospective=bool(retrospective),
        opened_at=moment_in(opened),
        closed_at=moment_in(closed),
        published_at=moment_in(published),
        colleges=_colleges(db, id_),
        grid=frozen(db, sha256),
    )


def _colleges(db: Database, campaign_id: int) -> tuple[CampaignCollege, ...]:
    sql = "SELECT code, label, size, target, voluntary FROM campaign_colleges WHERE campaign_id = ? ORDER BY position"
    rows = db.conn.execute(sql, (campaign_id,))
    return tuple(CampaignCollege(code, label, size, target, bool(called)) for code, label, size, target, called in rows)


def close_campaign(db: Database, campaign: Campaign, at: datetime | None = None) -> Campaign:
    """Close the collection for good: answers are frozen; moments of changes and marks of imports are erased.

    Of these moments one number is kept, how long an answer took (``storage.pace``), when it is of k people or more.
    Colleges that were to be read together (``storage.merging``) become one. Closing a closed campaign changes nothing.
    """
    with writing(db) as conn:
        pace = measured_pace(conn, campaign.id, campaign.k)
        closed = conn.execute(
            "UPDATE campaigns SET status = 'closed', closed_at = ?, pace_seconds = ? WHERE id = ? AND status = 'open'",
            (text_of(at or now()), pace, campaign.id),
        )
        if closed.rowcount:
            apply_merges(conn, _found(campaign_by_id(db, campaign.id)), participation(db, campaign))
            conn.execute("UPDATE paper_sheets SET response_id = NULL WHERE campaign_id = ?", (campaign.id,))
            forget_marks(conn, campaign.id)
            conn.execute(
                """UPDATE responses SET document = json_remove(document, '$.stamps')
                    WHERE campaign_id = ? AND deleted = 0""",
                (campaign.id,),
            )
        return _found(campaign_by_id(db, campaign.id))


def publish_campaign(db: Database, campaign: Campaign, at: datetime | None = None) -> Campaign:
    """Let anyone see the results. Publishing a published campaign changes nothing.

    Raises ``CampaignError`` while the campaign is open: an open campaign has no result anywhere.
    """
    with writing(db) as conn:
        conn.execute(
            "UPDATE campaigns SET published_at = ? WHERE id = ? AND status = 'closed' AND published_at IS NULL",
            (text_of(at or now()), campaign.id),
        )
        published = _found(campaign_by_id(db, campaign.id))
        if published.published_at is None:
            raise CampaignError(["La campagne est encore ouverte : clôturez-la avant de publier ses résultats."])
        return published


def participation(db: Database, campaign: Campaign) -> dict[str, int]:
    """How many people of each college have answered anything, online or on paper; every college is there."""
    sql = """SELECT college, count(*) FROM responses
        WHERE campaign_id = ? AND answered > 0 AND mode <> 'atelier' GROUP BY college"""
    counts = dict(db.conn.execute(sql, (campaign.id,)).fetchall())
    return {college.code: counts.get(college.code, 0) for college in campaign.colleges}


def create_link(
    db: Database, campaign: Campaign, college: str | None = None, kind: str = "public", *, token: str | None = None
) -> str:
    """Make a way into the campaign, and give its token: the only time it is known, for only its hash is kept.

    ``token`` fixes it, for a demonstration. Raises ``KeyError`` when the campaign has no such college.
    """
    if college is not None:
        campaign.college(college)
    token = token or new_secret()
    with writing(db) as conn:
        conn.execute(
            "INSERT INTO links (campaign_id, college, kind, token_sha256, created_at) VALUES (?, ?, ?, ?, ?)",
            (campaign.id, college, kind, fingerprint(token), text_of(now())),
        )
    return token


_LINK = "SELECT id, campaign_id, college, kind, revoked_at IS NOT NULL, used FROM links"


def find_link(db: Database, token: str) -> Link | None:
    """The link of that token, revoked or not, if there is one."""
    row = db.conn.execute(f"{_LINK} WHERE token_sha256 = ?", (fingerprint(token),)).fetchone()
    return row and _link(*row)


def links_of(db: Database, campaign: Campaign) -> list[Link]:
    """The links of a campaign, oldest first."""
    return [_link(*row) for row in db.conn.execute(f"{_LINK} WHERE campaign_id = ? ORDER BY id", (campaign.id,))]


def revoke_link(db: Database, link: Link) -> None:
    """Close that way in; answers begun through it stay and can be finished."""
    with writing(db) as conn:
        conn.execute("UPDATE links SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", (text_of(now()), link.id))


def _link(id_: int, campaign_id: int, college: str | None, kind: str, revoked: int, used: int) -> Link:
    return Link(id_, campaign_id, college, kind, bool(revoked), bool(used))


def _found(row: _Row | None) -> _Row:
    assert row is not None  # noqa: S101  # just written or read in the same transaction
    return row
