"""Sentences agree with what is in them: a number that may be one has two forms, a list is never one thing's subject."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from tests.restitution.reader.french import plain

ROOT = Path(__file__).parents[2]
ROOMS = ("accounts", "commands", "grille", "questionnaires", "restitution", "scoring", "storage", "web")
FROZEN = ROOT / "scoring/edition_1"
_ONE = {"_", "gettext", "message", "N_", "marked", "lazy_gettext"}
_JOINING = {"listed", "enumerated", "enumeration", "join"}
_NOUNS = (
    *("personnes", "réponses", "répondants", "collèges", "familles", "niveaux", "questions", "minutes", "campagnes"),
    *("jours", "territoires", "actions", "ateliers", "commentaires", "preuves", "cases", "absents", "versions"),
    *("lignes", "colonnes", "cellules", "fichiers", "éléments", "secrets", "codes", "adresses", "invitations", "noms"),
    *("caractères", "signes", "cachées", "publiées", "écrites", "feuilles", "comptes", "liens", "décisions", "mots"),
)
_COUNTED = re.compile(rf"%\((\w+)\)s (?:{'|'.join(_NOUNS)})\b")
# Thresholds and limits: never one.
_LIMITS = re.compile(r"k|least|limit|longest\w*|shortest|most\w*")
# Where what is counted is two or more: k or more, beside another sentence for one, or longer than a limit.
ALWAYS_SEVERAL = {
    "%(answers)s personnes ont répondu : seule l’équipe du programme": "the threshold of people",
    "« %(label)s » : %(counts)s personnes ont répondu, l’effectif ne peut pas": "more than a size",
    "sur %(n)s niveaux donnés": "k or more",
    "moins de %(n)s réponses : la moyenne seule": "a threshold",
    "Vide sous %(n)s réponses": "a threshold",
    "sous %(n)s réponses, seules la moyenne": "a threshold",
    "Une case est un savoir-faire vu par un collège.": "a threshold",
    "Un chiffre n’est donné que s’il repose sur au moins %(n)s territoires": "a threshold of two at least",
    "%(people)s réponses, %(campaigns)s campagnes closes, %(territories)s territoires": "two territories at least",
    "Mesuré sur mille collèges simulés de %(n)s réponses": "five or more",
    "%(n)s collèges sur %(of)s, de %(low)s à %(high)s": "three or more",
    "C’est la moyenne des %(n)s collèges publiés": "one has its own sentence",
    "Le journal est entier : %(count)s lignes.": "one has its own sentence",
    "%(n)s réponses": "k or more",
    "%(responses)s réponses": "one has its own sentence",
    "%(n)s ateliers": "one has its own words",
    "Pour que le niveau lu change, il faudrait que les %(n)s absents": "one has its own sentence",
    "Les %(number)s familles": "one has its own sentence",
    "%(n)s familles sur %(of)s": "five or more",
    "Il vous reste %(n)s codes de secours.": "one has its own sentence",
    "%(n)s territoires proposés": "one has its own sentence",
    "Rien n’est dit ici sur moins de %(fewest)s territoires": "a threshold",
    "moins de %(fewest)s territoires": "a threshold",
    "%(count)s territoires sur %(of)s": "one has its own sentence",
    "Vous avez répondu à %(answered)s questions sur %(total)s.": "one has its own sentence",
    "%(n)s adresses à la fois, c’est trop": "too many",
    "Jusqu’à %(n)s réponses environ ont commencé": "too many",
    "%(count)s fichiers écrits dans %(out)s": "each profile gives several",
    "le titre de « %(code)s » a %(n)s signes": "too many",
    "le titre court a %(n)s signes": "too many",
    "La part de « je ne sais pas », là où %(n)s personnes ou plus": "a threshold",
    "ce commentaire a %(n)s signes": "too many",
    "ce texte a %(n)s signes": "too many",
    "« %(key)s » a %(n)s signes": "too many",
    "%(name)s compte %(length)s caractères": "too many",
    "Votre raison compte %(length)s caractères": "too many",
    "Votre réponse compte %(length)s caractères": "too many",
    "%(n)s signes au plus.": "a limit",
    "Là où la place manque : %(n)s signes au plus.": "a limit",
    "ce document a plus de tableau qu’une grille n’en demande": "a limit",
    "Un essai est une campagne qui ne compte nulle part": "thirty days",
    "Votre commentaire compte %(length)s caractères": "too many",
}


@cache
def templates() -> dict[str, str]:
    """Every sentence that has one form only, with the file that says it."""
    found: dict[str, str] = {}
    for room in ROOMS:
        for path in sorted([*(ROOT / room).rglob("*.py"), *(ROOT / room).rglob("*.html")]):
            if FROZEN not in path.parents:
                for text in _of_python(path) if path.suffix == ".py" else _of_page(path):
                    found.setdefault(plain(text), str(path.relative_to(ROOT)))
    return found


def _of_page(path: Path) -> Iterator[str]:
    for _line, text, _comments, _context in extract_from_file("jinja2", path):
        if isinstance(text, str):
            yield text


def _of_python(path: Path) -> Iterator[str]:
    for call in _calls(path):
        text = call.args[0]
        assert isinstance(text, ast.Constant)
        yield str(text.value)


def _calls(path: Path) -> Iterator[ast.Call]:
    """The calls that make a sentence of one form."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ONE and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node


