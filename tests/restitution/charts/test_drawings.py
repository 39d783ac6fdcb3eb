"""The radar as SVG and plotly shows the same numbers, no texts overlap, hidden scores are not zeros."""

import itertools
import json
import math
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restitution.chart_data.colours import DARK, LIGHT
from restitution.chart_data.radar import Radar
from restitution.chart_data.table import radar_table
from restitution.charts import radar_labels as labels
from restitution.charts.markup import ByClass
from restitution.charts.plotly_radar import radar_figure, radar_json
from restitution.charts.radar_chart import Drawing, radar_drawing, radar_svg, runs
from restitution.charts.radar_labels import PAGE, PHONE, LabelBox, Layout
from restitution.charts.radar_page import radar_html
from restitution.text.numbers import decimal
from tests.restitution.conftest import FAMILIES, HIDDEN, made_radar

SVG = "{http://www.w3.org/2000/svg}"
LONG = ("Faire vivre la coopération", "Agir", "Comprendre les besoins", "Voir", "Rendre compte à toutes et à tous")


@st.composite
def radars(draw: st.DrawFn) -> Radar:
    """Three to six axes, two to seven levels, one to three campaigns, holes anywhere."""
    count, top = draw(st.integers(3, 6)), draw(st.integers(1, 6))
    titles = [draw(st.sampled_from(FAMILIES + LONG)) for _ in range(count)]
    value = st.none() | st.floats(0, top).map(lambda number: round(number, 4))
    campaigns = draw(st.lists(st.lists(value, min_size=count, max_size=count), min_size=1, max_size=3))
    return made_radar(*campaigns, titles=titles, top=top)


def drawn_values(radar: Radar, layout: Layout = PAGE) -> dict[str, list[float]]:
    """The scores read back from where the newest campaign's discs stand, in the order of the axes."""
    root = ET.fromstring(radar_drawing(radar, layout=layout))
    reach = float(root.attrib["data-radius"])
    discs = [one for group in root.iter("g") if group.get("class") == "radar-series" for one in group.findall("circle")]
    distances = (math.hypot(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in discs)
    return {"now": [distance / reach * radar.highest for distance in distances]}


@given(radars())
@settings(max_examples=60, deadline=None)
def test_the_svg_and_the_figure_draw_the_same_numbers(radar: Radar) -> None:
    traces = {trace.name: list(trace.r) for trace in radar_figure(radar).data}
    for series in radar.series:
        assert traces[series.label] == [*series.values, series.values[0]]
    known = [value for value in radar.series[0].values if value is not None]
    assert drawn_values(radar)["now"] == pytest.approx(known, abs=radar.highest / 500)


@given(radars())
@settings(max_examples=60, deadline=None)
def test_the_table_and_the_labels_say_what_the_figure_shows(radar: Radar) -> None:
    text = "".join(ET.fromstring(radar_drawing(radar)).itertext())
    for axis, series_and_cells in enumerate(zip(radar.axes, radar_table(radar).rows, strict=True)):
        for series, cell in zip(reversed(radar.series), series_and_cells[1].cells, strict=True):
            point = series.points[axis]
            assert cell.text == (point.missing if point.value is None else decimal(point.value))
            assert point.value is None or cell.text in text


@given(radars(), st.sampled_from([PAGE, PHONE]))
@settings(max_examples=120, deadline=None)
def test_no_words_meet_other_words_the_rim_or_the_edge(radar: Radar, layout: Layout) -> None:
    drawing = Drawing(radar, layout, ByClass())
    boxes = [label.box for label in drawing.labels]
    rim = [drawing.point(axis, radar.highest) for axis in range(len(radar.axes))]
    edges = list(zip(rim, rim[1:] + rim[:1], strict=True))
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))
    assert not any(meets(box, *edge) for box in boxes for edge in edges)
    if drawing.radius > 40:  # the longest titles leave no room for a radar that could be read
        assert all(abs(side) <= layout.width / 2 + 1 for box in boxes for side in (box.left, box.left + box.width))


