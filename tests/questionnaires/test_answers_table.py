"""Answers tables: the expected DataFrame, or one exception with every error, its place and its remedy."""

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import grille
from questionnaires.answers_table import AnswersErrors, read_answers
from questionnaires.college_sizes import read_colleges

LEVELS = {1: "a", 2: "b", 3: "c"}


def skill(code):
    return {"code": code, "title": code, "definition": "d", "core": True, "levels": LEVELS}


GRID = grille.Grid(
    id="essai",
    version="1",
    title="Essai",
    status="proposition",
    levels=[{"value": value, "label": label} for value, label in LEVELS.items()],
    families=[
        {"code": "A", "title": "A", "skills": [skill("A-1"), skill("A-2")]},
        {"code": "B", "title": "B", "skills": [skill("B-1")]},
    ],
    colleges=[{"code": "eleves", "label": "Élèves"}, {"code": "profs", "label": "Professeurs"}],
)


def read(text: str | bytes, **options) -> pd.DataFrame:
    return read_answers(io.BytesIO(text if isinstance(text, bytes) else text.encode()), GRID, **options)


def errors_of(text: str | bytes) -> AnswersErrors:
    with pytest.raises(AnswersErrors) as caught:
        read(text)
    assert caught.value.total >= len(caught.value.problems) > 0
    return caught.value


def only_problem(text: str | bytes) -> grille.FileProblem:
    (problem,) = errors_of(text).problems
    return problem


def plain(frame: pd.DataFrame) -> dict[str, list]:
    """The table as plain values, ``None`` for what is missing."""
    return {name: [None if pd.isna(value) else value for value in frame[name].tolist()] for name in frame}


def test_a_plain_table_keeps_its_columns_and_their_order():
    frame = read("college,B-1,A-1\neleves,1,3\nprofs,,2\n")
    assert plain(frame) == {"college": ["eleves", "profs"], "B-1": [1, None], "A-1": [3, 2]}
    assert frame["A-1"].dtype == np.float64
    assert frame["B-1"].dtype == np.float64


def test_silent_answers_are_kept_apart_from_levels_and_from_nothing():
    frame = read("college,A-1,A-2\neleves,NSP,1\neleves,so,2\neleves,,3\nprofs,2,\nprofs, nsp ,\n")
    assert plain(frame)["A-1"] == ["NSP", "SO", None, 2, "NSP"]
    assert frame["A-2"].dtype == np.float64


@pytest.mark.parametrize("text", ["3", "3.0", " 3 ", "3,0", "3,00", "03", "3.", "+3", "\u00a03"])
def test_the_ways_of_writing_a_level(text):
    assert plain(read(f"college;A-1\neleves;{text}\n"))["A-1"] == [3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0", "hors de l’échelle"),
        ("4", "hors de l’échelle"),
        ("-1", "hors de l’échelle"),
        ("999999999999", "n’est pas un niveau"),
        ("9" * 6_000, "n’est pas un niveau"),
        ("2.5", "entier"),
        ("2,5", "entier"),
        ("1 000", "milliers"),
        ("1.000", "milliers"),
        ("1,000", "milliers"),
        ("1\u202f000", "milliers"),
        ("oui", "n’est pas un niveau"),
        ("nan", "n’est pas un niveau"),
        ("inf", "n’est pas un niveau"),
        ("1e0", "n’est pas un niveau"),
        ("３", "n’est pas un niveau"),
        ("😀", "« 😀 »"),
        ("=1+1", "n’est pas un niveau"),
        ("\x1b[31m", "�[31m"),
    ],
)
def test_what_is_not_a_level_is_named_with_its_line_and_column(text, said):
    problem = only_problem(f"college;A-1\neleves;2\nprofs;{text}\n")
    assert (problem.line, problem.column) == (3, "A-1")
    assert said in problem.message
    assert "écrivez un niveau de 1 à 3, NSP, SO ou rien." in problem.message
    assert len(problem.message) < 200


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_marks_and_line_ends(separator, mark, end):
    rows = [["College ", "respondent", "A-1"], ["eleves", "Zoé", "2"], ["PROFS", '"Léo, le; vrai"', "1"]]
    text = mark + end.join(separator.join(row) for row in rows) + end
    assert plain(read(text)) == {
        "college": ["eleves", "profs"],
        "respondent": ["Zoé", "Léo, le; vrai"],
        "A-1": [2, 1],
    }


