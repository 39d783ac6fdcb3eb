"""The guide's pictures are those that the tests take, and the words that it quotes are on the pages."""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.pictures import FOLDER, PICTURES

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/guide.md").read_text()
MOST_BYTES = 150_000

# Turns of phrase of the guide, and not words of a page.
OWN_WORDS = {"aider"}


def spoken(text: str) -> str:
    """The text on one line: strings joined as Python joins them, every kind of space as one."""
    joined = re.sub(r"""["']\s*\n\s*f?["']""", "", text)
    return re.sub(r"[\s\u00a0\u202f]+", " ", joined)


def pages() -> str:
    """Every word that the pages can say."""
    rooms = ("web", "restitution", "scoring", "questionnaires", "accounts", "storage", "grille")
    files = [path for room in rooms for kind in ("py", "html", "yaml") for path in (ROOT / room).rglob(f"*.{kind}")]
    return spoken("\n".join(path.read_text() for path in sorted(files)))


def quoted(text: str) -> list[str]:
    """What stands between guillemets, once each; the full stop of a quoted sentence is not part of a label."""
    return sorted({spoken(words).strip() for words in re.findall(r"«([^»]+)»", text)} - OWN_WORDS)


PAGES = pages()


@pytest.mark.parametrize("words", quoted(GUIDE))
def test_the_words_that_the_guide_quotes_are_those_of_a_page(words: str) -> None:
    assert words in PAGES, f"no page says « {words} » any more: correct docs/guide.md"


def test_words_that_no_page_says_would_be_seen() -> None:
    assert quoted("a « b\n c », « d » and « b c »") == ["b c", "d"]
    assert "Bouton que personne n’a écrit" not in PAGES
    assert len(quoted(GUIDE)) > 50


def test_every_picture_shown_is_one_that_is_taken() -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    shown = {name for document in documents for name in re.findall(r"pictures/([\w-]+)\.png", document.read_text())}
    assert shown == set(PICTURES)


def test_every_picture_says_in_words_what_it_shows() -> None:
    described = re.findall(r"!\[([^\]]+)\]\(pictures/|<img src=\"pictures/[^\"]+\" alt=\"([^\"]+)\"", GUIDE)
    assert len(described) == GUIDE.count("pictures/")
    assert all(len(first or second) > 20 for first, second in described)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_there_light_and_of_its_window(name: str) -> None:
    path = FOLDER / f"{name}.png"
    assert path.stat().st_size < MOST_BYTES
    size = PICTURES[name].size
    with Image.open(path) as image:
        assert image.size == (size["width"], size["height"])


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(PICTURES)
