"""The script of a session as its team prepared it: how long each part lasts, and its slides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from restitution.charts.qr_code import qr_svg
from restitution.charts.stage.own_text import own_text_size
from restitution.charts.stage.picture import SMALLEST
from restitution.text.language import localized
from storage.review.slide_moves import is_part
from storage.review.slide_order import OwnSlide, SlideOrder
from web.results.session_parts import BY_KEY, script_keys
from web.session.pages.slide import Slide


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
    for key in script_keys([one.name for one in slides], order):
        if is_part(key):
            found.append((key, []))
        else:
            found[-1][1].append(known[key])
    return list(_timed(found, order))


def own_slide(own: OwnSlide) -> Slide:
    """Return the slide of what the team wrote."""
    size = own_text_size(own.words, beside=bool(own.picture or own.link)) or SMALLEST
    code = Markup(qr_svg(own.link, title=own.link)) if own.link else ""  # noqa: S704  # drawn by segno
    content = {"text": own.words, "size": size, "picture": own.picture, "link": own.link, "code": code}
    return Slide("text", own.title, content, own.key)


def _timed(found: Sequence[tuple[str, Sequence[Slide]]], order: SlideOrder) -> Iterator[ScriptPart]:
    starts = 0
    for key, slides in found:
        part = BY_KEY[key]
        minutes, hidden = order.minutes.get(key, part.minutes), key in order.hidden
        title = str(localized(part.title))
        made = ScriptPart(key, title, minutes, hidden, tuple(slides), starts, order.hidden)
        yield made
        starts += made.lasts
