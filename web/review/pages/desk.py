"""What the desk shows: the steps of a review, and what remains in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from flask import render_template, url_for
from markupsafe import Markup

from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from storage.campaigns.campaigns import Campaign
from storage.review.comments import pending_comments
from storage.review.sheets import Facts, Judgement, YearlyNote, read_sheet, sheets_of
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
def cached_desk(campaign: Campaign, _key: tuple[object, ...]) -> bytes:
    """Return the page compressed with gzip, cached by ``_key``, which holds all that the page depends on."""
    return gzipped(render_desk(campaign))


def render_desk(campaign: Campaign) -> str:
    """Return the page of the desk: families by colleges, what to look at first, the remaining steps."""
    from restitution.findings.desk import desk_rows, findings
    from web.results.pages import results_page

    page = results_page(asked_selection(campaign))
    results = page.results
    judgements = sheets_of(connection(), campaign, Judgement)
    return render_template(
        "review/desk.html",
        campaign=campaign,
        page=page,
        rows=desk_rows(results.panels, results.changes),
        found=findings(results.families, results.grid.levels),
        gauge=partial(_gauge, results.grid.levels),
        judgements=judgements,
        levels={level.value: level.label for level in campaign.grid.levels},
        steps=steps(campaign, judgements),
        words_changed=changed_words(campaign),
    )


def _gauge(levels: "tuple[Level, ...]", axis: "Axis", cell: "DeskCell") -> Markup:
    """Return the drawing of the score of a cell, empty if it has none."""
    from restitution.charts.skill_charts import gauge

    return Markup() if cell.value is None else gauge(cell.value, levels, axis.hue)


def steps(campaign: Campaign, judgements: Mapping[str, Any]) -> list[Step]:
    """Return the steps of a review, in the best order."""
    db, families = connection(), len(campaign.grid.families)
    waiting, facts = pending_comments(db, campaign), _facts(campaign)
    written = read_sheet(db, campaign, YearlyNote).version > 0
    judged = sum(code in judgements for code in (family.code for family in campaign.grid.families))
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


def _facts(campaign: Campaign) -> tuple[int, int]:
    """How many observable facts were answered, out of how many."""
    answered = sheets_of(connection(), campaign, Facts).values()
    done = sum(1 for sheet in answered for answer in sheet.content.answers if answer.state)
    return done, sum(len(skill.facts) for skill in campaign.grid.skills)


def _adopted(campaign: Campaign) -> tuple[str, bool]:
    from storage.review.snapshots import differs, latest_snapshot  # loads pandas

    adopted = latest_snapshot(connection(), campaign)
    if adopted is None:
        return _("pas encore adopté"), False
    if differs(connection(), campaign, adopted):
        return _("le brouillon diffère de la version %(n)s adoptée", n=adopted.number), False
    return _("version %(n)s adoptée", n=adopted.number), True
