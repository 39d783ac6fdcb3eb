"""The review desk: a campaign at a glance, what to look at first, the remaining steps, and who follows it."""

from datetime import datetime
from typing import Any

from flask import (
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from storage.core.database import file_of
from storage.core.database_errors import DatabaseUnavailable, SQLError
from storage.core.errors import CampaignError
from storage.review.desk.handovers import colleagues, handovers
from storage.review.desk.handovers import hand_over as give
from storage.review.desk.visits import last_visit
from storage.review.sheets import review_state
from web.http.database import connection
from web.http.language import reader
from web.http.pages.compression import gzipped_page
from web.http.security.access import may
from web.http.security.audit import audited
from web.review.blueprint import blueprint, reviewing
from web.review.pages.desk import asked_view, cached_desk, render_desk


@blueprint.get("/campagnes/<slug>/revue")
@reviewing()
def desk(campaign: Campaign) -> Response:
    """Show families by colleges, and where to look; rendered again only when something that it shows has changed."""
    db = connection()
    state, view = review_state(db, campaign), asked_view(request.args, _last_visit(campaign))
    if session.get("_flashes"):
        return make_response(render_desk(campaign, state, view))
    others = file_of(db), may(Action.KEEP_PRIVATE_NOTES, campaign.territory), reader()
    return gzipped_page(cached_desk(campaign, state, view, others))


def _last_visit(campaign: Campaign) -> datetime | None:
    """When the reader's last visit ended; None when it cannot be noted: a desk is read even on a full disk."""
    try:
        return last_visit(connection(), campaign, current_user.account)
    except (SQLError, DatabaseUnavailable):
        current_app.logger.warning("a visit that could not be noted")
        return None


@blueprint.route("/campagnes/<slug>/revue/relais", methods=["GET", "POST"])
@reviewing()
def hand_over(campaign: Campaign) -> ResponseReturnValue:
    """Hand the review over to a member of the team, with a note."""
    from web.review.forms import HandoverForm

    form = HandoverForm(colleagues(connection(), campaign), current_user.account.id)
    if form.validate_on_submit() and _handed(campaign, form):
        return redirect(url_for("review.desk", slug=campaign.slug), 303)
    past = list(reversed(handovers(connection(), campaign)))
    page = render_template("review/handover.html", campaign=campaign, form=form, past=past)
    return page, 422 if form.errors else 200


def _handed(campaign: Campaign, form: Any) -> bool:
    """Hand the review over; False, and why on the form, when somebody left the team meanwhile."""
    try:
        with audited(AuditEvent.REVIEW_HANDED_OVER, campaign):
            done = give(connection(), campaign, current_user.account, int(form.to.data), form.note.data or "")
    except CampaignError as refused:
        form.to.errors = [*refused.problems]
        return False
    flash(_("Vous suivez cette revue.") if done.taken else _("%(who)s suit maintenant cette revue.", who=done.to))
    return True
