"""Where other software is notified of what happens to the campaigns that an account follows: addresses and messages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from storage.campaigns.campaigns import campaign_names
from storage.core.database import writing
from storage.webhooks.deliveries import LABELS, delivery_page, replay
from storage.webhooks.endpoints import (
    TooManyWebhooks,
    Webhook,
    add_webhook,
    find_webhook,
    remove_webhook,
    renew_secret,
    webhooks_of,
)
from web.accounts.blueprint import blueprint
from web.accounts.drawn_secrets import show_secret
from web.accounts.forms import WebhookForm
from web.accounts.webhook_messages import ask_to_send, is_allowed
from web.http.database import connection
from web.http.forms.submit_once import once, save_outcome
from web.http.pages.lists import show_list
from web.http.security.audit import audit, audited
from web.http.security.guards import signed_in


def _secret_page(number: int) -> str:
    """Return under which name the secret of that address is kept to be shown."""
    return f"webhook secret {number}"


def _mine(view: Callable[..., Any]) -> Callable[..., Any]:
    """Call the view with the address of that number, if it is one's own."""

    @wraps(view)
    def found(number: int, **values: Any) -> Any:
        webhook = find_webhook(connection(), current_user.account, number) or abort(404)
        return view(webhook, **values)

    return found


@blueprint.get("/compte/avertissements")
@signed_in
def webhooks() -> str:
    """List one's addresses, and offer to add another."""
    return _page(WebhookForm(formdata=None))


def _page(form: WebhookForm) -> str:
    found = webhooks_of(connection(), current_user.account)
    return render_template("accounts/webhooks.html", form=form, webhooks=found, labels=LABELS, allowed=is_allowed())


@blueprint.post("/compte/avertissements")
@signed_in
@once("accounts.webhooks")
def add_address() -> ResponseReturnValue:
    """Add an address; the secret that signs is then shown, once."""
    form = WebhookForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        with writing(connection()):
            address, events = form.address.data or "", form.events.data or ()
            made, secret = add_webhook(connection(), current_user.account, address, events, _secret())
            audit(AuditEvent.WEBHOOK_ADDED, number=made.id)
    except TooManyWebhooks as refusal:
        form.address.errors = [str(refusal)]
        return _page(form), 422
    return _shown_once(made, secret)


def _shown_once(webhook: Webhook, secret: str) -> Response:
    reference = save_outcome(_secret_page(webhook.id), secret)
    return redirect(url_for("accounts.webhook_secret", number=webhook.id, vue=reference), 303)


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


@blueprint.get("/compte/avertissements/<int:number>/secret")
@signed_in
@_mine
def webhook_secret(webhook: Webhook) -> Response:
    """Show the secret just drawn, for an hour; afterwards, redirect to what was sent."""
    shown, otherwise = request.args.get("vue", ""), url_for("accounts.webhook", number=webhook.id)
    page, template = _secret_page(webhook.id), "accounts/webhook_secret.html"
    return show_secret(page, shown, template, otherwise=otherwise, webhook=webhook)


@blueprint.get("/compte/avertissements/<int:number>")
@signed_in
@_mine
def webhook(webhook: Webhook) -> str:
    """Show what was sent to an address, and what became of it."""
    messages = show_list(lambda position: delivery_page(connection(), webhook, position))
    names = campaign_names(connection(), {one.campaign_id for one in messages.rows})
    return render_template("accounts/webhook.html", webhook=webhook, messages=messages, names=names, labels=LABELS)


@blueprint.post("/compte/avertissements/<int:number>/secret")
@signed_in
@_mine
@once("accounts.webhooks")
def change_webhook_secret(webhook: Webhook) -> Response:
    """Draw another secret, shown once; the former one signs too for a day."""
    with audited(AuditEvent.WEBHOOK_SECRET_CHANGED, number=webhook.id):
        secret = renew_secret(connection(), webhook, _secret())
    return _shown_once(webhook, secret)


@blueprint.post("/compte/avertissements/<int:number>/retirer")
@signed_in
@_mine
def remove_address(webhook: Webhook) -> Response:
    """Remove an address: nothing is sent there any more."""
    with audited(AuditEvent.WEBHOOK_REMOVED, number=webhook.id):
        remove_webhook(connection(), webhook)
    flash(_("Cette adresse est retirée : rien n’y sera plus envoyé."))
    return redirect(url_for("accounts.webhooks"), 303)


@blueprint.post("/compte/avertissements/<int:number>/messages/<int:message>")
@signed_in
@_mine
def send_again(webhook: Webhook, message: int) -> Response:
    """Send a message again, whatever became of it."""
    with writing(connection()):
        delivery = replay(connection(), webhook, message) or abort(404)
        ask_to_send(delivery)
    flash(_("Le message est renvoyé. Rechargez cette page dans un instant pour voir s’il est arrivé."))
    return redirect(url_for("accounts.webhook", number=webhook.id), 303)
