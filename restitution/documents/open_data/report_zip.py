"""A report's tables as open data, in one zip with words for people."""

from __future__ import annotations

from datetime import datetime, time

from restitution.documents.open_data.data_package import LICENCE, Package, package_files
from restitution.documents.open_data.repeatable_files import zipped
from restitution.documents.open_data.report_tables import report_tables
from restitution.documents.open_data.tables import DataTable, dictionary_of
from restitution.documents.report import Report
from restitution.text.language import gettext as _


def report_zip(report: Report) -> bytes:
    """Return the zip: ``datapackage.json``, ``LISEZMOI.txt`` and a CSV file per table."""
    tables = report_tables(report)
    about = Package(
        name=f"{report.grid.id}-{report.label}",
        title=report.title,
        description="\n".join(f"{name}\u00a0: {value}" for name, value in report.facts),
        created=datetime.combine(report.made, time()),
        version=report.grid.version,
    )
    files = package_files(about, tables, dictionary_of(report.profile))
    return zipped({**files, "LISEZMOI.txt": _read_me(report, tables)}.items(), report.made)


def _read_me(report: Report, tables: tuple[DataTable, ...]) -> bytes:
    lines = [report.title, "", *(f"{name}\u00a0: {value}" for name, value in report.facts), ""]
    lines += [f"{table.name}.csv\u00a0: {table.title}" for table in tables]
    lines += ["", _("Ce que contient chaque colonne est décrit dans datapackage.json."), "", *report.cautions, ""]
    lines += [_("Licence\u00a0: %(licence)s", licence=LICENCE["title"]), ""]
    lines += [f"{meaning}\u00a0: {value}" for meaning, value in report.rules]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
