"""Testimonies: slides that quote a comment whose author accepts to be quoted, and that a reviewer accepted."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.audit_events import AuditEvent
from storage.campaigns.campaigns import Campaign
from storage.review.comments import Passages, QuotedComment, beginning, excerpt, quoted_comments
from storage.review.slide_order import OwnSlide, SlideOrder, change_slide_order, quoted, read_slide_order
from web.http.database import connection
from web.http.forms.submit_once import once
from web.http.security.audit import audited
from web.session.own_slide import too_long_for_a_slide
from web.session.prepare import slide_keys
from web.session.views import blueprint, leading


@blueprint.get("/<slug>/preparer/temoignages")
@leading
def testimonies(campaign: Campaign) -> str:
    """List the comments that may be quoted and that no slide quotes."""
    shown = {one.quote for one in read_slide_order(connection(), campaign).texts}
    comments = [one for one in quoted_comments(connection(), campaign) if one.mark not in shown]
    return render_template("session/testimonies.html", campaign=campaign, comments=comments)


@blueprint.post("/<slug>/preparer/temoignages")
@leading
@once("session.prepare")
def add_testimony(campaign: Campaign) -> ResponseReturnValue:
    """Add the slide that quotes a comment, then show it: it may be cut there."""
    mark = request.form.get("mark")
    found = next((one for one in quoted_comments(connection(), campaign) if one.mark == mark), None)
    if found is None:
        flash(_("Ce commentaire ne peut plus être cité : sa relecture vient de changer."))
        return redirect(url_for("session.testimonies", slug=campaign.slug), 303)
    keys = slide_keys(campaign)
    with audited(AuditEvent.SLIDES_ARRANGED, campaign):
        order = change_slide_order(
            connection(), campaign, current_user.account, lambda now: now.with_slide(keys, _slide(now, found))
        )
    return redirect(url_for("session.complete", slug=campaign.slug, slide=order.texts[-1].key), 303)


def _slide(order: SlideOrder, comment: QuotedComment) -> OwnSlide:
    title, passages = _("Ce que quelqu’un d’ici a écrit"), _that_fit(comment.text)
    return OwnSlide(order.next_key, title, "", quote=comment.mark, passages=passages)


def _that_fit(text: str) -> Passages:
    """As much of a comment, from its beginning, as a slide holds; empty for the whole of it."""
    words = len(text.split())
    passages: Passages = ()
    while words > 1 and too_long_for_a_slide(quoted(excerpt(text, passages))):
        words -= max(1, words // 10)
        passages = beginning(text, words)
    return passages
