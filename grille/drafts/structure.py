"""Changes of the structure of a draft: parts are added, moved, removed, and put back where they were."""

from typing import Literal

from grille.drafts.document import LISTS, Document, Kind, Part, find_part, new_part, parts_of

Direction = Literal["up", "down"]
_BEGINNINGS = {"family": "F", "college": "college-"}


class FamilyRemoved(KeyError):
    """A skill cannot be put back: the family where it was has been removed too."""


def list_of(document: Document, kind: Kind, key: int) -> list[Part]:
    """Return the list that holds the part of that kind and key. Raises ``KeyError`` when there is none."""
    holders = document["families"] if kind == "skill" else [document]
    for holder in holders:
        found: list[Part] = holder[LISTS[kind]]
        if any(one["key"] == key for one in found):
            return found
    raise KeyError(key)


def add_part(document: Document, kind: Kind, family: int = 0) -> Part:
    """Add an empty part at the end of its list, with a code that is free, and return it.

    ``family`` is the key of the family of a skill. Raises ``KeyError`` when it is not there.
    """
    part = new_part(document, kind)
    if kind == "skill":
        holder = find_part(document, "family", family)
        if holder is None:
            raise KeyError(family)
        part["code"] = _free_code(document, "skill", f"{holder['code']}-")
        holder["skills"].append(part)
        return part
    if kind in _BEGINNINGS:
        part["code"] = _free_code(document, kind, _BEGINNINGS[kind])
    document[LISTS[kind]].append(part)
    return part


def _free_code(document: Document, kind: Kind, begun: str) -> str:
    known = {one["code"].casefold() for one in parts_of(document, kind)}
    known |= {one["part"].get("code", "").casefold() for one in document["removed"]}
    rank = 1
    while f"{begun}{rank}".casefold() in known:
        rank += 1
    return f"{begun}{rank}"


def move_part(document: Document, kind: Kind, key: int, direction: Direction) -> None:
    """Move a part one place up or down. A skill at an end of its family goes to the next family.

    Nothing moves at the ends. Raises ``KeyError`` when the part is not there.
    """
    held = list_of(document, kind, key)
    place = next(at for at, one in enumerate(held) if one["key"] == key)
    target = place + (1 if direction == "down" else -1)
    if 0 <= target < len(held):
        held[place], held[target] = held[target], held[place]
    elif kind == "skill":
        _to_the_next_family(document, held, place, direction)


def _to_the_next_family(document: Document, held: list[Part], place: int, direction: Direction) -> None:
    families = document["families"]
    at = next(rank for rank, one in enumerate(families) if one["skills"] is held)
    target = at + (1 if direction == "down" else -1)
    if 0 <= target < len(families):
        skills = families[target]["skills"]
        skills.insert(0 if direction == "down" else len(skills), held.pop(place))


def remove_part(document: Document, kind: Kind, key: int) -> Part:
    """Remove a part, and return it; the document keeps it, so that it can be put back.

    Raises ``KeyError`` when the part is not there.
    """
    held = list_of(document, kind, key)
    place = next(at for at, one in enumerate(held) if one["key"] == key)
    family = next((one["key"] for one in document["families"] if one["skills"] is held), 0)
    part = held.pop(place)
    document["removed"].append({"kind": kind, "place": place, "family": family, "part": part})
    return part


def restore_part(document: Document, key: int) -> Part:
    """Put a removed part back where it was, as far as its place still exists, and return it.

    Raises ``KeyError`` when no part of that key was removed, and ``FamilyRemoved`` when its family is not there.
    """
    found = next((one for one in document["removed"] if one["part"]["key"] == key), None)
    if found is None:
        raise KeyError(key)
    holder = find_part(document, "family", found["family"]) if found["kind"] == "skill" else document
    if holder is None:
        raise FamilyRemoved(found["family"])
    document["removed"].remove(found)
    holder[LISTS[found["kind"]]].insert(found["place"], found["part"])
    part: Part = found["part"]
    return part
