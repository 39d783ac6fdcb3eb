"""What becomes of decisions after the session: who takes them on, as which action, and what everybody sees of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from restitution.text.language import localized, ngettext
from restitution.text.names import DECISION_STATES
from restitution.text.possible_names import possible_names
from restitution.text.sentences import listed
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.errors import CampaignError
from storage.review.parcours import LONGEST_TITLE, ActionPlan, actions_of, add_action
from storage.review.session_decisions import (
    LONGEST,
    LONGEST_OFFICE,
    Decision,
    FollowUp,
    decisions_of,
    find_decision,
    follow_decision,
    link_decision,
    publish_decision,
)
from web.http.database import connection
from web.http.forms.fields import read_day
from web.http.forms.submit_once import once
from web.http.forms.typed_text import row_number
from web.http.security.access import may
from web.http.security.audit import audit, audited
from web.results.selection import newest_first, visible_campaigns
from web.session.views import blueprint, leading


@blueprint.get("/<slug>/suites")
@leading
def follow(campaign: Campaign) -> ResponseReturnValue:
    """List what was decided, with what becomes of each decision."""
    return _page(campaign)


@blueprint.post("/<slug>/suites")
@leading
@once("session.follow")
def follow_up(campaign: Campaign) -> ResponseReturnValue:
    """Keep what becomes of a decision, publish it or not, or make it an action of the parcours."""
    decision = find_decision(connection(), campaign, request.form.get("number", 0, type=row_number))
    act = _ACTS.get(request.form.get("do", ""))
    try:
        if decision is None or act is None:
            raise CampaignError([_("Cette décision n’est plus dans la liste\u00a0: choisissez-la ci-dessous.")])
        act(campaign, decision)
    except CampaignError as refusal:
        problems = [str(localized(one)) for one in refusal.problems]
        return _page(campaign, decision, problems), 422
    anchor = f"decision-{decision.id}"
    return redirect(url_for("session.follow", slug=campaign.slug, _anchor=anchor), 303)


def _page(campaign: Campaign, at: Decision | None = None, problems: list[str] | None = None) -> str:
    decisions = decisions_of(connection(), campaign)
    earlier = newest_first(one for one in visible_campaigns(campaign.territory) if one.order < campaign.order)
    return render_template(
        "session/follow_up.html",
        campaign=campaign,
        decisions=decisions,
        actions=_actions(campaign, decisions),
        states=DECISION_STATES,
        longest=(LONGEST, LONGEST_OFFICE),
        previous=next(iter(earlier), None),
        at=at,
        problems=problems or [],
        typed=request.form,
    )


def _actions(campaign: Campaign, decisions: Sequence[Decision]) -> Mapping[int, bool]:
    """Whether the action made of a decision still is in the parcours, by the number of the decision."""
    known = {one.id for one in actions_of(connection(), campaign.territory)}
    return {one.id: one.action_id in known for one in decisions}


def _typed(decision: Decision) -> tuple[str, FollowUp]:
    """What the form says of a decision. Raises ``CampaignError`` when the day cannot be read."""
    try:
        due = read_day(request.form.get("due_on", ""))
    except ValueError as unreadable:
        raise CampaignError([str(unreadable)]) from unreadable
    words = {name: request.form.get(name, "") for name in ("office", "person", "skill", "state")}
    return request.form.get("text", decision.text), FollowUp(due_on=due, **words)  # type: ignore[arg-type]


def _save(campaign: Campaign, decision: Decision) -> None:
    text, follow_up = _typed(decision)
    with audited(AuditEvent.DECISION_FOLLOWED, campaign, number=decision.id):
        follow_decision(connection(), campaign, decision.id, text, follow_up)


def _publish(campaign: Campaign, decision: Decision) -> None:
    """Publish what is typed; words that look like a name ask for a second click."""
    _only_those_who(Action.PUBLISH_RESULTS, campaign)
    text, follow_up = _typed(decision)
    found = possible_names(f"{text}. {follow_up.office}")
    if found and not request.form.get("sure"):
        raise CampaignError([_look_like_names(found)])
    with writing(connection()):
        follow_decision(connection(), campaign, decision.id, text, follow_up)
        publish_decision(connection(), campaign, decision.id, public=True)
        audit(AuditEvent.DECISION_PUBLISHED, campaign, number=decision.id)


def _look_like_names(found: Sequence[str]) -> str:
    return ngettext(
        "%(names)s ressemble à un nom. Tout le monde lira cette décision\u00a0: nommez un service ou une fonction, ou "
        "cochez «\u00a0Ce n’est le nom de personne\u00a0».",
        "%(names)s ressemblent à des noms. Tout le monde lira cette décision\u00a0: nommez un service ou une fonction, "
        "ou cochez «\u00a0Ce n’est le nom de personne\u00a0».",
        len(found),
        names=listed([f"«\u00a0{one}\u00a0»" for one in found]),
    )


def _withdraw(campaign: Campaign, decision: Decision) -> None:
    _only_those_who(Action.PUBLISH_RESULTS, campaign)
    with audited(AuditEvent.DECISION_WITHDRAWN, campaign, number=decision.id):
        publish_decision(connection(), campaign, decision.id, public=False)


def _only_those_who(action: Action, campaign: Campaign) -> None:
    if not may(action, campaign.territory):
        abort(404)


def _make_action(campaign: Campaign, decision: Decision) -> None:
    """Add an action to the parcours: its title is the decision, its end the day by which it is due."""
    _only_those_who(Action.PLAN_PARCOURS, campaign)
    text, follow_up = _typed(decision)
    skills = (follow_up.skill,) if follow_up.skill else ()
    title = text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1].rstrip()}…"
    purpose = "" if title == text else text
    plan = ActionPlan("changement", title, skills, purpose, ends_on=follow_up.due_on, provider=follow_up.office)
    with writing(connection()):
        follow_decision(connection(), campaign, decision.id, text, follow_up)
        added = add_action(connection(), campaign.territory, plan, current_user.account)
        link_decision(connection(), campaign, decision.id, added.id)
        audit(AuditEvent.ACTION_PLANNED, campaign.territory, number=added.id)


_ACTS: Mapping[str, Callable[[Campaign, Decision], None]] = {
    "save": _save,
    "publish": _publish,
    "withdraw": _withdraw,
    "act": _make_action,
}
