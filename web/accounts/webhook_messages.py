"""The messages to other software: written, signed as Standard Webhooks says, sent by a job."""

import base64
import hmac
from datetime import datetime

import orjson
from flask import current_app, url_for

from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign, campaign_by_id
from storage.core.timestamps import now
from storage.operations.jobs import Demand, Job, ask
from storage.webhooks.deliveries import (
    SENDING,
    Delivery,
    find_delivery,
    note_delivered,
    note_failure,
)
from storage.webhooks.endpoints import Webhook, signing_keys, webhook_by_id
from web.accounts.blueprint import blueprint
from web.http.database import connection
from web.http.pages.jobs import Tell, register
from web.http.receivers import ReceiverUnusable, post, resolved

AGENT = "Grille (webhooks)"


def send(job: Job, _tell: Tell) -> None:
    """Make one attempt at a message; the next one, if it fails, is another job."""
    delivery = find_delivery(connection(), int(job.parameters["delivery"]))
    if delivery is None or delivery.due_at is None or delivery.key != job.key:
        return  # removed, arrived, or asked for again since
    webhook = webhook_by_id(connection(), delivery.webhook_id)
    campaign = campaign_by_id(connection(), delivery.campaign_id)
    if webhook is None or campaign is None:
        return
    try:
        note_delivered(connection(), delivery, _sent(webhook, delivery, campaign))
    except ReceiverUnusable as failure:
        if again := note_failure(connection(), delivery, str(failure), failure.code):
            ask_to_send(again)


register(blueprint, SENDING, send)


def ask_to_send(delivery: Delivery) -> None:
    """Have the next attempt at a message made, when its time comes."""
    ask(connection(), Demand(SENDING, delivery.key, delivery.parameters, not_before=delivery.due_at))


def is_allowed() -> bool:
    """Whether this installation sends anything to other software."""
    return bool(current_app.config["WEBHOOKS"])


def may_stay_inside() -> bool:
    """Whether it also sends to the machines of its own network."""
    return bool(current_app.config["WEBHOOKS_TO_PRIVATE"])


def _sent(webhook: Webhook, delivery: Delivery, campaign: Campaign) -> int:
    if not is_allowed():
        raise ReceiverUnusable(_("Cette installation n’envoie rien à d’autres logiciels."))
    keys = signing_keys(webhook, str(current_app.config["SECRET_KEY"]))
    if not keys:
        raise ReceiverUnusable(_("Le secret de l’installation a changé : changez celui de cette adresse."))
    body = content_of(delivery, campaign)
    headers = {"Content-Type": "application/json", "User-Agent": AGENT}
    receiver = resolved(webhook.address, inside=may_stay_inside())
    return post(receiver, headers | signed(delivery.message, now(), body, keys), body)


def content_of(delivery: Delivery, campaign: Campaign) -> bytes:
    """Return what is sent: what happened, to which campaign, and where to read the rest; nothing of anybody."""
    said = {
        "type": delivery.event,
        "timestamp": delivery.happened_at.isoformat(),
        "data": {
            "campaign": campaign.slug,
            "territory": campaign.territory.slug,
            "address": url_for("api.campaign", slug=campaign.slug, _external=True),
            "address_with_a_key": url_for("api.my_campaign", slug=campaign.slug, _external=True),
        },
    }
    return orjson.dumps(said)


def signed(message: str, moment: datetime, body: bytes, keys: list[bytes]) -> dict[str, str]:
    """Return the headers of a message: its id, the time, and a signature for each key (Standard Webhooks).

    >>> from datetime import UTC
    >>> moment = datetime(2021, 2, 25, 14, 40, tzinfo=UTC)
    >>> signed("msg_1", moment, b"{}", [b"secret"])["webhook-timestamp"]
    '1614264000'
    """
    stamp = str(int(moment.timestamp()))
    content = f"{message}.{stamp}.".encode() + body
    signatures = [base64.b64encode(hmac.digest(key, content, "sha256")).decode() for key in keys]
    together = " ".join(f"v1,{one}" for one in signatures)
    return {"webhook-id": message, "webhook-timestamp": stamp, "webhook-signature": together}
