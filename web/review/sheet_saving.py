"""Saving a text over the version that its author had before them."""

from typing import Any

from flask import flash
from flask_babel import gettext as _
from flask_login import current_user

from accounts.audit_events import AuditEvent
from storage.campaigns.campaigns import Campaign
from storage.review.sheets import Facts, Judgement, PrivateNote, Sheet, SheetChanged, YearlyNote, save_sheet
from web.http.database import connection
from web.http.security.audit import audited

_EVENTS = {
    Judgement: AuditEvent.JUDGEMENT_WRITTEN,
    YearlyNote: AuditEvent.NOTE_WRITTEN,
    PrivateNote: AuditEvent.PRIVATE_NOTE_WRITTEN,
    Facts: AuditEvent.FACTS_WRITTEN,
}


def save_form(campaign: Campaign, form: Any, subject: str = "") -> Sheet[Any] | None:
    """Save the form's content. Returns None when that is done, else the version that somebody saved meanwhile.

    The form then names that version: sent again, it knowingly replaces it, and the history keeps both.
    """
    try:
        content, expected = form.content(), form.version.data or 0
        with audited(_EVENTS[type(content)], campaign, **({"code": subject} if subject else {})):
            save_sheet(connection(), campaign, content, current_user.account, expected=expected, subject=subject)
    except SheetChanged as changed:
        form.version.raw_data, form.version.data = None, changed.current.version
        return changed.current
    flash(_("C’est enregistré."))
    return None


def status(form: Any, conflict: Sheet[Any] | None) -> int:
    """Return the status code of a page that shows this form."""
    return 409 if conflict else 422 if form.errors else 200
