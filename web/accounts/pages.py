"""What the pages of accounts show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.permissions import LABELS
from restitution.text.language import gettext as _
from storage.accounts.accounts import Account, Grant, account_page, grant_page
from storage.accounts.password_links import invitations
from storage.campaigns.territories import territory_names
from storage.core.engine import Database
from storage.core.pages import FIRST, Page, Position
from storage.core.timestamps import now

MOST_ROLES = 4
"""Roles shown of each account of the list; its own page has them all."""

_TerritoryNames = Mapping[int | None, str]


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role in words, with the value that names it in a form."""

    role: str
    territory_id: int | None
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account, its first roles, the number ``more`` of others, and the expiry of its invitation."""

    account: Account
    roles: tuple[RoleRow, ...]
    more: int
    invited_until: datetime | None

    @property
    def state(self) -> str:
        """``disabled``, ``active``, ``invited``, or ``outside``: neither a password nor a valid invitation."""
        if self.account.disabled:
            return "disabled"
        if self.account.password_hash:
            return "active"
        return "invited" if self.invited_until and self.invited_until > now() else "outside"


def account_rows(db: Database, typed: str = "", position: Position = FIRST) -> Page[AccountRow]:
    """Return a page of the accounts by name, disabled ones last. Raises ``PositionGone``."""
    page = account_page(db, typed, position)
    return page.with_rows(tuple(_described(db, page.rows)))


def account_row(db: Database, account: Account) -> AccountRow:
    """Return one account as its row."""
    (row,) = _described(db, [account])
    return row


def role_rows(db: Database, account: Account, position: Position = FIRST) -> Page[RoleRow]:
    """Return a page of an account's roles, the oldest first. Raises ``PositionGone``."""
    page = grant_page(db, account, position)
    names = _territory_names(db, page.rows)
    return page.map(lambda grant: _role_row(grant, names))


def _described(db: Database, accounts: Sequence[Account]) -> Iterator[AccountRow]:
    shown = {one.id: one.grants[:MOST_ROLES] for one in accounts}
    names = _territory_names(db, (grant for grants in shown.values() for grant in grants))
    waiting = invitations(db, shown)
    for one in accounts:
        roles = tuple(_role_row(grant, names) for grant in shown[one.id])
        invited = waiting.get(one.id)
        yield AccountRow(one, roles, len(one.grants) - len(roles), invited.expires_at if invited else None)


def _territory_names(db: Database, grants: Iterable[Grant]) -> _TerritoryNames:
    numbers = {grant.territory_id for grant in grants} - {None}
    names = territory_names(db, (one for one in numbers if one is not None))
    return {None: _("partout")} | dict(names.items())


def _role_row(one: Grant, names: _TerritoryNames) -> RoleRow:
    what = next((words for role, words in LABELS.items() if role == one.role), one.role)
    return RoleRow(one.role, one.territory_id, what, names.get(one.territory_id, ""))
