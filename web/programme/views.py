"""The pages about several territories: the status of each, and the quality of a version of the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Redirection

from accounts.permissions import Action
from grille import Grid
from restitution.text.language import reason
from storage.campaigns.accessible_territories import followed_scope
from storage.grids.library import default_grid, find_grid
from web.http.database import connection
from web.http.pages.damaged_campaigns import leave_out
from web.http.pages.lists import show_territories
from web.http.security.guards import for_everywhere, signed_in
from web.programme.pages import side_by_side_tables, territory_statuses

if TYPE_CHECKING:
    from restitution.findings.method.instrument import InstrumentView
    from scoring import Instrument

blueprint = Blueprint("programme", __name__)

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@blueprint.get("/grilles/<grid>/<version>/instrument")
@for_everywhere(Action.JUDGE_GRID)
def instrument(grid: str, version: str) -> str:
    """Show the questions to review with their figures; or why the grid cannot be judged yet."""
    judged = _judged(grid, version)
    from restitution.findings.method.instrument import (
        InstrumentView,  # scoring loads here, never where people only answer
    )
    from storage.responses.computed.programme_instrument import TooFewTerritories, grid_instrument

    try:
        return _page(judged, view=InstrumentView(grid_instrument(connection(), judged, leave_out)))
    except TooFewTerritories as refusal:
        return _page(judged, refusal=reason(refusal))


@blueprint.get("/grilles/<grid>/<version>/instrument.<suffix>")
@for_everywhere(Action.JUDGE_GRID)
def instrument_file(grid: str, version: str, suffix: str) -> Response | tuple[str, int]:
    """Download every figure, as CSV or JSON."""
    judged = _judged(grid, version)
    if suffix not in TYPES:
        abort(404)
    from storage.responses.computed.programme_instrument import TooFewTerritories, grid_instrument

    try:
        content = _written(suffix, grid_instrument(connection(), judged))
    except TooFewTerritories as refusal:
        return _page(judged, refusal=reason(refusal)), 422
    response = Response(content, content_type=TYPES[suffix])
    response.headers["Content-Disposition"] = f"attachment; filename=instrument-{judged.id}-{judged.version}.{suffix}"
    response.cache_control.private = True
    return response


@blueprint.get("/grille/<version>/instrument")
@blueprint.get("/grille/<version>/instrument.<suffix>")
@for_everywhere(Action.JUDGE_GRID)
def former_instrument(version: str, suffix: str = "") -> Redirection:
    """Lead from the former addresses, which named a version of the default grid alone."""
    _judged(id_ := default_grid(connection()).grid.id, version)
    page = "instrument_file" if suffix else "instrument"
    return redirect(url_for(f"programme.{page}", grid=id_, version=version, suffix=suffix or None), 303)


def _judged(grid: str, version: str) -> Grid:
    found = find_grid(connection(), grid, version)
    return found.grid if found else abort(404)


def _page(grid: Grid, view: InstrumentView | None = None, refusal: str = "") -> str:
    return render_template("programme/instrument.html", grid=grid, view=view, refusal=refusal)


def _written(suffix: str, found: Instrument) -> bytes:
    from restitution.findings.method.instrument import instrument_csv, instrument_json

    return instrument_csv(found) if suffix == "csv" else instrument_json(found)


@blueprint.get("/territoires")
@signed_in
def territories() -> str:
    """Show the status of each territory, then families × territories for those whose results one may see."""
    found = show_territories(followed_scope(current_user.grants))
    statuses = territory_statuses(connection(), found.rows)
    shown = {"found": found, "statuses": statuses, "tables": side_by_side_tables(connection(), statuses)}
    return render_template("programme/territories.html", **shown)
