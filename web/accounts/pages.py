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

_TerritoryNames = Mapping[int | None, str]


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role in words, with what names it in a form."""

    role: str
    territory_id: int | None
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account, its roles, and until when its invitation waits."""

    account: Account
    roles: tuple[RoleRow, ...]
    invited_until: datetime | None

    @property
    def state(self) -> str:
        """``disabled``; ``active``; ``invited``; or ``outside``: no password, and no invitation that still works."""
        if self.account.disabled:
            return "disabled"
        if self.account.password_hash:
            return "active"
        return "invited" if self.invited_until and self.invited_until > now() else "outside"


def account_rows(db: Database) -> list[AccountRow]:
    """Every account, by name, those that are kept out last."""
    names = _territory_names(db)
    waiting = {number: one.expires_at for number, one in invitations(db).items()}
    rows = [_account_row(account, names, waiting) for account in all_accounts(db)]
    return sorted(rows, key=lambda one: (one.account.disabled, alphabetical(one.account.name)))


def account_row(db: Database, account: Account) -> AccountRow:
    """One account."""
    waiting = {number: one.expires_at for number, one in invitations(db).items()}
    return _account_row(account, _territory_names(db), waiting)


def _territory_names(db: Database) -> _TerritoryNames:
    return {None: _("partout"), **{one.id: one.name for one in all_territories(db)}}


def _account_row(account: Account, names: _TerritoryNames, waiting: Mapping[int, datetime]) -> AccountRow:
    return AccountRow(account, tuple(_role_row(one, names) for one in account.grants), waiting.get(account.id))


def _role_row(one: Grant, names: _TerritoryNames) -> RoleRow:
    what = next((words for role, words in LABELS.items() if role == one.role), one.role)
    return RoleRow(one.role, one.territory_id, what, names.get(one.territory_id, ""))
