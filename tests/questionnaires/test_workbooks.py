"""Workbooks as tools and people make them: read, or refused with the place of what cannot be trusted."""

import pytest

from grille import current
from questionnaires import Answer
from questionnaires.answers_table import AnswersErrors
from questionnaires.column_mapping import read_mapping
from questionnaires.mapped_table import ForeignTable, RespondentRow, read_foreign, rows_as_answers
from tests.questionnaires.archives import HEADER, parts, row, workbook, zipped

STYLES = """<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>"""
ELUS = RespondentRow("elus", "individuel", {"COO-1": Answer(3), "COO-2": Answer(2)})


def read(content: bytes, mapping: str = "") -> ForeignTable:
    return read_foreign(content, "x.xlsx", current(), read_mapping(mapping.encode(), "m.csv") if mapping else None)


def rows(content: bytes, mapping: str = "") -> list[RespondentRow]:
    return [RespondentRow(one.college, one.mode, one.answers) for one in rows_as_answers(read(content, mapping).frame)]


def refused(content: bytes, mapping: str = "") -> list[str]:
    with pytest.raises(AnswersErrors) as errors:
        read(content, mapping)
    return [str(problem).partition("x.xlsx")[2].lstrip(":") for problem in errors.value.problems]


def cell(value: str, more: str = "", before: str = "") -> str:
    return f"<c{more}>{before}<v>{value}</v></c>"


def test_rows_beyond_the_declared_dimension_are_read() -> None:
    sheet = (
        f'<worksheet><dimension ref="A1:C2"/><sheetData>{HEADER}{row(2, "elus", "3", "2") * 3}</sheetData></worksheet>'
    )
    assert rows(workbook(sheet)) == [ELUS] * 3


def test_the_look_of_cells_may_be_one_that_no_program_would_write() -> None:
    empty = "<styleSheet><fills><fill/></fills><cellXfs><xf/></cellXfs></styleSheet>"
    for styles in (empty, "<styleSheet><cellXfs><xf numFmtId='x'/>", "not XML"):
        assert rows(workbook(HEADER + row(2, "elus", cell("3", ' s="7"'), "2"), styles=styles)) == [ELUS]


def test_a_damaged_sheet_is_not_read_up_to_where_it_breaks() -> None:
    whole = parts(HEADER + row(2, "elus", "3", "2"))
    whole["xl/worksheets/sheet1.xml"] = whole["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", b"</sheetDat")
    assert "ne s’ouvre pas" in refused(zipped(whole))[0]


@pytest.mark.parametrize(
    "formula",
    ["<c><f>1+2</f></c>", "<c><f>1+2</f><v/></c>", "<c><f>1+2</f><v>0</v></c>", '<c t="n"><f t="shared" si="0"/></c>'],
)
def test_a_formula_without_a_sure_result_is_refused_with_its_place(formula: str) -> None:
    (problem,) = refused(workbook(HEADER + row(2, "elus", "3", "2") + row(3, "elus", formula, "2")))
    assert problem.startswith("3, colonne COO-1")
    assert "formule sans résultat sûr" in problem


def test_formulas_with_a_result_are_read_and_said() -> None:
    body = "".join(row(n, "elus", "<c><f>1+2</f><v>3</v></c>", "2") for n in (2, 3))
    silent = row(4, '<c t="str"><f>"elus"</f><v>elus</v></c>', "3", '<c t="str"><f>IF(1,"",2)</f><v></v></c>')
    table = read(workbook(HEADER + body + silent))
    assert [one.answers for one in rows_as_answers(table.frame)] == [ELUS.answers, ELUS.answers, {"COO-1": Answer(3)}]
    assert "«\u00a0COO-1\u00a0», 2 cellules, lignes 2 à 3" in "\n".join(table.remarks)
    assert "«\u00a0college\u00a0», ligne 4" in "\n".join(table.remarks)


def test_a_formula_in_a_column_that_is_not_read_does_no_harm() -> None:
    content = workbook(row(1, "college", "COO-1", "total") + row(2, "elus", "3", "<c><f>A1</f></c>"))
    assert rows(content, "colonne;valeur;devient\ntotal;;\n")[0].answers == {"COO-1": Answer(3)}


