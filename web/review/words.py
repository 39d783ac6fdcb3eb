"""The words of a review that several of its pages share."""

from flask_babel import lazy_gettext as _

FACT_STATES = {
    "oui": _("Oui"),
    "en partie": _("En partie"),
    "non": _("Non"),
    "": _("Pas encore répondu"),
}

NOTE_PARTS = {
    "progress": _("Avancement"),
    "went_well": _("Ce qui a bien marché"),
    "went_less_well": _("Ce qui a moins bien marché"),
    "perceived": _("Ce que nous avons perçu"),
    "recommendations": _("Recommandations pour l’année à venir"),
}
