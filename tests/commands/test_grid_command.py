"""``flask grid check``: one line per good file, every problem of the bad ones."""

from click.testing import CliRunner

import grille
from commands.grid import grid


def check(*files):
    return CliRunner().invoke(grid, ["check", *map(str, files)])


def test_the_shipped_grids_are_correct():
    result = check(*grille.shipped())
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert len(lines) == len(grille.shipped())
    assert all("correcte" in line and "proposition" in line for line in lines)
    assert "28, dont 15 en forme courte" in lines[-1]


def test_every_problem_of_every_file_and_exit_code_2(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: 3\ntitre: x\n")
    result = check(bad, grille.shipped()[0], tmp_path / "absent.yaml")
    assert result.exit_code == 2
    assert result.stdout == ""
    for said in ("bad.yaml:1", "bad.yaml:2", "absent.yaml", "n’existe pas"):
        assert said in result.stderr
