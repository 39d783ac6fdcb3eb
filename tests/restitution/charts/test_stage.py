"""The pictures of slides: one scale from the lowest level to the highest, no text under 36 px nor past the frame."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grille import Level
from restitution.chart_data import slope
from restitution.charts.markup import text_width
from restitution.charts.stage import crowd, dumbbells, multiples, picture, scale, stairs, strips, titles
from restitution.charts.stage.radar import BETWEEN_KEYS, STAGE, StageRadar, stage_radar
from tests.restitution.conftest import FAMILIES, made_axes, made_points, made_radar
from tests.shapes import LONG

NAMES = st.text("abcdefghij éàç’-", min_size=1, max_size=60).filter(str.strip)
LABELS = ("Pas encore", "Premiers essais", "Pratique régulière", "Pratique installée", "Pratique partagée")


def made_levels(top: int = 4, low: int = 0) -> tuple[Level, ...]:
    return tuple(Level(value=low + i, label=LABELS[i % 5]) for i in range(top + 1))


def texts(drawing: str) -> Iterator[tuple[str, float, float, float]]:
    """Each text with its size and its left and right edges."""
    for group, dx in _groups(ET.fromstring(drawing), 0):
        size, x = float(group.get("font-size", "0")), float(group.get("x", "0")) + dx
        words = "".join(group.itertext())
        width = text_width(words, size, bold=group.get("font-weight") in {"600", "700"})
        left = x - {"start": 0, "middle": width / 2, "end": width}[group.get("text-anchor", "start")]
        yield words, size, left, left + width


def _groups(element: ET.Element, dx: float) -> Iterator[tuple[ET.Element, float]]:
    moved = element.get("transform", "")
    dx += float(moved.split("(")[1].split()[0]) if moved.startswith("translate(") else 0
    for child in element:
        if child.tag == "text":
            yield child, dx
        yield from _groups(child, dx)


def holds(drawing: str, width: float) -> None:
    """Every text can be read, and none leaves the picture by more than a letter."""
    for words, size, left, right in texts(drawing):
        assert size >= picture.SMALLEST, words
        assert left >= -24, words
        assert right <= width + 24, words


@st.composite
def changes(draw: st.DrawFn) -> dumbbells.Change:
    score = st.floats(0, 4)
    before, after = draw(st.none() | score), draw(st.none() | score)
    reach = None if before is None or after is None else draw(st.none() | st.tuples(score, score).map(sorted))
    kind = draw(st.sampled_from(["up", "down", "stable", "no-fall", "no-rise", "unknown", ""]))
    word = draw(st.sampled_from(["hausse nette", "on ne peut pas dire", "pas de baisse nette", "trop peu de réponses"]))
    ends = tuple(f"{one:.2f}" if one is not None else "" for one in (before, after))
    return dumbbells.Change(draw(NAMES), "hue-1", before, after, *ends, word, kind, reach and tuple(reach))


@given(st.lists(changes(), min_size=1, max_size=12), st.integers(1, 10))
@settings(max_examples=60, deadline=None)
def test_changes_of_any_family_stand_in_their_picture(rows: list[dumbbells.Change], top: int) -> None:
    known = [row for row in rows if max(row.before or 0, row.after or 0, *(row.reach or (0,))) <= top]
    if known:
        drawing = dumbbells.dumbbells(known, made_levels(top), years=("2025", "2026"), ident="x")
        holds(drawing, picture.WIDTH)
        assert drawing.count("<circle") == sum(row.after is not None for row in known) + 1  # and that of the legend


@pytest.mark.parametrize(("top", "low"), [(1, 0), (4, 0), (6, 1), (10, 0), (3, -1)])
def test_the_scale_goes_from_the_lowest_level_to_the_highest_whatever_the_data(top: int, low: int) -> None:
    line = scale.LevelScale(made_levels(top, low), 100, 1000)
    zones = list(line.zones())
    assert (zones[0][1], zones[-1][2]) == (100, 1100)
    assert all(one[2] == other[1] for one, other in pairwise(zones))
    assert [line.at(low), line.at(low + top)] == [100, 1100]
    for level, left, right in zones:
        assert left <= line.at(level.value) <= right


@given(
    st.lists(st.tuples(NAMES, st.none() | st.integers(5, 3000), st.none() | st.integers(5, 40000)), max_size=15),
)
@settings(max_examples=40, deadline=None)
def test_a_crowd_of_any_size_stands_in_its_picture(colleges: list[tuple[str, int | None, int | None]]) -> None:
    rows = [
        crowd.College(name, str(count or "moins de 5"), count, size and count and max(size, count))
        for name, count, size in colleges
    ]
    drawing = crowd.crowd(rows, ident="x")
    holds(drawing, picture.WIDTH)
    people = crowd.Crowd(rows)
    assert drawing.count("<use") == sum(people._figures(one) for one in rows if one.count is not None)
    assert people._height() <= crowd.HEIGHT


@pytest.mark.parametrize("families", [1, 2, 7, 15])
@pytest.mark.parametrize("years", [1, 2])
@pytest.mark.parametrize("lesson", [True, False])
def test_families_that_are_no_radar_stand_on_rows_of_the_whole_width(families: int, years: int, lesson: bool) -> None:
    scores = [[None if i == 3 else (i + year) % 5 for i in range(families)] for year in range(years)]
    radar = made_radar(*scores, titles=[f"{LONG} {n}" for n in range(families)])
    drawing = stage_radar(radar, ident="x", lesson=lesson)
    holds(drawing, picture.WIDTH)
    known = sum(value is not None for value in scores[0])
    assert drawing.count("<circle") == known + 1  # and that of the legend


@pytest.mark.parametrize("campaigns", [2, 6])
@pytest.mark.parametrize("families", [1, 5, 6])
def test_six_campaigns_are_drawn_as_two_are(campaigns: int, families: int) -> None:
    axes = made_axes([*FAMILIES, "Une famille au très long nom"][:families])
    lines = tuple(
        slope.FamilyTrend(axis, made_points([None if i == j else 1.0 + i / 4 for i in range(campaigns)]))
        for j, axis in enumerate(axes)
    )
    years = tuple(range(2027 - campaigns, 2027))
    grids = tuple("1" if year < 2026 else "2" for year in years)
    shown = slope.Slope(tuple(map(str, years)), years, lines, made_levels(), grids)
    drawing = multiples.multiples(shown, {"F0": "pas de baisse nette"}, ident="x")
    holds(drawing, picture.WIDTH)
    known = sum(point.value is not None for line in lines for point in line.points)
    assert drawing.count("<circle") == known
    assert "la grille a changé" in drawing


@pytest.mark.parametrize(("start", "end"), [(0, 4), (2, 3), (1, 1), (3, 2)])
def test_stairs_say_both_years_and_every_level(start: int, end: int) -> None:
    climb = stairs.Climb(start, end, ("2025", "2026"), ("1,62", "2,58"), "hue-5")
    drawing = stairs.stairs(climb, made_levels(), ident="x")
    holds(drawing, stairs.WIDTH)
    said = [words for words, *_place in texts(drawing)]
    assert "2026" in said
    assert "2,58" in said
    assert ("2025" in said) == (start != end)


@pytest.mark.parametrize("start", range(9))
@pytest.mark.parametrize("label", ["{}", "Un niveau au nom bien long, le {}"])
def test_the_words_of_no_step_leave_the_picture(start: int, label: str) -> None:
    levels = tuple(Level(value=value, label=label.format(value)) for value in range(9))
    for end in range(9):
        climb = stairs.Climb(start, end, ("2025", "2026"), ("1,62", "2,58"), "hue-5")
        drawing = ET.fromstring(stairs.stairs(climb, levels, ident="x"))
        lowest = max(float(one.get("y", "0")) + 0.25 * float(one.get("font-size", "0")) for one in drawing.iter("text"))
        assert lowest <= stairs.HEIGHT
        assert stairs.Stairs(climb, levels).treads[-1] == stairs.LAST


def test_colleges_hidden_or_not_have_their_row() -> None:
    rows = [
        strips.Strip("Élus", "hue-1", 3.9, "3,90", (3.5, 4.0)),
        strips.Strip("Agents", "hue-1", 0.0, "0,00", (0.0, 0.4)),
        strips.Strip("Entreprises", "hue-1", None, missing="moins de 5 réponses"),
    ]
    drawing = strips.strips(rows, made_levels(), ident="x", title="x", across=strips.Mark(2.0, "2,00"))
    holds(drawing, picture.WIDTH)
    assert "moins de 5 réponses" in drawing


@pytest.mark.parametrize("families", [3, 4, 5, 6])
def test_the_radar_of_a_slide_has_a_zone_for_each_level(families: int) -> None:
    titles_ = [*FAMILIES, "Six", "Sept", "Huit", "Neuf"][:families]
    drawing = stage_radar(made_radar([2.0] * families, [1.0] * families, titles=titles_), ident="x")
    shapes = drawing.count("fill-zone") + drawing.split("radar-grid")[0].count("fill-card")
    assert shapes == 5
    assert all(size >= picture.SMALLEST for _words, size, _left, _right in texts(drawing))


@given(st.lists(NAMES | st.just(LONG), min_size=3, max_size=5))
@settings(max_examples=30, deadline=None)
def test_the_name_at_the_top_of_a_radar_stands_between_the_levels_and_the_legend(names: list[str]) -> None:
    drawing = StageRadar(made_radar([2.0] * len(names), titles=names), STAGE, picture.INK)
    assert drawing.labels[0].width <= BETWEEN_KEYS
    assert all(label.width <= STAGE.width for label in drawing.labels)


@given(NAMES)
@settings(max_examples=60, deadline=None)
def test_a_title_has_the_largest_size_that_fits(title: str) -> None:
    size = titles.title_size(title)
    assert size >= titles.THREE_LINES
    if size in titles.ONE_LINE:
        assert text_width(title, size, face="serif-600SemiBold") <= picture.WIDTH
