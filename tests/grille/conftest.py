"""A small grid for tests: three levels, two families, two colleges."""

from pathlib import Path

import pytest

SMALL = """\
id: essai
version: "2"
title: Une petite grille
status: proposition
levels:
  - {value: 1, label: Rien}
  - {value: 2, label: Un peu, description: On essaie}
  - {value: 3, label: Beaucoup}
families:
  - code: A
    title: Accueillir
    skills:
      - code: A-1
        title: Ouvrir la porte
        definition: La porte est ouverte.
        core: true
        levels: {1: Fermée, 2: Entrouverte, 3: Ouverte}
        wording: {eleves: Chez vous…, profs: En classe…}
        facts: [La porte]
      - code: A-2
        title: Offrir un siège
        definition: Chacun a un siège.
        core: false
        weight: 0.5
        levels: {1: Debout, 2: Un banc, 3: Un fauteuil}
  - code: B
    title: Bavarder
    skills:
      - code: B-1
        title: Parler
        definition: On parle.
        core: true
        levels: {1: Non, 2: Parfois, 3: Souvent}
colleges:
  - {code: eleves, label: Élèves, wording: Dans votre école…}
  - {code: profs, label: Professeurs}
correspondence:
  from_version: "1"
  skills:
    A-9: [A-1, A-2]
    A-0: []
"""


@pytest.fixture
def small() -> str:
    return SMALL


@pytest.fixture
def grid_file(tmp_path: Path):
    """Write a text (or bytes) as a grid file and return its path."""

    def write(content: str | bytes, name: str = "grille.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
