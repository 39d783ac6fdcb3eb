"""The slides that a session is made of: one idea each, from who answered to what the room decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeVar

from grille import Skill
from restitution.chart_data.radar import ROLES, Radar, Series, level_word, points_on
from restitution.charts import colleges_chart, slope_chart
from restitution.charts.radar_chart import radar_drawing
from restitution.charts.radar_labels import SLIDE
from restitution.findings import skill_moves as progress
from restitution.findings.changes import FamilyChange
from restitution.findings.not_comparable import not_comparable_skills
from restitution.findings.skills import HIGH_UNKNOWN, FamilyView
from restitution.results import ComparedCampaign
from restitution.text.language import gettext as _
from restitution.text.numbers import share
from restitution.text.sentences import DOWN, STABLE, UP, listed
from web.results.pages import ResultsPage
from web.session.presenter_notes import note_for

# What a slide holds at 28 px on 1080 lines: panels side by side, rows of them while colleges are few, changes, skills.
PANEL_COLUMNS, PANEL_ROWS, PANEL_COLLEGES = 3, 2, 5
MOVES_A_SLIDE, MOST_UNKNOWN, NAMED_SKILLS, CELEBRATED, APART_A_SLIDE = 5, 5, 3, 4, 7
MOST_COLLEGES = 3

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Slide:
    """One idea: ``kind`` names its template, ``content`` is what it shows; ``key`` stays the same from day to day."""

    kind: str
    title: str
    content: dict[str, Any] = field(default_factory=dict)
    key: str = ""

    @property
    def name(self) -> str:
        """What the slide is called in an arrangement."""
        return self.key or self.kind

    @property
    def notes(self) -> str:
        """What the presenter reads, and the room does not: a line or more."""
        note = note_for(self.kind, str(self.content.get("kind", "")))
        return "\n".join([note, *self.content.get("aside", ())])


def slides_of(
    page: ResultsPage, seen_by: Sequence[str] = (), actions_by_skill: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> list[Slide]:
    """The slides of a session, in order; those that would have nothing to show are not made.

    ``seen_by`` asks for the radar as up to three colleges see it, by their codes; ``done_for`` gives, by the code of a
    skill, the titles of what was done for it.
    """
    return [
        Slide("opening", _("Qui a répondu"), {"bars": _bars(page)}),
        _reading(page),
        *_radars(page),
        *_retrospective(page),
        *_seen_by(page, seen_by),
        *_changes(page, actions_by_skill),
        *_trends(page),
        *_families(page),
        *_colleges(page),
        *_unknown(page),
        *_apart(page),
        Slide("decide", _("À nous de décider")),
    ]


def _bars(page: ResultsPage) -> list[tuple[str, str, float | None]]:
    """Each college, how many answered in words, and its share of the largest for the bar's length."""
    known = {
        code: n for code in page.results.colleges if isinstance(n := page.results.profile.respondents.get(code), int)
    }
    largest = max(known.values(), default=1)
    return [
        (one.label, one.words, known[one.code] / largest if one.code in known else None)
        for one in page.results.participation
    ]


def _reading(page: ResultsPage) -> Slide:
    """What a level means, taught with a skill that people were asked about."""
    skill = next(
        (view.skill for family in page.results.families for view in family.skills), page.results.profile.grid.skills[0]
    )
    return Slide("levels", _("Lire un niveau en dix secondes"), {"skill": skill, "steps": _steps(page, skill)})


def _steps(page: ResultsPage, skill: Skill) -> list[tuple[int, str, str]]:
    return [(level.value, level.label, skill.levels[level.value]) for level in page.results.profile.grid.levels]


def _radars(page: ResultsPage) -> Iterator[Slide]:
    """The oldest campaign, to learn how to read; each later one drawn over it; a guess before the newest is shown."""
    campaigns = list(reversed(page.results.radar.series))
    if len(campaigns) == 1 and _seen(campaigns[0]):
        yield _radar(page, campaigns, last=False, key="radar-lecture")
    for shown in range(1, len(campaigns) + 1):
        newest = shown == len(campaigns)
        if newest and shown > 1 and _seen(campaigns[-1]):
            yield Slide("question", _("Avant de montrer %(year)s, qu’en pensez-vous\u202f?", year=campaigns[-1].label))
        yield _radar(page, campaigns[:shown], last=newest)


def _seen(series: Series) -> bool:
    return any(value is not None for value in series.values)


def _radar(page: ResultsPage, series: Sequence[Series], *, last: bool, key: str = "") -> Slide:
    radar, label = replace(page.results.radar, series=tuple(reversed(series))), series[-1].label
    key = key or f"radar-{label}"
    content = {
        "radar": radar,
        "drawing": radar_drawing(radar, layout=SLIDE, ident=key),
        "said": _strongest_and_weakest(radar) if last else [],
        "lesson": [] if last or len(series) > 1 else _lesson(radar),
        "hidden": not _seen(series[-1]),
    }
    return Slide("radar", page.results.headline if last else _("En %(year)s", year=label), content, key)


