"""The parcours and the scores: weak skills and the progress of both groups, computed by hand."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import mean

import pandas as pd
import pytest

import scoring
from grille import Grid, comparable_units
from restitution.charts.timeline import Mark, Span, Timeline, timeline_drawings
from restitution.findings.change.parcours_progress import progress, weak_rule, weak_skills
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import open_database
from storage.core.engine import Database
from storage.responses.computed.profiles import campaign_profile
from tests.conftest import settings_for

LEVELS = [{"value": value, "label": f"Niveau {value}"} for value in range(5)]


@pytest.fixture(scope="module")
def demo(demo_folder: Path) -> Iterator[Database]:
    with closing(open_database(settings_for(demo_folder).database)) as db:
        yield db


def profile_of(demo: Database, slug: str) -> scoring.Profile:
    campaign = campaign_by_slug(demo, slug)
    assert campaign is not None
    return campaign_profile(demo, campaign)


def means(profile: scoring.Profile) -> dict[str, dict[str, float]]:
    """The published means by skill and college, read straight from the published table."""
    shown = profile.skills[profile.skills.published & (profile.skills.college != "atelier")]
    return {skill: dict(zip(part.college, part["mean"], strict=True)) for skill, part in shown.groupby("skill")}


def test_weak_skills_are_those_of_the_stated_rule(demo: Database) -> None:
    profile = profile_of(demo, "villeroche-2026")
    by_hand = {code: mean(values.values()) for code, values in means(profile).items() if len(values) >= 3}
    found = weak_skills(profile, dict.fromkeys(profile.colleges, "c"))
    assert {one.skill.code: pytest.approx(float(one.mean)) for one in found} == {
        c: m for c, m in by_hand.items() if m <= 1.5
    }
    assert [one.mean for one in found] == sorted(one.mean for one in found)
    assert "1,5" in weak_rule(profile)
    assert "3 collèges" in weak_rule(profile)


def test_a_silent_campaign_has_no_weak_skill(demo: Database) -> None:
    profile = profile_of(demo, "saint-aubin-des-pres-2024")
    assert weak_skills(profile, dict.fromkeys(profile.colleges, "c")) == []


@pytest.mark.parametrize(("before", "after"), [("2025", "2026"), ("2024", "2025")])
def test_progress_is_the_mean_of_the_differences_of_colleges_published_twice(
    demo: Database, before: str, after: str
) -> None:
    earlier, later = (profile_of(demo, f"villeroche-{year}") for year in (before, after))
    worked = {"CON-1", "FAC-2", "OUV-1"}
    found = progress(earlier, later, worked, before, after)
    old, new = means(earlier), means(later)
    by_hand = {}
    for unit in comparable_units(earlier.grid, later.grid):
        if len(unit.before) == len(unit.after) == 1:
            (a,), (b,) = unit.before, unit.after
            both = old.get(a, {}).keys() & new.get(b, {}).keys()
            if both:
                by_hand[b] = mean(new[b][college] - old[a][college] for college in both)
    assert {move.code: float(move.delta) for move in (*found.worked, *found.others)} == pytest.approx(by_hand)
    assert {move.code for move in found.worked} == worked & by_hand.keys()
    assert "ne prouve pas" in found.caution


def test_a_side_without_skills_is_not_compared(demo: Database) -> None:
    earlier, later = (profile_of(demo, f"villeroche-{year}") for year in (2025, 2026))
    found = progress(earlier, later, {"CON-99"}, "2025", "2026")
    assert not found.comparable
    assert found.sentence == "Aucun savoir-faire travaillé ne se compare d’une campagne à l’autre."
    every = {skill.code for skill in later.grid.skills}
    assert progress(earlier, later, every, "2025", "2026").sentence.endswith("aucun autre ne se compare.")


def test_scales_that_differ_compare_nothing(demo: Database) -> None:
    later = profile_of(demo, "villeroche-2026")
    document = {**later.grid.model_dump(), "version": "autre", "levels": LEVELS[:3], "correspondence": None}
    for family in document["families"]:
        for skill in family["skills"]:
            skill["levels"], skill["falc_levels"] = dict.fromkeys(range(3), "x"), {}
    other = Grid(**document)
    answers = [{"college": "elus", "COO-1": 1}] * 6
    earlier = scoring.profile(pd.DataFrame(answers), other)
    assert progress(earlier, later, {"COO-1"}, "a", "b").worked == ()


def test_every_bar_of_a_timeline_stays_in_its_frame() -> None:
    spans = (
        Span("Un titre " * 12, date(2026, 11, 1), date(2026, 11, 1), "hue-1"),
        Span("Autre", date(2023, 1, 1), date(2024, 1, 1), "hue-2", "done"),
    )
    (svg,) = timeline_drawings(Timeline(spans, (Mark("vague 2026", date(2026, 12, 20)),)))
    assert svg.count("<rect") == 2
    assert 'x="-' not in svg
    assert "vague 2026" in svg
