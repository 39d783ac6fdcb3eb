"""The files of a profile: every column in the dictionary, no executable formula, native numbers."""

import csv
import io
import math
import re
import zipfile
from fractions import Fraction

import openpyxl
import orjson
import pandas as pd
import pytest

import scoring
from grille import Grid
from restitution.documents.office.workbook import profile_xlsx
from restitution.documents.open_data.csv_and_json import profile_csv, profile_json
from restitution.documents.open_data.spreadsheet_safety import escaped_for_spreadsheets
from restitution.documents.open_data.tables import dictionary_of, tables_of
from restitution.documents.profile_files import documents
from tests.restitution.reader.territories import territory

HOSTILE = '=HYPERLINK("http://x")'
LEVELS = {1: "un", 2: "deux", 3: "trois"}


def skill(code: str, title: str = "Un savoir-faire") -> dict:
    return {"code": code, "title": title, "definition": "d", "core": True, "levels": LEVELS}


@pytest.fixture(scope="module")
def grid() -> Grid:
    """Another scale than the programme's, and texts that a spreadsheet would run."""
    return Grid(
        id="autre",
        version="3",
        title="+Grille",
        status="proposition",
        levels=[{"value": value, "label": label} for value, label in LEVELS.items()],
        families=[
            {"code": "A", "title": HOSTILE, "skills": [skill("A-1", "-1+2"), skill("A-2")]},
            {"code": "B", "title": "@b", "skills": [skill("B-1")]},
            {"code": "C", "title": "C", "skills": [skill("C-1", "\tC")]},
        ],
        colleges=[{"code": code, "label": label} for code, label in (("x", "=x"), ("y", "Y"), ("z", "Z"))],
    )


@pytest.fixture(scope="module")
def profile(grid) -> scoring.Profile:
    rows = [
        {"college": college, "mode": mode, "A-1": 1 + n % 3, "A-2": 2, "B-1": "NSP" if n % 4 == 0 else 3, "C-1": 1}
        for college, mode, people in (("x", "papier", 8), ("y", "individuel", 12), ("z", "", 2), ("x", "atelier", 5))
        for n in range(people)
    ]
    return scoring.profile(pd.DataFrame(rows), grid, scoring.Rules(sizes={"x": 30}))


@pytest.fixture(scope="module")
def book(profile) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(profile_xlsx(profile, "avril 2026")))


def csv_rows(profile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(profile_csv(profile).decode("utf-8-sig"), newline="")))


def sheet_rows(sheet) -> list[list]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_every_table_of_the_profile_is_exported(profile):
    content = profile.to_dict()
    tables = {name for name, value in content.items() if isinstance(value, list)}
    assert {table.name for table in tables_of(profile)} == tables | {"respondents"}


def test_every_exported_column_has_its_line_in_the_dictionary(profile, book):
    lines = {row[2]: row for row in sheet_rows(book["Dictionnaire"])[1:]}
    assert list(lines) == list(csv_rows(profile)[0])
    for table in tables_of(profile):
        titles = sheet_rows(book[table.title])[0]
        assert titles == [lines[column.name][1] for column in table.columns]
        assert all(table.title in lines[column.name][0] for column in table.columns)
    assert all(all(row) for row in lines.values())


def holds(kind: str, text: str, grid: Grid) -> bool:
    """Whether a cell of the CSV file is of that kind: a level is on the scale, a difference may be anywhere."""
    return {
        "text": lambda: True,
        "count": lambda: text == "<k" or text.isdecimal(),
        "level": lambda: grid.lowest <= float(text) <= grid.highest,
        "figure": lambda: math.isfinite(float(text)),
        "share": lambda: 0 <= float(text) <= 1,
        "flag": lambda: text in ("true", "false"),
    }[kind]()


