"""The measurements of code quality: ``make measure`` prints each with its target; ``--list`` adds what exceeds it."""

import argparse
import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from scripts.duplicated_lines import duplicated
from scripts.import_graph import ROOT, circles, import_graph, layers, modules, upward
from scripts.old_words import old_words, relative

LONGEST_FILE: Final = 300
LARGEST_PACKAGE: Final = 15
LONGEST_FUNCTION: Final = 50
GETTEXT: Final = frozenset(
    {
        "_",
        "gettext",
        "ngettext",
        "lazy_gettext",
        "lazy_ngettext",
        "pgettext",
        "npgettext",
        "N_",
        "message",
        "counted",
        "marked",
    }
)
# In French by nature: grids, the stories of the demonstration, the official list.
WRITTEN_IN_FRENCH: Final = ("grille/data/", "commands/demo", "storage/campaigns/gazetteer", "storage/gazetteer")
FRENCH: Final = re.compile(
    r"[àâçéèêëîïôûùœ«»’]|\b(le|la|les|un|une|des|du|est|pour|dans|sur|avec|pas|ne|de|et|ou|ce|sont|vous|moins)\b",
    re.IGNORECASE,
)
NAME: Final = re.compile(r"[\w:./<>-]+")  # an address, a parameter, a code: no sentence
SAID: Final = re.compile(r"<style.*?</style>|<script.*?</script>|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)
BUILT: Final = ROOT / "web/static/js"  # from web/javascript/, by « make javascript »
SOURCES: Final = ("*.py", "*.html", "*.js", "*.css", "*.sh")


@dataclass(frozen=True)
class Figure:
    """A measurement: its name, value and target, and what it counts, one line each."""

    name: str
    value: str
    wanted: str
    found: tuple[str, ...] = ()


def figures() -> Iterator[Figure]:
    """Yield every measurement of the files of this checkout."""
    paths = modules()
    graph = import_graph(paths)
    trees = {path: ast.parse(path.read_text("utf-8")) for path in paths.values()}
    yield counted("circles between modules", "0", (" → ".join(circle) for circle in circles(graph)))
    against = [f"{one} → {other} ({contract.name})" for contract in layers() for one, other in upward(graph, contract)]
    yield counted(f"imports upward, in {len(layers())} contracts of layers", "0", against)
    yield counted("old words in names, by file", "0", old_words())
    yield from functions(trees)
    yield counted(f"files above {LONGEST_FILE} lines", "0", long_files(paths.values()))
    yield counted(f"packages above {LARGEST_PACKAGE} modules", "0", large_packages(paths.values()))
    yield counted("French outside gettext, in code", "0", french_in_code(trees))
    yield counted("French outside gettext, in templates", "0", french_in_templates())
    yield counted("runs of 12 lines or more in two files", "0", map(str, duplicated(sources(), ROOT)))


def counted(name: str, wanted: str, found: Iterable[str]) -> Figure:
    """Return the measurement that counts these."""
    lines = tuple(found)
    return Figure(name, str(len(lines)), wanted, lines)


def functions(trees: dict[Path, ast.Module]) -> Iterator[Figure]:
    """Yield the measurements of function length, in lines without signature and docstring."""
    lengths = {
        f"{relative(path)}:{node.lineno} {node.name}": length(node)
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    values = sorted(lengths.values())
    yield Figure("lines of a function: median", f"{median(values):g}", "≤ 6")
    yield Figure("lines of a function: nine in ten have at most", f"{quantiles(values, n=10)[-1]:g}", "≤ 15")
    longest = max(lengths, key=lambda name: lengths[name])
    over = tuple(f"{name}: {lines}{unchanging(name)}" for name, lines in lengths.items() if lines > LONGEST_FUNCTION)
    yield Figure("lines of the longest function", str(lengths[longest]), f"≤ {LONGEST_FUNCTION}", over or (longest,))


def unchanging(name: str) -> str:
    """Return why a long function is accepted (a released migration is never changed); empty if it is not."""
    return ", a migration: it never changes" if name.startswith("storage/core/migrations/") else ""


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the number of lines from the first statement to the last, without the docstring."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def long_files(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the files that are too long, with their number of lines."""
    for path in paths:
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST_FILE:
            yield f"{relative(path)}: {lines}"


def large_packages(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the packages with too many modules, ``__init__`` not counted."""
    sizes = Counter(path.parent for path in paths if path.name != "__init__.py")
    yield from (f"{relative(folder)}: {size}" for folder, size in sizes.items() if size > LARGEST_PACKAGE)


def french_in_code(trees: dict[Path, ast.Module]) -> Iterator[str]:
    """Yield each French text that is not an argument of a gettext function."""
    for path, tree in trees.items():
        if relative(path).startswith(WRITTEN_IN_FRENCH):
            continue
        left_out = docstrings(tree) | translated(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in left_out and is_french(node.value):
                yield f"{relative(path)}:{node.lineno} {str(node.value)[:70]!r}"


def docstrings(tree: ast.Module) -> set[int]:
    """Return the ids of the nodes that are bare strings, such as docstrings."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def translated(tree: ast.Module) -> set[int]:
    """Return the ids of the nodes given to gettext where Babel finds them: not inside an f-string."""
    hidden = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for inner in ast.walk(node)}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) in GETTEXT]
    return {id(inner) for call in calls for argument in call.args for inner in ast.walk(argument)} - hidden


def called(call: ast.Call) -> str:
    """Return the name of the called function, without its module or object."""
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def is_french(value: object) -> bool:
    """Return whether it is a French sentence or word that people may read.

    >>> is_french("Écrivez un nombre."), is_french("SELECT 1"), is_french("la réponse"), is_french("grille.db")
    (True, False, True, False)
    >>> is_french("/mot-de-passe"), is_french("du"), is_french(" ou ")
    (False, False, True)
    """
    if not isinstance(value, str) or (value.isascii() and NAME.fullmatch(value)):
        return False
    return bool(FRENCH.search(value)) and bool(re.search(r"[a-zà-ÿ]{2}", value))


def french_in_templates() -> Iterator[str]:
    """Yield the text of templates outside of expressions."""
    for path in sorted((ROOT / "web/templates").rglob("*.html")):
        text = SAID.sub("", path.read_text("utf-8"))
        yield from (f"{relative(path)}: {line.strip()[:70]!r}" for line in text.splitlines() if is_french(line))


def sources() -> list[Path]:
    """Return the files written by hand that are not tests: code, templates, scripts, style sheets."""
    rooms = [*{path.relative_to(ROOT).parts[0] for path in modules().values()}, "benchmarks", "scripts"]
    found = {path for room in rooms for pattern in SOURCES for path in (ROOT / room).rglob(pattern)}
    return sorted(path for path in found if "vendor" not in path.parts and path.parent != BUILT)


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="name what each figure counts")
    listed = parser.parse_args().list
    for figure in figures():
        print(f"{figure.name:<52}{figure.value:>6}   wanted {figure.wanted}")
        for line in figure.found if listed else ():
            print(f"    {line}")


if __name__ == "__main__":
    main()