def test_blank_rows_and_empty_trailing_cells_are_left_out():
    text = "\n;;\ncollege;A-1;;\n\neleves;2;;\n;;;\nprofs;3\n\n"
    assert plain(read(text)) == {"college": ["eleves", "profs"], "A-1": [2, 3]}


def test_a_path_a_text_buffer_and_a_binary_buffer_read_the_same(tmp_path):
    text = "college;respondent;A-1\neleves;é;2\n"
    path = tmp_path / "réponses.csv"
    path.write_text(text, encoding="utf-8")
    binary = io.BytesIO(text.encode())
    frames = [read_answers(source, GRID) for source in (path, str(path), io.StringIO(text), binary)]
    for frame in frames[1:]:
        pd.testing.assert_frame_equal(frame, frames[0])
    assert not binary.closed


def test_every_description_of_a_respondent():
    frame = read(
        "college,campaign,territory,mode,respondent,A-1\n"
        "eleves,2026,Val,papier,r1,1\n"
        "profs,2026,Val,,r2,2\n"
        ",2026,Val,Atelier,,3\n"
        "atelier,2026,Val,atelier,,3\n"
        "profs,2026,Val,atelier,,3\n"
    )
    assert plain(frame)["mode"] == ["papier", "individuel", "atelier", "atelier", "atelier"]
    assert plain(frame)["college"] == ["eleves", "profs", None, None, "profs"]
    assert plain(frame)["campaign"] == ["2026"] * 5
    assert plain(frame)["respondent"] == ["r1", "r2", "", "", ""]


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("college;A-1\nmaires;2\n", 2, "college", "« maires » n’est pas un collège : écrivez eleves ou profs."),
        ("college;A-1\neleve;2\n", 2, "college", "vouliez-vous dire « eleves » ?"),
        ("college;A-1\n;2\n", 2, "college", "le collège manque"),
        ("college;A-1\natelier;2\n", 2, "college", "colonne « mode »"),
        ("college;mode;A-1\natelier;papier;2\n", 2, "college", "colonne « mode »"),
        ("college;mode;A-1\nmaires;atelier;2\n", 2, "college", "n’est pas un collège"),
        ("college;mode;A-1\nprofs;pigeon;2\n", 2, "mode", "« pigeon » n’est pas un mode de réponse"),
        ("college;A-9;A-1\nprofs;2;2\n", 1, None, "« A-9 » est inconnue : vouliez-vous dire « A-"),
        ("college;ville;A-1\nprofs;2;2\n", 1, None, "« ville » est inconnue : écrivez college"),
        ("college;;A-1\nprofs;2;2\n", 1, None, "position 2 n’a pas de nom"),
        ("college;A-1;A-2;a-1\nprofs;2;1;1\n", 1, "A-1", "deux fois (positions 2 et 4)"),
        ("A-1;A-2\n1;2\n", 1, None, "la colonne « college » manque"),
        ("college;mode\neleves;papier\n", 1, None, "aucune colonne de savoir-faire"),
        ("college;A-1;A-2\nprofs;2\n", 2, None, "2 cellules pour 3 colonnes"),
        ("college;A-1\nprofs;2;1\n", 2, None, "3 cellules pour 2 colonnes"),
        ("college;A-1;A-2\nprofs,2,1\n", 2, None, "séparée par des virgules"),
        ("college;A-1;A-2\n\nprofs,2\n", 3, None, "1 cellule pour 3 colonnes"),
        ('college;A-1\nprofs;2\nprofs;"2\nprofs;2\n', 3, None, "jamais refermé"),
        ('college;A-1\nprofs;"2"x\n', 2, None, "guillemet est mal placé"),
        ('college;A-1\nprofs;"' + "x" * 200_000, 2, None, "jamais refermé"),
        ("college;A-1\nprofs;2\0\n", 2, None, "octet nul"),
        ("college;respondent;A-1\nprofs;r;2\nprofs;s;2\neleves;r;1\n", 4, "respondent", "déjà répondu ligne 2"),
        ("", None, None, "est vide"),
        ("\n \n;;;\n", None, None, "est vide"),
        ("college;A-1\n", None, None, "aucune réponse"),
        ("college;A-1\n;\n\n", None, None, "aucune réponse"),
    ],
)
def test_one_wrong_thing(text, line, column, said):
    problem = only_problem(text)
    assert said in problem.message, problem.message
    assert (problem.line, problem.column) == (line, column)


