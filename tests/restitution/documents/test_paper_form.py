"""The questionnaire on paper: tagged, in French, numbered, with everything that the pages say."""

import re
import shutil
import subprocess
import zlib
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from grille import current
from questionnaires import Questionnaire
from restitution.documents.pdf import paper_form
from restitution.documents.pdf.paper_form import PaperForm, PaperForms, numbers_from
from restitution.documents.pdf.sender import Sender

MADE = date(2026, 4, 1)
ENTRANCE = "grille.ici.example/repondre"


def form(length: str = "short", copies: int = 1, colleges: tuple[str, ...] = ("habitants",)) -> PaperForms:
    forms = [
        PaperForm(
            Questionnaire(current(), length, college),  # type: ignore[arg-type]
            college.title(),
            numbers_from(college[:3].upper(), 1, copies),
            "K7Q-M4X" if college == "elus" else "",
        )
        for college in colleges
    ]
    return PaperForms(forms, "Saint-Aubin", "Bilan #1 *2026* @x", 5, date(2026, 5, 22), entrance=ENTRANCE)


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What two copies for each of two colleges say, as a reader of PDF gives it."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not there")
    path: Path = tmp_path_factory.mktemp("paper") / "paper.pdf"
    path.write_bytes(form(copies=2, colleges=("elus", "habitants")).pdf(MADE))
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def test_it_is_tagged_and_in_french() -> None:
    pdf = form().pdf(MADE)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" in pdf
    assert b"/Lang (fr-FR)" in pdf or b"/Lang(fr-FR)" in pdf


def test_it_says_every_question_and_every_level(text: str) -> None:
    dense = text.replace(" ", "")
    for printed in form(colleges=("elus", "habitants")).forms:
        for question in printed.questionnaire.questions:
            sentences = [question.stem, *(f"{level.label}. {level.sentence}" for level in question.levels)]
            for sentence in sentences:
                assert "".join(sentence.split()) in dense, sentence
    assert text.count("Je ne sais pas") == text.count("Sans objet ici") == 4 * 15
    assert "N’écrivez pas votre nom" in text
    assert "22 mai 2026" in text


def test_the_code_of_a_link_is_printed_where_the_college_has_one(text: str) -> None:
    assert text.count(f"Sur {ENTRANCE}, écrivez le code K7Q-M4X.") == 2, "on both copies for the council, on no other"
    assert text.count("une seule fois") == 2


def test_each_copy_has_its_number_on_every_page_from_page_one(text: str) -> None:
    for number in ("ELU-001", "ELU-002", "HAB-001", "HAB-002"):
        for page in range(1, 5):
            assert f"{number} · page {page} sur 4" in text
    assert "page 5" not in text


@pytest.mark.parametrize("college", [one.code for one in current().colleges])
@pytest.mark.parametrize("plain", [False, True])
def test_fifteen_questions_hold_on_four_pages_whatever_is_said_above(college: str, plain: bool) -> None:
    questionnaire = Questionnaire(current(), "short", college, plain)
    asked = PaperForm(questionnaire, "Associations et collectifs", ["ASS-001"], "K7Q-M4X")
    sender = Sender("Nous voulons savoir ce que vous voyez. " * 10, "Ville d’Ici, avec Les Passerelles", "Sarah, 01 23")
    printed = PaperForms([asked], "Saint-Aubin", "Bilan", 5, date(2026, 5, 22), sender=sender, entrance=ENTRANCE)
    pdf = printed.pdf(MADE)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", inflated(pdf))) == 4


def test_nothing_is_printed_under_thirteen_points() -> None:
    template = (Path(paper_form.__file__).parent / "templates" / "paper.typ").read_text("utf-8")
    sizes = [float(size) for size in re.findall(r"(?:text\(|size: )([0-9.]+)pt", template)]
    assert min(sizes) >= 13


def inflated(pdf: bytes) -> bytes:
    """The objects of a PDF, those of its compressed streams included."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    found = [pdf]
    for stream in streams:
        with suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return b"\n".join(found)


def test_it_is_printed_in_easy_words_too() -> None:
    easy = PaperForm(Questionnaire(current(), "short", "habitants", plain=True), "Habitants", ["HAB-001"])
    content = str(easy.content(""))
    assert "Un projet commence. Personne ne sait qui décide." in content
    assert "Aider tout le monde à participer." in content
    assert PaperForms([easy], "Ici", "Bilan", 5).pdf(MADE).startswith(b"%PDF")


def test_all_colleges_have_their_full_questionnaire_in_one_file() -> None:
    pdf = form("full", colleges=tuple(college.code for college in current().colleges)).pdf(MADE)
    assert b"pdfuaid:part" in pdf
    assert len(pdf) > 200_000
