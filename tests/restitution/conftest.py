"""Radars for tests: any number of axes and levels, with or without hidden scores."""

from collections.abc import Callable, Sequence

import pytest

from grille import Level
from restitution.chart_data.colours import hue
from restitution.chart_data.radar import ROLES, Axis, Point, Radar, Series, badges_of

FAMILIES = ("Coopérer", "Connecter", "Faciliter", "Intégrer", "S’ouvrir")
HIDDEN = "moins de 5 réponses"

Values = Sequence[float | None]


def made_axes(titles: Sequence[str]) -> tuple[Axis, ...]:
    badges = badges_of([f"{title[:2]}{number}" for number, title in enumerate(titles)])
    return tuple(
        Axis(f"F{i}", title, badge, hue(i)) for i, (title, badge) in enumerate(zip(titles, badges, strict=True))
    )


def made_points(values: Values) -> tuple[Point, ...]:
    return tuple(Point(None, HIDDEN) if value is None else Point(value) for value in values)


def made_radar(*campaigns: Values, titles: Sequence[str] = FAMILIES, top: int = 4) -> Radar:
    """A radar of those campaigns, newest first, called 2026, 2025… on levels from 0 to ``top``."""
    levels = tuple(Level(value=value, label=f"Niveau {value}") for value in range(top + 1))
    series = tuple(
        Series(str(2026 - i), made_points(values), role)
        for i, (values, role) in enumerate(zip(campaigns, ROLES, strict=False))
    )
    return Radar(made_axes(titles), series, levels, "Un titre", ("12 réponses dans 3 collèges",))


@pytest.fixture
def radar() -> Callable[..., Radar]:
    return made_radar
