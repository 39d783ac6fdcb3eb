"""Locks on files: one holder, or several who share; gone with their holder."""

import os
from pathlib import Path

import pytest

from storage.core.file_locks import open_lock, try_lock, unlock


def test_one_holder_at_a_time_until_it_lets_go(tmp_path: Path) -> None:
    first, second = (open_lock(tmp_path / "here.lock") for _ in range(2))
    assert try_lock(first)
    assert not try_lock(second)
    unlock(first)
    assert try_lock(second)
    os.close(second)
    assert try_lock(first)
    os.close(first)


def test_several_may_share_and_then_nobody_is_alone(tmp_path: Path) -> None:
    first, second, third = (open_lock(tmp_path / "here.lock") for _ in range(3))
    assert try_lock(first, shared=True)
    assert try_lock(second, shared=True)
    assert not try_lock(third)
    for one in (first, second, third):
        os.close(one)


def test_the_file_is_for_its_owner_s_eyes(tmp_path: Path) -> None:
    os.close(open_lock(tmp_path / "here.lock"))
    assert oct((tmp_path / "here.lock").stat().st_mode & 0o777) == "0o600"


def test_what_is_no_open_file_is_an_error(tmp_path: Path) -> None:
    descriptor = open_lock(tmp_path / "here.lock")
    os.close(descriptor)
    with pytest.raises(OSError, match="Bad file descriptor"):
        try_lock(descriptor)
