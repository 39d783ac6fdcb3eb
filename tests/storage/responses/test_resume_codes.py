"""Resume codes: tolerant of typing, useless with the database alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.core.engine import Database
from storage.core.tokens import ALPHABET, drawn_code, read_code, spelled
from storage.responses import resume_codes as resuming
from storage.responses.responses import ResponseDeleted, UnknownResponse, delete_response, find_response, start_response
from storage.responses.resume_codes import LENGTH, key_of, renew_key, resume_code

SECRET = "the secret of this installation"


@pytest.fixture
def key(db: Database, campaign: Campaign) -> str:
    return start_response(db, campaign, "eleves")


def test_a_code_opens_its_response_and_is_the_same_each_time(db: Database, campaign: Campaign, key: str) -> None:
    other = start_response(db, campaign, "profs")
    codes = [resume_code(db, one, SECRET) for one in (key, other, key, other)]
    assert codes[:2] == codes[2:]
    assert [key_of(db, code, SECRET) for code in codes[:2]] == [key, other]
    assert db["resume_codes"].count == 2


def test_the_file_holds_neither_the_code_nor_the_key(db: Database, key: str) -> None:
    code = resume_code(db, key, SECRET)
    kept = "\n".join(db.iterdump())
    assert code not in kept
    assert key not in kept
    assert key_of(db, code, "another secret") is None


def test_another_secret_makes_another_code_that_replaces_the_first(db: Database, key: str) -> None:
    first, second = resume_code(db, key, SECRET), resume_code(db, key, "another secret")
    assert first != second
    assert (key_of(db, first, SECRET), key_of(db, second, "another secret")) == (None, key)


def test_a_deleted_response_has_no_code_any_more(db: Database, key: str) -> None:
    code = resume_code(db, key, SECRET)
    delete_response(db, key)
    assert key_of(db, code, SECRET) is None
    with pytest.raises(ResponseDeleted):
        resume_code(db, key, SECRET)
    with pytest.raises(UnknownResponse):
        resume_code(db, "nobody's key", SECRET)


def test_a_closed_campaign_still_opens_by_code(db: Database, campaign: Campaign, key: str) -> None:
    code = resume_code(db, key, SECRET)
    close_campaign(db, campaign)
    assert key_of(db, code, SECRET) == key
    assert resume_code(db, key, SECRET) == code


def test_a_renewed_key_keeps_its_code_and_the_former_key_opens_nothing(
    db: Database, campaign: Campaign, key: str
) -> None:
    code = resume_code(db, key, SECRET)
    renewed = []
    for _time in range(2):
        renew_key(db, key, SECRET)
        assert find_response(db, key) is None
        key = key_of(db, code, SECRET) or ""
        renewed.append(key)
        assert resume_code(db, key, SECRET) == code
    kept = "\n".join(db.iterdump())
    assert not [text for text in (code, *renewed) if text in kept]
    with pytest.raises(UnknownResponse):
        renew_key(db, "nobody's key", SECRET)
    assert resume_code(db, key, "another secret") != code


def test_two_responses_never_share_a_code(
    db: Database, campaign: Campaign, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resuming, "drawn_code", lambda _secret, _length, _kind, _key, attempt: f"AAAAAAAA{attempt}")
    other = start_response(db, campaign, "profs")
    assert [resume_code(db, one, SECRET) for one in (key, other, key)] == ["AAAAAAAA0", "AAAAAAAA1", "AAAAAAAA0"]
    assert key_of(db, "AAAAAAAA1", SECRET) == other


def test_a_code_has_forty_three_bits_drawn_evenly(db: Database, campaign: Campaign) -> None:
    assert len(ALPHABET) ** LENGTH > 2**43
    codes = "".join(drawn_code(SECRET, LENGTH, "code", str(number), "0") for number in range(2000))
    counts = [codes.count(letter) for letter in ALPHABET]
    expected = len(codes) / len(ALPHABET)
    assert sum((count - expected) ** 2 / expected for count in counts) < 60  # χ² of 28 degrees: p < 0.0005 beyond


@given(st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH), st.data())
def test_a_code_is_read_however_it_is_typed(code: str, data: st.DataObject) -> None:
    between = [data.draw(st.sampled_from(["", " ", "-", "\u2011", "\u202f", ".", "–", "_"])) for _letter in code]
    look_alikes = {"1": "1IiLl", "0": "0Oo", "8": "8Bb", "5": "5Ss", "2": "2Zz", "V": "VvUu"}
    typed = [data.draw(st.sampled_from(look_alikes.get(letter, letter + letter.lower()))) for letter in code]
    assert read_code("".join(a + b for a, b in zip(between, typed, strict=True)), LENGTH) == code
    assert read_code(spelled(code), LENGTH) == code


@given(st.text())
def test_what_is_no_code_is_none(typed: str) -> None:
    code = read_code(typed, LENGTH)
    assert code is None or re.fullmatch(f"[{ALPHABET}]{{{LENGTH}}}", code)
