"""The sheets of a draft: each is typed, saved, and read again with what is to correct beside each field."""

from collections.abc import Sequence
from typing import Any, get_args

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from grille.drafts.document import Document, Kind
from grille.drafts.structure import add_part, move_part, remove_part
from restitution.text.language import gettext as _
from storage.grids.drafts import GridDraft, changing_draft
from storage.grids.library import LibraryError
from web.http.database import connection
from web.http.forms.fields import PageForm
from web.http.forms.simultaneous_edits import changed_meanwhile, version_mark
from web.http.security.audit import audit, current_account_id
from web.studio.blueprint import blueprint, for_draft, sent_key
from web.studio.forms import Entry, Sheet, entries_of, form_of, stored_values, write
from web.studio.pages import DraftView, remarks_by_field, shown_fields

_KINDS: dict[Sheet, Kind] = {"levels": "level", "colleges": "college"}
Theirs = list[tuple[str, str]]


class _ChangedMeanwhile(Exception):
    """Somebody else saved other values: ``theirs``, with the fields as they are now."""

    def __init__(self, theirs: Theirs, entries: list[Entry]) -> None:
        super().__init__(theirs)
        self.theirs, self.entries = theirs, entries


@blueprint.route("/<int:number>/presentation", methods=["GET", "POST"])
@for_draft
def about(draft: GridDraft) -> ResponseReturnValue:
    """Write how the grid presents itself: its title, its version, its own words."""
    return _sheet(draft, "about")


@blueprint.route("/<int:number>/niveaux", methods=["GET", "POST"])
@for_draft
def levels(draft: GridDraft) -> ResponseReturnValue:
    """Write the scale."""
    return _sheet(draft, "levels")


@blueprint.route("/<int:number>/colleges", methods=["GET", "POST"])
@for_draft
def colleges(draft: GridDraft) -> ResponseReturnValue:
    """Write who answers."""
    return _sheet(draft, "colleges")


@blueprint.route("/<int:number>/familles/<int:family>", methods=["GET", "POST"])
@for_draft
def family(draft: GridDraft, family: int) -> ResponseReturnValue:
    """Write a family."""
    return _sheet(draft, "family", family)


@blueprint.route("/<int:number>/savoir-faire/<int:skill>", methods=["GET", "POST"])
@for_draft
def skill(draft: GridDraft, skill: int) -> ResponseReturnValue:
    """Write a skill: its levels, its question for each college, its easy wording, its facts."""
    return _sheet(draft, "skill", skill)


def _sheet(draft: GridDraft, sheet: Sheet, key: int = 0) -> ResponseReturnValue:
    try:
        entries = entries_of(draft.document, sheet, key)
    except KeyError:
        if request.method == "POST":
            raise LibraryError([_removed()]) from None
        abort(404)
    form = form_of(entries)
    if not form.validate_on_submit():
        return _page(draft, sheet, key, entries, form), 422 if request.method == "POST" else 200
    try:
        where = _saved(draft, sheet, key, form)
    except _ChangedMeanwhile as meanwhile:
        return _page(draft, sheet, key, meanwhile.entries, form, meanwhile.theirs), 409
    return where


def _removed() -> str:
    return _("Quelqu’un a retiré cette partie du brouillon : remettez-la depuis le plan, puis envoyez de nouveau.")


def _saved(draft: GridDraft, sheet: Sheet, key: int, form: PageForm) -> Response:
    """Save a sheet, do what the button pressed says, and lead on."""
    gesture, anchor = request.form.get("geste", ""), None
    with changing_draft(connection(), draft.id, current_account_id()) as document:
        try:
            entries = entries_of(document, sheet, key)
        except KeyError:
            raise LibraryError([_removed()]) from None
        stored = stored_values(entries)
        if theirs := changed_meanwhile(form, stored):
            raise _ChangedMeanwhile(theirs, [one for one in entries if one.name in form])
        write(entries, form)
        if gesture and sheet in _KINDS:
            anchor = _moved(document, _KINDS[sheet], gesture)
        audit(AuditEvent.GRID_DRAFT_CHANGED, grid=draft.name)
    flash(_("Enregistré."))
    return redirect(_following(draft, sheet, key, anchor), 303)


def _moved(document: Document, kind: Kind, gesture: str) -> str | None:
    """Add, move or remove a row of a sheet. Return the name of the button that has the focus next."""
    what, _dash, typed = gesture.partition("-")
    try:
        if what == "ajouter":
            return f"{'label' if kind == 'level' else 'code'}_{add_part(document, kind)['key']}"
        key = sent_key(typed) or 0
        if what == "retirer":
            remove_part(document, kind, key)
        elif what in ("monter", "descendre"):
            move_part(document, kind, key, "up" if what == "monter" else "down")
            return gesture
    except KeyError:
        return None
    return None


def _following(draft: GridDraft, sheet: Sheet, key: int, focus: str | None) -> str:
    where: dict[str, Any] = {sheet: key} if sheet in ("family", "skill") else {}
    if "suite" in request.form:
        after = DraftView(draft).following(key)
        if sheet == "skill" and after:
            return url_for("studio.skill", number=draft.id, skill=after["key"])
        return url_for("studio.plan", number=draft.id)
    return url_for(f"studio.{sheet}", number=draft.id, ici=focus, **where)


def _page(
    draft: GridDraft,
    sheet: Sheet,
    key: int,
    entries: list[Entry],
    form: PageForm,
    theirs: Sequence[tuple[str, str]] = (),
) -> str:
    if form.is_submitted():  # what is said is what would be said if what was typed were saved
        write(entries_of(draft.document, sheet, key), form)
    view = DraftView(draft)
    fields = shown_fields(entries, form, view.findings)
    problems = [(one.field.id, error) for one in fields for error in one.field.errors]
    return render_template(
        f"studio/{sheet}.html",
        view=view,
        draft=draft,
        sheet=sheet,
        key=key,
        form=form,
        fields={one.entry.name: one for one in fields},
        rows=_rows(draft.document, sheet),
        theirs=theirs,
        problems=problems,
        focus=request.args.get("ici", ""),
        version=version_mark(stored_values(entries), seen=bool(theirs)),
    )


def _rows(document: Document, sheet: Sheet) -> list[int]:
    """The keys of the rows of a sheet, in order."""
    if sheet in _KINDS:
        return [one["key"] for one in document[sheet]]
    return []


@blueprint.post("/<int:number>/remarques")
@for_draft
def remarks(draft: GridDraft) -> Response:
    """Say what is to correct in what is being typed, field by field; nothing is saved."""
    sheet, key = request.form.get("feuille", ""), sent_key(request.form.get("cle", "")) or 0
    try:
        entries = entries_of(draft.document, sheet if sheet in get_args(Sheet) else "about", key)  # type: ignore[arg-type]
    except KeyError:
        return jsonify(fields={}, errors=0, remarks=0)
    write(entries, form_of(entries))
    view = DraftView(draft)
    fields = remarks_by_field(entries, view.findings)
    said = {name: [{"words": one.sentence, "blocking": one.blocking} for one in all_] for name, all_ in fields.items()}
    return jsonify(fields=said, errors=view.errors, remarks=view.remarks)