def meets(box: LabelBox, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a line crosses a box: some point of it, among two hundred, lies inside."""
    shares = [step / 200 for step in range(201)]
    inside = (box.left, box.top, box.left + box.width, box.top + box.height)
    return any(
        inside[0] < start[0] + (end[0] - start[0]) * share < inside[2]
        and inside[1] < start[1] + (end[1] - start[1]) * share < inside[3]
        for share in shares
    )


def test_what_is_hidden_is_drawn_as_hidden() -> None:
    root = ET.fromstring(radar_drawing(made_radar([2.0, None, 1.0, 3.0, None])))
    rings = [one for one in root.iter("circle") if one.get("stroke-dasharray")]
    assert len(rings) == 2
    assert len(drawn_values(made_radar([2.0, None, 1.0, 3.0, None]))["now"]) == 3
    assert " ".join("".join(root.itertext()).split()).count("moins de 5") == 2
    assert not list(root.iter("polygon"))[5:], "an open shape is not filled nor closed"


def test_a_zero_is_a_point_like_any_other() -> None:
    assert drawn_values(made_radar([0.0] * 5))["now"] == [0.0] * 5


def test_lines_join_neighbours_only_across_the_first_axis_too() -> None:
    assert runs((1.0, None, 2.0, None, 3.0)) == [[(2, 2.0)], [(4, 3.0), (0, 1.0)]]
    assert runs((None, None, None)) == []


def test_a_drawing_in_a_page_breaks_no_content_security_policy() -> None:
    drawing = radar_drawing(made_radar([2.0] * 5, [1.0] * 5))
    assert "style=" not in drawing
    assert not re.search(r"#[0-9a-f]{6}", drawing), "a page's colours are its classes"


def test_a_file_carries_its_colours_title_and_caption() -> None:
    root = ET.fromstring(radar_svg(made_radar([2.0, None, 1.0, 3.0, 4.0], [1.0] * 5)))
    text = " ".join("".join(root.itertext()).split())
    assert root.tag == f"{SVG}svg"
    assert not [one for one in root.iter() if one.get("class", "").startswith(("fill", "stroke"))]
    for expected in ("Un titre", "12 réponses dans 3 collèges", "2026", "2025", f"Connecter {HIDDEN}", "Coopérer 2,0"):
        assert expected in text


def test_files_that_travel_carry_their_faces_and_fetch_nothing() -> None:
    radar = made_radar([2.0, None, 1.0, 3.0, 4.0], [1.0] * 5)
    for file in (radar_svg(radar), radar_html(radar)):
        for face in ("Atkinson Hyperlegible Next", "Source Serif 4"):
            assert f"@font-face {{ font-family: '{face}'; src: url(\"data:font/woff2;base64," in file
            assert re.search(f"""font(-family="|:[^;]*)(&#x27;|'){face}""", file), "and what is written names it first"
        fetched = re.findall(r'(?:src|href)=(?!"data:)|@import|url\((?!"data:)', file.split("<script>")[0])
        assert not fetched


def test_the_figure_takes_its_colours_from_the_page() -> None:
    figure = json.loads(radar_json(made_radar([2.0] * 5)))
    assert figure["data"][0]["line"]["color"] == "var(--year-now)"


def test_words_are_sized_for_each_layout() -> None:
    assert labels.PHONE.width <= 360


def test_the_colours_of_files_are_those_of_the_pages() -> None:
    css = (Path(__file__).parents[3] / "web/static/css/tokens.css").read_text("utf-8")
    light, dark = css.split("@media screen and (prefers-color-scheme: dark)", 1)
    for palette, text in ((LIGHT, light), (DARK, dark.split("@media", 1)[0])):
        for name, value in palette.items():
            assert re.search(rf"--{name}: {value}\b", text.replace("#ffffff", "#ffffff")), f"--{name}: {value}"