def test_the_dictionary_is_true_of_each_kind_of_row():
    """Hindsight too: its interval is one of a difference, which falls below the scale and goes past no end of it."""
    profile = territory(19).profiles[-1]
    book = openpyxl.load_workbook(io.BytesIO(profile_xlsx(profile)))
    explained = [(row[0], row[2]) for row in sheet_rows(book["Dictionnaire"])[1:]]
    assert any(float(row["low"]) < profile.grid.lowest for row in csv_rows(profile) if row["delta"] and row["low"])
    for table in tables_of(profile):
        columns = {column.name: column for column in table.columns}
        for row in (one for one in csv_rows(profile) if one["table"] == table.name):
            filled = {name for name, text in row.items() if text} - {"table"}
            assert filled <= columns.keys()
            assert [name for name in filled if not holds(columns[name].kind, row[name], profile.grid)] == []
        for name in columns:
            assert len([one for where, one in explained if one == name and table.title in where.split(", ")]) == 1
    assert dictionary_of(profile).title("low", "hindsight") == "Écart, borne basse"


def test_every_column_of_the_json_is_explained(profile):
    explained = set(dictionary_of(profile).columns) | {"distribution"}
    content = profile.to_dict()
    for table in tables_of(profile):
        records = content[table.name] if table.name != "respondents" else []
        assert {key for record in records for key in record} <= explained


def test_each_title_names_one_column(profile):
    titles = [column.title for column in dictionary_of(profile).columns.values()]
    assert len(set(titles)) == len(titles)


def test_the_csv_holds_every_row_and_every_number_exactly(profile):
    rows = csv_rows(profile)
    for name, records in ((t.name, t.rows) for t in tables_of(profile)):
        written = [row for row in rows if row["table"] == name]
        assert len(written) == len(records)
        for text, values in zip(written, records, strict=True):
            numbers = {key: value for key, value in values.items() if isinstance(value, float)}
            assert {key: float(text[key]) for key in numbers} == numbers
            assert all(text[key] == "" for key, value in values.items() if value is None)


def test_a_distribution_becomes_a_count_per_level(profile):
    (row,) = [r for r in csv_rows(profile) if r["table"] == "skills" and r["skill"] == "A-1" and r["college"] == "y"]
    assert [row[f"level_{value}"] for value in LEVELS] == ["4", "4", "4"]
    (hidden,) = [r for r in csv_rows(profile) if r["table"] == "skills" and r["skill"] == "A-1" and r["college"] == "z"]
    assert (hidden["n"], [hidden[f"level_{value}"] for value in LEVELS]) == ("<k", ["", "", ""])


def test_nothing_is_left_that_a_spreadsheet_would_run(profile, book):
    cells = [value for row in csv_rows(profile) for value in row.values()]
    texts = [value for value in cells if not re.fullmatch(r"-?[0-9.]+(e-?[0-9]+)?", value)]
    texts += [value for sheet in book for row in sheet_rows(sheet) for value in row if isinstance(value, str)]
    assert f"'{HOSTILE}" in texts
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))]
    with zipfile.ZipFile(io.BytesIO(profile_xlsx(profile))) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 7
    assert not any("<f>" in sheet or "<f " in sheet or "<hyperlink" in sheet for sheet in sheets)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_each_dangerous_sign_is_neutralised(sign):
    assert escaped_for_spreadsheets(f"{sign}x") == f"'{sign}x"
    assert escaped_for_spreadsheets(f"x{sign}") == f"x{sign}"


def test_the_workbook_holds_native_numbers_under_frozen_headers(profile, book):
    for table in tables_of(profile):
        sheet = book[table.title]
        assert sheet.freeze_panes == "A2"
        for line, values in enumerate(table.rows, 2):
            for position, column in enumerate(table.columns, 1):
                value, cell = values[column.name], sheet.cell(line, position).value
                if value == "<k":
                    assert cell == "moins de 5"
                elif isinstance(value, str):
                    assert cell == escaped_for_spreadsheets(value)
                elif isinstance(value, float):
                    assert abs(cell - value) < 0.05 if column.kind in ("level", "figure") else cell == value
                    assert type(cell) in (float, int)
                else:
                    assert cell == value
                    assert type(cell) in (type(value), int)


def naive(table: str, column: str, row: dict) -> float:
    """A figure of a workbook without comparison as it must be shown on a scale of three levels."""
    places = 2 if table in ("skills", "families", "territory") and column in ("mean", "score", "low", "high") else 3
    units = Fraction(repr(row[column])) * 10**places
    if column == "low":
        return math.floor(units + Fraction(1, 10**9)) / 10**places
    if column == "high":
        return math.ceil(units - Fraction(1, 10**9)) / 10**places
    return math.floor(units + Fraction(1, 2)) / 10**places