def _retrospective(page: ResultsPage) -> Iterator[Slide]:
    """The year before as it is seen now, when people were asked."""
    radar = page.results.retrospective_radar
    if radar is None:
        return
    drawing = radar_drawing(radar, layout=SLIDE, ident="radar-recul")
    then = _("En pointillés, comment les mêmes personnes voient aujourd’hui l’an dernier.")
    lesson = [then, _("Qu’est-ce qui a changé dans leur regard\u202f?")]
    content = {"radar": radar, "drawing": drawing, "said": [], "lesson": lesson, "hidden": False}
    yield Slide("radar", radar.title, content, "radar-recul")


def _lesson(radar: Radar) -> list[str]:
    """How to read a radar, with a number of this one."""
    ends = [_("Un axe par famille. Plus le point est loin du centre, plus la pratique est installée.")]
    for axis, point in zip(radar.axes, radar.series[0].points, strict=True):
        if point.value is not None:
            words = {"family": axis.title, "score": point.text, "level": radar.level_word(point.value)}
            ends.append(
                _("%(family)s, %(score)s\u00a0: on lit «\u00a0%(level)s\u00a0», le niveau le plus proche.", **words)
            )
            break
    return [*ends, _("La surface ne veut rien dire\u00a0: lisez chaque axe.")]


def _seen_by(page: ResultsPage, codes: Sequence[str]) -> Iterator[Slide]:
    """The newest campaign as up to three colleges see it, on one radar."""
    asked_selection = [code for code in page.results.colleges if code in codes][:MOST_COLLEGES]
    if not asked_selection:
        return
    grid, names = page.results.profile.grid, [page.results.colleges[code] for code in asked_selection]
    series = tuple(
        Series(name, points_on(grid, page.results.profile, code), role)
        for code, name, role in zip(asked_selection, names, ROLES, strict=False)
    )
    title = _("Vu par\u00a0: %(colleges)s", colleges=listed(names))
    radar = replace(page.results.radar, series=series, title=title)
    drawing = radar_drawing(radar, layout=SLIDE, ident="radar-colleges")
    content = {"radar": radar, "drawing": drawing, "said": [], "lesson": [], "hidden": not any(map(_seen, series))}
    yield Slide("radar", title, content, "radar-colleges")


def _strongest_and_weakest(radar: Radar) -> list[tuple[str, str, str]]:
    """The strongest and the weakest families, with their level in words."""
    known = [
        (point.value, axis, point)
        for axis, point in zip(radar.axes, radar.series[0].points, strict=True)
        if point.value is not None
    ]
    ends = sorted(known, key=lambda pair: -pair[0])
    return [
        (axis.title, axis.hue, f"{point.text} · {radar.level_word(value)}")
        for value, axis, point in (ends[:1] + ends[1:][-1:])
    ]


def _changes(page: ResultsPage, actions_by_skill: Mapping[str, Sequence[str]]) -> Iterator[Slide]:
    """What rose, what fell, what did not clearly move: a few families a slide, or none of that kind."""
    since = page.results.previous.label if page.results.previous else ""
    titles = {
        UP: _("Ce qui a progressé depuis %(year)s", year=since),
        DOWN: _("Ce qui a baissé depuis %(year)s", year=since),
        STABLE: _("Ce qui ne bouge pas nettement depuis %(year)s", year=since),
    }
    for verdict, title in titles.items():
        found = [change for change in page.results.territory_changes if change.verdict == verdict]
        for place, some in enumerate(slices(MOVES_A_SLIDE, found), start=1):
            fallen = _moved_skills(page, some)[:NAMED_SKILLS] if verdict == DOWN else []
            content = {"changes": _described_changes(some, page), "kind": some[0].kind, "skills": fallen}
            yield Slide("changes", title, content, f"changes-{some[0].kind}-{place}")
        if verdict == UP:
            yield from _top_gains(page, found, actions_by_skill)


def _top_gains(
    page: ResultsPage, found: Sequence[FamilyChange], actions_by_skill: Mapping[str, Sequence[str]]
) -> Iterator[Slide]:
    """A moment to celebrate: the skills that rose most, and what was done for them."""
    found = [change for change in found if change.axis.code not in page.results.rebounds]
    risen = _moved_skills(page, found)[:CELEBRATED] if found else []
    if risen:
        skills = [(move, numbers, actions_by_skill.get(move.code, ())) for move, numbers in risen]
        yield Slide("bravo", _("Bravo\u00a0: ce qui a le plus progressé"), {"skills": skills})


