"""LICENSE names everything that is from others or under another licence."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LICENCE = (ROOT / "LICENSE").read_text("utf-8")
PARTS = LICENCE.partition("The licence above covers the software.")[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# A sign of each licence in LICENSE, by its SPDX name.
SIGNS = {
    "MIT": "MIT License",
    "CC-BY-4.0": "CC BY 4.0",
    "OFL-1.1": "SIL Open Font License 1.1",
    "etalab-2.0": "etalab-2.0",
}
ROOMS = ("grille", "restitution", "storage", "web")
# Files that are made from what others made.
FOREIGN = ("*.ttf", "*.otf", "*.woff2", "*.min.js", "*.csv.gz")


def folders() -> list[Path]:
    """The folders of files that others made."""
    found = {path.parent for room in ROOMS for pattern in FOREIGN for path in (ROOT / room).rglob(pattern)}
    return sorted(found)


def test_the_licences_of_the_project_are_those_of_its_parts() -> None:
    assert PROJECT["license"].split(" AND ") == list(SIGNS)
    assert [name for name, sign in SIGNS.items() if sign not in LICENCE] == []
    assert all((ROOT / name).is_file() for name in PROJECT["license-files"])


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: str(folder.relative_to(ROOT)))
def test_every_folder_of_foreign_files_is_named(folder: Path) -> None:
    assert f"{folder.relative_to(ROOT)}/" in PARTS


def test_every_folder_that_is_named_exists() -> None:
    named = re.findall(rf"(?<![\w./])((?:{'|'.join(ROOMS)})/[\w/]+/)", PARTS)
    assert len(named) >= 5
    assert [name for name in named if not (ROOT / name).is_dir()] == []


def test_typefaces_and_libraries_carry_their_own_licence() -> None:
    kinds = {path.suffix: folder for folder in folders() for path in folder.iterdir()}
    assert {".ttf", ".woff2", ".js"} <= kinds.keys()
    alone = [folder for folder in folders() if "data" not in folder.name and not list(folder.glob("*-*.txt"))]
    assert alone == []
