"""Documents are read as French: every text of them is true of the raw answers, or claims nothing of figures."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from restitution.documents.office import (
    presentation_figures,
    presentation_texts,
    report_workbook,
    shown_figures,
    workbook,
)
from restitution.documents.office.presentation import report_pptx
from restitution.documents.office.report_workbook import report_xlsx
from restitution.documents.open_data import columns, report_tables
from restitution.documents.open_data.columns import Dictionary
from restitution.documents.pdf import report as pdf_report
from restitution.documents.report import Report
from restitution.review_texts import Retained
from tests.restitution.reader.reading import Reader, Text, Untrue
from tests.restitution.reader.rendered.deck import texts_of_deck
from tests.restitution.reader.rendered.page_reader import read_text
from tests.restitution.reader.rendered.pdf_report import texts_of_pdf
from tests.restitution.reader.rendered.report_texts import STRENGTHS, WEAKNESSES, WHY
from tests.restitution.reader.rendered.workbook import (
    read_figures,
    sheets_of,
    texts_of_about,
    texts_of_matrices,
)
from tests.restitution.reader.rendered.workbook_sheets import charts_of, read_charts, read_dictionary
from tests.restitution.reader.territories import Territory, territory
from tests.restitution.test_reader import facts_of

MADE = date(2026, 6, 1)
SMALLEST = "Collège par collège, le plus petit écart qui puisse se voir est de 0,01, en niveaux."
STABLE = "Les familles comparées sont stables depuis 2025"
# Territories tried: their seeds are their numbers, so that one that fails is named. The few that are always tried have
# hidden scores, hindsight, silences, rises and falls between them, scores under zero and fifteen colleges.
FEW, EVERY, PART = (2, 3, 5, 11, 15, 17), 2000, 50
drawn = cache(territory)


def texts_of_pptx(report: Report) -> list[Text]:
    """Every text of the PowerPoint deck."""
    return list(texts_of_deck(report_pptx(report)))


def texts_of_report_pdf(report: Report) -> list[Text]:
    """Every text that the page of the PDF report is given, which holds no word of its own."""
    return list(texts_of_pdf(pdf_report._content(report)))


DOCUMENTS: dict[str, Callable[[Report], list[Text]]] = {"pptx": texts_of_pptx, "pdf": texts_of_report_pdf}
KINDS = (*DOCUMENTS, "xlsx")


def report_of(place: Territory) -> Report:
    """The report of a territory, whose reviewers retained the lowest level of the first family."""
    judged = Retained(place.grid.families[0].code, place.grid.lowest, WHY, STRENGTHS, WEAKNESSES)
    return replace(Report.of(place.results, MADE), retained=(judged,))


def read(seed: int, kind: str) -> None:
    """Read that document of the territory of that seed. Raises ``Untrue`` at the first text that is not true."""
    if kind == "xlsx":
        return read_workbook(seed)
    place = drawn(seed)
    reader = Reader(facts_of(place))
    try:
        texts = DOCUMENTS[kind](report_of(place))
    except (LookupError, TypeError, ValueError) as problem:
        raise Untrue(f"a document whose shape nobody knows: {problem!r}") from problem
    for text in texts:
        read_text(reader, text)
    return None


def read_workbook(seed: int) -> None:
    """Read the workbook of that territory: its sentences, the figures of its sheets, its dictionary, its charts."""
    place = drawn(seed)
    content = report_xlsx(report_of(place))
    reader, sheets = Reader(facts_of(place)), sheets_of(content)
    for text in (*texts_of_about(sheets), *texts_of_matrices(sheets)):
        read_text(reader, text)
    read_figures(reader, sheets)
    read_dictionary(reader, sheets)
    read_charts(reader, charts_of(content), sheets)


def problems_of(seed: int, kind: str) -> list[str]:
    """What is not true of that document of the territory of that seed, which is named."""
    try:
        read(seed, kind)
    except Untrue as problem:
        return [f"territory({seed}), {kind}: {problem}"]
    return []


@pytest.mark.parametrize("seed", FEW)
@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_a_document_is_true(kind: str, seed: int) -> None:
    read(seed, kind)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("first", range(0, EVERY, PART))
@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_the_documents_of_many_territories_is_true(kind: str, first: int) -> None:
    assert [problem for seed in range(first, first + PART) for problem in problems_of(seed, kind)] == []


# Faults of the documents, each caught.


@dataclass(frozen=True)
class Fault:
    """A name of a module or a class that says something else: what it is, made from what it was."""

    name: str
    kind: str
    where: Any
    attribute: str
    instead: Callable[[Any], Any]


def backwards(was: Any) -> Any:
    """A line told with its campaigns in another order."""
    return lambda line, labels: was(line, labels[::-1])


def years_backwards(was: Any) -> Any:
    """Families whose campaigns stand in another order."""
    return lambda slope: was(replace(slope, labels=slope.labels[::-1]))


def highest(was: Any) -> Any:
    """A family at the highest level, whatever its score."""
    return lambda _value, levels, places: was(levels[-1].value, levels, places)


def without_gap(was: Any) -> Any:
    """A series that draws what is hidden at zero."""

    def drawn_series(series: Any) -> Any:
        made = was(series)
        return replace(made, values=tuple(value or 0 for value in made.values))

    return drawn_series


def older(was: Any) -> Any:
    """A radar told with its series under one another's names."""

    def in_words(radar: Any) -> Any:
        named = zip(radar.series, reversed(radar.series), strict=True)
        return was(replace(radar, series=tuple(replace(one, points=other.points) for one, other in named)))

    return in_words


