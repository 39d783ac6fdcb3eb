"""The slides of a campaign in the order chosen by its team."""

from collections.abc import Sequence

from storage.review.slide_order import SlideOrder, ordered_slides
from web.session.pages.slide import GUESS, Slide

# What these kinds show after a guess gives its answer.
ANSWERS = {"radar", "changes", "top-gains", "falls", "slope", "colleges", "family", "retained", "worked", "passage"}


def all_slides(slides: Sequence[Slide], arrangement: SlideOrder) -> list[Slide]:
    """Return every slide in the chosen order, the hidden ones and those of text included."""
    texts = [Slide("text", one.title, {"text": one.text}, one.key) for one in arrangement.texts]
    known = {slide.name: slide for slide in (*slides[:-1], *texts, *slides[-1:])}
    return [known[name] for name in ordered_slides(list(known), arrangement.order)]


def projected_slides(slides: Sequence[Slide], arrangement: SlideOrder) -> list[Slide]:
    """Return the slides to project; the first one when all are hidden, so that a deck is never empty."""
    every = all_slides(slides, arrangement)
    return [slide for slide in every if slide.name not in arrangement.hidden] or every[:1]


def after_the_guess(slides: Sequence[Slide]) -> frozenset[str]:
    """Return the names of the slides that give the answer of a guess: the room does not have them before it guesses."""
    guesses = [place for place, slide in enumerate(slides) if slide.kind == GUESS]
    later = slides[guesses[0] :] if guesses else []
    return frozenset(slide.name for slide in later if slide.kind in ANSWERS)
