"""What the programme does with the library of grids: it chooses the default, and withdraws what is out of date."""

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from restitution.text.language import gettext as _
from storage.core.database import writing
from storage.grids.library import (
    LibraryError,
    LibraryGrid,
    choose_default,
    find_grid,
    restore_grid,
    withdraw_grid,
)
from web.http.database import connection
from web.http.security.audit import audit
from web.http.security.guards import for_everywhere

blueprint = Blueprint("grid_library", __name__)


@blueprint.post("/grilles/<grid>/<version>/defaut")
@for_everywhere(Action.KEEP_GRIDS)
def choose(grid: str, version: str) -> Response:
    """Make a grid the one that new campaigns are offered first, and that the home page shows."""
    one = _found(grid, version)
    try:
        with writing(connection()):
            choose_default(connection(), one)
            audit(AuditEvent.GRID_CHOSEN, grid=one.name)
    except LibraryError as refusal:
        return _back(*refusal.problems)
    return _back(_("« %(title)s », version %(version)s, est maintenant proposée d’abord.", **_words(one)))


@blueprint.post("/grilles/<grid>/<version>/retrait")
@for_everywhere(Action.KEEP_GRIDS)
def withdraw(grid: str, version: str) -> Response:
    """Withdraw a grid from use: no new campaign may take it."""
    one = _found(grid, version)
    try:
        with writing(connection()):
            if withdraw_grid(connection(), one):
                audit(AuditEvent.GRID_WITHDRAWN, grid=one.name)
    except LibraryError as refusal:
        return _back(*refusal.problems)
    return _back(
        _(
            "« %(title)s », version %(version)s, est retirée : aucune nouvelle campagne ne la prend. "
            "Celles qui courent continuent.",
            **_words(one),
        )
    )


@blueprint.post("/grilles/<grid>/<version>/remise")
@for_everywhere(Action.KEEP_GRIDS)
def restore(grid: str, version: str) -> Response:
    """Let campaigns use a withdrawn grid again."""
    one = _found(grid, version)
    with writing(connection()):
        if restore_grid(connection(), one):
            audit(AuditEvent.GRID_RESTORED, grid=one.name)
    return _back(_("« %(title)s », version %(version)s, est de nouveau en usage.", **_words(one)))


def _found(grid: str, version: str) -> LibraryGrid:
    return find_grid(connection(), grid, version) or abort(404)


def _words(one: LibraryGrid) -> dict[str, str]:
    return {"title": one.grid.title, "version": one.grid.version}


def _back(*sentences: str) -> Response:
    for sentence in sentences:
        flash(sentence)
    return redirect(url_for("public.grids"), 303)
