"""Accounts linked to users of an identity provider, by the user's identifier there (``sub``)."""

from storage.accounts.accounts import Account, account_by_email, account_by_id
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import now, to_text
from storage.core.tokens import storable


class NoAccount(ValueError):
    """No account is linked to this user, and none with their address can be."""


def account_of_identity(db: Database, issuer: str, subject: str) -> Account | None:
    """Return the account linked to that subject; None if there is none or it is disabled."""
    sql = "SELECT account_id FROM identities WHERE issuer = ? AND subject = ?"
    number = single_value(db.conn.execute(sql, (issuer, storable(subject))))
    account = None if number is None else account_by_id(db, number)
    return None if account is None or account.disabled else account


def is_linked(db: Database, account: Account, issuer: str) -> bool:
    """Return whether the account is linked to a user of that provider."""
    sql = "SELECT 1 FROM identities WHERE account_id = ? AND issuer = ?"
    return db.conn.execute(sql, (account.id, issuer)).fetchone() is not None


def link_identity(db: Database, issuer: str, subject: str, email: str) -> Account:
    """Link the account of that verified address to that subject, the only one accepted for it from then on.

    Raises ``NoAccount`` when there is no such account, when it is disabled, or when it or the subject is already
    linked: an address may be reassigned to another person one day.
    """
    with writing(db) as conn:
        account = account_by_email(db, email)
        known = "SELECT 1 FROM identities WHERE issuer = ? AND subject = ?"
        taken = conn.execute(known, (issuer, storable(subject))).fetchone()
        if account is None or account.disabled or taken or is_linked(db, account, issuer):
            raise NoAccount
        conn.execute(
            "INSERT INTO identities (account_id, issuer, subject, linked_at) VALUES (?, ?, ?, ?)",
            (account.id, issuer, storable(subject), to_text(now())),
        )
    return account


def unlink_identities(db: Database, account: Account) -> None:
    """Unlink the account from every provider. None can sign it in until it is linked again."""
    with writing(db) as conn:
        conn.execute("DELETE FROM identities WHERE account_id = ?", (account.id,))
