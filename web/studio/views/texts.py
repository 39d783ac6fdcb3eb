"""Easy wording and translations of published grids: written beside the grid, reviewed, brought by files, offered."""

from collections.abc import Sequence

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response as Redirection

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from grille import Grid
from grille.additions.checking import CheckedAddition
from grille.additions.files import AdditionFile
from grille.additions.languages import easy_tag, not_a_language, usual_writing, well_formed
from grille.errors import FileErrors
from questionnaires.outside.grid_workbook import read_addition_workbook
from questionnaires.outside.xliff import addition_xliff, read_addition_xliff
from questionnaires.workbooks import OLE, ZIP
from restitution.documents.office.grid_workbook import addition_xlsx
from restitution.text.language import gettext as _
from restitution.text.language import localized, ngettext
from storage.core.database import writing
from storage.grids.additions import addition_of, carry, languages_of, offer, withdraw, write_texts
from storage.grids.library import LibraryError, find_grid, versions_in_library
from web.http.database import connection
from web.http.forms.simultaneous_edits import changed_meanwhile, version_mark
from web.http.pages.downloads import download
from web.http.security.audit import audit, current_account_id
from web.http.security.guards import for_everywhere
from web.studio.added_texts import (
    TextField,
    TextsPart,
    TextsView,
    fields_of,
    form_of_texts,
    sent_changes,
    stored_texts,
)
from web.studio.blueprint import blueprint, for_texts
from web.studio.views.beginning import sent_file

_AT = "/textes/<grid>/<version>"
_OF = f"{_AT}/<language>"
_HEAVIEST = 8 * 1024 * 1024
_LISTED = 100


@blueprint.get(_AT)
@for_everywhere(Action.WRITE_GRIDS)
def texts_of(grid: str, version: str) -> ResponseReturnValue:
    """List what a published grid was given in easy words and in other languages; lead to the language asked for."""
    one = find_grid(connection(), grid, version) or abort(404)
    asked = usual_writing(request.args.get("langue", ""))
    if asked and well_formed(asked) and asked != one.grid.language:
        return redirect(url_for("studio.texts", grid=grid, version=version, language=asked), 303)
    refusal = _refused_language(one.grid, asked) if "langue" in request.args else ""
    known = dict.fromkeys([easy_tag(one.grid.language), *languages_of(connection(), one.grid)])
    added = [TextsView(CheckedAddition(one.grid, addition_of(connection(), one.grid, tag))) for tag in known]
    page = render_template("studio/texts_of.html", one=one, grid=one.grid, added=added, refusal=refusal, typed=asked)
    return page, 422 if refusal else 200


def _refused_language(grid: Grid, asked: str) -> str:
    if asked == grid.language:
        return _("La grille est déjà écrite dans cette langue : choisissez-en une autre.")
    return localized(not_a_language(asked)) if asked else _("Écrivez le code d’une langue.")


@blueprint.get(_OF)
@for_texts
def texts(checked: CheckedAddition) -> str:
    """Show what was written in a language, part by part, and what it lacks."""
    return _overview(checked)


def _overview(checked: CheckedAddition, problems: Sequence[str] = (), total: int = 0) -> str:
    view = TextsView(checked)
    others = [name for name in versions_in_library(connection(), view.grid.id) if name != view.grid.version]
    return render_template("studio/texts.html", view=view, others=others, problems=problems, total=total)


@blueprint.route(f"{_OF}/<int:part>", methods=["GET", "POST"])
@for_texts
def texts_part(checked: CheckedAddition, part: int) -> ResponseReturnValue:
    """Write the texts of a part beside those of the grid, and say which are reviewed."""
    view = TextsView(checked)
    if not 1 <= part <= len(view.parts):
        abort(404)
    shown, fields = view.parts[part - 1], fields_of(view, view.parts[part - 1])
    form = form_of_texts(fields)
    if not form.validate_on_submit():
        return _part_page(view, shown, fields), 422 if request.method == "POST" else 200
    with writing(connection()):
        now = TextsView(CheckedAddition(view.grid, addition_of(connection(), view.grid, view.language)))
        fields = fields_of(now, shown)
        if theirs := changed_meanwhile(form, stored_texts(fields)):
            return _part_page(now, shown, fields, theirs), 409
        changes = list(sent_changes(now, fields, form, current_user.account.name))
        if write_texts(connection(), view.grid, view.language, changes, current_account_id()):
            _audit(AuditEvent.GRID_TEXTS_WRITTEN, view)
    flash(_("Enregistré."))
    return redirect(_following(view, shown), 303)


def _following(view: TextsView, shown: TextsPart) -> str:
    if "suite" not in request.form:
        return url_for("studio.texts_part", part=shown.rank, **view.address)
    if shown.rank < len(view.parts):
        return url_for("studio.texts_part", part=shown.rank + 1, **view.address)
    return url_for("studio.texts", **view.address)


