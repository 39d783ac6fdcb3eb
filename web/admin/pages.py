"""An entry of the audit log, said in French."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.audit_events import describe_event
from accounts.permissions import LABELS
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from storage.accounts.accounts import account_names
from storage.campaigns.campaigns import campaign_names
from storage.campaigns.territories import territory_names
from storage.core.engine import Database
from storage.operations.audit_log import Entry
from storage.operations.purge import KINDS


class Names:
    """The present names of the numbers of some entries; what was deleted is shown by its number."""

    def __init__(self, db: Database, entries: Sequence[Entry]) -> None:
        objects = [one.about for one in entries]
        accounts = {*(one.by for one in entries), *(about.account for about in objects)}
        self._accounts = account_names(db, _known(accounts))
        self._territories = territory_names(db, _known({about.territory for about in objects}))
        self._campaigns = campaign_names(db, _known({about.campaign for about in objects}))

    def account(self, number: int | None) -> str:
        """Return the name of the account that acted."""
        if number is None:
            return _("le programme lui-même, ou une commande")
        return self._accounts.get(number) or _("compte n° %(n)s", n=number)

    def territory(self, number: int) -> str:
        """Return the name of the territory."""
        return self._territories.get(number) or _("territoire n° %(n)s", n=number)

    def campaign(self, number: int) -> str:
        """Return the name of the campaign."""
        return self._campaigns.get(number) or _("campagne n° %(n)s", n=number)


def _known(numbers: set[int | None]) -> list[int]:
    return [number for number in numbers if number is not None]


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A line of the page: an entry in words."""

    id: int
    at: datetime
    who: str
    event: str
    what: tuple[str, ...]


def describe_entry(entry: Entry, names: Names) -> AuditLine:
    """Return the line for an entry."""
    return AuditLine(
        entry.id, entry.at, names.account(entry.by), describe_event(entry.event), tuple(_what(entry, names))
    )


def _what(entry: Entry, names: Names) -> Iterator[str]:
    if entry.about.account is not None:
        yield names.account(entry.about.account)
    if entry.about.territory is not None:
        yield names.territory(entry.about.territory)
    if entry.about.campaign is not None:
        yield names.campaign(entry.about.campaign)
    for name, value in entry.detail.items():
        yield DETAILS.get(name, _unknown(name))(value)


def _unknown(name: str) -> Callable[[Any], str]:
    """What was purged, by its own words; any other name as it is."""
    label = next((kind.label for kind in KINDS if kind.name == name), name)
    return lambda value: f"{label} : {value}"


DETAILS: dict[str, Callable[[Any], str]] = {
    "by_key": lambda value: _("par la clé n° %(n)s", n=value),
    "code": str,
    "slug": str,
    "grid": str,
    "language": str,
    "subject": str,
    "college": lambda value: _("tous les collèges") if value == "*" else _("collège %(code)s", code=value),
    "before": lambda value: _("de %(n)s", n=value or _("inconnu")),
    "after": lambda value: _("à %(n)s", n=value or _("inconnu")),
    "count": lambda value: _("au nombre de %(n)s", n=value),
    "number": lambda value: _("n° %(n)s", n=value),
    "rows": lambda value: ngettext("%(n)s réponse", "%(n)s réponses", value),
    "workshop": lambda value: _("atelier n° %(n)s", n=value),
    "year": lambda value: _("année %(n)s", n=value),
    "role": lambda value: next((words for role, words in LABELS.items() if role == value), str(value)),
}
