"""The poster: one tagged A4 page, in French, that says nothing of who will answer."""

import io
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from restitution.charts.qr_code import qr_svg
from restitution.documents.open_data.mail_merge import mail_merge_csv, mail_merge_xlsx
from restitution.documents.pdf.poster import Poster

MADE = date(2026, 4, 1)
POSTER = Poster(
    territory="Val-de-Brume",
    campaign="Bilan <2026> #1 *gras* @x",
    address="https://grille.example/repondre/AbCdEfGhIjKlMnOpQrStUv",
    minutes=10,
    k=5,
    college="Élus & Œuvres",
    closes_on=date(2026, 5, 22),
)


def test_it_is_one_tagged_page_in_french() -> None:
    pdf = POSTER.pdf(MADE)
    assert pdf.startswith(b"%PDF-1.7")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type/Page\n") in (0, 1)
    assert b"pdfuaid:part" in pdf
    assert b"/Lang (fr-FR)" in pdf or b"/Lang(fr-FR)" in pdf


def test_the_same_poster_is_the_same_file() -> None:
    assert POSTER.pdf(MADE) == POSTER.pdf(MADE)


@pytest.mark.parametrize("poster", [POSTER, replace(POSTER, college=None, closes_on=None, warning="Campagne d’essai")])
def test_it_is_drawn_as_svg_too(poster: Poster) -> None:
    root = ElementTree.fromstring(poster.svg(MADE))
    assert root.tag.endswith("svg")
    width, height = (float(re.sub("[a-z]+", "", root.get(side, "0"))) for side in ("width", "height"))
    assert round(height / width, 2) == 1.41


def test_a_poster_and_a_letter_show_the_code_to_type_and_are_printed_in_black_too() -> None:
    coded = replace(POSTER, code="K7Q-M4X", entrance="https://grille.example/repondre")
    assert coded._content()["address"] == "grille.example/repondre"
    assert "code" in coded._content()["scan"]
    inked = replace(coded, inked=True)
    assert b"#1d4f91" in coded.svg(MADE)
    assert b"#1d4f91" not in inked.svg(MADE)
    assert len({content for poster in (POSTER, coded) for content in (poster.pdf(MADE), poster.letter(MADE))}) == 4


def test_a_very_long_address_still_fits() -> None:
    long = replace(POSTER, address="https://" + "a" * 80 + ".example/repondre/" + "b" * 22, territory="M" * 80)
    assert long.pdf(MADE)


def test_a_qr_code_holds_the_address() -> None:
    root = ElementTree.fromstring(qr_svg(POSTER.address, title="Val-de-Brume"))
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Val-de-Brume"
    assert root.get("width") is None
    assert qr_svg(POSTER.address) != qr_svg(POSTER.address + "x")


def test_the_table_of_invitations_runs_nothing_and_says_the_same_twice() -> None:
    import openpyxl

    addresses = [f"https://grille.example/repondre/{letter * 22}" for letter in "ab"]
    rows = [("numero", "college", "lien"), (1, "'=1+1", addresses[0]), (2, "'=1+1", addresses[1])]
    sheet = openpyxl.load_workbook(io.BytesIO(mail_merge_xlsx(addresses, "=1+1"))).active
    assert sheet is not None
    assert list(sheet.values) == rows
    lines = mail_merge_csv(addresses, "=1+1").decode("utf-8-sig").splitlines()
    assert lines == [";".join(map(str, row)) for row in rows]
