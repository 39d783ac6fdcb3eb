"""Finds names that hold a word refused by the glossary of README.md: code, tests, scripts, templates, headings."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from scripts.import_graph import ROOT, modules

WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# The name of a migration is stored in every database that it changed: a renamed one would run again.
STORED_NAMES: Final = "storage/core/migrations/steps_"
DEFINED: Final = re.compile(r"{%-? *(?:macro|block|set|for) +([\w, ]+)")
IDENTIFIER: Final = re.compile(r"[A-Za-z_]\w*")
NOT_CODE: Final = re.compile(r"/\*.*?\*/|//[^\n]*|\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`", re.DOTALL)
HEADING: Final = re.compile(r"^#+ .*", re.MULTILINE)


def words_on_their_way_out() -> dict[str, str]:
    """Return the words that README.md refuses in names, each with its replacement."""
    readme = (ROOT / "README.md").read_text("utf-8")
    listed = readme.partition("Words on their way out, in no new name:")[2].partition("\n\n")[0]
    return dict(re.findall(r"(\w+)\s\(([^)]+)\)", listed))


OLD_WORDS: Final = words_on_their_way_out()


def template_names_that_say_nothing() -> set[str]:
    """Return the names that README.md refuses in templates."""
    readme = (ROOT / "README.md").read_text("utf-8")
    listed = readme.partition("none is called ")[2].partition(".")[0]
    return set(re.findall(r"\w+", listed)) - {"or"}


def old_words() -> Iterator[str]:
    """Yield each file of this checkout whose names hold refused words, with these words."""
    for path, names in [*python_names(), *javascript_names(), *template_names(), *headings()]:
        yield from old_words_in(path, names)
    refused = template_names_that_say_nothing()
    for path, (name, *_) in template_names():
        if name in refused:
            yield f"{path}: says nothing of what it shows"


def old_words_in(path: str, names: Iterable[str]) -> Iterator[str]:
    """Yield a line for each refused word in these names: file, number of uses, replacement."""
    words = Counter(word for name in names for word in words_of(name))
    old = sorted(OLD_WORDS.keys() & words.keys())
    yield from (f"{path}: {word} × {words[word]}, rather {OLD_WORDS[word]}" for word in old)


def words_of(name: str) -> list[str]:
    """Return the words of a name in lower case, without the plural ``s``.

    >>> words_of("WavesOf_aCampaign")
    ['wave', 'of', 'a', 'campaign']
    """
    return [word.lower().removesuffix("s") for word in WORDS.findall(name)]


def python_names() -> Iterator[tuple[str, list[str]]]:
    """Yield each Python file and its names; for tests and tools, only those defined there."""
    for path in modules().values():
        if not relative(path).startswith(STORED_NAMES):
            tree = ast.parse(path.read_text("utf-8"))
            yield relative(path), [path.stem, *(name for node in ast.walk(tree) for name in names_of(node))]
    for path in sorted(path for folder in ("tests", "benchmarks", "scripts") for path in (ROOT / folder).rglob("*.py")):
        yield relative(path), [path.stem, *defined_in(ast.parse(path.read_text("utf-8")))]


def names_of(node: ast.AST) -> Iterator[str]:
    """Yield the names in a node: classes, functions, arguments, attributes, variables."""
    for field in ("name", "id", "attr", "arg"):
        value = getattr(node, field, None)
        if isinstance(value, str):
            yield value


def defined_in(tree: ast.Module) -> Iterator[str]:
    """Yield the names of the classes, functions and parameters of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.arg):
            yield getattr(node, "name", "") or getattr(node, "arg", "")


def javascript_names() -> Iterator[tuple[str, list[str]]]:
    """Yield each script, and its file name and identifiers."""
    for path in sorted((ROOT / "web/javascript").rglob("*.js")):
        yield relative(path), [path.stem, *IDENTIFIER.findall(NOT_CODE.sub(" ", path.read_text("utf-8")))]


def template_names() -> Iterator[tuple[str, list[str]]]:
    """Yield each template, and its file name and the names of its macros, blocks and variables."""
    for path in sorted((ROOT / "web/templates").rglob("*.*")):
        yield relative(path), [path.stem, *DEFINED.findall(path.read_text("utf-8"))]


def headings() -> Iterator[tuple[str, list[str]]]:
    """Yield each document, and its file name and headings; the changelog is left out, as it tells the past."""
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]):
        if path.name != "CHANGELOG.md":
            yield relative(path), [path.stem, *HEADING.findall(path.read_text("utf-8"))]


def relative(path: Path) -> str:
    """Return the path relative to the root."""
    return str(path.relative_to(ROOT))
