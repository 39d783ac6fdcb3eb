"""The files of a profile: every column in the dictionary, nothing that a spreadsheet would run, native numbers."""

import csv
import io
import re
import zipfile

import openpyxl
import orjson
import pandas as pd
import pytest

import scoring
from grille import Grid
from restitution.documents.office.workbook import profile_xlsx
from restitution.documents.open_data.csv_and_json import profile_csv, profile_json
from restitution.documents.open_data.spreadsheet_safety import harmless
from restitution.documents.open_data.tables import dictionary_of, tables_of
from restitution.documents.profile_files import documents

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
        for college, mode, people in (("x", "papier", 8), ("y", "individuel", 7), ("z", "", 2), ("x", "atelier", 5))
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
    assert [row[f"level_{value}"] for value in LEVELS] == ["3", "2", "2"]
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
    assert harmless(f"{sign}x") == f"'{sign}x"
    assert harmless(f"x{sign}") == f"x{sign}"


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
                    assert cell == harmless(value)
                else:
                    assert cell == pytest.approx(value) if isinstance(value, float) else cell == value
                    assert type(cell) in (type(value), int)


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
