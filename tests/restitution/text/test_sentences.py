"""Titles say what is seen, and no more than is known."""

import pytest

from grille import Level
from restitution.text.sentences import DOWN, STABLE, UP, Reading, headline

LEVELS = tuple(Level(value=value, label=label) for value, label in enumerate(("Rien", "Peu", "Assez", "Bien", "Tout")))


def told(*rows: tuple[str, float | None, float | None, str | None]) -> str:
    return headline([Reading(*row) for row in rows], LEVELS, "2025").replace("\u202f", " ").replace("\u00a0", " ")


def test_what_progressed_then_what_is_weakest() -> None:
    assert (
        told(
            ("Coopérer", 2.6, 2.1, UP),
            ("Connecter", 2.9, 2.2, UP),
            ("Faciliter", 2.3, 2.4, STABLE),
            ("Intégrer", 1.6, 1.3, STABLE),
            ("S’ouvrir", 2.1, 2.0, STABLE),
        )
        == "Coopérer et Connecter ont nettement progressé ; Intégrer reste le point faible"
    )


def test_a_rise_and_a_fall() -> None:
    rows = [("Agir", 2.9, 2.0, UP), ("Lire", 2.2, 3.0, DOWN), ("Voir", 2.6, 2.5, STABLE)]
    assert told(*rows) == "Agir a nettement progressé ; Lire a nettement baissé ; Lire est le moins avancé"


def test_all_of_them() -> None:
    rows = [(title, 3.0, 2.0, UP) for title in ("A", "B", "C")]
    assert told(*rows) == "Les trois familles ont nettement progressé"


def test_nothing_certain_is_said_as_such() -> None:
    assert told(("Agir", 2.0, 1.6, STABLE), ("Lire", 2.1, 2.1, STABLE)) == "Pas de changement net depuis 2025"


def test_families_too_close_to_tell_apart_share_the_place() -> None:
    rows = [("A", 1.0, None, None), ("B", 1.2, None, None), ("C", 3.0, None, None), ("D", 2.9, None, None)]
    assert told(*rows) == "C et D sont les points forts, A et B les points faibles"


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ((None, None, None), "Pas assez de réponses pour montrer un profil"),
        ((2.1, 2.2, None), "Les familles publiées sont toutes au niveau « Assez »"),
        ((1.4, 1.5, 1.6), "Les familles publiées sont proches les unes des autres"),
        ((3.0, None, None), "Les familles publiées sont toutes au niveau « Bien »"),
    ],
)
def test_a_first_wave(scores: tuple[float | None, ...], sentence: str) -> None:
    assert told(*((title, score, None, None) for title, score in zip("ABC", scores, strict=True))) == sentence
