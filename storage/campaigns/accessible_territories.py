"""The territories that a person or the public can see, with their campaigns."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.permissions import LABELS, Action, HeldRole, Role, allowed, may_see_results, roles_on
from storage.campaigns.campaigns import Campaign, all_campaigns
from storage.campaigns.territories import Territory, all_territories
from storage.core.engine import Database


@dataclass(frozen=True, slots=True)
class AccessibleTerritory:
    """A territory, the roles held there, and its campaigns, latest first."""

    territory: Territory
    roles: tuple[str, ...]
    campaigns: tuple[Campaign, ...]


def accessible_territories(db: Database, grants: Iterable[HeldRole]) -> list[AccessibleTerritory]:
    """The territories whose collection someone may follow, by name."""
    grants = tuple(grants)
    followed = [one for one in all_territories(db) if allowed(grants, Action.FOLLOW_COLLECTION, one.id)]
    campaigns = all_campaigns(db)
    return [AccessibleTerritory(one, _roles(grants, one), _of(one, campaigns)) for one in followed]


def published_territories(db: Database) -> list[AccessibleTerritory]:
    """Return the territories with published results, with these campaigns only."""
    published = [campaign for campaign in all_campaigns(db) if campaign.published_at]
    territories = dict.fromkeys(campaign.territory for campaign in published)
    return [AccessibleTerritory(one, (), _of(one, published)) for one in territories]


def projected_territories(db: Database, grants: Iterable[HeldRole]) -> list[AccessibleTerritory]:
    """The territories that have results to project, with the campaigns that someone may see: published or not."""
    grants = tuple(grants)
    seen = [campaign for campaign in all_campaigns(db) if _seen(grants, campaign)]
    territories = dict.fromkeys(campaign.territory for campaign in seen)
    return [AccessibleTerritory(one, (), _of(one, seen)) for one in territories]


def _seen(grants: Iterable[HeldRole], campaign: Campaign) -> bool:
    closed, published = campaign.status == "closed", campaign.published_at is not None
    return may_see_results(grants, campaign.territory.id, closed=closed, published=published)


def _of(territory: Territory, campaigns: Iterable[Campaign]) -> tuple[Campaign, ...]:
    mine = [campaign for campaign in campaigns if campaign.territory == territory]
    return tuple(sorted(mine, key=lambda one: (one.year, one.id), reverse=True))


def _roles(grants: Iterable[HeldRole], territory: Territory) -> tuple[str, ...]:
    held = roles_on(grants, territory.id)
    return tuple(LABELS[role] for role in Role if role in held and role is not Role.ANYONE)
