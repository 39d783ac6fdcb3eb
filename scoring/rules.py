"""The conventions of the method, edition 2: a field each, with its default, its meaning in French and its range."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any, Literal

from grille.messages import Message
from grille.messages import message as _
from scoring import edition_1
from scoring.conventions import SHARED, between, convention, or_none, plain, unusable, whole
from scoring.conventions import sizes as are_sizes
from scoring.errors import RulesError
from scoring.statistics.exact import Number

Weighting = Literal["equal", "heads"]


class DetailFromTen(int):
    """The default of ``k_detail``: 10, or k if it is larger. A value given explicitly is not changed."""

    def beside(self, k: Any) -> int:
        """Return the default for this k."""
        return DetailFromTen(max(10, k)) if whole(3, 11)(k) else self


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The conventions of a profile; the defaults are those of ``docs/method.md``.

    ``Rules(edition=1, …)`` gives the rules of the first edition, which have their own fields. Raises ``RulesError``
    with every convention that cannot be applied.

    >>> Rules(k=7, weighting="heads").k, Rules(k=11).k_detail, Rules(edition=1, holm="all").edition
    (7, 11, 1)
    >>> Rules(k=2, coverage=0)
    Traceback (most recent call last):
    scoring.errors.RulesError: k (reçu : 2) doit être un nombre entier de 3 à 11.
    coverage (reçu : 0) doit être une part, au-dessus de 0 et jusqu’à 1.
    """

    edition: int = field(
        default=2,
        metadata=convention(_("édition de la méthode"), _("1 ou 2"), lambda value: value == 2 and whole(2)(value)),
    )
    k: int = field(default=5, metadata=SHARED["k"])
    k_detail: int = field(
        default=DetailFromTen(10),
        metadata=convention(
            _("niveaux donnés à partir desquels une case montre sa répartition et son accord"),
            _("un nombre entier de k à 30"),
            whole(3, 30),
        ),
    )
    workshop_k: int | None = field(default=None, metadata=SHARED["workshop_k"])
    weighting: Weighting = field(default="equal", metadata=SHARED["weighting"])
    colleges: tuple[str, ...] | None = field(default=None, metadata=SHARED["colleges"])
    sizes: Mapping[str, int] | None = field(
        default=None,
        hash=False,
        metadata=convention(
            _("effectif déclaré de chaque collège, qui resserre l’intervalle de ceux qui ont presque tous répondu"),
            _("vide ou un nombre entier d’au moins 1 par collège"),
            or_none(are_sizes),
        ),
    )
    voluntary: tuple[str, ...] = field(default=(), metadata=SHARED["voluntary"])
    coverage: Number = field(default=0.5, metadata=SHARED["coverage"])
    territory_colleges: int = field(
        default=3,
        metadata=convention(
            _("collèges publiés nécessaires pour publier le territoire, au plus un de plus que la moitié"),
            _("un nombre entier de 1 à 10"),
            whole(1, 10),
        ),
    )
    confidence: Number = field(
        default=0.95,
        metadata=convention(
            _("niveau de confiance des intervalles"), _("un nombre de 0,5 à 0,999"), between(0.5, 0.999)
        ),
    )
    interval_n: int = field(
        default=5,
        metadata=convention(
            _("réponses nécessaires pour donner un intervalle"), _("un nombre entier d’au moins 5"), whole(5)
        ),
    )
    prior_n: Number = field(
        default=1,
        metadata=convention(
            _("réponses au hasard ajoutées à l’étalement, pour ne pas être trop sûr"),
            _("un nombre de 0,1 à 5"),
            between(0.1, 5),
        ),
    )
    halo: Number = field(
        default=Fraction(1, 2),
        metadata=convention(
            _("part de ce qu’une personne répond qui se retrouve d’un savoir-faire à l’autre de la famille"),
            _("un nombre de 0 à 1"),
            between(0, 1),
        ),
    )
    spread_skills: int = field(
        default=3,
        metadata=convention(
            _("petites cases nécessaires pour en tirer un étalement"), _("un nombre entier de 2 à 15"), whole(2, 15)
        ),
    )
    spread_default: Number = field(
        default=Fraction(3, 8),
        metadata=convention(
            _("étalement supposé quand rien ne le mesure, en part de l’échelle"),
            _("une part de 1/8 à 1/2"),
            between(Fraction(1, 8), Fraction(1, 2)),
        ),
    )
    agreement_divisor: int = field(default=6, metadata=SHARED["agreement_divisor"])
    agreement_chance: Number = field(
        default=0.05,
        metadata=convention(
            _("avis convergents : part des réponses au hasard qui le seraient aussi, au plus (jusqu’à 20 réponses)"),
            _("un nombre de 0,001 à 0,5"),
            between(0.001, 0.5),
        ),
    )
    opposed_share: Number = field(
        default=Fraction(5, 8),
        metadata=convention(
            _("avis opposés : écart moyen d’au moins cette part du plus grand écart possible"),
            _("un nombre de 0,3 à 1"),
            between(0.3, 1),
        ),
    )
    clear_change: Number = field(
        default=Fraction(1, 8),
        metadata=convention(
            _("plus petite différence dite nette d’une année à l’autre, en part de l’échelle"),
            _("une part, au-dessus de 0 et jusqu’à 1"),
            between(0, 1, strictly_above=True),
        ),
    )
    progress_others: int = field(
        default=5,
        metadata=convention(
            _("savoir-faire non travaillés nécessaires pour leur comparer ceux qui l’ont été"),
            _("un nombre entier d’au moins 3"),
            whole(3),
        ),
    )
    instrument_territories: int = field(default=3, metadata=SHARED["instrument_territories"])
    instrument_n: int = field(default=30, metadata=SHARED["instrument_n"])
    instrument_share: Number = field(
        default=Fraction(2, 3),
        metadata=convention(
            _("part la plus grande qu’un seul territoire peut prendre dans un chiffre sur la qualité de la grille"),
            _("une part, de 0,34 à 1"),
            between(0.34, 1),
        ),
    )
    instrument_rest: Number = field(default=0.3, metadata=SHARED["instrument_rest"])
    instrument_extreme: Number = field(default=0.5, metadata=SHARED["instrument_extreme"])
    instrument_unknown: Number = field(default=0.25, metadata=SHARED["instrument_unknown"])

    def __new__(cls, *, edition: Any = 2, **conventions: Any) -> Any:
        """Return rules of that edition; those of edition 1 are another class, whose ``__init__`` has already run."""
        first = edition == 1 and whole(1)(edition)
        return edition_1.Rules(**conventions) if first else super().__new__(cls)

    def __post_init__(self) -> None:
        if isinstance(self.k_detail, DetailFromTen):
            object.__setattr__(self, "k_detail", self.k_detail.beside(self.k))
        self._own_collections()
        if problems := tuple(self._problems()):
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
            if not one.metadata["check"](value) or (one.name == "k_detail" and whole(3)(self.k) and value < self.k):
                yield unusable(one, value)

    def threshold(self, workshop: bool = False) -> int:
        """Return the smallest number of answers for a cell to be published, for people or for workshops."""
        return self.workshop_k if workshop and self.workshop_k is not None else self.k

    def colleges_needed(self, campaign: int) -> int:
        """Return how many published colleges the territory needs, for C colleges in all: min(3, 1 + ⌊C/2⌋) by default.

        >>> [Rules().colleges_needed(campaign) for campaign in (1, 2, 3, 4, 15)]
        [1, 2, 2, 3, 3]
        """
        return min(self.territory_colleges, 1 + campaign // 2)

    def to_dict(self) -> dict[str, Any]:
        """Return the conventions as plain values, for JSON and reports; ``rules_from_document`` reads them back."""
        return {one.name: plain(getattr(self, one.name)) for one in fields(self)}

    def meanings(self) -> dict[str, Message]:
        """Return the meaning of each convention, in French, by the name of its field."""
        return {one.name: one.metadata["meaning"] for one in fields(self)}


def rules_from_document(document: Mapping[str, Any]) -> Rules | edition_1.Rules:
    """Return the rules of a stored document, of the edition that it names; without ``edition``, of edition 1.

    Raises ``RulesError`` for conventions that cannot be applied, or that this edition does not have.

    >>> rules_from_document({"k": 5}).edition, rules_from_document(Rules(k=7).to_dict()).k
    (1, 7)
    """
    kind = edition_1.Rules if document.get("edition", 1) == 1 else Rules
    known = {one.name for one in fields(kind)}
    conventions = {name: value for name, value in document.items() if name != "edition" or kind is Rules}
    unknown = [name for name in conventions if name not in known]
    if unknown:
        raise RulesError(
            _("«\u00a0%(name)s\u00a0» n’est pas une convention de cette édition de la méthode.", name=name)
            for name in unknown
        )
    return kind(**conventions)
