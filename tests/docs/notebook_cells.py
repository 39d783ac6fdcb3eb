"""Runs the code cells of a notebook as Jupyter does: their list as JSON on the input, what each shows on the output.

A program of its own, that needs nothing but the standard library: it runs where the engine alone is installed.
"""

import ast
import io
import json
import sys
from contextlib import redirect_stdout
from typing import Any


def shown_by(source: str, names: dict[str, Any]) -> str:
    """Return what the cell prints, then its last expression as Python writes it, unless it is None."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(tree, "cell", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
    return printed.getvalue() + ("" if value is None else f"{value!r}")


if __name__ == "__main__":
    names: dict[str, Any] = {}
    json.dump([shown_by(source, names) for source in json.load(sys.stdin)], sys.stdout)
