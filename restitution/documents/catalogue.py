"""The documents of a campaign: name, purpose, and the function that makes each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from restitution.documents.report import Report
from restitution.text.language import gettext as _


@dataclass(frozen=True)
class Document:
    """A kind of document: ``suffix`` ends its file name, ``make`` returns its content."""

    suffix: str
    title: str
    purpose: str
    media_type: str
    make: Callable[[Report], bytes]


def catalogue() -> tuple[Document, ...]:
    """Return every document, in the order in which pages list them."""
    office = "application/vnd.openxmlformats-officedocument"
    return (
        Document(
            "pdf",
            _("Rapport, en PDF"),
            _("Pour lire, imprimer et joindre à une délibération. Balisé pour les lecteurs d’écran."),
            "application/pdf",
            _pdf,
        ),
        Document(
            "pptx",
            _("Diaporama, pour PowerPoint ou LibreOffice"),
            _("Pour préparer une séance\u00a0: les graphiques se modifient, les notes disent tout en mots."),
            f"{office}.presentationml.presentation",
            _pptx,
        ),
        Document(
            "xlsx",
            _("Classeur, pour Excel ou LibreOffice"),
            _("Pour refaire les calculs et les graphiques. Une feuille explique chaque colonne."),
            f"{office}.spreadsheetml.sheet",
            _xlsx,
        ),
        Document(
            "zip",
            _("Tableaux CSV et leur description"),
            _("Pour un logiciel de statistiques ou un portail de données ouvertes (Table Schema)."),
            "application/zip",
            _zip,
        ),
        Document(
            "json",
            _("Données JSON"),
            _("Pour un autre logiciel\u00a0: tous les chiffres publiés, en un seul document."),
            "application/json",
            _json,
        ),
    )


# Each maker loads its own library, and only when it is asked for.


def _pdf(report: Report) -> bytes:
    from restitution.documents.pdf.report import report_pdf

    return report_pdf(report)


def _pptx(report: Report) -> bytes:
    from restitution.documents.office.presentation import report_pptx

    return report_pptx(report)


def _xlsx(report: Report) -> bytes:
    from restitution.documents.office.report_workbook import report_xlsx

    return report_xlsx(report)


def _zip(report: Report) -> bytes:
    from restitution.documents.open_data.report_zip import report_zip

    return report_zip(report)


def _json(report: Report) -> bytes:
    from restitution.documents.open_data.report_json import report_json

    return report_json(report)
