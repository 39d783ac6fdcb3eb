"""The grids and the engine install alone, as a library, and docs/engine.ipynb shows what that library answers.

``python -m tests.docs.test_engine`` writes what the cells show into the notebook.
"""

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.serving import ROOT

NOTEBOOK = ROOT / "docs/engine.ipynb"
CELLS = ROOT / "tests/docs/notebook_cells.py"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
MADE_FROM = ("pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT.md", "grille", "scoring")


def install(folder: Path) -> Path:
    """Install the project as « pip install . » does, with what it declares and nothing else; return where."""
    source, site = folder / "source", folder / "site"
    source.mkdir()
    for name in MADE_FROM:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, "--target", site, source], check=True)
    for package in needed(PROJECT["dependencies"]):
        _link(package, site)
    return site


def needed(requirements: Sequence[str]) -> set[str]:
    """Return the names of the packages that these requirements bring here, themselves included."""
    found: set[str] = set()
    left = [Requirement(one) for one in requirements]
    while left:
        asked = left.pop()
        if asked.name not in found and (asked.marker is None or asked.marker.evaluate({"extra": ""})):
            found.add(asked.name)
            left += [Requirement(one) for one in distribution(asked.name).requires or ()]
    return found


def _link(package: str, site: Path) -> None:
    here = distribution(package)
    for top in {file.parts[0] for file in here.files or () if file.parts[0] not in {"..", "__pycache__"}}:
        (site / top).exists() or (site / top).symlink_to(Path(str(here.locate_file(top))))


def run_cells(site: Path, cells: Sequence[str]) -> list[str]:
    """Return what each cell shows where only that folder is installed."""
    start = f"import sys, runpy; sys.path.append({str(site)!r}); runpy.run_path({str(CELLS)!r}, run_name='__main__')"
    command = [sys.executable, "-I", "-S", "-W", "error", "-c", start]
    done = subprocess.run(command, input=json.dumps(cells), capture_output=True, text=True, cwd=site, check=False)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the cells that hold code."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def source_of(cell: dict[str, Any]) -> str:
    """Return the text of a cell."""
    return "".join(cell["source"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("engine"))


def test_what_is_declared_is_what_is_tested() -> None:
    for asked in map(Requirement, PROJECT["dependencies"]):
        assert distribution(asked.name).version in asked.specifier, asked


def test_it_brings_the_grids_and_the_engine_and_nothing_of_the_site(site: Path) -> None:
    ours = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    assert {path.name for path in site.iterdir()} & ours == {"grille", "scoring"}
    assert "cc-by-4.0" in next(site.glob("grille-*.dist-info/METADATA")).read_text().lower()
    assert [path.name for path in site.iterdir() if path.name.lower().startswith(("flask", "plotly", "sqlite"))] == []


def test_two_lines_give_a_profile(site: Path) -> None:
    table = "answers = pd.DataFrame({'college': ['elus'] * 5} | {f'COO-{place}': [place] * 5 for place in (1, 2, 3)})"
    readme = (ROOT / "README.md").read_text().partition("```python\n")[2].partition("```")[0]
    shown = run_cells(site, [f"import pandas as pd\n{table}", readme, "float(profile.score('COO', 'elus'))"])
    assert len([line for line in readme.splitlines() if line]) == 2
    assert shown[2] == "2.0"


def test_the_notebook_shows_what_its_cells_answer(site: Path) -> None:
    cells = code_cells(json.loads(NOTEBOOK.read_text()))
    answered = run_cells(site, [source_of(cell) for cell in cells])
    kept = ["".join(line for one in cell["outputs"] for line in one["data"]["text/plain"]) for cell in cells]
    assert answered == kept, "python -m tests.docs.test_engine"


def write_outputs() -> None:
    """Run the notebook and keep in it what each cell shows."""
    notebook = json.loads(NOTEBOOK.read_text())
    with TemporaryDirectory() as folder:
        shown = run_cells(install(Path(folder)), [source_of(cell) for cell in code_cells(notebook)])
    for place, (cell, text) in enumerate(zip(code_cells(notebook), shown, strict=True), 1):
        output = {"data": {"text/plain": text.splitlines(keepends=True)}, "execution_count": place, "metadata": {}}
        cell["execution_count"] = place
        cell["outputs"] = [output | {"output_type": "execute_result"}] if text else []
    NOTEBOOK.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write_outputs()
