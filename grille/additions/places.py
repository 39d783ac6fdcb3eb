"""The places of the texts of a grid, named by its codes: ``skills/COO-1/levels/2``, ``words/welcome``."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from typing import Any, Final

from grille.additions.languages import easy_tag
from grille.grid import Grid, Skill

Texts = Mapping[str, str]
"""Texts by their places."""

ABOUT: Final = ("title", "short_title", "notice")
LISTS: Final = ("levels", "colleges", "families", "skills")


def digest(source: str) -> str:
    """Return what tells a text from another: an addition keeps that of the text that it translates."""
    return sha256(source.encode()).hexdigest()[:16]


def sources(grid: Grid, language: str) -> dict[str, str]:
    """Return the texts that an addition in that language has to write, by place, in the order of the grid.

    Easy wording is asked where the grid has none of its own; a translation, for every text.
    """
    return dict(_easy(grid) if language == easy_tag(grid.language) else _texts(grid))


def _easy(grid: Grid) -> Iterator[tuple[str, str]]:
    for level in grid.levels:
        if not level.falc:
            yield f"levels/{level.value}/falc", level.label
    for family in grid.families:
        if family.description and not family.falc:
            yield f"families/{family.code}/falc", family.description
        for skill in family.skills:
            yield from _easy_skill(grid, skill)


def _easy_skill(grid: Grid, skill: Skill) -> Iterator[tuple[str, str]]:
    if not skill.falc:
        yield f"skills/{skill.code}/falc", question_of(grid, skill)
    if not skill.falc_levels:
        for value, text in skill.levels.items():
            yield f"skills/{skill.code}/falc_levels/{value}", text


def question_of(grid: Grid, skill: Skill) -> str:
    """Return the question about a skill, as the first college that has its own wording reads it."""
    own = next((text for college in grid.colleges if (text := skill.wording.get(college.code))), "")
    opening = next((college.wording for college in grid.colleges if college.wording), "")
    return own or f"{opening} {skill.title}".strip()


def _texts(grid: Grid) -> Iterator[tuple[str, str]]:
    for place, holder, key in _holders(grid.model_dump()):
        if text := holder[key]:
            yield place, text


def _holders(document: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield the place of every text of a grid, with what holds it and under which key."""
    yield from ((name, document, name) for name in ABOUT if name in document)
    words = document.get("words", {})
    yield from ((f"words/{name}", words, name) for name in words)
    for level in document["levels"]:
        level.setdefault("falc", "")
        yield from ((f"levels/{level['value']}/{name}", level, name) for name in ("label", "description", "falc"))
    for college in document["colleges"]:
        yield from ((f"colleges/{college['code']}/{name}", college, name) for name in ("label", "wording"))
    for family in document["families"]:
        yield from ((f"families/{family['code']}/{name}", family, name) for name in ("title", "description", "falc"))
        for skill in family["skills"]:
            yield from _held_by_skill(skill, document["levels"])


def _held_by_skill(skill: dict[str, Any], levels: list[dict[str, Any]]) -> Iterator[tuple[str, Any, Any]]:
    place = f"skills/{skill['code']}"
    yield from ((f"{place}/{name}", skill, name) for name in ("title", "definition"))
    yield from ((f"{place}/wording/{code}", skill["wording"], code) for code in skill["wording"])
    values = [one["value"] for one in levels]
    yield from ((f"{place}/levels/{value}", skill["levels"], value) for value in values)
    yield f"{place}/falc", skill, "falc"
    easy = dict.fromkeys(values, "") | skill["falc_levels"]
    skill["falc_levels"] = easy
    yield from ((f"{place}/falc_levels/{value}", easy, value) for value in values)
    facts = skill["facts"] = list(skill["facts"])
    yield from ((f"{place}/facts/{rank}", facts, rank - 1) for rank in range(1, len(facts) + 1))


def with_texts(grid: Grid, texts: Texts, language: str = "") -> Grid:
    """Return the grid with these texts at their places; what they lack stays as it is.

    ``language`` is that of the new texts, for a translation. Easy levels that not all levels have are left out.
    """
    if not texts:
        return grid
    document = grid.model_dump()
    for place, holder, key in list(_holders(document)):
        if text := texts.get(place):
            holder[key] = text
    for family in document["families"]:
        for skill in family["skills"]:
            skill["falc_levels"] = skill["falc_levels"] if all(skill["falc_levels"].values()) else {}
            skill["facts"] = tuple(skill["facts"])
    return Grid.model_validate(document | ({"language": language} if language else {}))


def parts_of(places: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return these places by part, in order: ``""`` for the presentation, ``levels``, ``colleges``, ``skills/COO-1``.

    >>> parts_of({"title": "", "levels/0/label": "", "levels/1/label": "", "skills/A/title": "", "skills/A/falc": ""})
    {'': ['title'], 'levels': ['levels/0/label', 'levels/1/label'], 'skills/A': ['skills/A/title', 'skills/A/falc']}
    """
    return {part: list(found) for part, found in groupby(places, part_of)}


def part_of(place: str) -> str:
    """Return the part of a grid where a place is."""
    first, *more = place.split("/")
    if first in ("families", "skills"):
        return f"{first}/{more[0]}"
    return first if first in LISTS else ""
