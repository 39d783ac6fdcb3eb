"""Remarks on a valid grid: nothing prevents its use, but its author would want to know."""

from collections.abc import Iterator

from grille.enumerations import enumerated
from grille.grid import LONGEST_SHORT_TITLE, Family, Grid, Skill
from grille.messages import message as _
from grille.raw_values import Finding, Path

LONGEST_TITLE = 60


def remarks(grid: Grid) -> Iterator[str]:
    """Yield what a grid lacks to be at its best, as French sentences."""
    return (sentence for _path, sentence in located_remarks(grid))


def located_remarks(grid: Grid) -> Iterator[Finding]:
    """Yield the same sentences, each with the path of the value that it is about in a grid file."""
    yield from _short_form(grid)
    yield from _easy_wording(grid)
    if not grid.author or not grid.licence:
        said = _(
            "sans « %(author)s » et « %(licence)s », personne ne sait qui l’a écrite, ni s’il peut la reprendre.",
            author="author",
            licence="licence",
        )
        yield ("author",) if not grid.author else ("licence",), said
    if not grid.short_title and len(grid.title) > LONGEST_SHORT_TITLE:
        said = _(
            "sans « %(key)s » (%(most)s signes), son titre sera coupé là où la place manque.",
            key="short_title",
            most=LONGEST_SHORT_TITLE,
        )
        yield ("short_title",), said
    yield from _long_titles(grid)


def _long_titles(grid: Grid) -> Iterator[Finding]:
    families = enumerate(grid.families)
    named: list[tuple[Path, Family | Skill]] = [(("families", at), one) for at, one in families]
    named += list(_skills(grid))
    for path, one in named:
        if len(one.title) > LONGEST_TITLE:
            said = _(
                "le titre de « %(code)s » a %(n)s signes : au-delà de %(most)s, il se lit mal sur un graphique.",
                code=one.code,
                n=len(one.title),
                most=LONGEST_TITLE,
            )
            yield (*path, "title"), said


def _skills(grid: Grid) -> Iterator[tuple[Path, Skill]]:
    for rank, family in enumerate(grid.families):
        for at, skill in enumerate(family.skills):
            yield ("families", rank, "skills", at), skill


def _short_form(grid: Grid) -> Iterator[Finding]:
    without = [rank for rank, family in enumerate(grid.families) if not any(skill.core for skill in family.skills)]
    if without and len(without) == len(grid.families):
        said = _(
            "aucun savoir-faire n’est au questionnaire court%(key)s : seul le complet sera possible.",
            key=_(" (« core »)"),
        )
        yield ("families",), said
    elif without:
        said = _(
            "aucun savoir-faire de ces familles n’est au questionnaire court%(key)s : %(families)s.",
            key=_(" (« core »)"),
            families=enumerated([grid.families[rank].code for rank in without]),
        )
        yield ("families", without[0]), said


def _easy_wording(grid: Grid) -> Iterator[Finding]:
    without = [(path, skill) for path, skill in _skills(grid) if not skill.falc]
    if without and len(without) == len(grid.skills):
        said = _(
            "rien n’est écrit en facile à lire%(key)s : cette lecture ne sera pas proposée.",
            key=_(" (« falc »)"),
        )
        yield ("families",), said
    elif without:
        said = _(
            "ces savoir-faire ne sont pas écrits en facile à lire%(key)s : %(skills)s.",
            key=_(" (« falc »)"),
            skills=enumerated([skill.code for _path, skill in without]),
        )
        yield (*without[0][0], "falc"), said
