"""The chart of the home page: published figures of the demonstration, kept in a file so that no pandas is loaded.

A test holds ``example.json`` to what the demonstration gives; ``python -m tests.web.example_chart`` writes it again.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

import grille
from restitution.labels import PHONE, Layout
from restitution.language import gettext as _
from restitution.radar import ROLES, Point, Radar, Series, axes_of
from restitution.svg import radar_drawing
from restitution.tables import Table, radar_table

FILE = Path(__file__).with_name("example.json")
_WIDE = Layout(width=540, radius=175, font=15.5, letters=12, past=False, badges=False)


@dataclass(frozen=True, slots=True)
class Example:
    """A territory's radar, drawn for wide screens and for phones, and its table."""

    territory: str
    campaign: str
    headline: str
    radar: Radar
    wide: Markup
    phone: Markup
    table: Table


@cache
def example() -> Example:
    """The chart, drawn once per process."""
    kept = json.loads(FILE.read_text("utf-8"))
    radar = _radar(kept["territory"], kept["waves"])
    return Example(
        kept["territory"],
        kept["campaign"],
        kept["headline"],
        radar,
        radar_drawing(radar, layout=_WIDE, ident="exemple", extra="wide"),
        radar_drawing(radar, layout=PHONE, ident="exemple-etroit", extra="phone"),
        radar_table(radar),
    )


def _radar(territory: str, waves: dict[str, dict[str, float]]) -> Radar:
    """The radar of these scores: year to family to score, newest first."""
    grid = grille.current()
    series = tuple(
        Series(year, tuple(Point(scores[family.code]) for family in grid.families), role)
        for (year, scores), role in zip(waves.items(), ROLES, strict=True)
    )
    newest, *others = waves
    title = _(
        "%(territory)s en %(newest)s, comparé à %(others)s", territory=territory, newest=newest, others=_and(others)
    )
    return Radar(axes_of(grid), series, grid.levels, title)


def _and(words: list[str]) -> str:
    return _(" et ").join(words)
