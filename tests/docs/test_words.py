"""No name holds a refused word; the names in the glossary and the paths in decisions exist."""

import ast
import re
from pathlib import Path

import pytest

from scripts.import_graph import ROOT, modules
from scripts.old_words import OLD_WORDS, old_words, words_of

README = (ROOT / "README.md").read_text("utf-8")
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
# What a decision of long ago looked at, and what an installation or an environment holds: none is in this checkout.
ELSEWHERE = re.compile(r"DATA/|src/grille/|\.venv/|node_modules/|instance/")


def glossary() -> list[tuple[str, str, str]]:
    """The rows of « Words »: what people say, what the code says, what it means."""
    table = README.partition("\n## Words\n")[2].partition("\n\nWords on their way out")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")][1:]
    return [
        (cells[0], cells[1], cells[2])
        for cells in ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    ]


def classes() -> set[str]:
    """The classes of the code."""
    trees = (ast.parse(path.read_text("utf-8")) for path in modules().values())
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


def test_no_name_holds_an_old_word() -> None:
    """Modules, classes, functions, parameters, variables; tests; templates and what they define; headings."""
    assert list(old_words()) == []


@pytest.mark.parametrize("word", ["wave", "told", "deed", "capability", "vintage"])
def test_the_old_words_of_the_readme_are_read(word: str) -> None:
    assert OLD_WORDS[word]


def test_the_words_of_the_glossary_are_classes_of_the_code() -> None:
    named = {name for _, said, _ in glossary() for name in re.findall(r"`([A-Z]\w+)`", said)}
    assert len(named) > 15
    assert named - classes() == set()


def test_the_new_words_are_no_old_ones() -> None:
    rather = " ".join(OLD_WORDS.values())
    assert set(words_of(rather)) & OLD_WORDS.keys() == set()


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.name[:4])
def test_the_paths_that_a_decision_cites_exist(decision: Path) -> None:
    cited = re.findall(r"`([\w.-]+/[\w./*-]+)`", decision.read_text("utf-8"))
    missing = [path for path in cited if not ELSEWHERE.match(path) and not any(ROOT.glob(path.rstrip("/")))]
    assert missing == [], f"{decision.name} cites what is no more: say where it is now"
