"""Second steps of sign-in: the encrypted secret, the last code used, and the hashes of recovery codes.

A secret is offered first. It takes effect once its owner has typed one of its codes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.one_time_codes import draw_recovery_codes, draw_secret, plain_recovery_code, step_of
from storage.accounts.accounts import Account
from storage.core.database import writing
from storage.core.encryption import DecryptionFailed, decrypt, encrypt
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import now, to_text
from storage.core.tokens import fingerprint


@dataclass(frozen=True, slots=True)
class SecondStep:
    """The second step of an account; ``confirmed`` once one of its codes was typed."""

    confirmed: bool
    recovery_codes: int


def second_step(db: Database, account: Account) -> SecondStep | None:
    """Return the second step of an account, offered or in force; None when there is none."""
    row = db.conn.execute(
        """SELECT confirmed_at IS NOT NULL, (SELECT count(*) FROM recovery_codes WHERE account_id = :account)
            FROM second_steps WHERE account_id = :account""",
        {"account": account.id},
    ).fetchone()
    if row is None:
        return None
    confirmed, codes = row
    return SecondStep(bool(confirmed), codes)


def has_second_step(db: Database, account: Account) -> bool:
    """Return whether signing in asks for a code."""
    found = second_step(db, account)
    return found is not None and found.confirmed


def offer_second_step(db: Database, account: Account, secret: str) -> None:
    """Create a TOTP secret for an account without a confirmed second step.

    ``secret`` is the installation's, with which the new one is encrypted.
    """
    seal = encrypt(draw_secret(), secret, _about(account))
    with writing(db) as conn:
        conn.execute(
            """INSERT INTO second_steps (account_id, sealed_secret, offered_at) VALUES (?, ?, ?)
                ON CONFLICT (account_id) DO UPDATE SET sealed_secret = excluded.sealed_secret,
                offered_at = excluded.offered_at WHERE confirmed_at IS NULL""",
            (account.id, seal, to_text(now())),
        )


def offered_secret(db: Database, account: Account, secret: str) -> str | None:
    """Return the secret that was offered and not confirmed yet, to be shown to its owner."""
    sql = "SELECT sealed_secret FROM second_steps WHERE account_id = ? AND confirmed_at IS NULL"
    seal = single_value(db.conn.execute(sql, (account.id,)))
    return None if seal is None else _opened(seal, account, secret)


def _opened(seal: str, account: Account, secret: str) -> str | None:
    """Return the decrypted secret; None if the installation's secret has changed. Recovery codes still work."""
    try:
        return decrypt(seal, secret, _about(account))
    except DecryptionFailed:
        return None


def confirm_second_step(db: Database, account: Account, typed: str, secret: str) -> list[str] | None:
    """Put the offered second step in force if ``typed`` is one of its codes.

    Returns the recovery codes, which cannot be read again; None if the code is wrong.
    """
    with writing(db) as conn:
        if offered_secret(db, account, secret) is None or not use_code(db, account, typed, secret):
            return None
        conn.execute("UPDATE second_steps SET confirmed_at = ? WHERE account_id = ?", (to_text(now()), account.id))
        return renew_recovery_codes(db, account)


def use_code(db: Database, account: Account, typed: str, secret: str) -> bool:
    """Return whether that is an unused code of the account, and mark it as used."""
    with writing(db) as conn:
        seal = single_value(conn.execute("SELECT sealed_secret FROM second_steps WHERE account_id = ?", (account.id,)))
        shared = None if seal is None else _opened(seal, account, secret)
        step = step_of(shared, typed, now()) if shared else None
        if step is None:
            return False
        sql = "UPDATE second_steps SET last_step = ? WHERE account_id = ? AND last_step < ?"
        return conn.execute(sql, (step, account.id, step)).rowcount == 1


def use_recovery_code(db: Database, account: Account, typed: str) -> bool:
    """Return whether that is a recovery code of the account, and delete it."""
    with writing(db) as conn:
        sql = "DELETE FROM recovery_codes WHERE account_id = ? AND code_sha256 = ?"
        return conn.execute(sql, (account.id, fingerprint(plain_recovery_code(typed)))).rowcount == 1


def renew_recovery_codes(db: Database, account: Account) -> list[str]:
    """Return new recovery codes, which cannot be read again; the former ones stop working."""
    codes = draw_recovery_codes()
    with writing(db) as conn:
        conn.execute("DELETE FROM recovery_codes WHERE account_id = ?", (account.id,))
        conn.executemany("INSERT INTO recovery_codes (account_id, code_sha256) VALUES (?, ?)", _rows(account, codes))
    return codes


def _rows(account: Account, codes: Iterable[str]) -> list[tuple[int, str]]:
    return [(account.id, fingerprint(plain_recovery_code(code))) for code in codes]


def remove_second_step(db: Database, account: Account) -> None:
    """Remove the second step: the password alone is enough."""
    with writing(db) as conn:
        for table in ("recovery_codes", "second_steps"):
            conn.execute(f"DELETE FROM {table} WHERE account_id = ?", (account.id,))  # noqa: S608  # two names of ours


def _about(account: Account) -> str:
    return f"second step of account {account.id}"
