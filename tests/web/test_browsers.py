"""Styles and scripts use only what the oldest browsers named in README.md support."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "web" / "static"


class Needs(NamedTuple):
    """The first version of each that has something."""

    chromium: float
    firefox: float
    safari: float


# What is written here and is not in every browser of 2020, with the first versions that have it.
KNOWN = {
    r":has\(": Needs(105, 121, 15.4),
    r"color-mix\(": Needs(111, 113, 16.2),
    r":focus-visible": Needs(86, 85, 15.4),
    r"\binset:": Needs(87, 66, 14.1),
    r"(margin|padding)-(inline|block):": Needs(87, 66, 14.1),
    r"aspect-ratio:": Needs(88, 89, 15),
    r"\bclamp\(": Needs(79, 75, 13.1),
    r"[^-]\bgap:": Needs(84, 63, 14.1),
    r"\.inert\b": Needs(102, 112, 15.5),
    r"\bshowModal\(": Needs(37, 98, 15.4),
    r"\bBroadcastChannel\b": Needs(54, 38, 15.4),
    r"\bResizeObserver\b": Needs(64, 69, 13.1),
    r"\bAbortController\b": Needs(66, 57, 12.1),
}
# What is newer: whoever wants it moves it above, with its versions, and changes README.md where they are larger.
NEWER = (
    *(r"@container", r"@layer", r"@scope", r"@starting-style", r"@property", r"light-dark\(", r"oklch\(", r"subgrid"),
    *(r"\d(dvh|svh|lvh)\b", r"field-sizing", r"anchor-name", r"animation-timeline", r"(?<!&)&(\s*[:.>\[]|-)"),
    *(r":user-(in)?valid", r"\?\.[a-z]", r"\?\?", r"structuredClone", r"\.at\(", r"\.findLast", r"\.toSorted"),
    *(r"replaceAll", r"Object\.groupBy", r"\|\|=|&&=", r"randomUUID", r"showPopover", r"startViewTransition"),
    *(r"Promise\.(any|withResolvers)", r"wakeLock"),
)
ANSWERING = {
    *("tokens.css", "respond.css"),
    *("respond.js", "offline.js", "forget.js", "worker.js", "workshop.js", "counter.js"),
}


def written(name: str) -> str:
    """One of our styles or scripts, without its comments."""
    text = (STATIC / name.rpartition(".")[2] / name).read_text()
    return re.sub(r"/\*.*?\*/|^\s*//.*?$", "", text, flags=re.DOTALL | re.MULTILINE)


def ours() -> list[str]:
    """The names of our styles and scripts."""
    return sorted(path.name for kind in ("css", "js") for path in (STATIC / kind).iterdir() if path.is_file())


def needed(names: set[str]) -> Needs:
    """The oldest browsers that have all that these files are written with."""
    texts = [written(name) for name in names]
    used = [needs for feature, needs in KNOWN.items() if any(re.search(feature, text) for text in texts)]
    return Needs(*map(max, zip(*used, strict=True)))


def said(pages: str) -> Needs:
    """What README.md says of those pages."""
    row = re.search(rf"^\| {pages} \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", (ROOT / "README.md").read_text(), re.M)
    assert row, f"README.md has no row « {pages} »"
    return Needs(*map(float, row.groups()))


def test_the_readme_names_the_oldest_browsers_that_have_it_all() -> None:
    assert said("answering, on a phone or in a workshop") == needed(ANSWERING)
    assert said("everything else") == needed(set(ours()))


@pytest.mark.parametrize("name", ours())
def test_nothing_newer_is_used_unsaid(name: str) -> None:
    text = written(name)
    assert [feature for feature in NEWER if re.search(feature, text)] == []
