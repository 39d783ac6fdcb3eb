"""The dictionary of exported columns: name, title, meaning and unit of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from grille import Grid
from restitution.text.language import gettext as _
from restitution.text.numbers import level_text

Kind = Literal["text", "count", "level", "figure", "share", "flag"]


@dataclass(frozen=True)
class Column:
    """An exported column: its ``name`` in CSV and JSON files, its ``title`` in the workbook."""

    name: str
    kind: Kind
    title: str
    meaning: str


class Dictionary:
    """The columns that a grid's profile exports, by name.

    >>> from grille import current
    >>> Dictionary(current(), k=5, k_detail=10)["mean"].title
    'Moyenne'
    """

    def __init__(self, grid: Grid, k: int, k_detail: int) -> None:
        self.grid, self.k, self.k_detail = grid, k, k_detail

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def columns_of(self, table: str) -> dict[str, Column]:
        """Return the columns as the rows of that table use them: an interval is of a score, or of a difference."""
        return self.columns | (difference_bounds() if table == "hindsight" else {})

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The columns, in the order of the CSV file."""
        answers = (*_answers(self.k), *_details(self.k_detail))
        rest = (*_scores(), *_hindsight(), *_weightings(), *_silences(), *self._levels(), *_published())
        every = (*_names(), *answers, *rest)
        return {column.name: column for column in every}

    def title(self, name: str, table: str) -> str:
        """Return the title of a column in that table; those of a distribution are named after its levels."""
        return _("Répartition") if name == "distribution" else self.columns_of(table)[name].title

    @property
    def level_columns(self) -> list[str]:
        """Return the columns into which a distribution is split, lowest level first."""
        return [column.name for column in self._levels()]

    def unit(self, column: Column) -> str:
        """Return the unit of a column."""
        low, high = level_text(self.grid.lowest), level_text(self.grid.highest)
        return {
            "text": _("texte"),
            "count": _("nombre entier"),
            "level": _("niveaux, de %(low)s à %(high)s", low=low, high=high),
            "figure": _("nombre"),
            "share": _("part, de 0 à 1"),
            "flag": _("vrai ou faux"),
        }[column.kind]

    def _levels(self) -> tuple[Column, ...]:
        return tuple(
            Column(
                f"level_{level.value}",
                "count",
                _("Niveau %(value)s", value=level_text(level.value)),
                _("Réponses au niveau %(value)s, « %(label)s ».", value=level_text(level.value), label=level.label),
            )
            for level in self.grid.levels
        )


def _names() -> tuple[Column, ...]:
    tables = _(
        "La table de la ligne : territory, families, skills, weightings, hindsight, hindsight_skills ou respondents."
    )
    college = _(
        "Code du collège. « atelier » : les réponses d’ateliers, qui n’entrent dans aucune moyenne ; "
        "« territoire » : les collèges réunis."
    )
    return (
        Column("table", "text", _("Table"), tables),
        Column("family", "text", _("Code famille"), _("Code de la famille de savoir-faire dans la grille.")),
        Column("family_title", "text", _("Famille"), _("Nom de la famille.")),
        Column("skill", "text", _("Code savoir-faire"), _("Code du savoir-faire dans la grille.")),
        Column("skill_title", "text", _("Savoir-faire"), _("Nom du savoir-faire.")),
        Column("college", "text", _("Code collège"), college),
        Column("college_label", "text", _("Collège"), _("Nom du collège.")),
    )


def _answers(k: int) -> tuple[Column, ...]:
    n = _(
        "Réponses prises en compte dans la ligne. Trop peu nombreuses, elles ne sont pas comptées : « <k » dans les "
        "fichiers CSV et JSON, « moins de %(k)s » dans le classeur.",
        k=k,
    )
    silence = _("Part des répondants du collège qui n’ont donné aucun niveau, quelle qu’en soit la raison.")
    return (
        Column("n", "count", _("Réponses"), n),
        Column("mean", "level", _("Moyenne"), _("Moyenne des niveaux choisis ; ni « ne sait pas » ni « sans objet ».")),
        Column("silence", "share", _("Sans niveau"), silence),
    )


def _details(k_detail: int) -> tuple[Column, ...]:
    rwg = _("1 − variance ÷ variance d’un tirage au hasard, jamais moins de 0. À 1, toutes les réponses sont égales.")
    only = _("Vide sous %(n)s réponses : la moyenne seule est publiée.", n=k_detail)
    return (
        Column("sd", "figure", _("Écart-type"), _("Écart-type des niveaux choisis (division par n − 1). ") + only),
        Column("ad", "figure", _("Écart moyen"), _("Moyenne des écarts à la moyenne, sans leur signe (AD). ") + only),
        Column("rwg", "figure", _("Accord r_wg"), f"{rwg} {only}"),
        Column(
            "agreement", "text", _("Accord, en mots"), _("Avis convergents, avis partagés ou avis opposés. ") + only
        ),
    )


