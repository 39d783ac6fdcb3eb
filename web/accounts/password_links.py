"""The links by which a password is chosen, and the messages that carry them."""

from flask import current_app
from flask_babel import gettext as _

from accounts.audit_events import AuditEvent
from storage.accounts.accounts import Account, account_by_email
from storage.accounts.password_links import Kind, make_account_link
from storage.operations.audit_log import about, recorded
from web.http.addresses import public_address
from web.http.database import connection
from web.http.mail import MailRefused, MailUnavailable, configured, post


def send_reset_link(email: str) -> None:
    """Send a link to the account of that address, if there is one and it is not disabled."""
    account = account_by_email(connection(), email)
    if account and not account.disabled:
        send_link(account, "reset", by=None)


def send_link(account: Account, kind: Kind, by: int | None) -> str:
    """Create a link and send it by mail. Returns its address when it could not be sent, else an empty text."""
    event = AuditEvent.ACCOUNT_INVITED if kind == "invitation" else AuditEvent.RESET_ASKED
    with recorded(connection(), event, by, about(account)):
        token = make_account_link(connection(), account, kind)
    address = address_of(token, kind)
    if not configured():
        return address
    try:
        with post() as server:
            server.send(account.email, *_letter(account, kind, address))
    except (MailUnavailable, MailRefused) as error:
        current_app.logger.warning("account link not sent to account %s: %s", account.id, error)
        return address
    return ""


def address_of(token: str, kind: Kind) -> str:
    """Return the whole address of a link."""
    path = {"invitation": "/invitation/", "reset": "/connexion/nouveau/"}[kind]
    return public_address(path + token)


def _letter(account: Account, kind: Kind, address: str) -> tuple[str, str]:
    """The subject and the text."""
    if kind == "invitation":
        return _("Votre compte sur Grille"), _(
            "Bonjour %(name)s,\n\n"
            "Un compte vous attend sur Grille, où des territoires font le point sur leur façon d’agir ensemble. "
            "Pour choisir votre mot de passe :\n\n%(address)s\n\n"
            "Ce lien sert une fois, et pendant sept jours.\n",
            name=account.name,
            address=address,
        )
    return _("Un nouveau mot de passe pour Grille"), _(
        "Bonjour %(name)s,\n\n"
        "Pour choisir un nouveau mot de passe :\n\n%(address)s\n\n"
        "Ce lien sert une fois, et pendant une heure. Si vous n’avez rien demandé, ne faites rien : "
        "votre mot de passe n’a pas changé.\n",
        name=account.name,
        address=address,
    )
