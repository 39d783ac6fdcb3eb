"""What the desk shows: the steps of a review, and what remains in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from flask import render_template, url_for
from markupsafe import Markup

from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from storage.campaigns.campaigns import Campaign
from storage.review.desk.handovers import handovers
from storage.review.sheets import ReviewState, SharedSheets, shared_sheets
from web.http.database import connection
from web.http.pages.compression import gzipped
from web.http.pages.recomputed_campaigns import changed_words
from web.results.selection import asked_selection
from web.review.pages.history import Event, events_of, without_repeats

if TYPE_CHECKING:
    from grille import Level
    from restitution.chart_data.radar import Axis
    from restitution.draft_changes import DraftChange
    from restitution.findings.desk import DeskCell, DeskFindings
    from restitution.findings.first_looks import FirstLook
    from restitution.findings.heat_map import HeatMap, Reading
    from restitution.results import CampaignResults
    from storage.review.snapshots import Snapshot

# A page weighs some 90 kB, compressed 12.
MOST_CACHED_PAGES = 64


@dataclass(frozen=True, slots=True)
class DeskView:
    """How the reader asks for the desk: the reading of the heat map, and whether its rows stay in the grid's order.

    ``since`` is when their last visit ended, None at the first one.
    """

    reading: str = "niveau"
    by_family: bool = False
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do before adoption: its name, its address, its progress, whether it is done."""

    label: str
    address: str
    words: str
    done: bool


@lru_cache(MOST_CACHED_PAGES)
def cached_desk(campaign: Campaign, state: ReviewState, view: DeskView, _others: tuple[object, ...]) -> bytes:
    """Return the page compressed with gzip, cached by its state and all others that the page depends on."""
    return gzipped(render_desk(campaign, state, view))


def asked_view(asked: Mapping[str, str], since: datetime | None) -> DeskView:
    """Return the view that an address asks for; what it does not know is left out."""
    from restitution.findings.heat_map import Reading

    known = [reading.value for reading in Reading]
    reading = asked.get("voir", "")
    return DeskView(reading if reading in known else known[0], asked.get("tri") == "familles", since)


def render_desk(campaign: Campaign, state: ReviewState, view: DeskView) -> str:
    """Return the page of the desk: skills by colleges, what to look at first, the remaining steps, the families."""
    from restitution.findings.desk import desk_rows, findings
    from restitution.findings.heat_map import Reading
    from storage.review.snapshots import latest_snapshot  # loads pandas
    from web.results.pages import results_page

    page = results_page(asked_selection(campaign))
    results, sheets = page.results, shared_sheets(connection(), campaign)
    found = findings(results.families, results.grid.levels)
    adopted = latest_snapshot(connection(), campaign)
    changes, readings = _unadopted(campaign, adopted, sheets), _readings(results)
    view = view if view.reading in readings else replace(view, reading=Reading.LEVEL.value)
    maps = {one: _heat_map(results, campaign, one) for one in {Reading.LEVEL, Reading(view.reading)}}
    return render_template(
        "review/desk.html",
        campaign=campaign,
        page=page,
        view=view,
        readings=readings,
        heat=maps[Reading(view.reading)],
        looks=_first_looks(results, found, maps[Reading.LEVEL], state.aimed),
        rows=desk_rows(results.panels, results.changes),
        found=found,
        gauge=partial(_gauge, results.grid.levels),
        judgements=sheets.judgements,
        levels={level.value: level.label for level in campaign.grid.levels},
        steps=steps(campaign, sheets, state.waiting, adopted, changes),
        unadopted=changes,
        follower=handovers(connection(), campaign)[-1] if state.handover else None,
        news=_news(campaign, view.since),
        words_changed=changed_words(campaign) if results.recomputed.own else "",
    )


def _news(campaign: Campaign, since: datetime | None) -> list[Event]:
    """What happened since that visit, newest first; nothing at a first visit."""
    if since is None:
        return []
    events = sorted((one for one in events_of(campaign) if one.at > since), key=lambda one: one.at)
    return list(reversed(list(without_repeats(events))))


