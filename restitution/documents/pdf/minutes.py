"""The minutes of a session as a PDF."""

from __future__ import annotations

from restitution.documents.minutes import MinutesDocument
from restitution.documents.pdf.typst_pdf import typst_pdf


def minutes_pdf(minutes: MinutesDocument) -> bytes:
    """Return the PDF (PDF/UA-1); the same minutes give the same bytes."""
    content = {
        "title": minutes.title,
        "place": minutes.place,
        "held": minutes.held,
        "warning": minutes.warning,
        "sections": [[one.title, list(one.lines)] for one in minutes.sections],
    }
    return typst_pdf("minutes.typ", content, minutes.made)
