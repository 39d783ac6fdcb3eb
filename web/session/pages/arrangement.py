"""The slides of a campaign in the order chosen by its team."""

from collections.abc import Sequence

from storage.review.slide_order import SlideOrder
from web.session.pages.script import ScriptPart, script_of
from web.session.pages.slide import GUESS, Slide

# What these kinds show after a guess gives its answer.
ANSWERS = {"radar", "changes", "top-gains", "falls", "slope", "colleges", "family", "retained", "worked", "passage"}


def all_slides(slides: Sequence[Slide], arrangement: SlideOrder) -> list[Slide]:
    """Return every slide in the chosen order, the hidden ones and the team's own included."""
    return [slide for part in script_of(slides, arrangement) for slide in part.slides]


def projected_slides(script: Sequence[ScriptPart]) -> list[Slide]:
    """Return the slides to project; the first one when all are hidden, so that a deck is never empty."""
    shown = [slide for part in script for slide in part.shown]
    return shown or [slide for part in script for slide in part.slides][:1]


def after_the_guess(slides: Sequence[Slide]) -> frozenset[str]:
    """Return the names of the slides that give the answer of a guess: the room does not have them before it guesses."""
    guesses = [place for place, slide in enumerate(slides) if slide.kind == GUESS]
    later = slides[guesses[0] :] if guesses else []
    return frozenset(slide.name for slide in later if slide.kind in ANSWERS)
