"""Nothing of the shipped framework is written in code: its words and its codes are keys of its file."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import grille

ROOMS = ("accounts", "commands", "grille", "questionnaires", "restitution", "scoring", "storage", "web")
# The demonstration tells the story of fictional territories on that framework, and says so where it is not there.
EXEMPT = ("commands/demo/", "web/static/")


def own_words() -> re.Pattern[str]:
    """The words of the shipped grids that no other grid would say, and their codes."""
    grids = grille.shipped_grids()
    said = {text for grid in grids for text in (grid.id, grid.title, grid.short_title, grid.author, grid.notice)}
    said |= {text for grid in grids for text in grid.words.model_dump().values()}
    said |= {grid.words.question.removeprefix("Où en est ").partition(", ")[0] for grid in grids}
    titles = {skill.title for grid in grids for skill in grid.skills}
    families = {f'(?<=["“])({re.escape(family.title)})(?=["”])' for grid in grids for family in grid.families}
    codes = {rf"\b{family.code}[-_]\d" for grid in grids for family in grid.families}
    plain = (re.escape(text) for text in said | titles if text and text != "Savoir-faire")
    return re.compile("|".join(sorted({*plain, *families, *codes}, key=len, reverse=True)))


def texts_of(path: Path) -> Iterator[str]:
    """The texts of a file: the constants of a module without its docstrings, whose examples need a grid."""
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        yield source
        return
    tree = ast.parse(source)
    holders = [one for one in ast.walk(tree) if isinstance(one, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docstrings = {id(one.body[0].value) for one in holders if one.body and isinstance(one.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield f'"{node.value}"'


def test_the_words_of_the_shipped_grids_are_in_their_files_only() -> None:
    pattern = re.compile(own_words().pattern.replace("\u202f", " ").replace("\u00a0", " "))
    files = [
        path
        for room in ROOMS
        for path in sorted(Path(room).rglob("*"))
        if path.suffix in {".py", ".html", ".js", ".typ", ".po", ".svg"} and not str(path).startswith(EXEMPT)
    ]
    assert len(files) > 300
    found = {
        (str(path), one[0])
        for path in files
        for text in texts_of(path)
        for one in pattern.finditer(text.replace("\u202f", " ").replace("\u00a0", " "))
    }
    assert found == set()


def test_such_a_word_would_be_seen() -> None:
    pattern = own_words()
    for text in ("« l’engagement citoyen »", "nommée COO-1", '"Coopérer"', "territoires-engagement", "INT_3"):
        assert pattern.search(text), text
    assert not pattern.search("Coopérer, c’est bien")
