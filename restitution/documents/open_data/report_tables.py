"""A report's tables: the profile's own, then the campaigns side by side, what changed and what reviewers retained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from restitution.chart_data.rows import rows
from restitution.documents.open_data.columns import Column, difference_bounds
from restitution.documents.open_data.tables import DataTable, Row, dictionary_of, explained, tables_of
from restitution.documents.report import Report
from restitution.results import CampaignResults
from restitution.text.language import gettext as _
from restitution.text.numbers import number_or_none

if TYPE_CHECKING:
    from scoring import Profile

_FIGURES: Final = ("score", "low", "high")


def report_tables(report: Report) -> tuple[DataTable, ...]:
    """Return every table of a report that is not empty, each column with its meaning."""
    more = (_campaigns(report), changes_table(report), _judgements(report))
    return (*tables_of(report.profile), *(table for table in more if table.rows))


def _campaigns(report: Report) -> DataTable:
    titles = {axis.code: axis.title for axis in report.axes}
    columns = (_campaign(), _grid_version(), *_family(), *_score(), *_published())
    found = (
        {"wave": campaign.label, "grid_version": campaign.profile.grid.version}
        | row
        | {"family_title": titles.get(str(row["family"]), row["family"])}
        for campaign in report.campaigns
        for row in _territory(campaign.profile)
    )
    kept = tuple({column.name: row[column.name] for column in columns} for row in found)
    return DataTable("waves", _("Vagues"), columns, kept)


def _territory(profile: Profile) -> list[Row]:
    """Return the territory's scores of one campaign, each with why it is hidden, or has no interval."""
    known = [
        {**row, **{name: number_or_none(row[name]) for name in _FIGURES}, "published": bool(row["published"])}
        for row in rows(profile.territory)
    ]
    return explained("territory", known, profile, dictionary_of(profile))


def changes_table(results: CampaignResults) -> DataTable:
    """Return what changed since the previous campaign; no row when there is none."""
    names = {**results.colleges, "territoire": _("Territoire"), "atelier": _("Ateliers")}
    found: list[Row] = [
        {
            "wave": results.label,
            "since": results.since,
            "family": change.axis.code,
            "family_title": change.axis.title,
            "college": change.college,
            "college_label": names.get(change.college, change.college),
            "before": change.before,
            "after": change.after,
            "delta": change.delta,
            "low": change.row.low,
            "high": change.row.high,
            "confidence": None if change.row.confidence is None else float(change.row.confidence),
            "verdict": change.verdict,
            "reason": change.reason or None,
            "visible": change.row.visible,
            "comparable_skills": change.skills,
        }
        for change in results.changes
    ]
    return DataTable("changes", _("Évolution"), _change_columns(), tuple(found))


def _judgements(report: Report) -> DataTable:
    found: list[Row] = [
        {
            "family": axis.code,
            "family_title": axis.title,
            "retained_level": one.level,
            "retained_label": report.retained_label(axis.code) or None,
            "justification": one.justification or None,
            "strengths": one.strengths or None,
            "weaknesses": one.weaknesses or None,
        }
        for axis in report.axes
        if (one := report.judgement(axis.code)) in report.retained
    ]
    return DataTable("judgements", _("Niveaux retenus"), _judgement_columns(), tuple(found))


def _campaign() -> Column:
    return Column("wave", "text", _("Vague"), _("La campagne, par son année (ou son adresse s’il y en a deux)."))


def _grid_version() -> Column:
    return Column("grid_version", "text", _("Version de la grille"), _("Grille posée lors de cette vague."))


def _family() -> tuple[Column, ...]:
    return (
        Column("family", "text", _("Code famille"), _("Code de la famille de savoir-faire dans la grille.")),
        Column("family_title", "text", _("Famille"), _("Nom de la famille.")),
    )


def _score() -> tuple[Column, ...]:
    return (
        Column("score", "level", _("Score"), _("Score du territoire, sur tous les savoir-faire publiés de la vague.")),
        Column("low", "level", _("Borne basse"), _("Bas de l’intervalle de confiance.")),
        Column("high", "level", _("Borne haute"), _("Haut de l’intervalle de confiance.")),
    )


def _published() -> tuple[Column, ...]:
    return (
        Column("published", "flag", _("Publié"), _("Faux quand la ligne est tue\u00a0: elle est vide, jamais zéro.")),
        Column("reason", "text", _("Pourquoi c’est vide"), _("Pourquoi il n’y a pas de score, ou pas d’intervalle.")),
    )


def _change_columns() -> tuple[Column, ...]:
    verdict = _("Hausse nette, baisse nette, stable, pas de baisse nette, pas de hausse nette, ou on ne peut pas dire.")
    visible = _("La plus petite différence que ces réponses pouvaient montrer, en niveaux.")
    compared = _("sur les seuls savoir-faire comparables des deux vagues.")
    return (
        _campaign(),
        Column("since", "text", _("Depuis"), _("La vague d’avant, à laquelle on compare.")),
        *_family(),
        Column("college", "text", _("Code collège"), _("Code du collège, ou «\u00a0territoire\u00a0».")),
        Column("college_label", "text", _("Collège"), _("Nom du collège, ou territoire.")),
        Column("before", "level", _("Avant"), _("Score de la vague d’avant, %(on)s", on=compared)),
        Column("after", "level", _("Après"), _("Score de cette vague, %(on)s", on=compared)),
        Column("delta", "figure", _("Écart"), _("Après moins avant, en niveaux.")),
        *difference_bounds().values(),
        Column("confidence", "share", _("Confiance"), _("Confiance de l’intervalle de l’écart.")),
        Column("verdict", "text", _("Verdict"), verdict),
        Column("reason", "text", _("Pourquoi c’est vide"), _("Pourquoi rien n’est comparé, ou dit.")),
        Column("visible", "figure", _("Plus petit écart visible"), visible),
        Column("comparable_skills", "count", _("Comparables"), _("Nombre de savoir-faire comparés.")),
    )


def _judgement_columns() -> tuple[Column, ...]:
    level = _("Niveau choisi par le prestataire, à côté du score\u202f; vide quand le score est gardé tel quel.")
    return (
        *_family(),
        Column("retained_level", "count", _("Niveau retenu"), level),
        Column("retained_label", "text", _("En mots"), _("Le niveau retenu et son nom.")),
        Column("justification", "text", _("Justification"), _("Pourquoi ce niveau plutôt que le score.")),
        Column("strengths", "text", _("Points forts"), _("Ce qui est fort dans cette famille.")),
        Column("weaknesses", "text", _("À renforcer"), _("Ce qui est à renforcer dans cette famille.")),
    )
