"""What is sent to other software: one message per event and address, tried again with growing waits.

A message is stored in the transaction of what it tells, so that neither exists without the other. It goes to the
addresses of accounts that follow the campaign at that moment; trials tell nothing. It says what happened to which
campaign, and nothing of anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from accounts.audit_events import AuditEvent
from accounts.permissions import Action, allowed
from grille.messages import message as _
from storage.accounts.accounts import account_by_id
from storage.campaigns.campaigns import Campaign, campaign_by_id
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.pages import FIRST, Listing, Page, Position, read_page
from storage.core.timestamps import now, parse_timestamp, to_text
from storage.core.tokens import new_secret
from storage.webhooks.endpoints import Webhook, all_webhooks

ANNOUNCED: Final[Mapping[AuditEvent, str]] = {
    AuditEvent.CAMPAIGN_OPENED: "campaign.opened",
    AuditEvent.CAMPAIGN_CLOSED: "campaign.closed",
    AuditEvent.CAMPAIGN_PUBLISHED: "campaign.published",
    AuditEvent.CAMPAIGN_UNPUBLISHED: "campaign.withdrawn",
    AuditEvent.DIAGNOSTIC_ADOPTED: "diagnostic.adopted",
}
"""The events that are notified, by the entry of the audit log that they come with."""

LABELS: Final[Mapping[str, str]] = {
    "campaign.opened": _("une collecte ouvre"),
    "campaign.closed": _("une collecte est close"),
    "campaign.published": _("des résultats sont publiés"),
    "campaign.withdrawn": _("des résultats sont retirés"),
    "diagnostic.adopted": _("un diagnostic est adopté"),
}

SENDING: Final = "webhook"
"""The kind of the jobs that send messages."""

WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))
"""After each attempt that failed; after the last one, nothing is tried any more."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to an address. ``due_at`` is None once it arrived, or was given up; ``code`` is the last answer's."""

    id: int
    webhook_id: int
    message: str
    event: str
    campaign_id: int
    happened_at: datetime
    attempts: int
    due_at: datetime | None
    delivered_at: datetime | None
    code: int | None
    problem: str
    replays: int

    @property
    def key(self) -> str:
        """The key of the job that makes the next attempt."""
        return f"{self.message} {self.replays} {self.attempts}"

    @property
    def parameters(self) -> dict[str, int]:
        """The parameters of that job."""
        return {"delivery": self.id}


_COLUMNS: Final = """id, webhook_id, message, event, campaign_id, happened_at, attempts, due_at, delivered_at, code,
    problem, replays"""
_LISTING: Final = Listing("webhook_deliveries", _COLUMNS, ("id",), descending=True)


def announce(db: Database, event: AuditEvent, campaign_id: int | None) -> list[Delivery]:
    """Store the messages about that event, for whoever listens, and return them. Called in its transaction."""
    if event not in ANNOUNCED or campaign_id is None:
        return []
    listening = [one for one in all_webhooks(db) if ANNOUNCED[event] in one.events]
    campaign = campaign_by_id(db, campaign_id) if listening else None
    if campaign is None or campaign.territory.trial_of is not None:
        return []
    return [_stored(db, one, ANNOUNCED[event], campaign) for one in listening if _follows(db, one, campaign)]


def _follows(db: Database, webhook: Webhook, campaign: Campaign) -> bool:
    account = account_by_id(db, webhook.account_id)
    return (
        account is not None
        and not account.disabled
        and allowed(account.effective_grants, Action.FOLLOW_COLLECTION, campaign.territory.id)
    )


def _stored(db: Database, webhook: Webhook, event: str, campaign: Campaign) -> Delivery:
    moment = to_text(now())
    with writing(db) as conn:
        row = conn.execute(
            f"""INSERT INTO webhook_deliveries (webhook_id, message, event, campaign_id, happened_at, due_at)
                VALUES (?, ?, ?, ?, ?, ?) RETURNING {_COLUMNS}""",  # noqa: S608  # ours
            (webhook.id, f"msg_{new_secret()}", event, campaign.id, moment, moment),
        ).fetchone()
        return _delivery(row)


def delivery_page(db: Database, webhook: Webhook, position: Position = FIRST) -> Page[Delivery]:
    """Return a page of what was sent to an address, latest first. Raises ``PositionGone``."""
    return read_page(db, _LISTING.where("webhook_id = ?", webhook.id), position).map(_delivery)


def find_delivery(db: Database, number: int) -> Delivery | None:
    """Return the message of that number, if there is one."""
    row = db.conn.execute(f"SELECT {_COLUMNS} FROM webhook_deliveries WHERE id = ?", (number,)).fetchone()  # noqa: S608
    return _delivery(row) if row else None


def due_deliveries(db: Database) -> list[Delivery]:
    """Return the messages whose time has come."""
    sql = f"SELECT {_COLUMNS} FROM webhook_deliveries WHERE due_at <= ? ORDER BY id"  # noqa: S608  # ours
    return [_delivery(row) for row in db.conn.execute(sql, (to_text(now()),)).fetchall()]


def note_delivered(db: Database, delivery: Delivery, code: int) -> None:
    """Record that a message arrived."""
    with writing(db) as conn:
        conn.execute(
            """UPDATE webhook_deliveries SET attempts = attempts + 1, due_at = NULL, delivered_at = ?, code = ?,
                problem = '' WHERE id = ?""",
            (to_text(now()), code, delivery.id),
        )


def note_failure(db: Database, delivery: Delivery, problem: str, code: int | None = None) -> Delivery | None:
    """Record that a message did not arrive; return it if it is to be tried again, at its ``due_at``."""
    again = now() + WAITS[delivery.attempts] if delivery.attempts < len(WAITS) else None
    with writing(db) as conn:
        conn.execute(
            "UPDATE webhook_deliveries SET attempts = attempts + 1, due_at = ?, code = ?, problem = ? WHERE id = ?",
            (to_text(again) if again else None, code, problem, delivery.id),
        )
    return find_delivery(db, delivery.id) if again else None


def replay(db: Database, webhook: Webhook, number: int) -> Delivery | None:
    """Send that message of that address again, from now on, whatever became of it; None if there is none."""
    with writing(db) as conn:
        changed = conn.execute(
            """UPDATE webhook_deliveries SET attempts = 0, replays = replays + 1, due_at = ?, delivered_at = NULL,
                code = NULL, problem = '' WHERE id = ? AND webhook_id = ?""",
            (to_text(now()), number, webhook.id),
        )
        return find_delivery(db, number) if changed.rowcount else None


def _delivery(row: tuple[Any, ...]) -> Delivery:
    id_, webhook, message, event, campaign, happened, attempts, due, delivered, code, problem, replays = row
    moment = datetime.fromisoformat(happened)
    return Delivery(
        id=id_,
        webhook_id=webhook,
        message=message,
        event=event,
        campaign_id=campaign,
        happened_at=moment,
        attempts=attempts,
        due_at=parse_timestamp(due),
        delivered_at=parse_timestamp(delivered),
        code=code,
        problem=problem,
        replays=replays,
    )
