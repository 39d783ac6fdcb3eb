"""The texts of an addition taken over by another version of its grid."""

from collections.abc import Mapping

from grille.additions.checking import Entry
from grille.additions.places import sources
from grille.correspondence import continuations
from grille.grid import Grid


def carried(before: Grid, after: Grid, entries: Mapping[str, Entry], language: str) -> dict[str, Entry]:
    """Return the entries of a version that find their place in another, under the codes that it has there.

    They keep the source that they translate: where it changed, they are out of date.
    """
    renamed = _renamed(before, after)
    wanted = sources(after, language)
    moved = {_moved(place, renamed): entry for place, entry in entries.items()}
    return {place: moved[place] for place in wanted if place in moved}


def _renamed(before: Grid, after: Grid) -> Mapping[str, str]:
    """The new code of each skill that one other continues alone."""
    return {
        one.before[0]: one.after[0]
        for one in continuations(before, after)
        if len(one.before) == 1 and len(one.after) == 1
    }


def _moved(place: str, renamed: Mapping[str, str]) -> str:
    kind, _slash, rest = place.partition("/")
    if kind != "skills":
        return place
    code, _slash, field = rest.partition("/")
    return f"skills/{renamed.get(code, code)}/{field}"
