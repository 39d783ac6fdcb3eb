"""Writing to the audit log in the name of the current user."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_login import current_user

from accounts.audit_events import AuditEvent
from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign
from storage.campaigns.territories import Territory
from storage.operations.audit_log import Detail, about, record, recorded
from web.http.database import connection
from web.http.security.api_keys import KeyHolder


@contextmanager
def audited(event: AuditEvent, thing: Campaign | Territory | Account | None = None, **detail: Detail) -> Iterator[None]:
    """Make a change in a ``with`` block and record the event, both or neither; nothing changed, nothing recorded."""
    with recorded(connection(), event, current_account_id(), about(thing), **_by_key(), **detail):
        yield


def audit(event: AuditEvent, thing: Campaign | Territory | Account | None = None, **detail: Detail) -> None:
    """Record that the current user did or saw something."""
    record(connection(), event, current_account_id(), about(thing), **_by_key(), **detail)


def _by_key() -> dict[str, Detail]:
    """The number of the key by which other software acts for the account, if it does."""
    return {"by_key": current_user.key.id} if isinstance(current_user, KeyHolder) else {}


def current_account_id() -> int | None:
    """Return the number of the signed-in account; None when nobody is signed in."""
    return current_user.account.id if current_user.is_authenticated else None
