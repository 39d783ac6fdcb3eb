"""The sequence of a session: one idea a slide, from who answered to what the room decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from grille import Skill
from restitution import colleges, slope
from restitution.changes import FamilyChange
from restitution.labels import SLIDE
from restitution.language import gettext as _
from restitution.numbers import decimal, share
from restitution.radar import Radar, Series, level_word
from restitution.sentences import DOWN, STABLE, UP
from restitution.skills import HIGH_UNKNOWN
from restitution.svg import radar_drawing
from web.review.page import ReviewPage

# What a slide holds at 28 px on 1080 lines: panels side by side, rows of them while colleges are few, changes, skills.
PANEL_COLUMNS, PANEL_ROWS, PANEL_COLLEGES = 3, 2, 5
MOVES_A_SLIDE, MOST_UNKNOWN = 5, 5

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Slide:
    """One idea: ``kind`` names its template, ``content`` is what it shows, ``notes`` what the presenter reads."""

    kind: str
    title: str
    content: dict[str, Any] = field(default_factory=dict)
    notes: str = ""


def slides_of(page: ReviewPage) -> list[Slide]:
    """The slides of a session, in order; those that would have nothing to show are not made."""
    return [
        Slide("opening", page.headline, {"bars": _bars(page)}),
        _reading(page),
        *_radars(page),
        *_changes(page),
        *_slope(page),
        *_families(page),
        *_colleges(page),
        *_unknown(page),
        Slide("decide", _("À nous de décider")),
    ]


def _bars(page: ReviewPage) -> list[tuple[str, str, float | None]]:
    """Each college, how many answered in words, and its share of the largest for the bar's length."""
    known = {code: n for code in page.colleges if isinstance(n := page.profile.respondents.get(code), int)}
    largest = max(known.values(), default=1)
    return [
        (label, words, known[code] / largest if code in known else None)
        for (code, label), (_label, words) in zip(page.colleges.items(), page.participation, strict=True)
    ]


def _reading(page: ReviewPage) -> Slide:
    """What a level means, taught with a skill that people were asked about."""
    skill = next((view.skill for family in page.families for view in family.skills), page.profile.grid.skills[0])
    return Slide("levels", _("Lire un niveau en dix secondes"), {"skill": skill, "steps": _steps(page, skill)})


def _steps(page: ReviewPage, skill: Skill) -> list[tuple[int, str, str]]:
    return [(level.value, level.label, skill.levels[level.value]) for level in page.profile.grid.levels]


def _radars(page: ReviewPage) -> Iterator[Slide]:
    """The oldest wave, then each later one drawn over it; the room guesses before the newest is shown."""
    waves = list(reversed(page.radar.series))
    for shown in range(1, len(waves) + 1):
        newest = shown == len(waves)
        if newest and shown > 1 and _seen(waves[-1]):
            yield Slide("question", _("Avant de montrer %(year)s", year=waves[-1].label))
        yield _radar(page, waves[:shown], last=newest)


def _seen(series: Series) -> bool:
    return any(value is not None for value in series.values)


def _radar(page: ReviewPage, series: Sequence[Series], *, last: bool) -> Slide:
    radar = replace(page.radar, series=tuple(reversed(series)))
    drawing = radar_drawing(radar, layout=SLIDE, ident=f"radar-{series[-1].label}")
    said = _said(radar) if last else []
    content = {"radar": radar, "drawing": drawing, "said": said, "hidden": not _seen(series[-1])}
    return Slide("radar", page.headline if last else _("En %(year)s", year=series[-1].label), content)


def _said(radar: Radar) -> list[tuple[str, str, str]]:
    """The strongest and the weakest families, with their level in words."""
    known = [
        (point.value, axis)
        for axis, point in zip(radar.axes, radar.series[0].points, strict=True)
        if point.value is not None
    ]
    ends = sorted(known, key=lambda pair: -pair[0])
    return [
        (axis.title, axis.hue, f"{decimal(value)} · {radar.level_word(value)}")
        for value, axis in (ends[:1] + ends[1:][-1:])
    ]


def _changes(page: ReviewPage) -> Iterator[Slide]:
    """What rose, what fell, what did not clearly move: a few families a slide, or none of that kind."""
    since = page.previous.label if page.previous else ""
    titles = {
        UP: _("Ce qui a progressé depuis %(year)s", year=since),
        DOWN: _("Ce qui a baissé depuis %(year)s", year=since),
        STABLE: _("Ce qui ne bouge pas nettement depuis %(year)s", year=since),
    }
    for verdict, title in titles.items():
        found = [change for change in page.territory_changes if change.verdict == verdict]
        for some in _by(MOVES_A_SLIDE, found):
            yield Slide("changes", title, {"changes": _told(some, page), "kind": some[0].kind})


def _by(size: int, things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """Slices of at most that many."""
    for start in range(0, len(things), size):
        yield things[start : start + size]


def _told(found: Sequence[FamilyChange], page: ReviewPage) -> list[tuple[FamilyChange, str]]:
    return [(change, _move(change, page)) for change in found]


def _move(change: FamilyChange, page: ReviewPage) -> str:
    """From what to what, in the words of the levels when they differ."""
    if change.before is None or change.after is None:
        return ""
    before, after = (level_word(value, page.profile.grid.levels) for value in (change.before, change.after))
    if before != after:
        return _("De «\u00a0%(before)s\u00a0» à «\u00a0%(after)s\u00a0»", before=before, after=after)
    return _("Toujours «\u00a0%(level)s\u00a0»", level=after)


def _slope(page: ReviewPage) -> Iterator[Slide]:
    if page.slope and _seen(page.radar.series[0]):
        drawing = slope.slope_drawing(page.slope, frame=slope.SLIDE, ident="pente")
        yield Slide("slope", _("Le chemin parcouru, famille par famille"), {"drawing": drawing})


def _families(page: ReviewPage) -> Iterator[Slide]:
    for view, point in zip(page.families, page.radar.series[0].points, strict=True):
        if view.skills:
            score = "" if point.value is None else f"{decimal(point.value)} · {page.radar.level_word(point.value)}"
            yield Slide("family", view.axis.title, {"view": view, "score": score, "rank": _rank(page)})


def _rank(page: ReviewPage) -> Any:
    """How dark the cell of a score is, from 0 to 10: a class name, for no style is written in a page."""

    def rank(value: float) -> int:
        return round(page.radar.position(value) * 10)

    return rank


def _colleges(page: ReviewPage) -> Iterator[Slide]:
    rows = PANEL_ROWS if len(page.colleges) <= PANEL_COLLEGES else 1
    for some in _by(PANEL_COLUMNS * rows, page.panels):
        drawings = [
            (panel.axis, colleges.colleges_drawing(panel, f"colleges-{panel.axis.badge}", frame=colleges.SLIDE))
            for panel in some
        ]
        yield Slide("colleges", page.divergence, {"panels": drawings})


def _unknown(page: ReviewPage) -> Iterator[Slide]:
    """The skills that a quarter of a college or more cannot judge: a finding in itself."""
    cells = [
        (cell.unknown, view.skill.title, cell.label, family.axis)
        for family in page.families
        for view in family.skills
        for cell in view.published
        if (cell.unknown or 0) >= HIGH_UNKNOWN
    ]
    most = sorted(cells, key=lambda one: -(one[0] or 0))[:MOST_UNKNOWN]
    if most:
        rows = [(title, label, axis, share(value or 0), value) for value, title, label, axis in most]
        yield Slide("unknown", _("Ce que beaucoup ne savent pas dire"), {"rows": rows})
