"""What documents say of an adoption is read: its number, its day in Paris, its author and its fingerprint."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest

from restitution.documents.office.presentation import report_pptx
from restitution.documents.office.report_workbook import report_xlsx
from restitution.documents.pdf import report as pdf_report
from restitution.documents.report import Report
from restitution.review_texts import Adoption
from storage.review.snapshots import Snapshot
from tests.restitution.reader.french import plain
from tests.restitution.reader.reading import Untrue
from tests.restitution.reader.rendered.deck import slides
from tests.restitution.reader.rendered.workbook import sheets_of
from tests.restitution.reader.territories import territory
from web.results import campaign_results

# Adopted after midnight in Paris, the day before by the clock of the server.
WHEN, SAID = datetime(2026, 5, 20, 22, 30, tzinfo=UTC), "Diagnostic adopté n° 3, le 21 mai 2026, par Ada Ferrand"
TEXT = orjson.dumps({"profile": {"edition": 2}}).decode()
FINGERPRINT = hashlib.sha256(TEXT.encode()).hexdigest()
NOT_ADOPTED = "Textes du prestataire : version de travail, non adoptée"
LINES = ("Adoption", "Empreinte SHA-256")


def adopted() -> Report:
    """A report whose texts were adopted, in the third version."""
    sealed = Snapshot(1, 1, 3, WHEN, "Ada Ferrand", "", FINGERPRINT, TEXT)
    return replace(drafted(), adoption=campaign_results._adoption(sealed), draft=False)


def drafted() -> Report:
    """A report whose texts are not adopted."""
    return replace(Report.of(territory(3).results, date(2026, 6, 1)), draft=True)


def said(report: Report) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """What each document opens with, and its facts by name."""
    content = pdf_report._content(report)
    method = next(section for section in content["sections"] if section["kind"] == "method")
    yield "pdf", [plain(content["adopted"])], {name: plain(value) for name, value in method["items"][0]["facts"]}
    opening = next(iter(slides(report_pptx(report))))
    lines = [plain(line) for box in opening.boxes for line in box]
    yield "pptx", lines, _named(plain(line) for line in opening.notes)
    rows = sheets_of(report_xlsx(report))["À propos"]
    yield "xlsx", [], {str(row[0]): str(row[1]) for row in rows if row[0] in LINES}


def _named(lines: Iterator[str]) -> dict[str, str]:
    return {name: value for name, _colon, value in (line.partition(" : ") for line in lines)}


def read(report: Report, sentence: str, fingerprint: str | None) -> None:
    """Raises ``Untrue`` where a document says another thing of the adoption."""
    for kind, opening, facts in said(report):
        if opening and sentence not in opening:
            raise Untrue(f"{kind} opens with {opening}")
        if [line for line in opening if line.startswith(("Diagnostic", "Textes")) and line != sentence]:
            raise Untrue(f"{kind} says two things: {opening}")
        if (facts.get("Adoption"), facts.get("Empreinte SHA-256")) != (sentence, fingerprint):
            raise Untrue(f"{kind}: {facts}")
        others = {one for value in facts.values() for one in re.findall(r"\b[0-9a-f]{64}\b", value)}
        if others - {fingerprint}:
            raise Untrue(f"{kind} has {others}")


def test_every_document_says_what_was_adopted() -> None:
    read(adopted(), SAID, FINGERPRINT)


def test_every_document_says_that_nothing_was_adopted() -> None:
    read(drafted(), NOT_ADOPTED, None)


def test_what_the_first_edition_adopted_says_so() -> None:
    report = adopted()
    assert report.adoption is not None
    first = replace(report, adoption=replace(report.adoption, edition=1))
    read(first, f"{SAID}, édition 1 de la méthode", FINGERPRINT)


# Faults of what is said, each caught.


def other(**fields: Any) -> Callable[[Any], Any]:
    """Another adoption."""
    return lambda was: lambda snapshot: replace(was(snapshot), **fields)


FAULTS: dict[str, tuple[Any, str, Callable[[Any], Any]]] = {
    "another version": (campaign_results, "_adoption", other(number=2)),
    "another day": (campaign_results, "paris_day", lambda _was: lambda moment: moment.date()),
    "another author": (campaign_results, "_adoption", other(author="Ada")),
    "another fingerprint": (campaign_results, "_adoption", other(sha256="0" * 64)),
    "another edition": (campaign_results, "_adoption", other(edition=1)),
    "no sentence": (Adoption, "sentence", lambda _was: ""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_caught(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, instead = FAULTS[fault]
    monkeypatch.setattr(where, name, instead(getattr(where, name)))
    with pytest.raises(Untrue):
        read(adopted(), SAID, FINGERPRINT)
