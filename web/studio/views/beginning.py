"""How a draft begins: from nothing, from a grid of the library, or from a file; and how it is given up."""

from collections.abc import Sequence
from contextlib import closing

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from grille import FileErrors, Grid
from grille.drafts.beginnings import Beginning, draft_from
from grille.drafts.document import Document, blank_document, document_of
from grille.loading import HEAVIEST_FILE, load_text
from questionnaires.outside.grid_workbook import read_grid_workbook
from questionnaires.workbooks import OLE, ZIP
from restitution.text.language import gettext as _
from storage.core.database import writing
from storage.grids.drafts import GridDraft, add_draft, discard_draft, draft_page
from storage.grids.library import LibraryError, find_grid, library, versions_in_library
from web.http.database import connection
from web.http.forms.submit_once import once
from web.http.pages.lists import show_list
from web.http.security.audit import audit, current_account_id
from web.http.security.guards import for_everywhere
from web.studio.blueprint import back_to, blueprint, for_draft

_BEGINNINGS: dict[str, Beginning] = {"suite": "next", "correction": "correction", "autre": "copy"}
_LISTED = 100


@blueprint.get("")
@for_everywhere(Action.WRITE_GRIDS)
def index() -> str:
    """List the drafts, and the ways to begin one."""
    return show_index()


def show_index(problems: Sequence[str] = (), total: int = 0) -> str:
    """Return the page of the studio, with what is wrong in what was sent."""
    drafts = show_list(lambda position: draft_page(connection(), position), endpoint="studio.index")
    grids = [one for one in library(connection()) if not one.withdrawn]
    return render_template("studio/index.html", drafts=drafts, grids=grids, problems=problems, total=total)


def show_refusal(errors: FileErrors | LibraryError) -> tuple[str, int]:
    """Show the page of the studio again, with why what was sent begins no draft."""
    if isinstance(errors, FileErrors):
        return show_index([*errors.lines(_LISTED)], errors.total), 422
    return show_index(errors.problems, len(errors.problems)), 422


@blueprint.post("/nouveau")
@for_everywhere(Action.WRITE_GRIDS)
@once("studio.index")
def begin() -> ResponseReturnValue:
    """Begin a draft from nothing, or from a grid of the library."""
    named = request.form.get("grille", "")
    if not named:
        return begun(blank_document())
    id_, _slash, version = named.partition("/")
    one = find_grid(connection(), id_, version)
    beginning = _BEGINNINGS.get(request.form.get("maniere", ""))
    if one is None or beginning is None:
        return show_index([_("Choisissez une grille, et ce que vous voulez en faire.")], 1), 422
    return begun(draft_from(one.grid, beginning, versions_in_library(connection(), id_)))


def begun(document: Document) -> Response:
    """Keep a new draft, and lead to its plan. Raises ``LibraryError`` when it is too large."""
    with writing(connection()):
        number = add_draft(connection(), document, current_account_id())
        about = document["about"]
        audit(AuditEvent.GRID_DRAFTED, grid=f"{about['id']}/{about['version']}")
    return back_to(number)


@blueprint.post("/fichier")
@for_everywhere(Action.WRITE_GRIDS)
@once("studio.index")
def open_file() -> ResponseReturnValue:
    """Begin a draft from a grid's file, YAML or XLSX; or list every problem of the file."""
    try:
        return begun(document_of(_sent()))
    except (FileErrors, LibraryError) as errors:
        return show_refusal(errors)


def _sent() -> Grid:
    name, content = sent_file()
    if len(content) > HEAVIEST_FILE:
        raise LibraryError([_("Ce fichier dépasse 1 Mo, bien plus qu’une grille : vérifiez que c’est le bon.")])
    is_workbook = content.startswith((ZIP, OLE)) or name.lower().endswith(".xlsx")
    return read_grid_workbook(content, name) if is_workbook else load_text(content, name)


def sent_file() -> tuple[str, bytes]:
    """Return the name and the content of the file that was sent. Raises ``LibraryError`` without any."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise LibraryError([_("Choisissez un fichier.")])
    with closing(file):
        return file.filename.replace("\\", "/").rpartition("/")[2], file.read()


@blueprint.get("/<int:number>/supprimer")
@for_draft
def confirm_discard(draft: GridDraft) -> str:
    """Ask for confirmation before a draft is erased."""
    return render_template("studio/discard.html", draft=draft)


@blueprint.post("/<int:number>/supprimer")
@for_draft
def discard(draft: GridDraft) -> Response:
    """Erase a draft."""
    with writing(connection()):
        discard_draft(connection(), draft.id)
        audit(AuditEvent.GRID_DRAFT_DISCARDED, grid=draft.name)
    flash(_("Le brouillon « %(name)s » est supprimé.", name=draft.title or _("Sans titre")))
    return redirect(url_for("studio.index"), 303)