def _scores() -> tuple[Column, ...]:
    score = _(
        "Moyenne des savoir-faire publiés de la famille, selon leur poids. Pour le territoire, moyenne des collèges "
        "publiés."
    )
    low = _("Bas de l’intervalle ; vide quand il n’y en a pas : la colonne « margin » dit pourquoi.")
    margin = _(
        "Ce qui accompagne le score : « intervalle », « recensement » (tout le collège a répondu), « volontaires », ou "
        "« aucune » (atelier, trop peu de réponses, un collège sans intervalle)."
    )
    spread = _("Étalement des avis de la famille, en niveaux ; par pas dès qu’un petit groupe y entre.")
    absent = _(
        "Collège de volontaires : de combien les absents devraient différer, en moyenne, pour que le niveau lu change. "
        "Vide quand aucun avis des absents ne le changerait, ou que leur nombre est inconnu."
    )
    voluntary = _("Codes des collèges de volontaires qui entrent dans le score.")
    coverage = _("Part du poids de la famille portée par ses savoir-faire publiés.")
    return (
        Column("score", "level", _("Score"), score),
        Column("level_label", "text", _("Niveau"), _("Niveau lu dans la moyenne ou le score, tel qu’il est affiché.")),
        Column("low", "level", _("Borne basse"), low),
        Column("high", "level", _("Borne haute"), _("Haut de l’intervalle ; vide comme la borne basse.")),
        Column("margin", "text", _("Marge, en un mot"), margin),
        Column("spread", "figure", _("Étalement"), spread),
        Column("coverage", "share", _("Couverture"), coverage),
        Column("absent", "figure", _("Écart des absents"), absent),
        Column("colleges", "count", _("Collèges publiés"), _("Collèges qui entrent dans le score du territoire.")),
        Column("voluntary", "text", _("Collèges volontaires"), voluntary),
    )


def _hindsight() -> tuple[Column, ...]:
    delta = _("Ce que les mêmes personnes disent avoir changé en un an : aujourd’hui moins l’an dernier, en niveaux.")
    visible = _("La plus petite différence que ces réponses pouvaient montrer, en niveaux.")
    return (
        Column("delta", "figure", _("Écart"), delta),
        Column("confidence", "share", _("Confiance"), _("Confiance de l’intervalle de l’écart.")),
        Column("verdict", "text", _("Mot"), _("Ce qui en est dit, ou rien : volontaires, trop peu de réponses.")),
        Column("visible", "figure", _("Plus petit écart visible"), visible),
    )


def difference_bounds() -> dict[str, Column]:
    """Return the columns of the interval of a difference, which is on no scale of levels, by name."""
    low, high = _("Bas de l’intervalle de confiance de l’écart."), _("Haut de l’intervalle de confiance de l’écart.")
    return {
        "low": Column("low", "figure", _("Écart, borne basse"), low),
        "high": Column("high", "figure", _("Écart, borne haute"), high),
    }


def _weightings() -> tuple[Column, ...]:
    equal = _("Score du territoire quand chaque collège publié pèse autant.")
    heads = _("Score du territoire quand chaque collège publié pèse selon ses répondants.")
    return (
        Column("equal", "level", _("Score, collèges à égalité"), equal),
        Column("heads", "level", _("Score, personnes à égalité"), heads),
        Column("difference", "figure", _("Différence"), _("Score par personnes moins score par collèges.")),
    )


def _silences() -> tuple[Column, ...]:
    unknown = _("Part des répondants du collège qui ont choisi « je ne sais pas ».")
    not_applicable = _("Part des répondants du collège qui ont choisi « sans objet ici ».")
    return (
        Column("unknown", "share", _("Ne sait pas"), unknown),
        Column("not_applicable", "share", _("Sans objet"), not_applicable),
        Column("unanswered", "share", _("Sans réponse"), _("Part des répondants du collège qui n’ont rien choisi.")),
    )


def _published() -> tuple[Column, ...]:
    meaning = _(
        "Faux quand les chiffres de la ligne sont tus : trop peu de réponses, de savoir-faire ou de collèges publiés. "
        "Un chiffre tu est vide, jamais zéro."
    )
    reason = _("Pourquoi la ligne, ou certaines de ses cases, sont vides.")
    return (
        Column("published", "flag", _("Publié"), meaning),
        Column("reason", "text", _("Pourquoi c’est vide"), reason),
    )
