"""The territories that may need a hand: found by a job, kept until something changes, at most for an hour.

What is kept has no sentence: ``reasons`` words it for each reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

import orjson

from grille.messages import message as _
from storage.campaigns.campaigns import Campaign, campaign_by_id, previous_campaign
from storage.core.alphabet import name_key, needles
from storage.core.damage import CampaignDamaged
from storage.core.engine import Database
from storage.core.pages import Page, Position, page_among
from storage.core.revisions import COUNTRY, current_revision
from storage.core.timestamps import now, paris_day
from storage.operations.jobs import Demand, Job
from storage.operations.published_copies import Name, revisions_of
from storage.programme.concerns import (
    STAGES,
    FollowedTerritory,
    Stage,
    aimed_skills,
    followed_territories,
    stored_concerns,
)
from web.http.database import connection
from web.http.pages import jobs
from web.http.pages.jobs import Tell
from web.http.pages.published_pages import code_version
from web.programme.kept_findings import Known, kept_or_computed, known, profile_if_sound
from web.programme.reasons import KINDS, Reason

if TYPE_CHECKING:
    from scoring import Profile

KIND: Final = "attention"
_SHARES: Final = 20
"""Steps in which the work is said: each of them is written in the database."""


@dataclass(frozen=True)
class TerritoryInNeed:
    """A territory with the reasons to look at it, the most urgent first."""

    id: int
    slug: str
    name: str
    fictional: bool
    reasons: tuple[Reason, ...]

    @property
    def rank(self) -> tuple[int, date, str]:
        """Where it stands: by the kind of its first reason, then the earliest day."""
        first = self.reasons[0]
        return KINDS.index(first.kind), first.day or date.max, self.name

    @property
    def written(self) -> list[Any]:
        """The values to keep."""
        return [self.id, self.slug, self.name, self.fictional, [reason.written for reason in self.reasons]]

    @classmethod
    def read(cls, written: Sequence[Any]) -> Self:
        """Return the territory of the values that were kept."""
        number, slug, name, fictional, reasons = written
        return cls(number, slug, name, fictional, tuple(map(Reason.read, reasons)))


class _Kept(NamedTuple):
    """A territory as it is kept: read whole only where it is shown."""

    id: int
    name: str
    written: Sequence[Any]

    @classmethod
    def of(cls, written: Sequence[Any]) -> Self:
        """Return the territory of the values that were kept."""
        number, _slug, name, *_others = written
        return cls(number, name, written)


@dataclass(frozen=True)
class Attention:
    """Who needs a hand, the most urgent first, and how many territories are at each stage; on ``day``.

    ``stages`` has, for each, how many territories there are and how many of them need a hand. ``unread`` counts those
    whose results cannot be computed: they are named by what is stored alone.
    """

    day: date
    stages: Mapping[Stage, tuple[int, int]]
    needy: Sequence[Sequence[Any]]
    unread: int

    @property
    def total(self) -> int:
        """The number of territories."""
        return sum(count for count, _needy in self.stages.values())

    def first(self, most: int) -> list[TerritoryInNeed]:
        """Return the most urgent territories, at most so many."""
        return list(map(TerritoryInNeed.read, self.needy[:most]))

    def page(self, typed: str, position: Position) -> Page[TerritoryInNeed]:
        """Return a page of those whose name matches what was typed. Raises ``PositionGone``."""
        wanted = needles(typed)
        found = [
            one for one in map(_Kept.of, self.needy) if all(needle in f"{name_key(one.name)} " for needle in wanted)
        ]
        return page_among(found, position).map(lambda one: TerritoryInNeed.read(one.written))


def find_attention() -> Known[Attention]:
    """Return who needs a hand, as a job found it."""
    return known(demand(), _found, _read)


def demand() -> Demand:
    """Return the job that finds it. Its key changes with any result, and each hour: answers come, days pass."""
    hour = now().strftime("%Y-%m-%dT%H")
    return Demand(KIND, jobs.key_about("attention", (code_version(), current_revision(connection(), COUNTRY), hour)))


def attention_now(tell: Tell) -> Attention:
    """Find who needs a hand now, whatever is kept."""
    return _read(_found(tell))


def make_attention(_job: Job, tell: Tell) -> bytes:
    """Find who needs a hand now."""
    return _found(tell)


def _found(tell: Tell) -> bytes:
    db, today = connection(), paris_day(now())
    places = followed_territories(db)
    reasons, unread = _computed(db, places, tell)
    for one in stored_concerns(db, today):
        colleges = (one.college,) if one.college else ()
        reason = Reason(one.kind, one.campaign, one.day, one.count, one.expected, colleges)
        reasons.setdefault(one.territory, []).append(reason)
    needy = sorted((_in_need(one, reasons[one.id]) for one in places if reasons.get(one.id)), key=lambda one: one.rank)
    known = {one.id for one in needy}
    stages = {stage: [one.id for one in places if one.stage == stage] for stage in STAGES}
    counts = {stage: (len(numbers), len(known.intersection(numbers))) for stage, numbers in stages.items()}
    kept = {"day": today, "stages": counts, "needy": [one.written for one in needy], "unread": unread}
    return orjson.dumps(kept)


def _in_need(place: FollowedTerritory, reasons: list[Reason]) -> TerritoryInNeed:
    ordered = tuple(sorted(reasons, key=lambda one: one.rank))
    return TerritoryInNeed(place.id, place.slug, place.name, place.fictional, ordered)


def _read(content: bytes) -> Attention:
    kept = orjson.loads(content)
    return Attention(date.fromisoformat(kept["day"]), kept["stages"], kept["needy"], kept["unread"])


def _computed(db: Database, places: list[FollowedTerritory], tell: Tell) -> tuple[dict[int, list[Reason]], int]:
    """Return the reasons that the last results give, by territory; and how many results cannot be computed."""
    closed = [one for one in places if one.closed is not None]
    revisions, aimed = revisions_of(db, [one.id for one in closed]), aimed_skills(db)
    reasons: dict[int, list[Reason]] = {}
    unread = 0
    for done, one in enumerate(closed):
        if done * _SHARES % len(closed) < _SHARES:
            tell(done, len(closed), _("Les résultats de %(place)s se lisent.", place=one.name))
        try:
            said = _last_results(db, one, revisions[one.id])
        except CampaignDamaged:
            unread += 1
            continue
        reasons[one.id] = _of_results(one, said, aimed.get(one.id, frozenset()))
    return reasons, unread


def _of_results(place: FollowedTerritory, said: Mapping[str, Any], aimed: frozenset[str]) -> list[Reason]:
    found = []
    if said["falls"]:
        found.append(Reason("falls", said["slug"], count=said["since"], names=tuple(said["falls"])))
    forgotten = [code for code in said["weak"] if code not in aimed]
    if place.stage == "adopted" and forgotten:
        found.append(Reason("forgotten", said["slug"], count=len(forgotten)))
    return found


def _last_results(db: Database, place: FollowedTerritory, revision: str) -> dict[str, Any]:
    """Return what the last results of a territory say. Raises ``CampaignDamaged``."""
    name = Name(place.id, revision, (code_version(), KIND, place.closed))
    return kept_or_computed(name, lambda: _said(db, campaign_by_id(db, place.closed or 0)))


def _said(db: Database, campaign: Campaign | None) -> dict[str, Any]:
    """Return the families of the territory that clearly fall, since which year, and its weak skills."""
    from restitution.findings.change.parcours_progress import weak_skills
    from storage.responses.computed.profiles import campaign_profile  # scoring loads here, never where it is read

    if campaign is None:  # deleted meanwhile
        return {"slug": "", "falls": [], "since": 0, "weak": []}
    profile = campaign_profile(db, campaign)
    before = previous_campaign(db, campaign)
    weak = weak_skills(profile, {one.code: one.label for one in campaign.colleges})
    return {
        "slug": campaign.slug,
        "falls": _falling(profile_if_sound(db, before), profile),
        "since": before.year if before else 0,
        "weak": [one.skill.code for one in weak],
    }


def _falling(before: Profile | None, profile: Profile) -> list[str]:
    """Return the titles of the families whose territory score clearly falls; none if the year before is damaged."""
    from restitution.findings.change.changes import changes, of_territory
    from restitution.text.sentences import DOWN

    moved = of_territory(changes(before, profile)) if before else []
    return [one.axis.title for one in moved if one.verdict == DOWN]
