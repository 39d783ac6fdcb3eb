"""The year before seen in retrospect: dotted, beside what was said then, and in its table."""

import xml.etree.ElementTree as ET

import pandas as pd

from restitution.chart_data.radar import RETROSPECTIVE, Radar
from restitution.chart_data.table import radar_table
from restitution.charts.radar_chart import legend_sample, radar_drawing
from restitution.findings.retrospective import retrospective_radar
from scoring import edition_1 as scoring
from scoring.edition_1 import Profile
from tests.scoring.campaigns import make_grid

GRID = make_grid({"E": [1], "F": [1], "G": [1]})
COLLEGES = ("elus", "agents", "habitants")


def answers(level: int, people: int = 5) -> pd.DataFrame:
    rows = [{"college": college, "E-1": level, "F-1": level, "G-1": level} for college in COLLEGES] * people
    return pd.DataFrame(rows)


def profile(now: int, then: int | None, people: int = 5) -> Profile:
    before = None if then is None else answers(then, people)
    return scoring.profile(answers(now), GRID, retrospective=before)


def drawn(found: Radar | None) -> Radar:
    assert found is not None
    return found


def test_three_series_never_mixed() -> None:
    radar = drawn(retrospective_radar(profile(3, 1), "2026", profile(2, None), "2025"))
    assert [(series.label, series.role, series.values[0]) for series in radar.series] == [
        ("2026", "now", 3.0),
        ("l’an dernier, avec le recul", RETROSPECTIVE, 1.0),
        ("2025", "before", 2.0),
    ]
    assert radar_table(radar).columns == ("Famille", "2025", "l’an dernier, avec le recul", "2026")
    assert [cell.text for cell in radar_table(radar).rows[0].cells] == ["2,0", "1,0", "3,0"]


def test_it_is_dotted_with_a_mark_of_its_own() -> None:
    radar = drawn(retrospective_radar(profile(3, 1), "2026"))
    lines = ET.fromstring(radar_drawing(radar)).iter("polygon")
    dashes = {line.get("stroke-dasharray") for line in lines if "stroke-year-hindsight" in line.get("class", "")}
    assert dashes == {"0.1 5.0"}
    assert "stroke-year-hindsight" in legend_sample(RETROSPECTIVE)


def test_who_was_not_asked_or_too_few_have_no_such_radar() -> None:
    assert retrospective_radar(profile(3, None), "2026") is None
    assert retrospective_radar(profile(3, 1, people=4), "2026") is None
