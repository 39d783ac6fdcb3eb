"""Any text that people type can be printed: in one of Grille's fonts, or as a visible □."""

import io
import json
import random
import unicodedata
from datetime import date
from typing import Final

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from restitution.charts.markup import element, text_width, xml_text
from restitution.documents.pdf.poster import Poster
from restitution.documents.pdf.printable import FONTS, drawable, printable_text
from restitution.documents.pdf.typst_pdf import typst_pdf
from scripts.build_fonts import widths
from tests.restitution.documents.typed import TYPED

MADE: Final = date(2026, 4, 1)
EVERY_SIGN: Final = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]


def poster(text: str) -> Poster:
    return Poster(territory=text, campaign=text, address="https://grille.example/r/ab", minutes=9, k=5, college=text)


@pytest.mark.parametrize("text", TYPED)
def test_what_is_typed_is_on_the_poster(text: str) -> None:
    with pikepdf.open(io.BytesIO(poster(text).pdf(MADE))) as pdf:
        assert len(pdf.pages) == 1
    assert poster(text).svg(MADE).startswith(b"<svg")


def test_the_coverage_beside_the_faces_is_theirs() -> None:
    said = json.loads((FONTS / "coverage.json").read_text("utf-8"))
    for face, runs in said.items():
        signs = [set(TTFont(path).getBestCmap()) for path in FONTS.glob(f"{face}-*.ttf")]
        assert signs, face
        assert {code for first, last in runs for code in range(first, last + 1)} == set.intersection(*signs)


def test_the_widths_beside_the_faces_are_theirs() -> None:
    said = json.loads((FONTS / "widths.json").read_text("utf-8"))
    assert said == json.loads(json.dumps(widths(FONTS)))
    assert text_width("AÉŒ— 12", 1) == pytest.approx(sum(map(int, _each(said["sans-400Regular"], "AÉŒ— 12"))) / 1000)
    assert text_width("\U0001f642", 10) > text_width("M", 10)


def _each(styles: dict[str, str], text: str) -> list[str]:
    return [next(width for width, signs in styles.items() if sign in signs) for sign in text]


def test_each_face_says_its_licence() -> None:
    assert len(list(FONTS.glob("*-OFL.txt"))) == len(json.loads((FONTS / "coverage.json").read_text("utf-8")))
    for licence in FONTS.glob("*-OFL.txt"):
        assert "SIL Open Font License, Version 1.1" in licence.read_text("utf-8")


def test_every_sign_of_unicode_and_any_mixture_of_them_can_be_printed() -> None:
    """One document holds them all: were one sign without a face, PDF/UA would refuse the whole."""
    chosen = random.Random(55)
    marks = [sign for sign in EVERY_SIGN if unicodedata.category(sign) in {"Mn", "Me", "Mc", "Cf"}]
    pools = ([*EVERY_SIGN[:0x600], *marks], EVERY_SIGN[:0x2C00], [*EVERY_SIGN[0x1F000:0x1FB00], *marks], EVERY_SIGN)
    mixtures = ["".join(chosen.choices(chosen.choice(pools), k=chosen.randint(2, 12))) for _ in range(600)]
    alone = sorted({printable_text(sign) for sign in EVERY_SIGN})
    content = poster("Ici")._content()
    for part, texts in (("lead", [*alone, *mixtures]), ("headline", mixtures[:50])):
        assert typst_pdf("poster.typ", {**content, part: " ".join(texts)}, MADE).startswith(b"%PDF")
    words = [element("text", text, y=place, font_weight=700) for place, text in enumerate([*mixtures, *TYPED])]
    face = {"font_family": "Atkinson Hyperlegible Next", "viewBox": "0 0 99 9999"}
    drawn = element("svg", *words, xmlns="http://www.w3.org/2000/svg", **face)
    assert typst_pdf("poster.typ", {**content, "qr": drawable(drawn)}, MADE).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Réussi ✅🎉", "Réussi ✅🎉"),
        ("👩‍👩‍👧‍👦 🇫🇷 👍🏽 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👩‍👩‍👧‍👦 🇫🇷 👍🏽 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
        ("مرحبا بكم", "مرحبا بكم"),
        ("字 est un mot", "□ est un mot"),
        ("e\u0301crit", "écrit"),
        ("Z\u0338\u0322\u031b", "Z□"),
        ("a\u0651", "aّ"),
        ("\u202eà l’envers\u202c\x07\ufeff", "à l’envers"),
        ("une\u2028deux\r\ntrois", "une\ndeux\ntrois"),
        ("\ud83d seul", " seul"),
    ],
)
def test_what_no_face_has_is_a_visible_mark(typed: str, printed: str) -> None:
    assert printable_text(typed) == printed


@pytest.mark.parametrize("text", TYPED)
def test_what_is_typed_is_valid_xml(text: str) -> None:
    from xml.etree import ElementTree

    drawn = ElementTree.fromstring(element("text", text, title=text).encode())
    assert drawn.text == xml_text(text).replace("\r\n", "\n").replace("\r", "\n")
