"""Declaration of the conventions of the method (the fields of rules) for every edition: meaning and allowed values."""

from collections.abc import Callable, Mapping
from dataclasses import Field
from fractions import Fraction
from math import isfinite
from numbers import Integral
from typing import Any, Final, Protocol

from grille.messages import Message
from grille.messages import message as _
from scoring.statistics.exact import Number, exact


class Conventions(Protocol):
    """The part of the rules of any edition that is needed to read answers and to hide cells."""

    @property
    def colleges(self) -> tuple[str, ...] | None:
        """The colleges of the campaign; ``None`` for those of the grid."""

    @property
    def sizes(self) -> Mapping[str, int] | None:
        """The declared size of each college, in people; ``None`` when no size was declared."""

    @property
    def voluntary(self) -> tuple[str, ...]:
        """The colleges whose respondents are volunteers, invited by an open call."""

    def threshold(self, workshop: bool = False) -> int:
        """Return the smallest number of answers for a cell to be published, for people or for workshops."""


def convention(meaning: Message, allowed: Message, check: Callable[[Any], bool]) -> dict[str, Any]:
    """Return the metadata of a field of the rules.

    ``meaning`` is printed in reports; ``allowed`` completes « doit être … »; ``check`` says whether a value is allowed.
    """
    return {"meaning": meaning, "allowed": allowed, "check": check}


def unusable(one: Field[Any], value: object) -> Message:
    """Return the sentence that refuses the value of a convention and says what is allowed."""
    allowed = one.metadata["allowed"]
    return _(
        "%(name)s (reçu\u00a0: %(value)s) doit être %(allowed)s.", name=one.name, value=repr(value), allowed=allowed
    )


def whole(lowest: int, highest: int | None = None) -> Callable[[Any], bool]:
    """Return a check for integers within these bounds, included."""

    def check(value: Any) -> bool:
        number = isinstance(value, Integral) and not isinstance(value, bool)
        return number and value >= lowest and (highest is None or value <= highest)

    return check


def between(lowest: Number, highest: Number, strictly_above: bool = False) -> Callable[[Any], bool]:
    """Return a check for numbers within these bounds, included unless ``strictly_above``; 0.3 means three tenths."""

    def check(value: Any) -> bool:
        number = isinstance(value, int | float | Fraction) and not isinstance(value, bool) and isfinite(value)
        within = number and exact(lowest) <= exact(value) <= exact(highest)
        return within and not (strictly_above and value == lowest)

    return check


def one_of(*choices: str) -> Callable[[Any], bool]:
    """Return a check for texts among these."""
    return lambda value: isinstance(value, str) and value in choices


def codes(value: Any) -> bool:
    """Return whether the value is a tuple of texts, all different."""
    return isinstance(value, tuple) and len(set(value)) == len(value) and all(isinstance(code, str) for code in value)


def sizes(value: Any) -> bool:
    """Return whether the value is a mapping of texts to integers of at least 1."""
    return isinstance(value, Mapping) and all(isinstance(code, str) and whole(1)(size) for code, size in value.items())


def or_none(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Return a check that also accepts ``None``."""
    return lambda value: value is None or check(value)


def plain(value: Any) -> Any:
    """Return the value in a form that JSON can hold; numpy's numbers become Python's."""
    if isinstance(value, Mapping):
        return {code: int(size) for code, size in value.items()}
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, float | Fraction):
        return float(value)
    return list(value) if isinstance(value, tuple) else value


SHARED: Final[Mapping[str, dict[str, Any]]] = {
    "k": convention(_("réponses nécessaires pour publier un chiffre"), _("un nombre entier de 3 à 11"), whole(3, 11)),
    "workshop_k": convention(
        _("réponses d’ateliers nécessaires pour publier un chiffre (vide : comme les autres)"),
        _("vide ou un nombre entier de 1 à 11"),
        or_none(whole(1, 11)),
    ),
    "weighting": convention(
        _("poids des collèges dans le territoire : égal (equal) ou selon le nombre de répondants (heads)"),
        _("« equal » ou « heads »"),
        one_of("equal", "heads"),
    ),
    "colleges": convention(
        _("collèges de la campagne (vide : ceux de la grille)"),
        _("vide ou une suite de codes de collèges, tous différents"),
        or_none(lambda value: codes(value) and len(value) > 0),
    ),
    "voluntary": convention(
        _("collèges invités par appel ouvert, à présenter comme « répondants volontaires »"),
        _("une suite de codes de collèges, tous différents"),
        codes,
    ),
    "coverage": convention(
        _("part du poids de la famille que ses savoir-faire publiés doivent porter"),
        _("une part, au-dessus de 0 et jusqu’à 1"),
        between(0, 1, strictly_above=True),
    ),
    "agreement_divisor": convention(
        _("avis convergents : écart moyen d’au plus le nombre de niveaux divisé par ce nombre"),
        _("un nombre entier d’au moins 2"),
        whole(2),
    ),
    "instrument_territories": convention(
        _("territoires nécessaires pour juger de la qualité de la grille"), _("un nombre entier d’au moins 2"), whole(2)
    ),
    "instrument_n": convention(
        _("réponses complètes nécessaires pour donner alpha, oméga et les corrélations"),
        _("un nombre entier d’au moins 10"),
        whole(10),
    ),
    "instrument_rest": convention(
        _("corrélation avec le reste de la famille sous laquelle une question est à revoir"),
        _("un nombre de 0 à 1"),
        between(0, 1),
    ),
    "instrument_extreme": convention(
        _("part des réponses au plus bas (ou au plus haut) niveau à partir de laquelle une question est à revoir"),
        _("une part, au-dessus de 0 et jusqu’à 1"),
        between(0, 1, strictly_above=True),
    ),
    "instrument_unknown": convention(
        _("part de « je ne sais pas » dans un collège à partir de laquelle une question est à revoir"),
        _("une part, au-dessus de 0 et jusqu’à 1"),
        between(0, 1, strictly_above=True),
    ),
}
"""The conventions that are the same in every edition, by the name of their field."""