def _part_page(
    view: TextsView, part: TextsPart, fields: list[TextField], theirs: Sequence[tuple[str, str]] = ()
) -> str:
    form = form_of_texts(fields)
    if form.is_submitted():
        form.validate()
    return render_template(
        "studio/texts_part.html",
        view=view,
        part=part,
        fields=fields,
        form=form,
        theirs=theirs,
        problems=[(field.id, error) for field in form for error in field.errors],
        version=version_mark(stored_texts(fields), seen=bool(theirs)),
    )


def _audit(event: AuditEvent, view: TextsView) -> None:
    audit(event, grid=f"{view.grid.id}/{view.grid.version}", language=view.language)


@blueprint.post(f"{_OF}/service")
@for_texts
def offer_texts(checked: CheckedAddition) -> Redirection:
    """Let respondents read these texts, from now on."""
    view = TextsView(checked)
    with writing(connection()):
        if offer(connection(), view.grid, view.language, current_account_id()):
            _audit(AuditEvent.GRID_TEXTS_OFFERED, view)
    flash(_("C’est en service : ces textes se lisent dès maintenant."))
    return redirect(url_for("studio.texts", **view.address), 303)


@blueprint.post(f"{_OF}/retrait")
@for_texts
def withdraw_texts(checked: CheckedAddition) -> Redirection:
    """Take these texts back: nobody reads them any more, and nothing of them is lost."""
    view = TextsView(checked)
    with writing(connection()):
        if withdraw(connection(), view.grid, view.language, current_account_id()):
            _audit(AuditEvent.GRID_TEXTS_WITHDRAWN, view)
    flash(_("Ces textes sont retirés. Ils restent ici, rien n’est perdu."))
    return redirect(url_for("studio.texts", **view.address), 303)


@blueprint.post(f"{_OF}/reprise")
@for_texts
def carry_texts(checked: CheckedAddition) -> Redirection:
    """Take over the texts of another version of the grid, where this one has none."""
    view = TextsView(checked)
    other = find_grid(connection(), view.grid.id, request.form.get("version", ""))
    if other is None:
        raise LibraryError([_("Cette version n’est pas dans la bibliothèque : choisissez-en une de la liste.")])
    with writing(connection()):
        count = carry(connection(), other.grid, view.grid, view.language, current_account_id())
        if count:
            _audit(AuditEvent.GRID_TEXTS_WRITTEN, view)
    flash(ngettext("%(n)s texte repris.", "%(n)s textes repris.", count))
    return redirect(url_for("studio.texts", **view.address), 303)


@blueprint.get(f"{_OF}/textes.xlsx")
@for_texts
def texts_workbook(checked: CheckedAddition) -> Response:
    """Download these texts as a workbook to fill."""
    return _file(checked, addition_xlsx(checked), "xlsx")


@blueprint.get(f"{_OF}/textes.xlf")
@for_texts
def texts_xliff(checked: CheckedAddition) -> Response:
    """Download these texts as XLIFF, for translation software."""
    return _file(checked, addition_xliff(checked), "xlf")


def _file(checked: CheckedAddition, content: bytes, suffix: str) -> Response:
    grid = checked.grid
    return download(content, f"{grid.id}-{grid.version}-{checked.addition.language}.{suffix}")


@blueprint.post(f"{_OF}/fichier")
@for_texts
def open_texts(checked: CheckedAddition) -> ResponseReturnValue:
    """Write what a file brings, all of it; or list every problem, and write nothing."""
    view = TextsView(checked)
    try:
        brought = _brought(checked)
        since = None if request.form.get("remplacer") else brought.revision
        with writing(connection()):
            count = write_texts(
                connection(), view.grid, view.language, brought.changes, current_account_id(), since=since
            )
            if count:
                _audit(AuditEvent.GRID_TEXTS_WRITTEN, view)
    except FileErrors as errors:
        return _overview(checked, [*errors.lines(_LISTED)], errors.total), 422
    except LibraryError as refusal:
        return _overview(checked, refusal.problems[:_LISTED], len(refusal.problems)), 409
    flash(ngettext("%(n)s changement enregistré.", "%(n)s changements enregistrés.", count))
    return redirect(url_for("studio.texts", **view.address), 303)


def _brought(checked: CheckedAddition) -> AdditionFile:
    name, content = sent_file()
    if len(content) > _HEAVIEST:
        raise LibraryError(
            [_("Ce fichier dépasse 8 Mo, bien plus que les textes d’une grille : vérifiez lequel c’est.")]
        )
    is_workbook = content.startswith((ZIP, OLE)) or name.lower().endswith(".xlsx")
    read = read_addition_workbook if is_workbook else read_addition_xliff
    return read(content, checked, name)
