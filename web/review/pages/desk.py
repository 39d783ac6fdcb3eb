"""What the desk shows: the steps of a review, and what remains in each."""

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from flask import render_template, url_for
from markupsafe import Markup

from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from storage.campaigns.campaigns import Campaign
from storage.review.sheets import ReviewState, SharedSheets, shared_sheets
from web.http.database import connection
from web.http.pages.compression import gzipped
from web.http.pages.recomputed_campaigns import changed_words
from web.results.selection import asked_selection

if TYPE_CHECKING:
    from grille import Level
    from restitution.chart_data.radar import Axis
    from restitution.findings.desk import DeskCell

# A page weighs some 60 kB, compressed 10.
MOST_CACHED_PAGES = 32


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do before adoption: its name, its address, its progress, whether it is done."""

    label: str
    address: str
    words: str
    done: bool


@lru_cache(MOST_CACHED_PAGES)
def cached_desk(campaign: Campaign, state: ReviewState, _others: tuple[object, ...]) -> bytes:
    """Return the page compressed with gzip, cached by its state and all others that the page depends on."""
    return gzipped(render_desk(campaign, state))


def render_desk(campaign: Campaign, state: ReviewState) -> str:
    """Return the page of the desk: families by colleges, what to look at first, the remaining steps."""
    from restitution.findings.desk import desk_rows, findings
    from web.results.pages import results_page

    page = results_page(asked_selection(campaign))
    results = page.results
    sheets = shared_sheets(connection(), campaign)
    return render_template(
        "review/desk.html",
        campaign=campaign,
        page=page,
        rows=desk_rows(results.panels, results.changes),
        found=findings(results.families, results.grid.levels),
        gauge=partial(_gauge, results.grid.levels),
        judgements=sheets.judgements,
        levels={level.value: level.label for level in campaign.grid.levels},
        steps=steps(campaign, sheets, state.waiting),
        words_changed=changed_words(campaign) if results.recomputed.own else "",
    )


def _gauge(levels: "tuple[Level, ...]", axis: "Axis", cell: "DeskCell") -> Markup:
    """Return the drawing of the score of a cell, empty if it has none."""
    from restitution.charts.skill_charts import gauge

    return Markup() if cell.value is None else gauge(cell.value, levels, axis.hue)


def steps(campaign: Campaign, sheets: SharedSheets, waiting: int) -> list[Step]:
    """Return the steps of a review, in the best order; ``waiting`` comments are to be read."""
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
        Step(_("Faire adopter le diagnostic"), _to("adoption", campaign), *_adopted(campaign)),
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


def _adopted(campaign: Campaign) -> tuple[str, bool]:
    from storage.review.snapshots import differs, latest_snapshot  # loads pandas

    adopted = latest_snapshot(connection(), campaign)
    if adopted is None:
        return _("pas encore adopté"), False
    if differs(connection(), campaign, adopted):
        return _("le brouillon diffère de la version %(n)s adoptée", n=adopted.number), False
    return _("version %(n)s adoptée", n=adopted.number), True
