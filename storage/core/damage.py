"""Campaigns that cannot be read or computed: the cause and the remedy. Other campaigns are not affected."""

import sqlite3
from typing import Final, cast

from grille.grid import Grid
from grille.messages import message as _
from storage.core.database import file_of
from storage.core.database_errors import DatabaseNotReady, DatabaseUnavailable, reason
from storage.core.engine import Database
from storage.core.revisions import revision_behind

_CHECK: Final = _("« flask --app app database check » dit ce qui est abîmé : remettez ensuite la dernière sauvegarde.")
_RULES: Final = _("Corrigez les réglages de cette campagne, ou remettez la dernière sauvegarde.")
_OURS: Final = _("Donnez la référence ci-dessous à qui tient le site : l’erreur est dans le journal du serveur.")


_known: "dict[tuple[str, int], tuple[CampaignDamaged, str]]" = {}


class CampaignDamaged(Exception):
    """The content or the figures of a campaign cannot be read; cause and remedy are French sentences.

    ``lasts`` is True when only a change of the data or of the program can mend it, False when trying again may succeed.
    """

    def __init__(self, reason: str, remedy: str = _CHECK, *, lasts: bool = True) -> None:
        super().__init__(f"{reason} {remedy}")
        self.reason, self.remedy, self.lasts = reason, remedy, lasts


def damage_of(error: Exception) -> CampaignDamaged:
    """Return the damage of a campaign that caused this error, raised while computing it.

    Raises the error itself when its cause is not that campaign: the database is busy, the disk is full.
    """
    if isinstance(error, CampaignDamaged):
        return error
    if isinstance(error, DatabaseUnavailable | DatabaseNotReady | MemoryError) or _is_outage(error):
        raise error
    problems = getattr(error, "problems", ())
    if problems and isinstance(problems[0], str):  # of its rules; one of an answer could tell what somebody answered
        return CampaignDamaged(_("Ses réglages ne s’appliquent pas : %(problems)s", problems=problems[0]), _RULES)
    if isinstance(error, ValueError | LookupError | TypeError | sqlite3.Error):
        return CampaignDamaged(_("Une réponse ou la grille enregistrée ne se lit plus."))
    lasts = not isinstance(error, OSError | RuntimeError)
    return CampaignDamaged(_("Le calcul s’est arrêté sur un cas imprévu."), _OURS, lasts=lasts)


def remember_damage(db: Database, campaign_id: int, damage: CampaignDamaged | None) -> None:
    """Remember, in this process, the damage of a campaign of that database; None if it is sound again."""
    if damage is None:
        _known.pop((file_of(db), campaign_id), None)
    else:
        _known[file_of(db), campaign_id] = damage, revision_behind(db, campaign_id)


def known_damage(db: Database, campaign_id: int) -> CampaignDamaged | None:
    """Return the damage found when this process last computed this campaign, if nothing has changed since."""
    damage, revision = _known.get((file_of(db), campaign_id), (None, ""))
    return damage if damage and revision == revision_behind(db, campaign_id) else None


def known_damages(path: str) -> tuple[int, ...]:
    """Return the ids of the campaigns of that database whose damage this process remembers."""
    return tuple(sorted(campaign for file, campaign in list(_known) if file == path))


def _is_outage(error: Exception) -> bool:
    damaged = getattr(error, "sqlite_errorname", "").startswith("SQLITE_CORRUPT")
    return isinstance(error, sqlite3.Error) and reason(error) is not None and not damaged


class _UnreadableGrid:
    """A placeholder for an unreadable frozen grid: campaigns can be listed; reading the grid raises the damage."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        raise unreadable_grid()


def unreadable_grid() -> CampaignDamaged:
    """Return the damage of a campaign whose frozen grid cannot be read."""
    return CampaignDamaged(_("La copie de sa grille ne se lit plus."))


UNREADABLE: Final = cast("Grid", _UnreadableGrid())
