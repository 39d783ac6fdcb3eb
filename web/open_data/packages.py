"""The package of tables of one published campaign, and the same tables as Parquet and SQLite."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from restitution.documents.data_files.parquet_files import write_parquet
from restitution.documents.data_files.plain_rows import PlainRows
from restitution.documents.data_files.typed_tables import described
from restitution.documents.open_data.data_package import Package, package_files
from restitution.documents.open_data.tables import dictionary_of, tables_of
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from storage.core.timestamps import now
from storage.data_files.sqlite_file import in_memory
from web.http.pages.recomputed_campaigns import notice_of
from web.open_data.catalogue import address_of, description_of, title_of
from web.open_data.names import PARQUET, SQLITE
from web.results.selection import profile_of


def file_of(campaign: Campaign, name: str) -> bytes:
    """Return a file of the campaign by its name; empty if the campaign has none of that name.

    Raises ``NotWritten`` when the process that writes Parquet fails. Loads pandas, never where people only answer.
    """
    if name == SQLITE:
        return _sqlite(campaign)
    if name.endswith(PARQUET):
        return _parquet(campaign, name.removesuffix(PARQUET))
    return package_of(campaign).get(name, b"")


def package_of(campaign: Campaign) -> dict[str, bytes]:
    """Return the files of the package by name."""
    profile = profile_of(campaign)
    return package_files(_about(campaign), tables_of(profile), dictionary_of(profile))


def _about(campaign: Campaign) -> Package:
    moment = campaign.published_at or now()
    fictional = _("Territoire fictif, données de démonstration.") if campaign.territory.fictional else ""
    said = (description_of(campaign), notice_of(campaign, {campaign: str(campaign.year)}).text, fictional)
    return Package(
        name=campaign.slug,
        title=title_of(campaign),
        description=" ".join(filter(None, said)),
        created=moment,
        version=moment.date().isoformat(),
        source=address_of(campaign),
    )


def _sqlite(campaign: Campaign) -> bytes:
    profile = profile_of(campaign)
    with in_memory() as file:
        for one in described(_about(campaign), tables_of(profile), dictionary_of(profile)):
            file.add(one.name, one.columns, one.key, one.rows)
        return file.content()


def _parquet(campaign: Campaign, name: str) -> bytes:
    for table in tables_of(profile_of(campaign)):
        if table.name == name:
            rows = PlainRows()
            rows.add(table.columns, table.rows)
            with TemporaryDirectory(prefix="grille-") as folder:
                write_parquet({name: rows}, Path(folder))
                return Path(folder, f"{name}{PARQUET}").read_bytes()
    return b""
