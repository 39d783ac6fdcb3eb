"""The territories that may need a hand, by what is stored of their campaigns and actions. Trials are left out.

The rules, in words, are in ``docs/guide.md`` and on the page of the programme.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final, Literal

import orjson

from storage.campaigns.territories import NOT_A_TRIAL
from storage.core.engine import Database
from storage.core.timestamps import paris_day, parse_day, parse_timestamp
from storage.review.parcours.actions import running_actions

Kind = Literal["few answers", "not closed", "not opened", "not adopted", "late actions"]
Stage = Literal["prepares", "answers", "reviews", "adopted"]
STAGES: Final[tuple[Stage, ...]] = ("prepares", "answers", "reviews", "adopted")

ADOPTION_TIME: Final = timedelta(weeks=6)
"""How long after its closing a campaign may wait for its diagnostic."""

COLLECTION_TIME: Final = timedelta(weeks=4)
"""How long a campaign without a closing day is taken to last."""


@dataclass(frozen=True, slots=True)
class Concern:
    """A reason to look at a territory.

    ``campaign`` is the slug of its campaign, ``day`` what the reason is about: the day announced for the opening or the
    closing, the day of the closing, the end of the latest action. ``count`` is the number of answers, of ``expected``
    ones (None if unknown), or of late actions; ``college`` the label of the college that answers least.
    """

    kind: Kind
    territory: int
    campaign: str = ""
    day: date | None = None
    college: str = ""
    count: int = 0
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class FollowedTerritory:
    """A territory, how far it is, and the number of its last closed campaign."""

    id: int
    slug: str
    name: str
    stage: Stage
    fictional: bool = False
    closed: int | None = None


def followed_territories(db: Database) -> list[FollowedTerritory]:
    """Return every territory but trials, by name, with how far it is."""
    sql = f"""SELECT id, slug, name, fictional, EXISTS (SELECT 1 FROM campaigns WHERE territory_id = territories.id
            AND status = 'open'),
        (SELECT id FROM campaigns WHERE territory_id = territories.id AND status = 'closed'
            ORDER BY year DESC, id DESC LIMIT 1) AS last
        FROM territories WHERE {NOT_A_TRIAL} ORDER BY name_key, id"""  # noqa: S608  # ours
    adopted = {number for (number,) in db.conn.execute("SELECT DISTINCT campaign_id FROM snapshots")}
    return [
        FollowedTerritory(number, slug, name, _stage(running, last, last in adopted), bool(fictional), last)
        for number, slug, name, fictional, running, last in db.conn.execute(sql).fetchall()
    ]


def _stage(running: bool, last: int | None, adopted: bool) -> Stage:
    if running:
        return "answers"
    if last is None:
        return "prepares"
    return "adopted" if adopted else "reviews"


def stored_concerns(db: Database, today: date) -> list[Concern]:
    """Return what deserves a look on that day, the most urgent kind first, the oldest first within a kind."""
    found = (_few_answers(db, today), _late_campaigns(db, today), _without_diagnostic(db, today), _late(db, today))
    return [one for kind in found for one in sorted(kind, key=_day_of)]


def _day_of(concern: Concern) -> tuple[date, int]:
    return concern.day or date.max, concern.territory


_OPEN = f"""SELECT campaigns.id, campaigns.slug, territory_id, k, opened_at, closes_on, (SELECT
        json_group_array(json_array(position, code, label, size, target)) FROM campaign_colleges
        WHERE campaign_id = campaigns.id)
    FROM campaigns JOIN territories ON territories.id = territory_id WHERE status = 'open' AND {NOT_A_TRIAL}"""  # noqa: S608  # ours


def _few_answers(db: Database, today: date) -> Iterator[Concern]:
    """Yield the open campaigns of which a college answers too little for the time that has passed."""
    counts = _answers(db)
    for number, slug, territory, k, opened_at, closes_on, colleges in db.conn.execute(_OPEN).fetchall():
        ends = parse_day(closes_on)
        share = _elapsed(parse_timestamp(opened_at), ends, today)
        behind = [
            one
            for one in _colleges(colleges, counts.get(number, {}), k)
            if not (ends and ends < today) and _is_behind(one, share)
        ]
        if behind:
            label, count, expected, _k = min(behind, key=lambda one: one[1] / (one[2] or one[3]))
            yield Concern("few answers", territory, slug, ends, label, count, expected)


_College = tuple[str, int, int | None, int]
"""The label of a college, its answers, those expected (None if unknown) and the smallest number that is shown."""


def _colleges(written: str, counts: Mapping[str, int], k: int) -> list[_College]:
    rows = sorted(orjson.loads(written))  # by their position
    return [(label, counts.get(code, 0), target or None, k) for _position, code, label, _size, target in rows]


def _is_behind(college: _College, share: float) -> bool:
    """Whether fewer than half of the answers to be expected by now are there; too few to show, where none is."""
    _label, count, expected, k = college
    if expected is None:
        return share >= _HALF and count < k
    return share >= _QUARTER and count < expected * share / 2


_QUARTER: Final = 0.25
_HALF: Final = 0.5


def _elapsed(opened_at: Any, ends: date | None, today: date) -> float:
    """Return the share of a collection that has passed, 0 to 1."""
    began = paris_day(opened_at) if opened_at else today
    lasts = ((ends or began + COLLECTION_TIME) - began).days
    return 1.0 if lasts <= 0 else min((today - began).days / lasts, 1.0)


def _answers(db: Database) -> dict[int, dict[str, int]]:
    """Return the number of respondents by open campaign and college, as ``participation`` counts them."""
    sql = """SELECT campaign_id, college, count(*) FROM responses
        WHERE campaign_id IN (SELECT id FROM campaigns WHERE status = 'open') AND answered > 0 AND mode <> 'atelier'
        GROUP BY campaign_id, college"""
    found: dict[int, dict[str, int]] = {}
    for number, college, count in db.conn.execute(sql):
        found.setdefault(number, {})[college] = count
    return found


def _late_campaigns(db: Database, today: date) -> Iterator[Concern]:
    """Yield the campaigns that should have been closed, or opened, by now."""
    sql = f"""SELECT CASE status WHEN 'open' THEN 'not closed' ELSE 'not opened' END, territory_id, campaigns.slug,
            CASE status WHEN 'open' THEN closes_on ELSE opens_on END AS day
        FROM campaigns JOIN territories ON territories.id = territory_id
        WHERE status IN ('open', 'draft') AND day < ? AND {NOT_A_TRIAL}"""  # noqa: S608  # ours
    for kind, territory, slug, day in db.conn.execute(sql, (today.isoformat(),)):
        yield Concern(kind, territory, slug, parse_day(day))


def _without_diagnostic(db: Database, today: date) -> Iterator[Concern]:
    """Yield the last closed campaigns that have waited too long for their diagnostic."""
    sql = f"""SELECT territory_id, slug, closed_at FROM campaigns WHERE id IN (
            SELECT (SELECT id FROM campaigns WHERE territory_id = territories.id AND status = 'closed'
                ORDER BY year DESC, id DESC LIMIT 1) FROM territories WHERE {NOT_A_TRIAL})
        AND id NOT IN (SELECT campaign_id FROM snapshots)"""  # noqa: S608  # ours
    for territory, slug, closed_at in db.conn.execute(sql):
        closed = parse_timestamp(closed_at)
        if closed and today - paris_day(closed) >= ADOPTION_TIME:
            yield Concern("not adopted", territory, slug, paris_day(closed))


def _late(db: Database, today: date) -> Iterator[Concern]:
    """Yield the territories with actions that are late, as the parcours says it, and since when the first one is."""
    trials = {number for (number,) in db.conn.execute(f"SELECT id FROM territories WHERE NOT ({NOT_A_TRIAL})")}  # noqa: S608  # ours
    for territory, actions in groupby(running_actions(db), key=lambda one: one.territory_id):
        days = [since for one in actions if (since := one.plan.late_since(today))]
        if days and territory not in trials:
            yield Concern("late actions", territory, day=min(days), count=len(days))


def aimed_skills(db: Database) -> dict[int, frozenset[str]]:
    """Return the skills that the actions of each territory aim at, by its id; given up actions aim at none."""
    sql = """SELECT territory_id, skill FROM actions JOIN action_skills ON action_id = actions.id
        WHERE removed_at IS NULL AND status <> 'abandonnee'"""
    found: dict[int, set[str]] = {}
    for territory, skill in db.conn.execute(sql):
        found.setdefault(territory, set()).add(skill)
    return {territory: frozenset(skills) for territory, skills in found.items()}
