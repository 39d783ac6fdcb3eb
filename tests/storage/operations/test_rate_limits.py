"""Rate limits: they expire, are shared by processes, stay small, and store no address."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.core.database_errors import DatabaseUnavailable
from storage.operations.rate_limits import Counts, Limit, block_of

TEN = Limit("tests", 10, timedelta(minutes=10))


class Clock:
    """Seconds that only a test moves."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "limits.db"


@pytest.fixture
def counts(file: Path, clock: Clock) -> Iterator[Counts]:
    made = Counts(file, "a secret", clock)
    yield made
    made.close()


def tries_left(counts: Counts, who: str = "someone") -> int:
    """How many tries go through in a row, from now on."""
    return next(number for number in range(100) if counts.hit(TEN, who) is not None)


def test_as_many_as_said_then_one_at_a_time(counts: Counts, clock: Clock) -> None:
    assert tries_left(counts) == 10
    assert counts.hit(TEN, "someone") == timedelta(minutes=1)
    clock.seconds += 59
    assert counts.hit(TEN, "someone") == timedelta(seconds=1)
    clock.seconds += 1
    assert tries_left(counts) == 1
    clock.seconds += 3600
    assert tries_left(counts) == 10


def test_each_has_their_own_count_and_each_limit_too(counts: Counts) -> None:
    assert tries_left(counts) == 10
    assert tries_left(counts, "someone else") == 10
    assert counts.hit(Limit("other", 1, timedelta(hours=1)), "someone") is None


def test_a_right_try_is_given_back(counts: Counts) -> None:
    for _ in range(50):
        assert counts.hit(TEN, "someone") is None
        counts.refund(TEN, "someone")
    assert tries_left(counts) == 10


def test_a_clock_that_jumps_back_holds_nobody_for_ages(counts: Counts, clock: Clock) -> None:
    assert tries_left(counts) == 10
    clock.seconds -= 1_000_000
    assert tries_left(counts) == 10


@settings(max_examples=20)
@given(st.lists(st.floats(0, 300), max_size=60))
def test_never_more_than_the_limit_in_any_of_its_spans(gaps: list[float]) -> None:
    clock, passed = Clock(), []
    with TemporaryDirectory() as folder, closing(Counts(Path(folder) / "limits.db", "a secret", clock)) as counts:
        for gap in gaps:
            clock.seconds += gap
            if counts.hit(TEN, "someone") is None:
                passed.append(clock.seconds)
    # A bucket of ten that leaks one a minute: at most ten at once, and one more for each minute of the span.
    for first, start in enumerate(passed):
        for last, end in enumerate(passed[first:], first):
            assert last - first + 1 <= 10 + (end - start) / TEN.leak + 1e-6


def test_the_file_stays_small_however_many_try(file: Path, clock: Clock) -> None:
    counts = Counts(file, "a secret", clock, most=50)
    for number in range(200):
        counts.hit(TEN, f"someone {number}")
        clock.seconds += 0.001
    assert counts._connection().execute("SELECT count(*) FROM tries").fetchone() == (50,)
    assert counts.hit(TEN, "someone 199") is None
    clock.seconds += 3600
    counts.hit(TEN, "the next day")
    assert counts._connection().execute("SELECT count(*) FROM tries").fetchone() == (1,)
    counts.close()


def test_who_tried_often_is_forgotten_last(file: Path, clock: Clock) -> None:
    counts = Counts(file, "a secret", clock, most=50)
    assert tries_left(counts, "insistent") == 10
    for number in range(200):
        counts.hit(TEN, f"someone {number}")
    assert counts.hit(TEN, "insistent") is not None
    counts.close()


def test_nobody_s_address_is_in_the_file(counts: Counts, file: Path) -> None:
    counts.hit(TEN, "203.0.113.77")
    counts.hit(TEN, "ada@exemple.fr")
    counts.close()
    content = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert b"203.0.113.77" not in content
    assert b"ada@" not in content
    assert file.stat().st_mode & 0o077 == 0


def test_threads_together_get_no_more_than_one_would(file: Path) -> None:
    counts = Counts(file, "a secret")

    def trying(_: int) -> bool:
        passed = counts.hit(TEN, "someone") is None
        counts.close()
        return passed

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(trying, range(64))) == 10


def test_processes_share_their_counts(counts: Counts, file: Path) -> None:
    assert [counts.hit(TEN, "someone") for _ in range(7)] == [None] * 7
    program = f"""from datetime import timedelta; from pathlib import Path; from storage.operations.rate_limits import *
counts = Counts(Path({str(file)!r}), "a secret", lambda: 1_000_000.0)
print(sum(counts.hit(Limit("tests", 10, timedelta(minutes=10)), "someone") is None for _ in range(9)))"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "3"


def test_a_damaged_file_is_made_anew(file: Path, clock: Clock) -> None:
    file.parent.mkdir()
    file.write_bytes(b"no database at all" * 1000)
    counts = Counts(file, "a secret", clock)
    assert tries_left(counts) == 10
    counts.close()


def test_what_cannot_be_counted_does_not_go_on(tmp_path: Path) -> None:
    (tmp_path / "limits.db").mkdir()
    with pytest.raises(DatabaseUnavailable):
        Counts(tmp_path / "limits.db", "a secret").hit(TEN, "someone")


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("2001:db8:12:3456::1", "2001:db8:12:34ff::9", True),
        ("2001:db8:12:3456::1", "2001:db8:12:3500::1", False),
        ("", None, True),
        ("unix:", "", True),
    ],
)
def test_an_address_stands_for_its_household(one: str, other: str | None, together: bool) -> None:
    assert (block_of(one) == block_of(other)) is together
