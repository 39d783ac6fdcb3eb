"""The accounts as their pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts.permissions import LABELS
from restitution.text.language import gettext as _
from storage.accounts.accounts import Account, Grant, all_accounts
from storage.accounts.password_links import invitations
from storage.campaigns.territories import all_territories
from storage.core.alphabet import alphabetical
from storage.core.engine import Database
from storage.core.timestamps import now


@dataclass(frozen=True, slots=True)
class Held:
    """A role in words, with what names it in a form."""

    role: str
    territory_id: int | None
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Person:
    """An account, its roles, and until when its invitation waits."""

    account: Account
    roles: tuple[Held, ...]
    invited_until: datetime | None

    @property
    def state(self) -> str:
        """``disabled``; ``active``; ``invited``; or ``outside``: no password, and no invitation that still works."""
        if self.account.disabled:
            return "disabled"
        if self.account.password_hash:
            return "active"
        return "invited" if self.invited_until and self.invited_until > now() else "outside"


def everyone(db: Database) -> list[Person]:
    """Every account, by name, those that are kept out last."""
    places = _places(db)
    waiting = {number: one.expires_at for number, one in invitations(db).items()}
    people = [_person(account, places, waiting) for account in all_accounts(db)]
    return sorted(people, key=lambda one: (one.account.disabled, alphabetical(one.account.name)))


def person(db: Database, account: Account) -> Person:
    """One account."""
    waiting = {number: one.expires_at for number, one in invitations(db).items()}
    return _person(account, _places(db), waiting)


def _places(db: Database) -> dict[int | None, str]:
    return {None: _("partout"), **{one.id: one.name for one in all_territories(db)}}


def _person(account: Account, places: Mapping[int | None, str], waiting: Mapping[int, datetime]) -> Person:
    return Person(account, tuple(_held(one, places) for one in account.grants), waiting.get(account.id))


def _held(one: Grant, places: Mapping[int | None, str]) -> Held:
    what = next((words for role, words in LABELS.items() if role == one.role), one.role)
    return Held(one.role, one.territory_id, what, places.get(one.territory_id, ""))
