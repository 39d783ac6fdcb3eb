"""A recomputed campaign that asked about the year before: both editions, on pages and in files.

``val-de-brume-2025`` of ``release-0.1.db.xz`` was published under the first edition with the means of « then ».
"""

import re
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from restitution.text.numbers import signed
from settings import Settings
from storage.core.database import open_database

SLUG = "val-de-brume-2025"
FILE = f"/restitution/{SLUG}/fichiers/profile.json"


@pytest.fixture(scope="session")
def first(visitor: FlaskClient) -> dict[str, Any]:
    """What it published under the first edition."""
    document: dict[str, Any] = visitor.get(FILE).json
    return document


@pytest.fixture(scope="session")
def second(visitor: FlaskClient) -> dict[str, Any]:
    """What it publishes under the second."""
    document: dict[str, Any] = visitor.get(f"{FILE}?edition=2").json
    return document


def by_place(rows: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a table of savoir-faire, by savoir-faire and college."""
    return {(row["skill"], row["college"]): row for row in rows}


def test_each_edition_has_its_own_tables(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert "edition" not in first
    assert any(row["published"] for row in first["retrospective"]["skills"])
    assert second["edition"] == 2
    assert "retrospective" not in second, "the second edition publishes no mean of « then »"
    assert {row["college"] for row in second["hindsight"]} >= {"territoire", "elus"}


def test_pairs_are_published_only_where_the_means_of_then_already_tell_them(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    now, then = by_place(first["skills"]), by_place(first["retrospective"]["skills"])
    published = {place: row for place, row in by_place(second["hindsight_skills"]).items() if row["published"]}
    assert 0 < len(published) < len(then)
    for place, row in published.items():
        assert row["n"] == now[place]["n"] == then[place]["n"], place
        assert row["delta"] == pytest.approx(now[place]["mean"] - then[place]["mean"]), place


def differences(second: dict[str, Any]) -> dict[str, str]:
    """What is shown of each family for the territory: its title, and the difference."""
    titles = {"COO": "Coopérer", "CON": "Connecter", "FAC": "Faciliter", "INT": "Intégrer", "OUV": "S’ouvrir"}
    rows = [row for row in second["hindsight"] if row["college"] == "territoire"]
    return {titles[row["family"]]: signed(row["delta"], 2) for row in rows}


@pytest.mark.parametrize("page", ["", "/habitants"])
def test_pages_say_the_differences_of_the_second_edition(
    page: str, visitor: FlaskClient, second: dict[str, Any]
) -> None:
    text = visitor.get(f"/restitution/{SLUG}{page}").text
    section = text[text.index('id="recul"') :]
    for family, difference in differences(second).items():
        row = next(row for row in re.findall(r"<tr>.*?</tr>", section, re.S) if family in row)
        assert f">{difference}<" in row
        assert ("hausse nette" in row) == (family == "Faciliter")
    assert "ni une preuve, ni une mesure d’il y a un an" in section


@pytest.mark.parametrize("page", ["", "/habitants"])
def test_a_family_without_pairs_says_why_and_shows_nothing(page: str, folder: Path, tmp_path: Path) -> None:
    from app import create_app

    (tmp_path / "grille.db").write_bytes((folder / "grille.db").read_bytes())
    paths = ", ".join(f"""'$.retrospective."COO-{n}"'""" for n in range(1, 7))
    of_it = "WHERE campaign_id = (SELECT id FROM campaigns WHERE slug = ?)"
    with closing(open_database(tmp_path / "grille.db")) as db, db.conn:
        db.conn.execute(f"UPDATE responses SET document = json_remove(document, {paths}) {of_it}", (SLUG,))
    client = create_app(Settings.read({"DATA": str(tmp_path), "SECRET_KEY": "a secret of thirty-two characters"}))
    text = client.test_client().get(f"/restitution/{SLUG}{page}").text
    section = text[text.index('id="recul"') :]
    row = next(row for row in re.findall(r"<tr>.*?</tr>", section, re.S) if "Coopérer" in row)
    assert 'class="hidden"' in row
    assert "publiés avec le recul" in row
    assert not re.search(r"[+−]\d", row)


def test_slides_and_documents_say_them_too(visitor: FlaskClient, second: dict[str, Any]) -> None:
    deck = visitor.get(f"/seance/{SLUG}?devoile=1").text
    assert "L’an dernier, vu d’aujourd’hui" in deck
    with ZipFile(BytesIO(visitor.get(f"/restitution/{SLUG}/documents/pptx").data)) as package:
        slides = "".join(package.read(name).decode() for name in package.namelist() if "slides/slide" in name)
    assert all(difference in slides for difference in differences(second).values())
    document = visitor.get(f"/restitution/{SLUG}/documents/json").json
    assert document["hindsight"] == second["hindsight"]
    assert document["hindsight_skills"] == second["hindsight_skills"]


def test_the_csv_of_each_edition_is_its_own(visitor: FlaskClient) -> None:
    file = FILE.replace("json", "csv")
    first, second = (visitor.get(file + asked).data.decode("utf-8-sig") for asked in ("", "?edition=2"))
    assert "\nhindsight," not in first
    assert "\nhindsight," in second
    assert "\nhindsight_skills," in second


def test_the_team_compares_both_editions_of_it(team: FlaskClient) -> None:
    assert team.get(f"/campagnes/{SLUG}/revue/edition-2").status_code == 200
