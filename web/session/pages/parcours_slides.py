"""The parcours in a session: what was done, how far the skills worked on have moved, what comes next."""

from collections.abc import Iterator, Mapping, Sequence

from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from web.parcours.pages import UNDER_WAY_OR_DONE, ParcoursPage, ShownAction
from web.results.pages import ResultsPage
from web.session.pages.slides import Slide, slices

ACTIONS_A_SLIDE, MOST_FORGOTTEN = 4, 4


def actions_by_skill(parcours: ParcoursPage, campaign: Campaign) -> Mapping[str, list[str]]:
    """For each skill, by its code, the titles of the actions that had begun for it when that campaign was collected."""
    found: dict[str, list[str]] = {}
    for one in parcours.begun_by(campaign):
        for code in one.action.plan.skills:
            found.setdefault(code, []).append(one.title)
    return found


def parcours_slides(page: ResultsPage, parcours: ParcoursPage, *, rated: bool) -> Iterator[Slide]:
    """Yield the slides of what was done, what moved and what is next, for the newest campaign only.

    The comments of the ratings are among the notes only if ``rated``.
    """
    if not parcours.actions or not parcours.closed or parcours.closed[-1].id != page.campaign.id:
        return
    yield from _done(parcours, rated=rated)
    yield from _worked(page, parcours)
    yield from _next(parcours)


def _done(parcours: ParcoursPage, *, rated: bool) -> Iterator[Slide]:
    done = [one for one in parcours.actions if one.action.plan.status in UNDER_WAY_OR_DONE]
    dropped = [one.title for one in parcours.actions if one.action.plan.status == "abandonnee"]
    for place, some in enumerate(slices(ACTIONS_A_SLIDE, done), start=1):
        content = {"kind": "done", "actions": some, "dropped": dropped, "aside": _ratings(some) if rated else []}
        yield Slide("parcours", _("Le parcours\u00a0: ce qui a été fait"), content, f"parcours-fait-{place}")


def _ratings(actions: Sequence[ShownAction]) -> list[str]:
    """The last thing that was said of each, for the presenter alone."""
    return [
        _("%(action)s, %(year)s\u00a0: %(relevance)s\u202f; %(transfer)s.", action=one.title, year=year, **said)
        + (f" «\u00a0{words}\u00a0»" if words else "")
        for one in actions
        for year, relevance, transfer, words in one.ratings_in_words[-1:]
        if (said := {"relevance": relevance.lower(), "transfer": transfer.lower()})
    ]


def _worked(page: ResultsPage, parcours: ParcoursPage) -> Iterator[Slide]:
    """The skills worked on beside the others, when the reader may see the two campaigns that this compares."""
    progress = parcours.progress
    seen = [one.id for one in page.selection.campaigns[-2:]] == [one.id for one in parcours.closed[-2:]]
    if progress is None or not progress.comparable or not seen:
        return
    sides = [
        (_("Les %(n)s savoir-faire travaillés", n=len(progress.worked)), progress.worked_text, True),
        (_("Les %(n)s autres", n=len(progress.others)), progress.others_text, False),
    ]
    title = _(
        "Ce qui a été travaillé, et le reste, de %(since)s à %(until)s", since=progress.since, until=progress.until
    )
    yield Slide("worked", title, {"sides": sides, "caution": progress.caution})


def _next(parcours: ParcoursPage) -> Iterator[Slide]:
    planned = [one for one in parcours.actions if one.action.plan.status == "prevue"]
    forgotten = parcours.forgotten[:MOST_FORGOTTEN]
    for place, some in enumerate(slices(ACTIONS_A_SLIDE, planned) if planned else [planned], start=1):
        content = {"kind": "next", "actions": some, "forgotten": forgotten}
        yield Slide("parcours", _("Le parcours\u00a0: la suite"), content, f"parcours-suite-{place}")
