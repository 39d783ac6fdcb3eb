"""The report of a campaign on paper or screen: a tagged PDF that reads from the sentence on top to the last rule."""

from __future__ import annotations

from typing import Any

from restitution.chart_data.colours import LIGHT
from restitution.chart_data.radar import Point, described
from restitution.chart_data.table import TwinTable
from restitution.documents.pdf.pictures import panel_picture, radar_picture, slope_picture
from restitution.documents.pdf.typst_pdf import typst_pdf
from restitution.documents.report import Report
from restitution.findings.college_gaps import CollegesOnFamily
from restitution.findings.skills import FamilyView, SkillCell
from restitution.text.language import gettext as _

_MOST_SILENCES = 12


def report_pdf(report: Report) -> bytes:
    """The PDF (PDF/UA-1); the same report gives the same bytes."""
    return typst_pdf("report.typ", _content(report), report.made)


def _content(report: Report) -> dict[str, Any]:
    return {
        "words": _words(report),
        "colours": LIGHT,
        "territory": report.territory,
        "name": f"{report.label} – {report.name}",
        "fictional": report.fictional,
        "headline": report.headline,
        "running": f"{report.territory} · {report.label} · {report.status} · {report.day}",
        "day": report.day,
        "adopted": report.adopted,
        "facts": report.facts,
        "key": [[_("Réponses"), report.answered], [_("Grille"), report.status], [_("Collecte"), report.collected]],
        "radar": {
            "picture": radar_picture(report.radar),
            "alt": described(report.radar),
            "table": _table(report.table),
        },
        "caption": list(report.radar.caption),
        "legend": [[series.label, series.role] for series in report.radar.series],
        "slope": _slope(report),
        "changes": _changes(report),
        "left_out": [[one.title, one.reason] for one in report.not_comparable],
        "participation": [[one.label, one.words] for one in report.participation],
        "divergence": report.divergence,
        "panels": [
            {
                "title": panel.axis.title,
                "badge": panel.axis.badge,
                "hue": LIGHT[panel.axis.hue],
                "picture": panel_picture(panel),
                "alt": _panel_in_words(panel),
            }
            for panel in report.panels
        ],
        "families": [_family(view, report) for view in report.families],
        "silences": [
            [one.title, one.college, one.text, LIGHT[one.axis.hue]] for one in report.silences[:_MOST_SILENCES]
        ],
        "note": [[told.title, told.text] for told in report.note],
        "cautions": report.cautions,
        "levels": [[level.value, level.label, level.description] for level in report.grid.levels],
        "rules": report.rules,
    }


def _table(table: TwinTable) -> dict[str, Any]:
    rows = [
        {"title": row.axis.title, "hue": LIGHT[row.axis.hue], "cells": [[cell.text, cell.note] for cell in row.cells]}
        for row in table.rows
    ]
    return {"columns": list(table.columns), "rows": rows}


def _slope(report: Report) -> dict[str, Any] | None:
    slope = report.trends
    if slope is None or all(value is None for value in report.radar.series[0].values):
        return None
    labels = slope.labels
    told = (
        f"{line.axis.title}\u00a0: "
        + ", ".join(
            _("%(score)s en %(wave)s", score=_shown(point), wave=label)
            for label, point in zip(labels, line.points, strict=True)
        )
        for line in slope.trends
    )
    title = _("Le chemin parcouru de %(first)s à %(last)s", first=labels[0], last=labels[-1])
    alt = _("Le score de chaque famille à chaque mesure, de la plus ancienne à la plus récente.")
    return {"title": title, "picture": slope_picture(slope), "alt": f"{alt} {'. '.join(told)}."}


def _panel_in_words(panel: CollegesOnFamily) -> str:
    """What the dots of a family say, as sentences that can be read aloud."""
    said = _(
        "Le score de chaque collège pour la famille «\u00a0%(family)s\u00a0», entre parenthèses le nombre de réponses, "
        "puis la marge d’erreur.",
        family=panel.axis.title,
    )
    return f"{said} {'. '.join(score.in_words for score in panel.scores)}."


def _shown(point: Point) -> str:
    return point.text or point.missing


def _changes(report: Report) -> list[dict[str, str]]:
    return [
        {
            "family": change.axis.title,
            "hue": LIGHT[change.axis.hue],
            "verdict": change.cell.text,
            "kind": change.kind,
            "sentence": change.sentence,
            "precision": change.precision,
        }
        for change in report.territory_changes
    ]


def _family(view: FamilyView, report: Report) -> dict[str, Any]:
    judged, point = report.judgement(view.axis.code), report.radar.series[0].points[report.axes.index(view.axis)]
    level = "" if point.value is None else report.radar.level_word(point.value)
    return {
        "title": view.axis.title,
        "badge": view.axis.badge,
        "hue": LIGHT[view.axis.hue],
        "description": view.description,
        "score": _shown(point),
        "level": level,
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
    """What a cell of the skills' table shows: the mean and how many answered."""
    if cell.mean is None:
        return {"score": "", "missing": cell.missing, "tint": 0}
    tint = round(6 + 44 * report.radar.position(cell.mean))
    return {"score": cell.score, "n": _("n = %(n)s", n=cell.n), "tint": tint}


def _words(report: Report) -> dict[str, str]:
    """Every word that the page itself says, so that the template holds none."""
    k = report.profile.rules.k
    return {
        "kind": _("Rapport de restitution"),
        "fictional": _("Territoire fictif – données de démonstration"),
        "adopted": report.adopted,
        "profile": _("Le profil"),
        "same": _("Les mêmes chiffres, en tableau"),
        "family": _("Famille"),
        "changes": _("Ce qui a changé depuis %(year)s", year=report.since),
        "left_out": _("Ce qui ne se compare pas d’une grille à l’autre"),
        "shift": _(
            "Une baisse peut venir de personnes mieux formées, donc plus exigeantes. Demandez-leur ce qui a "
            "changé\u00a0: le chiffre seul ne le dit pas."
        ),
        "colleges": _("Les regards des collèges"),
        "reading_colleges": _(
            "Un point par collège, de gauche (niveau le plus bas) à droite. La bande claire est la marge d’erreur, "
            "le trait en tirets le score du territoire."
        ),
        "families": _("Famille par famille"),
        "skill": _("Savoir-faire"),
        "retained": _("Niveau retenu par le prestataire"),
        "strengths": _("Points forts"),
        "weaknesses": _("À renforcer"),
        "unasked": _("Sans chiffre publié"),
        "silences": _("Ce que beaucoup ne savent pas juger"),
        "reading_silences": _("Ce n’est pas un niveau bas\u00a0: c’est une pratique que ces personnes ne voient pas."),
        "college": _("Collège"),
        "unknown": _("Ne sait pas"),
        "note": _("Le regard du prestataire"),
        "method": _("Comment ces chiffres ont été faits"),
        "facts": _("Ce document"),
        "answered": _("Qui a répondu"),
        "answers": _("Réponses"),
        "levels": _("Les niveaux"),
        "rules": _("Les règles de calcul, toutes"),
        "rule": _("Règle"),
        "value": _("Valeur"),
        "territory": _("Territoire"),
        "page": _("page"),
        "hidden": _("aucun chiffre sur moins de %(k)s personnes", k=k),
        "made": _("Document établi le %(day)s", day=report.day),
    }
