"""``flask --app app programme export``: everything that is published, as Parquet, for those who analyse it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from commands.database import opened
from commands.errors import Refusal
from commands.progress import ExportProgress
from grille.messages import counted
from grille.messages import message as _
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.damage import CampaignDamaged
from storage.core.engine import Database
from storage.core.revisions import published_revisions

if TYPE_CHECKING:
    from commands.programme.export_folder import ExportFolder
    from restitution.documents.data_files.plain_rows import PlainRows
    from restitution.documents.open_data.tables import DataTable

programme = AppGroup("programme", help=_("Ce que tout un programme a publié."))

CAMPAIGNS_PER_PART = 200


@programme.command("export", help=_("Écrit tout ce qui est publié en fichiers Parquet, pour qui l’analyse."))
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path), help=_("Le dossier où les écrire."))
@with_appcontext
def export(folder: Path) -> None:
    """Write what is not there yet, or has changed since; say how far it is, then what was done."""
    from commands.programme.export_folder import ExportFolder

    _require_duckdb()
    there = ExportFolder(folder, _made_by())
    with opened() as db, there.opened():
        parts = _published_parts(db)
        written = _write_parts(db, there, parts)
        there.finish(set(parts))
    campaigns = counted("%(n)s campagne publiée", "%(n)s campagnes publiées", sum(map(len, parts.values())))
    said = counted("%(n)s partie écrite", "%(n)s parties écrites", written)
    click.echo(
        _("Export à jour dans %(folder)s\u00a0: %(found)s, %(parts)s.", folder=folder, found=campaigns, parts=said)
    )


def _require_duckdb() -> None:
    """Refuse, saying what to install, where the library that writes Parquet is not there."""
    from restitution.documents.data_files.parquet_files import can_write_parquet

    if not can_write_parquet():
        raise Refusal(
            _(
                "Il manque de quoi écrire des fichiers Parquet\u00a0: installez-le avec «\u00a0.venv/bin/python -m pip "
                "install --require-hashes -r requirements-export.txt\u00a0», puis recommencez."
            )
        )


def _made_by() -> dict[str, Any]:
    return {
        "version": str(current_app.config["VERSION"]),
        "duckdb": version("duckdb"),
        "campaigns_per_part": CAMPAIGNS_PER_PART,
    }


def _published_parts(db: Database) -> dict[str, dict[str, str]]:
    """The published campaigns of each part, with their revisions."""
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    for number, slug, revision in published_revisions(db):
        parts[f"{(number - 1) // CAMPAIGNS_PER_PART + 1:05}"][slug] = revision
    return dict(parts)


def _write_parts(db: Database, there: ExportFolder, parts: Mapping[str, Mapping[str, str]]) -> int:
    """Write the parts that are not as they should be. Returns how many."""
    written, progress = 0, ExportProgress(sum(map(len, parts.values())))
    for name, campaigns in parts.items():
        if there.is_done(name, campaigns):
            progress.advance(len(campaigns))
        else:
            _write_part(db, there, name, campaigns, progress)
            written += 1
    return written


def _write_part(
    db: Database, there: ExportFolder, name: str, campaigns: Mapping[str, str], progress: ExportProgress
) -> None:
    from commands.programme.export_folder import cannot_write
    from restitution.documents.data_files.parquet_files import NotWritten, write_parquet

    tables, left_out = _tables(db, campaigns, progress)
    with there.workshop() as made:
        try:
            write_parquet(tables, made)
        except NotWritten as error:
            raise cannot_write(there.path, str(error)) from error
        counts = {table: len(found.rows) for table, found in tables.items()}
        there.place(name, {"campaigns": dict(campaigns), "left_out": left_out}, made, counts)


def _tables(
    db: Database, campaigns: Mapping[str, str], progress: ExportProgress
) -> tuple[dict[str, PlainRows], list[str]]:
    """The rows of these campaigns, table by table; and those that cannot be computed, which is said at once."""
    from restitution.documents.data_files.plain_rows import PlainRows

    tables: dict[str, PlainRows] = defaultdict(PlainRows)
    left_out = []
    for slug in campaigns:
        found = tables_or_damage(db, slug)
        progress.advance()
        if found is None:
            left_out.append(slug)
        for table in found or ():
            tables[table.name].add(table.columns, table.rows)
    return tables, left_out


def tables_or_damage(db: Database, slug: str) -> list[DataTable] | None:
    """Return what that campaign publishes; None, which is said at once, when it cannot be computed."""
    from commands.programme.published_tables import published_tables

    campaign = campaign_by_slug(db, slug)
    try:
        return published_tables(db, campaign) if campaign and campaign.published_at else []
    except CampaignDamaged as damage:
        click.echo(_("%(slug)s\u00a0: laissée de côté. %(damage)s", slug=slug, damage=damage), err=True)
        return None
