"""The headline in two parts, for a session: what changed first, then where the families stand."""

from collections.abc import Sequence

from grille import Level
from restitution.text.language import gettext as _
from restitution.text.sentences import (
    Reading,
    change_clauses,
    first_reading,
    listed,
    seen_again,
    strongest,
    weakest_clause,
)


def what_changed(readings: Sequence[Reading], before: str) -> str:
    """Return what changed since ``before``, in one sentence; without any verdict, that there is none.

    >>> what_changed([Reading("Agir", 2.6, 2.0, "hausse nette"), Reading("Lire", 1.2, 1.1, "stable")], "2025")
    'Agir a nettement progressé'
    """
    clear = any(reading.verdict for reading in readings)
    said = change_clauses(readings, before) if clear else [_("Ce qui se compare à %(year)s, sans verdict", year=before)]
    return "\u202f; ".join([*said, *seen_again(readings)])


def where_it_stands(readings: Sequence[Reading], levels: Sequence[Level]) -> str:
    """Return the strong and the weak points of the newest campaign; when none stands out, how the families lie.

    >>> levels = tuple(Level(value=v, label=str(v)) for v in range(5))
    >>> where_it_stands([Reading("Agir", 2.6, 1.2, "stable"), Reading("Lire", 1.2, 1.1, "stable")], levels)
    'Agir est le point fort\\u202f; Lire est le point faible'
    """
    scores = [(reading.title, reading.score) for reading in readings]
    strong = strongest(scores, levels)
    said = [*_strong(strong.titles, strong.words), *weakest_clause(readings, levels)]
    return "\u202f; ".join(said) if said else first_reading(scores, levels)


def _strong(titles: Sequence[str], words: str) -> list[str]:
    if not titles:
        return []
    verb = _("est %(what)s", what=words) if len(titles) == 1 else _("sont %(what)s", what=words)
    return [f"{listed(titles)} {verb}"]
