"""Documents of campaigns on grids of any shape: nothing is cut, nothing stands over anything else."""

import io
import itertools
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

from questionnaires import Questionnaire
from restitution.campaign_facts import ComparedCampaign
from restitution.charts.markup import wrapped_to
from restitution.documents.catalogue import catalogue
from restitution.documents.pdf.paper_form import PaperForm, PaperForms
from restitution.documents.report import Report
from storage.core.database import open_database
from storage.responses.computed.profiles import campaign_profile
from tests.shaped_campaigns import published
from tests.shapes import SHAPES, SOME

MADE = date(2026, 6, 1)
MAKE = {document.suffix: document.make for document in catalogue()}
POINTS = 12_700
"""EMU in a point."""

NAMES = [pytest.param(name, marks=() if name in SOME else pytest.mark.long) for name in SHAPES]


@pytest.fixture(scope="module")
def reports(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Report]:
    """The report of two campaigns on a grid of that shape."""

    @cache
    def made(name: str) -> Report:
        path = tmp_path_factory.mktemp("".join(filter(str.isalnum, name))) / "grille.db"
        shutil.copy(migrated, path)
        with closing(open_database(path)) as db:
            campaigns = published(db, SHAPES[name](), "Ici")
            return Report(
                "Ici",
                "Diagnostic",
                tuple(ComparedCampaign(str(one.year), one.year, campaign_profile(db, one)) for one in campaigns),
                {college.code: college.label for college in campaigns[-1].colleges},
                "collecte close le 30 juin 2026",
                made=MADE,
            )

    return made


@dataclass(frozen=True)
class Box:
    """A part of a slide, in points."""

    what: str
    left: float
    top: float
    right: float
    bottom: float

    def over(self, other: "Box") -> bool:
        """Whether two parts stand over each other by more than two points."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 2 and min(self.bottom, other.bottom) - max(self.top, other.top) > 2


def boxes_of(slide) -> Iterator[Box]:  # type: ignore[no-untyped-def]
    """The parts of a slide; a text is as high as its lines are, a table as its rows."""
    for shape in slide.shapes:
        left, top, width = (side / POINTS for side in (shape.left, shape.top, shape.width))
        height = shape.height / POINTS
        if shape.has_table:
            height = sum(row.height for row in shape.table.rows) / POINTS
            yield from unfit_cells(shape.table)
        elif shape.has_text_frame and shape.text_frame.text.strip() and not shape.has_chart:
            height = max(height if shape.is_placeholder else 0, height_of(shape.text_frame, width))
        yield Box(shape.name, left, top, left + width, top + height)


def height_of(frame, width: float) -> float:  # type: ignore[no-untyped-def]
    lines = 0.0
    for paragraph in frame.paragraphs:
        size = next((run.font.size.pt for run in paragraph.runs if run.font.size), 18)
        lines += len(wrapped_to(paragraph.text, width, size)) * size * 1.2 if paragraph.text else 0
    return lines


def unfit_cells(table) -> Iterator[Box]:  # type: ignore[no-untyped-def]
    """The cells whose words are higher than their row, as parts that stand nowhere."""
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            words = height_of(cell.text_frame, column.width / POINTS - 11.5)
            if words > row.height / POINTS + 1:
                yield Box(f"{cell.text} does not fit", -1e6, 0, -1e6, 0)


@pytest.mark.parametrize("name", NAMES)
def test_no_slide_of_the_deck_is_cut_or_covered(name: str, reports: Callable[[str], Report]) -> None:
    deck = Presentation(io.BytesIO(MAKE["pptx"](reports(name))))
    width, height = deck.slide_width / POINTS, deck.slide_height / POINTS
    for number, slide in enumerate(deck.slides, 1):
        boxes = list(boxes_of(slide))
        outside = [
            one for one in boxes if min(one.left, one.top) < 0 or one.right > width + 1 or one.bottom > height + 1
        ]
        assert not outside, number
        covered = [(one, two) for one, two in itertools.combinations(boxes, 2) if one.over(two)]
        assert not covered, number


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_report_is_cut_or_covered(name: str, reports: Callable[[str], Report], tmp_path: Path) -> None:
    assert not faults_of_pdf(MAKE["pdf"](reports(name)), tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_paper_is_cut_or_covered(name: str, tmp_path: Path) -> None:
    grid = SHAPES[name]()
    college = grid.colleges[0]
    forms = [PaperForm(Questionnaire(grid, "full", college.code), college.label, ["ICI-001"])]
    assert not faults_of_pdf(PaperForms(forms, "Ici", "Diagnostic", 5).pdf(MADE), tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_the_workbook_opens(name: str, reports: Callable[[str], Report]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(MAKE["xlsx"](reports(name))))
    assert len(book.sheetnames) == len({sheet.casefold() for sheet in book.sheetnames}) > 3


def faults_of_pdf(content: bytes, folder: Path) -> list[str]:
    """The words that leave their page, that stand over another, or that are too small to be read."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not there")
    path = folder / "document.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True)
    tree = ET.fromstring(done.stdout.replace(' xmlns="http://www.w3.org/1999/xhtml"', ""))
    return [fault for number, page in enumerate(tree.iter("page"), 1) for fault in _faults(page, number)]


def _faults(page: ET.Element, number: int) -> Iterator[str]:
    width, height = float(page.attrib["width"]), float(page.attrib["height"])
    words = [
        Box(one.text or "", *(float(one.attrib[side]) for side in ("xMin", "yMin", "xMax", "yMax")))
        for one in page.iter("word")
    ]
    for one in words:
        if one.left < -0.5 or one.top < -0.5 or one.right > width + 0.5 or one.bottom > height + 0.5:
            yield f"page {number}: « {one.what} » leaves the page"
    for one, two in itertools.combinations(words, 2):
        down = min(one.bottom, two.bottom) - max(one.top, two.top)
        if one.over(two) and down > 0.5 * min(one.bottom - one.top, two.bottom - two.top):
            yield f"page {number}: « {one.what} » stands over « {two.what} »"
