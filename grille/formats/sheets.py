"""The sheets of a grid's workbook: their names, their columns, and the key of a grid file that each column holds."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from grille.grid import Grid, Skill
from grille.messages import marked

ABOUT, LEVELS, COLLEGES = "Grille", "Niveaux", marked("Collèges")
FAMILIES, SKILLS, SUCCESSION = "Familles", "Savoir-faire", "Correspondance"
KEY, VALUE = marked("clé"), "valeur"
_EASY = marked("facile à lire")

ABOUT_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "identifiant": ("id",),
    "version": ("version",),
    "titre": ("title",),
    "titre court": ("short_title",),
    "statut": ("status",),
    "auteur": ("author",),
    "licence": ("licence",),
    marked("à savoir"): ("notice",),
    "langue": ("language",),
    "question": ("words", "question"),
    "promesse": ("words", "promise"),
    "accueil": ("words", "welcome"),
    "affiche": ("words", "poster"),
    marked("version précédente"): ("correspondence", "from_version"),
}
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    LEVELS: {"valeur": "value", "nom": "label", "description": "description", _EASY: "falc"},
    COLLEGES: {"code": "code", "nom": "label", "question": "wording"},
    FAMILIES: {"code": "code", "titre": "title", "description": "description", _EASY: "falc"},
    SKILLS: {
        "famille": "family",
        "code": "code",
        "titre": "title",
        marked("définition"): "definition",
        "court": "core",
        "poids": "weight",
        _EASY: "falc",
        "faits": "facts",
    },
    SUCCESSION: {"ancien": "old", "nouveaux": "new"},
}
LEVEL, EASY_LEVEL, QUESTION = "niveau ", "facile ", "question "
HOLDERS: Final[Mapping[str, str]] = {LEVEL: "levels", EASY_LEVEL: "falc_levels", QUESTION: "wording"}
"""What begins the other columns of skills, before a level’s value or a college’s code; and the key of their texts."""

REQUIRED: Final = frozenset({"code", "title", "label", "value", "family", "old"})
"""The keys that a sheet must have a column for, where it can have one."""

CODES: Final = frozenset({"id", "version", "from_version", "code", "family", "old", "new"})
"""Keys whose cells a spreadsheet may have eaten: 1.10 typed as a number is 1.1."""

Table = list[list[Any]]


def tables_of(grid: Grid) -> dict[str, Table]:
    """Return the sheets of a grid, each with its header."""
    skills = [_skill_row(grid, family.code, skill) for family in grid.families for skill in family.skills]
    links = grid.correspondence.skills if grid.correspondence else {}
    document = grid.model_dump()
    return {
        ABOUT: [[KEY, VALUE], *([name, _value_at(document, path)] for name, path in ABOUT_KEYS.items())],
        LEVELS: [list(COLUMNS[LEVELS]), *([one.value, one.label, one.description, one.falc] for one in grid.levels)],
        COLLEGES: [list(COLUMNS[COLLEGES]), *([one.code, one.label, one.wording] for one in grid.colleges)],
        FAMILIES: [
            list(COLUMNS[FAMILIES]),
            *([one.code, one.title, one.description, one.falc] for one in grid.families),
        ],
        SKILLS: [skill_header(grid.levels_range, [one.code for one in grid.colleges]), *skills],
        SUCCESSION: [list(COLUMNS[SUCCESSION]), *([old, " ".join(new)] for old, new in links.items())],
    }


def skill_header(levels: range, colleges: list[str]) -> list[str]:
    """Return the header of the sheet of skills, for that scale and these colleges."""
    return [
        *COLUMNS[SKILLS],
        *(f"{LEVEL}{value}" for value in levels),
        *(f"{EASY_LEVEL}{value}" for value in levels),
        *(f"{QUESTION}{code}" for code in colleges),
    ]


def _value_at(document: object, path: tuple[str, ...]) -> str:
    value = document
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return str(value or "")


def _skill_row(grid: Grid, family: str, one: Skill) -> list[Any]:
    own: list[Any] = [family, one.code, one.title, one.definition, "oui" if one.core else "non", one.weight, one.falc]
    return [*own, "\n".join(one.facts), *_texts(grid, one)]


def _texts(grid: Grid, one: Skill) -> Iterator[str]:
    yield from (one.levels[level.value] for level in grid.levels)
    yield from (one.falc_levels.get(level.value, "") for level in grid.levels)
    yield from (one.wording.get(college.code, "") for college in grid.colleges)
