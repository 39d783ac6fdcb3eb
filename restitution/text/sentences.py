"""Titles that say what is seen, in plain French, from published figures and verdicts only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grille import Level
from grille.messages import marked
from restitution.text.language import gettext as _
from restitution.text.numbers import Figure, decimal, decimals, rounded

# The words of ``scoring.words`` (a test holds them together): sentences are written where pandas is not loaded too.
UP, STABLE, DOWN = marked("hausse nette"), marked("stable"), marked("baisse nette")
NO_FALL, NO_RISE = marked("pas de baisse nette"), marked("pas de hausse nette")
UNKNOWN = marked("on ne peut pas dire")
CONVERGENT, OPPOSED = marked("avis convergents"), marked("avis opposés")

# Told apart without colour, and read aloud by the words that follow them.
SYMBOLS = {UP: "▲", STABLE: "●", DOWN: "▼", NO_FALL: "≥", NO_RISE: "≤", UNKNOWN: "?"}
_KINDS = {UP: "up", STABLE: "stable", DOWN: "down", NO_FALL: "half", NO_RISE: "half", UNKNOWN: "unknown"}

# Shares of the scale: families nearer than the first are not told apart in a title, and a profile flatter than the
# second has no weak point.
APART, CLEAR = Fraction(1, 16), Fraction(1, 8)

_NUMBER_WORDS = {2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf", 10: "dix"}
_MOST_NAMED = 4  # more titles than this are counted, not named


def kind_of(verdict: str | None) -> str:
    """Return the CSS class name of a verdict; uncertain verdicts have neither the colour of a rise nor of a fall."""
    return _KINDS.get(verdict or "", "hidden")


@dataclass(frozen=True)
class Reading:
    """One family as the sentence needs it: its score now and before (``None`` when hidden) and the verdict between.

    ``still_below`` names an earlier campaign whose level it has not found again, on what compares; empty when none.
    ``hindsight`` is the verdict of what the same people say has changed, when they were asked.
    """

    title: str
    score: Figure | None
    before: Figure | None = None
    verdict: str | None = None
    still_below: str = ""
    hindsight: str | None = None


def listed(words: Sequence[str]) -> str:
    """Return words joined as a list in French.

    >>> listed(["Coopérer"]), listed(["Coopérer", "Connecter", "Faciliter"])
    ('Coopérer', 'Coopérer, Connecter et Faciliter')
    """
    return words[0] if len(words) == 1 else _("%(first)s et %(last)s", first=", ".join(words[:-1]), last=words[-1])


def headline(readings: Sequence[Reading], levels: Sequence[Level], before: str) -> str:
    """Return what changed since ``before`` and what is weakest, in one sentence.

    >>> levels = tuple(Level(value=v, label=str(v)) for v in range(5))
    >>> told = [Reading("Agir", 2.6, 2.0, "hausse nette"), Reading("Lire", 1.2, 1.1, "on ne peut pas dire")]
    >>> headline(told, levels, "2025")
    'Agir a nettement progressé\\u202f; Lire reste le point faible'
    """
    again = seen_again(readings)
    if not any(reading.verdict for reading in readings):
        first = first_reading([(reading.title, reading.score) for reading in readings], levels)
        return "\u202f; ".join([first, *again])
    return "\u202f; ".join([*change_clauses(readings, before), *again, *weakest_clause(readings, levels)])


def seen_again(readings: Sequence[Reading]) -> list[str]:
    """Return the families that rise with hindsight but not between the two campaigns."""
    titles = [reading.title for reading in readings if reading.hindsight == UP and reading.verdict != UP]
    if not titles:
        return []
    if len(titles) == 1:
        return [_("avec le recul, %(family)s a nettement progressé", family=titles[0])]
    return [_("avec le recul, %(families)s ont nettement progressé", families=_some(titles, len(readings)))]


def change_clauses(readings: Sequence[Reading], before: str) -> list[str]:
    compared = [reading for reading in readings if reading.verdict]
    up = [reading for reading in compared if reading.verdict == UP]
    down = [reading.title for reading in compared if reading.verdict == DOWN]
    if not up and not down:
        return [no_clear_change({reading.verdict for reading in compared}, before)]
    risen = [reading.title for reading in up if not reading.still_below]
    said = [_progressed(risen, len(compared), len(readings))] if risen else []
    said += _regained([reading for reading in up if reading.still_below], before)
    return [*said, _receded(down, len(compared), len(readings))] if down else said


def no_clear_change(verdicts: set[str | None], before: str) -> str:
    """Return the sentence when nothing changed clearly, which does not mean that all is stable."""
    if verdicts == {STABLE}:
        return _("Les familles comparées sont stables depuis %(before)s", before=before)
    if verdicts == {UNKNOWN}:
        return _("On ne peut pas dire ce qui a changé depuis %(before)s", before=before)
    return _("Aucun changement net depuis %(before)s", before=before)


def _progressed(titles: Sequence[str], compared: int, of: int) -> str:
    if len(titles) == 1:
        return _("%(family)s a nettement progressé", family=titles[0])
    return _("%(families)s ont nettement progressé", families=_all_or_listed(titles, compared, of))


def _receded(titles: Sequence[str], compared: int, of: int) -> str:
    if len(titles) == 1:
        return _("%(family)s a nettement baissé", family=titles[0])
    return _("%(families)s ont nettement baissé", families=_all_or_listed(titles, compared, of))


def _regained(readings: Sequence[Reading], before: str) -> list[str]:
    """Return a clause per earlier campaign on the families that rise but stay below it."""
    clauses = []
    for label in dict.fromkeys(reading.still_below for reading in readings):
        titles = [reading.title for reading in readings if reading.still_below == label]
        words = {"families": listed(titles), "before": before, "year": label}
        if len(titles) == 1:
            clauses.append(_("%(families)s remonte depuis %(before)s, sans retrouver son niveau de %(year)s", **words))
        else:
            clauses.append(
                _("%(families)s remontent depuis %(before)s, sans retrouver leur niveau de %(year)s", **words)
            )
    return clauses


def _all_or_listed(titles: Sequence[str], compared: int, of: int) -> str:
    number = _NUMBER_WORDS.get(len(titles), str(len(titles)))
    if len(titles) == of and of > 2:
        return _("Les %(number)s familles", number=number)
    if len(titles) == compared and compared > 2:
        return _("Les %(number)s familles comparées", number=number)
    return _some(titles, of)


def _some(titles: Sequence[str], of: int) -> str:
    if len(titles) > _MOST_NAMED:
        return _("%(n)s familles sur %(of)s", n=len(titles), of=of)
    return listed(titles)


def weakest_clause(readings: Sequence[Reading], levels: Sequence[Level]) -> list[str]:
    """Return the clause on the weak point, if any; it « reste » so if it was the same before."""
    now = weakest([(reading.title, reading.score) for reading in readings], levels)
    if not now.titles:
        return []
    shown = [reading for reading in readings if reading.score is not None]
    known = all(reading.before is not None for reading in shown)
    stays = known and now == weakest([(reading.title, reading.before) for reading in shown], levels)
    one, several = (_("reste"), _("restent")) if stays else (_("est"), _("sont"))
    return [f"{listed(now.titles)} {one if len(now.titles) == 1 else several} {now.words}"]


def first_reading(scores: Sequence[tuple[str, Figure | None]], levels: Sequence[Level]) -> str:
    """Return what one campaign alone shows: its strong and weak points, or the range of its families.

    >>> levels = (Level(value=0, label="Jamais"), Level(value=1, label="Parfois"), Level(value=2, label="Toujours"))
    >>> first_reading([("Agir", 1.9), ("Lire", 0.4), ("Voir", 1.0)], levels)
    'Agir est le point fort, Lire le point faible'
    >>> first_reading([("Agir", None), ("Lire", None), ("Voir", None)], levels)
    'Aucune famille n’a de score publié'
    """
    known = _known(scores)
    if not known:
        return _("Aucune famille n’a de score publié")
    if len(known) == 1 and len(scores) > 1:
        return _("%(family)s, seule famille publiée, est %(at)s", family=known[0][0], at=at_level(known[0][1], levels))
    if _spread(known) < CLEAR * _scale(levels):
        return _close_together([score for _title, score in known], levels)
    return _ends(known, levels)


def _ends(known: Sequence[tuple[str, Fraction]], levels: Sequence[Level]) -> str:
    """Return what stands out at each end; if many families are at both, their distance."""
    high, low = strongest(known, levels), weakest(known, levels)
    strong = _("est %(what)s", what=high.words) if len(high.titles) == 1 else _("sont %(what)s", what=high.words)
    weak = _("est %(what)s", what=low.words) if len(low.titles) == 1 else _("sont %(what)s", what=low.words)
    if high.titles and low.titles:
        return f"{listed(high.titles)} {strong}, {listed(low.titles)} {low.words}"
    if high.titles or low.titles:
        return f"{listed(high.titles)} {strong}" if high.titles else f"{listed(low.titles)} {weak}"
    scores, digits = [score for _title, score in known], decimals(len(levels))
    ends = {"low": decimal(min(scores), digits), "high": decimal(max(scores), digits)}
    return _("Les familles publiées vont de %(low)s à %(high)s", **ends)


def _close_together(scores: Sequence[Fraction], levels: Sequence[Level]) -> str:
    places = {at_level(score, levels) for score in scores}
    if len(places) == 1:
        return _("Les familles publiées sont toutes %(at)s", at=places.pop())
    return _("Les familles publiées sont proches les unes des autres")


def at_level(score: Figure, levels: Sequence[Level], places: int | None = None) -> str:
    """Return where a score stands, as printed, to follow « est »: at a level, or between two.

    >>> levels = (Level(value=0, label="Non"), Level(value=1, label="Oui"))
    >>> at_level(0.75, levels).replace("\\u00a0", " "), at_level(0.5, levels).replace("\\u00a0", " ")
    ('au niveau « Oui »', 'entre « Non » et « Oui »')
    """
    read = levels_read(score, levels, places)
    if len(read) == 1:
        return _("au niveau «\u00a0%(level)s\u00a0»", level=read[0])
    return _("entre «\u00a0%(low)s\u00a0» et «\u00a0%(high)s\u00a0»", low=read[0], high=read[1])


def levels_read(score: Figure, levels: Sequence[Level], places: int | None = None) -> tuple[str, ...]:
    """Return the name of the level nearest to a score as printed; both neighbours if exactly halfway."""
    shown = Fraction(rounded(score, decimals(len(levels)) if places is None else places))
    below = max(0, min(math.floor(shown - levels[0].value), len(levels) - 1))
    above = min(below + 1, len(levels) - 1)
    apart = shown - levels[below].value
    if apart == Fraction(1, 2) and above > below:
        return levels[below].label, levels[above].label
    return (levels[above if apart > Fraction(1, 2) else below].label,)


def _known(scores: Sequence[tuple[str, Figure | None]]) -> list[tuple[str, Fraction]]:
    """Return the published scores as exact fractions; a float is taken as it is written in decimal."""
    return [(title, _exact(score)) for title, score in scores if score is not None]


def _exact(score: Figure) -> Fraction:
    return Fraction(repr(score)) if isinstance(score, float) else Fraction(score)


@dataclass(frozen=True)
class Ends:
    """The one or two families at an end of a profile, and what they are called there; no title when it is crowded."""

    titles: tuple[str, ...]
    words: str = ""


def weakest(scores: Sequence[tuple[str, Figure | None]], levels: Sequence[Level]) -> Ends:
    """Return the one or two families clearly below the others; none if even the lowest is strong.

    >>> levels = tuple(Level(value=v, label=str(v)) for v in range(5))
    >>> weakest([("Agir", 1.2), ("Lire", 1.3), ("Voir", 2.0)], levels)
    Ends(titles=('Agir', 'Lire'), words='les points faibles')
    >>> weakest([("Agir", 1.2), ("Lire", 1.3)], levels)
    Ends(titles=(), words='')
    """
    known = _known(scores)
    titles = _group([(title, score - levels[0].value) for title, score in known], levels)
    if not titles:
        return Ends(())
    if max(score for title, score in known if title in titles) < _middle(levels):
        return Ends(titles, _("le point faible") if len(titles) == 1 else _("les points faibles"))
    return Ends(titles, _("le moins avancé") if len(titles) == 1 else _("les moins avancés"))


def strongest(scores: Sequence[tuple[str, Figure | None]], levels: Sequence[Level]) -> Ends:
    """Return the one or two families clearly above the others; none if even the highest is weak."""
    known = _known(scores)
    titles = _group([(title, levels[-1].value - score) for title, score in known], levels)
    if not titles:
        return Ends(())
    if min(score for title, score in known if title in titles) >= _middle(levels):
        return Ends(titles, _("le point fort") if len(titles) == 1 else _("les points forts"))
    return Ends(titles, _("le plus avancé") if len(titles) == 1 else _("les plus avancés"))


def _group(distances: Sequence[tuple[str, Fraction]], levels: Sequence[Level]) -> tuple[str, ...]:
    """Those nearest to an end of the scale, when they are one or two and the profile is not flat."""
    if not distances or _spread(distances) < CLEAR * _scale(levels):
        return ()
    nearest = min(distance for _title, distance in distances)
    group = tuple(title for title, distance in distances if distance - nearest < APART * _scale(levels))
    return group if len(group) <= 2 else ()


def _spread(known: Sequence[tuple[str, Fraction]]) -> Fraction:
    scores = [score for _title, score in known]
    return max(scores) - min(scores)


def _scale(levels: Sequence[Level]) -> int:
    return levels[-1].value - levels[0].value


def _middle(levels: Sequence[Level]) -> Fraction:
    return Fraction(levels[0].value + levels[-1].value, 2)
