"""Words about reviews, and days in words, shared by several pages."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from flask_babel import lazy_gettext as _

from restitution.text.language import locale

FACT_STATES = {
    "oui": _("Oui"),
    "en partie": _("En partie"),
    "non": _("Non"),
    "": _("Pas encore répondu"),
}

DECISION_STATES = {
    "": _("Pas encore dit"),
    "begun": _("En cours"),
    "done": _("Fait"),
    "not-done": _("Pas fait"),
}

NOTE_PARTS = {
    "progress": _("Avancement"),
    "went_well": _("Ce qui a bien marché"),
    "went_less_well": _("Ce qui a moins bien marché"),
    "perceived": _("Ce que nous avons perçu"),
    "recommendations": _("Recommandations pour l’année à venir"),
}


def in_words(day: date) -> str:
    """Return a day in words.

    >>> in_words(date(2026, 4, 1)), in_words(date(2026, 4, 10))
    ('1er avril 2026', '10 avril 2026')
    """
    return first_of_month(format_date(day, "d MMMM y", locale=locale()))


def first_of_month(text: str) -> str:
    """Return a date that begins with its day, with « 1er » for the first of the month.

    >>> first_of_month("1 nov."), first_of_month("11 nov."), first_of_month("nov. 2026")
    ('1er nov.', '11 nov.', 'nov. 2026')
    """
    return f"1er{text[1:]}" if text.startswith("1 ") and locale().language == "fr" else text
