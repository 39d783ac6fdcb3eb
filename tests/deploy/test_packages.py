"""The npm packages that check and build scripts are pinned and hashed, and no file names a registry."""

import json
import re
from typing import Any

from tests.serving import ROOT

PACKAGE: dict[str, Any] = json.loads((ROOT / "package.json").read_text())
LOCK: dict[str, Any] = json.loads((ROOT / "package-lock.json").read_text())


def test_versions_are_exact_and_those_of_the_lock() -> None:
    asked = PACKAGE["devDependencies"]
    assert "dependencies" not in PACKAGE, "the server needs none"
    assert [version for version in asked.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert LOCK["packages"][""]["devDependencies"] == asked, "run « make lock »"


def test_everything_is_hashed_and_no_registry_is_named() -> None:
    packages = [found for path, found in LOCK["packages"].items() if path]
    assert len(packages) > len(PACKAGE["devDependencies"])
    assert all(found["integrity"].startswith("sha512-") and found["dev"] for found in packages)
    assert [found["resolved"] for found in packages if "resolved" in found] == []
    assert "registry" not in (ROOT / ".npmrc").read_text().replace("omit-lockfile-registry-resolved", "")


def test_nothing_that_a_package_brings_runs_at_its_installation() -> None:
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text().split()