def one_more(was: Any) -> Any:
    """A sentence that nobody reads."""
    return lambda *lines: was(*lines, "Chaque famille a progressé.")


def another_reason(was: Any) -> Any:
    """A cell hidden for a reason that is not so."""
    return lambda cell, view, report: was(replace(cell, missing="moins de 2 réponses"), view, report)


def stable(was: Any) -> Any:
    """A row of a college that is always called stable."""
    return lambda change, report: [*was(change, report)[:-1], "stable"]


def one_person_more(was: Any) -> Any:
    """A cell that counts one person too many."""
    return lambda cell, report: was(replace(cell, n=(cell.n or 0) + 1), report)


def other_colleges(was: Any) -> Any:
    """The colleges of a family under one another's names."""

    def in_words(panel: Any) -> Any:
        named = zip(panel.scores, panel.scores[::-1], strict=True)
        return was(replace(panel, scores=tuple(replace(one, label=other.label) for one, other in named)))

    return in_words


def as_computed(was: Any) -> Any:
    """Weightings of which no figure is rounded."""
    return {**was, "weightings": lambda *_row: {}}


def unrounded(table: str) -> Any:
    """A sheet of which no figure is rounded as pages round it."""
    return lambda was: {**was, table: lambda *_row: {}}


def of_others(sheet: str, *columns: str) -> Any:
    """A sheet whose rows have these figures of one another."""

    def turned(table: Any) -> Any:
        if table.name != sheet:
            return table
        pairs = zip(table.rows, reversed(table.rows), strict=True)
        return replace(table, rows=tuple(row | {name: other[name] for name in columns} for row, other in pairs))

    return lambda was: lambda report: tuple(turned(table) for table in was(report))


def of_first_column(was: Any) -> Any:
    """A chart whose series are all the first one."""
    return lambda book, sheet, last, _column: was(book, sheet, last, 1)


def of_another_threshold(was: Any) -> Any:
    """A dictionary that tells another number of people."""
    return lambda profile: Dictionary(profile.grid, was(profile).k + 1, was(profile).k_detail)


def unexplained(was: Any) -> Any:
    """Rows that do not say why their cells are empty."""
    return lambda *given: [row | {"reason": None} for row in was(*given)]


def always(value: Any) -> Any:
    """The same thing whatever it was."""
    return lambda _was: value


