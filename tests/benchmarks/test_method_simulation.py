"""The simulation of the method gives the worked example of edition 2, and its tables do not change."""

import numpy as np
import pytest

from benchmarks.method import agreement, changes, coverage, hindsight, progress, scales, silences, village
from benchmarks.method.edition_2 import Array, Cells, Estimates, Scale, cells_of, estimates_of, spread_of
from benchmarks.method.people import SHAPES, generator
from benchmarks.method.student import quantile
from benchmarks.method.words import RISE, compared, page

FIVE = Scale()
WEIGHTS = (1.0, 1.0, 2.0)
SILENT = -1
ELUS = ("1,2,0 2,3,1 1,2,1 2,3,0 1,3,1 0,2,-1", "2,3,1 3,3,2 2,2,2 2,4,2 3,3,1 2,3,2")
AGENTS = (
    "2,1,0 2,2,1 3,2,1 1,1,1 2,2,2 1,0,0 2,1,1 3,4,2 0,1,0 4,0,2",
    "3,2,1 2,3,1 3,2,2 2,2,2 4,3,2 3,2,1 2,2,2 3,4,3 2,1,1 4,2,2",
)
THEN = "1,2,0 2,2,1 1,2,1 1,3,1 2,2,0 -1,2,1"


def answers(written: str) -> Array:
    """One campaign, one family: (1, 1, skills, people)."""
    people = [[int(level) for level in person.split(",")] for person in written.split()]
    return np.array(people).T[None, None]


def cells(written: str) -> Cells:
    levels = answers(written)
    return cells_of(levels, levels != SILENT, WEIGHTS)


def estimates(written: str) -> Estimates:
    return estimates_of(cells(written), FIVE)


@pytest.mark.parametrize(
    ("written", "size", "spread", "interval"),
    [
        (ELUS[0], 8, 0.5, (0.8373, 1.5961)),
        (AGENTS[0], None, 1.0055, (0.7345, 1.9655)),
        (ELUS[1], 8, 0.5, (1.8619, 2.4715)),
        (AGENTS[1], None, 0.7435, (1.6371, 2.6129)),
    ],
)
def test_the_intervals_of_the_worked_example(
    written: str, size: int | None, spread: float, interval: tuple[float, float]
) -> None:
    found = estimates(written)
    margin = quantile(0.975, found.degrees) * np.sqrt(found.variance(size))
    assert spread_of(cells(written), FIVE).item() == pytest.approx(spread, abs=5e-5)
    assert ((found.value - margin).item(), (found.value + margin).item()) == pytest.approx(interval, abs=5e-5)


def test_the_change_of_the_worked_example() -> None:
    campaigns = [[estimates(written) for written in pair] for pair in zip(ELUS, AGENTS, strict=True)]
    found = compared(campaigns[0], campaigns[1], FIVE)
    assert found.territory.tolist() == [[RISE]]
    assert found.colleges.tolist() == [[[RISE], [RISE]]]


def test_the_hindsight_of_the_worked_example() -> None:
    now, then = answers(ELUS[1]), answers(THEN)
    found = hindsight.row(now, then, then != SILENT, WEIGHTS)
    assert found.delta.item() == pytest.approx(23 / 24)
    assert found.variance.item() == pytest.approx(0.051133, abs=5e-7)
    alone = page([found], found.shown, [(found.variance, found.degrees)], FIVE)
    assert alone.territory.tolist() == [[RISE]]


def test_the_limits_of_agreement_by_chance() -> None:
    found = [str(agreement.largest_by_chance(FIVE, n)) for n in (10, 11, 12, 13)]
    assert found == ["37/50", "96/121", "59/72", "140/169"]


def test_quantiles_of_student() -> None:
    degrees = np.array([5.4545, 10.0, 27.76])
    assert quantile(0.975, degrees)[:2] == pytest.approx([2.5075, 2.2281], abs=1e-4)
    assert quantile(0.9875, degrees)[2] == pytest.approx(2.3696, abs=1e-4)


def test_intervals_hold_what_they_promise() -> None:
    found = [one.held for one in coverage.everything(200).values()]
    assert min(found) > 0.85
    assert 0.97 < np.mean(found) < 1
    assert coverage.width_ratio(coverage.everything(200), ("en U", "aux deux bouts"), 3) == pytest.approx(1.15, abs=0.1)


def test_nothing_is_seen_where_nothing_changed_and_a_rise_is() -> None:
    false = [share for of in changes.false_pages(100, changes.People()).values() for share in of.values()]
    assert np.mean(false) < 0.02
    seen = changes.power(SHAPES["au milieu"], 8, 100, generator(1))
    assert seen.territory > 0.9
    assert 0.5 < seen.college < 0.85
    assert seen.alone < 0.15


def test_words_of_agreement_by_chance() -> None:
    assert agreement.drawn("au hasard", 10, 4000)[agreement.CONVERGENT] < 0.07
    assert agreement.drawn("une pente", 10, 4000)[agreement.OPPOSED_WORD] < 0.11
    assert agreement.drawn("deux camps", 10, 4000)[agreement.OPPOSED_WORD] > 0.8


def test_skills_worked_on_are_not_flattered() -> None:
    found = progress.campaigns(8, 0.0, 2000, generator(2))
    assert abs(found.beyond.mean()) < 0.02 < found.plain.mean()


def test_other_scales_and_silences() -> None:
    assert min(share for levels in (2, 3, 11) for share in scales.coverage(levels, 400)) > 0.9
    assert silences.fewer_silences(50)[0] == pytest.approx(-0.3, abs=0.05)


def test_the_same_seed_gives_the_same_figures() -> None:
    assert list(village.report(20)) == list(village.report(20))
    assert list(progress.report(50)) == list(progress.report(50))
