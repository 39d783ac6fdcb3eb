"""``campaign verify``: the demonstration's adopted diagnostic, recomputed from its raw answers."""

from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from commands.demo.review import REVIEWED
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import open_database, writing
from storage.review.snapshots import snapshots_of


def verify(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["campaign", "verify", *arguments])
    return result.exit_code, result.output


def test_an_adopted_diagnostic_is_identical(demo_app: Flask) -> None:
    code, said = verify(demo_app, REVIEWED)
    assert code == 0
    assert said.count("identique") == 2
    assert verify(demo_app, REVIEWED, "--number", "2")[1].count("identique") == 1


def test_a_changed_answer_is_named(demo_app: Flask, demo_database: Path) -> None:
    with closing(open_database(demo_database)) as db, writing(db) as conn:
        campaign = campaign_by_slug(db, REVIEWED)
        assert campaign
        assert len(snapshots_of(db, campaign)) == 2
        conn.execute(
            """UPDATE responses SET document = json_set(document, '$.answers.COO-2', 4) WHERE id IN (
                SELECT id FROM responses WHERE campaign_id = ? AND college = 'elus' LIMIT 3)""",
            (campaign.id,),
        )
    code, said = verify(demo_app, REVIEWED, "--number", "1")
    assert code == 2
    assert "profil.skills[COO-2, COO, elus].mean : adopté" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("nulle-part",), "Aucune campagne"), ((REVIEWED, "--number", "9"), "n° 9"), (("villeroche-2023",), "adoptée")],
)
def test_what_is_not_there_is_said(demo_app: Flask, arguments: tuple[str, ...], words: str) -> None:
    code, said = verify(demo_app, *arguments)
    assert (code, words in said) == (2, True)
