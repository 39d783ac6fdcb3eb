"""Days and timestamps as stored in the tables: ``2026-03-31``, ISO 8601 in UTC to the second. Both sort as text."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """Return the current time, in UTC."""
    return datetime.now(UTC)


def today() -> str:
    """Return the current day in UTC, as text."""
    return now().date().isoformat()


def to_text(moment: datetime) -> str:
    """Return a timestamp as text.

    >>> to_text(datetime(2026, 3, 31, 18, tzinfo=UTC))
    '2026-03-31T18:00:00+00:00'
    """
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def moment_at(milliseconds: int) -> datetime | None:
    """Return the time ``milliseconds`` after 1970, in UTC; None if out of range (a device's clock may be wrong).

    >>> moment_at(0), moment_at(253_402_300_800_000)
    (datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), None)
    """
    try:
        return _FIRST + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None


@lru_cache(1024)
def parse_day(text: str | None) -> date | None:
    """Parse a stored day; None if missing or unreadable: a damaged date must not hide a campaign.

    >>> parse_day("2026-03-31"), parse_day("2026-13-31"), parse_day(None)
    (datetime.date(2026, 3, 31), None, None)
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


@lru_cache(1024)
def parse_timestamp(text: str | None) -> datetime | None:
    """Parse a stored timestamp; None if missing or unreadable."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def paris_day(moment: datetime) -> date:
    """Return the day of that moment in Paris.

    >>> paris_day(datetime(2026, 11, 29, 23, 30, tzinfo=UTC))
    datetime.date(2026, 11, 30)
    """
    return moment.astimezone(PARIS).date()
