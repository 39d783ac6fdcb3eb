"""Slides of figures: participation, radar, families over time, each family, colleges, « je ne sais pas »."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE

from restitution import shown
from restitution.chart_data.radar import MOST_AXES, Point, Series, description_of
from restitution.chart_data.slope import FamilyTrend
from restitution.chart_data.table import TwinCell
from restitution.documents.office.pptx_deck import Deck
from restitution.documents.office.pptx_elements import (
    BODY_BOX,
    MARGIN,
    ChartLook,
    ChartSeries,
    SlideBox,
    TableCell,
    Words,
)
from restitution.documents.office.presentation_words import cut, joined, shares
from restitution.documents.report import Report
from restitution.finding import Finding
from restitution.findings.profile.skills import FamilyView, SkillCell
from restitution.text.language import gettext as _
from restitution.text.sentences import at_level

_MOST_SILENCES, _MOST_ROWS = 7, 8
_MOST_REASONS = 10  # colleges: beyond, their columns are too narrow for the reason of a hidden figure
_MARKERS = {"now": XL_MARKER_STYLE.CIRCLE, "before": XL_MARKER_STYLE.SQUARE, "first": XL_MARKER_STYLE.TRIANGLE}
_DASHES = {"now": MSO_LINE.SOLID, "before": MSO_LINE.DASH, "first": MSO_LINE.ROUND_DOT}
_SHAPES = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.DIAMOND,
    XL_MARKER_STYLE.STAR,
    XL_MARKER_STYLE.X,
)


def answered_slide(deck: Deck, report: Report, _finding: Finding, shows: shown.Participation) -> None:
    """Add the slide of participation: how many answered in each college."""
    notes = [f"{one.label}\u00a0: {one.words}" for one in shows.colleges]
    title = _("Qui a répondu\u00a0: %(answered)s", answered=report.answered)
    slide = deck.slide(title, joined(title, *notes, _("Qui manque\u202f? Comment aller vers eux\u202f?")), "chart")
    names = [one.label if one.count is not None else f"{one.label} ({one.words})" for one in shows.colleges]
    numbers = tuple(one.count for one in shows.colleges)
    most = max((number for number in numbers if number is not None), default=1)
    look = ChartLook(0, _round(most), _step(most), font=18, legend=False, labels=True)
    series = [ChartSeries(_("Réponses"), numbers, "year-before")]
    chart = slide.chart(BODY_BOX, XL_CHART_TYPE.BAR_CLUSTERED, names, series, look, ". ".join(notes))
    _bars(chart)


def radar_slide(deck: Deck, report: Report, _finding: Finding, shows: shown.ProfileRadar) -> None:
    """Add the slide of the campaigns on one radar, with their figures in a table."""
    radar = shows.radar
    notes = joined(report.headline, description_of(radar), report.table.note, *report.cautions)
    slide = deck.slide(_("Le profil\u00a0: %(headline)s", headline=_lowered(report.headline)), notes, "chart and table")
    series = [_radar_series(one) for one in radar.series]
    many = len(radar.axes) > MOST_AXES
    look = ChartLook(radar.lowest, radar.highest, font=12 if many else 16)
    names = [cut(axis.title, 28 if many else 44) for axis in radar.axes]
    kind = XL_CHART_TYPE.LINE_MARKERS if radar.as_rows else XL_CHART_TYPE.RADAR_MARKERS
    if radar.as_rows:
        series = [replace(one, line=False) for one in series]
    slide.chart(SlideBox(MARGIN, 1.65, 6.6, 5.2), kind, names, series, look, description_of(radar))
    rows = [[TableCell(name) for name in report.table.columns]]
    for row in report.table.rows:
        cells = [_twin(cell) for cell in row.cells]
        rows.append([TableCell(row.axis.title, bold=True, colour=row.axis.hue), *cells])
    widths = shares(5.35, [1.5, *[0.85] * len(radar.series), *([2.1] if len(rows[0]) > len(radar.series) + 1 else [])])
    slide.table(SlideBox(7.35, 1.9, 5.35, 0.72 * len(rows)), rows, widths, size=15)


def _radar_series(series: Series) -> ChartSeries:
    marker, dash = _MARKERS[series.role], _DASHES[series.role]
    hollow, width = series.role == "before", 4 if series.role == "now" else 2.75
    return ChartSeries(series.label, series.values, f"year-{series.role}", marker, dash, width, hollow)


def slope_slide(deck: Deck, report: Report, finding: Finding, shows: shown.FamilyTrends) -> None:
    """Add the slide of the families from campaign to campaign."""
    slope = shows.slope
    notes = [_trend(line, slope.labels) for line in slope.trends]
    if len(set(slope.grids)) > 1:
        notes.append(_("La grille a changé en chemin\u00a0: tout ne se compare pas forcément d’une année à l’autre."))
    slide = deck.slide(finding.title, joined(finding.title, *notes), "chart and table")
    series = [
        ChartSeries(line.axis.title, tuple(p.value for p in line.points), line.axis.hue, shape)
        for line, shape in zip(slope.trends, cycle(_SHAPES), strict=False)
    ]
    chart = slide.chart(
        SlideBox(MARGIN, 1.65, 8.4, 5.2),
        XL_CHART_TYPE.LINE_MARKERS,
        slope.labels,
        series,
        ChartLook(report.grid.lowest, report.grid.highest),
        " ".join(notes),
    )
    chart.category_axis.tick_labels.font.bold = True
    slide.table(
        SlideBox(9.4, 1.9, 3.3, 0.62 * (1 + len(series))),
        _latest(slope.trends, slope.labels),
        [2.1, 1.2],
        size=17,
    )


def _latest(lines: Sequence[FamilyTrend], labels: Sequence[str]) -> list[list[TableCell]]:
    ordered = sorted(lines, key=lambda line: -(line.points[-1].value or -math.inf))
    return [
        [TableCell(_("Famille")), TableCell(labels[-1])],
        *(
            [
                TableCell(line.axis.title, bold=True, colour=line.axis.hue),
                _latest_score(line.points[-1]),
            ]
            for line in ordered
        ),
    ]


def _latest_score(point: Point) -> TableCell:
    return TableCell(point.text, bold=True) if point.text else _hidden(point.missing)


def family_slide(deck: Deck, report: Report, finding: Finding, shows: shown.FamilyDetail) -> None:
    """Add the slide of one family: its skills by college."""
    view = shows.view
    if not view.skills:
        return
    title, retained = _placed(finding.title, shows.point, report), shows.judged
    notes = [
        f"{skill.skill.title}\u00a0: "
        + ", ".join(f"{cell.label} {cell.score or cell.missing}" for cell in skill.cells)
        + "".join(f" – {remark}" for remark in skill.remarks)
        for skill in view.skills
    ]
    judged = [retained.justification, retained.strengths, retained.weaknesses]
    slide = deck.slide(title, joined(title, view.description, *notes, *judged), "table")
    heads = [_("Savoir-faire"), *(cell.label for cell in view.skills[0].cells)]
    rows = [[TableCell(name, centred=position > 0) for position, name in enumerate(heads)]]
    rows += [
        [TableCell(skill.skill.title, bold=True), *(_shade(cell, view, report) for cell in skill.cells)]
        for skill in view.skills[:_MOST_ROWS]
    ]
    widths = shares(12, [4.2, *[1.6] * len(report.colleges)])
    slide.table(SlideBox(MARGIN, 1.6, 12, min(4.4, 0.72 * len(rows))), rows, widths, size=15)
    slide.words(SlideBox(MARGIN, 6.35, 12, 0.5), [Words(_under_family(view, report), 15, "soft")])


def _shade(cell: SkillCell, view: FamilyView, report: Report) -> TableCell:
    if cell.mean is None:
        reason = cell.missing if len(report.colleges) <= _MOST_REASONS else "–"
        return TableCell(reason, colour="soft", centred=True, small=True)
    strength = 0.06 + 0.5 * report.radar.position(cell.mean)
    return TableCell(cell.score, bold=True, tint=(view.axis.hue, strength), centred=True)


def _under_family(view: FamilyView, report: Report) -> str:
    retained = report.retained_label(view.axis.code)
    words = [_("Niveau retenu\u00a0: %(level)s.", level=retained)] if retained else []
    words.append(_("Plus la case est foncée, plus le niveau moyen est haut."))
    if len(report.colleges) > _MOST_REASONS and any(cell.mean is None for one in view.skills for cell in one.cells):
        words.append(_("Un tiret\u00a0: pas de chiffre publié\u202f; les notes disent pourquoi."))
    if view.unasked:
        words.append(_("Sans chiffre publié\u00a0: %(skills)s.", skills=", ".join(view.unasked)))
    return cut(" ".join(words), 260)


def colleges_slide(deck: Deck, report: Report, finding: Finding, shows: shown.CollegeGaps) -> None:
    """Add the slide of the colleges side by side, by family; none when no two can be compared."""
    if not any(panel.gap for panel in shows.panels):
        return
    notes = [
        "\u202f; ".join([f"{panel.axis.title} – {panel.scores[0].in_words}", *(s.in_words for s in panel.scores[1:])])
        for panel in shows.panels
    ]
    slide = deck.slide(finding.title, joined(finding.title, *notes), "chart")
    series = [
        ChartSeries(
            label,
            tuple(panel.scores[position].point.value for panel in shows.panels),
            f"hue-{position % 10 + 1}",
            shape,
            line=False,
        )
        for (position, label), shape in zip(enumerate(report.colleges.values()), cycle(_SHAPES), strict=False)
    ]
    look = ChartLook(report.grid.lowest, report.grid.highest, font=17)
    names = [panel.axis.title for panel in shows.panels]
    slide.chart(BODY_BOX, XL_CHART_TYPE.LINE_MARKERS, names, series, look, ". ".join(notes))


def silences_slide(deck: Deck, _report: Report, _finding: Finding, shows: shown.HighSilences) -> None:
    """Add the slide of the skills that many people cannot judge."""
    found = shows.silences[:_MOST_SILENCES]
    first = found[0]
    title = first.sentence
    notes = [f"{one.title} – {one.college}\u00a0: {one.what}" for one in found]
    question = _(
        "Ce n’est pas un mauvais niveau\u00a0: c’est souvent invisible pour eux. Que pourrions-nous montrer\u202f?"
    )
    slide = deck.slide(title, joined(title, *notes, question), "chart")
    names = [f"{one.title} – {one.college}" for one in found]
    series = [ChartSeries(_("Part des répondants"), tuple(one.share for one in found), "hue-4")]
    look = ChartLook(0, 1, 0.25, "0\u00a0%", font=16, legend=False, labels=True)
    chart = slide.chart(
        SlideBox(MARGIN, 1.7, 12, 4.4), XL_CHART_TYPE.BAR_CLUSTERED, names, series, look, ". ".join(notes)
    )
    _bars(chart)
    slide.words(SlideBox(MARGIN, 6.25, 12, 0.5), [Words(question, 18, "soft")])


def _lowered(sentence: str) -> str:
    """Return the sentence as it continues after a colon; the name of a family keeps its capital."""
    first, _space, rest = sentence.partition(" ")
    return f"{first.lower()} {rest}" if first in {"Les", "Aucun", "Aucune", "On"} else sentence


def _twin(cell: TwinCell) -> TableCell:
    """Return a cell of the table beside a chart; the notes say why a figure is hidden."""
    return _hidden(cell.text) if cell.kind == "hidden" else TableCell(cell.text, bold=bool(cell.note))


def _hidden(reason: str) -> TableCell:
    return TableCell(reason if len(reason) < 16 else _("non publié"), colour="soft", small=True)


def _score(point: Point) -> str:
    return point.text or point.missing


def _trend(line: FamilyTrend, labels: Sequence[str]) -> str:
    scores = (f"{label} {_score(point)}" for label, point in zip(labels, line.points, strict=True))
    return f"{line.axis.title}\u00a0: {', '.join(scores)}."


def _placed(family: str, point: Point, report: Report) -> str:
    if point.figure is None:
        return _("%(family)s\u00a0: %(missing)s pour le territoire", family=family, missing=point.missing)
    at = at_level(point.figure, report.grid.levels, report.radar.places)
    return _("%(family)s est %(at)s (%(score)s)", family=family, at=at, score=point.text)


def _bars(chart: Any) -> None:
    """Put the first category at the top, and make bars thick enough to be seen from the back of a room."""
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.fill.background()
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.plots[0].gap_width = 45


def _step(most: float) -> float:
    return 10.0 ** math.floor(math.log10(max(most, 1)))


def _round(most: float) -> float:
    """Return a round number above ``most``, so that the longest bar has room for its label."""
    return math.ceil(most * 1.08 / _step(most)) * _step(most)