@pytest.mark.parametrize(
    "value",
    [
        cell("3"),
        cell("3.0"),
        cell(" 3 "),
        cell("0.3E1"),
        cell("3", ' t="str"'),
        '<c t="inlineStr"><is><t> 3</t></is></c>',
        '<c t="inlineStr"><is><t>3,0</t></is></c>',
        '<c t="inlineStr"><is><t>\u00a03\u200b</t></is></c>',
        '<c t="inlineStr"><is><r><t>3</t></r><r><t>,00</t></r><rPh><t>san</t></rPh></is></c>',
        cell("0", ' t="s"'),
    ],
)
def test_a_level_may_be_written_in_many_ways(value: str) -> None:
    texts = "<si><r><t>3</t></r><rPh><t>san</t></rPh></si>"
    assert rows(workbook(HEADER + row(2, "elus", value, "2"), texts=texts)) == [ELUS]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (cell("#N/A", ' t="e"'), "«\u00a0#N/A\u00a0»"),
        (cell("#REF!", ' t="e"', "<f>A0</f>"), "«\u00a0#REF!\u00a0»"),
        (cell("1", ' t="b"'), "«\u00a0VRAI\u00a0»"),
        (cell("1", ' s="1"'), "«\u00a0100 %\u00a0»"),
        (cell("46082", ' s="2"'), "«\u00a02026-03-01\u00a0»"),
        (cell("3", ' s="3"'), "«\u00a01900-01-02\u00a0»"),
        (cell("2026-03-01", ' t="d"'), "«\u00a02026-03-01\u00a0»"),
        (cell("2.0000001"), "«\u00a02.0000001\u00a0»"),
        (cell("1e300"), "«\u00a01e300\u00a0»"),
        (cell("INF"), "«\u00a0INF\u00a0»"),
    ],
)
def test_what_is_no_level_is_said_as_the_sheet_shows_it(value: str, said: str) -> None:
    (problem,) = refused(workbook(HEADER + row(2, "elus", value, "2"), styles=STYLES))
    assert problem.startswith("2, colonne COO-1")
    assert said in problem


def test_merged_cells_are_refused_where_they_hide_an_answer() -> None:
    body = HEADER + row(2, "elus", "3", "2") + row(3, "elus", "", "2")
    merged = "".join(f'<mergeCell ref="{place}"/>' for place in ("A9:C9", "B2:B3", "nowhere"))
    sheet = f"<worksheet><sheetData>{body}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"
    (problem,) = refused(workbook(sheet))
    assert problem.startswith("2, colonne COO-1")
    assert "fusionnées" in problem


def test_what_is_hidden_or_elsewhere_is_said() -> None:
    sheet = f"""<worksheet><cols><col min="2" max="2" hidden="1"/></cols><sheetData>{HEADER}
        {row(2, "elus", "3", "2", more=' hidden="1"')}</sheetData></worksheet>"""
    content = workbook("", sheet, row(1, "Notes"))
    table = read(content)
    assert len(table.frame) == 1
    said = "\n".join(table.remarks)
    for words in (
        "«\u00a0F2\u00a0» est lue\u202f; pas\u00a0: «\u00a0F3\u00a0»",
        "masquées, ou filtrées",
        "colonnes masquées",
    ):
        assert words in said


def test_hidden_sheets_are_not_read() -> None:
    hidden = parts(row(1, "college", "COO-1") + row(2, "elus", "0"), HEADER + row(2, "elus", "3", "2"))
    hidden["xl/workbook.xml"] = hidden["xl/workbook.xml"].replace(b'name="F1"', b'name="F1" state="veryHidden"')
    assert rows(zipped(hidden)) == [ELUS]
    assert any("masquées" in remark for remark in read(zipped(hidden)).remarks)


def test_titles_above_the_names_of_columns_are_left_and_said() -> None:
    content = workbook(
        row(1, "Enquête 2026") + row(3, "", "COLLEGE", "COO-1", "", "COO-2") + row(4, "", "elus", "3", "", "2")
    )
    assert rows(content) == [ELUS]
    assert any("à la ligne 3" in remark for remark in read(content).remarks)


def test_titles_above_the_names_of_columns_of_a_text_are_left_and_said() -> None:
    content = 'Enquête 2026;"a;b";\n;;\n\nCollege;COO-1;COO-2\nelus;3;2\n'.encode()
    assert rows(content) == [ELUS]
    assert any("à la ligne 4" in remark for remark in read(content).remarks)
    assert refused(content.replace(b";2\n", b";9\n"))[0].startswith("5, colonne COO-2")


