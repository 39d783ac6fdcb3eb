"""What scoring says has the spaces of French typography: U+00A0 in « » and before a colon, U+202F before ; ! ?."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import scoring

MODULES = sorted(Path(str(scoring.__file__)).parent.rglob("*.py"))
MISTAKES = re.compile(r"«(?!\u00a0)|(?<!\u00a0)»|(?<=[\w»)}]) [:;!?](?=\s|$)|(?<=[^\W\d_])[;!?](?=\s|$)")


def texts(source: str) -> Iterator[str]:
    """The texts of a module, what documents it left out."""
    tree = ast.parse(source)
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements:
            yield node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_messages_have_french_spaces(path: Path) -> None:
    assert [text for text in texts(path.read_text("utf-8")) if MISTAKES.search(text)] == []


def test_a_plain_space_is_seen() -> None:
    assert MISTAKES.search(next(texts("say('un écart : trop grand')")))
    assert MISTAKES.search(next(texts("say('« ici »')")))
    assert not MISTAKES.search(next(texts("say('«\\u00a0ici\\u00a0»\\u00a0: oui\\u202f; non')")))
