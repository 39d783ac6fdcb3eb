"""The parts of a session, and the order in which its team wants its slides: deck and PowerPoint file follow it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from grille.messages import message as _
from storage.review.slide_moves import is_part
from storage.review.slide_order import SlideOrder, ordered_slides


@dataclass(frozen=True)
class Part:
    """A part of a session: its title, its planned minutes unless the team says otherwise, its slides.

    ``slides`` are the beginnings of their keys.
    """

    key: str
    title: str
    minutes: int
    slides: tuple[str, ...]


# Two hours. A slide that no part names is in the part of the slide before it.
PARTS: Final = (
    Part("partie-accueil", _("Accueil"), 10, ("opening",)),
    Part("partie-regles", _("Règles de la séance"), 5, ("rules", "levels")),
    Part("partie-promesses", _("Ce que nous avions promis"), 10, ("promises",)),
    Part("partie-resultats", _("Résultats"), 35, ("radar",)),
    Part("partie-fete", _("Ce qui se fête"), 10, ("bravo", "parcours-fait", "worked")),
    Part("partie-groupes", _("Petits groupes"), 20, ("groups",)),
    Part("partie-vote", _("Vote"), 10, ("vote", "points", "words")),
    Part("partie-decisions", _("Décisions"), 15, ("parcours-suite", "decide")),
    Part("partie-merci", _("Remerciements"), 5, ("thanks",)),
)
BY_KEY: Final = {one.key: one for one in PARTS}


def script_keys(names: Sequence[str], order: SlideOrder) -> list[str]:
    """Return the keys of parts and slides in the order of the team; the first is that of a part.

    ``names`` are the slides that the product makes, in its own order.
    """
    made, texts = list(_as_made(names)), [one.key for one in order.texts]
    end = made.index(PARTS[-1].key)
    keys = ordered_slides([*made[:end], *texts, *made[end:]], order.order)
    first = next(place for place, key in enumerate(keys) if is_part(key))
    return [keys[first], *keys[:first], *keys[first + 1 :]]


def shown_keys(names: Sequence[str], order: SlideOrder) -> list[str]:
    """Return the keys of the slides to show, in order; all of them when all are hidden."""
    found, hidden = [], False
    for key in script_keys(names, order):
        if is_part(key):
            hidden = key in order.hidden
        elif not hidden and key not in order.hidden:
            found.append(key)
    return found or list(names)


def _as_made(names: Sequence[str]) -> Iterator[str]:
    """Yield each part and its slides, as the product gives them."""
    by_part: dict[str, list[str]] = {part.key: [] for part in PARTS}
    current = PARTS[0].key
    for name in names:
        current = next((part.key for part in PARTS if _begins(name, part.slides)), current)
        by_part[current].append(name)
    for key, some in by_part.items():
        yield key
        yield from some


def _begins(name: str, keys: Sequence[str]) -> bool:
    return any(name == key or name.startswith(f"{key}-") for key in keys)
