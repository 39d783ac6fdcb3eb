"""One story: a finding written once is in pages, slides, the PowerPoint file, the PDF and the residents’ page."""

import io
from collections.abc import Callable, Iterator

import lxml.html
import pikepdf
import pytest
from flask.testing import FlaskClient
from pptx import Presentation

from restitution import shown, story
from restitution.documents.office import presentation
from restitution.documents.pdf import report as pdf_report
from restitution.finding import EVERYWHERE, RESIDENTS, Finding, Medium, StoryContext
from restitution.results import CampaignResults
from restitution.story import Teller

SLUG = "villeroche-2026"
TITLE, SENTENCE, CELL = "Une trouvaille de plus", "Elle se dit partout en une phrase.", "Un chiffre à part"


def one_more(results: CampaignResults, _context: StoryContext) -> Iterator[Finding]:
    """A finding that no medium has ever seen."""
    table = shown.PlainTable(("Quoi", results.label), ((CELL, "12"),))
    yield Finding("trouvaille", TITLE, shown.Passage((SENTENCE,), table), notes=("À dire lentement.",))


def page_text(client: FlaskClient, address: str) -> str:
    page = lxml.html.fromstring(client.get(address).text)
    return " ".join(page.text_content().split())


def deck_text(client: FlaskClient) -> str:
    deck = Presentation(io.BytesIO(client.get(f"/restitution/{SLUG}/documents/pptx").data))
    texts = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    texts += [cell.text for table in tables for row in table.rows for cell in row.cells]
    return "\n".join([*texts, *(slide.notes_slide.notes_text_frame.text for slide in deck.slides)])


def outline(client: FlaskClient) -> str:
    """The titles of the PDF, as its bookmarks say them."""
    with pikepdf.open(io.BytesIO(client.get(f"/restitution/{SLUG}/documents/pdf").data)) as pdf:
        return "\n".join(item.title for item in pdf.open_outline().root for item in [item, *item.children])


READ: dict[Medium, Callable[[FlaskClient], str]] = {
    Medium.PAGE: lambda client: page_text(client, f"/restitution/{SLUG}"),
    Medium.DECK: lambda client: page_text(client, f"/seance/{SLUG}?devoile=1"),
    Medium.PPTX: deck_text,
    Medium.PDF: outline,
    Medium.RESIDENTS: lambda client: page_text(client, f"/restitution/{SLUG}/habitants"),
}


def texts_in(client: FlaskClient) -> dict[Medium, str]:
    return {medium: read(client) for medium, read in READ.items()}


def register(monkeypatch: pytest.MonkeyPatch, media: frozenset[Medium]) -> None:
    monkeypatch.setattr(story, "STORY", (*story.STORY[:3], Teller(one_more, media), *story.STORY[3:]))


def test_a_finding_written_once_reaches_every_medium(demo_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, EVERYWHERE)
    texts = texts_in(demo_client)
    assert [medium for medium, text in texts.items() if TITLE not in text] == []
    for medium in set(texts) - {Medium.PDF}:
        assert SENTENCE in texts[medium], medium
        assert CELL in texts[medium], medium
    assert "À dire lentement." in texts[Medium.DECK]
    assert "À dire lentement." in texts[Medium.PPTX]
    assert "À dire lentement." not in texts[Medium.PAGE] + texts[Medium.RESIDENTS]


def test_a_finding_goes_nowhere_that_it_is_not_meant_for(
    demo_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(monkeypatch, EVERYWHERE - RESIDENTS)
    assert [medium for medium, text in texts_in(demo_client).items() if TITLE not in text] == [Medium.RESIDENTS]


def test_every_kind_of_finding_has_a_name_of_its_own() -> None:
    kinds = [one.kind for one in shown.Shown.__subclasses__()]
    assert len(kinds) == len(set(kinds))


def test_what_is_drawn_in_a_file_is_a_kind_of_the_story() -> None:
    known = set(shown.Shown.__subclasses__())
    assert set(presentation.DRAWINGS) < known
    assert set(pdf_report.DRAWINGS) < known