TEXTS, FIGURES = presentation_texts, presentation_figures
FAULTS = (
    Fault("a fall for a rise", "pptx", TEXTS, "UP", always("baisse nette")),
    Fault("a caution for nothing", "pptx", TEXTS, "DOWN", always("stable")),
    Fault("nothing known is no change", "pptx", TEXTS, "no_clear_change", always(lambda *_: STABLE)),
    Fault("campaigns in another order", "pptx", FIGURES, "_trend", backwards),
    Fault("another level", "pptx", FIGURES, "at_level", highest),
    Fault("a gap drawn as zero", "pptx", FIGURES, "_radar_series", without_gap),
    Fault("the radar of another year", "pptx", FIGURES, "description_of", older),
    Fault("a sentence that nobody reads", "pptx", FIGURES, "joined", one_more),
    Fault("another threshold", "pptx", Report, "clear_change", always("0,9")),
    Fault("another reason", "pptx", FIGURES, "_shade", another_reason),
    Fault("the radar of another year", "pdf", pdf_report, "description_of", older),
    Fault("a drawing of another year", "pdf", pdf_report, "radar_picture", older),
    Fault("a drawing of colleges under other names", "pdf", pdf_report, "panel_picture", other_colleges),
    Fault("a drawing of years in another order", "pdf", pdf_report, "slope_picture", years_backwards),
    Fault("a college that is stable", "pdf", pdf_report, "_college_row", stable),
    Fault("colleges under other names", "pdf", pdf_report, "_panel_in_words", other_colleges),
    Fault("a cell that counts too many", "pdf", pdf_report, "_cell", one_person_more),
    Fault("a score that is none", "pdf", pdf_report, "_shown", always(lambda _point: "0,00")),
    Fault("the smallest change of others", "pdf", pdf_report, "smallest_visible", always(lambda _changes: SMALLEST)),
    Fault("another threshold of people", "pdf", Report, "answered", always("moins de 2 réponses dans chaque collège")),
    Fault("a level of another rounding", "xlsx", shown_figures, "_level", always(lambda *_row: {})),
    Fault("weightings that do not add up", "xlsx", shown_figures, "_RULES", as_computed),
    Fault("an interval rounded inwards", "xlsx", shown_figures, "_interval", always(lambda *_row: {})),
    Fault("another decimal", "xlsx", Report, "compared_scores", always(False)),
    Fault("campaigns whose intervals are rounded inwards", "xlsx", shown_figures, "_RULES", unrounded("waves")),
    Fault("campaigns under other names", "xlsx", report_workbook, "report_tables", of_others("waves", "wave")),
    Fault("campaigns that do not say why", "xlsx", report_tables, "explained", unexplained),
    Fault("hindsight whose intervals are rounded inwards", "xlsx", shown_figures, "_RULES", unrounded("hindsight")),
    Fault("hindsight of others", "xlsx", report_workbook, "report_tables", of_others("hindsight", "n", "verdict")),
    Fault("of other skills", "xlsx", report_workbook, "report_tables", of_others("hindsight_skills", "delta")),
    Fault("another retained level", "xlsx", Report, "retained_label", always(lambda *_: "5 – Assez")),
    Fault("another unit", "xlsx", Dictionary, "unit", always(lambda *_: "part, de 0 à 1")),
    Fault("a hyphen for a minus", "xlsx", columns, "level_text", always(str)),
    Fault("a difference on the scale", "xlsx", columns, "difference_bounds", always(dict)),
    Fault("another threshold in the dictionary", "xlsx", workbook, "dictionary_of", of_another_threshold),
    Fault("a chart of another campaign", "xlsx", report_workbook._ReportWorkbook, "_column", of_first_column),
    Fault("a chart told with another year", "xlsx", report_workbook, "description_of", older),
    Fault("a chart that is called otherwise", "xlsx", Report, "divergence", always("Chaque famille a progressé")),
    Fault("another retained level", "pptx", Report, "retained_label", always(lambda *_: "5 – Assez")),
)
MOST_TRIED = 12


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.kind}: {fault.name}")
def test_a_fault_of_a_document_is_caught(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fault.where, fault.attribute, fault.instead(getattr(fault.where, fault.attribute)))
    for seed in dict.fromkeys((*FEW, *range(MOST_TRIED))):
        try:
            read(seed, fault.kind)
        except Untrue:
            return
    pytest.fail(f"no text of {MOST_TRIED} territories was found false")
