"""What comes after a collection, with a key: comparison, adopted diagnostics, decisions of the session."""

from functools import partial
from operator import attrgetter

from flask import Response

from accounts.permissions import Action
from accounts.scopes import Scope
from grille.messages import message as _
from storage.campaigns.campaigns import Campaign
from storage.review.session_decisions import Decision, decisions_of
from web.api.blueprint import answer, blueprint, described
from web.api.my import models
from web.api.my.reading import MY
from web.http.database import connection
from web.http.heavy_requests import computes
from web.http.pages.damaged_campaigns import compute_or_leave_out
from web.http.security.api_keys import keyed
from web.http.security.guards import for_campaign
from web.results.selection import choose, profile_of, visible_campaigns


@blueprint.get(f"{MY}/campaigns/<slug>/changes")
@described(_("Ce qui a changé depuis la campagne d’avant"), models.Changes, errors=(404,))
@computes
@keyed(Scope.READ)
@for_campaign(Action.SEE_CLOSED_RESULTS, states=("closed",))
def my_changes(campaign: Campaign) -> Response:
    """Compare a campaign with the one before, as its page does."""
    from restitution.documents.open_data.report_tables import changes_table  # scoring loads here and below
    from web.results.pages import results_page

    seen = [one for one in visible_campaigns(campaign.territory) if one != campaign]
    known = [one for one in seen if compute_or_leave_out(one, partial(profile_of, one))]
    visible = sorted([*known, campaign], key=attrgetter("order"))
    rows = changes_table(results_page(choose(campaign, visible, [])).results).rows
    since = str(rows[0]["since"]) if rows else None
    names = models.ChangeDocument.model_fields
    items = [models.ChangeDocument.model_validate({name: row[name] for name in names}) for row in rows]
    return answer(models.Changes(since=since, items=items))


@blueprint.get(f"{MY}/campaigns/<slug>/diagnostics")
@described(_("Les diagnostics adoptés d’une campagne"), models.Diagnostics, errors=(404,))
@computes
@keyed(Scope.READ)
@for_campaign(Action.FOLLOW_COLLECTION)
def my_diagnostics(campaign: Campaign) -> Response:
    """List the adopted diagnostics of a campaign, with their content."""
    from storage.review.snapshots import snapshots_of  # loads pandas, never where people only answer

    found = [
        models.DiagnosticDocument(
            number=one.number, adopted_at=one.adopted_at, reason=one.reason, sha256=one.sha256, document=one.document
        )
        for one in snapshots_of(connection(), campaign)
    ]
    return answer(models.Diagnostics(items=found))


@blueprint.get(f"{MY}/campaigns/<slug>/decisions")
@described(_("Ce que la séance a décidé, et ce que cela devient"), models.Decisions, errors=(404,))
@keyed(Scope.READ)
@for_campaign(Action.LEAD_SESSIONS, states=("closed",))
def my_decisions(campaign: Campaign) -> Response:
    """List the decisions of the session of a campaign, published or not."""
    return answer(models.Decisions(items=[_decision(one) for one in decisions_of(connection(), campaign)]))


def _decision(one: Decision) -> models.DecisionDocument:
    said = one.follow_up
    return models.DecisionDocument(
        number=one.id,
        text=one.text,
        noted_at=one.noted_at,
        office=said.office,
        due_on=said.due_on,
        skill=said.skill,
        state=said.state,
        action=one.action_id,
        published=one.published,
    )
