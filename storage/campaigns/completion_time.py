"""Completion time: one number per campaign, kept at its closing, when the timestamps of answers are erased."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

import orjson

from storage.campaigns.territories import OF_A_TRIAL
from storage.core.engine import Database

if TYPE_CHECKING:
    import sqlite3

FEWEST_ANSWERS: Final = 5
"""The fewest timed answers by which a response counts."""

LONGEST_SECONDS: Final = 3600
"""From the first answer to the last; beyond, somebody stopped and came back, and time away is not time spent."""

MOST_CAMPAIGNS: Final = 200
"""The latest closed campaigns that tell how long a questionnaire takes: more would change it by nothing."""

# Phones in a workshop follow the pace of the group.
_TIMED = """SELECT document FROM responses
    WHERE campaign_id = ? AND mode = 'individuel' AND answered > 0 AND submitted_on IS NOT NULL
        AND id NOT IN (SELECT response_id FROM workshop_phones)"""


def seconds_per_answer(stamps: Collection[int]) -> float | None:
    """Return the seconds per answer of one response, from its timestamps in milliseconds.

    None if fewer than ``FEWEST_ANSWERS`` are timed, or if they span more than ``LONGEST_SECONDS``. The first answer is
    not timed, nor are answers saved together with it: without script, a page is saved as a whole.

    >>> seconds_per_answer([0, 20_000, 40_000, 60_000, 80_000, 100_000])
    20.0
    >>> seconds_per_answer([0, 0, 0, 90_000, 90_000, 90_000, 150_000, 150_000])
    30.0
    """
    first = min(stamps, default=0)
    timed = sum(stamp > first for stamp in stamps)
    seconds = (max(stamps, default=0) - first) / 1000
    return seconds / timed if timed >= FEWEST_ANSWERS and seconds <= LONGEST_SECONDS else None


def measured_completion_time(conn: "sqlite3.Connection", campaign_id: int, k: int) -> int | None:
    """Return the median of the submitted responses, in whole seconds per answer; None if fewer than ``k`` are timed."""
    documents = (orjson.loads(document) for (document,) in conn.execute(_TIMED, (campaign_id,)))
    durations = [
        seconds
        for document in documents
        if (seconds := seconds_per_answer(document.get("stamps", {}).values())) is not None
    ]
    return max(1, _median(durations)) if len(durations) >= k else None


def usual_completion_time(db: Database, grid_id: str, form: str, *, retrospective: bool) -> int | None:
    """Return the median seconds per answer of the last closed campaigns with that grid and form; None if none.

    Any version of the grid counts; trials do not.
    """
    sql = f"""SELECT pace_seconds FROM campaigns WHERE pace_seconds IS NOT NULL AND form = ? AND retrospective = ?
        AND grid_id IN (SELECT id FROM grids WHERE grid = ?) AND NOT {OF_A_TRIAL}
        ORDER BY closed_at DESC LIMIT ?"""  # noqa: S608  # ours
    durations = [seconds for (seconds,) in db.conn.execute(sql, (form, int(retrospective), grid_id, MOST_CAMPAIGNS))]
    return _median(durations) if durations else None


def _median(durations: Collection[float]) -> int:
    """Return the whole number next to the median."""
    from statistics import median  # never where people only answer

    return round(median(durations))
