"""What a version of the grid is worth as an instrument, on a page and as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template

import grille
from accounts.rights import Action
from grille import Grid
from web.access import require, signed_in
from web.database import connection
from web.unshown import leave_out

if TYPE_CHECKING:
    from restitution.instrument import InstrumentView
    from scoring import Instrument

blueprint = Blueprint("instrument", __name__, url_prefix="/grille/<version>")

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@blueprint.get("/instrument")
@signed_in
def show(version: str) -> str:
    """The questions to go over, and the figures that say so; or why the grid cannot be judged yet."""
    grid = _judged(version)
    from restitution.instrument import InstrumentView  # scoring loads here, never where people only answer
    from storage.programme import TooFewTerritories, grid_instrument

    try:
        return _page(grid, view=InstrumentView(grid_instrument(connection(), grid, leave_out)))
    except TooFewTerritories as refusal:
        return _page(grid, refusal=str(refusal))


@blueprint.get("/instrument.<suffix>")
@signed_in
def download(version: str, suffix: str) -> Response | tuple[str, int]:
    """Every figure, for a spreadsheet or a program."""
    grid = _judged(version)
    if suffix not in TYPES:
        abort(404)
    from storage.programme import TooFewTerritories, grid_instrument

    try:
        content = _written(suffix, grid_instrument(connection(), grid))
    except TooFewTerritories as refusal:
        return _page(grid, refusal=str(refusal)), 422
    response = Response(content, content_type=TYPES[suffix])
    response.headers["Content-Disposition"] = f"attachment; filename=instrument-{grid.id}-{grid.version}.{suffix}"
    response.cache_control.private = True
    return response


def _judged(version: str) -> Grid:
    """That version, for who may judge it; for others it is not there."""
    require(Action.JUDGE_GRID)
    return grille.versions().get(version) or abort(404)


def _page(grid: Grid, view: InstrumentView | None = None, refusal: str = "") -> str:
    return render_template("instrument/show.html", grid=grid, view=view, refusal=refusal)


def _written(suffix: str, found: Instrument) -> bytes:
    from restitution.instrument import instrument_csv, instrument_json

    return instrument_csv(found) if suffix == "csv" else instrument_json(found)