def test_the_same_respondent_may_answer_two_campaigns():
    frame = read("college,campaign,respondent,A-1\neleves,2025,r,1\neleves,2026,r,2\neleves,2026,,2\neleves,2026,,2\n")
    assert len(frame) == 4


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("college;respondent;A-1\nprofs;Zoé;2\nprofs;Léo;7\n".encode("cp1252"), "Windows-1252"),
        ("college;A-1\nprofs;2\n".encode("utf-16"), "UTF-16"),
        ("college;A-1\nprofs;2\n".encode("utf-16-be"), "UTF-16"),
        ("college;A-1\nprofs;2\n".encode("utf-32"), "UTF-32"),
    ],
)
def test_a_foreign_encoding_is_named_with_the_way_out(data, said):
    problem = errors_of(data).problems[0]
    assert said in problem.message
    assert "CSV UTF-8" in problem.message


def test_a_foreign_encoding_does_not_hide_the_other_errors():
    errors = errors_of("college;respondent;A-1\nprofs;Zoé;2\nprofs;Léo;7\n".encode("cp1252"))
    assert [(problem.line, problem.column) for problem in errors.problems] == [(2, None), (3, "A-1")]


def test_tabs_are_refused_in_plain_words():
    assert any("virgules" in one.message for one in errors_of("college\tA-1\nprofs\t2\n").problems)
    assert any("sans mélange" in one.message for one in errors_of("college;A-1,A-2\nprofs;2,3\n").problems)


def test_everything_wrong_is_said_at_once_in_the_order_of_the_lines():
    errors = errors_of(
        "college;ville;A-1;A-2;A-1;mode\n"
        "profs;x;9;1;1;papier\n"
        "maires;x;1;oui;1;courrier\n"
        "profs;x;1\n"
        "profs;x;1;2,5;1;papier\n"
    )
    assert [problem.line for problem in errors.problems] == [1, 1, 2, 3, 3, 3, 4, 5]
    text = str(errors)
    for said in ("ville", "deux fois", "« 9 »", "maires", "oui", "courrier", "3 cellules", "2,5"):
        assert said.replace("« ", "«\u00a0").replace(" »", "\u00a0»") in text


def test_a_path_that_cannot_be_read(tmp_path):
    for path, said in ((tmp_path / "absent.csv", "n’existe pas"), (tmp_path, "dossier"), ("a\0b", "pas possible")):
        with pytest.raises(AnswersErrors) as caught:
            read_answers(path, GRID)
        assert said in caught.value.problems[0].message
        assert caught.value.problems[0].file == str(path)


def test_ten_thousand_columns_are_counted_and_cut():
    text = "college;" + ";".join(f"Q{n}" for n in range(10_000)) + ";A-1\nprofs;" + "1;" * 10_000 + "1\n"
    errors = errors_of(text)
    assert errors.total == 10_000
    assert str(errors).splitlines()[-1] == "… et 9\u202f950 autres"


def test_a_million_wrong_cells_are_counted_not_listed():
    rows = 20_000
    errors = errors_of("college,A-1,A-2,B-1\n" + "profs,9,9,9\n" * rows)
    assert errors.total == 3 * rows
    assert len(errors.problems) == 1_000
    assert len(str(errors).splitlines()) == 51


def test_long_tables_are_read_in_pieces_and_tell_how_far_they_are(tmp_path):
    path = tmp_path / "longue.csv"
    with path.open("w") as file:
        file.write("college,A-1\n")
        file.writelines(f"profs,{1 + n % 3}\n" for n in range(25_000))
    steps: list[tuple[int, float | None]] = []
    frame = read_answers(path, GRID, progress=lambda rows, share: steps.append((rows, share)))
    assert frame["A-1"].tolist() == [1 + n % 3 for n in range(25_000)]
    assert [rows for rows, _ in steps] == [10_000, 20_000, 25_000]
    shares = [share for _, share in steps]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_line_numbers_count_the_lines_of_the_file_even_inside_quotes():
    problem = only_problem('\ncollege,respondent,A-1\nprofs,"sur\ntrois\nlignes",2\nprofs,x,9\n')
    assert problem.line == 6


def naive(text: str) -> dict[str, list]:
    """A slow reading of a good table, cell by cell, to hold the fast one to account."""
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    values: dict[str, list] = {name: [] for name in rows[0]}
    for row in rows[1:]:
        for name, cell in zip(rows[0], row, strict=True):
            values[name].append({"": None, "NSP": "NSP", "SO": "SO"}[cell] if not cell.isdigit() else int(cell))
    return values


