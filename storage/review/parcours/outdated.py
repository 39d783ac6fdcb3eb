"""What the purge erases of a parcours: actions taken out of it, and the names of those who led actions long over."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from grille.messages import message as _

if TYPE_CHECKING:
    import sqlite3

_REMOVED: Final = "removed_at <= :removed"
_OF_REMOVED: Final = f"action_id IN (SELECT id FROM actions WHERE {_REMOVED})"  # noqa: S608  # a constant of ours
_LED_LONG_AGO: Final = """pilot <> '' AND status IN ('terminee', 'abandonnee')
    AND coalesce(ends_on, saved_at) <= :people"""

OUTDATED: Final = (
    ("action_skills", _("savoir-faire d’actions retirées"), "action_skills", "action_id", _OF_REMOVED),
    ("action_ratings", _("bilans d’actions retirées"), "action_ratings", "action_id", _OF_REMOVED),
    ("actions", _("actions retirées d’un parcours"), "actions", "id", _REMOVED),
    ("pilots", _("noms de qui a mené une action finie depuis longtemps"), "actions", "id", _LED_LONG_AGO),
)
"""The name, the label, the table, the key and the outdated rows of each kind."""


def forget_pilots(conn: "sqlite3.Connection", limits: Mapping[str, str]) -> None:
    """Remove the names of those who led actions that ended long ago; the actions stay."""
    conn.execute(f"UPDATE actions SET pilot = '' WHERE {_LED_LONG_AGO}", limits)  # noqa: S608  # a constant of ours
