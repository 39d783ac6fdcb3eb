"""The questionnaire on paper: tagged, in French, numbered, with everything that the pages say."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from grille import current
from questionnaires import Questionnaire
from restitution.documents.pdf.paper_form import PaperForm, PaperForms, numbers_from

MADE = date(2026, 4, 1)


def form(length: str = "short", copies: int = 1, colleges: tuple[str, ...] = ("habitants",)) -> PaperForms:
    forms = [
        PaperForm(
            Questionnaire(current(), length, college),  # type: ignore[arg-type]
            college.title(),
            numbers_from(college[:3].upper(), 1, copies),
        )
        for college in colleges
    ]
    return PaperForms(forms, "Saint-Aubin", "Bilan #1 *2026* @x", 5, date(2026, 5, 22))


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


def test_each_copy_has_its_number_on_every_page_from_page_one(text: str) -> None:
    for number in ("ELU-001", "ELU-002", "HAB-001", "HAB-002"):
        for page in range(1, 9):
            assert f"{number} · page {page} sur 8" in text
    assert "page 9" not in text


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