cells = st.sampled_from(["1", "2", "3", "NSP", "SO", ""])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=12))
def test_the_fast_reading_agrees_with_the_slow_one(rows):
    body = "".join(f"profs;{';'.join(row)}\n" for row in rows)
    frame = read("college;A-1;A-2;B-1\n" + body)
    slow = naive("A-1;A-2;B-1\n" + body.replace("profs;", ""))
    assert {name: values for name, values in plain(frame).items() if name != "college"} == slow


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
)
def test_any_bytes_are_a_table_or_say_why_not(data):
    errors_of(data)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_damage_to_a_good_table_is_read_or_explained(data):
    good = "college;mode;respondent;A-1;A-2\nprofs;papier;a;1;NSP\neleves;;b;3;\n" * 2
    start = data.draw(st.integers(0, len(good)))
    patch = data.draw(st.one_of(st.text(max_size=6), st.sampled_from(['"', ";", "\n", "\r", "\0", ",", "é"])))
    text = good[:start] + patch + good[start + data.draw(st.integers(0, 12)) :]
    try:
        frame = read(text.encode("utf-8", "surrogatepass"))
    except AnswersErrors as errors:
        problems = errors.problems
    else:
        problems = ()
        assert set(frame["college"].dropna()) <= {"eleves", "profs"}
    assert problems or len(frame) > 0
    assert all(problem.line is None or problem.line >= 1 for problem in problems)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_list_of_sizes_or_says_why_not(text):
    try:
        sizes = read_colleges(io.StringIO(text, newline=""), GRID)
    except AnswersErrors as errors:
        sizes = dict.fromkeys(["eleves"], len(errors.problems))
    assert sizes
    assert all(size >= 1 for size in sizes.values())


@pytest.mark.parametrize("text", ["code,size\neleves,1250\nprofs,30\n", "Code;Size\nELEVES;1 250\nprofs; 30,0\n"])
def test_the_sizes_of_colleges(text):
    assert read_colleges(io.StringIO(text), GRID) == {"eleves": 1250, "profs": 30}


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("code,size\nmaires,3\n", 2, "code", "« maires » n’est pas un collège"),
        ("code,size\natelier,3\n", 2, "code", "n’est pas un collège"),
        ("code,size\neleves,3\neleves,4\n", 3, "code", "déjà donné"),
        ("code;size\neleves;1,250\n", 2, "size", "ambigu"),
        ("code;size\neleves;1.250\n", 2, "size", "ambigu"),
        ("code,size\neleves,0\n", 2, "size", "0 n’est pas possible"),
        ("code,size\neleves,-3\n", 2, "size", "-3 n’est pas possible"),
        ("code,size\neleves,beaucoup\n", 2, "size", "« beaucoup » n’est pas un effectif"),
        ("code,size\neleves,\n", 2, "size", "n’est pas un effectif"),
        ("code,size\neleves,2.5\n", 2, "size", "n’est pas un effectif"),
        ("code,effectif\neleves,2\n", 1, None, "« effectif » est inconnue"),
        ("code,size,size\neleves,2,2\n", 1, "size", "deux fois"),
        ("code,size\n", None, None, "aucun collège"),
        ("", None, None, "est vide"),
        ("code,size\neleves\n", 2, None, "1 cellule pour 2 colonnes"),
    ],
)
def test_sizes_that_cannot_be(text, line, column, said):
    with pytest.raises(AnswersErrors) as caught:
        read_colleges(io.StringIO(text), GRID)
    problem = caught.value.problems[0]
    assert said in problem.message
    assert (problem.line, problem.column) == (line, column)


def test_the_programme_grid_reads_its_own_full_table():
    grid = grille.current()
    codes = [skill.code for skill in grid.skills]
    text = "college," + ",".join(codes) + "\n" + "elus," + ",".join(["4"] * len(codes)) + "\n"
    frame = read_answers(io.StringIO(text), grid)
    assert list(frame.columns) == ["college", *codes]
    assert (frame[codes] == 4).all(axis=None)


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_where_a_text_is_needed_is_said_once(head: bytes, tmp_path: Path) -> None:
    path = tmp_path / "réponses.csv"
    path.write_bytes(head + b"\0\xff\n" * 40)
    with pytest.raises(AnswersErrors, match="c’est un classeur") as errors:
        read_answers(path, grille.current())
    assert errors.value.total == 1
