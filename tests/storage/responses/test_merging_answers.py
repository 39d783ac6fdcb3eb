"""Two devices on one response: the latest change of each answer wins, in whatever order changes arrive."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.core.database import open_database
from storage.core.engine import Database
from storage.responses.responses import find_response, start_response
from tests.saving import save_by_key
from tests.storage.conftest import open_small_campaign


class Change(NamedTuple):
    code: str
    answer: Answer
    at: int


ANSWERS = st.builds(
    Answer,
    st.sampled_from([None, 1, 2, 3, "NSP", "SO"]),
    reason=st.sampled_from(["", "pas ici"]),
    comment=st.sampled_from(["", "oui", "non"]),
)
CHANGES = st.lists(
    st.builds(Change, st.sampled_from(["A-1", "A-2", "B-1"]), ANSWERS, st.integers(1, 10**12)),
    unique_by=lambda change: change.at,
    max_size=12,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Campaign]]:
    from storage.core.database import migrate

    path: Path = tmp_path_factory.mktemp("merging") / "grille.sqlite"
    migrate(path)
    with closing(open_database(path)) as db:
        yield db, open_small_campaign(db)


def latest(changes: list[Change]) -> dict[str, Answer]:
    """The naive way: walk through time and keep what is said last; what says nothing is not an answer."""
    said = {change.code: change.answer for change in sorted(changes, key=lambda change: change.at)}
    return {code: answer for code, answer in said.items() if answer != Answer()}


def packets(changes: list[Change], random: Random) -> Iterator[dict[str, Change]]:
    """The changes as devices send them: in any order, several at once when they are about different skills."""
    waiting = random.sample(changes, len(changes))
    while waiting:
        packet: dict[str, Change] = {}
        while waiting and waiting[-1].code not in packet and random.random() < 0.7:
            change = waiting.pop()
            packet[change.code] = change
        yield packet


def saved(shared: tuple[Database, Campaign], changes: list[Change], random: Random) -> dict[str, Answer]:
    db, campaign = shared
    key = start_response(db, campaign, "eleves")
    for packet in packets(changes, random):
        answers = {code: change.answer for code, change in packet.items()}
        save_by_key(db, key, answers, {code: change.at for code, change in packet.items()})
    response = find_response(db, key)
    assert response is not None
    return dict(response.document.answers)


@settings(max_examples=60, deadline=None)
@given(changes=CHANGES, random=st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(
    shared: tuple[Database, Campaign], changes: list[Change], random: Random
) -> None:
    assert saved(shared, changes, random) == latest(changes)


@settings(max_examples=30, deadline=None)
@given(changes=CHANGES, random=st.randoms(use_true_random=False))
def test_sending_again_what_was_sent_changes_nothing(
    shared: tuple[Database, Campaign], changes: list[Change], random: Random
) -> None:
    assert saved(shared, changes + changes, random) == latest(changes)
