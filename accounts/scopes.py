"""Scopes: what a key of the API may be used for. A key never allows more than the roles of its account do."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from grille.messages import message as _


class Scope(StrEnum):
    """What a key may be used for. Never change a value: stored keys carry it."""

    READ = "read"
    CAMPAIGNS = "campaigns"
    ANSWERS = "answers"
    PARCOURS = "parcours"


SCOPES: Final[Mapping[Scope, str]] = {
    Scope.READ: _("lire ce que vos pages montrent : campagnes, participation, résultats, parcours"),
    Scope.CAMPAIGNS: _("préparer, ouvrir et clore des campagnes, faire leurs liens"),
    Scope.ANSWERS: _("importer des tableaux de réponses"),
    Scope.PARCOURS: _("ajouter et changer les actions d’un parcours"),
}