def _moved_skills(page: ResultsPage, found: Sequence[FamilyChange]) -> list[tuple[progress.SkillMove, str]]:
    """The skills that moved most in these families, in the direction that the families clearly moved."""
    if page.results.previous is None or found[0].verdict not in (UP, DOWN):
        return []
    sign = 1 if found[0].verdict == UP else -1
    families = {change.axis.code for change in found}
    moves = [move for move in page.results.skill_moves if move.axis.code in families]
    most = sorted((move for move in moves if move.delta * sign > 0), key=lambda move: -move.delta * sign)
    return [(move, move.numbers) for move in most]


def slices(size: int, things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """Slices of at most that many."""
    for start in range(0, len(things), size):
        yield things[start : start + size]


def _described_changes(found: Sequence[FamilyChange], page: ResultsPage) -> list[tuple[FamilyChange, str]]:
    return [(change, _move(change, page)) for change in found]


def _move(change: FamilyChange, page: ResultsPage) -> str:
    """From what to what, in the words of the levels when they differ."""
    if change.before is None or change.after is None:
        return ""
    grid, places = page.results.grid, page.results.radar.places
    before, after = (level_word(value, grid.levels, places) for value in (change.before, change.after))
    if before != after:
        return _("De «\u00a0%(before)s\u00a0» à «\u00a0%(after)s\u00a0»", before=before, after=after)
    return _("Toujours «\u00a0%(level)s\u00a0»", level=after)


def _trends(page: ResultsPage) -> Iterator[Slide]:
    if page.results.trends and _seen(page.results.radar.series[0]):
        drawing = slope_chart.slope_drawing(page.results.trends, frame=slope_chart.SLIDE, ident="pente")
        yield Slide("slope", _("Le chemin parcouru, famille par famille"), {"drawing": drawing})


def _families(page: ResultsPage) -> Iterator[Slide]:
    for view, point in zip(page.results.families, page.results.radar.series[0].points, strict=True):
        if view.skills:
            score = "" if point.value is None else f"{point.text} · {page.results.radar.level_word(point.value)}"
            hides = any(cell.mean is None for detail in view.skills for cell in detail.cells)
            content = {
                "view": view,
                "score": score,
                "rank": _rank(page),
                "drawing": _skills(page, view),
                "hides": hides,
            }
            yield Slide("family", view.axis.title, content, f"family-{view.axis.code}")


def _skills(page: ResultsPage, view: FamilyView) -> str:
    """The skills of a family as a slope chart; nothing when there is nothing to join."""
    chart = page.results.skill_slope(view.axis)
    if chart is None:
        return ""
    return slope_chart.slope_drawing(chart, frame=slope_chart.SLIDE_SKILLS, ident=f"pente-{view.axis.code}")


def _rank(page: ResultsPage) -> Any:
    """How dark the cell of a score is, from 0 to 10: a class name, for no style is written in a page."""

    def rank(value: float) -> int:
        return round(page.results.radar.position(value) * 10)

    return rank


def _colleges(page: ResultsPage) -> Iterator[Slide]:
    """What the colleges see alike or not; nothing when no college is published anywhere."""
    if not any(score.point.value is not None for panel in page.results.panels for score in panel.scores):
        return
    rows = PANEL_ROWS if len(page.results.colleges) <= PANEL_COLLEGES else 1
    for place, some in enumerate(slices(PANEL_COLUMNS * rows, page.results.panels), start=1):
        drawings = [
            (
                panel.axis,
                colleges_chart.colleges_drawing(panel, f"colleges-{panel.axis.badge}", frame=colleges_chart.SLIDE),
            )
            for panel in some
        ]
        yield Slide("colleges", page.results.divergence, {"panels": drawings}, f"colleges-{place}")


def _unknown(page: ResultsPage) -> Iterator[Slide]:
    """The skills that a quarter of a college or more cannot judge: a finding in itself."""
    cells = [
        (cell.unknown, view.skill.title, cell.label, family.axis)
        for family in page.results.families
        for view in family.skills
        for cell in view.published
        if (cell.unknown or 0) >= HIGH_UNKNOWN
    ]
    most = sorted(cells, key=lambda one: -(one[0] or 0))[:MOST_UNKNOWN]
    if most:
        rows = [(title, label, axis, share(value or 0), value) for value, title, label, axis in most]
        yield Slide("unknown", _("Ce que beaucoup ne savent pas dire"), {"rows": rows})


def _apart(page: ResultsPage) -> Iterator[Slide]:
    """What could not be compared between the campaigns that are shown, and why."""
    asked: dict[str, list[ComparedCampaign]] = {}
    for campaign in page.results.shown[1:]:
        asked.setdefault(campaign.profile.grid.version, []).append(campaign)
    for first, *others in asked.values():  # campaigns on one grid leave the same skills apart: they are told together
        found = not_comparable_skills(first.profile.grid, page.results.profile.grid)
        title = _("Ce qui ne se compare pas avec %(year)s", year=listed([one.label for one in (first, *others)]))
        for place, some in enumerate(slices(APART_A_SLIDE, found), start=1):
            yield Slide("apart", title, {"apart": some}, f"apart-{first.label}-{place}")
