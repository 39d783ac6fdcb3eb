"""The examples of docs/formats.md load and score, and show every key of a grid file."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import grille
from commands.score import score
from grille.grid import College, Correspondence, Family, Grid, Level, Skill
from tests.restitution.reader.territories import territory

DOCUMENT = (Path(__file__).parents[2] / "docs" / "formats.md").read_text()
GRID, ANSWERS, SIZES = re.findall(r"```(?:yaml|csv)\n(.*?)```", DOCUMENT, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in (("grid.yaml", GRID), ("answers.csv", ANSWERS), ("sizes.csv", SIZES)):
        (tmp_path / name).write_text(content)
    return tmp_path


def test_the_examples_can_be_scored(folder):
    options = ["--grid", folder / "grid.yaml", "--colleges", folder / "sizes.csv", "--out", folder / "out"]
    result = CliRunner().invoke(score, [str(folder / "answers.csv"), *map(str, options)])
    assert (result.exit_code, result.stderr) == (0, "")
    for path in (folder / "out").iterdir():
        assert f"| `{path.name}` |" in DOCUMENT


def test_every_key_of_a_grid_file_is_in_the_example(folder):
    grid = grille.load(folder / "grid.yaml")
    assert grid.correspondence
    for part in (Grid, Level, College, Family, Skill, Correspondence):
        for key in part.model_fields:
            assert re.search(rf"\b{key}:", GRID), key


def test_the_tables_of_a_profile_have_the_columns_that_are_listed():
    """Of a campaign that asked about the year before, which has every table."""
    content = territory(19).profiles[-1].to_dict()
    results = DOCUMENT.partition("## Results")[2].partition("## Open data")[0]
    documented = {
        name: re.findall(r"`(\w+)`", columns) for name, columns in re.findall(r"\| `(\w+)` \| (`.*) \|", results)
    }
    true = {name: list(rows[0]) for name, rows in content.items() if isinstance(rows, list)}
    assert {name: [one for one in columns if one != "territoire"] for name, columns in documented.items()} == true
