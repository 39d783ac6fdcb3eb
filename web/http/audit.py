"""What views leave in the audit log, in the name of whoever is asking."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_login import current_user

from accounts.audit_events import AuditEvent
from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign
from storage.campaigns.territories import Territory
from storage.operations.audit_log import Detail, about, record, recorded
from web.http.database import connection


@contextmanager
def audited(event: AuditEvent, thing: Campaign | Territory | Account | None = None, **detail: Detail) -> Iterator[None]:
    """Do the change of the block and write the line that tells it, both or neither; nothing changed, nothing told."""
    with recorded(connection(), event, current_account_id(), about(thing), **detail):
        yield


def audit(event: AuditEvent, thing: Campaign | Territory | Account | None = None, **detail: Detail) -> None:
    """Write that somebody did or saw something."""
    record(connection(), event, current_account_id(), about(thing), **detail)


def current_account_id() -> int | None:
    """The number of the account that is asking, if it is signed in."""
    return current_user.account.id if current_user.is_authenticated else None
