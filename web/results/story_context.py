"""What a story needs beside the results: the parcours, the adopted diagnostic, and the decisions of the session."""

from collections.abc import Sequence

from accounts.permissions import Action
from restitution.adopted_diagnostic import AdoptedDiagnostic
from restitution.finding import ParcoursStory, StoryContext
from restitution.findings.change.promises import Promise
from restitution.shown import ActionSummary
from restitution.text.language import gettext as _
from restitution.text.names import in_words
from storage.campaigns.campaigns import Campaign
from storage.review.session_decisions import Decision, decisions_by_campaign, decisions_of
from storage.review.snapshots import latest_snapshot
from web.http.database import connection
from web.http.security.access import may
from web.parcours.pages import ParcoursPage, parcours_page
from web.parcours.shown_actions import ShownAction
from web.results.selection import CampaignSelection


def story_context(
    selection: CampaignSelection, *, seen_by: Sequence[str] = (), parcours: bool = False, rated: bool = False
) -> StoryContext:
    """Return the context of these campaigns.

    ``parcours`` is False for a reader who may not see it; ``rated`` is True for one who may read the ratings of
    actions.
    """
    db, campaign = connection(), selection.campaign
    snapshot, previous = latest_snapshot(db, campaign), selection.earlier[:1]
    leads = may(Action.LEAD_SESSIONS, campaign.territory)
    decisions = decisions_by_campaign(db, [campaign, *previous], published=not leads)
    return StoryContext(
        seen_by=tuple(seen_by),
        parcours=_parcours(parcours_page(db, campaign.territory), selection, rated=rated) if parcours else None,
        diagnostic=AdoptedDiagnostic(snapshot.document) if snapshot else None,
        decisions=tuple(_decided(one) for one in decisions[campaign.id]),
        promises=tuple(_promise(one) for before in previous for one in decisions[before.id]),
    )


def decisions_seen(campaign: Campaign) -> list[Decision]:
    """Return the decisions that the reader may see: all for those who lead sessions, else the published ones."""
    return decisions_of(connection(), campaign, published=not may(Action.LEAD_SESSIONS, campaign.territory))


def _decided(decision: Decision) -> str:
    """A decision with who takes it on, by when; never the name of a person."""
    office, due = decision.follow_up.office, decision.follow_up.due_on
    by = _("avant le %(day)s", day=in_words(due)) if due else ""
    said = ", ".join(part for part in (office, by) if part)
    return f"{decision.text} ({said})" if said else decision.text


def _promise(decision: Decision) -> Promise:
    return Promise(decision.text, decision.follow_up.office, decision.follow_up.state)


def _parcours(page: ParcoursPage, selection: CampaignSelection, *, rated: bool) -> ParcoursStory:
    """Return the parcours; its actions and their effects only with the newest campaign."""
    by_skill = _actions_by_skill(page, selection)
    if not page.closed or page.closed[-1].id != selection.campaign.id:
        return ParcoursStory(actions_by_skill=by_skill)
    # The progress compares the last two campaigns: the reader has to see both.
    seen = [one.id for one in selection.campaigns[-2:]] == [one.id for one in page.closed[-2:]]
    return ParcoursStory(
        tuple(_summary(one, rated=rated) for one in page.actions),
        page.progress if seen and page.actions else None,
        tuple(page.forgotten) if page.actions else (),
        by_skill,
    )


def _actions_by_skill(page: ParcoursPage, selection: CampaignSelection) -> dict[str, list[str]]:
    """The titles of the actions that had begun when the campaign was collected, by the code of each skill."""
    found: dict[str, list[str]] = {}
    for one in page.begun_by(selection.campaign):
        for code in one.action.plan.skills:
            found.setdefault(code, []).append(one.title)
    return found


def _summary(one: ShownAction, *, rated: bool) -> ActionSummary:
    plan = one.action.plan
    ratings = tuple(_ratings(one)) if rated else ()
    return ActionSummary(one.title, one.kind, plan.status, one.when, one.period, plan.purpose, one.families, ratings)


def _ratings(action: ShownAction) -> list[str]:
    """What was said of an action each time, oldest first."""
    return [
        _("%(action)s, %(year)s\u00a0: %(relevance)s\u202f; %(transfer)s.", action=action.title, year=year, **said)
        + (f" «\u00a0{words}\u00a0»" if words else "")
        for year, relevance, transfer, words in action.ratings_in_words
        if (said := {"relevance": relevance.lower(), "transfer": transfer.lower()})
    ]
