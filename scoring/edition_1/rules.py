"""The conventions of edition 1: a field each, with its default, its meaning in French and its range."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any, ClassVar, Literal

from grille.messages import Message
from grille.messages import message as _
from scoring.conventions import SHARED, between, convention, one_of, or_none, plain, unusable, whole
from scoring.conventions import sizes as are_sizes
from scoring.errors import RulesError
from scoring.statistics.exact import Number

Weighting = Literal["equal", "heads"]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The conventions of a profile; the defaults are those of ``docs/method-1.md``.

    Raises ``RulesError`` with every convention that cannot be applied.

    >>> Rules(k=7, weighting="heads").k
    7
    >>> Rules(k=2, coverage=0)
    Traceback (most recent call last):
    scoring.errors.RulesError: k (reçu : 2) doit être un nombre entier de 3 à 11.
    coverage (reçu : 0) doit être une part, au-dessus de 0 et jusqu’à 1.
    """

    edition: ClassVar[int] = 1

    k: int = field(default=5, metadata=SHARED["k"])
    workshop_k: int | None = field(default=None, metadata=SHARED["workshop_k"])
    weighting: Weighting = field(default="equal", metadata=SHARED["weighting"])
    colleges: tuple[str, ...] | None = field(default=None, metadata=SHARED["colleges"])
    sizes: Mapping[str, int] | None = field(
        default=None,
        hash=False,
        metadata=convention(
            _("effectif déclaré de chaque collège, pour la correction de population finie"),
            _("vide ou un nombre entier d’au moins 1 par collège"),
            or_none(are_sizes),
        ),
    )
    voluntary: tuple[str, ...] = field(default=(), metadata=SHARED["voluntary"])
    coverage: Number = field(default=0.5, metadata=SHARED["coverage"])
    territory_colleges: int = field(
        default=3,
        metadata=convention(
            _("collèges publiés nécessaires pour publier le territoire"), _("un nombre entier d’au moins 2"), whole(2)
        ),
    )
    small_campaign: int = field(
        default=4,
        metadata=convention(
            _("une campagne de moins de collèges que ce nombre est dite petite"),
            _("un nombre entier d’au moins 2"),
            whole(2),
        ),
    )
    small_campaign_colleges: int = field(
        default=2,
        metadata=convention(
            _("collèges publiés nécessaires pour publier le territoire d’une petite campagne"),
            _("un nombre entier d’au moins 2"),
            whole(2),
        ),
    )
    confidence: Number = field(
        default=0.95,
        metadata=convention(
            _("niveau de confiance des intervalles"),
            _("un nombre de 0,5 à 0,999"),
            between(Fraction("0.5"), Fraction("0.999")),
        ),
    )
    interval_n: int = field(
        default=5,
        metadata=convention(
            _("réponses nécessaires pour donner un intervalle"), _("un nombre entier d’au moins 2"), whole(2)
        ),
    )
    agreement_divisor: int = field(default=6, metadata=SHARED["agreement_divisor"])
    agreement_n: int = field(
        default=5,
        metadata=convention(
            _("réponses nécessaires pour dire des avis convergents"), _("un nombre entier d’au moins 2"), whole(2)
        ),
    )
    opposed_share: Number = field(
        default=0.25,
        metadata=convention(
            _("avis opposés : au moins cette part des réponses à chaque bout de l’échelle"),
            _("une part, au-dessus de 0 et jusqu’à 0,5"),
            between(0, Fraction(1, 2), strictly_above=True),
        ),
    )
    opposed_levels: int = field(
        default=2,
        metadata=convention(
            _("avis opposés : nombre de niveaux comptés à chaque bout de l’échelle (au plus la moitié)"),
            _("un nombre entier d’au moins 1"),
            whole(1),
        ),
    )
    clear_change: Number = field(
        default=0.5,
        metadata=convention(
            _("plus petite différence, en niveaux, dite nette d’une année à l’autre"),
            _("un nombre de niveaux, de 0 à 100"),
            between(0, 100),
        ),
    )
    holm: Literal["series", "all"] = field(
        default="series",
        metadata=convention(
            _("comparaisons corrigées ensemble (Holm) : le territoire et les collèges à part (series), ou tout (all)"),
            _("« series » ou « all »"),
            one_of("series", "all"),
        ),
    )

    instrument_territories: int = field(default=3, metadata=SHARED["instrument_territories"])
    instrument_n: int = field(default=30, metadata=SHARED["instrument_n"])
    instrument_share: Number = field(
        default=Fraction(2, 3),
        metadata=convention(
            _("part la plus grande qu’un seul territoire peut prendre dans un chiffre sur la qualité de la grille"),
            _("une part, de 0,34 à 1"),
            between(Fraction("0.34"), 1),
        ),
    )
    instrument_rest: Number = field(default=0.3, metadata=SHARED["instrument_rest"])
    instrument_extreme: Number = field(default=0.5, metadata=SHARED["instrument_extreme"])
    instrument_unknown: Number = field(default=0.25, metadata=SHARED["instrument_unknown"])

    def __post_init__(self) -> None:
        self._own_collections()
        problems = tuple(self._problems())
        if problems:
            raise RulesError(problems)

    def _own_collections(self) -> None:
        """Copy the mutable values given by the caller; a list of codes, as JSON has, becomes a tuple."""
        for name, kind, own in (("colleges", list, tuple), ("voluntary", list, tuple), ("sizes", Mapping, dict)):
            value = getattr(self, name)
            if isinstance(value, kind):
                object.__setattr__(self, name, own(value))

    def _problems(self) -> Iterator[Message]:
        for one in fields(self):
            value = getattr(self, one.name)
            if not one.metadata["check"](value):
                yield unusable(one, value)

    def threshold(self, workshop: bool = False) -> int:
        """Return the smallest number of answers for a cell to be published, for people or for workshops."""
        return self.workshop_k if workshop and self.workshop_k is not None else self.k

    def colleges_needed(self, campaign: int) -> int:
        """Return how many published colleges the territory needs, for ``campaign`` colleges in all."""
        return self.small_campaign_colleges if campaign < self.small_campaign else self.territory_colleges

    def to_dict(self) -> dict[str, Any]:
        """Return the conventions as plain values, for JSON and reports; ``Rules(**…)`` takes the same names."""
        return {one.name: plain(getattr(self, one.name)) for one in fields(self)}

    def meanings(self) -> dict[str, Message]:
        """Return the meaning of each convention, in French, by the name of its field."""
        return {one.name: one.metadata["meaning"] for one in fields(self)}
