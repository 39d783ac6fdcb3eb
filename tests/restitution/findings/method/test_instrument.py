"""What is said of a weak question; a figure that cannot be given is not shown as zero."""

import csv
import io
import json
from collections.abc import Sequence

import pandas as pd
import pytest

import scoring
from restitution.findings.method.instrument import NONE, InstrumentView, instrument_csv, instrument_json
from scoring import Instrument
from tests.scoring.campaigns import make_grid

GRID = make_grid({"F": [1, 1, 1]})


def view(f1: Sequence[object], f2: Sequence[object], f3: Sequence[object], places: str = "abc") -> InstrumentView:
    return InstrumentView(judged(f1, f2, f3, places))


def judged(f1: Sequence[object], f2: Sequence[object], f3: Sequence[object], places: str = "abc") -> Instrument:
    """The same answers in each territory, four times over."""
    rows = pd.DataFrame({"college": "elus", "F-1": f1, "F-2": f2, "F-3": f3}).astype(object)
    return scoring.instrument(pd.concat([rows.assign(territory=place) for place in places] * 4), GRID)


LADDER = [0, 1, 2, 3, 4]


def test_a_good_question_is_left_alone() -> None:
    found = view(LADDER, LADDER, LADDER)
    assert not found.weak
    assert found.families[0].reading == "se répètent peut-être"
    assert found.about == "60 réponses, 3 campagnes closes, 3 territoires"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([4, 3, 2, 1, 0], "à rebours"),
        ([1, 0, 2, 1, 1], "va peu avec le reste"),
        ([0, 0, 0, 1, 2], "au niveau le plus bas"),
        ([2, 4, 4, 4, 4], "au niveau le plus haut"),
        ([0, 1, 2, 4, "NSP"], "je ne sais pas »\u00a0: elus 20\u00a0%"),
    ],
)
def test_each_weakness_has_its_advice(answers: list[object], words: str) -> None:
    found = view(LADDER, LADDER, answers).weak
    if words.startswith("je ne"):
        assert not found, "a fifth is under the limit"
        found = view(LADDER, LADDER, ["NSP", 1, 2, 4, "NSP"]).weak
        words = "je ne sais pas\u00a0»\u00a0: elus 40\u00a0%"
    assert words in " ".join(advice for line in found for advice in line.advice)


def test_what_cannot_be_said_is_a_dash_and_no_advice() -> None:
    rows = judged(LADDER, LADDER, ["NSP"] * 5)
    found = InstrumentView(rows)
    last = found.skills[-1]
    assert (last.floor.text, last.short.text, last.advice) == (NONE, NONE, ())
    assert last.unknown[0].note == "3 cachées sur 3"
    assert found.untold == 1
    assert found.families[0].alpha == NONE
    assert json.loads(instrument_json(rows))["skills"][2]["floor"] is None


def test_the_csv_holds_every_figure_once() -> None:
    found = judged(LADDER, LADDER, LADDER)
    text = instrument_csv(found).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    places = [(row["table"], row["family"], row["skill"], row["college"], row["form"], row["figure"]) for row in rows]
    assert len(set(places)) == len(places)
    floor = next(row for row in rows if row["skill"] == "F-1" and row["figure"] == "floor")
    assert float(floor["value"]) == 0.2
