"""The comments of a campaign, read by a reviewer first, who decides which may be shown."""

from typing import Any, cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.audit_events import AuditEvent
from restitution.text.language import ngettext
from restitution.text.possible_names import possible_names
from storage.campaigns.campaigns import Campaign
from storage.review.comments import Comment, Decision, ModerationChoice, comments_of, decide_comments
from web.http.database import connection
from web.http.security.audit import audit, audited
from web.review import theme_jobs
from web.review.blueprint import blueprint, reviewing
from web.review.views.themes import waiting

DECISIONS = ("accepted", "refused", "quoted")


@blueprint.get("/campagnes/<slug>/revue/commentaires")
@reviewing()
def comments(campaign: Campaign) -> ResponseReturnValue:
    """List the comments that wait for a decision, then those that were decided; or those that have the words typed."""
    audit(AuditEvent.COMMENTS_READ, campaign)
    found, typed = comments_of(connection(), campaign), request.args.get("q", "").strip()
    if typed and found:
        read = theme_jobs.find_or_ask(campaign, found)
        if read is None:
            return waiting(campaign, found, url_for("review.comments", slug=campaign.slug, q=typed))
        found = read.matching(typed, found)
    return render_template("review/comments.html", campaign=campaign, typed=typed, **_sorted(found))


@blueprint.post("/campagnes/<slug>/revue/commentaires")
@reviewing()
def decide(campaign: Campaign) -> Any:
    """Save the decisions; one that somebody else took meanwhile is kept, and the page says so."""
    known = comments_of(connection(), campaign)
    choices = [choice for comment in known if (choice := _choice(comment.mark))]
    with audited(AuditEvent.COMMENTS_DECIDED, campaign):
        late = decide_comments(connection(), campaign, choices, current_user.account)
    moved = sum(choice.decision != choice.read for choice in choices) - len(late)
    if late:
        again = {choice.mark: choice.decision for choice in late}
        shown = _sorted(comments_of(connection(), campaign))
        return render_template("review/comments.html", campaign=campaign, late=again, **shown), 409
    if moved:
        flash(ngettext("Une décision enregistrée.", "%(n)s décisions enregistrées.", moved))
    return redirect(url_for("review.comments", slug=campaign.slug), 303)


def _choice(mark: str) -> ModerationChoice | None:
    """What the form says of a comment; None when it does not speak of it."""
    if f"d_{mark}" not in request.form:
        return None
    return ModerationChoice(mark, _decision(f"d_{mark}"), _decision(f"was_{mark}"))


def _decision(field: str) -> Decision | None:
    text = request.form.get(field)
    return cast(Decision, text) if text in DECISIONS else None


def _sorted(found: list[Comment]) -> dict[str, Any]:
    return {
        "names": {one.mark: names for one in found if (names := possible_names(one.text))},
        "waiting": [comment for comment in found if comment.decision is None],
        "decided": [comment for comment in found if comment.decision is not None],
    }
