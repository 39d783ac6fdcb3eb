"""Remarks on a valid grid: nothing prevents its use, but its author would want to know."""

from collections.abc import Iterator

from grille.enumerations import enumerated
from grille.grid import LONGEST_SHORT_TITLE, Grid
from grille.messages import message as _

LONGEST_TITLE = 60


def remarks(grid: Grid) -> Iterator[str]:
    """Yield what a grid lacks to be at its best, as French sentences."""
    yield from _short_form(grid)
    yield from _easy_wording(grid)
    if not grid.author or not grid.licence:
        yield _("sans « author » et « licence », personne ne sait qui l’a écrite, ni s’il peut la reprendre.")
    if not grid.short_title and len(grid.title) > LONGEST_SHORT_TITLE:
        yield _(
            "sans « short_title » (%(most)s signes), son titre sera coupé là où la place manque.",
            most=LONGEST_SHORT_TITLE,
        )
    named = [(one.code, one.title) for one in grid.families] + [(one.code, one.title) for one in grid.skills]
    for code, title in named:
        if len(title) > LONGEST_TITLE:
            yield _(
                "le titre de « %(code)s » a %(n)s signes : au-delà de %(most)s, il se lit mal sur un graphique.",
                code=code,
                n=len(title),
                most=LONGEST_TITLE,
            )


def _short_form(grid: Grid) -> Iterator[str]:
    without = [family.code for family in grid.families if not any(skill.core for skill in family.skills)]
    if len(without) == len(grid.families):
        yield _("aucun savoir-faire n’est au questionnaire court (« core ») : seul le complet sera possible.")
    elif without:
        yield _(
            "aucun savoir-faire de ces familles n’est au questionnaire court (« core ») : %(families)s.",
            families=enumerated(without),
        )


def _easy_wording(grid: Grid) -> Iterator[str]:
    without = [skill.code for skill in grid.skills if not skill.falc]
    if len(without) == len(grid.skills):
        yield _("rien n’est écrit en facile à lire (« falc ») : cette lecture ne sera pas proposée.")
    elif without:
        yield _(
            "ces savoir-faire ne sont pas écrits en facile à lire (« falc ») : %(skills)s.", skills=enumerated(without)
        )
