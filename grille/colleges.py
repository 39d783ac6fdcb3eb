"""Adapt the colleges of a grid to a campaign: rename, add, leave out, find those asked alike."""

from collections.abc import Container, Iterable

from grille.grid import College, Grid, Skill
from grille.messages import message as _
from grille.refinements import LONGEST_CODE
from grille.validation import RESERVED_COLLEGES


def with_labels(grid: Grid, labels: dict[str, str]) -> Grid:
    """Return a copy of the grid with new labels for its colleges, given by code."""
    colleges = tuple(
        college.model_copy(update={"label": labels.get(college.code, college.label)}) for college in grid.colleges
    )
    return _changed(grid, colleges=colleges)


def with_college(grid: Grid, code: str, label: str, like: str) -> Grid:
    """Return a copy of the grid with one more college, last, which is asked in the words of the college ``like``.

    Raises ``KeyError`` when the grid has no college ``like``, and ``ValueError`` when the code is taken or reserved.

    >>> from grille import current
    >>> grid = with_college(current(), "associations-entreprises", "Associations et entreprises", like="associations")
    >>> grid.colleges[-1].label
    'Associations et entreprises'
    >>> grid.skill("COO-1").wording["associations-entreprises"] == grid.skill("COO-1").wording["associations"]
    True
    """
    model = grid.college(like)
    if code in {*RESERVED_COLLEGES, *(college.code for college in grid.colleges)}:
        raise ValueError(_("Le code de collège « %(code)s » est déjà pris.", code=code))
    added = College(code=code, label=label, wording=model.wording)
    families = tuple(
        family.model_copy(update={"skills": tuple(_asking(family.skills, code, like))}) for family in grid.families
    )
    return _changed(grid, families=families, colleges=(*grid.colleges, added))


def free_code(wanted: str, taken: Iterable[str]) -> str:
    """Return a code that is not taken: ``wanted``, shortened if needed, else the first free ``wanted-2``, ``wanted-3``…

    >>> free_code("jeunes", ["jeunes", "jeunes-2"]), free_code("atelier", []), free_code("", [])
    ('jeunes-3', 'atelier-2', 'college')
    >>> len(free_code("long-" * 20, ["long-" * 8]))
    39
    """
    refused, code, number = {*RESERVED_COLLEGES, *taken}, wanted[:LONGEST_CODE].strip("-") or "college", 1
    start = code[: LONGEST_CODE - 4].rstrip("-")
    while code in refused:
        number += 1
        code = f"{start}-{number}"
    return code


def with_only(grid: Grid, codes: Iterable[str]) -> Grid:
    """Return a copy of the grid with only the colleges of these codes.

    >>> from grille import current
    >>> [college.code for college in with_only(current(), ["elus", "habitants"]).colleges]
    ['elus', 'habitants']
    """
    kept = set(codes)
    families = tuple(
        family.model_copy(update={"skills": tuple(_worded_for(family.skills, kept))}) for family in grid.families
    )
    return _changed(grid, families=families, colleges=tuple(one for one in grid.colleges if one.code in kept))


def _worded_for(skills: Iterable[Skill], kept: Container[str]) -> Iterable[Skill]:
    for skill in skills:
        yield skill.model_copy(update={"wording": {code: text for code, text in skill.wording.items() if code in kept}})


def _changed(grid: Grid, **changes: object) -> Grid:
    """Return a changed grid, validated again. (``model_copy`` would keep the cached properties of the old one.)"""
    return Grid(**{name: changes.get(name, getattr(grid, name)) for name in Grid.model_fields})


def _asking(skills: Iterable[Skill], code: str, like: str) -> Iterable[Skill]:
    for skill in skills:
        words = skill.wording.get(like)
        yield skill.model_copy(update={"wording": {**skill.wording, code: words}}) if words else skill


def asked_like(grid: Grid, code: str) -> str | None:
    """Return the code of the first other college with exactly the same wording; None when there is none.

    >>> from grille import current
    >>> asked_like(current(), "elus"), asked_like(with_college(current(), "jeunes", "Jeunes", "habitants"), "jeunes")
    (None, 'habitants')
    """
    words = _words(grid, code)
    return next((one.code for one in grid.colleges if one.code != code and _words(grid, one.code) == words), None)


def _words(grid: Grid, code: str) -> list[str | None]:
    return [grid.college(code).wording, *(skill.wording.get(code) for skill in grid.skills)]
