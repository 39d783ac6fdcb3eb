"""A set of files is written completely or not at all."""

import os

import pytest

from commands.atomic_files import cannot_deliver, deliver

FILES = {"a.txt": b"a", "b.txt": b"b"}


def test_a_new_folder_is_made_with_its_parents(tmp_path):
    deliver(FILES, tmp_path / "x" / "y")
    assert {path.name: path.read_bytes() for path in (tmp_path / "x" / "y").iterdir()} == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_relative_folder_is_made_where_one_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    deliver(FILES, type(tmp_path)("x"))
    assert (tmp_path / "x" / "a.txt").read_bytes() == b"a"


def test_the_new_folder_has_usual_rights(tmp_path):
    (tmp_path / "usual").mkdir()
    deliver(FILES, tmp_path / "x")
    assert (tmp_path / "x").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_what_fails_midway_is_undone(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"former")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(OSError, match=r"b\.txt"):
        deliver({"new.txt": b"new", **FILES}, tmp_path)
    assert (tmp_path / "a.txt").read_bytes() == b"former"
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", "b.txt"}


def test_where_files_cannot_go(tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.touch()
    dangling = tmp_path / "link"
    dangling.symlink_to(tmp_path / "nowhere")
    assert "c’est un fichier" in cannot_deliver(file)
    assert "est un fichier" in cannot_deliver(file / "x" / "y")
    assert "ne mène nulle part" in cannot_deliver(dangling)
    assert cannot_deliver(tmp_path / "x" / "y") == ""
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "vérifiez vos droits" in cannot_deliver(tmp_path / "x")
