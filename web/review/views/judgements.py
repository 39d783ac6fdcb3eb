"""What reviewers write beside the scores: a level and its reasons by family, the yearly note, private notes."""

from dataclasses import asdict
from typing import Any

from flask import abort, redirect, render_template, url_for

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from restitution.text.names import NOTE_PARTS
from storage.campaigns.campaigns import Campaign
from storage.review.sheets import Judgement, PrivateNote, Sheet, YearlyNote, read_sheet
from web.http.database import connection
from web.http.security.audit import audit
from web.results.selection import asked_selection
from web.review.blueprint import blueprint, reviewing
from web.review.sheet_saving import save_form, status


@blueprint.route("/campagnes/<slug>/revue/familles/<code>", methods=["GET", "POST"])
@reviewing()
def family(campaign: Campaign, code: str) -> Any:
    """Show the score of a family and how it is made, and beside it the retained level; save the latter."""
    from restitution.findings.proposals import proposals
    from web.results.pages import results_page
    from web.review.forms import JudgementForm

    page = results_page(asked_selection(campaign))
    results = page.results
    codes = [one.axis.code for one in results.families]
    view = results.families[codes.index(code)] if code in codes else abort(404)
    score = next(panel.territory.value for panel in results.panels if panel.axis.code == code)
    proposed = proposals(view, results.profile)
    sheet = read_sheet(connection(), campaign, Judgement, code)
    form = JudgementForm(results.grid.levels, score, data=_read(sheet, proposed))
    conflict = None
    if form.validate_on_submit() and (conflict := save_form(campaign, form, code)) is None:
        return redirect(url_for("review.family", slug=campaign.slug, code=code), 303)
    levels = {level.value: level.label for level in results.grid.levels}
    shown = {"view": view, "levels": levels, "score": score, "proposed": proposed}
    said = {"sheet": sheet, "form": form, "conflict": conflict, "following": results.families[codes.index(code) + 1 :]}
    return render_template("review/family.html", campaign=campaign, page=page, **shown, **said), status(form, conflict)


def _read(sheet: Any, proposed: Any) -> dict[str, Any]:
    """What the form shows: what was saved or, when nobody has written yet, what the rule proposes."""
    if sheet.version:
        level = sheet.content.level
        return asdict(sheet.content) | {"level": "" if level is None else str(level), "version": sheet.version}
    lines = {name: "\n".join(f"– {line}" for line in getattr(proposed, name)) for name in ("strengths", "weaknesses")}
    return {"level": "", "version": 0, **lines}


@blueprint.route("/campagnes/<slug>/revue/note", methods=["GET", "POST"])
@reviewing()
def note(campaign: Campaign) -> Any:
    """Show and save the yearly note, which the territory and the funder will read."""
    from web.review.forms import NoteForm

    sheet = read_sheet(connection(), campaign, YearlyNote)
    form = NoteForm(data=asdict(sheet.content) | {"version": sheet.version})
    conflict = None
    if form.validate_on_submit() and (conflict := save_form(campaign, form)) is None:
        return redirect(url_for("review.note", slug=campaign.slug), 303)
    shown = {"campaign": campaign, "sheet": sheet, "form": form, "conflict": conflict, "theirs": note_parts(conflict)}
    return render_template("review/yearly_note.html", **shown), status(form, conflict)


def note_parts(conflict: Sheet[YearlyNote] | None) -> list[tuple[str, str]]:
    """Return what somebody else wrote in the note meanwhile, each part under its title."""
    return [(str(title), getattr(conflict.content, name)) for name, title in NOTE_PARTS.items()] if conflict else []


@blueprint.route("/campagnes/<slug>/revue/notes-privees", methods=["GET", "POST"])
@reviewing(Action.KEEP_PRIVATE_NOTES)
def private_notes(campaign: Campaign) -> Any:
    """Show and save the notes that only the reviewers of the territory read."""
    from web.review.forms import PrivateForm

    audit(AuditEvent.PRIVATE_NOTES_READ, campaign)
    sheet = read_sheet(connection(), campaign, PrivateNote)
    form = PrivateForm(data=asdict(sheet.content) | {"version": sheet.version})
    conflict = None
    if form.validate_on_submit() and (conflict := save_form(campaign, form)) is None:
        return redirect(url_for("review.private_notes", slug=campaign.slug), 303)
    shown = {"campaign": campaign, "sheet": sheet, "form": form, "conflict": conflict}
    return render_template("review/private_notes.html", **shown), status(form, conflict)
