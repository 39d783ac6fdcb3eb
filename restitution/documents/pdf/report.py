"""The report of a campaign as a tagged PDF, for paper and screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from restitution import shown
from restitution.chart_data.colours import LIGHT
from restitution.chart_data.radar import Point, description_of
from restitution.chart_data.table import TwinTable
from restitution.documents.pdf.pictures import panel_picture, radar_picture, slope_picture
from restitution.documents.pdf.typst_pdf import typst_pdf
from restitution.documents.report import Report
from restitution.finding import Finding, Medium
from restitution.findings.change.changes import FamilyChange, smallest_visible
from restitution.findings.profile.college_gaps import CollegesOnFamily
from restitution.findings.profile.skills import SkillCell
from restitution.story import by_kind, tell
from restitution.text.language import gettext as _

_MOST_SILENCES = 12

Drawing = Callable[[Any, Report], dict[str, Any]]


def report_pdf(report: Report) -> bytes:
    """Return the PDF (PDF/UA-1); the same report gives the same bytes."""
    return typst_pdf("report.typ", _content(report), report.made)


def _content(report: Report) -> dict[str, Any]:
    return {
        "words": _words(report),
        "colours": LIGHT,
        "territory": report.territory,
        "name": f"{report.label} – {report.name}",
        "warning": report.warning,
        "headline": report.headline,
        "running": _running(report),
        "adopted": report.adopted,
        "recomputed": report.recomputed.text,
        "key": [[_("Réponses"), report.answered], [_("Grille"), report.status], [_("Collecte"), report.collected]],
        "sections": [
            {"kind": kind if kind in _KINDS else "passage", "items": [_item(one, report) for one in some]}
            for kind, some in by_kind(tell(report, Medium.PDF))
        ],
    }


def _running(report: Report) -> str:
    """Return the text at the foot of each page."""
    parts = (report.territory, report.label, report.status, report.day, report.recomputed.short)
    return " · ".join(part for part in parts if part)


def _item(finding: Finding, report: Report) -> dict[str, Any]:
    """Return the values of a finding for the template, beside its title."""
    draw: Drawing = DRAWINGS.get(type(finding.shows), _passage)
    return {"title": finding.title, **draw(finding.shows, report)}


def _passage(shows: shown.Shown, _report: Report) -> dict[str, Any]:
    """Return a finding in words, with its table, for kinds that have no drawing here."""
    table = shows.figures
    return {
        "lines": list(shows.words),
        "columns": list(table.columns) if table else [],
        "rows": [list(row) for row in table.rows] if table else [],
    }


def _radar(shows: shown.ProfileRadar, report: Report) -> dict[str, Any]:
    radar = shows.radar
    return {
        "picture": radar_picture(radar),
        "alt": description_of(radar),
        "table": _table(report.table),
        "caption": list(radar.caption),
        "legend": [[series.label, series.role] for series in radar.series],
    }


def _table(table: TwinTable) -> dict[str, Any]:
    rows = [
        {"title": row.axis.title, "hue": LIGHT[row.axis.hue], "cells": [[cell.text, cell.note] for cell in row.cells]}
        for row in table.rows
    ]
    return {"columns": list(table.columns), "rows": rows, "note": table.note}


def _slope(shows: shown.FamilyTrends, _report: Report) -> dict[str, Any]:
    labels = shows.slope.labels
    trends = (
        f"{line.axis.title}\u00a0: "
        + ", ".join(
            _("%(score)s en %(campaign)s", score=_shown(point), campaign=label)
            for label, point in zip(labels, line.points, strict=True)
        )
        for line in shows.slope.trends
    )
    alt = _("Le score de chaque famille à chaque mesure, de la plus ancienne à la plus récente.")
    return {"picture": slope_picture(shows.slope), "alt": f"{alt} {'. '.join(trends)}."}


def _colleges(shows: shown.CollegeGaps, _report: Report) -> dict[str, Any]:
    panels = [
        {
            "title": panel.axis.title,
            "badge": panel.axis.badge,
            "hue": LIGHT[panel.axis.hue],
            "picture": panel_picture(panel),
            "alt": _panel_in_words(panel),
        }
        for panel in shows.panels
    ]
    return {"panels": panels}


def _panel_in_words(panel: CollegesOnFamily) -> str:
    """Return the dots of a family as sentences, for screen readers."""
    said = _(
        "Le score de chaque collège pour la famille «\u00a0%(family)s\u00a0», entre parenthèses le nombre de réponses, "
        "puis la marge d’erreur.",
        family=panel.axis.title,
    )
    return f"{said} {'. '.join(score.in_words for score in panel.scores)}."


def _shown(point: Point) -> str:
    return point.text or point.missing


def _changes(shows: shown.FamilyChanges, report: Report) -> dict[str, Any]:
    changes = [
        {
            "family": change.axis.title,
            "hue": LIGHT[change.axis.hue],
            "verdict": change.cell.text,
            "kind": change.kind,
            "sentence": change.sentence,
            "precision": " ".join([change.precision, *change.cautions]),
        }
        for change in shows.changes
    ]
    by_college = [_college_row(one, report) for one in report.changes if one.college in report.colleges]
    return {"changes": changes, "by_college": by_college, "smallest": smallest_visible(report.changes)}


def _college_row(change: FamilyChange, report: Report) -> list[str]:
    """Return a college's change: name, both scores, difference, interval, and the verdict or why none."""
    moved = "" if change.delta is None else f"{change.before_text} → {change.after_text} ({change.delta_text})"
    interval = f"{change.interval_text} ({change.confidence})" if change.interval_text else "–"
    return [change.axis.title, report.colleges[change.college], moved or "–", interval, change.word]


