"""What jobs find about territories, kept: a copy for each of them, and the last thing found for a whole page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import orjson

from storage.campaigns.campaigns import Campaign
from storage.core.damage import CampaignDamaged, damage_of
from storage.core.engine import Database
from storage.operations.jobs import Demand
from storage.operations.published_copies import Name, copies_of
from web.http.database import connection
from web.http.pages import jobs
from web.http.pages.jobs import Progress, Tell
from web.http.pages.published_pages import intact, made_or_damage

if TYPE_CHECKING:
    from scoring import Profile

T = TypeVar("T")


@dataclass(frozen=True)
class Known(Generic[T]):
    """What is known, if anything; ``made_at`` is when, if it is being made again; ``progress`` is that of the job."""

    found: T | None
    made_at: datetime | None = None
    progress: Progress | None = None


def known(demand: Demand, make: Callable[[Tell], bytes], read: Callable[[bytes], T]) -> Known[T]:
    """Return what the job of that demand has made, as ``read`` reads it; what was made before while it is at work.

    Where no process makes jobs, ``make`` makes it now.
    """
    if not jobs.are_apart():
        return Known(read(make(lambda *_said: None)))
    progress = jobs.asked(demand)
    if progress.state == "ready" and progress.content is not None:
        return Known(read(progress.content))
    former = jobs.former(demand)
    if former is None:
        return Known(None, progress=progress)
    return Known(read(former.content), former.made_at, progress)


def kept_or_computed(name: Name, compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return the JSON object of that copy, computed and kept if it is missing. It waits for nobody.

    Whatever fails is a damage of the campaign that it is about, or an outage. Raises ``CampaignDamaged``, which is kept
    too when it lasts.
    """
    copies = copies_of(connection())
    content = copies.find(name)
    if content is None:
        content, keeps = made_or_damage(lambda: (orjson.dumps(computed_or_damaged(compute)), True))
        if keeps:
            copies.keep(name, content)
    found: dict[str, Any] = orjson.loads(intact(content))
    return found


def computed_or_damaged(compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what is computed. Raises ``CampaignDamaged`` for whatever fails, unless it is an outage."""
    try:
        return compute()
    except Exception as error:  # whatever fails is a damage of this campaign, or an outage
        raise damage_of(error) from error


def profile_if_sound(db: Database, campaign: Campaign | None) -> Profile | None:
    """Return the profile of a campaign; None if there is none, or if its answers cannot be read."""
    from storage.responses.computed.profiles import campaign_profile  # scoring loads here, never where it is read

    try:
        return campaign_profile(db, campaign) if campaign else None
    except CampaignDamaged:
        return None
