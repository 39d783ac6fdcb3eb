"""Parsing of YAML into plain values with their line numbers.

The nodes are walked here, since ruamel.yaml's constructor stops at the first duplicate key, while every problem is to
be reported. Scalars follow YAML 1.2, where ``no`` and ``oui`` are texts.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from grille.messages import message as _
from grille.text_files import UnreadableError
from grille.typed import typed_text

Path = tuple[str | int, ...]

MOST_NODES = 200_000
DEEPEST = 20
_TAG = "tag:yaml.org,2002:"
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SAID_PLAINLY = {
    "cannot start any token": _(
        "cette ligne commence par un caractère que YAML réserve (tabulation, %, @ ou `) : "
        "indentez avec des espaces et mettez le texte entre guillemets"
    ),
    "mapping values are not allowed": _(
        "ce texte contient « : » ou est mal indenté : mettez-le entre guillemets ou alignez-le avec les lignes voisines"
    ),
    "could not find expected ':'": _("il manque « : » après cette clé, ou l’indentation est fausse"),
    "while scanning a quoted scalar": _("ce guillemet ouvert n’est jamais refermé"),
    "expected a single document": _("le fichier contient plusieurs documents (« --- ») : gardez-en un seul"),
    "undefined alias": _("cet alias (« * ») ne renvoie à rien : recopiez le texte"),
    "expected <block end>": _("cette ligne n’est pas alignée avec les précédentes : corrigez l’indentation"),
}


@dataclass
class Outline:
    """A parsed document: ``data`` (dicts and tuples), the line of each path, and its problems (line, sentence)."""

    data: Any = None
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)
    findings: list[tuple[int, str]] = field(default_factory=list)
    nodes: int = 0

    def line(self, path: Path) -> int:
        """Return the line of a path, from 1; of its nearest existing ancestor when the document does not hold it."""
        words = tuple(map(str, path))
        while words and words not in self.lines:
            words = words[:-1]
        return self.lines.get(words, 1)

    def remember(self, path: Path, line: int) -> None:
        """Note the line of a path, unless it is known: the line of a key, noted first, is also that of its value."""
        self.lines.setdefault(tuple(map(str, path)), line)


def outline(text: str) -> Outline:
    """Return the outline of a YAML document.

    Raises ``UnreadableError`` when it is not YAML, or has more than ``MOST_NODES`` values or ``DEEPEST`` levels of
    nesting once its aliases are expanded (a few lines of aliases can stand for billions of values).

    >>> found = outline("id: x\\nlevels: {0: Pas encore, 0: Encore}")
    >>> found.data
    {'id': 'x', 'levels': {0: 'Pas encore'}}
    >>> found.findings
    [(2, 'la clé « 0 » est écrite deux fois (déjà ligne 2) : gardez-en une seule.')]
    """
    found = Outline()
    root = _composed(text)
    if root is not None:
        found.data = _value(root, (), found)
    return found


def _composed(text: str) -> Node | None:
    yaml = YAML(typ="rt", pure=True)
    yaml.composer.warn_double_anchors = False
    try:
        node: Node | None = yaml.compose(text)
    except YAMLError as error:
        raise UnreadableError(*_plainly(error, text)) from None
    except RecursionError:
        raise UnreadableError(
            _("ce fichier est imbriqué bien trop profondément : ce n’est pas une grille."), None
        ) from None
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, AssertionError, NotImplementedError):
        # ruamel.yaml raises these by mistake on malformed documents ("%YAML x", "!<" …).
        raise UnreadableError(
            _("ce fichier n’est pas du YAML lisible : vérifiez sa première ligne et sa forme."), None
        ) from None
    return node


def _plainly(error: YAMLError, text: str) -> tuple[str, int | None]:
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return _("cette ligne contient un caractère invisible interdit : effacez-le et retapez le texte."), line
    if not isinstance(error, MarkedYAMLError):
        return _("ce fichier n’est pas du YAML lisible : vérifiez sa forme."), None
    mark = error.problem_mark or error.context_mark
    detail = f"{error.context or ''} {error.problem or ''}"
    advice = next((said for seen, said in _SAID_PLAINLY.items() if seen in detail), None)
    advice = advice or _("le YAML est illisible ici : vérifiez l’indentation, les « : » et les guillemets")
    if "quoted scalar" in detail and error.context_mark:
        mark = error.context_mark
    return f"{advice}.", mark.line + 1 if mark else None


def _value(node: Node, path: Path, found: Outline) -> Any:
    line = node.start_mark.line + 1
    found.remember(path, line)
    found.nodes += 1
    if found.nodes > MOST_NODES or len(path) > DEEPEST:
        raise UnreadableError(
            _("ce fichier est démesuré une fois ses alias (« * ») suivis : recopiez les textes."), line
        )
    if isinstance(node, MappingNode):
        return _mapping(node, path, found)
    if isinstance(node, SequenceNode):
        return tuple(_value(item, (*path, index), found) for index, item in enumerate(node.value))
    return _scalar(node, line, found)


def _mapping(node: MappingNode, path: Path, found: Outline) -> dict[str | int, Any]:
    values: dict[str | int, Any] = {}
    first: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            found.findings.append((line, _("une clé doit être un simple mot : retirez les crochets ou les accolades.")))
            continue
        name = key_node.value
        if name in first:
            said = _(
                "la clé « %(name)s » est écrite deux fois (déjà ligne %(first)s) : gardez-en une seule.",
                name=name,
                first=first[name],
            )
            found.findings.append((line, said))
            continue
        first[name] = line
        key = _key(key_node)
        found.remember((*path, key), line)
        values[key] = _value(value_node, (*path, key), found)
    return values


def _key(node: ScalarNode) -> str | int:
    """Return the key of a node: a text, or an integer for the value of a level."""
    if node.tag == f"{_TAG}int" and re.fullmatch(r"-?[0-9]{1,9}", node.value):
        return int(node.value)
    return str(node.value)


def _scalar(node: Node, line: int, found: Outline) -> str | int | float | bool | None:
    kind = str(node.tag).removeprefix(_TAG)
    text = str(node.value)
    if getattr(node, "style", None) == ">":  # the parser marks with U+0007 where it folded a line
        text = text.replace("\a", "")
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on", "y")
    if kind in ("int", "float"):
        return _number(text, line, found)
    if kind == "str" and (unwanted := _UNWANTED.search(text)):
        said = _("ce texte contient un caractère invisible (U+%(ord)s) : effacez-le.", ord=f"{ord(unwanted[0]):04X}")
        found.findings.append((line, said))
    elif kind not in ("str", "timestamp"):
        found.findings.append(
            (line, _("l’étiquette YAML « %(tag)s » n’a pas sa place ici : retirez-la.", tag=node.tag))
        )
    return typed_text(text).strip()


def _number(text: str, line: int, found: Outline) -> int | float:
    plain = text.replace("_", "")
    try:
        return int(plain) if re.fullmatch(r"[-+]?[0-9]{1,18}", plain) else float(plain)
    except ValueError:
        found.findings.append(
            (line, _("« %(value)s » n’est pas un nombre simple : écrivez-le en chiffres.", value=text[:40]))
        )
        return 0
