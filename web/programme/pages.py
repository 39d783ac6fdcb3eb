"""Where each territory stands, and its last published profile beside the others'."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from accounts.permissions import Action
from grille import version_rank
from restitution.chart_data.radar import Axis, answered, axes_of, grid_status, level_word, point_of, score_rows
from restitution.chart_data.table import TwinCell, point_cell
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from scoring import Profile
from storage.campaigns.accessible_territories import AccessibleTerritory
from storage.campaigns.campaigns import Campaign
from storage.campaigns.territories import Territory
from storage.core.engine import Database
from storage.responses.profiles import campaign_profile
from storage.review.parcours import actions_of
from storage.review.snapshots import latest_snapshot
from web.http.access import may
from web.http.damaged_campaigns import compute_or_leave_out


@dataclass(frozen=True)
class TerritoryStatus:
    """One territory: its last waves, what was adopted, how many actions it has."""

    territory: Territory
    open: Campaign | None
    last: Campaign | None
    adopted: int | None
    actions: int

    @property
    def words(self) -> list[str]:
        """Where it stands, as short sentences: what runs, what is known, what follows."""
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


def territory_statuses(db: Database, territories: Iterable[AccessibleTerritory]) -> list[TerritoryStatus]:
    """Where each of these territories stands, in their order."""
    return [_territory_status(db, accessible) for accessible in territories]


def _territory_status(db: Database, accessible: AccessibleTerritory) -> TerritoryStatus:
    running = next((one for one in accessible.campaigns if one.status == "open"), None)
    last = next((one for one in accessible.campaigns if one.status == "closed"), None)
    snapshot = latest_snapshot(db, last) if last else None
    actions = len(actions_of(db, accessible.territory))
    return TerritoryStatus(accessible.territory, running, last, snapshot.number if snapshot else None, actions)


@dataclass(frozen=True)
class TerritoryRow:
    """A territory's last profile: a cell per family, who answered, on which version of the grid."""

    status: TerritoryStatus
    cells: tuple[TwinCell, ...]
    answered: str
    grid: str


@dataclass(frozen=True)
class SideBySide:
    """Territories assessed with the same grid, whatever its version; the families of its newest one."""

    title: str
    axes: tuple[Axis, ...]
    rows: tuple[TerritoryRow, ...]

    @property
    def versions(self) -> int:
        """How many versions of the grid stand in the table."""
        return len({row.grid for row in self.rows})


def tables(db: Database, statuses: Sequence[TerritoryStatus]) -> list[SideBySide]:
    """A table per grid, of the territories whose closed results may be seen; a table of one compares nothing."""
    seen = [(one, one.last) for one in statuses if one.last and may(Action.SEE_CLOSED_RESULTS, one.territory)]
    computed = [(one, compute_or_leave_out(last, partial(campaign_profile, db, last))) for one, last in seen]
    known = [(one, profile) for one, profile in computed if profile]
    grids = dict.fromkeys(profile.grid.id for _one, profile in known)
    groups = ([(one, profile) for one, profile in known if profile.grid.id == grid] for grid in grids)
    return [_side_by_side(group) for group in groups if len(group) > 1]


def _side_by_side(group: Sequence[tuple[TerritoryStatus, Profile]]) -> SideBySide:
    newest = max((profile.grid for _one, profile in group), key=lambda grid: version_rank(grid.version))
    axes = axes_of(newest)
    rows = [one.last and compute_or_leave_out(one.last, partial(_row, one, profile, axes)) for one, profile in group]
    return SideBySide(newest.title, axes, tuple(row for row in rows if row))


def _row(status: TerritoryStatus, profile: Profile, axes: Sequence[Axis]) -> TerritoryRow:
    return TerritoryRow(status, _cells(profile, axes), answered(profile), grid_status(profile.grid))


def _cells(profile: Profile, axes: Sequence[Axis]) -> tuple[TwinCell, ...]:
    known = score_rows(profile)
    points = (point_of(known.get(axis.code), profile) for axis in axes)
    return tuple(
        point_cell(point, "" if point.value is None else level_word(point.value, profile.grid.levels))
        for point in points
    )
