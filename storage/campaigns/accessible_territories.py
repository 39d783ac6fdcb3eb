"""The territories that a person or the public can see, with their campaigns, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from accounts.permissions import LABELS, Action, HeldRole, Role, roles_on, territories_where
from storage.campaigns.campaigns import Campaign, campaign_page, latest_campaigns
from storage.campaigns.territories import NOT_A_TRIAL, Territory, territory_by_slug, territory_page
from storage.core.engine import Database
from storage.core.pages import FIRST, Page, Position, PositionGone, as_json

MOST_CAMPAIGNS = 4
"""Campaigns shown of each territory of a list; the others are on the page of that territory alone."""


@dataclass(frozen=True, slots=True)
class AccessibleTerritory:
    """A territory, the roles held there and its latest campaigns, newest first; ``more`` if there are others."""

    territory: Territory
    roles: tuple[str, ...]
    campaigns: tuple[Campaign, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """What someone may see: the territories of these ids (None means all) and a condition on their campaigns.

    ``territories`` and ``campaigns`` are conditions in SQL. Trials are left out, unless ``with_trials``.
    """

    grants: tuple[HeldRole, ...]
    where: frozenset[int] | None
    territories: str = "TRUE"
    campaigns: str = "TRUE"
    with_trials: bool = False

    @property
    def shown(self) -> str:
        """The condition in SQL on territories, trials among them or not."""
        return self.territories if self.with_trials else f"({self.territories}) AND {NOT_A_TRIAL}"


def followed_scope(grants: Iterable[HeldRole]) -> Scope:
    """Return the scope of the territories whose collection these roles may follow."""
    grants = tuple(grants)
    return Scope(grants, territories_where(grants, Action.FOLLOW_COLLECTION))


def followed_with_trials(grants: Iterable[HeldRole]) -> Scope:
    """Return the scope of the same territories, and of those on which their pilots try everything."""
    return replace(followed_scope(grants), with_trials=True)


def published_scope() -> Scope:
    """Return the scope of the public: territories with published results, and these campaigns only."""
    return Scope((), None, "published", "published_at IS NOT NULL AND status = 'closed'")


def projected_scope(grants: Iterable[HeldRole]) -> Scope:
    """Return the scope of the campaigns whose results these roles may project, published or not."""
    grants = tuple(grants)
    held = territories_where(grants, Action.SEE_CLOSED_RESULTS)
    if held is None:
        return Scope(grants, None, "closed", "status = 'closed'")
    mine = f"(SELECT value FROM json_each('{as_json(held)}'))"  # noqa: S608  # numbers
    seen = f"(published_at IS NOT NULL OR territory_id IN {mine})"
    shown = f"published OR closed AND territories.id IN {mine}"
    return Scope(grants, None, shown, f"status = 'closed' AND {seen}")


def territories_shown(
    db: Database, scope: Scope, typed: str = "", position: Position = FIRST
) -> Page[AccessibleTerritory]:
    """Return a page of the territories of a scope by name; ``typed`` filters by name. Raises ``PositionGone``."""
    page = territory_page(db, scope.where, typed, position, shown=scope.shown)
    latest = latest_campaigns(db, [one.id for one in page.rows], scope.campaigns, MOST_CAMPAIGNS + 1)
    return page.map(lambda one: _accessible(one, scope, latest[one.id]))


def _accessible(territory: Territory, scope: Scope, latest: tuple[Campaign, ...]) -> AccessibleTerritory:
    shown = latest[:MOST_CAMPAIGNS]
    return AccessibleTerritory(territory, _roles(scope.grants, territory), shown, len(latest) > MOST_CAMPAIGNS)


def territory_shown(db: Database, scope: Scope, slug: str, position: Position = FIRST) -> Page[AccessibleTerritory]:
    """Return the territory of that slug alone, with a page of its campaigns, latest first.

    Raises ``PositionGone``, also when the scope shows nothing of that territory.
    """
    territory = territory_by_slug(db, slug)
    if territory is None or not (scope.where is None or territory.id in scope.where):
        raise PositionGone
    if territory.trial_of is not None and not scope.with_trials:
        raise PositionGone
    page = campaign_page(db, territory, scope.campaigns, position)
    if not page.rows and scope.campaigns != "TRUE":
        raise PositionGone
    return page.with_rows((AccessibleTerritory(territory, _roles(scope.grants, territory), page.rows),))


def _roles(grants: Iterable[HeldRole], territory: Territory) -> tuple[str, ...]:
    held = roles_on(grants, territory.id)
    return tuple(LABELS[role] for role in Role if role in held and role is not Role.ANYONE)
