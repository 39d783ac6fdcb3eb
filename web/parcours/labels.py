"""The labels of a parcours, by the code under which each choice is stored."""

from flask_babel import lazy_gettext as _

KINDS = {
    "formation": _("Formation"),
    "changement": _("Conduite du changement"),
    "projet": _("Projet emblématique"),
}
KIND_HINTS = {
    "formation": _("élus, agents, partenaires, habitants"),
    "changement": _("accompagner une équipe dans ses façons de faire"),
    "projet": _("apprendre en faisant, sur un vrai projet"),
}
SUPPORTS = {
    "cifre": _("Doctorat CIFRE"),
    "vta": _("Volontaire territorial en administration (VTA)"),
    "service-civique": _("Service civique"),
}
STATUSES = {
    "prevue": _("Prévue"),
    "en-cours": _("En cours"),
    "en-pause": _("En pause"),
    "terminee": _("Terminée"),
    "abandonnee": _("Abandonnée"),
}
PRIORITIES = {
    "": _("Sans priorité précise"),
    "haute": _("Haute"),
    "moyenne": _("Moyenne"),
    "basse": _("Basse"),
}
RELEVANCE = {
    1: _("La méthode ne convenait pas"),
    2: _("La méthode convenait en partie"),
    3: _("La méthode convenait"),
    4: _("La méthode convenait très bien"),
}
TRANSFER = {
    1: _("Tout repose encore sur le prestataire"),
    2: _("Les acteurs locaux font avec de l’aide"),
    3: _("Les acteurs locaux font seuls"),
    4: _("Les acteurs locaux transmettent à d’autres"),
}
