"""What is wrong in a draft, field by field: errors, which prevent publication, and remarks, which do not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from grille.drafts.document import EASY_LEVEL, LEVEL, WORDING, Document, Kind, find_part, skills_in
from grille.drafts.reading import continued, decimal, draft_grid, values_of, whole
from grille.errors import GridErrors
from grille.formats.remarks import located_remarks
from grille.grid import Grid
from grille.messages import Message, message
from grille.messages import message as _
from grille.raw_values import Finding, Path
from grille.refinements import refinements
from grille.schema import shaped
from grille.validation import essentials

_SAID: Final[Mapping[str, str]] = {
    "id": _("identifiant"),
    "version": _("version"),
    "title": _("titre"),
    "short_title": _("titre court"),
    "label": _("nom"),
    "falc": _("facile à lire"),
    "code": _("code"),
    "definition": _("définition"),
    "question": _("question"),
    "promise": _("promesse"),
    "welcome": _("accueil"),
    "poster": _("affiche"),
    "author": _("auteur"),
    "licence": _("licence"),
    "language": _("langue"),
    "core": _("questionnaire court"),
}
"""The keys of a grid file, as pages name them."""


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """Something to correct or to know: the part and the field that it is about, and a French sentence.

    ``field`` is empty when it is about the whole part. ``blocking`` for an error.
    """

    kind: Kind
    key: int
    field: str
    sentence: str
    blocking: bool


def draft_findings(document: Document) -> list[DraftFinding]:
    """Return what is wrong in a draft, errors first."""
    values = values_of(document)
    _grid, problems = shaped(values)
    found = [*_unread(document), *problems, *essentials(values), *refinements(values), *_lost(document)]
    errors = [_placed(document, path, sentence, blocking=True) for path, sentence in dict.fromkeys(found)]
    said = [
        _placed(document, path, sentence, blocking=False) for path, sentence in located_remarks(draft_grid(document))
    ]
    return [*errors, *dict.fromkeys(said)]


def grid_to_publish(document: Document) -> Grid:
    """Return the grid of a draft without error. Raises ``GridErrors`` for any other."""
    values = values_of(document)
    grid, problems = shaped(values)
    if grid is None or problems or any(one.blocking for one in draft_findings(document)):
        raise GridErrors([])
    return grid


def _unread(document: Document) -> Iterator[Finding]:
    """What was typed where a number is expected."""
    lowest = document["about"]["lowest"]
    if whole(lowest) is None:
        yield ("lowest",), _("« %(text)s » n’est pas un nombre entier : écrivez 0 ou 1.", text=lowest[:30])
    for family_at, family in enumerate(document["families"]):
        for at, part in enumerate(family["skills"]):
            if decimal(part["weight"]) is None:
                path = ("families", family_at, "skills", at, "weight")
                text = part["weight"][:30]
                yield path, _("« %(text)s » n’est pas un poids : écrivez un nombre.", text=text)


def _lost(document: Document) -> Iterator[Finding]:
    """Codes of the earlier version that a skill says it continues, and that this version does not have."""
    previous = document.get("previous")
    if previous is None:
        return
    version, known = previous["version"], previous["codes"]
    for family_at, family in enumerate(document["families"]):
        for at, part in enumerate(family["skills"]):
            for old in continued(part):
                if old not in known:
                    path = ("families", family_at, "skills", at, "continues")
                    said = _("La version %(version)s n’a pas de savoir-faire « %(code)s ».", version=version, code=old)
                    yield path, said


def _placed(document: Document, path: Path, sentence: str, *, blocking: bool) -> DraftFinding:
    kind, key, field = place_of(document, path)
    return DraftFinding(kind, key, field, _in_plain_words(sentence), blocking)


def place_of(document: Document, path: Path) -> tuple[Kind, int, str]:
    """Return the part and the field that hold the value of that path in a grid file."""
    root, *rest = path or ("",)
    if root == "levels" and rest[1:] in ([], ["value"]):  # numbers of levels follow from the first
        return "about", 0, "lowest"
    if path == ("colleges",):
        return "college", 0, ""
    if root in ("levels", "colleges") and rest:
        part = document[str(root)][int(rest[0])]
        kind: Kind = "level" if root == "levels" else "college"
        return kind, part["key"], str(rest[1]) if len(rest) > 1 else ""
    if root == "families" and rest:
        family = document["families"][int(rest[0])]
        if len(rest) > 2 and rest[1] == "skills":
            return "skill", family["skills"][int(rest[2])]["key"], _skill_field(document, tuple(rest[3:]))
        return "family", family["key"], str(rest[1]) if len(rest) > 1 and rest[1] != "skills" else ""
    if root == "correspondence" and len(path) > 2:
        return _continuing(document, str(path[2]))
    known = str(root) if str(root) in document["about"] else ""
    return "about", 0, f"words_{rest[0]}" if root == "words" and rest else known


def _continuing(document: Document, old: str) -> tuple[Kind, int, str]:
    for part in skills_in(document):
        if old in continued(part):
            return "skill", part["key"], "continues"
    return "about", 0, ""


def _skill_field(document: Document, path: Path) -> str:
    if len(path) < 2:
        return str(path[0]) if path else ""
    holder, named = path[0], path[1]
    if holder in ("levels", "falc_levels"):
        lowest = whole(document["about"]["lowest"]) or 0
        begun = LEVEL if holder == "levels" else EASY_LEVEL
        return f"{begun}{document['levels'][int(named) - lowest]['key']}"
    if holder == "wording":
        key = next((one["key"] for one in document["colleges"] if one["code"].strip() == named), 0)
        return f"{WORDING}{key}"
    return str(holder)


def _in_plain_words(sentence: str) -> str:
    """The sentence without the keys of a grid file, which nobody types here."""
    if not isinstance(sentence, Message):
        return sentence
    values: dict[str, Any] = dict(sentence.values)
    values |= {name: _key_said(values[name]) for name in ("key", "author", "licence") if name in values}
    return sentence if sentence.plural else message(sentence.code, **values)


def _key_said(key: object) -> object:
    if str(key).startswith(" ("):  # a key that a remark adds for those who write files
        return ""
    if isinstance(key, int):
        return _("niveau %(value)s", value=key)
    return _SAID.get(str(key), key)


def named_part(document: Document, kind: Kind, key: int) -> str:
    """Return the name of a part, for a list of what is wrong: its code and its title, or what kind it is."""
    part = find_part(document, kind, key)
    if part is None or kind == "about":
        return _("La grille")
    names = [part.get("code", ""), part.get("title", "") or part.get("label", "")]
    return " · ".join(name for name in names if name) or _("Sans nom")