def test_the_workbook_shows_figures_as_pages_do(profile, book):
    seen = 0
    for table in tables_of(profile):
        for line, values in enumerate(table.rows, 2):
            for position, column in enumerate(table.columns, 1):
                figure = isinstance(values[column.name], float) and column.kind in ("level", "figure")
                if figure and column.name not in ("difference", "absent"):
                    cell = book[table.title].cell(line, position).value
                    assert cell == naive(table.name, column.name, values), (table.name, column.name)
                    seen += 1
    assert seen > 40


def test_two_weightings_differ_by_what_is_shown(book):
    header, *lines = sheet_rows(book["Pondérations"])
    names = ("Score, collèges à égalité", "Score, personnes à égalité", "Différence")
    equal, heads, difference = map(header.index, names)
    figures = [line for line in lines if line[equal] is not None]
    assert figures
    assert all(round(line[heads] - line[equal], 3) == line[difference] for line in figures)


SAID_OF_A_SMALL_CELL = {
    *("table", "skill", "skill_title", "family", "family_title", "college", "college_label"),
    *("n", "mean", "silence", "level_label", "published", "reason"),
}


def test_a_small_cell_shows_its_mean_its_number_and_its_silences_and_nothing_else(profile, book):
    """In every file: 8 people answered A-1 in college x, fewer than the ten that details need."""
    here = ("skills", "A-1", "x")
    (row,) = [one for one in csv_rows(profile) if (one["table"], one["skill"], one["college"]) == here]
    assert {name for name, value in row.items() if value} == SAID_OF_A_SMALL_CELL
    assert row["reason"] == "moins de 10 réponses\u00a0: la moyenne seule"
    (cell,) = [one for one in profile.to_dict()["skills"] if ("skills", one["skill"], one["college"]) == here]
    assert {name for name, value in cell.items() if value is not None} <= SAID_OF_A_SMALL_CELL
    header, *lines = sheet_rows(book["Savoir-faire"])
    skill, college = header.index("Code savoir-faire"), header.index("Code collège")
    (line,) = [one for one in lines if (one[skill], one[college]) == here[1:]]
    columns = {column.title: column.name for column in dictionary_of(profile).columns.values()}
    shown = {columns[title] for title, value in zip(header, line, strict=True) if value is not None}
    assert shown <= SAID_OF_A_SMALL_CELL


def test_each_empty_row_says_why(profile):
    for row in csv_rows(profile):
        if row["published"] == "false":
            assert row["reason"]
        if row["table"] == "families" and row["published"] == "true" and not row["low"]:
            assert row["reason"]
            assert row["margin"] != "intervalle"


def test_the_workbook_says_what_it_is_about(profile, book):
    texts = {str(value) for row in sheet_rows(book["À propos"]) for value in row if value is not None}
    assert {"grille 3, proposition du projet", "autre 3", "avril 2026", "moyenne des collèges", "'+Grille"} <= texts
    for rule, meaning in profile.rules.meanings().items():
        assert {rule, meaning} <= texts
    rows = {row[0]: row[1] for row in sheet_rows(book["À propos"])}
    assert (rows["'=x"], rows["Z"], rows["Ateliers"], rows["sizes"], rows["k"]) == (8, "moins de 5", 5, "x 30", 5)


def test_without_a_date_none_is_invented(profile):
    book = openpyxl.load_workbook(io.BytesIO(profile_xlsx(profile)))
    assert "Date" not in {row[0] for row in sheet_rows(book["À propos"])}


def test_the_json_is_the_document_of_the_profile(profile):
    assert orjson.loads(profile_json(profile)) == orjson.loads(orjson.dumps(profile.to_dict()))
    assert b"NaN" not in profile_json(profile)


def test_the_same_profile_gives_the_same_bytes(profile):
    assert documents(profile, "avril 2026") == documents(profile, "avril 2026")


def test_the_page_needs_nothing_but_itself(profile):
    page = documents(profile)["radar.html"].decode()
    markup = re.sub(r"(?s)<script\b.*?</script>|<style\b.*?</style>", "", page)
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#|data:)""", markup)
    assert "proposition du projet" in markup
