"""Slides of text: changes, what reviewers retained and wrote, decisions, the method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from restitution import shown
from restitution.charts.qr_code import qr_png
from restitution.documents.office.pptx_deck import Deck
from restitution.documents.office.pptx_elements import BODY_BOX, MARGIN, SlideBox, TableCell, Words
from restitution.documents.office.presentation_words import cut, joined, lines
from restitution.documents.report import Report, TeamSlide
from restitution.finding import Finding
from restitution.findings.change.changes import FamilyChange
from restitution.review_texts import NotePart
from restitution.text.language import gettext as _
from restitution.text.sentences import DOWN, UP, listed, no_clear_change

_LONGEST_CELL, _MOST_CHEERED = 150, 3
# Parts of a note this short stand side by side, so many of them.
_SHORT, _BOXES = 240, 3


def changes_slide(deck: Deck, report: Report, _finding: Finding, shows: shown.FamilyChanges) -> None:
    """Add the slide of the territory's changes, by family; none when nothing can be compared."""
    found = shows.changes
    if not any(change.delta is not None for change in found):
        return
    title = _changed(found, report.since)
    sentences = [_describe_change(change) for change in found]
    caution = _(
        "Une baisse peut venir de personnes mieux formées, donc plus exigeantes\u00a0: demandez-leur ce qui a changé."
    )
    slide = deck.slide(
        title, joined(title, *sentences, *([caution] if any(c.verdict == DOWN for c in found) else [])), "table"
    )
    rows = [[TableCell(name) for name in (_("Famille"), _("Depuis %(year)s", year=report.since), _("De combien"))]]
    rows += [_change_row(change) for change in found]
    slide.table(SlideBox(MARGIN, 1.85, 12, 0.72 * len(rows)), rows, [2.3, 3.2, 6.5], size=17)
    slide.words(SlideBox(MARGIN, 6.35, 12, 0.5), [Words(_clear(report), 14, "soft")])


def _describe_change(change: FamilyChange) -> str:
    """Return a change in full, for the notes."""
    word = f"{change.word}. " if change.verdict else ""
    parts = [f"{change.axis.title}\u00a0: {word}{change.sentence}", change.precision, *change.cautions]
    return " ".join(filter(None, parts))


def _change_row(change: FamilyChange) -> list[TableCell]:
    colour = {"up": "hue-2", "down": "hue-5"}.get(change.kind, "ink")
    word = f"{change.symbol} {change.word}".strip()
    return [
        TableCell(change.axis.title, bold=True, colour=change.axis.hue),
        TableCell(word, bold=change.kind in {"up", "down"}, colour=colour),
        TableCell(f"{change.sentence} {change.precision}".strip()),
    ]


def moment_slide(deck: Deck, _report: Report, finding: Finding, shows: shown.Moment) -> None:
    """Add a slide of what the room is asked or told: a large line each."""
    layout = "list" if shows.numbered else "closing"
    slide = deck.slide(finding.title, joined(finding.title, *shows.lines), layout)
    size = 36 if len(shows.lines) > 2 else 44
    slide.words(BODY_BOX, [Words(line, size, numbered=shows.numbered) for line in shows.lines], middle=True)


def celebration_slide(deck: Deck, _report: Report, finding: Finding, shows: shown.Celebration) -> None:
    """Add the slide of what rose most, in the colour of its family, and of what rose too."""
    first, *others = shows.risen
    slide = deck.slide(finding.title, joined(finding.title, *(one.title for one in others)), "two columns")
    room = BODY_BOX.width if not others else 7.2
    cheer = [Words(_("Bravo\u202f!"), 66, first.axis.hue, bold=True), Words(first.title, 40, first.axis.hue)]
    slide.words(SlideBox(MARGIN, BODY_BOX.top, room, BODY_BOX.height), cheer, middle=True)
    if others:
        also = [Words(_("Et aussi"), 24, "soft", bold=True)]
        also += [Words(one.title, 24, one.axis.hue, bold=True) for one in others[:_MOST_CHEERED]]
        slide.words(SlideBox(MARGIN + 7.6, BODY_BOX.top, BODY_BOX.width - 7.6, BODY_BOX.height), also, middle=True)


def team_slide(deck: Deck, own: TeamSlide) -> None:
    """Add a slide of the team: its words, beside a picture or a QR code when there is one."""
    slide = deck.slide(own.title, joined(own.title, *lines(own.text), own.link), "picture")
    drawn = qr_png(own.link) if own.link else own.picture
    box = BODY_BOX
    if own.text and drawn:
        box = SlideBox(BODY_BOX.left, BODY_BOX.top, 5.8, BODY_BOX.height)
    if own.text:
        slide.words(box, [Words(line, 32) for line in lines(own.text)], middle=True)
    if drawn:
        left = MARGIN + 6.2 if own.text else MARGIN
        place = SlideBox(left, BODY_BOX.top, BODY_BOX.left + BODY_BOX.width - left, BODY_BOX.height)
        slide.picture(place, drawn, own.link or _("Image choisie par l’équipe"))


