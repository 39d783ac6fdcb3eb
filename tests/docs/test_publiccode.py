"""publiccode.yml follows its standard and describes the current version."""

import copy
from typing import Any

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from tests.docs.publiccode import PublicCode
from tests.docs.test_releases import CHANGELOG, PROJECT, RELEASE, ROOT


def loaded() -> dict[str, Any]:
    """The file, as plain values."""
    found: dict[str, Any] = YAML(typ="safe").load((ROOT / "publiccode.yml").read_text("utf-8"))
    return found


def test_the_file_follows_the_standard() -> None:
    PublicCode.model_validate(loaded())


def test_it_says_the_version_and_the_day_of_the_last_release() -> None:
    last = RELEASE.search(CHANGELOG)
    assert last
    assert (loaded()["softwareVersion"], loaded()["releaseDate"]) == last.groups()
    assert loaded()["legal"]["license"] == PROJECT["license"]


def test_it_shows_pictures_that_exist() -> None:
    shown = [path for one in loaded()["description"].values() for path in one.get("screenshots", [])]
    assert shown
    assert [path for path in shown if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", None),
        ("categories", ["surveys"]),
        ("intendedAudience.scope", ["villages"]),
        ("softwareVersion", 0.2),
        ("releaseDate", "30/11/2026"),
        ("releaseDate", "20261130"),
        ("url", "grille.git"),
        ("softwareType", "web"),
        ("description", {}),
        ("description.fr.shortDescription", "x" * 151),
        ("description.fr.longDescription", "x" * 149),
        ("description.fr.features", []),
        ("description.fr.screenshots", ["/absolute.png"]),
        ("maintenance", {"type": "community"}),
        ("maintenance", {"type": "contract"}),
        ("maintenance", {"type": "contract", "contractors": [{"name": "Une entreprise"}]}),
        ("localisation.localisationReady", "yes"),
        ("localisation.availableLanguages", ["français"]),
        ("monochromeLogo", "icon.svg"),
    ],
)
def test_what_the_standard_does_not_allow_is_refused(path: str, value: Any) -> None:
    wrong = copy.deepcopy(loaded())
    *parents, key = path.split(".")
    part = wrong
    for parent in parents:
        part = part[parent]
    part[key] = value
    with pytest.raises(ValidationError):
        PublicCode.model_validate(wrong)
