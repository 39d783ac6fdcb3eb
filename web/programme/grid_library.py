"""What the programme does with the library of grids: it chooses the default, and withdraws what is out of date."""

from collections.abc import Sequence
from contextlib import closing
from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask import Response as DownloadedFile
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from grille import FileErrors, Grid, as_yaml, remarks
from grille.loading import HEAVIEST_FILE, load_text
from questionnaires.outside.grid_workbook import read_grid_workbook
from questionnaires.workbooks import OLE, ZIP
from restitution.text.language import gettext as _
from storage.core.database import writing
from storage.grids.library import (
    LibraryError,
    LibraryGrid,
    add_grid,
    addition_problems,
    choose_default,
    find_grid,
    restore_grid,
    withdraw_grid,
)
from web.http.database import connection
from web.http.pages.grid_files import template_download
from web.http.security.audit import audit
from web.http.security.guards import for_everywhere

blueprint = Blueprint("grid_library", __name__)

LISTED: Final = 100


@blueprint.get("/grilles/modele.xlsx")
@for_everywhere(Action.KEEP_GRIDS)
def template() -> DownloadedFile:
    """Download the workbook to fill with a new grid."""
    return template_download()


@blueprint.route("/grilles/ajouter", methods=["GET", "POST"])
@for_everywhere(Action.KEEP_GRIDS)
def add() -> ResponseReturnValue:
    """Look at a grid, from YAML or XLSX, then add it to the library; or list every problem of its file."""
    if request.method == "GET":
        return _form()
    try:
        found = _sent()
        if request.form.get("confirmed"):
            return _added(found)
        problems = addition_problems(connection(), found)
    except FileErrors as errors:
        return _form([*errors.lines(LISTED)], errors.total), 422
    except LibraryError as refusal:
        return _form([*refusal.problems], len(refusal.problems)), 422
    if problems:
        return _form(problems, len(problems)), 422
    return render_template("programme/grid_preview.html", grid=found, remarks=list(remarks(found)), text=as_yaml(found))


def _form(problems: Sequence[str] = (), total: int = 0) -> str:
    return render_template("programme/add_grid.html", problems=problems, total=total)


def _sent() -> Grid:
    """The grid that was sent: a file, or what the look has kept of it. Raises ``GridErrors``."""
    if kept := request.form.get("text"):
        return load_text(kept.encode(), _("grille"))
    file = request.files.get("file")
    if file is None or not file.filename:
        raise LibraryError([_("Choisissez un fichier : XLSX ou YAML.")])
    with closing(file):
        name, content = file.filename.replace("\\", "/").rpartition("/")[2], file.read()
    if len(content) > HEAVIEST_FILE:
        raise LibraryError([_("Ce fichier dépasse 1 Mo, bien plus qu’une grille : vérifiez que c’est le bon.")])
    is_workbook = content.startswith((ZIP, OLE)) or name.lower().endswith(".xlsx")
    return read_grid_workbook(content, name) if is_workbook else load_text(content, name)


def _added(found: Grid) -> Response:
    with writing(connection()):
        known = find_grid(connection(), found.id, found.version)
        one = add_grid(connection(), found)
        if known is None:
            audit(AuditEvent.GRID_ADDED, grid=one.name)
    if known:
        return _back(_("« %(title)s », version %(version)s, y était déjà : rien n’a changé.", **_words(one)))
    return _back(_("« %(title)s », version %(version)s, est dans la bibliothèque.", **_words(one)))


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
    return _back(_("« %(title)s », version %(version)s, est maintenant proposée d’abord.", **_words(one)))


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
            "« %(title)s », version %(version)s, est retirée : aucune nouvelle campagne ne la prend. "
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
    return _back(_("« %(title)s », version %(version)s, est de nouveau en usage.", **_words(one)))


def _found(grid: str, version: str) -> LibraryGrid:
    return find_grid(connection(), grid, version) or abort(404)


def _words(one: LibraryGrid) -> dict[str, str]:
    return {"title": one.grid.title, "version": one.grid.version}


def _back(*sentences: str) -> Response:
    for sentence in sentences:
        flash(sentence)
    return redirect(url_for("public.grids"), 303)
