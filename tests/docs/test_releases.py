"""One version number, written once and in the changelog; every shipped part has a licence."""

import re
import subprocess
import tomllib
from collections import Counter
from pathlib import Path

from settings import VERSION

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
RELEASES = re.findall(r"^## (.+)$", CHANGELOG, re.MULTILINE)
RELEASE = re.compile(r"(\d+\.\d+\.\d+) \((\d{4}-\d{2}-\d{2})\)")


def test_the_changelog_begins_with_this_version_and_goes_back() -> None:
    """Above the releases, « Unreleased » may hold what comes next."""
    dated = [RELEASE.fullmatch(release) for release in RELEASES if release != "Unreleased"]
    assert "Unreleased" not in RELEASES[1:]
    found = [release.groups() for release in dated if release]
    assert len(found) == len(dated), f"write releases so: « ## 1.2.3 (2026-11-30) », not {RELEASES}"
    assert found[0][0] == PROJECT["version"] == VERSION
    versions = [tuple(map(int, version.split("."))) for version, _ in found]
    assert versions == sorted(set(versions), reverse=True)
    assert [day for _, day in found] == sorted((day for _, day in found), reverse=True)


def test_the_changelog_says_each_thing_once() -> None:
    """Two branches that write in it are put together line by line: a line can come back where it was moved from."""
    twice = [line for line, times in Counter(re.findall(r"^- .+", CHANGELOG, re.MULTILINE)).items() if times > 1]
    assert not twice, "in CHANGELOG.md twice: keep the one of the release that brings it\n" + "\n".join(twice)


def test_the_version_is_written_nowhere_else() -> None:
    """But in what tells releases: the changelog, publiccode.yml, the documents that say since when."""
    files = subprocess.run(
        ["git", "ls-files", "*.py", "*.sh", "*.html", "*.js", "deploy"], cwd=ROOT, capture_output=True
    )
    paths = [ROOT / name for name in files.stdout.decode().splitlines()]
    said = [path for path in paths if path.is_file() and f'"{VERSION}"' in path.read_text("utf-8", "ignore")]
    assert said == []
