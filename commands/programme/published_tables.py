"""What one campaign has published, as the rows of the open-data tables, each with where and when it was collected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from restitution.campaign_facts import ComparedCampaign
from restitution.documents.open_data.columns import Column
from restitution.documents.open_data.report_tables import changes_table
from restitution.documents.open_data.tables import DataTable, Row, tables_of
from restitution.results import CampaignResults
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign, closed_before
from storage.core.damage import CampaignDamaged
from storage.core.engine import Database
from storage.responses.computed.profiles import campaign_profile

if TYPE_CHECKING:
    from scoring import Profile

TABLES = (
    "territory",
    "families",
    "skills",
    "weightings",
    "hindsight",
    "hindsight_skills",
    "respondents",
    "changes",
)
"""Every table that may be written; each is a folder of the export."""

_COMMUNE, _INTERCOMMUNALITY = 5, 9  # signs of an official code


def published_tables(db: Database, campaign: Campaign) -> list[DataTable]:
    """Return the tables of a published campaign. Raises ``CampaignDamaged`` when it cannot be computed."""
    profile = campaign_profile(db, campaign)
    changes = changes_table(_results(db, campaign, profile))
    found = [*tables_of(profile), *([changes] if changes.rows else [])]
    return [_identified(table, campaign, profile) for table in found]


def _identified(table: DataTable, campaign: Campaign, profile: Profile) -> DataTable:
    """The same table, each row after what says whose it is."""
    whose = _identity(campaign, profile)
    columns = (*_identity_columns(), *(column for column in table.columns if column.name != "wave"))
    rows = (whose | {name: value for name, value in row.items() if name != "wave"} for row in table.rows)
    return replace(table, columns=columns, rows=tuple(rows))


def _identity(campaign: Campaign, profile: Profile) -> Row:
    place = campaign.territory
    code = place.official_code or ""
    return {
        "campaign": campaign.slug,
        "year": campaign.year,
        "territory": place.slug,
        "territory_name": place.name,
        "insee": code if len(code) == _COMMUNE else None,
        "siren": code if len(code) == _INTERCOMMUNALITY else None,
        "fictional": place.fictional,
        "grid": profile.grid.id,
        "grid_version": profile.grid.version,
        "edition": profile.edition,
    }


def _identity_columns() -> tuple[Column, ...]:
    return (
        Column("campaign", "text", _("Campagne"), _("Le nom court de la campagne, celui de ses adresses.")),
        Column("year", "count", _("Année"), _("L’année de la campagne.")),
        Column("territory", "text", _("Territoire"), _("Le nom court du territoire, celui de ses adresses.")),
        Column("territory_name", "text", _("Nom du territoire"), _("Le nom du territoire.")),
        Column("insee", "text", _("Code Insee"), _("Le code officiel d’une commune, quand il est connu.")),
        Column("siren", "text", _("Numéro Siren"), _("Le numéro d’une intercommunalité, quand il est connu.")),
        Column("fictional", "flag", _("Fictif"), _("Vrai pour les territoires de la démonstration.")),
        Column("grid", "text", _("Grille"), _("L’identifiant de la grille.")),
        Column("grid_version", "text", _("Version de la grille"), _("La version de la grille.")),
        Column("edition", "count", _("Édition"), _("L’édition de la méthode de calcul.")),
    )


def _results(db: Database, campaign: Campaign, profile: Profile) -> CampaignResults:
    """The campaign with the published one before it, which its changes are counted from."""
    before = next(_before(db, campaign), ())
    return CampaignResults(
        territory=campaign.territory.name,
        name=campaign.name,
        campaigns=(*before, ComparedCampaign(campaign.slug, campaign.year + 0.5, profile)),
        colleges={college.code: college.label for college in campaign.colleges},
        collected="",
    )


def _before(db: Database, campaign: Campaign) -> Iterator[tuple[ComparedCampaign]]:
    """The published campaigns before this one that can be computed, latest first."""
    for one in closed_before(db, campaign):
        if one.published_at:
            try:
                yield (ComparedCampaign(one.slug, one.year, campaign_profile(db, one)),)
            except CampaignDamaged:
                continue
