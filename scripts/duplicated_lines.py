"""Finds runs of equal lines in two files, without indentation, blank lines, comments and imports."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SHORTEST: Final = 12
_SILENT: Final = re.compile(r"\s*(#|//|/\*|\*|\{#|<!--|$)")

Line = tuple[int, str]


@dataclass(frozen=True)
class Run:
    """Equal lines in two files: where they begin in each, and how many are counted."""

    first: str
    first_line: int
    second: str
    second_line: int
    length: int

    def __str__(self) -> str:
        return f"{self.first}:{self.first_line} = {self.second}:{self.second_line}, {self.length} lines"


def duplicated(paths: Iterable[Path], root: Path, shortest: int = SHORTEST) -> list[Run]:
    """Return the runs of ``shortest`` lines or more that are in two files, longest first."""
    files = {str(path.relative_to(root)): telling_lines(path) for path in paths}
    places: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for name, lines in files.items():
        for start in range(len(lines) - shortest + 1):
            places[tuple(text for _, text in lines[start : start + shortest])].append((name, start))
    pairs = {(one, other) for found in places.values() for one in found for other in found if one[0] < other[0]}
    return sorted(_runs(pairs, files, shortest), key=lambda run: -run.length)


def _runs(
    pairs: set[tuple[tuple[str, int], tuple[str, int]]], files: Mapping[str, list[Line]], shortest: int
) -> list[Run]:
    """Join pairs of windows into runs; a run begins where the pair one line before does not match."""
    found = []
    for (first, i), (second, j) in pairs:
        if ((first, i - 1), (second, j - 1)) in pairs:
            continue
        more = 0
        while ((first, i + more + 1), (second, j + more + 1)) in pairs:
            more += 1
        found.append(Run(first, files[first][i][0], second, files[second][j][0], shortest + more))
    return found


def telling_lines(path: Path) -> list[Line]:
    """Return the number and the text of each line that counts: no blank, comment or import."""
    text = path.read_text("utf-8")
    left_out = _imports(text) if path.suffix == ".py" else set()
    lines = enumerate(text.splitlines(), start=1)
    return [(number, line.strip()) for number, line in lines if number not in left_out and not _SILENT.match(line)]


def _imports(text: str) -> set[int]:
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    return {number for node in nodes for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
