"""Rows of the database are read by name: unpacked, or through the two functions for a single column."""

import ast
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.core.rows import single_value, single_values

# Those that have run somewhere never change.
MIGRATIONS = Path("storage/core/migrations")


def test_a_single_column_is_read_without_a_position() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        assert single_value(db.execute("SELECT 7")) == 7
        assert single_value(db.execute("SELECT 7 WHERE FALSE"), "none") == "none"
        assert single_values(db.execute("VALUES (1), (2)")) == [1, 2]
        with pytest.raises(ValueError, match="too many values"):
            single_value(db.execute("SELECT 1, 2"))


def test_no_row_is_read_by_position() -> None:
    rooms = ("storage", "web", "commands", "benchmarks", "scripts")
    paths = [path for room in rooms for path in Path(room).glob("**/*.py") if MIGRATIONS not in path.parents]
    assert len(paths) > 200
    assert [found for path in paths for found in read_by_position(path.read_text("utf-8"), str(path))] == []


@pytest.mark.parametrize(
    "statement",
    [
        "number = db.execute(sql).fetchone()[0]",
        "found = db.execute(sql).fetchone()\nnumber = found[1]",
        "numbers = [one[0] for one in db.execute(sql)]",
        "found = db.execute(sql).fetchall()\nfor one in found:\n    print(one[2:])",
        "def read(row):\n    return row[-1]",
        "made = Made(*row[1:])",
    ],
)
def test_what_reads_a_row_by_position_is_found(statement: str) -> None:
    assert list(read_by_position(statement, "here"))


@pytest.mark.parametrize(
    "statement",
    [
        "found = db.execute(sql).fetchall()\nfirst = found[0]",
        "line = dict(zip(names, row))\ndetail = line['detail']",
        "number, *others = row",
    ],
)
def test_the_first_of_many_rows_is_no_position_in_a_row(statement: str) -> None:
    assert not list(read_by_position(statement, "here"))


def read_by_position(source: str, name: str) -> Iterator[str]:
    """Yield where a row, or a variable that holds one, is subscripted by numbers."""
    tree = ast.parse(source)
    many = {target for node in ast.walk(tree) for target in assigned(node, {"fetchall", "execute"}, set())}
    rows = {"row"} | {target for node in ast.walk(tree) for target in assigned(node, {"fetchone"}, set())}
    rows |= {target for node in ast.walk(tree) for target in looped(node, many)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and is_number(node.slice):
            of = node.value
            if (isinstance(of, ast.Name) and of.id in rows) or calls(of, {"fetchone"}):
                yield f"{name}:{node.lineno} {ast.unparse(node)}"


def assigned(node: ast.AST, methods: set[str], names: set[str]) -> Iterator[str]:
    """Yield the variables to which what these methods give is assigned."""
    if isinstance(node, ast.Assign) and gives(node.value, methods, names):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def looped(node: ast.AST, names: set[str]) -> Iterator[str]:
    """Yield the variables that stand for each row of a statement in turn."""
    over_rows = isinstance(node, ast.For | ast.comprehension) and gives(node.iter, {"execute", "fetchall"}, names)
    if over_rows and isinstance(node.target, ast.Name):
        yield node.target.id


def gives(node: ast.AST, methods: set[str], names: set[str]) -> bool:
    """Whether that is a call of one of these methods, or one of these variables."""
    return calls(node, methods) or (isinstance(node, ast.Name) and node.id in names)


def calls(node: ast.AST, methods: set[str]) -> bool:
    """Whether that is a call of one of these methods."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in methods


def is_number(node: ast.AST) -> bool:
    """Whether a subscript is a position, or goes from one to another."""
    if isinstance(node, ast.Slice):
        return node.step is None
    node = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(node, ast.Constant) and isinstance(node.value, int)
