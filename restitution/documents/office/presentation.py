"""The deck of a campaign, ready for the session: one idea a slide, native charts, and notes that say all in words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE

from restitution.chart_data.radar import Point, Series, described
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
from restitution.documents.report import Report
from restitution.findings.changes import FamilyChange
from restitution.findings.skills import FamilyView, SkillCell
from restitution.review_texts import NotePart
from restitution.text.language import gettext as _
from restitution.text.sentences import DOWN, UP, listed

_MOST_SILENCES, _MOST_ROWS = 7, 8
_LONGEST, _LONGEST_CELL = 620, 150
# Parts of a note this short stand side by side, so many of them.
_SHORT, _BOXES = 240, 3
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


def report_pptx(report: Report) -> bytes:
    """The deck (PowerPoint, 16:9); the same report gives the same bytes."""
    return Presenter(report).content()


class Presenter:
    """The slides of one report, in the order in which a session tells them."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.deck = Deck(report.title, self._footer())

    def content(self) -> bytes:
        """The file."""
        self._opening()
        self._answered()
        self._radar()
        self._changes()
        self._slope()
        for view in self.report.families:
            self._family(view)
        self._colleges()
        self._silences()
        self._judgement()
        for some in _side_by_side(self.report.note):
            self._told(*some)
        self._decide()
        self._method()
        return self.deck.content(self.report.made)

    def _footer(self) -> str:
        report = self.report
        notice = _("Territoire fictif") if report.fictional else ""
        where = f"{report.territory} {report.label}"
        parts = (notice, where, report.answered, report.status, _("établi le %(day)s", day=report.day))
        return " · ".join(part for part in parts if part)

    def _opening(self) -> None:
        report = self.report
        slide = self.deck.slide(report.headline, _said(report.headline, *(f"{a}\u00a0: {b}" for a, b in report.facts)))
        slide.block(SlideBox(MARGIN, 1.9, 1.4, 0.09), "year-before")
        words = [Words(report.territory, 34, bold=True), Words(f"{report.label} – {report.name}", 24)]
        if report.fictional:
            words.append(Words(_("Territoire fictif – données de démonstration"), 18, "hue-3", bold=True))
        words += [Words(report.answered, 20), Words(report.collected, 20), Words(report.status, 20)]
        if report.adopted:
            words.append(Words(report.adopted, 18, "hue-2", bold=True))
        slide.words(SlideBox(MARGIN, 2.3, 11.5, 4.2), words)

    def _answered(self) -> None:
        report = self.report
        said = [f"{one.label}\u00a0: {one.words}" for one in report.participation]
        title = _("Qui a répondu\u00a0: %(answered)s", answered=report.answered)
        slide = self.deck.slide(title, _said(title, *said, _("Qui manque\u202f? Comment aller vers eux\u202f?")))
        names = [one.label if one.count is not None else f"{one.label} ({one.words})" for one in report.participation]
        numbers = tuple(one.count for one in report.participation)
        most = max((number for number in numbers if number is not None), default=1)
        look = ChartLook(0, _round(most), _step(most), font=18, legend=False, labels=True)
        series = [ChartSeries(_("Réponses"), numbers, "year-before")]
        chart = slide.chart(BODY_BOX, XL_CHART_TYPE.BAR_CLUSTERED, names, series, look, ". ".join(said))
        _bars(chart)

    def _radar(self) -> None:
        report, radar = self.report, self.report.radar
        notes = _said(report.headline, described(radar), *report.cautions)
        slide = self.deck.slide(_("Le profil\u00a0: %(headline)s", headline=_lowered(report.headline)), notes)
        series = [self._radar_series(one) for one in radar.series]
        look = ChartLook(radar.lowest, radar.highest, font=16)
        names = [axis.title for axis in radar.axes]
        slide.chart(
            SlideBox(MARGIN, 1.65, 6.6, 5.2), XL_CHART_TYPE.RADAR_MARKERS, names, series, look, described(radar)
        )
        rows = [[TableCell(name) for name in report.table.columns]]
        for row in report.table.rows:
            cells = [_twin(cell) for cell in row.cells]
            rows.append([TableCell(row.axis.title, bold=True, colour=row.axis.hue), *cells])
        widths = _shares(
            5.35, [1.5, *[0.85] * len(radar.series), *([2.1] if len(rows[0]) > len(radar.series) + 1 else [])]
        )
        slide.table(SlideBox(7.35, 1.9, 5.35, 0.72 * len(rows)), rows, widths, size=15)

    def _radar_series(self, series: Series) -> ChartSeries:
        marker, dash = _MARKERS[series.role], _DASHES[series.role]
        hollow, width = series.role == "before", 4 if series.role == "now" else 2.75
        return ChartSeries(series.label, series.values, f"year-{series.role}", marker, dash, width, hollow)

    def _changes(self) -> None:
        report, found = self.report, self.report.territory_changes
        if not any(change.verdict for change in found):
            return
        title = _changed(found, report.since)
        told = [
            f"{change.axis.title}\u00a0: {change.cell.text}. {change.sentence} {change.precision}" for change in found
        ]
        caution = _(
            "Une baisse peut venir de personnes mieux formées, donc plus exigeantes\u00a0: "
            "demandez-leur ce qui a changé."
        )
        slide = self.deck.slide(
            title, _said(title, *told, *([caution] if any(c.verdict == DOWN for c in found) else []))
        )
        rows = [[TableCell(name) for name in (_("Famille"), _("Depuis %(year)s", year=report.since), _("De combien"))]]
        rows += [self._change_row(change) for change in found]
        slide.table(SlideBox(MARGIN, 1.85, 12, 0.72 * len(rows)), rows, [2.3, 3.2, 6.5], size=19)
        slide.words(SlideBox(MARGIN, 6.35, 12, 0.5), [Words(_clear(report), 14, "soft")])

    def _change_row(self, change: FamilyChange) -> list[TableCell]:
        colour = {"up": "hue-2", "down": "hue-5"}.get(change.kind, "ink")
        return [
            TableCell(change.axis.title, bold=True, colour=change.axis.hue),
            TableCell(change.cell.text, bold=change.kind in {"up", "down"}, colour=colour),
            TableCell(change.sentence),
        ]

    def _slope(self) -> None:
        slope = self.report.trends
        if slope is None or all(value is None for value in self.report.radar.series[0].values):
            return
        title = _("Le chemin parcouru de %(first)s à %(last)s", first=slope.labels[0], last=slope.labels[-1])
        told = [_trend(line, slope.labels) for line in slope.trends]
        if len(set(slope.grids)) > 1:
            told.append(
                _(
                    "La grille a changé en chemin\u00a0: toutes les années ne se comparent pas "
                    "savoir-faire par savoir-faire."
                )
            )
        slide = self.deck.slide(title, _said(title, *told))
        series = [
            ChartSeries(line.axis.title, tuple(p.value for p in line.points), line.axis.hue, shape)
            for line, shape in zip(slope.trends, cycle(_SHAPES), strict=False)
        ]
        low, high = slope.shown
        chart = slide.chart(
            SlideBox(MARGIN, 1.65, 8.4, 5.2),
            XL_CHART_TYPE.LINE_MARKERS,
            slope.labels,
            series,
            ChartLook(low, high),
            " ".join(told),
        )
        chart.category_axis.tick_labels.font.bold = True
        slide.table(
            SlideBox(9.4, 1.9, 3.3, 0.62 * (1 + len(series))),
            self._latest(slope.trends, slope.labels),
            [2.1, 1.2],
            size=17,
        )

    def _latest(self, lines: Sequence[FamilyTrend], labels: Sequence[str]) -> list[list[TableCell]]:
        ordered = sorted(lines, key=lambda line: -(line.points[-1].value or -math.inf))
        return [
            [TableCell(_("Famille")), TableCell(labels[-1])],
            *(
                [
                    TableCell(line.axis.title, bold=True, colour=line.axis.hue),
                    TableCell(_score(line.points[-1]), bold=True),
                ]
                for line in ordered
            ),
        ]

    def _family(self, view: FamilyView) -> None:
        report = self.report
        if not view.skills:
            return
        point = dict(zip(report.axes, report.radar.series[0].points, strict=True))[view.axis]
        title = _placed(view.axis.title, point, report)
        retained = report.judgement(view.axis.code)
        told = [
            f"{skill.skill.title}\u00a0: "
            + ", ".join(f"{cell.label} {cell.score or cell.missing}" for cell in skill.cells)
            + "".join(f" – {remark}" for remark in skill.remarks)
            for skill in view.skills
        ]
        judged = [retained.justification, retained.strengths, retained.weaknesses]
        slide = self.deck.slide(title, _said(title, view.description, *told, *judged))
        heads = [_("Savoir-faire"), *(cell.label for cell in view.skills[0].cells)]
        rows = [[TableCell(name, centred=position > 0) for position, name in enumerate(heads)]]
        rows += [
            [TableCell(skill.skill.title, bold=True), *(self._shade(cell, view) for cell in skill.cells)]
            for skill in view.skills[:_MOST_ROWS]
        ]
        widths = _shares(12, [4.2, *[1.6] * len(report.colleges)])
        slide.table(SlideBox(MARGIN, 1.6, 12, min(4.4, 0.72 * len(rows))), rows, widths, size=15)
        slide.words(SlideBox(MARGIN, 6.35, 12, 0.5), [Words(self._under_family(view), 15, "soft")])

    def _shade(self, cell: SkillCell, view: FamilyView) -> TableCell:
        if cell.mean is None:
            return TableCell(cell.missing, colour="soft", centred=True, small=True)
        strength = 0.06 + 0.5 * self.report.radar.position(cell.mean)
        return TableCell(cell.score, bold=True, tint=(view.axis.hue, strength), centred=True)

    def _under_family(self, view: FamilyView) -> str:
        retained = self.report.retained_label(view.axis.code)
        words = [_("Niveau retenu\u00a0: %(level)s.", level=retained)] if retained else []
        words.append(_("Plus la case est foncée, plus le niveau moyen est haut."))
        if view.unasked:
            words.append(_("Sans chiffre publié\u00a0: %(skills)s.", skills=", ".join(view.unasked)))
        return _cut(" ".join(words), 260)

    def _colleges(self) -> None:
        report = self.report
        if not any(panel.gap for panel in report.panels):
            return
        told = [
            "\u202f; ".join(
                [f"{panel.axis.title} – {panel.scores[0].in_words}", *(s.in_words for s in panel.scores[1:])]
            )
            for panel in report.panels
        ]
        slide = self.deck.slide(report.divergence, _said(report.divergence, *told))
        series = [
            ChartSeries(
                label,
                tuple(panel.scores[position].point.value for panel in report.panels),
                f"hue-{position % 10 + 1}",
                shape,
                line=False,
            )
            for (position, label), shape in zip(enumerate(report.colleges.values()), cycle(_SHAPES), strict=False)
        ]
        look = ChartLook(report.grid.lowest, report.grid.highest, font=17)
        names = [panel.axis.title for panel in report.panels]
        slide.chart(BODY_BOX, XL_CHART_TYPE.LINE_MARKERS, names, series, look, ". ".join(told))

    def _silences(self) -> None:
        found = self.report.silences[:_MOST_SILENCES]
        if not found:
            return
        first = found[0]
        title = _(
            "%(share)s des répondants du collège %(college)s ne savent pas juger «\u00a0%(skill)s\u00a0»",
            share=first.text, college=first.college, skill=first.title,
        )  # fmt: skip
        told = [f"{one.title} – {one.college}\u00a0: {one.text}" for one in found]
        question = _(
            "Ce n’est pas un mauvais niveau\u00a0: c’est invisible pour eux. Que pourrions-nous montrer\u202f?"
        )
        slide = self.deck.slide(title, _said(title, *told, question))
        names = [f"{one.title} – {one.college}" for one in found]
        series = [ChartSeries(_("Ne sait pas"), tuple(one.share for one in found), "hue-4")]
        look = ChartLook(0, 1, 0.25, "0\u00a0%", font=16, legend=False, labels=True)
        chart = slide.chart(
            SlideBox(MARGIN, 1.7, 12, 4.4), XL_CHART_TYPE.BAR_CLUSTERED, names, series, look, ". ".join(told)
        )
        _bars(chart)
        slide.words(SlideBox(MARGIN, 6.25, 12, 0.5), [Words(question, 18, "soft")])

    def _judgement(self) -> None:
        report = self.report
        judged = [(axis, report.judgement(axis.code)) for axis in report.axes]
        judged = [(axis, one) for axis, one in judged if one.strengths or one.weaknesses or one.level is not None]
        if not judged:
            return
        title = _("Ce que retiennent les prestataires, à côté des scores")
        told = [
            f"{axis.title}\u00a0: {report.retained_label(axis.code) or _('score conservé')}. {one.justification} "
            f"{_('Points forts')}\u00a0: {one.strengths or '–'} {_('À renforcer')}\u00a0: {one.weaknesses or '–'}"
            for axis, one in judged
        ]
        slide = self.deck.slide(title, _said(title, *told))
        heads = (_("Famille"), _("Niveau retenu"), _("Points forts"), _("À renforcer"))
        rows = [[TableCell(name) for name in heads]]
        for axis, one in judged:
            texts = (
                report.retained_label(axis.code) or _("score conservé"),
                one.strengths or "–",
                one.weaknesses or "–",
            )
            cells = (TableCell(_cut(text, _LONGEST_CELL)) for text in texts)
            rows.append([TableCell(axis.title, bold=True, colour=axis.hue), *cells])
        slide.table(SlideBox(MARGIN, 1.75, 12, min(4.9, 0.95 * len(rows))), rows, [1.9, 2.3, 3.9, 3.9], size=16)

    def _told(self, told: NotePart, *others: NotePart) -> None:
        """A part of the note on its slide, or up to three short ones side by side."""
        if others:
            self._boxes((told, *others))
            return
        slide = self.deck.slide(told.title, _said(told.title, told.text))
        size = 24 if len(told.text) < 300 else 19
        slide.words(BODY_BOX, [Words(line, size) for line in _lines(told.text)])

    def _boxes(self, parts: Sequence[NotePart]) -> None:
        title = _("Le regard du prestataire")
        slide = self.deck.slide(title, _said(title, *(f"{one.title}\u00a0: {one.text}" for one in parts)))
        width = 12.0 / len(parts)
        for position, one in enumerate(parts):
            slide.frame(SlideBox(MARGIN + width * position, 1.75, width - 0.2, 4.9), one.title, _lines(one.text))

    def _decide(self) -> None:
        title = _("À nous de décider\u00a0: que faisons-nous d’ici la prochaine fois\u202f?")
        boxes = (_("Nous continuons"), _("Nous changeons"), _("Nous commençons"))
        slide = self.deck.slide(title, _said(title, _("Écrivez ici ce que la salle décide, avec un nom et une date.")))
        for position, words in enumerate(boxes):
            slide.frame(SlideBox(MARGIN + 4.05 * position, 1.75, 3.85, 4.9), words)

    def _method(self) -> None:
        report = self.report
        title = _("Comment ces chiffres ont été faits, et ce qu’ils ne disent pas")
        facts = [f"{name}\u00a0: {value}" for name, value in report.facts]
        rules = [f"{meaning}\u00a0: {value}" for meaning, value in report.rules]
        slide = self.deck.slide(title, _said(title, *facts, *report.cautions, *rules))
        slide.words(SlideBox(MARGIN, 1.7, 5.9, 5), [Words(line, 14) for line in facts])
        slide.words(SlideBox(MARGIN + 6.3, 1.7, 5.7, 5), [Words(line, 16, bullet=True) for line in report.cautions])


