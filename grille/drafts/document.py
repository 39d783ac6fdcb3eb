"""The document of a draft: plain values that JSON holds. Each part has a key that never changes, and flat fields.

A skill keeps its text of a level under ``level_KEY`` and its question for a college under ``wording_KEY``: levels and
colleges can then be moved, renamed, removed and put back without losing a text. The document has ``about``, ``levels``,
``colleges``, ``families`` (each with its ``skills``), ``removed``, ``next`` (the next key), and where it comes from:
``previous`` (the version that it continues, with the codes of its skills) or ``correction`` (the version that it
corrects).
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

from grille.grid import USUAL_LANGUAGE, Family, Grid, Skill, Words

Document = dict[str, Any]
Part = dict[str, Any]
Kind = Literal["about", "level", "college", "family", "skill"]

LISTS: Final[Mapping[str, str]] = {"level": "levels", "college": "colleges", "family": "families", "skill": "skills"}
"""The list of the document that holds the parts of each kind; that of skills is in their family."""

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "about": (
        *("title", "short_title", "id", "version", "status", "author", "licence", "notice", "language", "lowest"),
        *(f"words_{name}" for name in Words.model_fields),
    ),
    "level": ("label", "description", "falc"),
    "college": ("code", "label", "wording"),
    "family": ("code", "title", "description", "falc"),
    "skill": ("code", "title", "definition", "core", "weight", "falc", "facts", "continues"),
}
"""The fields of each kind of part; a skill has others, one per level and per college."""

LEVEL, EASY_LEVEL, WORDING = "level_", "falc_level_", "wording_"


def blank_document() -> Document:
    """Return the document of an empty draft, with a scale of five levels to write.

    >>> [len(blank_document()[name]) for name in ("levels", "colleges", "families")]
    [5, 0, 0]
    """
    document: Document = {"next": 1, "about": dict.fromkeys(FIELDS["about"], ""), "removed": []}
    document["about"] |= {"status": "proposition", "lowest": "0", "version": "1", "language": USUAL_LANGUAGE}
    document |= {"levels": [], "colleges": [], "families": []}
    document["levels"] = [new_part(document, "level") for _level in range(5)]
    return document


def new_part(document: Document, kind: Kind, **values: Any) -> Part:
    """Return a new part with its own key and these values. It is in no list yet."""
    key = document["next"]
    document["next"] = key + 1
    part: Part = {"key": key, **dict.fromkeys(FIELDS[kind], "")}
    if kind == "family":
        part["skills"] = []
    if kind == "skill":
        part |= {"core": False, "weight": "1"}
    return {**part, **values}


def document_of(grid: Grid) -> Document:
    """Return the document of a draft that says what a grid says."""
    document = blank_document()
    about = {name: getattr(grid, name) for name in FIELDS["about"] if hasattr(grid, name)}
    words = {f"words_{name}": text for name, text in grid.words.model_dump().items()}
    document["about"] |= {**about, **words, "lowest": str(grid.lowest)}
    levels, colleges = document["levels"], document["colleges"]
    levels[:] = [new_part(document, "level", **one.model_dump(include=set(FIELDS["level"]))) for one in grid.levels]
    levels[:] = [{"falc": "", **one} for one in levels]
    colleges[:] = [new_part(document, "college", **one.model_dump()) for one in grid.colleges]
    document["families"] = [_family(document, grid, one) for one in grid.families]
    if grid.correspondence:
        document["correspondence"] = grid.correspondence.model_dump(mode="json")
    return document


def _family(document: Document, grid: Grid, family: Family) -> Part:
    part = new_part(document, "family", **family.model_dump(include=set(FIELDS["family"])))
    part["skills"] = [_skill(document, grid, one) for one in family.skills]
    return part


def _skill(document: Document, grid: Grid, skill: Skill) -> Part:
    part = new_part(document, "skill", **skill.model_dump(include={"code", "title", "definition", "core", "falc"}))
    part |= {"weight": f"{skill.weight:g}", "facts": "\n".join(skill.facts), "continues": ""}
    for level, value in zip(document["levels"], grid.levels_range, strict=True):
        part[f"{LEVEL}{level['key']}"] = skill.levels[value]
        part[f"{EASY_LEVEL}{level['key']}"] = skill.falc_levels.get(value, "")
    for college in document["colleges"]:
        part[f"{WORDING}{college['key']}"] = skill.wording.get(college["code"], "")
    return part


def skills_in(document: Document) -> list[Part]:
    """Return every skill, in the order of the families."""
    return [skill for family in document["families"] for skill in family["skills"]]


def parts_of(document: Document, kind: Kind) -> list[Part]:
    """Return every part of that kind, in order."""
    if kind == "about":
        return [document["about"]]
    return skills_in(document) if kind == "skill" else list(document[LISTS[kind]])


def find_part(document: Document, kind: Kind, key: int) -> Part | None:
    """Return the part of that kind and key; None when it is not there, or was removed."""
    return next((one for one in parts_of(document, kind) if kind == "about" or one["key"] == key), None)
