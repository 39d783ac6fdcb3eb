"""The dated notice of results that an earlier edition of the method published."""

from datetime import date

from restitution.text.language import gettext as _
from restitution.text.names import in_words


def recomputed_notice(published: date, recomputed: date, *, adopted: bool = False) -> str:
    """When these results were published and recomputed, and what that changes.

    ``adopted``: a diagnostic was adopted under the first edition, and stands.
    """
    notice = _(
        "Ces résultats, publiés le %(published)s avec l’édition 1 de la méthode, ont été recalculés le %(recomputed)s "
        "avec l’édition 2\u00a0: les réponses et les moyennes sont les mêmes, les intervalles et les mots peuvent "
        "changer.",
        published=in_words(published),
        recomputed=in_words(recomputed),
    )
    if not adopted:
        return notice
    return f"{notice} {_('Le diagnostic adopté reste celui de l’édition 1.')}"
