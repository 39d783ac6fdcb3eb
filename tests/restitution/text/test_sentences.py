"""Titles say what the figures show, and no more."""

import pytest

from grille import Level
from restitution.text.sentences import DOWN, NO_FALL, STABLE, UNKNOWN, UP, Reading, first_reading, headline

LEVELS = tuple(Level(value=value, label=label) for value, label in enumerate(("Rien", "Peu", "Assez", "Bien", "Tout")))


def headline_of(*rows: tuple[str, float | None, float | None, str | None]) -> str:
    return headline([Reading(*row) for row in rows], LEVELS, "2025").replace("\u202f", " ").replace("\u00a0", " ")


def test_what_progressed_then_what_is_weakest() -> None:
    assert (
        headline_of(
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
    assert headline_of(*rows) == "Agir a nettement progressé ; Lire a nettement baissé ; Lire est le moins avancé"


def test_all_of_them() -> None:
    rows = [(title, 3.0, 2.0, UP) for title in ("A", "B", "C")]
    assert headline_of(*rows) == "Les trois familles ont nettement progressé"


def test_nothing_certain_is_said_as_such() -> None:
    assert headline_of(("Agir", 2.0, 1.6, STABLE), ("Lire", 2.1, 2.1, STABLE)) == (
        "Les familles comparées sont stables depuis 2025"
    )
    assert headline_of(("Agir", 2.0, 1.6, UNKNOWN), ("Lire", 2.1, 2.1, UNKNOWN)) == (
        "On ne peut pas dire ce qui a changé depuis 2025"
    )
    assert headline_of(("Agir", 2.0, 1.6, NO_FALL), ("Lire", 2.1, 2.1, STABLE)) == "Aucun changement net depuis 2025"


def test_families_too_close_to_tell_apart_share_the_place() -> None:
    rows = [("A", 1.0, None, None), ("B", 1.2, None, None), ("C", 3.0, None, None), ("D", 2.9, None, None)]
    assert headline_of(*rows) == "C et D sont les points forts, A et B les points faibles"


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ((None, None, None), "Aucune famille n’a de score publié"),
        ((2.1, 2.2, None), "Les familles publiées sont toutes au niveau « Assez »"),
        ((1.4, 1.5, 1.6), "Les familles publiées sont proches les unes des autres"),
        ((3.0, None, None), "A, seule famille publiée, est au niveau « Bien »"),
        ((3.0, 2.9, 0.5), "A et B sont les points forts, C le point faible"),
        ((0.9, 0.1, 0.2), "A est le plus avancé, B et C les points faibles"),
        ((3.9, 2.2, 3.8), "A et C sont les points forts, B le moins avancé"),
    ],
)
def test_a_first_campaign(scores: tuple[float | None, ...], sentence: str) -> None:
    assert headline_of(*((title, score, None, None) for title, score in zip("ABC", scores, strict=True))) == sentence


def test_one_family_far_below_a_crowd_is_named() -> None:
    rows = [(title, score, None, None) for title, score in zip("ABCDE", (3.0, 2.9, 2.9, 2.8, 0.5), strict=True)]
    assert headline_of(*rows) == "E est le point faible"


def test_one_family_far_above_a_crowd_is_named() -> None:
    rows = [(title, score, None, None) for title, score in zip("ABCDE", (0.2, 0.3, 0.3, 0.4, 2.5), strict=True)]
    assert headline_of(*rows) == "E est le point fort"


def test_two_crowds_are_not_close_to_one_another() -> None:
    scores = (3.0, 2.9, 2.9, 0.5, 0.6, 0.4)
    rows = [(title, score, None, None) for title, score in zip("ABCDEF", scores, strict=True)]
    assert headline_of(*rows) == "Les familles publiées vont de 0,4 à 3,0"


def test_what_is_close_is_a_share_of_the_scale() -> None:
    yes_no = tuple(Level(value=value, label=label) for value, label in enumerate(("Non", "Oui")))
    eleven = tuple(Level(value=value, label=str(value)) for value in range(11))
    scores = [("A", 0.1), ("B", 0.6), ("C", 0.9)]
    assert first_reading(scores, yes_no) == "C est le point fort, A le point faible"
    assert first_reading(scores, eleven) == "Les familles publiées sont proches les unes des autres"


def test_the_title_and_the_drawing_taken_away_agree() -> None:
    scores = (2.4, 2.1, 2.3)
    rows = [(title, score, score, STABLE) for title, score in zip("ABC", scores, strict=True)]
    assert "faible" not in headline_of(*rows)
    assert "avancé" not in headline_of(*rows)
    alone = first_reading([(title, score) for title, score, *_rest in rows], LEVELS)
    assert alone == "Les familles publiées sont toutes au niveau «\u00a0Assez\u00a0»"


def test_a_rebound_says_what_it_has_not_found_again() -> None:
    readings = [
        Reading("Agir", 2.0, 1.4, UP, still_below="2023"),
        Reading("Lire", 2.6, 2.0, UP),
        Reading("Voir", 1.0, 0.4, UP, still_below="2023"),
        Reading("Oser", 3.0, 3.1, STABLE),
    ]
    assert headline(readings, LEVELS, "2025").replace("\u202f", " ") == (
        "Lire a nettement progressé ; Agir et Voir remontent depuis 2025, sans retrouver leur niveau de 2023 ; "
        "Voir reste le point faible"
    )


def test_families_that_could_not_be_compared_are_not_counted_in_all() -> None:
    rows = [(title, 3.0, 2.0, UP) for title in ("A", "B", "C")]
    assert headline_of(*rows, ("D", 3.0, None, None)) == "Les trois familles comparées ont nettement progressé"
    many = [(title, 3.0, 2.0, UP) for title in "ABCDEF"]
    assert headline_of(*many, ("G", 3.0, 3.0, STABLE)) == "6 familles sur 7 ont nettement progressé"
