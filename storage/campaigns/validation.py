"""The validation of a campaign before it is stored: its name, year, dates, k, colleges and their sizes."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from grille.grid import Grid
from storage.campaigns.campaigns import CampaignCollege

SMALLEST_K, LARGEST_K = 3, 11


def campaign_problems(name: str, year: int, k: int, opens_on: date | None, closes_on: date | None) -> list[str]:
    """Return the problems of a campaign, as French sentences; empty if it can be stored."""
    checks = [
        (not name.strip(), "La campagne n’a pas de nom : donnez-lui-en un."),
        (not 2000 <= year <= 2100, f"L’année {year} n’est pas plausible : donnez une année entre 2000 et 2100."),
        (
            not SMALLEST_K <= k <= LARGEST_K,
            f"Le seuil de confidentialité est de {k} : choisissez un nombre de {SMALLEST_K} à {LARGEST_K}.",
        ),
        (
            bool(opens_on and closes_on and closes_on < opens_on),
            "La campagne se termine avant de commencer : vérifiez ses dates.",
        ),
    ]
    return [sentence for wrong, sentence in checks if wrong]


def college_problems(colleges: tuple[CampaignCollege, ...], grid: Grid) -> Iterator[str]:
    """Yield the problems of these colleges on that grid, as French sentences."""
    if not colleges:
        yield "La campagne n’a aucun collège : nommez-en au moins un."
    known = [college.code for college in grid.colleges]
    for code, times in Counter(college.code for college in colleges).items():
        if times > 1:
            yield f"Le collège « {code} » est donné {times} fois : ne le donnez qu’une fois."
        if code not in known:
            yield f"Le collège « {code} » n’est pas dans la grille : choisissez parmi {', '.join(known)}."
    for college in colleges:
        if any(number is not None and number < 1 for number in (college.size, college.target)):
            yield f"Le collège « {college.code} » : son effectif et son objectif doivent être d’au moins 1."