def _not_compared(shows: shown.NotCompared, _report: Report) -> dict[str, Any]:
    return {"skills": [[one.title, one.reason] for one in shows.skills]}


def _silences(shows: shown.HighSilences, _report: Report) -> dict[str, Any]:
    return {"silences": [[one.title, one.college, one.what] for one in shows.silences[:_MOST_SILENCES]]}


def _note(shows: shown.YearlyNote, _report: Report) -> dict[str, Any]:
    return {"parts": [[part.title, part.text] for part in shows.parts]}


def _method(_shows: shown.Method, report: Report) -> dict[str, Any]:
    return {
        "how_to_read": report.how_to_read,
        "cautions": report.cautions,
        "facts": report.facts,
        "participation": [[one.label, one.words] for one in report.participation],
        "levels": [[level.value, level.label, level.description] for level in report.grid.levels],
        "rules": report.rules,
    }


def _family(shows: shown.FamilyDetail, report: Report) -> dict[str, Any]:
    view, point, judged = shows.view, shows.point, shows.judged
    return {
        "badge": view.axis.badge,
        "hue": LIGHT[view.axis.hue],
        "description": view.description,
        "score": _shown(point),
        "level": point.word(report.grid.levels),
        "colleges": list(report.colleges.values()),
        "skills": [
            {
                "title": skill.skill.title,
                "cells": [_cell(cell, report) for cell in skill.cells],
                "remarks": skill.remarks,
            }
            for skill in view.skills
        ],
        "unasked": list(view.unasked),
        "retained": report.retained_label(view.axis.code),
        "justification": judged.justification,
        "strengths": judged.strengths,
        "weaknesses": judged.weaknesses,
    }


def _cell(cell: SkillCell, report: Report) -> dict[str, Any]:
    """Return the content of a cell of the skills' table: the mean and the number of answers."""
    if cell.mean is None:
        return {"score": "", "missing": cell.missing, "tint": 0}
    tint = round(6 + 44 * report.radar.position(cell.mean))
    counted = _("n = %(n)s", n=cell.n)
    return {"score": cell.score, "n": ", ".join(filter(None, (counted, cell.silence_words))), "tint": tint}


DRAWINGS: Mapping[type[shown.Shown], Drawing] = {
    shown.ProfileRadar: _radar,
    shown.FamilyChanges: _changes,
    shown.FamilyTrends: _slope,
    shown.CollegeGaps: _colleges,
    shown.FamilyDetail: _family,
    shown.HighSilences: _silences,
    shown.NotCompared: _not_compared,
    shown.YearlyNote: _note,
    shown.Method: _method,
}
_KINDS = {shows.kind for shows in DRAWINGS}


def _words(report: Report) -> dict[str, str]:
    """Return every text of the template itself, which contains none."""
    return {
        "kind": _("Rapport de restitution"),
        "profile": _("Le profil"),
        "same": _("Les mêmes chiffres, en tableau"),
        "family": _("Famille"),
        "changes": _("Ce qui a changé depuis %(year)s", year=report.since),
        "shift": _(
            "Une baisse peut venir de personnes mieux formées, donc plus exigeantes. Demandez-leur ce qui a "
            "changé\u00a0: le chiffre seul ne le dit pas."
        ),
        "by_college": _("Collège par collège"),
        "how_to_read": _("Comment lire"),
        "compared": _("De quoi à quoi"),
        "interval": _("Intervalle"),
        "verdict": _("Verdict"),
        "colleges": _("Les regards des collèges"),
        "reading_colleges": _(
            "Un point par collège publié, de gauche (niveau le plus bas) à droite. La bande claire est son "
            "intervalle, le trait en tirets le score du territoire."
        ),
        "families": _("Famille par famille"),
        "skill": _("Savoir-faire"),
        "retained": _("Niveau retenu par le prestataire"),
        "strengths": _("Points forts"),
        "weaknesses": _("À renforcer"),
        "unasked": _("Sans chiffre publié"),
        "silences": _("Là où beaucoup n’ont pas donné de niveau"),
        "reading_silences": _(
            "Ce n’est pas un niveau bas\u00a0: c’est souvent une pratique que ces personnes ne voient pas."
        ),
        "college": _("Collège"),
        "unknown": _("Combien"),
        "note": _("Le regard du prestataire"),
        "method": _("Comment ces chiffres ont été faits"),
        "facts": _("Ce document"),
        "answered": _("Qui a répondu"),
        "answers": _("Réponses"),
        "levels": _("Les niveaux"),
        "rules": _("Les règles de calcul, toutes"),
        "rule": _("Règle"),
        "value": _("Valeur"),
    }