def test_columns_without_a_name_are_said_when_they_hold_something() -> None:
    content = workbook(row(1, "college", "", "COO-1", "COO-2") + row(2, "elus", "", "3", "2", "à rappeler"))
    assert rows(content) == [ELUS]
    assert read(content).left_out == ("E (sans nom)",)


def test_cells_and_rows_may_have_no_reference_or_stand_in_disorder() -> None:
    unnamed = "".join(row(None, *cells) for cells in (("college", "COO-1", "COO-2"), ("elus", "3", "2")))
    assert rows(workbook(unnamed)) == [ELUS]
    disorder = row(2, '<c r="C2"><v>2</v></c>', '<c r="B2"><v>3</v></c>', '<c r="A2" t="str"><v>elus</v></c>') + HEADER
    assert rows(workbook(disorder)) == [ELUS]


def test_a_strict_workbook_with_prefixes_and_macros_is_read() -> None:
    sheet = (
        '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData>'
        + (HEADER + row(2, "elus", "3", "2")).replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
        + "</x:sheetData></x:worksheet>"
    )
    whole = parts(HEADER)
    whole["xl/worksheets/sheet1.xml"] = f"<?xml version='1.0'?>{sheet}".encode("utf-16")
    whole["xl/vbaProject.bin"] = b"macro"
    assert rows(zipped(whole)) == [ELUS]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"college,COO-1\r\nelus,3\nelus,2\r\n", None),
        ("college;COO-1\nelus;3\n".encode("utf-16"), "UTF-16"),
        ("college;COO-1\nélus;3\n".encode("cp1252"), "Windows-1252"),
        (b"college\tCOO-1\nelus\t3\n", "sans mélange"),
        (b"college;COO-1\nelus;\x003\n", "octet nul"),
        (b"college;" + b"x" * 200_000, "guillemet"),
        (b";" * 1_000_000 + b"\n1;2\n", "aucune réponse"),
        (b"college" + b";x" * 700_000 + b"\n1;2\n", "plus de 1000 colonnes"),
        (b"college" + b";x" * 2_000 + b"\n1;2\n", "plus de 1000 colonnes"),
        (b"<html><table><tr><td>college</td></tr></table></html>", "aucune réponse"),
        (b"%PDF-1.7\n\x00\x01\n", "octet nul"),
    ],
    ids=["line ends", "utf-16", "windows", "tabs", "nul", "long cell", "separators", "wide", "wider", "html", "pdf"],
)
def test_a_text_named_as_a_workbook_is_read_as_the_text_it_is(content: bytes, sentence: str | None) -> None:
    if sentence is None:
        assert len(read(content).frame) == 2
    else:
        assert sentence in "\n".join(refused(content))


QUESTIONS = {
    "Sur ce territoire, voyez-vous, dès le départ, un but commun ?": "COO-1",
    "Et, en un mot, qui décide, qui propose, qui fait ?": "COO-2",
}
QUOTED = ";".join(f'"{label}"' for label in QUESTIONS)
LABELS = {
    "quoted": f'"start";"À quel titre ?";{QUOTED}\n"a";"elus";"3";"2"\n',
    "bare": "start;À quel titre ?;" + ";".join(QUESTIONS) + "\na;elus;3;2\n",
    "commas": '"start","À quel titre ?",'
    + QUOTED.replace('";"', '; ou non","')[:-1]
    + '; ou non"\n"a","elus","3","2"\n',
    "two lines": f'"start";"À quel\ntitre ?";{QUOTED}\n"a";"elus";"3";"2"\n',
}


@pytest.mark.parametrize("export", LABELS)
def test_signs_inside_labels_do_not_separate(export: str) -> None:
    title = '"À quel\ntitre ?"' if export == "two lines" else "À quel titre ?"
    more = "; ou non" if export == "commas" else ""
    mapping = f"colonne,valeur,devient\n{title},,college\n" + "".join(
        f'"{label}{more}",,{code}\n' for label, code in QUESTIONS.items()
    )
    assert rows(LABELS[export].encode(), mapping) == [ELUS]


def test_a_mapping_that_names_no_column_of_the_table_says_which_and_what_there_is() -> None:
    (problem,) = refused(b"question;rep\n1;3\n", "colonne;valeur;devient\nQuestion 1;;COO-1\n")
    assert problem.startswith("1")
    assert "nomme («\u00a0Question 1\u00a0»)" in problem
    assert "«\u00a0question\u00a0» ou «\u00a0rep\u00a0»" in problem
