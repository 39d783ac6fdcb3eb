"""Tables of text documents and pasted ones: what is read of them, and what is said of those that cannot be read."""

import pytest

from grille.errors import GridErrors
from questionnaires.outside.word_tables import joined, read_document, read_pasted
from tests.word_tables import cell, docx, paragraph, table, twenty_skills

HEADER = ["Famille", "Savoir-faire", "0", "1"]


def test_a_table_of_a_document_is_read_as_it_shows() -> None:
    top, below, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="4"/>'
    rows = [
        HEADER,
        [cell("Coopérer", top), "Un\nsur deux lignes", "a", "b"],
        [cell("", below), "Deux & trois", "a", "b"],
        ["", "", "", ""],
        [cell("Connecter", wide)],
        ["", "Quatre", "a"],
    ]
    found = read_document(docx(paragraph("Notre grille") + table(rows) + paragraph("Fin")), "g.docx")
    assert [one.above for one in found] == ["Notre grille"]
    assert found[0].rows[1] == ["Coopérer", "Un\nsur deux lignes", "a", "b"]
    assert found[0].rows[2] == ["Coopérer", "Deux & trois", "a", "b"]
    whole = joined(found)
    assert whole.rows[0] == [*HEADER, ""]
    assert [row[-1] for row in whole.rows] == ["", "Notre grille", "Notre grille", "Connecter"]


def test_deleted_words_and_doubled_ones_are_not_read_and_a_table_in_a_cell_is_text() -> None:
    words = "<w:tc><w:p><w:del><w:r><w:delText>vieux</w:delText></w:r></w:del><w:r><w:t>neuf</w:t></w:r></w:p></w:tc>"
    once = "<w:t>une fois</w:t>"
    doubled = f"<w:tc><w:p><w:r><Choice>{once}</Choice><Fallback>{once}</Fallback></w:r></w:p></w:tc>"
    inner = f"<w:tc>{table([['dedans', 'aussi']])}<w:p/></w:tc>"
    found = read_document(docx(table([["a", "b", "c"], [words, doubled, inner]])), "g.docx")
    assert len(found) == 1
    assert found[0].rows[1] == ["neuf", "une fois", "dedans\naussi"]


def test_a_table_per_family_is_read_whole_with_the_titles_above() -> None:
    header = ["Savoir-faire", "Définition"]
    body = "".join(paragraph(f"Famille {name}") + table([header, [f"De {name}", "…"]]) for name in "AB")
    whole = joined(read_document(docx(body + table([["seule", "de", "sa largeur"]])), "g.docx"))
    assert whole.titled
    assert whole.left_out == 1
    assert whole.rows == [[*header, ""], ["De A", "…", "Famille A"], ["De B", "…", "Famille B"]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 rien", "ne s’ouvre pas"),
        (b"\xd0\xcf\x11\xe0 vieux", "mot de passe, ou dans l’ancien format"),
        (b"bonjour", "pas au format DOCX"),
        (docx(paragraph("Sans tableau")), "aucun tableau"),
        (docx(table([["a", "b"]] * 1_200)), "1000 lignes"),
        (docx(table([["a"] * 70])), "60 colonnes"),
        (docx(table([["a", "b" * 30_000]])), "trop lourd"),
        (docx("<w:p>" * 400 + "</w:p>" * 400), "ne s’ouvre pas"),
        (docx("<!DOCTYPE x [<!ENTITY a 'b'>]>"), "ne s’ouvre pas"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, said: str) -> None:
    with pytest.raises(GridErrors) as refusal:
        read_document(content, "g.docx")
    assert said in str(refusal.value)
    assert str(refusal.value).startswith("g.docx")


def test_a_pasted_table_is_read_from_its_html() -> None:
    pasted = """<html><head><style>td { color: red }</style></head><body><!--StartFragment--><table>
    <tr><th rowspan=2>Axe<th>Savoir-faire
    <tr><td><p>Un</p><p>deux&nbsp;lignes</p></td></tr>
    <tr><td colspan="2">Large</td></tr>
    <tr><td>F<td><table><tr><td>dedans</td><td>aussi</td></tr></table></td></table>"""
    found = read_pasted(pasted)[0]
    assert found.rows == [["Axe", "Savoir-faire"], ["Axe", "Un\ndeux lignes"], ["Large"], ["F", "dedans\naussi"]]
    assert found.wide == [2]


@pytest.mark.parametrize("span", ["²", "-1", "0", "1000", ""])
def test_a_span_that_is_no_small_number_is_one_column(span: str) -> None:
    pasted = f'<table><tr><td colspan="{span}">a<td>b</table>'
    assert read_pasted(pasted)[0].rows == [["a", "b"]]
    spanning = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>'
    assert read_document(docx(table([[spanning, "b"]])), "g.docx")[0].rows == [["a", "b"]]


def test_a_pasted_table_is_read_from_tabs() -> None:
    assert read_pasted('a\tb\r\n"c\nd"\te\r\n\r\n')[0].rows == [["a", "b"], ["c\nd", "e"]]
    assert read_pasted('a\tb\n"c\tseul')[0].rows == [["a", "b"], ['"c', "seul"]]
    with pytest.raises(GridErrors, match="aucun tableau"):
        read_pasted("une phrase sans tableau")


def test_twenty_skills_are_read() -> None:
    assert len(read_document(docx(table(twenty_skills())), "g.docx")[0].rows) == 21
