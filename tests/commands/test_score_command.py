"""``flask score``: hand-computed figures, hidden cells, identical bytes, all errors at once, all files or none."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import commands
from commands.score import score
from tests.commands import worked

FILES = {"profile.json", "profile.csv", "profile.xlsx", "radar.svg", "radar.html"}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "grille.yaml").write_text(worked.GRID)
    (tmp_path / "answers.csv").write_text(worked.table())
    (tmp_path / "sizes.csv").write_text(worked.SIZES)
    return tmp_path


def run(
    folder: Path, *options: str, answers: str = "answers.csv", grid: str = "grille.yaml", out: str = "out"
) -> Result:
    arguments = [str(folder / answers), "--grid", str(folder / grid), "--out", str(folder / out), *options]
    return CliRunner().invoke(score, arguments)


def profile(folder: Path, *options: str) -> dict:
    result = run(folder, *options)
    assert result.exit_code == 0, result.stderr
    return json.loads((folder / "out" / "profile.json").read_text())


def row(rows: list[dict], **keys: str) -> dict:
    (found,) = [one for one in rows if all(one[key] == value for key, value in keys.items())]
    return found


def test_the_five_files_and_nothing_else(folder):
    result = run(folder)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert {path.name for path in (folder / "out").iterdir()} == FILES
    assert {path.name for path in folder.iterdir()} == {"grille.yaml", "answers.csv", "sizes.csv", "out"}


DETAILS = ("sd", "ad", "rwg", "agreement", "unknown", "not_applicable", "unanswered", "distribution")


def test_skills_redone_by_hand(folder):
    skills = profile(folder)["skills"]
    first = row(skills, skill="X-1", college="a")
    assert (first["n"], first["mean"], first["silence"]) == (6, 2, 0)
    second = row(skills, skill="X-2", college="a")
    assert (second["n"], second["mean"], second["silence"]) == (5, pytest.approx(9 / 5), pytest.approx(1 / 6))
    # No cell has ten levels: none has more than its mean and its silences.
    assert {one[name] for one in skills for name in DETAILS} == {None}


def test_skills_of_ten_people_redone_by_hand(folder):
    more = ["a;0;1;4;", "a;4;1;4;NSP", "a;0;NSP;4;", "a;4;SO;4;"]
    (folder / "ten.csv").write_text(worked.table() + "\n".join(more) + "\n")
    assert run(folder, answers="ten.csv").exit_code == 0
    skills = json.loads((folder / "out" / "profile.json").read_text())["skills"]
    first = row(skills, skill="X-1", college="a")
    assert (first["n"], first["mean"], first["distribution"]) == (10, 2, [3, 1, 2, 1, 3])
    assert first["ad"] == pytest.approx(14 / 10)  # three times 2, then 1, 0, 0, 1, then three times 2, over 10
    same = row(skills, skill="Y-1", college="a")
    assert (same["sd"], same["ad"], same["rwg"], same["agreement"]) == (0, 0, 1, "avis convergents")
    assert row(skills, skill="X-2", college="a")["distribution"] is None  # seven levels among ten people


def test_families_redone_by_hand(folder):
    families = profile(folder)["families"]
    assert row(families, family="X", college="a")["score"] == pytest.approx((2 + 2 * 9 / 5) / 3)
    xb = row(families, family="X", college="b")
    assert xb["score"] == pytest.approx((1 + 2 * 16 / 5) / 3)
    # Two small skills: the spread of b's four small cells, (0 + 0,2 + 4 + 0)/4, is told as 1, below 3/8 of the scale.
    assert (xb["spread"], xb["margin"]) == (1.5, "intervalle")
    half = 2.570582 * (11 / 5 * 7 / 9 * 1 / 5) ** 0.5  # v = (2 + 4 · 2,25)/5, g = 1/2 + 5/18, h = 1/5; t(5)
    assert (xb["low"], xb["high"]) == (
        pytest.approx(7.4 / 3 - half, abs=1e-6),
        pytest.approx(7.4 / 3 + half, abs=1e-6),
    )
    assert row(families, family="Z", college="b")["score"] == 2


def test_the_declared_size_narrows_the_interval(folder):
    families = profile(folder, "--colleges", str(folder / "sizes.csv"))["families"]
    xb = row(families, family="X", college="b")
    half = 2.570582 * (11 / 5 * 7 / 9 * (1 / 5 - 1 / 10)) ** 0.5
    assert xb["high"] - xb["score"] == pytest.approx(half, abs=1e-6)


def test_the_territory_redone_by_hand_in_both_weightings(folder):
    equal = profile(folder)["territory"]
    assert row(equal, family="X")["score"] == pytest.approx((5.6 / 3 + 7.4 / 3) / 2)
    assert row(equal, family="Y")["score"] == 3
    assert (row(equal, family="Y")["colleges"], row(equal, family="Y")["published"]) == (2, True)
    heads = profile(folder, "--weighting", "heads")["territory"]
    assert row(heads, family="X")["score"] == pytest.approx((6 * 5.6 / 3 + 5 * 7.4 / 3) / 11)


def test_hidden_rows_hold_nothing_but_their_names(folder):
    found = profile(folder)
    assert found["respondents"] == {"a": 6, "b": 5, "c": "<k"}
    hidden = [one for one in found["skills"] + found["families"] + found["territory"] if not one["published"]]
    assert len(hidden) == 5 + 4 + 1  # a × Z-1 and c's four skills; a × Z and c's three families; Z for the territory
    for one in hidden:
        figures = {key: value for key, value in one.items() if key not in ("skill", "family", "college", "published")}
        assert set(figures.values()) <= {None, "<k"}, one


def test_the_table_of_the_page_and_the_csv_hold_the_figures_of_the_json(folder):
    found = profile(folder)
    rows = list(csv.DictReader(io.StringIO((folder / "out" / "profile.csv").read_text("utf-8-sig"))))
    for table in ("skills", "families", "territory"):
        written = [one for one in rows if one["table"] == table]
        assert len(written) == len(found[table])
        for text, values in zip(written, found[table], strict=True):
            for name, value in values.items():
                if name not in ("distribution", "voluntary"):
                    expected = (
                        {None: "", True: "true", False: "false"}.get(value, str(value))
                        if not isinstance(value, int | float) or isinstance(value, bool)
                        else repr(value)
                    )
                    assert text[name] == expected


levels = st.sampled_from(["0", "1", "2", "3", "4", "NSP", "SO", ""])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(levels, min_size=6, max_size=6), st.lists(st.tuples(levels, levels, levels, levels), max_size=4))
def test_no_file_depends_on_a_hidden_cell(folder, cells, people):
    """Whatever the hidden answers, every byte of the five files is the same: nobody can work them out."""
    valid = [cell for cell in cells if cell.isdigit()]
    hidden_a = cells if len(valid) < 5 else ["", "", *cells[2:]]
    run(folder, out="reference")
    (folder / "other.csv").write_text(worked.table(hidden_a, [";".join(["c", *person]) for person in people]))
    result = run(folder, answers="other.csv", out="other")
    assert result.exit_code == 0, result.stderr
    for name in FILES:
        assert (folder / "other" / name).read_bytes() == (folder / "reference" / name).read_bytes(), name


def flask(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", str(ROOT / "app"), *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "DATA": f"{folder}-data"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_two_runs_of_the_real_command_write_the_same_bytes(folder):
    for seed in ("1", "2"):
        done = flask(
            folder,
            *("score", "answers.csv", "--grid", "grille.yaml", "--colleges", "sizes.csv", "--date", "avril 2026"),
            *("--out", f"run{seed}"),
            PYTHONHASHSEED=seed,
        )
        assert (done.returncode, done.stderr) == (0, "")
    for name in FILES:
        assert (folder / "run1" / name).read_bytes() == (folder / "run2" / name).read_bytes(), name
    assert {path.name for path in folder.iterdir()} == {"grille.yaml", "answers.csv", "sizes.csv", "run1", "run2"}


def test_the_real_command_says_everything_wrong_at_once_and_writes_nothing(folder):
    (folder / "answers.csv").write_text("college;X-1;ville\na;9;Paris\nmaire;1;x\n")
    (folder / "sizes.csv").write_text("code;size\nb;beaucoup\n")
    (folder / "out").write_text("déjà là")
    options = ["--grid", "grille.yaml", "--colleges", "sizes.csv", "--k", "2", "--out", "out"]
    done = flask(folder, "score", "answers.csv", *options)
    assert done.returncode == 2
    assert done.stdout == ""
    for said in (
        "answers.csv:1",
        "answers.csv:2, colonne X-1",
        "answers.csv:3",
        "sizes.csv:2",
        "k (reçu",
        "c’est un fichier",
    ):
        assert said in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "out").read_text() == "déjà là"
    assert {path.name for path in folder.iterdir()} == {"grille.yaml", "answers.csv", "sizes.csv", "out"}


def test_a_broken_grid_does_not_hide_a_broken_table(folder):
    (folder / "grille.yaml").write_text("id: 1\n")
    (folder / "answers.csv").write_text("college;X-1\na\n")
    (folder / "sizes.csv").write_bytes("code;size\na;3".encode("utf-16"))
    result = run(folder, "--colleges", str(folder / "sizes.csv"))
    assert result.exit_code == 2
    for said in ("grille.yaml:1", "answers.csv:2", "UTF-16"):
        assert said in result.stderr
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("", "est vide"),
        ("college;X-1\n", "aucune réponse"),
        ("college;campaign;X-1\na;2025;1\na;2026;1\n", "2 campagnes"),
        (worked.table(hidden_c=["b;1;1;1;1"] * 6), "11 réponses pour un effectif déclaré de 10"),
    ],
)
def test_what_only_the_whole_table_shows(folder, answers, said):
    (folder / "answers.csv").write_text(answers)
    result = run(folder, "--colleges", str(folder / "sizes.csv"))
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (folder / "out").exists()


def test_missing_files_are_all_named(folder):
    result = run(folder, "--colleges", str(folder / "n3.csv"), answers="n1.csv", grid="n2.yaml")
    assert result.exit_code == 2
    assert [f"n{number}" in result.stderr for number in (1, 2, 3)] == [True] * 3


def test_one_respondent_and_silence_everywhere_hide_everything(folder):
    for text in ("a;1;1;1;1\n", "a;NSP;NSP;NSP;NSP\n" * 8, "b;;;;\n" * 7):
        (folder / "answers.csv").write_text(worked.HEADER + text)
        found = profile(folder)
        assert not any(one["published"] for one in found["skills"] + found["families"] + found["territory"])


def test_an_existing_folder_keeps_what_is_not_ours(folder):
    (folder / "out").mkdir()
    (folder / "out" / "notes.txt").write_text("à moi")
    (folder / "out" / "profile.csv").write_text("ancien")
    assert run(folder).exit_code == 0
    assert (folder / "out" / "notes.txt").read_text() == "à moi"
    assert (folder / "out" / "profile.csv").read_text("utf-8-sig").startswith("table,")
    assert {path.name for path in (folder / "out").iterdir()} == FILES | {"notes.txt"}


def test_a_failure_while_writing_leaves_the_folder_as_it_was(folder):
    (folder / "out" / "radar.svg").mkdir(parents=True)
    (folder / "out" / "profile.json").write_text("ancien")
    result = run(folder)
    assert result.exit_code == 2
    assert "rien n’a pu y être écrit" in result.stderr
    assert (folder / "out" / "profile.json").read_text() == "ancien"
    assert {path.name for path in (folder / "out").iterdir()} == {"radar.svg", "profile.json"}


def test_every_command_is_registered():
    app = Flask("essai")
    commands.register(app)
    assert {"grid", "score"} <= set(app.cli.list_commands(click.Context(app.cli)))


def test_a_long_reading_says_how_far_it_is(folder, monkeypatch):
    monkeypatch.setattr("commands.progress.PATIENCE", 0.0)
    monkeypatch.setattr("commands.progress.EVERY", 0.0)
    (folder / "answers.csv").write_text(worked.HEADER + "a;1;1;1;1\n" * 12_000 + "b;2;2;2;2\n" * 12_000)
    result = run(folder)
    assert result.exit_code == 0
    assert "10\u202f000 lignes lues, 4" in result.stderr
    assert "24\u202f000 lignes lues, 100\u00a0%" in result.stderr