def _side_by_side(note: Sequence[NotePart]) -> Iterator[list[NotePart]]:
    """The parts of a note, short neighbours together, three at most."""
    some: list[NotePart] = []
    for one in note:
        if some and (len(some) == _BOXES or max(len(one.text), len(some[-1].text)) > _SHORT):
            yield some
            some = []
        some.append(one)
    if some:
        yield some


def _lines(text: str) -> list[str]:
    return [line.strip() for line in _cut(text, _LONGEST).split("\n") if line.strip()]


def _said(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _lowered(sentence: str) -> str:
    """The sentence as it goes on after a colon; the name of a family keeps its capital."""
    first, _space, rest = sentence.partition(" ")
    return f"{first.lower()} {rest}" if first in {"Les", "Pas"} else sentence


def _twin(cell: TwinCell) -> TableCell:
    """A cell of the table beside a chart; why a figure is hidden is said in the notes."""
    if cell.kind == "hidden":
        return TableCell(cell.text if len(cell.text) < 16 else _("non publié"), colour="soft", small=True)
    return TableCell(cell.text, bold=bool(cell.note))


def _score(point: Point) -> str:
    return point.text or point.missing


def _trend(line: FamilyTrend, labels: Sequence[str]) -> str:
    told = (f"{label} {_score(point)}" for label, point in zip(labels, line.points, strict=True))
    return f"{line.axis.title}\u00a0: {', '.join(told)}."


def _changed(found: Sequence[FamilyChange], since: str) -> str:
    up = [change.axis.title for change in found if change.verdict == UP]
    down = [change.axis.title for change in found if change.verdict == DOWN]
    clauses = [
        _("en hausse nette\u00a0: %(families)s", families=listed(up)) if up else "",
        _("en baisse nette\u00a0: %(families)s", families=listed(down)) if down else "",
    ]
    told = "\u202f; ".join(clause for clause in clauses if clause)
    return _("Depuis %(year)s, %(told)s", year=since, told=told or _("aucun changement net"))


def _clear(report: Report) -> str:
    clear = report.clear_change
    return _(
        "Un changement est dit net s’il atteint %(clear)s niveau et si la marge d’erreur exclut zéro, "
        "sur les savoir-faire et les collèges comparables.",
        clear=clear,
    )


def _placed(family: str, point: Point, report: Report) -> str:
    if point.value is None:
        return _("%(family)s\u00a0: %(missing)s pour le territoire", family=family, missing=point.missing)
    level = report.radar.level_word(point.value)
    return _(
        "%(family)s est au niveau «\u00a0%(level)s\u00a0» (%(score)s)",
        family=family, level=level, score=point.text,
    )  # fmt: skip


def _shares(width: float, parts: Sequence[float]) -> list[float]:
    """The parts brought to that width in all."""
    return [width * part / sum(parts) for part in parts]


def _bars(chart: Any) -> None:
    """The first category on top, bars thick enough to be seen from the back."""
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.fill.background()
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.plots[0].gap_width = 45


def _step(most: float) -> float:
    return 10.0 ** math.floor(math.log10(max(most, 1)))


def _round(most: float) -> float:
    """A round number above, so that the longest bar keeps room for its label."""
    return math.ceil(most * 1.08 / _step(most)) * _step(most)


def _cut(text: str, letters: int) -> str:
    """The text, cut at a word when it is too long for its place: the whole of it is in the notes.

    >>> _cut("un deux trois", 9), _cut("un deux", 9)
    ('un deux…', 'un deux')
    """
    return text if len(text) <= letters else text[: letters + 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
