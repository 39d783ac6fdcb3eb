"""Hindsight: the difference within each person, its radar, its verdict and its warning."""

import xml.etree.ElementTree as ET

import pandas as pd

import scoring
from restitution.chart_data.radar import RETROSPECTIVE, Radar
from restitution.chart_data.table import radar_table
from restitution.charts.radar_chart import legend_sample, radar_drawing
from restitution.findings.change.changes import changes
from restitution.findings.change.hindsight import hindsight, hindsight_radar
from scoring import Profile
from tests.scoring.campaigns import make_grid

GRID = make_grid({"E": [1], "F": [1], "G": [1]})
COLLEGES = ("elus", "agents", "habitants")


def answers(level: int, people: int) -> pd.DataFrame:
    rows = [{"college": college, "E-1": level, "F-1": level, "G-1": level} for college in COLLEGES] * people
    return pd.DataFrame(rows)


def profile(now: int, then: int | None, people: int = 12) -> Profile:
    before = None if then is None else answers(then, people)
    return scoring.profile(answers(now, people), GRID, hindsight=before)


def drawn(found: Profile) -> Radar:
    radar = hindsight_radar(found, hindsight(found), "2026")
    assert radar is not None
    return radar


def test_the_arrow_and_the_two_points_add_up() -> None:
    radar = drawn(profile(3, 1))
    assert [(series.label, series.role, series.values[0]) for series in radar.series] == [
        ("2026", "now", 3.0),
        ("l’an dernier, avec le recul", RETROSPECTIVE, 1.0),
    ]
    assert radar_table(radar).columns == ("Famille", "l’an dernier, avec le recul", "2026")
    assert [cell.text for cell in radar_table(radar).rows[0].cells] == ["1,00", "3,00"]


def test_what_is_said_of_it_and_the_effect_of_demands() -> None:
    now = profile(3, 1)
    said = hindsight(now, changes(profile(2, None), now))[0]
    assert said.verdict == "hausse nette"
    assert said.sentence.startswith("Avec le recul\u00a0: +2,00. Intervalle à 9")
    assert said.sentence.endswith("Effet d’exigence\u00a0: −1,00.")
    assert said.cell.text == "▲ hausse nette"


def test_it_is_dotted_with_a_mark_of_its_own() -> None:
    lines = ET.fromstring(radar_drawing(drawn(profile(3, 1)))).iter("polygon")
    dashes = {line.get("stroke-dasharray") for line in lines if "stroke-year-hindsight" in line.get("class", "")}
    assert dashes == {"0.1 5.0"}
    assert "stroke-year-hindsight" in legend_sample(RETROSPECTIVE)


def test_who_was_not_asked_or_too_few_have_no_such_radar() -> None:
    assert hindsight(profile(3, None)) == []
    few = profile(3, 1, people=4)
    assert {one.reason for one in hindsight(few)} == {"moins de 2 collèges publiés avec le recul"}
    assert hindsight_radar(few, hindsight(few), "2026") is None
