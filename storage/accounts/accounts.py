"""Accounts and their roles, as stored. Passwords arrive hashed; ``accounts.permissions`` judges rights."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from accounts.addresses import ascii_domain
from accounts.permissions import Role
from grille.messages import message as _
from grille.typed import typed_line
from storage.campaigns.territories import Territory
from storage.core.alphabet import name_key, needles
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.pages import FIRST, PAGE_SIZE, Listing, Page, Position, as_json, read_page
from storage.core.rows import single_value, single_values
from storage.core.timestamps import now, to_text
from storage.core.tokens import new_secret, storable

if TYPE_CHECKING:
    import sqlite3


class EmailTaken(ValueError):
    """Another account has that address."""


class LastProgramme(ValueError):
    """The change would leave no account able to manage the others; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "C’est le dernier compte de l’équipe du programme : donnez d’abord ce rôle à quelqu’un d’autre, "
                "qui a déjà choisi son mot de passe."
            )
        )


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, on one territory or (``territory_id`` None) everywhere.

    ``trial_id`` is the number of the fictional territory on which the pilots of that one try everything, if any: the
    role is held there too, for as long as it is held on the real one.
    """

    role: str
    territory_id: int | None = None
    trial_id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Account:
    """An account. Known devices carry a digest of ``device_key``: a new key makes all of them unknown."""

    id: int
    email: str
    name: str
    password_hash: str | None
    disabled: bool
    grants: tuple[Grant, ...]
    device_key: str = ""

    @property
    def effective_grants(self) -> tuple[Grant, ...]:
        """The roles as rights are judged by them: those of a territory are held on its trial too."""
        return self.grants + tuple(Grant(one.role, one.trial_id) for one in self.grants if one.trial_id)


def create_account(db: Database, email: str, name: str, password_hash: str | None = None) -> Account:
    """Add an account; without a password hash, nobody can sign in to it yet. Raises ``EmailTaken``."""
    email, name = normal_email(email), typed_line(name)
    with writing(db) as conn:
        if account_by_email(db, email):
            raise EmailTaken(_("Un compte existe déjà pour %(email)s.", email=email))
        cursor = conn.execute(
            """INSERT INTO accounts (email, name, password_hash, created_at, device_key, name_key)
                VALUES (?, ?, ?, ?, ?, ?)""",
            (email, name, password_hash, to_text(now()), key := new_secret(), name_key(name)),
        )
        return Account(int(cursor.lastrowid or 0), email, name, password_hash, False, (), key)


def normal_email(email: str) -> str:
    """Return the address as it is stored and compared, its domain in ASCII.

    >>> normal_email("  Demo@Grille.example "), normal_email("ada@Évry.example")
    ('demo@grille.example', 'ada@xn--vry-9la.example')
    """
    local, at, domain = storable(email.strip().lower()).rpartition("@")
    return local + at + ascii_domain(domain)


_GRANTS = """(SELECT json_group_array(json_array(grants.id, role, territory_id, territories.id))
    FROM grants LEFT JOIN territories ON trial_of = territory_id WHERE account_id = accounts.id)"""

_COLUMNS = f"id, email, name, password_hash, disabled_at IS NOT NULL, device_key, {_GRANTS}"
_ACCOUNT = f"SELECT {_COLUMNS} FROM accounts"  # noqa: S608  # ours

_GRANT_LIST = Listing("grants", "id, role, territory_id", ("id",))
_DIRECTORY = Listing("accounts", _COLUMNS, ("disabled_at IS NOT NULL", "name_key", "id"))


def account_by_email(db: Database, email: str) -> Account | None:
    """Return the account of that address, in any case, if there is one."""
    return _account(db.conn.execute(f"{_ACCOUNT} WHERE email = ?", (normal_email(email),)).fetchone())


def account_by_id(db: Database, id_: int) -> Account | None:
    """Return the account of that number, if there is one."""
    return _account(db.conn.execute(f"{_ACCOUNT} WHERE id = ?", (id_,)).fetchone())


def has_accounts(db: Database) -> bool:
    """Return whether anybody has an account."""
    return bool(single_value(db.conn.execute("SELECT EXISTS (SELECT 1 FROM accounts)")))


def role_count(db: Database, territory: Territory) -> int:
    """Return how many roles are held on that territory."""
    sql = "SELECT count(*) FROM grants WHERE territory_id = ?"
    return int(single_value(db.conn.execute(sql, (territory.id,))))


def has_pilot(db: Database) -> bool:
    """Return whether anybody runs the campaigns of a territory."""
    return bool(single_value(db.conn.execute("SELECT EXISTS (SELECT 1 FROM grants WHERE role = 'pilot')")))


def all_accounts(db: Database) -> list[Account]:
    """Return every account, by name."""
    return [_account_in(row) for row in db.conn.execute(f"{_ACCOUNT} ORDER BY name_key, id")]


def account_page(db: Database, typed: str = "", position: Position = FIRST, size: int = PAGE_SIZE) -> Page[Account]:
    """Return a page of accounts by name, disabled ones last; ``typed`` filters by name or address.

    Raises ``PositionGone``.
    """
    listing = _DIRECTORY
    if typed.strip():
        named = " AND ".join(["instr(name_key, ?)"] * len(needles(typed))) or "FALSE"
        listing = listing.where(f"({named} OR instr(email, ?))", *needles(typed), typed.strip().lower())
    return read_page(db, listing, position, size).map(_account_in)


def grant_page(db: Database, account: Account, position: Position = FIRST) -> Page[Grant]:
    """Return a page of the roles of an account, the oldest first. Raises ``PositionGone``."""
    listing = _GRANT_LIST.where("account_id = ?", account.id)
    return read_page(db, listing, position).map(_grant)


def _grant(row: tuple[Any, ...]) -> Grant:
    _number, *values = row
    return Grant(*values)


def account_names(db: Database, numbers: Iterable[int]) -> dict[int, str]:
    """Return the names of the accounts of these numbers, where there are any."""
    sql = "SELECT id, name FROM accounts WHERE id IN (SELECT value FROM json_each(?))"
    return dict(db.conn.execute(sql, (as_json(numbers),)))


def _account(row: tuple[Any, ...] | None) -> Account | None:
    return _account_in(row) if row else None


def _account_in(row: tuple[Any, ...]) -> Account:
    id_, email, name, password_hash, disabled, device_key, grants = row
    held = sorted(orjson.loads(grants), key=lambda one: one[0])
    roles = tuple(Grant(role, territory, trial) for _, role, territory, trial in held)
    return Account(id_, email, name, password_hash, bool(disabled), roles, device_key)


def set_password(db: Database, account: Account, password_hash: str, *, but: int | None = None) -> None:
    """Replace the password and end the sessions, known devices and links of the account.

    The session numbered ``but`` is kept.
    """
    with writing(db) as conn:
        set_password_hash(db, account, password_hash)
        conn.execute("DELETE FROM account_links WHERE account_id = ?", (account.id,))
        conn.execute("DELETE FROM sessions WHERE account_id = ? AND id IS NOT ?", (account.id, but))
        forget_devices(db, account)


def forget_devices(db: Database, account: Account) -> None:
    """Forget the known devices of this account: the next sign-in of each counts as a new device."""
    with writing(db) as conn:
        conn.execute("UPDATE accounts SET device_key = ? WHERE id = ?", (new_secret(), account.id))


def set_password_hash(db: Database, account: Account, password_hash: str) -> None:
    """Store a new hash of the same password; sessions go on."""
    with writing(db) as conn:
        conn.execute("UPDATE accounts SET password_hash = ? WHERE id = ?", (password_hash, account.id))


def disable_account(db: Database, account: Account) -> None:
    """End all sessions and keys of an account and refuse new ones. Its past actions keep their author.

    Raises ``LastProgramme``.
    """
    with writing(db) as conn:
        _refuse_last(conn, account)
        conn.execute(
            "UPDATE accounts SET disabled_at = coalesce(disabled_at, ?) WHERE id = ?", (to_text(now()), account.id)
        )
        for table in ("sessions", "account_links", "api_keys"):
            conn.execute(f"DELETE FROM {table} WHERE account_id = ?", (account.id,))  # noqa: S608  # names of ours
        forget_devices(db, account)


def enable_account(db: Database, account: Account) -> None:
    """Enable a disabled account again, with its former roles."""
    with writing(db) as conn:
        conn.execute("UPDATE accounts SET disabled_at = NULL WHERE id = ? AND disabled_at IS NOT NULL", (account.id,))


def grant(db: Database, account: Account, role: str, territory: Territory | None = None) -> None:
    """Grant a role, on a territory or everywhere. Idempotent."""
    with writing(db) as conn:
        conn.execute(
            """INSERT INTO grants (account_id, role, territory_id, granted_at) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING""",
            (account.id, role, territory.id if territory else None, to_text(now())),
        )


def revoke(db: Database, account: Account, role: str, territory: Territory | None = None) -> None:
    """Revoke a role. Idempotent. Raises ``LastProgramme``."""
    with writing(db) as conn:
        if role == Role.PROGRAMME and territory is None:
            _refuse_last(conn, account)
        conn.execute(
            "DELETE FROM grants WHERE account_id = ? AND role = ? AND coalesce(territory_id, 0) = ?",
            (account.id, role, territory.id if territory else 0),
        )


def _refuse_last(conn: "sqlite3.Connection", account: Account) -> None:
    """Raise ``LastProgramme`` if this account is the last that can sign in and manage the others."""
    sql = """SELECT account_id FROM grants JOIN accounts ON accounts.id = account_id
        WHERE role = ? AND territory_id IS NULL AND disabled_at IS NULL AND password_hash IS NOT NULL"""
    if single_values(conn.execute(sql, (Role.PROGRAMME,))) == [account.id]:
        raise LastProgramme
