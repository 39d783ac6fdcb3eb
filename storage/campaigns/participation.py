"""Participation as it may be shown: exact while the campaign is open, hidden below k people afterwards.

Everything that shows a number of answers by college must use this module; ``campaigns.participation`` gives the exact
numbers to the rules.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from storage.campaigns.campaigns import Campaign, participation
from storage.campaigns.territories import Territory
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import parse_day


def has_collected(db: Database, territory: Territory) -> bool:
    """Return whether a campaign of that territory is open, or was."""
    sql = "SELECT EXISTS (SELECT 1 FROM campaigns WHERE territory_id = ? AND status <> 'draft')"
    return bool(single_value(db.conn.execute(sql, (territory.id,))))


def shown_participation(db: Database, campaign: Campaign) -> dict[str, int | None]:
    """Return the number of respondents of each college; None for fewer than k once the campaign is closed."""
    counts = participation(db, campaign)
    if campaign.status != "closed":
        return dict(counts)
    return {code: count if count >= campaign.k else None for code, count in counts.items()}


def shown_total(counts: Mapping[str, int | None]) -> int | None:
    """Return the sum; None if a college is hidden, since the total would reveal its number.

    >>> shown_total({"elus": 7, "agents": 0}), shown_total({"elus": 7, "agents": None})
    (7, None)
    """
    known = [count for count in counts.values() if count is not None]
    return sum(known) if len(known) == len(counts) else None


def sent_by_day(db: Database, campaign: Campaign) -> dict[str, dict[date, int]]:
    """Return how many responses of each college were sent each day, for ``points``: no page shows these numbers."""
    sql = """SELECT college, submitted_on, count(*) FROM responses WHERE campaign_id = ? AND answered > 0
        AND mode <> 'atelier' AND submitted_on IS NOT NULL GROUP BY college, submitted_on ORDER BY submitted_on"""
    found: dict[str, dict[date, int]] = {college.code: {} for college in campaign.colleges}
    for code, day, count in db.conn.execute(sql, (campaign.id,)):
        if (sent := parse_day(day)) and code in found:
            found[code][sent] = count
    return found


def points(days: Mapping[date, int], k: int, today: date) -> Iterator[tuple[date, int]]:
    """Yield the days at which the total of a college is shown, with it.

    A day is shown only when the college gained at least ``k`` since the point before; otherwise its week is, on its
    Sunday, once it is over. A week without any is not.

    >>> monday = date(2026, 11, 2)
    >>> days = {monday: 5, date(2026, 11, 3): 2, date(2026, 11, 10): 4, date(2026, 11, 11): 1}
    >>> [(day.day, total) for day, total in points(days, 5, date(2026, 11, 12))]
    [(2, 5), (8, 7), (11, 12)]
    """
    total, shown = 0, 0
    ordered = sorted(days)
    for day, following in zip(ordered, [*ordered[1:], None], strict=False):
        total += days[day]
        sunday = day + timedelta(days=6 - day.weekday())
        if total - shown >= k and day < today:
            yield day, total
            shown = total
        elif total > shown and sunday < today and (following is None or following > sunday):
            yield sunday, total
            shown = total
