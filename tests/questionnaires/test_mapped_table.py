"""Tables of other tools: KoboToolbox, LimeSurvey, workbooks; errors name the columns of the file."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

from grille import current
from questionnaires import Answer
from questionnaires.answers_table import AnswersErrors
from questionnaires.column_mapping import ColumnMapping, read_mapping
from questionnaires.mapped_table import RespondentRow, read_foreign, rows_as_answers
from questionnaires.workbooks import MOST_ROWS

_DOCUMENT = (Path(__file__).parents[2] / "docs" / "formats.md").read_text()
_SECTION = _DOCUMENT[_DOCUMENT.index("## Tables from elsewhere") : _DOCUMENT.index("## Sizes of colleges")]
KOBO, KOBO_MAPPING, LIME, LIME_MAPPING = re.findall(r"```text\n(.*?)```", _SECTION, re.DOTALL)


def rows(content: bytes, mapping: str = "", college: str = "") -> list[RespondentRow]:
    own = read_mapping(mapping.encode(), "correspondance.csv") if mapping else None
    return list(rows_as_answers(read_foreign(content, "réponses.csv", current(), own, college).frame))


def refused(content: bytes, mapping: str = "", college: str = "") -> list[str]:
    with pytest.raises(AnswersErrors) as errors:
        rows(content, mapping, college)
    return [str(problem) for problem in errors.value.problems]


def workbook(*table: tuple[Any, ...]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in table:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_kobotoolbox_is_read_through_its_mapping() -> None:
    assert rows(b"\xef\xbb\xbf" + KOBO.encode(), KOBO_MAPPING) == [
        RespondentRow("elus", "individuel", {"COO-1": Answer(3), "COO-2": Answer("NSP"), "COO-3": Answer(2)}),
        RespondentRow("habitants", "individuel", {"COO-1": Answer(0), "COO-3": Answer("SO")}),
    ]


def test_limesurvey_is_read_for_one_college() -> None:
    assert rows(LIME.encode(), LIME_MAPPING, "agents") == [
        RespondentRow("agents", "individuel", {"COO-1": Answer(3), "COO-2": Answer("NSP"), "COO-3": Answer(0)}),
        RespondentRow("agents", "individuel", {"COO-1": Answer(0), "COO-3": Answer("SO")}),
        RespondentRow("agents", "individuel", {}),
    ]


@pytest.mark.parametrize(("export", "mapping"), [(KOBO, KOBO_MAPPING), (LIME, LIME_MAPPING)])
def test_an_export_as_a_workbook_says_the_same(export: str, mapping: str) -> None:
    college = "agents" if export is LIME else ""
    table = list(csv.reader(io.StringIO(export), delimiter=";" if export is KOBO else ","))
    assert rows(workbook(*map(tuple, table)), mapping, college) == rows(export.encode(), mapping, college)


def test_what_is_not_read_is_said() -> None:
    own = read_mapping(LIME_MAPPING.encode() + b"OUV9,,OUV-3\n", "correspondance.csv")
    table = read_foreign(LIME.encode(), "réponses.csv", current(), own, "agents")
    assert table.left_out == ("id", "submitdate", "lastpage", "startlanguage", "seed", "COO1comment")
    assert table.absent == ("OUV9",)
    assert table.lines == [2, 3, 4]


def test_an_answer_to_a_question_that_is_not_asked_is_a_problem_among_the_others() -> None:
    content = b"college,COO-1,COO-4,COO-5\nelus,9,2,\n"
    with pytest.raises(AnswersErrors) as errors:
        read_foreign(content, "x.csv", current(), asked={"COO-1"})
    assert [(one.line, one.column) for one in errors.value.problems] == [(1, "COO-4"), (2, "COO-1")]
    with pytest.raises(AnswersErrors, match="«\u00a0COO-4\u00a0» n’est pas demandé"):
        read_foreign(content.replace(b"9", b"1"), "x.csv", current(), asked={"COO-1"})


def test_a_college_for_all_and_one_for_each_are_one_too_many() -> None:
    (problem,) = refused(b"college,COO-1\nelus,3\n", college="agents")
    assert "dit déjà le collège" in problem


def test_a_workbook_is_read_with_its_numbers_and_labels() -> None:
    table = workbook(("College", "COO-1", "COO-2"), ("Élus", 3, 4.0), (None, None, None), ("habitants", "nsp", None))
    assert rows(table) == [
        RespondentRow("elus", "individuel", {"COO-1": Answer(3), "COO-2": Answer(4)}),
        RespondentRow("habitants", "individuel", {"COO-1": Answer("NSP")}),
    ]


def test_our_own_table_needs_no_mapping() -> None:
    assert rows(b"college,mode,COO-1\nelus,papier,2\n") == [RespondentRow("elus", "papier", {"COO-1": Answer(2)})]


def test_problems_name_the_lines_and_columns_of_the_file() -> None:
    wrong = KOBO.replace('"3"', '"neuf"').replace('"habitant"', '"voisin"')
    assert [problem.partition("\u00a0: ")[0] for problem in refused(wrong.encode(), KOBO_MAPPING)] == [
        "réponses.csv:2, colonne coo/COO_1",
        "réponses.csv:4, colonne profil",
    ]


def test_lines_of_a_workbook_are_its_own() -> None:
    table = workbook(("college", "COO-1"), (None, None), ("elus", 3), ("elus", 9))
    assert [problem.partition("\u00a0: ")[0] for problem in refused(table)] == ["réponses.csv:4, colonne COO-1"]


def test_an_unknown_column_is_a_problem_only_without_a_mapping() -> None:
    content = b"college,COO-1,age\nelus,3,41\n"
    assert "« age » est inconnue" in refused(content)[0]
    assert rows(content, "colonne;valeur;devient\nage;;\n") == [
        RespondentRow("elus", "individuel", {"COO-1": Answer(3)})
    ]


def test_a_mapping_to_a_column_that_does_not_exist_is_said() -> None:
    problems = refused(LIME.encode(), "colonne,valeur,devient\nCOO1,,COO-99\n", "elus")
    assert any("COO-99" in problem for problem in problems)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "vide"),
        (b"   \n", "vide"),
        (b"college,COO-1\n", "aucune réponse"),
        (b"PK\x03\x04 not a workbook", "ne s’ouvre pas"),
        (workbook(), "aucune réponse"),
        ("college;COO-1\nélus;3\n".encode("utf-16"), "UTF-16"),
        (b"college,COO-1\n" + b"elus,3\n" * (MOST_ROWS + 1), "plus de 20000 lignes"),
    ],
    ids=["empty", "blank", "header", "zip", "empty workbook", "utf-16", "long"],
)
def test_a_file_that_cannot_be_used_is_refused(content: bytes, sentence: str) -> None:
    assert sentence in "\n".join(refused(content))


def test_a_workbook_that_unfolds_without_end_is_not_unfolded() -> None:
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (61 * 1024 * 1024))
    assert "trop lourd" in refused(file.getvalue())[0]


def test_every_problem_of_a_mapping_is_said() -> None:
    with pytest.raises(AnswersErrors) as errors:
        read_mapping(b"colonne;valeur;devient\n;A;0\n*;;COO-1\nQ1;;COO-1\n", "kobo.csv")
    assert [problem.line for problem in errors.value.problems] == [2, 3]
    with pytest.raises(AnswersErrors, match="« devient » manque"):
        read_mapping(b"colonne;valeur\na;b\n", "kobo.csv")


def test_a_value_of_one_column_goes_before_that_of_all() -> None:
    mapping = ColumnMapping({}, {("*", "A"): "0", ("Q1", "A"): "1"})
    assert (mapping.value("Q1", " A "), mapping.value("Q2", "A"), mapping.value("Q2", "B")) == ("1", "0", "B")
