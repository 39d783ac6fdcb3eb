"""Changing an open campaign: its name, its announced end, who runs it, the names and numbers of its colleges."""

from collections.abc import Iterator
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from restitution.text.language import gettext as _
from storage.campaigns.after_opening.amendments import (
    OF_LETTERHEAD,
    Amendment,
    Change,
    amend_campaign,
    amendment_problems,
)
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import reload_campaign
from storage.core.database import writing
from storage.core.errors import CampaignError
from web.campaigns.blueprint import back_to, blueprint
from web.campaigns.forms import AmendmentForm, amendment_values
from web.http.database import connection
from web.http.forms.simultaneous_edits import changed_meanwhile, version_mark
from web.http.security.audit import audit, current_account_id
from web.http.security.guards import for_campaign

_PRINTED = frozenset({"name", "closes_on", "label", "question", *OF_LETTERHEAD})
_IN_THE_LOG = frozenset({"closes_on", "size", "target"})  # what people wrote is not


@blueprint.route("/<slug>/corriger", methods=["GET", "POST"])
@for_campaign(Action.RUN_CAMPAIGNS, states=("open",))
def amend(campaign: Campaign) -> ResponseReturnValue:
    """Change what may still change; what somebody else changed meanwhile is shown first."""
    form = AmendmentForm(data=amendment_values(campaign))
    if request.method == "GET":
        return _page(campaign, form)
    valid, wanted = form.validate_on_submit(), form.amendment(campaign)
    if not valid:
        return _page(campaign, form, [*form.mistakes(), *_others(form, campaign, wanted)]), 422
    with writing(connection()):
        current = reload_campaign(connection(), campaign)
        if theirs := changed_meanwhile(form, amendment_values(current)):
            return _page(current, form, theirs=theirs), 409
        try:
            changes = _amended(current, wanted)
        except CampaignError as refusal:
            return _page(current, form, [("", problem) for problem in refusal.problems]), 422
    return back_to(campaign, _said(changes))


def _others(form: AmendmentForm, campaign: Campaign, wanted: Amendment) -> Iterator[tuple[str, str]]:
    """The problems that only the campaign tells, beside those of the fields."""
    if not form.csrf_token.errors:
        yield from (("", problem) for problem in amendment_problems(connection(), campaign, wanted))


def _amended(campaign: Campaign, wanted: Amendment) -> list[Change]:
    changes = amend_campaign(connection(), campaign, wanted, current_account_id())
    for one in changes:
        values = {"before": one.before or "", "after": one.after or ""} if one.subject in _IN_THE_LOG else {}
        audit(AuditEvent.CAMPAIGN_AMENDED, campaign, subject=one.subject, college=one.college or "", **values)
    return changes


def _said(changes: list[Change]) -> str:
    if not changes:
        return _("Rien n’a changé.")
    if any(one.subject in _PRINTED for one in changes):
        return _(
            "C’est enregistré, et les pages le disent dès maintenant. Ce qui est déjà imprimé ou envoyé dit encore "
            "l’ancien : affiches, lettres, questionnaires de papier."
        )
    return _("C’est enregistré.")


def _page(campaign: Campaign, form: AmendmentForm, problems: Any = (), theirs: Any = ()) -> str:
    return render_template(
        "campaigns/amend.html",
        campaign=campaign,
        form=form,
        problems=list(problems),
        theirs=theirs,
        version=version_mark(amendment_values(campaign), seen=bool(theirs)),
    )
