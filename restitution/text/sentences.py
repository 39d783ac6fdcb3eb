"""Titles that say what is seen, in plain French, from published figures and verdicts only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grille import Level
from restitution.text.language import gettext as _

UP, STABLE, DOWN = "hausse nette", "stable ou incertain", "baisse nette"

# Families nearer than this are not told apart in a title, and a profile flatter than that has no weak point.
APART, CLEAR = 0.25, 0.5

_NUMBER_WORDS = {2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf", 10: "dix"}


@dataclass(frozen=True)
class Reading:
    """One family as the sentence needs it: its score now and before (``None`` when hidden) and the verdict between."""

    title: str
    score: float | None
    before: float | None = None
    verdict: str | None = None


def listed(words: Sequence[str]) -> str:
    """Words joined as French joins them.

    >>> listed(["Coopérer"]), listed(["Coopérer", "Connecter", "Faciliter"])
    ('Coopérer', 'Coopérer, Connecter et Faciliter')
    """
    return words[0] if len(words) == 1 else _("%(first)s et %(last)s", first=", ".join(words[:-1]), last=words[-1])


def headline(readings: Sequence[Reading], levels: Sequence[Level], before: str) -> str:
    """What changed since ``before`` and what is weakest, in one sentence.

    >>> levels = tuple(Level(value=v, label=str(v)) for v in range(5))
    >>> told = [Reading("Agir", 2.6, 2.0, "hausse nette"), Reading("Lire", 1.2, 1.1, "stable ou incertain")]
    >>> headline(told, levels, "2025")
    'Agir a nettement progressé\\u202f; Lire reste le point faible'
    """
    compared = [reading for reading in readings if reading.verdict]
    if not compared:
        return first_reading([(reading.title, reading.score) for reading in readings], levels)
    return "\u202f; ".join([*_changes(compared, before), *_weakest(readings, levels)])


def _changes(compared: Sequence[Reading], before: str) -> list[str]:
    up = [reading.title for reading in compared if reading.verdict == UP]
    down = [reading.title for reading in compared if reading.verdict == DOWN]
    if not up and not down:
        return [_("Pas de changement net depuis %(before)s", before=before)]
    clauses = [_progressed(up, len(compared))] if up else []
    return [*clauses, _receded(down, len(compared))] if down else clauses


def _progressed(titles: Sequence[str], of: int) -> str:
    if len(titles) == 1:
        return _("%(family)s a nettement progressé", family=titles[0])
    return _("%(families)s ont nettement progressé", families=_all_or_listed(titles, of))


def _receded(titles: Sequence[str], of: int) -> str:
    if len(titles) == 1:
        return _("%(family)s a nettement baissé", family=titles[0])
    return _("%(families)s ont nettement baissé", families=_all_or_listed(titles, of))


def _all_or_listed(titles: Sequence[str], of: int) -> str:
    if len(titles) == of and of > 2:
        return _("Les %(number)s familles", number=_NUMBER_WORDS.get(of, str(of)))
    return listed(titles)


def _weakest(readings: Sequence[Reading], levels: Sequence[Level]) -> list[str]:
    lowest = lowest_of([(reading.title, reading.score) for reading in readings])
    if not lowest:
        return []
    words = _low_words(readings, lowest, levels)
    stays = lowest == lowest_of([(reading.title, reading.before) for reading in readings])
    one, several = (_("reste"), _("restent")) if stays else (_("est"), _("sont"))
    return [f"{listed(lowest)} {one if len(lowest) == 1 else several} {words}"]


def _low_words(readings: Sequence[Reading], lowest: Sequence[str], levels: Sequence[Level]) -> str:
    """The last of a strong profile is no weak point."""
    scores = [reading.score for reading in readings if reading.title in lowest and reading.score is not None]
    if max(scores) < (levels[0].value + levels[-1].value) / 2:
        return _("le point faible") if len(lowest) == 1 else _("les points faibles")
    return _("le moins avancé") if len(lowest) == 1 else _("les moins avancés")


def first_reading(scores: Sequence[tuple[str, float | None]], levels: Sequence[Level]) -> str:
    """What one campaign alone shows: its strong and weak points, or that they are close together.

    >>> levels = (Level(value=0, label="Jamais"), Level(value=1, label="Parfois"), Level(value=2, label="Toujours"))
    >>> first_reading([("Agir", 1.9), ("Lire", 0.4), ("Voir", 1.0)], levels)
    'Agir est le point fort, Lire le point faible'
    >>> first_reading([("Agir", None), ("Lire", None), ("Voir", None)], levels)
    'Pas assez de réponses pour montrer un profil'
    """
    known = [(title, score) for title, score in scores if score is not None]
    if not known:
        return _("Pas assez de réponses pour montrer un profil")
    strongest, weakest = _highest_of(known), lowest_of(known)
    if not strongest or not weakest or _spread(known) < CLEAR:
        return _close_together([score for _title, score in known], levels)
    readings = [Reading(title, score) for title, score in known]
    strong = _("est le point fort") if len(strongest) == 1 else _("sont les points forts")
    return f"{listed(strongest)} {strong}, {listed(weakest)} {_low_words(readings, weakest, levels)}"


def _close_together(scores: Sequence[float], levels: Sequence[Level]) -> str:
    nearest = {min(levels, key=lambda level: (abs(level.value - score), -level.value)).label for score in scores}
    if len(nearest) == 1:
        return _("Les familles publiées sont toutes au niveau « %(level)s »", level=nearest.pop())
    return _("Les familles publiées sont proches les unes des autres")


def lowest_of(scores: Sequence[tuple[str, float | None]]) -> list[str]:
    """The one or two families that stand clearly below the others; none when the bottom is crowded.

    >>> lowest_of([("Agir", 1.2), ("Lire", 1.3), ("Voir", 2.0)]), lowest_of([("Agir", 1.2), ("Lire", 1.3)])
    (['Agir', 'Lire'], [])
    """
    known = [(title, score) for title, score in scores if score is not None]
    bottom = min((score for _title, score in known), default=0.0)
    group = [title for title, score in known if score - bottom < APART]
    return group if len(group) <= 2 and len(group) < len(known) else []


def _highest_of(known: Sequence[tuple[str, float]]) -> list[str]:
    return lowest_of([(title, -score) for title, score in known])


def _spread(known: Sequence[tuple[str, float]]) -> float:
    scores = [score for _title, score in known]
    return max(scores) - min(scores)
