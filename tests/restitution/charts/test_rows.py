"""One, two or more than six families are rows: their words fit, meet nothing, and say what is measured."""

import itertools
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from restitution.chart_data.radar import Radar
from restitution.chart_data.slope import FamilyTrend, Slope
from restitution.charts.markup import ByClass, fitted, text_width
from restitution.charts.radar_chart import drawing_of, radar_drawing, radar_svg
from restitution.charts.radar_labels import PAGE, PHONE, LabelBox, Layout
from restitution.charts.radar_page import radar_html
from restitution.charts.rows_chart import RowsDrawing
from restitution.charts.slope_chart import PHONE as SLOPE_PHONE
from restitution.charts.slope_chart import slope_drawing
from tests.restitution.conftest import made_axes, made_points, made_radar
from tests.shapes import ARABIC, CRITERIA, LONGEST, SAMM

TITLES = [*SAMM, *CRITERIA, *ARABIC, LONGEST, "Aerodynamischeverwaltungsgemeinschaftsversammlung", "🎉 Fête"]
LAYOUTS = {"page": PAGE, "phone": PHONE}


@st.composite
def rows(draw: st.DrawFn) -> Radar:
    """One, two, or seven to fifteen families, two to eleven levels, one to three campaigns, holes anywhere."""
    count, top = draw(st.sampled_from([1, 2, 7, 8, 12, 13, 15])), draw(st.integers(1, 10))
    titles = [draw(st.sampled_from(TITLES)) for _ in range(count)]
    value = st.none() | st.floats(0, top).map(lambda number: round(number, 4))
    campaigns = draw(st.lists(st.lists(value, min_size=count, max_size=count), min_size=1, max_size=3))
    return made_radar(*campaigns, titles=titles, top=top)


def texts_of(drawing: Markup) -> Iterator[tuple[str, LabelBox]]:
    """Every text of a drawing and the box that it fills; letters are as high as seven tenths of their size."""
    for one in ET.fromstring(drawing).iter("text"):
        size, words = float(one.attrib["font-size"]), one.text or ""
        width = text_width(words, size, bold=one.get("font-weight") is not None)
        left = float(one.attrib["x"]) - {"middle": width / 2, "end": width}.get(one.get("text-anchor", ""), 0)
        yield words, LabelBox(left, float(one.attrib["y"]) - size * 0.7, width, size * 0.7)


@given(rows(), st.sampled_from([*LAYOUTS.values()]))
@settings(max_examples=60, deadline=None)
def test_the_words_of_rows_fit_and_meet_no_other(radar: Radar, layout: Layout) -> None:
    drawing = radar_drawing(radar, layout=layout)
    _left, top, _width, height = (float(side) for side in ET.fromstring(drawing).attrib["viewBox"].split())
    boxes = [*texts_of(drawing)]
    for words, box in boxes:
        assert abs(box.left) <= layout.width / 2 + 1, words
        assert abs(box.left + box.width) <= layout.width / 2 + 1, words
        assert top <= box.top, words
        assert box.top + box.height <= top + height, words
    met = [(one, two) for (one, a), (two, b) in itertools.combinations(boxes, 2) if a.overlaps(b)]
    assert not met
    assert height <= layout.tallest + 1


@given(rows())
@settings(max_examples=30, deadline=None)
def test_marks_stand_at_their_scores(radar: Radar) -> None:
    drawing = RowsDrawing(radar, PAGE, ByClass())
    discs = list(ET.fromstring(radar_drawing(radar)).iter("circle"))
    known = [point.value for point in radar.series[0].points if point.value is not None]
    assert [float(one.attrib["cx"]) for one in discs] == pytest.approx([drawing.x(value) for value in known], abs=0.1)
    for axis, point in zip(radar.axes, radar.series[0].points, strict=True):
        words = "".join(ET.fromstring(radar_drawing(radar)).itertext())
        assert (point.text or point.missing.split(" ", 1)[0]) in words, axis.title


def test_a_radar_is_kept_where_it_is_read() -> None:
    read = [not made_radar([1.0] * count, titles=["Agir"] * count).as_rows for count in (1, 2, 3, 6, 7, 15)]
    assert read == [False, False, True, True, False, False]


def test_files_of_rows_have_no_radar_to_move() -> None:
    radar = made_radar([2.0] * 8, [1.0] * 8, titles=["Agir"] * 8)
    page = radar_html(radar)
    assert "application/json" not in page
    assert len(page) < 1_000_000, "what draws radars is not in it"
    assert "class" not in ET.fromstring(radar_svg(radar)).attrib
    assert drawing_of(radar, PAGE, ByClass()).bottom > 0


@pytest.mark.parametrize("score", [0.5421, -1.25])
def test_the_ends_of_slopes_are_not_cut(score: float) -> None:
    trends = tuple(
        FamilyTrend(axis, made_points([score, score])) for axis in made_axes([LONGEST, "Aerodynamische" * 4])
    )
    slope = Slope(("2025", "2026"), (2025, 2026), trends, made_radar([1.0], titles=["Agir"], top=10).levels)
    for drawing, width in ((slope_drawing(slope), 560), (slope_drawing(slope, frame=SLOPE_PHONE), 340)):
        assert all(box.left >= -1 and box.left + box.width <= width + 1 for _words, box in texts_of(drawing))
    assert slope.readable
    assert not Slope(("2025", "2026"), (2025, 2026), trends * 6, slope.levels).readable
    assert text_width(fitted("Aerodynamische" * 4, 10, 60), 10) <= 60
