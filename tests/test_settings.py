"""The settings: read from the environment; all errors at once, with the remedy."""

import os
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settings import VERSION, Settings, SettingsErrors, kept_secret

WRONG = {
    "PORT": "eighty",
    "DEMO": "maybe",
    "SECRET_KEY": "short",
    "PUBLIC_URL": "grille.exemple.fr",
    "PROXIES": "-1",
    "WORKERS": "0",
    "THREADS": "many",
    "DEVELOPMENT": "?",
}


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.read({}) == Settings()
    assert Settings.read({"PORT": " ", "DATA": ""}) == Settings()


def test_every_wrong_setting_is_said_at_once_with_its_remedy() -> None:
    with pytest.raises(SettingsErrors) as refused:
        Settings.read(WRONG)
    assert [problem.split("=")[0] for problem in refused.value.problems] == list(WRONG)
    assert all("écrivez" in problem for problem in refused.value.problems)
    assert "short" not in str(refused.value), "a secret is never printed"


SOUND = "Zk3vQ9-x7Lm2Rt8_Yb5Nw1Hc6Pd4Sf0Gj"


@pytest.mark.parametrize(
    "secret",
    ["x" * 40, "0123456789" * 4, "changeme-changeme-changeme-changeme-1234", "my-very-long-password-that-is-typed"],
)
def test_a_secret_that_was_not_drawn_is_refused_and_not_repeated(secret: str) -> None:
    with pytest.raises(SettingsErrors) as refused:
        Settings.read({"SECRET_KEY": secret})
    assert "tirés au hasard" in str(refused.value)
    assert secret not in str(refused.value)


def test_a_site_in_https_is_given_its_secret_by_the_environment() -> None:
    with pytest.raises(SettingsErrors, match="SECRET_KEY= manque"):
        Settings.read({"PUBLIC_URL": "https://grille.exemple.fr"})
    assert Settings.read({"PUBLIC_URL": "https://grille.exemple.fr", "SECRET_KEY": SOUND}).secret_key == SOUND
    with pytest.raises(SettingsErrors) as refused:
        Settings.read({"PUBLIC_URL": "https://grille.exemple.fr", "PORT": "eighty"})
    assert len(refused.value.problems) == 2, "said with the other mistakes"


@given(st.dictionaries(st.sampled_from([name.upper() for name in Settings.model_fields]), st.text()))
def test_any_environment_is_read_or_refused_in_sentences(environment: dict[str, str]) -> None:
    assert all(problem.endswith(".") for problem in _problems(environment))


def _problems(environment: dict[str, str]) -> tuple[str, ...]:
    try:
        Settings.read(environment)
    except SettingsErrors as refused:
        return refused.problems
    return ()


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_secret_is_drawn_once_for_its_owners_eyes_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret-key"
    secret = kept_secret(path)
    assert len(secret) >= 32
    assert kept_secret(path) == secret == path.read_text()
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_where_nothing_can_be_written_the_secret_lasts_as_long_as_the_process(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert len(kept_secret(tmp_path / "file" / "secret-key")) >= 32


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"PORT": "9000"}, "http://127.0.0.1:9000"),
        ({"PUBLIC_URL": "https://grille.exemple.fr/"}, "https://grille.exemple.fr"),
    ],
)
def test_the_address_that_people_use(given: dict[str, str], address: str) -> None:
    assert Settings.read(given | {"SECRET_KEY": SOUND}).address == address


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
    assert Settings().for_flask()["VERSION"] == VERSION
