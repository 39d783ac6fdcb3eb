"""Two versions of a grid between which everything that can happen to a skill happens."""

from grille import Grid
from tests.shapes import shape

BEFORE = {
    "Écouter": ("Ouvrir la porte", "Entendre chacun", "Répondre à tous", "Tenir un registre"),
    "Décider": ("Préparer", "Voter", "Rendre compte"),
    "Fêter": ("Inviter", "Remercier"),
}
AFTER = {
    "Écouter": ("Ouvrir la porte", "Entendre les présents", "Entendre les absents", "Répondre, et dire pourquoi"),
    "Décider": ("Préparer et voter", "Rendre compte", "Corriger"),
    "Fêter": ("Inviter", "Remercier"),
}
LINKS = {
    "1-2": ("1-2", "1-3"),  # split
    "1-3": ("1-4",),  # renamed
    "1-4": (),  # retired
    "2-1": ("2-1",),
    "2-2": ("2-1",),  # merged
    "2-3": ("2-2",),  # another code; 2-3 is new
}


def before() -> Grid:
    """The first version."""
    return shape(BEFORE, codes="{family}-{skill}", name="suite")


def after(**changes: object) -> Grid:
    """The second: a skill split, two merged, one renamed, one retired, one new, a family that did not move."""
    succession = {"from_version": "1", "skills": LINKS}
    made = shape(AFTER, codes="{family}-{skill}", name="suite").model_dump()
    return Grid.model_validate(made | {"version": "2", "correspondence": succession} | changes)
