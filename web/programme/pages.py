"""The status of each territory, and its last published profile beside the others'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import partial
from typing import Any

import orjson

from accounts.permissions import Action
from grille import Grid, version_rank
from restitution.chart_data.captions import answered, grid_status
from restitution.chart_data.radar import Axis, axes_of, point_of, score_rows
from restitution.chart_data.table import TwinCell, point_cell
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from storage.campaigns.accessible_territories import AccessibleTerritory
from storage.campaigns.campaigns import Campaign, latest_campaigns
from storage.campaigns.territories import Territory
from storage.core.damage import UNREADABLE, damage_of, unreadable_grid
from storage.core.engine import Database
from storage.operations.published_copies import Name, revisions_of
from storage.review.territory_status import action_counts, adopted_versions
from web.http.language import reader
from web.http.pages.damaged_campaigns import compute_or_leave_out
from web.http.pages.published_pages import code_version, find_or_make
from web.http.pages.recomputed_campaigns import notice_of
from web.http.security.access import may


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


def territory_statuses(db: Database, territories: Iterable[AccessibleTerritory]) -> list[TerritoryStatus]:
    """Return the status of each of these territories, in their order."""
    places = [accessible.territory for accessible in territories]
    numbers = [place.id for place in places]
    running, closed = (latest_campaigns(db, numbers, f"status = '{state}'", most=1) for state in ("open", "closed"))
    adopted = adopted_versions(db, [last for found in closed.values() for last in found])
    actions = action_counts(db, numbers)
    return [
        _territory_status(
            place, next(iter(running[place.id]), None), next(iter(closed[place.id]), None), adopted, actions
        )
        for place in places
    ]


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
    """A territory's last profile: a cell per family, who answered, on which version of the grid."""

    status: TerritoryStatus
    cells: tuple[TwinCell, ...]
    answered: str
    grid: str
    recomputed: str


@dataclass(frozen=True)
class SideBySide:
    """Territories assessed with versions of the same grid, and the families of the newest version."""

    title: str
    axes: tuple[Axis, ...]
    rows: tuple[TerritoryRow, ...]

    @property
    def versions(self) -> int:
        """The number of versions of the grid in the table."""
        return len({row.grid for row in self.rows})


@dataclass(frozen=True)
class _Kept:
    """What is kept of a campaign's profile for the table: a cell per family, one for the families of other grids."""

    cells: dict[str, TwinCell]
    other: TwinCell
    answered: str
    grid: str
    recomputed: str


def side_by_side_tables(db: Database, statuses: Sequence[TerritoryStatus]) -> list[SideBySide]:
    """Return a table per grid, of the territories whose results may be seen; grids of one territory are left out."""
    seen = [(one, one.last) for one in statuses if one.last and may(Action.SEE_CLOSED_RESULTS, one.territory)]
    revisions = revisions_of(db, [one.territory.id for one, _last in seen])
    read = [(one, last.grid, compute_or_leave_out(last, partial(_kept, db, last, revisions))) for one, last in seen]
    known = [(one, grid, kept) for one, grid, kept in read if kept]
    grids = dict.fromkeys(grid.id for _one, grid, _kept in known)
    groups = ([(one, grid, kept) for one, grid, kept in known if grid.id == id_] for id_ in grids)
    return [_side_by_side(group) for group in groups if len(group) > 1]


def _side_by_side(group: Sequence[tuple[TerritoryStatus, Grid, _Kept]]) -> SideBySide:
    newest = max((grid for _one, grid, _kept in group), key=lambda grid: version_rank(grid.version))
    axes = axes_of(newest)
    rows = (_row(one, kept, axes) for one, _grid, kept in group)
    return SideBySide(newest.title, axes, tuple(rows))


def _row(status: TerritoryStatus, kept: _Kept, axes: Sequence[Axis]) -> TerritoryRow:
    cells = tuple(kept.cells.get(axis.code, kept.other) for axis in axes)
    return TerritoryRow(status, cells, kept.answered, kept.grid, kept.recomputed)


def _kept(db: Database, campaign: Campaign, revisions: Mapping[int, str]) -> _Kept:
    """The row of a campaign: computed once, then read from a copy until something changes in its territory.

    Raises ``CampaignDamaged``; that it cannot be computed is kept too.
    """
    if campaign.grid is UNREADABLE:  # found too late otherwise: the copy may be there
        raise unreadable_grid()
    place = campaign.territory.id
    name = Name(place, revisions[place], (code_version(), reader(), "side by side", campaign.id))
    written = orjson.loads(find_or_make(name, lambda: (orjson.dumps(_computed_or_damaged(db, campaign)), True)))
    cells = {code: TwinCell(*cell) for code, cell in written["cells"].items()}
    return _Kept(cells, TwinCell(*written["other"]), written["answered"], written["grid"], written["recomputed"])


def _computed_or_damaged(db: Database, campaign: Campaign) -> dict[str, Any]:
    try:
        return _computed(db, campaign)
    except Exception as error:  # whatever fails is a damage of this campaign, or an outage
        raise damage_of(error) from error


def _computed(db: Database, campaign: Campaign) -> dict[str, Any]:
    from storage.responses.computed.profiles import campaign_profile  # scoring loads here, never where the row is kept

    profile = campaign_profile(db, campaign)
    known = score_rows(profile)
    points = {axis.code: point_of(known.get(axis.code), profile) for axis in axes_of(profile.grid)}
    words = {code: at.word(profile.grid.levels) for code, at in points.items()}
    return {
        "cells": {code: astuple(point_cell(at, words[code])) for code, at in points.items()},
        "other": astuple(point_cell(point_of(None, profile))),
        "answered": answered(profile),
        "grid": grid_status(profile.grid),
        "recomputed": notice_of(campaign, {campaign: str(campaign.year)}).short,
    }
