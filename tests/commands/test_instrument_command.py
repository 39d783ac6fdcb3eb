"""``flask --app app instrument``: on the whole demonstration programme, and its refusal for a single territory."""

import json
from pathlib import Path

import pytest
from flask import Flask

import grille
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.territories import create_territory
from storage.core.engine import Database


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["instrument", *arguments])
    return result.exit_code, result.output


def test_the_demonstration_is_judged_whole(demo_app: Flask, tmp_path: Path) -> None:
    code, said = run(demo_app)
    assert code == 0
    assert "6 campagnes closes, 3 territoires" in said
    assert "INT-2 Rendre compte\n  - Beaucoup répondent" in said
    assert run(demo_app, "--kind", "json", "--out", str(tmp_path / "i.json"))[0] == 0
    content = json.loads((tmp_path / "i.json").read_text())
    assert content["territories"] == 3
    assert not {"territory", "campaign"} & {
        key for table in ("skills", "families", "silence") for key in content[table][0]
    }
    assert not any(place in json.dumps(content) for place in ("villeroche", "brume", "aubin"))
    assert run(demo_app, "--kind", "csv")[1].count("\n") > 500


def test_an_older_version_is_judged_on_its_own_campaigns(demo_app: Flask) -> None:
    assert "Grille territoires-engagement 2024.1" in run(demo_app, "--grid", "2024.1")[1]


@pytest.mark.parametrize("arguments", [(), ("--grid", "absent.yaml"), ("--out", "/nowhere/at/all.csv")])
def test_what_cannot_be_done_is_said_in_a_sentence(arguments: tuple[str, ...], app: Flask, database: Database) -> None:
    for name in ("Ici", "Là"):
        place = create_territory(database, name, "commune")
        close_campaign(database, open_campaign(database, place, grille.current(), name="Bilan", year=2026))
    code, said = run(app, *arguments)
    assert code == 2
    assert "Traceback" not in said
    if "absent.yaml" not in arguments:
        assert "se juge sur au moins 3 territoires d’un programme\u202f; il y en a 2." in said
