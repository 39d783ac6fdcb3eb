"""Cancelling a campaign opened by mistake, once its pilot has read what that erases."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from restitution.text.language import gettext as _
from restitution.text.sentences import listed
from storage.campaigns.campaigns import Campaign, participation
from storage.core.errors import CampaignError
from storage.operations.cancellation import cancel_campaign, may_be_cancelled, prove_erased
from web.campaigns.blueprint import blueprint
from web.http.database import connection
from web.http.security.access import may
from web.http.security.audit import audited
from web.http.security.guards import for_campaign


@blueprint.get("/<slug>/annuler")
@for_campaign(Action.RUN_CAMPAIGNS, states=("open",))
def confirm_cancellation(campaign: Campaign) -> str:
    """Say what cancelling erases, and who may still do it."""
    return _page(campaign)


@blueprint.post("/<slug>/annuler")
@for_campaign(Action.RUN_CAMPAIGNS, states=("open",))
def cancel(campaign: Campaign) -> ResponseReturnValue:
    """Cancel a campaign that fewer than k people have answered."""
    return _cancelled(campaign, whatever_the_answers=False)


@blueprint.post("/<slug>/annuler-malgre-les-reponses")
@for_campaign(Action.ERASE_ANSWERS, states=("open",))
def cancel_answered(campaign: Campaign) -> ResponseReturnValue:
    """Cancel a campaign whatever the number of answers."""
    return _cancelled(campaign, whatever_the_answers=True)


def _cancelled(campaign: Campaign, *, whatever_the_answers: bool) -> ResponseReturnValue:
    if not request.form.get("sure"):
        return _page(campaign, (_("Cochez la case : ce qui est effacé ne revient pas."),)), 422
    try:
        with audited(AuditEvent.CAMPAIGN_CANCELLED, campaign, slug=campaign.slug):
            erased = cancel_campaign(connection(), campaign, whatever_the_answers=whatever_the_answers)
    except CampaignError as refusal:
        return _page(campaign, refusal.problems), 409
    flash(_said(campaign, prove_erased(connection(), campaign.territory, erased)))
    return redirect(url_for("campaigns.index"), 303)


def _said(campaign: Campaign, problems: tuple[str, ...]) -> str:
    if problems:
        return _(
            "La campagne « %(name)s » est annulée et ses réponses sont effacées, mais cela n’a pas pu être vérifié. "
            "Dites-le à qui s’occupe de l’installation : %(problems)s",
            name=campaign.name,
            problems=listed(problems),
        )
    return _(
        "La campagne « %(name)s » est annulée. Ses réponses sont effacées : il n’en reste rien dans les fichiers de la "
        "base, c’est vérifié. Ses liens et ses affiches disent maintenant qu’elle est annulée.",
        name=campaign.name,
    )


def _page(campaign: Campaign, problems: tuple[str, ...] = ()) -> str:
    answers = sum(participation(connection(), campaign).values())
    return render_template(
        "campaigns/cancel.html",
        campaign=campaign,
        answers=answers,
        few=may_be_cancelled(campaign, answers),
        erases=may(Action.ERASE_ANSWERS, campaign.territory),
        problems=[("", problem) for problem in problems],
    )
