"""How a draft begins from a grid: the next version, a correction of this one, or another grid."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final, Literal

from grille.drafts.document import Document, document_of, skills_in
from grille.grid import Grid

Beginning = Literal["next", "correction", "copy"]


def draft_from(grid: Grid, beginning: Beginning, taken: Collection[str] = ()) -> Document:
    """Return the document of a draft made from a grid; ``taken`` are the versions of it that exist already.

    - ``next``: a new version, whose skills continue those of this one;
    - ``correction``: the same grid with misprints mended: its codes and its scale stay, so that it compares as
      unchanged;
    - ``copy``: another grid, which continues nothing.
    """
    document = document_of(grid)
    about = document["about"]
    if beginning == "copy":
        document.pop("correspondence", None)
        about |= {"id": f"{grid.id}-copie"[:40], "version": "1", "status": "proposition"}
        return document
    if beginning == "correction":
        about["version"] = corrected_version(grid.version, taken)
        document["correction"] = grid.version
        return document
    about["version"] = next_version(grid.version, taken)
    document.pop("correspondence", None)
    document["previous"] = {"version": grid.version, "codes": [skill.code for skill in grid.skills]}
    for part in skills_in(document):
        part["continues"] = part["code"]
    return document


def next_version(version: str, taken: Collection[str] = ()) -> str:
    """Return the first version after this one that is not taken.

    >>> next_version("2026.1"), next_version("2026.1", ["2026.2"]), next_version("pilote")
    ('2026.2', '2026.3', 'pilote-2')
    """
    found = re.fullmatch(r"(.*?)([0-9]{1,9})", version)
    begun, rank = (found[1], int(found[2])) if found else (f"{version}-", 1)
    rank += 1
    while f"{begun}{rank}" in taken:
        rank += 1
    return f"{begun}{rank}"


def corrected_version(version: str, taken: Collection[str] = ()) -> str:
    """Return the first version for a correction of this one that is not taken.

    >>> corrected_version("2026.1"), corrected_version("2026.1", ["2026.1.1"])
    ('2026.1.1', '2026.1.2')
    """
    rank = 1
    while f"{version}.{rank}" in taken:
        rank += 1
    return f"{version}.{rank}"


def structure_changes(source: Grid, corrected: Grid) -> list[str]:
    """Return what a correction may not change and yet changed, by its place: codes, scale, families, weights.

    Empty when only words differ.
    """
    return [what for what, shape in _SHAPES.items() if shape(source) != shape(corrected)]


_SHAPES: Final[Mapping[str, Callable[[Grid], object]]] = {
    "id": lambda grid: grid.id,
    "levels": lambda grid: [one.value for one in grid.levels],
    "colleges": lambda grid: [one.code for one in grid.colleges],
    "families": lambda grid: [one.code for one in grid.families],
    "skills": lambda grid: [[(one.code, one.core, one.weight) for one in family.skills] for family in grid.families],
}
