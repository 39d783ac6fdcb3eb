"""The status of each territory, and its last published profile beside the others'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.permissions import Action
from grille import version_rank
from restitution.chart_data.radar import Axis, axes_of
from restitution.chart_data.table import TwinCell
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from storage.campaigns.accessible_territories import MOST_CAMPAIGNS
from storage.campaigns.campaigns import Campaign, latest_campaigns
from storage.campaigns.territories import Territory
from storage.core.damage import UNREADABLE, unreadable_grid
from storage.core.engine import Database
from storage.review.territory_status import action_counts, adopted_versions
from web.http.pages.damaged_campaigns import leave_out, mark_damaged
from web.http.pages.jobs import Progress
from web.http.security.access import may
from web.programme.profile_rows import KnownRows, ProfileRow, known_rows


@dataclass(frozen=True)
class TerritoryStatus:
    """The status of a territory: its last campaigns, what was adopted, how many actions it has."""

    territory: Territory
    open: Campaign | None
    last: Campaign | None
    adopted: int | None
    actions: int

    @property
    def words(self) -> list[str]:
        """The status as short sentences: what is running, what is known, what comes next."""
        said = []
        if self.open:
            said.append(_("Collecte en cours : %(name)s", name=self.open.name))
        if self.last is None:
            said.append(_("Pas encore de résultats"))
            return said
        said.append(_("Derniers résultats : %(year)s, %(state)s", year=self.last.year, state=self._state))
        said.append(_("Diagnostic adopté") if self.adopted else _("Diagnostic pas encore adopté"))
        said.append(self._plan)
        return said

    @property
    def _state(self) -> str:
        return _("publiés") if self.last and self.last.published_at else _("pas encore publiés")

    @property
    def _plan(self) -> str:
        if not self.actions:
            return _("Parcours à écrire")
        return ngettext("%(n)s action au parcours", "%(n)s actions au parcours", self.actions)


def territory_statuses(db: Database, places: Sequence[Territory]) -> list[TerritoryStatus]:
    """Return the status of each of these territories, in their order; campaigns known to be damaged are said."""
    numbers = [place.id for place in places]
    latest = latest_campaigns(db, numbers, "status IN ('open', 'closed')", MOST_CAMPAIGNS, by_status=True)
    mark_damaged(one for found in latest.values() for one in found)
    closed = {number: _in(found, "closed") for number, found in latest.items()}
    adopted = adopted_versions(db, [last for last in closed.values() if last])
    actions = action_counts(db, numbers)
    return [
        _territory_status(place, _in(latest[place.id], "open"), closed[place.id], adopted, actions) for place in places
    ]


def _in(found: Iterable[Campaign], state: str) -> Campaign | None:
    return next((one for one in found if one.status == state), None)


def _territory_status(
    place: Territory,
    running: Campaign | None,
    last: Campaign | None,
    adopted: Mapping[int, int],
    actions: Mapping[int, int],
) -> TerritoryStatus:
    return TerritoryStatus(place, running, last, adopted.get(last.id) if last else None, actions[place.id])


@dataclass(frozen=True)
class TerritoryRow:
    """A territory's last profile: a cell per family, who answered, on which version of the grid.

    ``made_at`` is when it was made, if something has changed since. A row that is still awaited has no cell.
    """

    status: TerritoryStatus
    cells: tuple[TwinCell, ...] = ()
    answered: str = ""
    grid: str = ""
    recomputed: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True)
class SideBySide:
    """Territories assessed with versions of the same grid, and the families of the newest version."""

    title: str
    axes: tuple[Axis, ...]
    rows: tuple[TerritoryRow, ...]

    @property
    def versions(self) -> int:
        """The number of versions of the grid in the table."""
        return len({row.grid for row in self.rows if row.cells})


@dataclass(frozen=True)
class TerritoryTables:
    """A table per grid; ``progress`` is that of the job which makes what is missing, if any."""

    tables: tuple[SideBySide, ...]
    progress: Progress | None


def territory_tables(db: Database, statuses: Sequence[TerritoryStatus]) -> TerritoryTables:
    """Return a table per grid, of the territories whose results may be seen; grids of one territory are left out."""
    seen = [(one, one.last) for one in statuses if one.last and may(Action.SEE_CLOSED_RESULTS, one.territory)]
    groups = _by_grid([(one, last) for one, last in seen if _is_readable(last)])
    known = known_rows(db, [last for group in groups for _one, last in group])
    shown = [(one, last) for group in groups for one, last in group if known.has(last)]
    return TerritoryTables(tuple(_side_by_side(group, known) for group in _by_grid(shown)), known.progress)


def _is_readable(campaign: Campaign) -> bool:
    """Whether its grid can be read; it is left out of the page otherwise."""
    if campaign.grid is UNREADABLE:
        leave_out(campaign, unreadable_grid())
    return campaign.grid is not UNREADABLE


def _by_grid(seen: Sequence[tuple[TerritoryStatus, Campaign]]) -> list[list[tuple[TerritoryStatus, Campaign]]]:
    """Return them by grid, without the grids of one territory."""
    grids = dict.fromkeys(last.grid.id for _one, last in seen)
    groups = ([(one, last) for one, last in seen if last.grid.id == id_] for id_ in grids)
    return [group for group in groups if len(group) > 1]


def _side_by_side(group: Sequence[tuple[TerritoryStatus, Campaign]], known: KnownRows) -> SideBySide:
    newest = max((last.grid for _one, last in group), key=lambda grid: version_rank(grid.version))
    axes = axes_of(newest)
    return SideBySide(newest.title, axes, tuple(_row(one, known.rows.get(last.id), axes) for one, last in group))


def _row(status: TerritoryStatus, known: ProfileRow | None, axes: Sequence[Axis]) -> TerritoryRow:
    if known is None:
        return TerritoryRow(status)
    cells = tuple(known.cells.get(axis.code, known.other) for axis in axes)
    return TerritoryRow(status, cells, known.answered, known.grid, known.recomputed, known.made_at)
