"""A small grid unlike the shipped ones: two families, three levels from 1 to 3, two colleges."""

import pytest

from grille import College, Family, Grid, Level, Skill
from questionnaires import Questionnaire

EASY = {1: "La terre est dure.", 2: "La terre est assez bonne.", 3: "La terre est très bonne."}


def skill(code: str, *, core: bool = True, **texts: object) -> Skill:
    sentences = {value: f"{code} se fait au niveau {value}." for value in (1, 2, 3)}
    return Skill(code=code, title=f"Titre {code}", definition="…", core=core, levels=sentences, **texts)


@pytest.fixture
def grid() -> Grid:
    return Grid(
        id="jardins",
        version="1",
        title="Jardins partagés",
        status="proposition",
        levels=tuple(Level(value=value, label=f"Étape {value}") for value in (1, 2, 3)),
        colleges=(
            College(code="voisins", label="Voisins", wording="Dans votre rue, voyez-vous :"),
            College(code="equipe", label="Équipe"),
        ),
        families=(
            Family(
                code="SOL",
                title="Le sol",
                skills=(
                    skill(
                        "SOL-1",
                        wording={"voisins": "Le sol est-il nourri ?"},
                        falc="La terre est-elle bonne ?",
                        falc_levels=EASY,
                    ),
                    skill("SOL-2", core=False),
                ),
            ),
            Family(code="EAU", title="L’eau", skills=(skill("EAU-1", core=False),)),
        ),
    )


@pytest.fixture
def questionnaire(grid: Grid) -> Questionnaire:
    return Questionnaire(grid, "full", "voisins")
