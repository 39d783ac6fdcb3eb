"""The import graph: modules, rooms, circles, and the contracts of layers in pyproject.toml."""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
LINTER: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
ROOMS: Final[tuple[str, ...]] = tuple(LINTER["root_packages"])

Graph = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Layers:
    """A contract of layers, highest first; modules of one layer may not import each other."""

    name: str
    above: tuple[tuple[str, ...], ...]

    def rank(self, module: str) -> int | None:
        """Return the index of the module's layer, 0 for the highest; None if it is in none."""
        found = [
            (len(room), rank)
            for rank, layer in enumerate(self.above)
            for room in layer
            if module == room or module.startswith(f"{room}.")
        ]
        return max(found)[1] if found else None

    def room(self, module: str) -> str:
        """Return the room of the contract that holds the module; empty if none does."""
        rooms = [room for layer in self.above for room in layer if module == room or module.startswith(f"{room}.")]
        return max(rooms, key=len, default="")


def modules(root: Path = ROOT, rooms: tuple[str, ...] = ROOMS) -> dict[str, Path]:
    """Return the path of each module of these rooms by its dotted name; a package is named after its folder."""
    paths = sorted(path for room in rooms for path in (root / room).rglob("*.py"))
    return {dotted(path.relative_to(root)): path for path in paths}


def dotted(path: Path) -> str:
    """Return the dotted name of a module.

    >>> dotted(Path("web/http/security/access.py")), dotted(Path("web/http/__init__.py"))
    ('web.http.security.access', 'web.http')
    """
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def import_graph(paths: Mapping[str, Path]) -> Graph:
    """Return the modules that each module imports, inside functions too."""
    return {
        name: frozenset(imported(ast.parse(path.read_text("utf-8")), paths.keys())) - {name}
        for name, path in paths.items()
    }


def imported(tree: ast.AST, known: object) -> Iterator[str]:
    """Yield the known modules that a module imports; ``from room import module`` is an import of the module."""
    names = set(known)  # type: ignore[call-overload]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in inner if name in names)
            if node.module in names and not all(name in names for name in inner):
                yield node.module


def circles(graph: Graph) -> list[list[str]]:
    """Return the groups of modules that import each other, directly or indirectly, each sorted.

    >>> circles({"a": frozenset({"b"}), "b": frozenset({"a"}), "c": frozenset({"a"})})
    [['a', 'b']]
    """
    reached = {name: reachable(graph, name) for name in graph}
    groups = {frozenset(other for other in reached[name] if name in reached[other]) for name in graph}
    return sorted(sorted(group) for group in groups if len(group) > 1)


def reachable(graph: Graph, start: str) -> set[str]:
    """Return every module that this one imports, directly or indirectly."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        waiting += (new := graph.get(waiting.pop(), frozenset()) - found)
        found |= new
    return found


def layers() -> list[Layers]:
    """Return the contracts of layers of pyproject.toml, with full module names."""
    return [_layers(contract) for contract in LINTER["contracts"] if contract["type"] == "layers"]


def _layers(contract: Mapping[str, list[str]]) -> Layers:
    containers = contract.get("containers") or [""]
    prefixes = [f"{container}." if container else "" for container in containers]
    split = [[word.strip(" ()") for word in layer.replace(":", "|").split("|")] for layer in contract["layers"]]
    return Layers(
        str(contract["name"]),
        tuple(tuple(f"{prefix}{word}" for prefix in prefixes for word in layer) for layer in split),
    )


def upward(graph: Graph, contract: Layers) -> list[tuple[str, str]]:
    """Return the imports that break this contract: to a higher layer, or within one where that is forbidden."""
    ranks = {name: contract.rank(name) for name in graph}
    return sorted(
        (name, other)
        for name, others in graph.items()
        for other in others
        if (mine := ranks[name]) is not None
        and (theirs := ranks[other]) is not None
        and contract.room(name) != contract.room(other)
        and theirs <= mine
    )
