"""A diagnostic of the first edition that is printed again is read whole, against naive figures of that edition."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from restitution import adopted_diagnostic
from restitution.adopted_diagnostic import AdoptedDiagnostic
from restitution.chart_data.radar import Point, level_word
from restitution.documents.pdf import adopted as reprint
from tests.restitution.reader.reading import Reader, Untrue
from tests.restitution.reader.rendered.page_reader import read_text
from tests.restitution.reader.rendered.team.reprint import texts_of_reprint
from tests.restitution.reader.territories import territory
from tests.restitution.test_reader import facts_of
from tests.web.rendered_team import reprint_content

# Hidden scores, scores without interval, scores under zero, fifteen families, two levels between them.
FEW, MANY = (1, 2, 3, 5, 8, 14), range(16, 316)


def read(pages: Flask, seed: int) -> None:
    """Raises ``Untrue`` at the first text that is not true, that nobody can read or that another one contradicts."""
    place = territory(seed)
    reader = Reader(facts_of(place))
    try:
        texts = list(texts_of_reprint(reprint_content(pages, place)))
    except (LookupError, TypeError, ValueError) as problem:
        raise Untrue(f"a document whose shape nobody knows: {problem!r}") from problem
    for text in texts:
        read_text(reader, text)


@pytest.mark.parametrize("seed", FEW)
def test_every_text_of_a_reprint_is_true(seed: int, pages: Flask) -> None:
    read(pages, seed)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_every_text_of_three_hundred_reprints_is_true(pages: Flask) -> None:
    found = []
    for seed in MANY:
        try:
            read(pages, seed)
        except Untrue as problem:
            found.append(f"territory({seed}): {problem}")
    assert found == []


# Faults of the reprint, each caught.


def as_today(self: AdoptedDiagnostic, score: float) -> str:
    """The level as the second edition reads it."""
    return level_word(score, self.grid.levels, self._places)


def always_kept(_self: AdoptedDiagnostic, _family: str, _score: Point) -> Point:
    """A score that is said to stand, whether there is one or not."""
    return Point(None, "score gardé")


FAULTS: dict[str, tuple[Any, str, Callable[[Any], Any]]] = {
    "an interval of another family": (
        AdoptedDiagnostic,
        "interval",
        lambda was: property(lambda self: dict(zip(was.fget(self), [*was.fget(self).values()][::-1], strict=True))),
    ),
    "no reason": (AdoptedDiagnostic, "_hidden", lambda _was: property(lambda _self: "moins de 9 collèges publiés")),
    "a level as read today": (AdoptedDiagnostic, "_word", lambda _was: as_today),
    "a score that stands where there is none": (AdoptedDiagnostic, "_retained", lambda _was: always_kept),
    "an interval that is not told": (AdoptedDiagnostic, "_interval", lambda _was: lambda _self, _row: ""),
    "other people": (adopted_diagnostic, "respondents", lambda was: lambda n, k: was(n if n == "<k" else n + 1, k)),
    "a level where the score stands": (
        reprint,
        "_family",
        lambda was: lambda one, interval: was(replace(one, retained=one.retained or "Rien"), interval),
    ),
    "another drawing": (
        reprint,
        "radar_picture",
        lambda was: lambda radar: was(replace(radar, series=radar.series[::-1])),
    ),
    "another description": (
        reprint,
        "description_of",
        lambda was: lambda radar: was(replace(radar, axes=radar.axes[::-1])),
    ),
    "a rule of today": (
        AdoptedDiagnostic,
        "rules",
        lambda was: property(lambda self: [(one, "7" if value == "5" else value) for one, value in was.fget(self)]),
    ),
    "another edition": (AdoptedDiagnostic, "method", lambda _was: property(lambda _self: "édition 2 de la méthode")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_reprint_is_caught(fault: str, pages: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, instead = FAULTS[fault]
    monkeypatch.setattr(where, name, instead(vars(where)[name]))
    for seed in FEW:
        try:
            read(pages, seed)
        except Untrue:
            return
    pytest.fail("no text was found false")
