"""The requirements are written by ``make lock`` from the .in files, all pinned and hashed."""

import re
from dataclasses import dataclass

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.serving import ROOT

FILES = ("requirements", "requirements-export", "requirements-dev")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@dataclass(frozen=True)
class Locked:
    """One package of a locked file: its version, how many hashes it has, and who asks for it."""

    version: str
    hashes: int
    asked_by: frozenset[str]


def direct(name: str) -> dict[str, str]:
    """The versions that a .in file asks for, with those of the .in file that it includes."""
    found: dict[str, str] = {}
    for line in (ROOT / f"{name}.in").read_text().splitlines():
        if line.startswith("-r "):
            found |= direct(line.removeprefix("-r ").removesuffix(".in"))
        elif line and not line.startswith("#"):
            asked = Requirement(line)
            (pin,) = asked.specifier
            assert pin.operator == "==", f"{name}.in: {line} is not pinned"
            found[canonicalize_name(asked.name)] = pin.version
    return found


def locked(name: str) -> dict[str, Locked]:
    """What a locked file installs."""
    text = (ROOT / f"{name}.txt").read_text()
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    return dict(_locked(block) for block in blocks)


def _locked(block: str) -> tuple[str, Locked]:
    asked = Requirement(block.partition(" \\\n")[0])
    (pin,) = asked.specifier
    assert pin.operator == "==", block
    asked_by = frozenset(re.findall(r"^    #   (?:via )?(\S.*)$|^    # via (\S.*)$", block, re.MULTILINE))
    names = frozenset(first or second for first, second in asked_by)
    return canonicalize_name(asked.name), Locked(pin.version, len(HASH.findall(block)), names)


@pytest.mark.parametrize("name", FILES)
def test_everything_is_hashed_and_nothing_else_is_said(name: str) -> None:
    assert [package for package, one in locked(name).items() if not one.hashes] == []
    others = [
        line
        for line in (ROOT / f"{name}.txt").read_text().splitlines()
        if not re.match(r"\s*#|[A-Za-z0-9][\w.-]*==\S+( ; .+)? \\$|    --hash=sha256:[0-9a-f]{64}( \\)?$", line)
    ]
    assert others == []


@pytest.mark.parametrize("name", FILES)
def test_what_is_locked_is_what_is_asked_for(name: str) -> None:
    found, asked = locked(name), direct(name)
    changed = {package: version for package, version in asked.items() if found[package].version != version}
    assert changed == {}, "run « make lock »"
    brought = {package for package, one in found.items() if one.asked_by & {f"-r {file}.in" for file in FILES}}
    assert brought == set(asked), "run « make lock »"
    assert [package for package in found if package not in asked and not found[package].asked_by & set(found)] == []


def test_tests_run_with_the_versions_that_are_served() -> None:
    served, tested = locked("requirements"), locked("requirements-dev")
    assert {name: tested[name].version for name in served} == {name: one.version for name, one in served.items()}
