"""Forms of other software, made of any grid, and their exports, which come back without a mapping."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from grille import Grid, current
from questionnaires import Answer, Questionnaire
from questionnaires.answers_table import AnswersErrors
from questionnaires.mapped_table import RespondentRow, read_foreign, rows_as_answers
from questionnaires.outside.limesurvey import COLUMNS, limesurvey_tsv
from questionnaires.outside.names import limesurvey_names, xlsform_names
from questionnaires.outside.wording import OutsideForm
from questionnaires.outside.xlsform import xlsform_sheets
from restitution.documents.office.xlsform import xlsform_workbook
from tests.questionnaires.outside import exports
from tests.shapes import nine, samm, shape, signed, yes_no

GRIDS = {"shipped": current, "samm": samm, "yes/no": yes_no, "one to nine": nine, "-2 to 2": signed}
RECORDED = Path(__file__).parent / "limesurvey-recorded.txt"


def form_of(grid: Grid, college: str = "", *, plain: bool = False) -> OutsideForm:
    colleges = (college,) if college else tuple(one.code for one in grid.colleges)
    return OutsideForm("ici-2026", "Ici – Premier diagnostic", grid, "full", colleges, plain)


def came_back(content: bytes, grid: Grid) -> list[RespondentRow]:
    table = read_foreign(content, "export.csv", grid)
    assert table.left_out in ((), ("photo_URL",))
    return list(rows_as_answers(table.frame, table.identifiers))


def expected(
    people: list[dict[str, str]], asked: list[exports.Asked], grid: Grid
) -> list[tuple[str, dict[str, Answer]]]:
    """The answers of these people, by the order of the questions: the names of forms are not trusted."""
    names = [one.name for one in asked if one.choices and one.name != "college"]
    codes = [question.code for question in Questionnaire(grid, "full", "").questions]
    return [
        (
            person["college"],
            {code: Answer(_value(person[name])) for code, name in zip(codes, names, strict=True) if person[name]},
        )
        for person in people
    ]


def _value(said: str) -> int | str:
    return said if said in ("NSP", "SO") else int(exports.plain_code(said))


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("made", GRIDS.values(), ids=[*GRIDS])
def test_an_export_of_kobotoolbox_comes_back_equal(made: Callable[[], Grid], plain: bool) -> None:
    grid = made()
    asked = exports.of_xlsform(xlsform_sheets(form_of(grid, plain=plain)))
    people = exports.answered(asked, 6)
    for labels, shuffled in ((False, 0), (False, 3), (True, 5)):
        back = came_back(exports.kobo(asked, people, labels=labels, shuffled=shuffled), grid)
        assert [(one.college, one.answers) for one in back] == expected(people, asked, grid)


@pytest.mark.parametrize("made", GRIDS.values(), ids=[*GRIDS])
def test_an_export_of_limesurvey_comes_back_equal(made: Callable[[], Grid]) -> None:
    grid = made()
    asked = exports.of_limesurvey(limesurvey_tsv(form_of(grid)))
    people = exports.answered(asked, 6)
    colleges = {exports_code: one.code for exports_code, one in zip(asked[0].choices, grid.colleges, strict=False)}
    for labels in (False, True):
        back = came_back(exports.lime(asked, people, labels=labels), grid)
        wanted = expected(people, asked, grid)
        assert [(one.college, one.answers) for one in back] == [
            (colleges.get(code, code), said) for code, said in wanted
        ]


def test_a_form_for_one_college_says_it_in_a_column() -> None:
    grid = samm()
    asked = exports.of_xlsform(xlsform_sheets(form_of(grid, "c2")))
    assert "${" not in "".join(one.label for one in asked), "one college has one wording"
    people = exports.answered(asked, 2, fixed="c2")
    assert {one.college for one in came_back(exports.kobo(asked, people, labels=True), grid)} == {"c2"}
    lime = exports.of_limesurvey(limesurvey_tsv(form_of(grid, "c2")))
    assert (lime[0].name, lime[0].label, lime[0].choices) == ("college", "c2", {})


@pytest.mark.parametrize("made", [current, yes_no, signed], ids=["shipped", "yes/no", "-2 to 2"])
def test_pyxform_finds_nothing_to_say(made: Callable[[], Grid]) -> None:
    from pyxform.xls2xform import convert

    result = convert(xlsform=io.BytesIO(xlsform_workbook(xlsform_sheets(form_of(made())))), file_type=".xlsx")
    assert result.warnings == []
    assert "Ici – Premier diagnostic" in result.xform


def test_the_survey_has_columns_and_lines_that_limesurvey_writes() -> None:
    recorded = RECORDED.read_text().splitlines()
    assert [column for column in recorded[0].split("\t") if column in COLUMNS] == list(COLUMNS)
    kinds = {tuple(line.split("\t")[:2]) for line in recorded[1:]}
    made = [line.split("\t") for line in limesurvey_tsv(form_of(signed())).decode("utf-8-sig").splitlines()]
    assert {(kind, scale if kind != "G" else "G0") for kind, scale, *_ in made[1:]} <= kinds
    assert all(len(line) == len(COLUMNS) for line in made)
    names = [line[2] for line in made if line[0] == "Q"]
    assert all(name.isalnum() and name[0].isalpha() and len(name) <= 20 for name in names)
    assert all(len(line[2]) <= 5 and line[2].isalnum() for line in made if line[0] == "A")


def test_names_are_those_of_the_codes_unless_two_would_be_the_same() -> None:
    assert xlsform_names(["1.1", "1.10", "COO-1", "college", "é"])["COO-1"] == "COO_1"
    for names in (xlsform_names, limesurvey_names):
        alike = names(["A-11", "A1-1", "A.11", "a-11", "الف", "ب", "x" * 40, "seed", "t-1"])
        assert len({name.casefold() for name in alike.values()}) == 9
        assert alike["A-11"] == names(["A.11", "A-11"])["A-11"], "a name does not depend on an order"


def endless() -> Grid:
    """A grid whose every text is longer than forms hold, of signs that are escaped."""
    text = "*_'\"<&🎉 " * 500
    families = {f"{text} {n}": [f"{text} {n}.{rank}" for rank in (1, 2)] for n in (1, 2)}
    colleges = [f"{n} {text}" for n in range(1, 9)]
    return shape(families, (0, 1, 2), labels=[f"{n} {text}" for n in range(3)], colleges=colleges, name="sans-fin")


def test_no_text_is_longer_than_the_form_holds_and_answers_come_back() -> None:
    grid = endless()
    form = OutsideForm("ici-2026", "Très long " * 90, grid, "full", tuple(one.code for one in grid.colleges))
    sheets = xlsform_sheets(form)
    assert max(len(cell.encode("utf-16-le")) // 2 for rows in sheets.values() for row in rows for cell in row) <= 32_767
    assert len(sheets["settings"][1][0]) <= 255
    lines = list(csv.DictReader(io.StringIO(limesurvey_tsv(form).decode("utf-8-sig")), dialect="excel-tab"))
    assert max(len(cell.encode()) for line in lines for cell in line.values()) <= 65_535
    assert max(len(line["name"]) for line in lines if line["class"] == "G") <= 100
    assert len(next(line for line in lines if line["name"] == "surveyls_title")["text"]) <= 100
    asked = exports.of_xlsform(sheets)
    people = exports.answered(asked, 4)
    for labels in (False, True):
        back = came_back(exports.kobo(asked, people, labels=labels), grid)
        assert [(one.college, one.answers) for one in back] == expected(people, asked, grid)


def test_a_person_is_known_again_when_an_answer_was_corrected_there() -> None:
    grid = samm()
    asked = exports.of_xlsform(xlsform_sheets(form_of(grid)))
    people = exports.answered(asked, 1)
    (before,), (after,) = (
        came_back(exports.kobo(asked, [{**people[0], "uuid": uuid}]), grid) for uuid in ("before", "after")
    )
    assert before.respondent == "before"
    assert set(before.identifiers) & set(after.identifiers) == {"7000/20260401080900"}


def test_what_was_not_sent_in_limesurvey_is_left_and_said() -> None:
    grid = samm()
    asked = exports.of_limesurvey(limesurvey_tsv(form_of(grid)))
    people = exports.answered(asked, 3)
    table = read_foreign(exports.lime(asked, [people[0], {**people[1], "sent": ""}, people[2]]), "export.csv", grid)
    assert len(table.frame) == 2
    assert "1 réponse commencée n’a pas été envoyée" in " ".join(table.remarks)
    assert [names[0] for names in table.identifiers] == ["1/6f0c-0", "3/6f0c-2"]


def test_a_table_written_by_hand_still_has_its_unknown_columns_refused() -> None:
    with pytest.raises(AnswersErrors, match="COO-99"):
        read_foreign(b"college;COO-1;COO-99\nelus;3;2\n", "main.csv", current())


def test_the_case_of_labels_needs_no_mapping() -> None:
    case = '"start";"À quel titre répondez-vous ?";"{}";"_uuid"\n"x";"Habitants";"3";"u1"\n'
    stem = Questionnaire(current(), "short", "habitants").questions[0].stem
    (row,) = came_back(case.format(stem).encode(), current())
    assert (row.college, row.answers, row.respondent) == ("habitants", {"COO-1": Answer(3)}, "u1")