def retained_slide(deck: Deck, report: Report, finding: Finding, shows: shown.RetainedLevels) -> None:
    """Add the slide of the retained levels beside the scores."""
    judged = shows.judged
    if not judged:
        return
    title = finding.title
    notes = [
        _(
            "%(family)s\u00a0: %(level)s. %(why)s Points forts\u00a0: %(strengths)s À renforcer\u00a0: %(weaknesses)s",
            family=axis.title,
            level=report.retained_label(axis.code) or _("score conservé"),
            why=one.justification,
            strengths=one.strengths or "–",
            weaknesses=one.weaknesses or "–",
        )
        for axis, one in judged
    ]
    slide = deck.slide(title, joined(title, *notes), "table")
    heads = (_("Famille"), _("Niveau retenu"), _("Points forts"), _("À renforcer"))
    rows = [[TableCell(name) for name in heads]]
    for axis, one in judged:
        texts = (
            report.retained_label(axis.code) or _("score conservé"),
            one.strengths or "–",
            one.weaknesses or "–",
        )
        cells = (TableCell(cut(text, _LONGEST_CELL)) for text in texts)
        rows.append([TableCell(axis.title, bold=True, colour=axis.hue), *cells])
    slide.table(SlideBox(MARGIN, 1.75, 12, min(4.9, 0.95 * len(rows))), rows, [1.9, 2.3, 3.9, 3.9], size=16)


def note_slides(deck: Deck, _report: Report, _finding: Finding, shows: shown.YearlyNote) -> None:
    """Add the slides of the yearly note: one per part, or up to three short parts side by side."""
    for some in _side_by_side(shows.parts):
        _note_slide(deck, *some)


def _note_slide(deck: Deck, part: NotePart, *others: NotePart) -> None:
    """Add a slide for a part of the note, or for up to three short ones side by side."""
    if others:
        _boxes(deck, (part, *others))
        return
    slide = deck.slide(part.title, joined(part.title, part.text))
    size = 24 if len(part.text) < 300 else 19
    slide.words(BODY_BOX, [Words(line, size) for line in lines(part.text)])


def _boxes(deck: Deck, parts: Sequence[NotePart]) -> None:
    title = _("Le regard du prestataire")
    slide = deck.slide(title, joined(title, *(f"{one.title}\u00a0: {one.text}" for one in parts)), "three columns")
    width = 12.0 / len(parts)
    for position, one in enumerate(parts):
        slide.frame(SlideBox(MARGIN + width * position, 1.75, width - 0.2, 4.9), one.title, lines(one.text))


def decide_slide(deck: Deck, _report: Report, _finding: Finding, _shows: shown.Decisions) -> None:
    """Add the slide of decisions: three boxes to fill in during the session."""
    title = _("À nous de décider\u00a0: que faisons-nous d’ici la prochaine fois\u202f?")
    boxes = (_("Nous continuons"), _("Nous changeons"), _("Nous commençons"))
    slide = deck.slide(
        title, joined(title, _("Écrivez ici ce que la salle décide, avec un nom et une date.")), "three columns"
    )
    for position, words in enumerate(boxes):
        slide.frame(SlideBox(MARGIN + 4.05 * position, 1.75, 3.85, 4.9), words)


def method_slide(deck: Deck, report: Report, finding: Finding, _shows: shown.Method) -> None:
    """Add the slide on how the figures were made, and how to read them."""
    title = finding.title
    facts = [f"{name}\u00a0: {value}" for name, value in report.facts]
    rules = [f"{meaning}\u00a0: {value}" for meaning, value in report.rules]
    slide = deck.slide(title, joined(title, *report.how_to_read, *facts, *report.cautions, *rules), "two columns")
    slide.words(SlideBox(MARGIN, 1.7, 5.9, 5), [Words(line, 14) for line in facts])
    slide.words(SlideBox(MARGIN + 6.3, 1.7, 5.7, 5), [Words(line, 13, bullet=True) for line in report.cautions])


def passage_slide(deck: Deck, _report: Report, finding: Finding, shows: shown.Shown) -> None:
    """Add the slide of a finding in words, with its table, for kinds that have no drawing here."""
    slide = deck.slide(finding.title, joined(finding.title, *shows.words, *finding.notes), "table")
    slide.words(SlideBox(MARGIN, 1.75, 12, 2), [Words(cut(line, 300), 20) for line in shows.words])
    if table := shows.figures:
        rows = [[TableCell(text) for text in row] for row in (table.columns, *table.rows)]
        widths = [12 / len(table.columns)] * len(table.columns)
        slide.table(SlideBox(MARGIN, 3.8, 12, min(3, 0.6 * len(rows))), rows, widths)


def _side_by_side(note: Sequence[NotePart]) -> Iterator[list[NotePart]]:
    """Yield the parts of a note, with neighbours that are short grouped by up to three."""
    some: list[NotePart] = []
    for one in note:
        if some and (len(some) == _BOXES or max(len(one.text), len(some[-1].text)) > _SHORT):
            yield some
            some = []
        some.append(one)
    if some:
        yield some


def _changed(found: Sequence[FamilyChange], since: str) -> str:
    up = [change.axis.title for change in found if change.verdict == UP]
    down = [change.axis.title for change in found if change.verdict == DOWN]
    if not up and not down:
        words: set[str | None] = {change.verdict for change in found if change.verdict}
        return no_clear_change(words, since) if words else _("Ce qui se compare à %(year)s, sans verdict", year=since)
    clauses = [
        _("en hausse nette\u00a0: %(families)s", families=listed(up)) if up else "",
        _("en baisse nette\u00a0: %(families)s", families=listed(down)) if down else "",
    ]
    changes = "\u202f; ".join(clause for clause in clauses if clause)
    return _("Depuis %(year)s, %(changes)s", year=since, changes=changes)


def _clear(report: Report) -> str:
    return _(
        "Un changement est dit net s’il atteint %(clear)s niveau et si son intervalle exclut zéro, sur les "
        "savoir-faire et les collèges comparables. «\u00a0Stable\u00a0»\u00a0: il fait moins que cela.",
        clear=report.clear_change,
    )
