"""Passwords: what is stored, what is accepted; checking an unknown account takes as long as a known one."""

import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from statistics import median
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import passwords

GOOD = "une phrase assez longue"


def test_a_hash_opens_with_its_password_only() -> None:
    stored = passwords.hashed(GOOD)
    assert passwords.matches(stored, GOOD)
    assert not passwords.matches(stored, GOOD + " ")
    assert GOOD not in stored
    assert stored != passwords.hashed(GOOD), "two hashes of one password must differ"


@pytest.mark.parametrize("password", ["", "onze signes", "x" * 513])
def test_a_password_of_another_length_is_refused_with_a_sentence(password: str) -> None:
    assert passwords.weakness(password).startswith("Choisissez au ")


@pytest.mark.parametrize("password", ["", "x" * 513])
def test_what_cannot_be_hashed_is_not(password: str) -> None:
    with pytest.raises(ValueError, match="Choisissez"):
        passwords.hashed(password)


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "987654321098",
        "azertyuiop12",
        "AZERTYUIOP!!",
        "aaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "motdepasse2026",
        "M0t de passe 2026 !",
        "Bonjour!2024!!",
        "Password1234",
        "grille-grille-2026",
        "camille.durand.87",
        "Durand-Camille-mairie",
        "villeroche-2026!",
        "🐈" * 12,
        "villeroche2026",
        "V1ller0che!2026",
        "saint-etienne-42",
        "bonjour2bonjour",
        "printemps-2026!",
    ],
)
def test_what_everyone_tries_first_is_refused(password: str) -> None:
    own = ("Camille Durand", "c.durand@villeroche.example")
    assert "trop facile" in passwords.weakness(password, own, ("Saint-Étienne",))


@pytest.mark.parametrize(
    "password",
    [
        "une phrase assez longue",
        "cheval correct pile",
        "Tr0ub4dor&3xyz",
        "日本語のパスワードです長い",
        "élan ténu gravé",
    ],
)
def test_a_few_words_are_enough_whatever_their_signs(password: str) -> None:
    assert passwords.weakness(password, ("Camille Durand", "c.durand@villeroche.example")) == ""


@settings(max_examples=20, deadline=None)
@given(st.text(min_size=0, max_size=40, alphabet=st.characters(codec=None)))
def test_anything_can_be_tried(password: str) -> None:
    assert not passwords.matches(passwords.hashed(GOOD), password)


@pytest.mark.parametrize("stored", ["", "plain text", "$argon2id$v=19$broken"])
def test_a_broken_hash_opens_nothing(stored: str) -> None:
    assert not passwords.matches(stored, "")
    assert not passwords.matches(stored, GOOD)


def test_no_account_takes_as_long_as_a_wrong_password() -> None:
    stored = passwords.hashed(GOOD)
    known = median(_seconds(stored) for _ in range(7))
    unknown = median(_seconds(None) for _ in range(7))
    assert 0.5 < unknown / known < 2


def _seconds(stored: str | None) -> float:
    start = time.process_time()  # our work, in whichever thread: the machine may be busy with others
    assert not passwords.matches(stored, "un autre mot de passe")
    return time.process_time() - start


def test_several_at_once_all_get_their_answer() -> None:
    stored = passwords.hashed(GOOD)
    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(lambda _: passwords.matches(stored, GOOD), range(16)))


def test_a_crowd_is_asked_to_come_back_rather_than_kept_waiting() -> None:
    stored, held = passwords.hashed(GOOD), Event()
    with ThreadPoolExecutor(12) as threads:
        blocker = passwords._worker.submit(held.wait)
        crowd = [threads.submit(passwords.matches, stored, GOOD) for _ in range(12)]
        refused = list(islice(as_completed(crowd), 12 - passwords._MOST_WAITING))
        held.set()
        assert blocker.result()
    assert {type(one.exception()) for one in refused} == {passwords.TooManyAtOnce}
    assert [one.result() for one in crowd if one not in refused] == [True] * passwords._MOST_WAITING
    assert passwords.matches(stored, GOOD), "there is room again afterwards"


def test_one_account_never_takes_every_place_of_those_who_wait() -> None:
    stored, held = passwords.hashed(GOOD), Event()
    with ThreadPoolExecutor(3) as threads:
        blocker = passwords._worker.submit(held.wait)
        flood = [threads.submit(passwords.matches, stored, GOOD, "one@ici.example") for _ in range(3)]
        refused = next(as_completed(flood))
        assert isinstance(refused.exception(), passwords.TooManyAtOnce)
        other = threads.submit(passwords.matches, stored, GOOD, "other@ici.example")
        held.set()
        assert other.result()
        assert blocker.result()
    assert sum(one.exception() is None for one in flood) == 2


def test_a_hash_made_with_other_parameters_is_outdated() -> None:
    assert not passwords.outdated(passwords.hashed(GOOD))
    assert passwords.outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$ph1FDWLVhJPf1Z8P6bNJ0w")
