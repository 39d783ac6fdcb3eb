"""The dictionary of what is exported: every column's name, title, meaning and unit, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from grille import Grid
from restitution.text.language import gettext as _

Kind = Literal["text", "count", "level", "figure", "share", "flag"]


@dataclass(frozen=True)
class Column:
    """One exported column: ``name`` in the CSV and JSON files, ``title`` in the workbook."""

    name: str
    kind: Kind
    title: str
    meaning: str


class Dictionary:
    """The columns that a grid's profile exports, by name.

    >>> from grille import current
    >>> Dictionary(current(), k=5)["mean"].title
    'Moyenne'
    """

    def __init__(self, grid: Grid, k: int) -> None:
        self.grid, self.k = grid, k

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Every column, in the order of the CSV file."""
        every = (*_names(), *_answers(self.k), *_scores(), *_weightings(), *_silences(), *self._levels(), _published())
        return {column.name: column for column in every}

    @property
    def level_columns(self) -> list[str]:
        """The columns that a distribution becomes, lowest level first."""
        return [column.name for column in self._levels()]

    def unit(self, column: Column) -> str:
        """In what a column is expressed."""
        low, high = self.grid.lowest, self.grid.highest
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
                _("Niveau %(value)s", value=level.value),
                _("Réponses au niveau %(value)s, « %(label)s ».", value=level.value, label=level.label),
            )
            for level in self.grid.levels
        )


def _names() -> tuple[Column, ...]:
    tables = _("La table de la ligne : territory, families, skills, weightings ou respondents.")
    college = _("Code du collège. « atelier » : les réponses d’ateliers, qui n’entrent dans aucune moyenne.")
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
    rwg = _("1 − variance ÷ variance d’un tirage au hasard, jamais moins de 0. À 1, toutes les réponses sont égales.")
    return (
        Column("n", "count", _("Réponses"), n),
        Column("mean", "level", _("Moyenne"), _("Moyenne des niveaux choisis ; ni « ne sait pas » ni « sans objet ».")),
        Column("sd", "figure", _("Écart-type"), _("Écart-type des niveaux choisis (division par n − 1).")),
        Column("ad", "figure", _("Écart moyen"), _("Moyenne des écarts à la moyenne, sans leur signe (AD).")),
        Column("rwg", "figure", _("Accord r_wg"), rwg),
        Column("agreement", "text", _("Accord, en mots"), _("Avis convergents, avis partagés ou avis opposés.")),
    )


def _scores() -> tuple[Column, ...]:
    score = _(
        "Moyenne des savoir-faire publiés de la famille, selon leur poids. Pour le territoire, moyenne des collèges "
        "publiés."
    )
    low = _("Bas de l’intervalle de confiance du score ; vide quand il y a trop peu de réponses pour le calculer.")
    coverage = _("Part du poids de la famille portée par ses savoir-faire publiés.")
    return (
        Column("score", "level", _("Score"), score),
        Column("level_label", "text", _("Niveau"), _("Nom du niveau le plus proche de la moyenne ou du score.")),
        Column("low", "level", _("Borne basse"), low),
        Column("high", "level", _("Borne haute"), _("Haut de l’intervalle de confiance ; vide comme la borne basse.")),
        Column("coverage", "share", _("Couverture"), coverage),
        Column("colleges", "count", _("Collèges publiés"), _("Collèges qui entrent dans le score du territoire.")),
    )


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


def _published() -> Column:
    meaning = _(
        "Faux quand les chiffres de la ligne sont tus : trop peu de réponses, de savoir-faire ou de collèges publiés. "
        "Un chiffre tu est vide, jamais zéro."
    )
    return Column("published", "flag", _("Publié"), meaning)