def counts_several(text: str) -> bool:
    """Whether a text counts things in the plural only."""
    return any(not _LIMITS.fullmatch(found[1]) for found in _COUNTED.finditer(text))


def test_what_is_counted_has_a_singular() -> None:
    left = {text: where for text, where in templates().items() if counts_several(text)}
    assert {text: where for text, where in left.items() if not text.startswith(tuple(ALWAYS_SEVERAL))} == {}


def about_a_list(call: ast.Call) -> Iterator[str]:
    """The sentences where a list stands beside a verb: more than one thing may be its subject, or what it tells."""
    text = plain(call.args[0].value) if isinstance(call.args[0], ast.Constant) else ""
    for given in call.keywords:
        name = given.arg if isinstance(given.value, ast.Call) else None
        function = given.value.func if isinstance(given.value, ast.Call) else None
        joined = getattr(function, "id", getattr(function, "attr", "")) in _JOINING
        if name and joined and re.search(rf"%\({name}\)s {_VERB}|\b(?:est|serait) %\({name}\)s", text):
            yield text


_VERB = r"(?:a|est|va|n’est|n’a|ne|y|se|reste|remonte|ressemble|manque|change\w*)\b"


def test_no_list_is_the_subject_of_a_verb_in_the_singular() -> None:
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if FROZEN not in path.parents]
    assert [text for path in files for call in _calls(path) for text in about_a_list(call)] == []
    pages = sorted((ROOT / "web/templates").rglob("*.html"))
    assert [name for path in pages for name in lists_of_page(path.read_text("utf-8"))] == []


def lists_of_page(source: str) -> Iterator[str]:
    for text, values in re.findall(r'\b_\(\s*"([^"]*)"((?:[^()]|\([^()]*\))*)\)', source):
        for name in re.findall(r"(\w+)=[^,]*\| join\(", values):
            if re.search(rf"%\({name}\)s {_VERB}", plain(text)):
                yield text


@pytest.mark.parametrize(
    "source", ['_("%(who)s ressemble à un nom", who=listed(who))', '_("La plus haute est %(x)s", x=", ".join(of))']
)
def test_such_a_list_is_seen(source: str) -> None:
    (call,) = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.keywords]
    assert list(about_a_list(call))


def test_what_is_always_several_is_still_said() -> None:
    assert [start for start in ALWAYS_SEVERAL if not any(text.startswith(start) for text in templates())] == []
