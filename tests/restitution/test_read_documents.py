"""Documents are read as French: every text of them is true of the raw answers, or claims nothing of figures."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from restitution.documents.office import presentation_figures, presentation_texts
from restitution.documents.office.presentation import report_pptx
from restitution.documents.report import Report
from restitution.review_texts import Retained
from tests.restitution.reader.reading import Reader, Text, Untrue
from tests.restitution.reader.rendered.deck import texts_of_deck
from tests.restitution.reader.rendered.page_reader import read_text
from tests.restitution.reader.rendered.report_texts import STRENGTHS, WEAKNESSES, WHY
from tests.restitution.reader.territories import Territory, territory
from tests.restitution.test_reader import facts_of

MADE = date(2026, 6, 1)
STABLE = "Les familles comparées sont stables depuis 2025"
# Territories tried: their seeds are their numbers, so that one that fails is named. The few that are always tried have
# hidden scores, hindsight, silences, rises and falls between them.
FEW, EVERY, PART = (3, 5, 7, 10), 500, 25
drawn = cache(territory)


def texts_of_pptx(report: Report) -> list[Text]:
    """Every text of the PowerPoint deck."""
    return list(texts_of_deck(report_pptx(report)))


DOCUMENTS: dict[str, Callable[[Report], list[Text]]] = {"pptx": texts_of_pptx}


def report_of(place: Territory) -> Report:
    """The report of a territory, whose reviewers retained the lowest level of the first family."""
    judged = Retained(place.grid.families[0].code, place.grid.lowest, WHY, STRENGTHS, WEAKNESSES)
    return replace(Report.of(place.results, MADE), retained=(judged,))


def read(seed: int, kind: str) -> None:
    """Read that document of the territory of that seed. Raises ``Untrue`` at the first text that is not true."""
    place = drawn(seed)
    reader = Reader(facts_of(place))
    try:
        texts = DOCUMENTS[kind](report_of(place))
    except (LookupError, TypeError, ValueError) as problem:
        raise Untrue(f"a document whose shape nobody knows: {problem!r}") from problem
    for text in texts:
        read_text(reader, text)


@pytest.mark.parametrize("seed", FEW)
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_text_of_a_document_is_true(kind: str, seed: int) -> None:
    read(seed, kind)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("first", range(0, EVERY, PART))
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_text_of_the_documents_of_many_territories_is_true(kind: str, first: int) -> None:
    for seed in range(first, first + PART):
        try:
            read(seed, kind)
        except Untrue as problem:
            pytest.fail(f"territory({seed}), {kind}: {problem}")


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
    Fault("another retained level", "pptx", Report, "retained_label", always(lambda *_: "5 – Assez")),
)
MOST_TRIED = 40


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.kind}: {fault.name}")
def test_a_fault_of_a_document_is_caught(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fault.where, fault.attribute, fault.instead(getattr(fault.where, fault.attribute)))
    for seed in (*FEW, *range(MOST_TRIED)):
        try:
            read(seed, fault.kind)
        except Untrue:
            return
    pytest.fail(f"no text of {MOST_TRIED} territories was found false")
