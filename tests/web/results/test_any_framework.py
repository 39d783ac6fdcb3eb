"""Results of another framework: other families, levels and colleges; and a territory that changed its scale."""

import pytest
from flask.testing import FlaskClient

from grille import College, Family, Grid, Level, Skill
from questionnaires.answers import Answer
from storage.campaigns.campaigns import CampaignCollege
from storage.campaigns.lifecycle import close_campaign, open_campaign, publish_campaign
from storage.campaigns.territories import Territory, create_territory
from storage.core.engine import Database
from storage.responses.recorded_responses import Recorded, record_responses


def framework(families: int, levels: range, colleges: str, version: str = "1") -> Grid:
    described = {value: f"Comportement {value}" for value in levels}
    return Grid(
        id="ailleurs",
        version=version,
        title="Une grille d’ailleurs",
        status="officielle",
        levels=tuple(Level(value=value, label=f"Niveau {value}") for value in levels),
        colleges=tuple(College(code=code, label=f"Collège {code}") for code in colleges),
        families=tuple(
            Family(
                code=f"F{n}",
                title=f"Une famille au titre plutôt long {n}",
                skills=tuple(
                    Skill(code=f"F{n}-{i}", title=f"Savoir {n}.{i}", definition="d", core=True, levels=described)
                    for i in range(2)
                ),
            )
            for n in range(families)
        ),
    )


def published(db: Database, territory: Territory, grid: Grid, year: int) -> str:
    """A published campaign of six answers per college; its address."""
    colleges = [CampaignCollege(college.code, college.label) for college in grid.colleges]
    campaign = open_campaign(db, territory, grid, name=f"Bilan {year}", year=year, form="full", colleges=colleges)
    values = [level.value for level in grid.levels]
    answers = [
        Recorded(
            college.code,
            {skill.code: Answer(values[(i + n) % len(values)]) for i, skill in enumerate(grid.skills)},
        )
        for college in colleges
        for n in range(6)
    ]
    record_responses(db, campaign, answers)
    return publish_campaign(db, close_campaign(db, campaign)).slug


@pytest.mark.parametrize(
    ("families", "levels", "colleges"),
    [(1, range(2), "ab"), (2, range(6), "abc"), (7, range(1, 8), "abcdef"), (12, range(-1, 3), "abcdefghijkl")],
)
def test_another_framework_is_shown_whole(
    families: int, levels: range, colleges: str, client: FlaskClient, database: Database
) -> None:
    territory = create_territory(database, "Ailleurs", "commune")
    for year in (2025, 2026):
        slug = published(database, territory, framework(families, levels, colleges), year)
    for room, told in (("restitution", ""), ("seance", "?devoile=1")):
        page = client.get(f"/{room}/{slug}{told}")
        text = page.get_data(as_text=True)
        assert page.status_code == 200
        assert all(f"Savoir {n}.1" in text for n in range(families))
        assert "proposition du projet" not in text
        assert "Territoire fictif" not in text


def test_a_campaign_on_another_scale_is_said_so_and_never_drawn(client: FlaskClient, database: Database) -> None:
    territory = create_territory(database, "Ailleurs", "commune")
    published(database, territory, framework(4, range(5), "abc"), 2025)
    slug = published(database, territory, framework(4, range(7), "abc", version="2"), 2026)
    text = client.get(f"/restitution/{slug}").get_data(as_text=True)
    assert "mesurée sur une autre échelle" in text
    assert "ces deux grilles ne se comparent pas" in text
    assert client.get(f"/seance/{slug}").status_code == 200
