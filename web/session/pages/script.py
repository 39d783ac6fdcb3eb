"""The script of a session: its parts, how long each is planned to last, and the slides of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from grille.messages import message as _
from restitution.charts.qr_code import qr_svg
from restitution.charts.stage.own_text import own_text_size
from restitution.charts.stage.picture import SMALLEST
from restitution.text.language import localized
from storage.review.slide_moves import is_part
from storage.review.slide_order import OwnSlide, SlideOrder, ordered_slides
from web.session.pages.slide import Slide


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
_BY_KEY: Final = {one.key: one for one in PARTS}


@dataclass(frozen=True)
class ScriptPart:
    """A part as the team prepared it, with its slides in order, the hidden ones included.

    ``starts`` is after how many minutes it begins.
    """

    key: str
    title: str
    minutes: int
    hidden: bool
    slides: tuple[Slide, ...]
    starts: int = 0
    left_out: frozenset[str] = frozenset()

    @property
    def shown(self) -> tuple[Slide, ...]:
        """Its slides that are projected."""
        return () if self.hidden else tuple(one for one in self.slides if one.name not in self.left_out)

    @property
    def lasts(self) -> int:
        """Its minutes; none when it shows nothing."""
        return self.minutes if self.shown else 0


def script_of(slides: Sequence[Slide], order: SlideOrder) -> list[ScriptPart]:
    """Return the parts of a session in order, each with its slides; ``slides`` are those of the results."""
    known = {slide.name: slide for slide in (*slides, *map(own_slide, order.texts))}
    found: list[tuple[str, list[Slide]]] = []
    for key in script_keys(slides, order):
        if is_part(key):
            found.append((key, []))
        else:
            found[-1][1].append(known[key])
    return list(_timed(found, order))


def script_keys(slides: Sequence[Slide], order: SlideOrder) -> list[str]:
    """Return the keys of parts and slides in the order of the team; the first is that of a part."""
    made = list(_as_made([slide.name for slide in slides]))
    texts = [one.key for one in order.texts]
    keys = ordered_slides([*made[:-1], *texts, *made[-1:]], order.order)
    first = next(place for place, key in enumerate(keys) if is_part(key))
    return [keys[first], *keys[:first], *keys[first + 1 :]]


def own_slide(own: OwnSlide) -> Slide:
    """Return the slide of what the team wrote."""
    size = own_text_size(own.text, beside=bool(own.picture or own.link)) or SMALLEST
    code = Markup(qr_svg(own.link, title=own.link)) if own.link else ""  # noqa: S704  # drawn by segno
    content = {"text": own.text, "size": size, "picture": own.picture, "link": own.link, "code": code}
    return Slide("text", own.title, content, own.key)


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


def _timed(found: Sequence[tuple[str, Sequence[Slide]]], order: SlideOrder) -> Iterator[ScriptPart]:
    starts = 0
    for key, slides in found:
        part = _BY_KEY[key]
        minutes, hidden = order.minutes.get(key, part.minutes), key in order.hidden
        title = str(localized(part.title))
        made = ScriptPart(key, title, minutes, hidden, tuple(slides), starts, order.hidden)
        yield made
        starts += made.lasts
