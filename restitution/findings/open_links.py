"""The limit of k: it counts answers, and a reusable link or code does not distinguish people."""

from __future__ import annotations

from collections.abc import Sequence

from restitution.text.language import gettext as _
from restitution.text.sentences import listed


def opened_by_link(colleges: Sequence[str]) -> str:
    """Return a sentence on the colleges that a reusable link led to; empty if there are none."""
    return _("Ouverts par un lien\u00a0: %(colleges)s.", colleges=listed(colleges)) if colleges else ""


def repeated_by_link() -> str:
    """Return a sentence: through a reusable link, one person can answer several times."""
    return _(
        "Rien n’empêche une personne de répondre plusieurs fois par ce lien\u00a0: le seuil de k ne protège pas contre "
        "elle. Pour un collège fermé, préférez les invitations à usage unique."
    )


def repeated_by_code() -> str:
    """Return the same sentence for the code of a workshop."""
    return _(
        "Rien n’empêche une personne de répondre plusieurs fois par ce code\u00a0: le seuil de k ne protège pas contre "
        "elle."
    )
