"""docs/architecture.md shows the actual imports and names existing files."""

import re
from collections.abc import Iterable

import pytest

from scripts.import_graph import ROOMS, ROOT, import_graph, layers, modules

DOCUMENT = (ROOT / "docs/architecture.md").read_text("utf-8")
GRAPH = import_graph(modules())
INNER = ("web", "storage", "restitution")
TASKS = (
    *(
        "language",
        "question type",
        "XLSX column",
        "slide",
        "sentence of the API",
        "API field",
        "college",
        "k",
        "rule",
        "page",
    ),
    *("script", "store"),
)


def unit(module: str, depth: int) -> str:
    """The room of a module, as many folders deep."""
    return "/".join(module.split(".")[:depth])


def edges(within: str = "") -> set[tuple[str, str]]:
    """Who imports whom, between the rooms of the house or of one room; a room’s own ``__init__`` is left aside."""
    depth = 2 if within else 1
    pairs = {(unit(name, depth), unit(other, depth)) for name, others in GRAPH.items() for other in others}
    inside = {pair for pair in pairs if not within or all(end.startswith(f"{within}/") for end in pair)}
    return {(one, other) for one, other in inside if one != other}


def block(language: str) -> str:
    """The first block of the document in that language."""
    return DOCUMENT.partition(f"```{language}\n")[2].partition("```")[0]


def rows(heading: str) -> list[list[str]]:
    """The cells of each row of the table under that heading, its first two lines left out."""
    text = DOCUMENT.partition(f"\n{heading}\n")[2].partition("\n#")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def listed(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"    {one} --> {other}" for one, other in sorted(pairs))


def test_the_diagram_is_what_the_code_imports() -> None:
    drawn = set(re.findall(r"^ +(\w+) --> (\w+)$", block("mermaid"), re.MULTILINE))
    assert drawn == edges(), f"the diagram should have\n{listed(edges())}"
    assert set(re.findall(r"^ +(\w+)\[", block("mermaid"), re.MULTILINE)) == set(ROOMS)


def test_the_arrows_of_the_diagram_go_down() -> None:
    contract = layers()[0]
    ranks = {room: contract.rank(room) for room in ROOMS}
    assert all((ranks[one] or 0) < (ranks[other] or 0) for one, other in edges())


@pytest.mark.parametrize("room", INNER)
def test_the_rooms_inside_a_room_and_what_they_import_are_said(room: str) -> None:
    """Where the document is behind the code, the failure prints the table to put there."""
    about = {row[0].strip("`"): row[1] for row in rows(f"### Inside {room}/")}
    children = sorted({unit(name, 2).partition("/")[2] for name in GRAPH if name.startswith(f"{room}.")})
    imported = {child: [""] for child in children} | grouped(edges(room))
    wanted = [[f"`{child}`", about.get(child, "…"), ", ".join(imported[child])] for child in children]
    table = "\n".join(f"| {' | '.join(row)} |" for row in wanted)
    assert rows(f"### Inside {room}/") == wanted, f"docs/architecture.md, « Inside {room}/ », should say\n{table}"


def grouped(pairs: set[tuple[str, str]]) -> dict[str, list[str]]:
    """What each inner room imports, by its last name, as the document writes it."""
    found: dict[str, list[str]] = {}
    for one, other in sorted(pairs):
        found.setdefault(one.partition("/")[2], []).append(f"`{other.partition('/')[2]}`")
    return found


def test_the_tasks_name_files_that_exist() -> None:
    found = rows("## Where do I change…")
    assert len(found) == len(TASKS)
    for task, row in zip(TASKS, found, strict=True):
        assert task in row[0]
        named = [path for cell in row[1:] for path in re.findall(r"`([\w./-]+/[\w./-]*)`", cell)]
        assert named, f"« {task} » names no file"
        assert [path for path in named if not (ROOT / path).exists()] == [], task
