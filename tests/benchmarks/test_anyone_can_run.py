"""Benchmarks run after ``make run`` alone: they load without the tools of development."""

import re
import subprocess
import sys
from pathlib import Path

from flask.testing import FlaskClient

from benchmarks import WITH_TOOLS, bare, calibration, serving
from storage.core.database import migrate

ROOT = Path(__file__).parents[2]
NOT_COMMANDS = {"__init__", "bare", "demonstration", "reference"}
COMMANDS = [*sorted({path.stem for path in (ROOT / "benchmarks").glob("*.py")} - NOT_COMMANDS), "method"]

WITHOUT_TOOLS = """
import importlib, re, sys
from importlib.metadata import packages_distributions

def packages(file):
    return {name.lower().replace("_", "-") for name in re.findall(r"^([\\w.-]+)==", open(file).read(), re.MULTILINE)}

tools = packages("requirements-dev.txt") - packages("requirements.txt")
hidden = {
    module
    for module, names in packages_distributions().items()
    if {name.lower().replace("_", "-") for name in names} & tools
}

class Hide:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in hidden:
            raise ModuleNotFoundError(f"{name} is a tool of development")

assert {"pytest", "playwright", "hypothesis"} <= hidden
sys.meta_path.insert(0, Hide())
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def test_they_load_without_the_tools_of_development() -> None:
    """All but those that install these tools first."""
    names = [f"benchmarks.{name}" for name in COMMANDS if name not in WITH_TOOLS]
    run = subprocess.run([sys.executable, "-c", WITHOUT_TOOLS, *names], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_the_page_of_figures_names_every_command() -> None:
    page = (ROOT / "docs/performance.md").read_text("utf-8")
    assert sorted(set(re.findall(r"python -m benchmarks\.(\w+)", page)) - {"NAME"}) == sorted(COMMANDS)


def test_the_machine_stands_in_one_line() -> None:
    assert re.fullmatch(
        r"Machine: \d+ cores, load [\d.]+, Python [\d.]+\S*, \w+; "
        r"200,000 turns of a loop [\d.]+ ms of CPU, 4 kB to the disk [\d.]+ ms",
        calibration.line(),
    )


def test_the_pages_that_a_server_is_started_for_are_there(demo_client: FlaskClient) -> None:
    assert {path: demo_client.get(path).status_code for path in serving.JOURNEYS} == dict.fromkeys(
        serving.JOURNEYS, 200
    )


def test_the_bare_program_leads_through_the_same_pages(tmp_path: Path) -> None:
    migrate(tmp_path / "grille.db")
    client: FlaskClient = bare.create_app(
        str(tmp_path / "bare.db"), str(tmp_path / "grille.db"), b"<p>Une page</p>"
    ).test_client()
    assert client.get("/healthz").status_code == 200, "asked once it was started again"
    assert client.get("/repondre/limite").status_code == 200
    address = client.post("/repondre/limite", data={"college": "habitants"}).headers["Location"]
    seen = []
    while not address.endswith("/fin"):
        seen.append(address.rpartition("/")[2])
        assert client.get(address).status_code == 200
        address = client.post(address, data={"q": "3"}).headers["Location"]
    assert seen == ["1", "2", "3", "4", "5", "relecture"]
    assert client.get(address).status_code == 200