def _unadopted(campaign: Campaign, adopted: "Snapshot | None", sheets: SharedSheets) -> "list[DraftChange]":
    """What the draft changes of the adopted diagnostic; nothing before there is one."""
    from restitution.draft_changes import draft_changes
    from storage.review.snapshots import rewritten

    return draft_changes(adopted.document, rewritten(connection(), campaign, adopted, sheets)) if adopted else []


def _readings(results: "CampaignResults") -> dict[str, str]:
    """The readings of the heat map that this campaign has, in words, by what addresses call them."""
    words = {"niveau": _("Niveau"), "ecart": _("Écart entre collèges"), "ne-sait-pas": _("Ne sait pas")}
    if results.previous is None:
        return words
    return words | {"changement": _("Différence avec %(year)s", year=results.previous.label)}


def _heat_map(results: "CampaignResults", campaign: Campaign, reading: "Reading") -> "HeatMap":
    from restitution.findings.heat_map import heat_map

    asked = {skill.code for skill in campaign.grid.skills if skill.core or campaign.form == "full"}
    before = results.previous.profile if results.previous else None
    return heat_map(results.profile, before, results.colleges, asked, reading, compared=results.compared_scores)


def _first_looks(results: "CampaignResults", found: "DeskFindings", levels: "HeatMap", aimed: str) -> "list[FirstLook]":
    from restitution.findings.change.parcours_progress import weak_skills
    from restitution.findings.first_looks import first_looks

    return first_looks(found, levels, weak_skills(results.profile, results.colleges), aimed.split())


def _gauge(levels: "tuple[Level, ...]", axis: "Axis", cell: "DeskCell") -> Markup:
    """Return the drawing of the score of a cell, empty if it has none."""
    from restitution.charts.skill_charts import gauge

    return Markup() if cell.value is None else gauge(cell.value, levels, axis.hue)


def steps(
    campaign: Campaign,
    sheets: SharedSheets,
    waiting: int,
    adopted: "Snapshot | None",
    changes: "Sequence[DraftChange]",
) -> list[Step]:
    """Return the steps of a review, in the best order.

    ``waiting`` comments are to be read; ``changes`` are what the draft changes of the version ``adopted``.
    """
    families, facts = len(campaign.grid.families), _facts(campaign, sheets)
    written = sheets.note.version > 0
    judged = sum(code in sheets.judgements for code in (family.code for family in campaign.grid.families))
    return [
        Step(_("Relire les commentaires"), _to("comments", campaign), _waiting(waiting), waiting == 0),
        Step(
            _("Répondre aux faits observables"), f"{_to('desk', campaign)}#savoir-faire", _answers(*facts), _all(*facts)
        ),
        Step(_("Juger les familles"), f"{_to('desk', campaign)}#familles", _part(judged, families), judged == families),
        Step(_("Écrire la note de l’année"), _to("note", campaign), _("écrite") if written else _("à écrire"), written),
        Step(_("Faire adopter le diagnostic"), _to("adoption", campaign), *_adopted(adopted, changes)),
    ]


def _to(page: str, campaign: Campaign) -> str:
    return url_for(f"review.{page}", slug=campaign.slug)


def _waiting(n: int) -> str:
    if n == 0:
        return _("aucun en attente")
    return ngettext("un en attente", "%(n)s en attente", n)


def _part(done: int, total: int) -> str:
    return _("%(done)s sur %(total)s", done=done, total=total)


def _answers(done: int, total: int) -> str:
    return _part(done, total) if total else _("la grille n’en donne pas")


def _all(done: int, total: int) -> bool:
    return done == total


def _facts(campaign: Campaign, sheets: SharedSheets) -> tuple[int, int]:
    """How many observable facts were answered, out of how many."""
    done = sum(1 for sheet in sheets.facts.values() for answer in sheet.content.answers if answer.state)
    return done, sum(len(skill.facts) for skill in campaign.grid.skills)


def _adopted(adopted: "Snapshot | None", changes: "Sequence[DraftChange]") -> tuple[str, bool]:
    if adopted is None:
        return _("pas encore adopté"), False
    if changes:
        return _("le brouillon diffère de la version %(n)s adoptée", n=adopted.number), False
    return _("version %(n)s adoptée", n=adopted.number), True
