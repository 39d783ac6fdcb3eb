"""How to read results: the method in eight lines, then the warnings about these figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from restitution.chart_data.captions import volunteers
from restitution.findings.disclosure import protection
from restitution.findings.proposals import clear_of
from restitution.text.language import gettext as _
from restitution.text.numbers import short

if TYPE_CHECKING:
    from scoring import Profile


def how_to_read(profile: Profile) -> list[str]:
    """Return the method in eight lines, for the general public."""
    return [
        _("On demande à chacun où en est la commune, et on fait la moyenne de chaque groupe."),
        _(
            "Si d’autres personnes du même groupe avaient répondu, la moyenne aurait été un peu différente\u00a0: "
            "l’intervalle dit de combien."
        ),
        _(
            "Il est large quand peu de gens ont répondu, ou quand ils ne sont pas d’accord. Il est étroit quand "
            "presque tout le groupe a répondu."
        ),
        _(
            "Quelques personnes peuvent dire la même chose par hasard\u00a0: on compte toujours une réponse au hasard "
            "en plus, pour ne pas être trop sûr."
        ),
        _("D’une année à l’autre, on regarde d’abord l’ensemble, puis les groupes là où il a bougé."),
        _words_for_change(clear_of(profile)),
        _(
            "«\u00a0On ne peut pas dire\u00a0»\u00a0: trop peu de réponses pour trancher. Ce n’est ni une hausse, ni "
            "une baisse, ni une mauvaise note."
        ),
        _("L’intervalle ne dit rien de ceux qui se taisent\u00a0: pour eux, il y a les silences, et la discussion."),
    ]


def _words_for_change(threshold: Fraction) -> str:
    """Return what the verdicts mean, with the smallest difference called « nette », in levels."""
    if threshold == Fraction(1, 2):
        return _(
            "«\u00a0Hausse nette\u00a0»\u00a0: le hasard ne l’explique pas, et cela fait au moins un demi-niveau. "
            "«\u00a0Stable\u00a0»\u00a0: le changement, s’il existe, fait moins d’un demi-niveau. «\u00a0Pas de baisse "
            "nette\u00a0»\u00a0: on ne sait pas si cela monte, mais cela n’a pas baissé d’un demi-niveau."
        )
    return _(
        "«\u00a0Hausse nette\u00a0»\u00a0: le hasard ne l’explique pas, et cela fait au moins %(gap)s niveau. "
        "«\u00a0Stable\u00a0»\u00a0: le changement, s’il existe, fait moins de %(gap)s niveau. «\u00a0Pas de baisse "
        "nette\u00a0»\u00a0: on ne sait pas si cela monte, mais cela n’a pas baissé de %(gap)s niveau.",
        gap=short(threshold),
    )


def warnings(profile: Profile, colleges: Mapping[str, str], *, compared: bool) -> list[str]:
    """Return the warnings beside the figures of this profile, the protection of respondents first.

    ``colleges`` names the colleges of the campaign; ``compared`` tells that earlier figures are shown too.
    """
    return list(_warnings(profile, colleges, compared=compared))


def _warnings(profile: Profile, colleges: Mapping[str, str], *, compared: bool) -> Iterator[str]:
    yield protection(profile, colleges)
    yield _("La marge dit le hasard des réponses\u202f; elle suppose que ceux qui se taisent ressemblent aux autres.")
    yield _("Un score compte les niveaux comme également espacés\u00a0: c’est une convention.")
    if volunteers(profile):
        yield _(
            "Des répondants volontaires ont choisi de répondre\u00a0: leur score n’a ni marge ni verdict, car le "
            "hasard n’explique pas qui a répondu."
        )
    if any(cell.mean in (profile.grid.lowest, profile.grid.highest) for cell in profile.cells.values()):
        yield _(
            "Une moyenne au bout de l’échelle dit ce que chacun a répondu\u00a0: toutes ces personnes ont choisi ce "
            "niveau."
        )
    if compared:
        yield _("Les réponses de deux années ne sont pas rapprochées\u00a0: d’autres personnes ont pu répondre.")
